//! What an index is asked for, in words.

use foldhash::HashSet;

use crate::index::marks;
use crate::retrieve::{Atom, HeaderCondition, Need, Places, Reach};
use crate::text::counted;
use crate::text::hyphens::is_marked;
use crate::text::stems::parts;

/// So many things are told where there are more.
pub(super) const SHOWN: usize = 3;

/// A need, in words.
pub(super) fn described(need: &Need) -> String {
    match need {
        Need::Nothing => "nothing: it contains no word".to_owned(),
        Need::Stem(stems) => format!("a word of the stem {}", any_stem(stems)),
        Need::Places(places) => placed(places),
        Need::AtLeast(times, places) => format!("{times} or more of: {}", placed(places)),
        Need::Mention(mark) | Need::Mentioned(mark) => mentioned(mark),
        Need::All(needs) => needs.iter().map(described).collect::<Vec<_>>().join(", and "),
        Need::Any(needs) => needs.iter().map(described).collect::<Vec<_>>().join(", or "),
        Need::Title(need) => format!("in the title, {}", described(need)),
        Need::Meta(condition) => described_condition(condition),
        Need::Dates(dates, _) => dates.to_string(),
    }
}

pub(super) fn placed(places: &Places<Atom>) -> String {
    let each = |parts: &[Places<Atom>], joint: &str| parts.iter().map(placed).collect::<Vec<_>>().join(joint);
    match places {
        Places::Atom(Atom::Stem(stems)) => format!("the stem {}", any_stem(stems)),
        Places::Atom(Atom::Folded(forms) | Atom::Meta(forms)) => any_of(forms),
        Places::Atom(Atom::Written { written, .. }) => format!("={written}"),
        Places::Atom(Atom::Run(characters)) => format!("“{}” with no sign between", characters.concat()),
        Places::Atom(Atom::Pattern(pattern)) => pattern.to_string(),
        Places::Atom(Atom::Mention(mark)) => mentioned(mark),
        Places::Either(parts) => format!("({})", each(parts, " or ")),
        Places::Sequence(parts) => format!("“{}” in a row", each(parts, " ")),
        Places::Together(parts, reach) => {
            let parts = parts.iter().map(|(part, times)| if *times > 1 { format!("{times}× {}", placed(part)) } else { placed(part) });
            let parts = parts.collect::<Vec<_>>().join(" ");
            match reach {
                Reach::Words(others) => format!("“{parts}” in any order, with {} between", counted((*others).into(), "other word")),
                Reach::Sentence => format!("“{parts}” in any order, in one sentence"),
                Reach::Paragraph => format!("“{parts}” in any order, in one paragraph"),
            }
        }
        Places::Near(left, how, right) => format!("{} {how} {}", placed(left), placed(right)),
    }
}

fn any_of(forms: &[String]) -> String {
    match forms {
        [] => "no word of the index".to_owned(),
        [form] => form.clone(),
        forms if forms.len() <= SHOWN => forms.join(" or "),
        forms => format!("{} and {} more words", forms.get(..SHOWN).unwrap_or_default().join(", "), forms.len() - SHOWN),
    }
}

fn described_condition(condition: &HeaderCondition) -> String {
    match condition {
        HeaderCondition::Any(tokens) => any_of(tokens),
        HeaderCondition::Pattern(field, pattern) => format!("{}:{pattern}", field.name()),
        HeaderCondition::Phrase(conditions) => {
            format!("“{}” in a row", conditions.iter().map(described_condition).collect::<Vec<_>>().join(" "))
        }
    }
}

fn mentioned(mark: &str) -> String {
    match mark.strip_prefix(marks::KIND) {
        Some(kind) => format!("a mention of any {kind}"),
        None => format!("a mention of {mark}"),
    }
}

/// Stems as they are told, each once whatever languages it is of: that a word is also found where it is written with a hyphen goes without saying.
fn any_stem(stems: &[String]) -> String {
    let mut told: Vec<String> = stems.iter().filter(|stem| !is_marked(stem)).map(|stem| parts(stem).0.to_owned()).collect();
    let mut known = HashSet::default();
    told.retain(|stem| known.insert(stem.clone()));
    quoted(&told, " or ")
}

/// Words as they are told.
pub(super) fn quoted(words: &[String], joint: &str) -> String {
    words.iter().map(|word| format!("{word:?}")).collect::<Vec<_>>().join(joint)
}
