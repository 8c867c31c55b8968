//! Forms of a word that readers take for the same, made equal.
//!
//! Two steps, because stemmers stand between them. [`lower`] undoes what is mere writing: case, width, compatibility forms, Han
//! variants, invisible characters, the points of an acronym. [`strip`] then undoes what many writers leave out: diacritics of Latin
//! and Greek, ё, Arabic vowel signs and letter variants. French and German stemmers need the diacritics that [`strip`] removes.
//! Both change words, never positions: a word keeps its span whatever its form becomes.

use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::{decompose_canonical, is_combining_mark};

use super::script::{is_han, is_invisible, is_letter};

/// Appends the lower-case form of `word` to `out`.
pub fn lower(word: &str, out: &mut String) {
    if word.is_ascii() {
        lower_ascii(word, out);
        return;
    }
    // Almost every Han word is one character that needs the variant table alone.
    let mut chars = word.chars();
    if let (Some(c), None) = (chars.next(), chars.next())
        && is_usual_han(c)
    {
        out.push(han_variant(c));
        return;
    }
    // Nor is anything but case to be undone in most words of Latin, Cyrillic and Arabic, of kana and Hangul.
    if word.chars().all(is_plain) {
        lower_plain(word, |c| out.push(c));
        return;
    }
    lower_any(word, out);
}

/// Whether of a Han character no more than the variant is to be undone: others are compatibility forms, and the radicals that texts of PDF files
/// have in place of characters.
const fn is_usual_han(c: char) -> bool {
    matches!(c, '\u{4E00}'..='\u{9FFF}' | '\u{3400}'..='\u{4DBF}')
}

/// Whether of a character no more than its case is to be undone, wherever it stands: letters of Latin as those languages write them that news is
/// mostly written in, of Cyrillic and of Arabic, of kana and Hangul, and apostrophes.
fn is_plain(c: char) -> bool {
    match c {
        'a'..='z' | 'A'..='Z' | '0'..='9' | '\'' | '’' | 'А'..='я' | 'Ё' | 'ё' | '\u{621}'..='\u{63A}' | '\u{641}'..='\u{64A}' => {
            true
        }
        // Letters that are two, or have two small ones.
        '×' | '÷' | 'İ' | 'Ĳ' | 'ĳ' | 'Ŀ' | 'ŀ' | 'ŉ' => false,
        _ => matches!(c, 'À'..='ž') || has_no_case(c),
    }
}

/// Whether a character is a letter of kana or Hangul as they are written today.
const fn has_no_case(c: char) -> bool {
    matches!(c, 'ぁ'..='ゖ' | 'ァ'..='ヺ' | 'ー' | '가'..='힣')
}

/// The small form of such a character.
fn small(c: char) -> char {
    match c {
        'A'..='Z' | 'À'..='Ö' | 'Ø'..='Þ' | 'А'..='Я' => char::from_u32(c as u32 + 0x20).unwrap_or(c),
        '’' => '\'',
        _ if c.is_ascii() || has_no_case(c) => c,
        _ => c.to_lowercase().next().unwrap_or(c),
    }
}

/// [`lower`] for words of such characters: calls `take` with each of the form.
fn lower_plain(word: &str, mut take: impl FnMut(char)) {
    for c in word.chars() {
        if c == 'ß' {
            take('s');
            take('s');
        } else {
            take(small(c));
        }
    }
}

/// [`lower`] for words of any characters.
fn lower_any(word: &str, out: &mut String) {
    let digits = !word.chars().any(is_letter);
    for c in word.nfkc() {
        match c {
            '\u{2019}' | '\u{2BC}' | '\u{FF07}' => out.push('\''),
            ',' | '.' | '\u{66B}' | '\u{66C}' if !(digits && matches!(c, '.' | '\u{66B}')) => {}
            '\u{66B}' => out.push('.'),
            'ß' | 'ẞ' => out.push_str("ss"),
            _ if is_invisible(c) => {}
            _ if is_han(c) => out.push(han_variant(c)),
            _ => match c.to_digit_of_any_script() {
                Some(digit) => out.push(digit),
                None => out.extend(c.to_lowercase()),
            },
        }
    }
}

fn lower_ascii(word: &str, out: &mut String) {
    let is_number = word.bytes().all(|byte| !byte.is_ascii_alphabetic());
    for byte in word.bytes() {
        match byte {
            b',' => {}
            b'.' if !is_number => {}
            _ => out.push(char::from(byte.to_ascii_lowercase())),
        }
    }
}

/// Appends `lowered` (a word as [`lower`] gives it) without its diacritics to `out`.
pub fn strip(lowered: &str, out: &mut String) {
    if lowered.is_ascii() {
        out.push_str(lowered);
        return;
    }
    for c in lowered.chars() {
        strip_char(c, out);
    }
}

/// [`strip`] of one character.
fn strip_char(c: char, out: &mut String) {
    match c {
        'ё' => out.push('е'),
        // That it ends its word is not known of capitals.
        'ς' => out.push('σ'),
        'أ' | 'إ' | 'آ' | 'ٱ' => out.push('ا'),
        'ى' | 'ی' => out.push('ي'),
        'ک' => out.push('ك'),
        'ة' => out.push('ه'),
        '\u{640}' | '\u{64B}'..='\u{65F}' | '\u{670}' | '\u{591}'..='\u{5C7}' | '\u{300}'..='\u{36F}' => {}
        'ø' => out.push('o'),
        'ł' => out.push('l'),
        'đ' => out.push('d'),
        'ı' => out.push('i'),
        'æ' => out.push_str("ae"),
        'œ' => out.push_str("oe"),
        '\u{C0}'..='\u{24F}' | '\u{370}'..='\u{3FF}' | '\u{1E00}'..='\u{1FFF}' => decompose_canonical(c, |part| {
            if !is_combining_mark(part) {
                out.push(part);
            }
        }),
        // й and the letters of Indic scripts and Hangul decompose too, but are letters of their own.
        _ => out.push(c),
    }
}

/// The form under which `word` is indexed literally: [`lower`], then [`strip`].
///
/// ```
/// use pundit::text::fold::folded;
/// assert_eq!(folded("Élysée"), "elysee");
/// assert_eq!(folded("U.S"), "us");
/// assert_eq!(folded("臺"), folded("台"));
/// assert_eq!(folded("Ｇ７"), "g7");
/// ```
#[must_use]
pub fn folded(word: &str) -> String {
    let mut out = String::new();
    fold(word, &mut out);
    out
}

/// Appends the folded form of `word` to `out`: the same as [`folded`].
pub fn fold(word: &str, out: &mut String) {
    let mut chars = word.chars();
    if let (Some(c), None) = (chars.next(), chars.next())
        && is_usual_han(c)
    {
        out.push(han_variant(c));
        return;
    }
    out.reserve(word.len());
    if word.is_ascii() {
        lower_ascii(word, out);
    } else if word.chars().all(is_plain) {
        // What is stripped of each character, nothing beside it decides.
        lower_plain(word, |c| strip_char(c, out));
    } else {
        let mut lowered = String::with_capacity(word.len());
        lower(word, &mut lowered);
        strip(&lowered, out);
    }
}

/// The usual form for a Traditional or variant Han character, else the character itself.
#[must_use]
pub fn han_variant(c: char) -> char {
    (c as usize).checked_sub(HAN_START).and_then(|at| HAN.get(at)).and_then(|&form| char::from_u32(u32::from(form))).unwrap_or(c)
}

const HAN_START: usize = 0x4E00;

/// The usual form of each character from U+4E00 to U+9FFF.
static HAN: LazyLock<Vec<u16>> = LazyLock::new(|| {
    let mut table: Vec<u16> = (0x4E00..=0x9FFF).collect();
    for line in include_str!("han_variants.txt").lines().filter(|line| !line.starts_with('#')) {
        let mut pair = line.chars();
        if let (Some(variant), Some(usual)) = (pair.next(), pair.next())
            && let Ok(form) = u16::try_from(usual as u32)
            && let Some(cell) = table.get_mut(variant as usize - HAN_START)
        {
            *cell = form;
        }
    }
    table
});

trait DigitOfAnyScript {
    /// The ASCII digit for a decimal digit of the scripts that news is written in.
    fn to_digit_of_any_script(self) -> Option<char>;
}

impl DigitOfAnyScript for char {
    fn to_digit_of_any_script(self) -> Option<char> {
        const ZEROS: [char; 6] = ['٠', '۰', '०', '০', '๐', '໐'];
        ZEROS.iter().find_map(|&zero| {
            let value = (self as u32).checked_sub(zero as u32).filter(|&value| value < 10)?;
            char::from_digit(value, 10)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_characters_are_lowered_as_any_are() {
        let plain: Vec<char> = ('\0'..='힣').filter(|&c| is_plain(c)).collect();
        assert!(plain.len() > 11_000 && ['Š', 'Я', 'ヴ'].iter().all(|c| plain.contains(c)));
        for word in plain.iter().map(|c| format!("é{c}n")).chain(plain.iter().map(ToString::to_string)) {
            let (mut quick, mut any) = (String::new(), String::new());
            lower(&word, &mut quick);
            lower_any(&word, &mut any);
            assert_eq!(quick, any, "{word}");
            let mut stripped = String::new();
            strip(&any, &mut stripped);
            assert_eq!(folded(&word), stripped, "{word}");
        }
    }

    #[test]
    fn writing_is_undone() {
        let table = [
            ("Straße", "strasse"),
            ("ＮＡＴＯ", "nato"),
            ("don’t", "don't"),
            ("U.S.A", "usa"),
            ("1,000.5", "1000.5"),
            ("co\u{AD}operate", "cooperate"),
            ("Cafe\u{301}", "cafe"),
            ("ЁЛКА", "елка"),
            ("Крым", "крым"),
            ("бой", "бой"),
            ("И\u{306}", "й"),
            ("الأُمَم", "الامم"),
            ("٢٠٢٤", "2024"),
            ("Ελλάδα", "ελλαδα"),
            ("ｳ", "ウ"),
            ("戰", "战"),
            ("한", "한"),
            ("Łódź", "lodz"),
            ("İstanbul", "istanbul"),
        ];
        for (word, expected) in table {
            assert_eq!(folded(word), expected, "{word}");
        }
    }

    #[test]
    fn folding_twice_changes_nothing() {
        for word in ["İI", "ǅ", "ﬁ", "㈱", "ẞ", "臺", "Ά", "ΐ", "ﷺ", "½", "e\u{301}\u{327}"] {
            let once = folded(word);
            assert_eq!(folded(&once), once, "{word}");
        }
    }

    #[test]
    fn han_forms_lead_to_forms_that_stay() {
        for code in 0x4E00..=0x9FFF_u32 {
            let c = char::from_u32(code).unwrap();
            assert_eq!(han_variant(han_variant(c)), han_variant(c), "{c}");
        }
    }
}
