//! What kind of character this is, as far as word boundaries care.

use unicode_script::{Script, UnicodeScript};

/// How a character behaves at word boundaries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// White space, punctuation, symbols: between words.
    Gap,
    /// A letter of a script that puts spaces between words.
    Letter,
    /// A digit of any script.
    Digit,
    /// A character of a script written without reliable spaces (Han, kana, Hangul, Thai …): a word by itself.
    ///
    /// Hangul is written with spaces, but particles cling to nouns and writers differ on where spaces go, so that syllables one by
    /// one find more and match phrases whatever the spacing.
    Solo,
    /// A combining mark, joiner or other invisible character: belongs to what stands before it.
    Mark,
}

/// The shape of `c`.
#[inline]
#[must_use]
pub fn shape(c: char) -> Shape {
    match c {
        'a'..='z' | 'A'..='Z' => Shape::Letter,
        '0'..='9' => Shape::Digit,
        _ if c.is_ascii() => Shape::Gap,
        // What most text is made of, so that it is not looked up in the tables of Unicode: Han, letters of Latin, Cyrillic and Arabic, kana, Hangul,
        // punctuation.
        '\u{4E00}'..='\u{9FFF}' => Shape::Solo,
        'À'..='Ö' | 'Ø'..='ö' | 'ø'..='ſ' | 'Ѐ'..='я' | 'ؠ'..='غ' | 'ف'..='ي' => Shape::Letter,
        '\u{2010}'..='\u{2027}' | '\u{3001}'..='\u{3003}' | '\u{3008}'..='\u{3011}' | '\u{FF01}'..='\u{FF0F}' | '\u{FF1A}'..='\u{FF20}' => {
            Shape::Gap
        }
        _ if belongs_before(c) => Shape::Mark,
        _ if is_han(c) || is_kana(c) || matches!(c, '가'..='힣') => Shape::Solo,
        _ => looked_up(c),
    }
}

/// Whether `c` is a mark of voiced kana of half width, or what a syllable of Hangul is made of behind its first letter: no word of its own.
const fn belongs_before(c: char) -> bool {
    matches!(c, '\u{FF9E}' | '\u{FF9F}' | '\u{1160}'..='\u{11FF}' | '\u{D7B0}'..='\u{D7FF}')
}

/// The shape of `c` by the tables of Unicode.
fn looked_up(c: char) -> Shape {
    if is_invisible(c) || unicode_normalization::char::is_combining_mark(c) || belongs_before(c) {
        return Shape::Mark;
    }
    if c.is_alphabetic() {
        return if is_unspaced(c) { Shape::Solo } else { Shape::Letter };
    }
    // `is_numeric` counts ½ and ④ too, which read as parts of words ("½-mile"), as digits do.
    if c.is_numeric() { Shape::Digit } else { Shape::Gap }
}

/// Whether `c` is a letter, as [`char::is_alphabetic`] says, Han included; of what most text is made of without a look into the tables of Unicode.
#[must_use]
pub fn is_letter(c: char) -> bool {
    match shape(c) {
        Shape::Letter | Shape::Solo => true,
        Shape::Gap | Shape::Digit => false,
        Shape::Mark => c.is_alphabetic(),
    }
}

/// Whether `c` is a Han ideograph (or the iteration mark 々, or 〇).
#[must_use]
pub const fn is_han(c: char) -> bool {
    matches!(c, '\u{4E00}'..='\u{9FFF}' | '\u{3400}'..='\u{4DBF}' | '\u{3005}' | '\u{3007}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{323AF}' | '\u{2F00}'..='\u{2FD5}')
}

/// Whether `c` is a Hangul syllable or letter.
#[must_use]
pub const fn is_hangul(c: char) -> bool {
    matches!(c, '\u{AC00}'..='\u{D7A3}' | '\u{1100}'..='\u{11FF}' | '\u{3130}'..='\u{318F}' | '\u{A960}'..='\u{A97F}' | '\u{D7B0}'..='\u{D7FF}' | '\u{FFA0}'..='\u{FFDC}')
}

/// Whether `c` is of a script whose words and signs stand without spaces between them, of Chinese and Japanese: a line may break anywhere among
/// such, and the break is none of the text.
#[must_use]
pub fn is_wide(c: char) -> bool {
    is_han(c) || is_kana(c) || matches!(c, '\u{3000}'..='\u{303F}' | '\u{FF01}'..='\u{FF60}')
}

/// Whether `c` is kana, full or half width, or the mark that lengthens it.
#[must_use]
pub const fn is_kana(c: char) -> bool {
    matches!(c, '\u{3041}'..='\u{3096}' | '\u{309D}'..='\u{309F}' | '\u{30A1}'..='\u{30FA}' | '\u{30FC}'..='\u{30FF}' | '\u{31F0}'..='\u{31FF}' | '\u{FF66}'..='\u{FF9F}')
}

/// A script of syllables that stand side by side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Syllabary {
    /// That of Korean.
    Hangul,
    /// That of Japanese words and endings.
    Hiragana,
    /// That of foreign words in Japanese.
    Katakana,
}

/// The syllabary that `c` is of, if it is of one.
#[must_use]
pub const fn syllabary(c: char) -> Option<Syllabary> {
    match c {
        _ if is_hangul(c) => Some(Syllabary::Hangul),
        '\u{3041}'..='\u{309F}' => Some(Syllabary::Hiragana),
        _ if is_kana(c) => Some(Syllabary::Katakana),
        _ => None,
    }
}

/// Whether `c` is a sign between clauses, before which no word goes on behind it. White space may be where a line is broken, and quotation marks
/// and the points of names stand inside what belongs together (反“独”促统).
#[must_use]
pub const fn parts_clauses(c: char) -> bool {
    matches!(
        c,
        ',' | '.'
            | ';'
            | ':'
            | '!'
            | '?'
            | '('
            | ')'
            | '['
            | ']'
            | '\u{2014}'
            | '\u{2015}'
            | '…'
            | '、'
            | '。'
            | '【'
            | '】'
            | '〔'
            | '〕'
            | '，'
            | '．'
            | '；'
            | '：'
            | '！'
            | '？'
            | '（'
            | '）'
            | '［'
            | '］'
            | '\u{FF61}'
            | '\u{FF64}'
    )
}

/// Whether words of this letter's script follow one another without reliable spaces.
fn is_unspaced(c: char) -> bool {
    is_kana(c)
        || is_hangul(c)
        || matches!(
            c.script(),
            Script::Thai
                | Script::Lao
                | Script::Khmer
                | Script::Myanmar
                | Script::Tibetan
                | Script::Bopomofo
                | Script::Yi
                | Script::Javanese
        )
}

/// Characters without a glyph that writers and programs leave inside words: soft hyphen, zero-width and direction marks, variation
/// selectors, byte-order marks.
#[must_use]
pub const fn is_invisible(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{E0100}'..='\u{E01EF}')
}

/// Those of them that say nothing at the end of a word. A variation selector does: which form the character before it has.
#[must_use]
pub const fn is_left_over(c: char) -> bool {
    is_invisible(c) && !matches!(c, '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}')
}

/// The scripts that have stemmers, or their own folding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Alphabet {
    /// Latin letters.
    Latin,
    /// Cyrillic letters.
    Cyrillic,
    /// Arabic letters.
    Arabic,
    /// Greek letters.
    Greek,
    /// Everything else.
    Other,
}

/// The alphabet of a word, by its first letter that tells.
#[must_use]
pub fn alphabet(word: &str) -> Alphabet {
    word.chars().map(alphabet_of).find(|&alphabet| alphabet != Alphabet::Other).unwrap_or(Alphabet::Other)
}

/// The alphabet that `c` is a letter of.
#[must_use]
pub const fn alphabet_of(c: char) -> Alphabet {
    match c {
        'a'..='z' | 'A'..='Z' | '\u{C0}'..='\u{24F}' | '\u{1E00}'..='\u{1EFF}' => Alphabet::Latin,
        '\u{400}'..='\u{52F}' => Alphabet::Cyrillic,
        '\u{620}'..='\u{6FF}' | '\u{750}'..='\u{77F}' | '\u{FB50}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}' => Alphabet::Arabic,
        '\u{370}'..='\u{3FF}' | '\u{1F00}'..='\u{1FFF}' => Alphabet::Greek,
        _ => Alphabet::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn usual_characters_have_the_shape_that_tables_give_them() {
        for c in ('\u{80}'..=char::MAX).filter(|&c| !is_han(c)) {
            assert_eq!(shape(c), looked_up(c), "{c:?}");
        }
    }

    #[test]
    fn letters_are_those_of_unicode() {
        // Among Han are places that no character has yet.
        for c in ('\0'..=char::MAX).filter(|&c| !is_han(c)) {
            assert_eq!(is_letter(c), c.is_alphabetic(), "{c:?}");
        }
    }
}
