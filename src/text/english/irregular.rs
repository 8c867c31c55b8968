//! Irregular forms: `children`, `won`, `crises`.

use std::borrow::Cow;

use super::lines::LinesByWord;

/// Words and their forms. The file says how it is written and what it leaves out.
pub(super) const FORMS: &str = include_str!("irregular.txt");

static LINES: LinesByWord = LinesByWord::of(FORMS);

/// The line of which `form` is one of the forms. The word itself, which is first, is none.
fn line_of(form: &str) -> Option<&'static str> {
    LINES.lines_with(form).find(|(_, before)| *before > 0).map(|(line, _)| line)
}

/// Words in -men that are no plural: of one thing, and names.
const NOT_OF_MAN: [&str; 26] = [
    "abdomen",
    "acumen",
    "albumen",
    "amen",
    "bitumen",
    "bremen",
    "carmen",
    "cognomen",
    "cyclamen",
    "dolmen",
    "foramen",
    "hymen",
    "lumen",
    "nomen",
    "omen",
    "praenomen",
    "ramen",
    "regimen",
    "rumen",
    "semen",
    "specimen",
    "stamen",
    "tiananmen",
    "turkmen",
    "xiamen",
    "yemen",
];

/// The word that `form` is an irregular form of, if it is one.
pub(super) fn base(form: &str) -> Option<Cow<'static, str>> {
    if let Some(line) = line_of(form) {
        return Some(Cow::Borrowed(word(line)));
    }
    let before = form.strip_suffix("men").filter(|before| before.len() > 1 && !NOT_OF_MAN.contains(&form));
    before.map(|before| format!("{before}man")).or_else(|| compound(form)).map(Cow::Owned)
}

/// The word that the forms of a line are of.
fn word(line: &'static str) -> &'static str {
    line.split(' ').next().unwrap_or_default()
}

/// No compound puts less before a word, …
const SHORTEST_BEFORE: usize = 2;
/// … and no form that it is put before is shorter.
const SHORTEST_FORM: usize = 3;

/// The word that `form` is a compound's form of.
fn compound(form: &str) -> Option<String> {
    let last = form.len().checked_sub(SHORTEST_FORM)?;
    (SHORTEST_BEFORE..=last).filter_map(|at| form.split_at_checked(at)).find_map(|(before, form)| {
        let line = line_of(form)?;
        let is_known = line.split(' ').any(|word| word.strip_prefix('+') == Some(before));
        is_known.then(|| [before, word(line)].concat())
    })
}
