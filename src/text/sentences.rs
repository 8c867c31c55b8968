//! Sentence and paragraph ends, in the scripts that commentary is written in.

use super::Span;
use super::script::{Alphabet, Shape, alphabet_of, is_han, is_kana, shape};

/// A sentence, and whether a paragraph ends with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// Its place, without the white space around it.
    pub span: Span,
    /// Whether it is the last of its paragraph.
    pub ends_paragraph: bool,
}

/// The sentences of `text`, in order. Everything between them is white space.
///
/// A sentence ends behind a mark that ends sentences and the closing quotes and brackets after it. A point is no end after an
/// abbreviation, an initial, in a number, or before a small letter.
///
/// ```
/// use pundit::text::sentences::sentences;
/// let text = "Mr. Lee met Gov. Park. “It is No. 5.” 他说：“不会。”会议结束。";
/// let found: Vec<_> = sentences(text).iter().map(|sentence| sentence.span.of(text)).collect();
/// assert_eq!(found, ["Mr. Lee met Gov. Park.", "“It is No. 5.”", "他说：“不会。”", "会议结束。"]);
/// ```
#[must_use]
pub fn sentences(text: &str) -> Vec<Sentence> {
    let mut out = Vec::new();
    for paragraph in paragraphs(text) {
        split_paragraph(text, paragraph, &mut out);
        if let Some(last) = out.last_mut() {
            last.ends_paragraph = true;
        }
    }
    out
}

/// The paragraphs of `text`, without the white space around them.
///
/// A blank line ends a paragraph. So does a single line end, unless the line looks wrapped: long, without an end mark, and going on in
/// the next.
#[must_use]
pub fn paragraphs(text: &str) -> Vec<Span> {
    let mut out: Vec<Span> = Vec::new();
    let mut open: Option<Span> = None;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let span = Span::new(at, at + line.len()).trimmed(text);
        at += line.len();
        if span.is_empty() {
            out.extend(open.take());
            continue;
        }
        let indented = line.starts_with([' ', '\t', '\u{3000}']);
        open = Some(match open.take() {
            Some(before) if !indented && is_wrapped(last_line(before.of(text))) => before.cover(span),
            before => {
                out.extend(before);
                span
            }
        });
    }
    out.extend(open);
    out
}

fn last_line(paragraph: &str) -> &str {
    paragraph.rsplit('\n').next().unwrap_or(paragraph)
}

/// Whether a line was broken by a program or a typist at a margin rather than ended by its writer.
fn is_wrapped(line: &str) -> bool {
    let width: usize = line.chars().map(|c| if is_han(c) || is_kana(c) { 2 } else { 1 }).take(130).sum();
    (40..130).contains(&width) && !is_ended(line)
}

/// Whether a sentence ends with the line, however wide that is.
#[must_use]
pub fn is_ended(line: &str) -> bool {
    line.trim_end().chars().rev().find(|&c| !is_closer(c)).is_some_and(is_end)
}

fn split_paragraph(text: &str, paragraph: Span, out: &mut Vec<Sentence>) {
    let inside = paragraph.of(text);
    let mut start = paragraph.start;
    let mut from = 0;
    while let Some((at, c)) = next_end(inside, from) {
        from = at + c.len_utf8();
        // All the end marks, closers and combining marks that follow belong to the sentence: `?!`, `。”`, `...)`.
        let behind = inside.get(from..).unwrap_or_default().chars();
        from += behind.take_while(|&c| is_end(c) || is_closer(c) || shape(c) == Shape::Mark).map(char::len_utf8).sum::<usize>();
        let sentence = Span::new(start, paragraph.start + from);
        if ends_here(text, sentence, paragraph.start + at, c, paragraph.end) {
            push(text, sentence, out);
            start = sentence.end;
        }
    }
    push(text, Span::new(start, paragraph.end), out);
}

/// The next mark of `text` from byte `from` on that ends sentences. Most bytes are ASCII and none: they are passed over as bytes.
fn next_end(text: &str, from: usize) -> Option<(usize, char)> {
    let mut at = from;
    loop {
        at += text.as_bytes().get(at..)?.iter().position(|byte| !byte.is_ascii() || matches!(byte, b'.' | b'!' | b'?' | b';'))?;
        let c = text.get(at..)?.chars().next()?;
        // Greek asks so.
        let asks = || text.get(..at).and_then(|before| before.chars().next_back()).is_some_and(|c| alphabet_of(c) == Alphabet::Greek);
        if is_end(c) || c == ';' && asks() {
            return Some((at, c));
        }
        at += c.len_utf8();
    }
}

fn push(text: &str, span: Span, out: &mut Vec<Sentence>) {
    let span = span.trimmed(text);
    if !span.is_empty() {
        out.push(Sentence { span, ends_paragraph: false });
    }
}

/// Whether the mark `c` at `at`, with what clings to it up to `sentence.end`, ends the sentence.
fn ends_here(text: &str, sentence: Span, at: usize, c: char, paragraph_end: usize) -> bool {
    let rest = Span::new(sentence.end, paragraph_end).of(text);
    if is_wide_end(c) {
        // In Japanese the sentence goes on behind what somebody said: 「終わらせる。」と述べた.
        let is_said = Span::new(at, sentence.end).of(text).ends_with(['」', '』']);
        return !(is_said && rest.starts_with(|c| matches!(c, 'ぁ'..='ゖ')));
    }
    let Some(next) = rest.chars().next() else { return true };
    let wide = |c: char| is_han(c) || is_kana(c);
    if !next.is_whitespace() && !wide(next) {
        return false;
    }
    let follower = rest.trim_start().trim_start_matches(is_opener);
    let Some(first) = follower.chars().next() else { return true };
    if first.is_lowercase() {
        return false;
    }
    if c != '.' {
        return true;
    }
    match abbreviation(end_of(Span::new(sentence.start, at).of(text))) {
        Abbreviation::None => true,
        Abbreviation::Before => false,
        Abbreviation::Number => !first.is_numeric(),
        Abbreviation::Ordinal => !is_counted(follower),
        Abbreviation::Acronym => starts_sentence(follower),
    }
}

/// The end of `behind`, in which a short form may stand: looking further back for its beginning, from each point of a text without spaces, would
/// take the square of its length.
fn end_of(behind: &str) -> &str {
    /// The bytes of the longest short form, and of some letters before it.
    const LONGEST: usize = 64;
    let mut start = behind.len().saturating_sub(LONGEST);
    while !behind.is_char_boundary(start) {
        start += 1;
    }
    behind.get(start..).unwrap_or(behind)
}

/// What stands before a point, if it is a short form.
enum Abbreviation {
    /// Nothing of the kind.
    None,
    /// Something that always goes on: a title.
    Before,
    /// Something that goes on with a number: `No.`, `Art.`
    Number,
    /// A number of a day or the like: German writes a point behind it.
    Ordinal,
    /// An initial, an acronym with points, or `etc.`, which may end a sentence too.
    Acronym,
}

fn abbreviation(behind: &str) -> Abbreviation {
    let word = behind.rsplit(|c: char| c.is_whitespace() || is_opener(c) || c == '-' || c == '—').next().unwrap_or(behind);
    let initial = word.chars().count() == 1 && word.chars().all(char::is_uppercase);
    // A plural of Spanish: EE. UU.
    let doubled = matches!(*word.as_bytes(), [one, other] if one == other && one.is_ascii_uppercase());
    if initial || doubled {
        return Abbreviation::Acronym;
    }
    if matches!(word.len(), 1 | 2) && word.bytes().all(|byte| byte.is_ascii_digit()) {
        return Abbreviation::Ordinal;
    }
    if word.contains('.') && word.split('.').all(|part| (1..=2).contains(&part.chars().count()) && part.chars().all(char::is_alphabetic)) {
        return Abbreviation::Acronym;
    }
    let small = word.to_lowercase();
    if GOES_ON.binary_search(&small.as_str()).is_ok() {
        Abbreviation::Before
    } else if BEFORE_NUMBERS.binary_search(&small.as_str()).is_ok() {
        Abbreviation::Number
    } else if MAY_END.binary_search(&small.as_str()).is_ok() {
        Abbreviation::Acronym
    } else {
        Abbreviation::None
    }
}

/// Whether the words after an acronym begin a sentence rather than go on with a name ("the U.S. The …", "the U.S. Treasury").
fn starts_sentence(follower: &str) -> bool {
    let word = follower.split(|c: char| !c.is_alphanumeric() && c != '\'').next().unwrap_or_default();
    STARTERS.binary_search(&word).is_ok()
}

/// Marks that end a sentence.
const fn is_end(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '\u{37E}' | '…' | '؟' | '۔' | '।') || is_wide_end(c)
}

/// Marks of scripts without spaces, which end a sentence whatever follows.
const fn is_wide_end(c: char) -> bool {
    matches!(c, '。' | '！' | '？' | '｡' | '．' | '⁈' | '⁉' | '‼')
}

/// Whether the words after a number with a point are what it counts: am 2. Februar, im 19. Jahrhundert.
fn is_counted(follower: &str) -> bool {
    const COUNTED: [&str; 22] = [
        "Januar",
        "Jänner",
        "Februar",
        "März",
        "April",
        "Mai",
        "Juni",
        "Juli",
        "August",
        "September",
        "Oktober",
        "November",
        "Dezember",
        "Amtszeit",
        "Bundestag",
        "Etage",
        "Jahrestag",
        "Jahrhundert",
        "Legislaturperiode",
        "Quartal",
        "Stock",
        "Weltkrieg",
    ];
    let word = follower.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    COUNTED.contains(&word.strip_suffix('s').unwrap_or(word)) || COUNTED.contains(&word)
}

/// Quotes and brackets that close.
const fn is_closer(c: char) -> bool {
    matches!(c, '"' | '\'' | '”' | '’' | '」' | '』' | '）' | ')' | ']' | '】' | '》' | '〉' | '»' | '›' | '}' | '〕')
}

/// Quotes and brackets that open.
const fn is_opener(c: char) -> bool {
    matches!(c, '"' | '\'' | '“' | '‘' | '「' | '『' | '（' | '(' | '[' | '【' | '《' | '〈' | '«' | '‹' | '„' | '¿' | '¡' | '〔')
}

/// Whether a passage must not be cut before `c`: the marks that hang on what stands before them.
#[must_use]
pub fn clings(c: char) -> bool {
    is_end(c) || is_closer(c) || matches!(c, ',' | ';' | ':' | '，' | '、' | '；' | '：' | '-' | '—' | '%') || shape(c) == Shape::Mark
}

// Sorted, for binary search; small letters, without the last point.
const GOES_ON: [&str; 70] = [
    "adm", "amb", "bkz", "brig", "capt", "cf", "cmdr", "col", "comdr", "cpl", "dhr", "dipl", "dott", "doç", "dr", "drs", "eng", "fr",
    "gen", "gov", "hon", "ing", "insp", "lic", "lt", "ltc", "maj", "messrs", "mevr", "mgr", "mm", "mme", "mr", "mrs", "ms", "mt", "mw",
    "np", "pres", "prof", "pvt", "rep", "reps", "rev", "sen", "sens", "sgt", "sig", "sr", "sra", "sres", "srta", "st", "supt", "t", "tn",
    "ven", "viz", "vs", "κ", "κα", "κκ", "акад", "г-жа", "г-н", "им", "проф", "ред", "см", "ул",
];
const BEFORE_NUMBERS: [&str; 24] = [
    "apr", "art", "aug", "ch", "dec", "feb", "fig", "figs", "jan", "jul", "jun", "mar", "no", "nos", "nov", "nr", "núm", "oct", "p",
    "para", "pp", "sec", "sept", "vol",
];
const MAY_END: [&str; 22] = [
    "al", "bn", "co", "corp", "dept", "ed", "eds", "est", "etc", "inc", "jr", "ltd", "mn", "plc", "г", "гг", "др", "млн", "млрд", "руб",
    "т", "тыс",
];
const STARTERS: [&str; 48] = [
    "A",
    "After",
    "All",
    "Although",
    "An",
    "And",
    "As",
    "At",
    "Because",
    "Both",
    "But",
    "By",
    "Each",
    "Even",
    "For",
    "From",
    "He",
    "Her",
    "His",
    "How",
    "However",
    "I",
    "If",
    "In",
    "It",
    "Its",
    "Meanwhile",
    "No",
    "Nor",
    "Not",
    "Now",
    "On",
    "One",
    "She",
    "Since",
    "So",
    "Some",
    "That",
    "The",
    "Their",
    "Then",
    "There",
    "These",
    "They",
    "This",
    "To",
    "We",
    "When",
];

#[cfg(test)]
#[path = "sentences_tests.rs"]
mod tests;
