//! Names of a piece that are one person's: by a nickname, with an initial, with a word more in front.

use std::sync::LazyLock;

use foldhash::HashSet;

/// Given names and what their bearers are called, folded: each line a name, then its short forms. Own writing; common knowledge.
const NICKNAMES: &str = "\
alexander alex sasha
alexandra alex
alfred al fred
andrew andy drew
anthony tony
antony tony
abigail abby
barbara barb
benjamin ben
bernard bernie
catherine cathy kate
charles charlie chuck
christine chris
christopher chris
clifford cliff
cynthia cindy
daniel dan danny
david dave
deborah deb debbie
donald don donny
douglas doug
edward ed eddie ted
elizabeth beth betsy liz
eugene gene
frederick fred
geoffrey geoff
gerald gerry jerry
gregory greg
harold hal
henry hank
jacob jake
james jim jimmy
jeffrey jeff
jennifer jen
jerrold jerry
john jack johnny
jonathan jon
joseph joe
joshua josh
judith judy
katherine kate kathy
kathleen kathy
kenneth ken kenny
kimberly kim
kristen kris
lawrence larry
leonard len lenny
louis lou
margaret maggie meg peggy
matthew matt
maxwell max
michael mike mick
mitchell mitch
nathaniel nat nate
nicholas nick
pamela pam
patricia pat patty tricia
patrick pat
peter pete
philip phil
phillip phil
randall randy
raymond ray
rebecca becky
richard dick rich rick
robert bob bobby rob
ronald ron
rudolph rudy
samuel sam
sandra sandy
stanley stan
stephen steve
steven steve
susan sue
terrence terry
theodore ted teddy
thomas tom tommy
timothy tim
victoria vicky
vincent vince
walter walt
william bill billy will
zachary zach";

static PAIRS: LazyLock<HashSet<(&str, &str)>> = LazyLock::new(|| {
    let of_line = |line: &'static str| {
        let (name, short) = line.split_once(' ').unwrap_or((line, ""));
        short.split(' ').map(move |short| (name, short))
    };
    NICKNAMES.lines().flat_map(of_line).collect()
});

/// Whether two names, their folded words with spaces between, are one person's, as far as their words tell.
pub(super) fn is_one_person(one: &str, other: &str) -> bool {
    is_tail(one, other) || is_tail(other, one) || has_like_given_names(one, other)
}

/// Whether `tail`, of two words and more, ends `name`: "de Blasio", "Bader Ginsburg"; also "Ken Cuccinelli", where his office was taken for a name.
pub(super) fn is_tail(tail: &str, name: &str) -> bool {
    tail.contains(' ') && name.strip_suffix(tail).is_some_and(|front| front.ends_with(' '))
}

/// Whether two names of one family have one given name, initials passed over, or one the short form of the other's.
fn has_like_given_names(one: &str, other: &str) -> bool {
    let parts = |name: &'_ str| -> Option<(String, String, String)> {
        let (given, family) = name.rsplit_once(' ')?;
        let mut full = given.split(' ').filter(|word| word.chars().count() > 1);
        let first = full.next()?.to_owned();
        Some((first, full.collect::<Vec<_>>().join(" "), family.to_owned()))
    };
    let (Some(one), Some(other)) = (parts(one), parts(other)) else { return false };
    let like = |one: &str, other: &str| one == other || PAIRS.contains(&(one, other)) || PAIRS.contains(&(other, one));
    one.2 == other.2 && one.1 == other.1 && like(&one.0, &other.0)
}

#[cfg(test)]
mod tests {
    use super::is_one_person;

    #[test]
    fn nicknames_initials_and_tails_are_of_one_person() {
        for (one, other) in [
            ("jerrold nadler", "jerry nadler"),
            ("bill barr", "william p barr"),
            ("mike pence", "michael r pence"),
            ("ruth bader ginsburg", "bader ginsburg"),
            ("bill de blasio", "de blasio"),
            ("free eddie gallagher", "eddie gallagher"),
        ] {
            assert!(is_one_person(one, other) && is_one_person(other, one), "{one}, {other}");
        }
        for (one, other) in [
            ("george bush", "jeb bush"),
            ("john adams", "john quincy adams"),
            ("bill clinton", "hillary clinton"),
            ("barr", "bill barr"),
            ("joe biden", "jill biden"),
            ("donald trump", "donald trump jr"),
        ] {
            assert!(!is_one_person(one, other), "{one}, {other}");
        }
    }
}
