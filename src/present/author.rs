//! Names of authors, which the literature turns round where they are those of people.

use crate::text::script::{is_han, is_hangul, is_kana};

/// Whose name it is: somebody with a family name, or a name that is not turned round.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Author<'n> {
    Person { family: &'n str, given: &'n str },
    Whole(&'n str),
}

/// Words that stand in the names of desks, agencies and institutions, not of people.
const COLLECTIVE: [&str; 22] = [
    "the",
    "board",
    "staff",
    "editors",
    "editorial",
    "agency",
    "news",
    "press",
    "reporters",
    "correspondents",
    "team",
    "desk",
    "institute",
    "ministry",
    "office",
    "department",
    "council",
    "committee",
    "commission",
    "group",
    "times",
    "association",
];

/// Words before a family name that belong to it.
const PARTICLES: [&str; 16] = ["van", "von", "de", "der", "den", "del", "della", "di", "da", "dos", "du", "la", "le", "bin", "ibn", "al"];

/// The author of this name.
pub(super) fn author(name: &str) -> Author<'_> {
    let name = name.trim();
    if let Some((family, given)) = name.split_once(',') {
        return Author::Person { family: family.trim(), given: given.trim() };
    }
    let words: Vec<&str> = name.split_whitespace().collect();
    let east_asian = name.chars().any(|c| is_han(c) || is_kana(c) || is_hangul(c));
    let collective = words.iter().any(|word| COLLECTIVE.contains(&word.to_lowercase().as_str()));
    // "Kim Jong-un": a given name with a small letter after its hyphen comes last where the family name comes first.
    let family_first = words.last().and_then(|last| last.split_once('-')).is_some_and(|(_, tail)| tail.starts_with(char::is_lowercase));
    if words.len() < 2 || east_asian || collective || family_first {
        return Author::Whole(name);
    }
    let mut first = words.len() - 1;
    while first > 1 && words.get(first - 1).is_some_and(|word| PARTICLES.contains(&word.to_lowercase().as_str())) {
        first -= 1;
    }
    // Where the family name begins, by the letters before it.
    let start = words.get(first).map_or(0, |word| word.as_ptr() as usize - name.as_ptr() as usize);
    let (given, family) = name.split_at_checked(start).unwrap_or(("", name));
    Author::Person { family, given: given.trim() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_turned_round_where_they_are_those_of_people() {
        let person = |family, given| Author::Person { family, given };
        for (name, expected) in [
            ("Jane Q. Example", person("Example", "Jane Q.")),
            ("Ursula von der Leyen", person("von der Leyen", "Ursula")),
            ("Example, Jane", person("Example", "Jane")),
            ("Kim Jong-un", Author::Whole("Kim Jong-un")),
            ("The Editorial Board", Author::Whole("The Editorial Board")),
            ("李四", Author::Whole("李四")),
            ("Reuters", Author::Whole("Reuters")),
        ] {
            assert_eq!(author(name), expected, "{name}");
        }
    }
}
