//! Names of authors, which the literature turns round where they are those of people.

use crate::text::script::{is_han, is_hangul, is_kana};

/// Whose name it is: somebody with a family name, or a name that is not turned round.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Author<'n> {
    /// `suffix` is what tells somebody from a namesake of the family: Jr., III; most have none.
    Person {
        family: &'n str,
        given: &'n str,
        suffix: &'n str,
    },
    Whole(&'n str),
}

/// Words that stand in the names of desks, agencies and institutions, not of people. Those that are family names too (Post, House, Fund) are none
/// of these.
const COLLECTIVE: &[&str] = &[
    "academy",
    "agence",
    "agencia",
    "agency",
    "agentur",
    "alliance",
    "association",
    "authority",
    "board",
    "broadcasting",
    "bureau",
    "campaign",
    "center",
    "centre",
    "centro",
    "coalition",
    "college",
    "commission",
    "committee",
    "company",
    "congress",
    "contributors",
    "corporation",
    "correspondents",
    "council",
    "department",
    "desk",
    "editorial",
    "editors",
    "embassy",
    "federation",
    "fondation",
    "forum",
    "foundation",
    "fundación",
    "global",
    "government",
    "group",
    "initiative",
    "institut",
    "institute",
    "instituto",
    "international",
    "istituto",
    "journal",
    "laboratory",
    "magazine",
    "media",
    "ministerio",
    "ministry",
    "ministère",
    "mission",
    "museum",
    "national",
    "nations",
    "network",
    "news",
    "newspaper",
    "newsroom",
    "office",
    "organisation",
    "organization",
    "parliament",
    "party",
    "policy",
    "presse",
    "press",
    "programme",
    "project",
    "radio",
    "redaktion",
    "reporters",
    "research",
    "review",
    "school",
    "secretariat",
    "security",
    "services",
    "society",
    "staff",
    "stiftung",
    "studies",
    "team",
    "television",
    "the",
    "times",
    "tribune",
    "trust",
    "union",
    "universidad",
    "university",
    "universität",
    "université",
];

/// Small words inside the names of institutions that stand in no name of a person. Particles (de, van) and the y and e of Spanish and Portuguese
/// families are none of these.
const JOINTS: &[&str] = &[
    "&", "against", "and", "at", "by", "des", "en", "et", "for", "från", "für", "för", "i", "im", "in", "on", "of", "och", "og", "para",
    "per", "pour", "sur", "the", "to", "und", "voor", "with", "zu", "zur",
];

/// Words before a family name that belong to it.
const PARTICLES: [&str; 16] = ["van", "von", "de", "der", "den", "del", "della", "di", "da", "dos", "du", "la", "le", "bin", "ibn", "al"];

/// What stands behind a name to tell somebody from a namesake of the family.
const SUFFIXES: [&str; 7] = ["Jr", "Jr.", "Sr", "Sr.", "II", "III", "IV"];

/// Whether `name` is that of an institution, or says what somebody is.
fn is_collective(name: &str) -> bool {
    let words: Vec<&str> = name.split_whitespace().collect();
    let inner = words.get(1..words.len().saturating_sub(1)).unwrap_or_default();
    words.len() > 1 && words.iter().any(|word| COLLECTIVE.contains(&word.to_lowercase().as_str()))
        || inner.iter().any(|word| JOINTS.contains(word))
}

/// The author of this name.
pub(super) fn author(name: &str) -> Author<'_> {
    let name = name.trim();
    let mut parts = name.split(',').map(str::trim);
    let (first, second) = (parts.next().unwrap_or_default(), parts.next());
    if is_collective(first) {
        return Author::Whole(name);
    }
    match second {
        None => in_order(name, ""),
        // "Jane Example, Jr.", "Jane Example, Institute for Peace": what stands first is the whole name.
        Some(suffix) if SUFFIXES.contains(&suffix) => in_order(first, suffix),
        Some(place) if first.contains(' ') && is_collective(place) => in_order(first, ""),
        // Behind the given names what somebody is may stand, too.
        Some(given) => Author::Person { family: first, given, suffix: parts.find(|part| SUFFIXES.contains(part)).unwrap_or_default() },
    }
}

/// The author of a name whose parts stand as they are spoken.
fn in_order<'n>(name: &'n str, suffix: &'n str) -> Author<'n> {
    let (name, suffix) = match name.rsplit_once(' ') {
        Some((before, last)) if suffix.is_empty() && SUFFIXES.contains(&last) => (before.trim(), last),
        _ => (name, suffix),
    };
    let words: Vec<&str> = name.split_whitespace().collect();
    let east_asian = name.chars().any(|c| is_han(c) || is_kana(c) || is_hangul(c));
    // "Kim Jong-un": a given name with a small letter after its hyphen comes last where the family name comes first.
    let family_first = words.last().and_then(|last| last.split_once('-')).is_some_and(|(_, tail)| tail.starts_with(char::is_lowercase));
    if words.len() < 2 || east_asian || family_first {
        return Author::Whole(name);
    }
    let mut first = words.len() - 1;
    while first > 1 && words.get(first - 1).is_some_and(|word| PARTICLES.contains(&word.to_lowercase().as_str())) {
        first -= 1;
    }
    // Where the family name begins, by the letters before it.
    let start = words.get(first).map_or(0, |word| word.as_ptr() as usize - name.as_ptr() as usize);
    let (given, family) = name.split_at_checked(start).unwrap_or(("", name));
    Author::Person { family, given: given.trim(), suffix }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_turned_round_where_they_are_those_of_people() {
        let person = |family, given| Author::Person { family, given, suffix: "" };
        for (name, expected) in [
            ("Jane Q. Example", person("Example", "Jane Q.")),
            ("Ursula von der Leyen", person("von der Leyen", "Ursula")),
            ("Ludwig van Beethoven", person("van Beethoven", "Ludwig")),
            ("Fernando de la Rúa", person("de la Rúa", "Fernando")),
            ("José Ortega y Gasset", person("Gasset", "José Ortega y")),
            ("Example, Jane", person("Example", "Jane")),
            ("Press, Steven", person("Press", "Steven")),
            ("Smith, John, Correspondent in Beijing", person("Smith", "John")),
            ("John Smith, Correspondent in Beijing", person("Smith", "John")),
            ("Jane Example, Institute for Peace", person("Example", "Jane")),
        ] {
            assert_eq!(author(name), expected, "{name}");
        }
        let junior = |suffix| Author::Person { family: "Smith", given: "John", suffix };
        for (name, suffix) in [("Smith, John, Jr., Correspondent in Beijing", "Jr."), ("John Smith, Jr.", "Jr."), ("John Smith III", "III")]
        {
            assert_eq!(author(name), junior(suffix), "{name}");
        }
    }

    #[test]
    fn institutions_are_not_turned_round() {
        for name in [
            "Kim Jong-un",
            "The Editorial Board",
            "李四",
            "Reuters",
            "Centre for Strategy and Security",
            "Ministry of Agriculture, Forestry and Fisheries",
            "Stiftung Wissenschaft und Politik",
            "Institut für Zeitgeschichte",
            "Observatoire pour la Paix",
            "Friends of Europe",
            "Smith & Sons",
            "Human Rights Research Group",
        ] {
            assert_eq!(author(name), Author::Whole(name), "{name}");
        }
    }
}
