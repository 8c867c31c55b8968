//! Whether a place in a text is written as a name is.

use super::key::name_key;
use crate::text::script::{Alphabet, Shape, alphabet, is_han, is_hangul, is_kana, shape};
use crate::text::{Span, Word, Words};

/// Brackets that stand in names: 刚果（金）.
const BRACKETS: [char; 4] = ['(', '（', ')', '）'];

/// The bytes of the bracket that closes a name behind its last word.
pub(super) fn closing_bracket(name: &str, behind: &str) -> usize {
    let closing = |text: &str| text.chars().next_back().filter(|c| matches!(c, ')' | '）'));
    let written = behind.chars().next().filter(|c| matches!(c, ')' | '）'));
    closing(name).and(written).map_or(0, char::len_utf8)
}

/// Whether what stands in `span` of `text`, whose folded words are those of `name`, is written as the name is, as far as that tells: a word that
/// the name writes with a capital has one in the text, an acronym is all capitals; syllables of Hangul that the name writes together are not
/// parted by a space; and a plus sign behind is there or not.
pub(super) fn is_written_so(name: &str, text: &str, span: Span) -> bool {
    if name.ends_with('+') != text.get(span.end..).is_some_and(|behind| behind.starts_with('+')) {
        return false;
    }
    let written = span.of(text);
    if written == name {
        return true;
    }
    if written.contains(BRACKETS) != name.contains(BRACKETS) {
        return false;
    }
    let mut written_words = Words::of(written);
    let (mut name_end, mut written_end) = (0, 0);
    for word in Words::of(name) {
        let Some(other) = written_words.next() else { return false };
        let parted = other.span.start > written_end && word.span.start == name_end && name_end > 0;
        if parted && word.solo {
            return false;
        }
        (name_end, written_end) = (word.span.end, other.span.end);
        // Jong-un, Jae-in: behind a hyphen a given name goes on small.
        let hyphened = Span::new(0, other.span.start).of(written).ends_with(['-', '\u{2010}', '\u{2011}', '\u{2013}']);
        let (own, other_word) = (word.span.of(name), other.span.of(written));
        let inner = other.span.end < written.len();
        if !hyphened && !word_fits(own, other_word) || inner && is_german_genitive(own, other_word) {
            return false;
        }
    }
    true
}

/// Whether a name is written as a genitive in German, without an apostrophe: Putins.
pub(super) fn is_german_genitive(name: &str, written: &str) -> bool {
    written.ends_with('s') && !name.ends_with(['s', 'S']) && !name_key(name).ends_with('s')
}

fn word_fits(name: &str, written: &str) -> bool {
    let Some(first) = name.chars().next() else { return true };
    if !first.is_uppercase() {
        return true;
    }
    let letters = |word: &str| word.chars().filter(|c| c.is_alphabetic()).count();
    let is_acronym = letters(name) > 1 && letters(name) <= 5 && !name.chars().any(char::is_lowercase);
    if is_acronym {
        // Russian declines acronyms: МИДом.
        return !written.chars().take(letters(name)).any(char::is_lowercase);
    }
    written.chars().next().is_some_and(|c| !c.is_lowercase())
}

/// Whether a word is written as the words of names are: in Latin letters with a capital, mostly in front.
pub(super) fn is_name_word(written: &str) -> bool {
    let Some(first) = written.chars().next() else { return false };
    if first.is_lowercase() {
        // iPhone, eBay
        return written.is_ascii() && written.len() > 3 && written.bytes().skip(1).take(2).any(|byte| byte.is_ascii_uppercase());
    }
    first.is_uppercase() && alphabet(written) == Alphabet::Latin
}

/// Whether two neighbouring words may belong to one name: nothing between them but a space, a hyphen, a point of an initial, or the dot
/// of a transliterated name; a line end too, but no end of a paragraph. Words of scripts without spaces must touch, or have a dot.
pub(super) fn joins(text: &str, before: Word, word: Word) -> bool {
    let gap = Span::new(before.span.end, word.span.start).of(text);
    if gap.is_empty() {
        return true;
    }
    // A possessive ending belongs to no word: People's Bank.
    let gap = ["'s", "’s", "'S", "’S"].iter().find_map(|ending| gap.strip_prefix(ending)).unwrap_or(gap);
    let mut lines = 0;
    for c in gap.chars() {
        match c {
            // Brackets stand only in names that have them: see `is_written_so`.
            '·' | '・' | '‧' | '•' | '．' | '(' | ')' | '（' | '）' => {}
            ' ' | '\u{A0}' | '\u{202F}' | '\r' | '\t' | '-' | '\u{2010}'..='\u{2013}' | '.' | '\'' | '\u{2019}' | '&' | '/' => {
                if before.solo && word.solo && !is_spaced_solo(text, before) {
                    return false;
                }
            }
            '\n' => {
                lines += 1;
                if lines > 1 || (before.solo && word.solo) {
                    return false;
                }
            }
            _ => return false,
        }
    }
    // "…met Kim. Jong…": a point ends the sentence unless it stands behind an initial or an acronym.
    !gap.contains('.') || before.span.len() <= 2 || before.span.of(text).contains('.')
}

/// Whether a solo word is of a script that puts spaces inside names (Hangul: 김 위원장).
fn is_spaced_solo(text: &str, word: Word) -> bool {
    word.span.of(text).chars().next().is_some_and(is_hangul)
}

/// Whether the place is cut out of a longer word of a script without spaces in which it means something else: Hangul or kana running on
/// to its left. To its right particles follow, so nothing is asked there.
pub(super) fn runs_on_left(text: &str, span: Span) -> bool {
    let Some(first) = span.of(text).chars().next() else { return false };
    let before = Span::new(0, span.start).of(text).chars().next_back();
    match before {
        Some(c) if is_hangul(first) => is_hangul(c),
        Some(c) if is_kana(first) => is_kana(c) && c != '・' && is_katakana(first) == is_katakana(c),
        _ => false,
    }
}

/// Whether what clings to a name in Hangul makes another word of it: 인도적, humane, is not of 인도, India. A family name goes with particles
/// alone: 파월은, but not 메이저 of 메이.
pub(super) fn hangul_runs_on(text: &str, span: Span, family: bool) -> bool {
    const PARTICLES: [&str; 28] = [
        "은", "는", "이", "가", "을", "를", "의", "과", "와", "도", "에", "로", "으로", "만", "까지", "부터", "라고", "라는", "씨", "측",
        "등", "처럼", "보다", "께", "에게", "에서", "정부", "정권",
    ];
    if !span.of(text).ends_with(is_hangul) {
        return false;
    }
    let behind = Span::new(span.end, text.len()).of(text);
    let rest = behind.find(|c| !is_hangul(c)).map_or(behind, |end| behind.get(..end).unwrap_or_default());
    if family {
        let fits = |particle: &&str| rest.strip_prefix(*particle).is_some_and(|more| more.chars().count() < 3);
        return !rest.is_empty() && !PARTICLES.iter().any(fits);
    }
    rest.strip_prefix('적').is_some_and(|more| more.is_empty() || more.starts_with(['인', '으', '이']))
}

/// Whether katakana runs on to the right: タイ in タイトル.
pub(super) fn katakana_runs_on(text: &str, span: Span) -> bool {
    let last = span.of(text).chars().next_back();
    let next = Span::new(span.end, text.len()).of(text).chars().next();
    matches!((last, next), (Some(last), Some(next)) if is_katakana(last) && is_katakana(next))
}

fn is_katakana(c: char) -> bool {
    is_kana(c) && c >= '\u{30A0}'
}

/// Whether the place is a Han name of one character, which needs more than itself to be a name.
pub(super) fn is_single_han(text: &str, span: Span) -> bool {
    let mut chars = span.of(text).chars();
    matches!((chars.next(), chars.next()), (Some(c), None) if is_han(c))
}

/// The span of a name with the point that closes it, where it is an abbreviation that has points inside: **U.S.**
pub(super) fn with_point(text: &str, span: Span) -> Span {
    let name = span.of(text);
    let abbreviates =
        name.contains('.') && name.split('.').all(|part| part.len() == 1 && part.bytes().all(|byte| byte.is_ascii_uppercase()));
    let point = abbreviates && Span::new(span.end, text.len()).of(text).starts_with('.');
    Span::new(span.start, span.end + usize::from(point))
}

/// Whether the line in which `at` stands is a headline: without an end mark, and in capitals throughout or with one on nearly every word.
pub(super) fn is_headline(text: &str, at: usize) -> bool {
    let Some(line) = short_line(text, at).filter(|line| !line.trim_end().ends_with(['.', '!', '?', '…', '”', '"'])) else {
        return false;
    };
    let (mut capital, mut small) = (0, 0);
    for word in Words::of(line).take(40) {
        let word = word.span.of(line);
        match word.chars().next() {
            Some(c) if c.is_uppercase() => capital += 1,
            // Articles and prepositions stay small in headlines.
            Some(c) if c.is_lowercase() && word.chars().count() > 4 => small += 1,
            _ => {}
        }
    }
    capital > 2 && small * 6 < capital
}

/// Whether a line says who wrote something: behind its first words stand names alone, as in a headline.
pub(super) fn is_byline(line: &str) -> bool {
    const BY: [&str; 7] = ["By ", "BY ", "Reporting by ", "Written by ", "Edited by ", "Editing by ", "Photo by "];
    let line = line.trim_start_matches(['(', '[', ' ', '\u{A0}', '*', '_', '—']);
    BY.iter().any(|by| line.starts_with(by))
}

/// The line in which `at` stands, if it is short enough for a headline. Of a longer one no more than that is looked at.
fn short_line(text: &str, at: usize) -> Option<&str> {
    const LONGEST: usize = 240;
    // In the midst of a character no line ends.
    let is_boundary = |at: &usize| text.is_char_boundary(*at);
    let from = (at.saturating_sub(LONGEST + 1)..=at).find(is_boundary)?;
    let start = match text.get(from..at)?.rfind('\n') {
        Some(newline) => from + newline + 1,
        None if from == 0 => 0,
        None => return None,
    };
    let to = (start..=text.len().min(start + LONGEST + 1)).rfind(is_boundary)?;
    let end = match text.get(start..to)?.find('\n') {
        Some(newline) => start + newline,
        None if to == text.len() && to <= start + LONGEST => to,
        None => return None,
    };
    text.get(start..end)
}

/// Whether a word begins with a capital.
pub(super) fn is_capitalised(word: &str) -> bool {
    word.chars().next().is_some_and(char::is_uppercase)
}

/// Whether nothing but spaces stands in the gap between two spans.
pub(super) fn only_space_between(text: &str, before: Span, after: Span) -> bool {
    let gap = Span::new(before.end, after.start).of(text);
    gap.chars().all(|c| matches!(c, ' ' | '\u{A0}' | '\r' | '\n' | '\t')) && gap.matches('\n').count() < 2
}

/// Whether a sentence begins at `at`: nothing before, or an end mark or quote with a space.
pub(super) fn begins_sentence(text: &str, at: usize) -> bool {
    let before = Span::new(0, at).of(text);
    let trimmed =
        before.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '"' | '“' | '‘' | '\'' | '(' | '[' | '—' | '–' | '-' | '«'));
    match trimmed.chars().next_back() {
        None => true,
        Some(c) => {
            before.get(trimmed.len()..).is_some_and(|gap| gap.contains('\n'))
                || (matches!(c, '.' | '!' | '?' | ':' | '…' | '”' | '"') && shape(c) == Shape::Gap)
        }
    }
}
