//! Names that nothing tells of but the people beside whom they stand in a list.

use foldhash::HashMap;

use super::evidence::{Evidence, OF_THINGS, Set};
use super::find::{Found, Names};
use super::view::{Gap, View};
use crate::actors::{Kind, Rule};

/// Takes for people the names of two words to four, none of them known, that stand in a list with two others' whole names at the least: "Kate Example,
/// Zelb Torvok and John Example".
pub(super) fn take_listed_with_people(views: &[View<'_>], names: &Names, judged: &mut [Option<Kind>]) {
    if !names.found.iter().zip(judged.iter()).any(|(found, kind)| kind.is_none() && is_unknown(found)) {
        return;
    }
    let mut people: Vec<People> = views.iter().map(People::of_roster).collect();
    for (found, _) in names.found.iter().zip(judged.iter()).filter(|(found, kind)| **kind == Some(Kind::Person) && is_whole(found)) {
        for place in &found.places {
            if let Some(people) = people.get_mut(place.part) {
                people.add(place.words.start, place.words.end);
            }
        }
    }
    for (found, kind) in names.found.iter().zip(judged.iter_mut()).filter(|(found, kind)| kind.is_none() && is_unknown(found)) {
        let among = found.places.iter().any(|place| {
            let (Some(view), Some(people)) = (views.get(place.part), people.get(place.part)) else { return false };
            people.beside(view, place.words.start, place.words.end) >= 2
        });
        if among {
            *kind = Some(Kind::Person);
        }
    }
}

/// Whether a judged name is somebody's given name and family name.
fn is_whole(found: &Found) -> bool {
    found.is_person_name() && found.evidence.has(Evidence::GivenFirst)
}

/// Whether no word of a name tells what it is of.
fn is_unknown(found: &Found) -> bool {
    use Evidence as E;
    const SOME: Set = Set::of(&[E::Words2, E::Words3, E::Words4]);
    const OTHER: Set = Set::of(&[E::StateFirst, E::MixedCase, E::SortBefore, E::SortBehind, E::AtBefore, E::TheBefore]);
    let evidence = found.evidence;
    let is_of_things = evidence.meets(OF_THINGS) || evidence.meets(OTHER) || found.regional;
    evidence.has(E::CommonNone) && evidence.meets(SOME) && !is_of_things && found.places.len() <= MOST
}

/// A name that stands in more places would be told by something else.
const MOST: usize = 50;

/// Where the whole names of people stand in a part.
struct People {
    ends: HashMap<usize, usize>,
    starts: HashMap<usize, usize>,
}

impl People {
    fn of_roster(view: &View<'_>) -> Self {
        let mut people = Self { ends: HashMap::default(), starts: HashMap::default() };
        let whole =
            view.decided.iter().filter(|one| one.mention.kind == Kind::Person && one.mention.rule == Rule::FullName && one.words.len() > 1);
        whole.for_each(|one| people.add(one.words.start, one.words.end));
        people
    }

    fn add(&mut self, start: usize, end: usize) {
        self.ends.insert(end, start);
        self.starts.insert(start, end);
    }

    /// How many people stand right beside the words from `start` to `end` in a list: up to two before, and up to two behind.
    fn beside(&self, view: &View<'_>, start: usize, end: usize) -> usize {
        let before = std::iter::successors(self.before(view, start), |&start| self.before(view, start));
        let behind = std::iter::successors(self.behind(view, end), |&end| self.behind(view, end));
        before.take(2).count() + behind.take(2).count()
    }

    /// Where the person begins who stands before what begins at `start`.
    fn before(&self, view: &View<'_>, start: usize) -> Option<usize> {
        let last = start.checked_sub(1)?;
        let and = view.folded(last) == "and" && view.behind(last).0 == Gap::Space;
        let last = if and { last.checked_sub(1)? } else { last };
        let joined = matches!((and, view.behind(last).0), (true, Gap::Space | Gap::Comma) | (false, Gap::Comma));
        self.ends.get(&(last + 1)).copied().filter(|_| joined)
    }

    /// Where the person ends who stands behind what ends at `end`.
    fn behind(&self, view: &View<'_>, end: usize) -> Option<usize> {
        let (gap, next) = view.behind(end.checked_sub(1)?);
        let and = view.folded(next) == "and" && view.behind(next).0 == Gap::Space;
        let joined = matches!((and, gap), (true, Gap::Space | Gap::Comma) | (false, Gap::Comma));
        self.starts.get(&if and { next + 1 } else { next }).copied().filter(|_| joined)
    }
}

#[cfg(test)]
mod tests {
    use crate::actors::tag::tests::tag;

    #[test]
    fn who_stands_in_a_list_of_people_is_one() {
        let tagged = tag("They chose Kate Torvald, Zelbu Quandro and John Marlow.");
        assert!(tagged.contains("Zelbu Quandro=zelbu-quandro:"), "{tagged}");
        // One alone may have joined a company.
        let tagged = tag("They chose Kate Torvald and Zelbu Quandro.");
        assert!(!tagged.contains("Zelbu Quandro"), "{tagged}");
        let tagged = tag("They chose Kate Torvald, Lake Quandro and John Marlow.");
        assert!(!tagged.contains("Quandro"), "{tagged}");
    }
}
