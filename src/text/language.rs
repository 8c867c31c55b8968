//! Which language a text is in.

use std::fmt;

use super::function_words;
use super::script::{is_han, is_hangul, is_kana};

/// A language by its ISO 639 code of two or three letters, as in `en` or `zh`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Language([u8; 3]);

impl Language {
    /// English.
    pub const ENGLISH: Self = Self(*b"en\0");
    /// Chinese.
    pub const CHINESE: Self = Self(*b"zh\0");
    /// Japanese.
    pub const JAPANESE: Self = Self(*b"ja\0");
    /// Korean.
    pub const KOREAN: Self = Self(*b"ko\0");
    /// A language that nothing tells.
    pub const UNKNOWN: Self = Self(*b"und");

    /// The language of a tag such as `en`, `zh-Hant`, `pt_BR` or `Chinese`; its region and script are left out.
    #[must_use]
    pub fn parse(tag: &str) -> Option<Self> {
        let primary = tag.trim().split(['-', '_']).next()?.to_ascii_lowercase();
        let code = NAMES.iter().find(|(name, _)| *name == primary).map_or(primary.as_str(), |(_, code)| *code);
        match *code.as_bytes() {
            [a, b] if code.bytes().all(|byte| byte.is_ascii_lowercase()) => Some(Self([a, b, 0])),
            [a, b, c] if code.bytes().all(|byte| byte.is_ascii_lowercase()) => Some(Self([a, b, c])),
            _ => None,
        }
    }

    /// The code.
    #[must_use]
    pub fn code(&self) -> &str {
        let len = if self.0[2] == 0 { 2 } else { 3 };
        self.0.get(..len).and_then(|code| std::str::from_utf8(code).ok()).unwrap_or("und")
    }

    /// The language of `text`, by its script, its small words and, where those do not decide, by trigrams of its letters.
    ///
    /// ```
    /// use pundit::text::Language;
    /// assert_eq!(Language::detect("The council met on Tuesday.").code(), "en");
    /// assert_eq!(Language::detect("安理会周二开会。").code(), "zh");
    /// ```
    #[must_use]
    pub fn detect(text: &str) -> Self {
        let sample = sample(text);
        let (mut han, mut kana, mut hangul, mut other) = (0_usize, 0_usize, 0_usize, 0_usize);
        for c in sample.chars() {
            if is_han(c) {
                han += 1;
            } else if is_kana(c) {
                kana += 1;
            } else if is_hangul(c) {
                hangul += 1;
            } else if c.is_alphabetic() {
                other += 1;
            }
        }
        // A Han character says about as much as three letters.
        let ideographic = 3 * (han + kana + hangul);
        if ideographic > other {
            return if hangul > kana && hangul > han {
                Self(*b"ko\0")
            } else if kana * 10 > han {
                Self::JAPANESE
            } else {
                Self::CHINESE
            };
        }
        function_words::language_of(sample).unwrap_or_else(|| Self::by_letters(sample))
    }

    /// The language by trigrams of letters. A short text in plain ASCII that they are not sure of is taken for English: they are wrong
    /// about one such sentence in ten, and stems of another language would be.
    fn by_letters(sample: &str) -> Self {
        let Some(found) = whatlang::detect(sample) else { return Self::UNKNOWN };
        if !found.is_reliable() && sample.is_ascii() {
            return Self::ENGLISH;
        }
        let code = found.lang().code();
        Self::parse(THREE_TO_TWO.iter().find(|(three, _)| *three == code).map_or(code, |(_, two)| *two)).unwrap_or(Self::UNKNOWN)
    }
}

/// The part of a text that its language is told by: detection costs more than indexing, and a kilobyte is enough.
fn sample(text: &str) -> &str {
    let mut end = text.len().min(1_200);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.get(..end).unwrap_or(text)
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl fmt::Debug for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Language({})", self.code())
    }
}

/// Names that metadata writes in place of codes.
const NAMES: [(&str, &str); 12] = [
    ("english", "en"),
    ("chinese", "zh"),
    ("中文", "zh"),
    ("korean", "ko"),
    ("japanese", "ja"),
    ("russian", "ru"),
    ("arabic", "ar"),
    ("french", "fr"),
    ("spanish", "es"),
    ("german", "de"),
    ("cmn", "zh"),
    ("eng", "en"),
];

/// The detector's ISO 639-3 codes whose two-letter form is usual.
const THREE_TO_TWO: [(&str, &str); 60] = [
    ("eng", "en"),
    ("rus", "ru"),
    ("cmn", "zh"),
    ("spa", "es"),
    ("por", "pt"),
    ("ita", "it"),
    ("ben", "bn"),
    ("fra", "fr"),
    ("deu", "de"),
    ("ukr", "uk"),
    ("kat", "ka"),
    ("ara", "ar"),
    ("hin", "hi"),
    ("jpn", "ja"),
    ("heb", "he"),
    ("yid", "yi"),
    ("pol", "pl"),
    ("amh", "am"),
    ("jav", "jv"),
    ("kor", "ko"),
    ("nob", "nb"),
    ("dan", "da"),
    ("swe", "sv"),
    ("fin", "fi"),
    ("tur", "tr"),
    ("nld", "nl"),
    ("hun", "hu"),
    ("ces", "cs"),
    ("ell", "el"),
    ("bul", "bg"),
    ("bel", "be"),
    ("mar", "mr"),
    ("kan", "kn"),
    ("ron", "ro"),
    ("slv", "sl"),
    ("hrv", "hr"),
    ("srp", "sr"),
    ("mkd", "mk"),
    ("lit", "lt"),
    ("lav", "lv"),
    ("est", "et"),
    ("tam", "ta"),
    ("vie", "vi"),
    ("urd", "ur"),
    ("tha", "th"),
    ("guj", "gu"),
    ("uzb", "uz"),
    ("pan", "pa"),
    ("aze", "az"),
    ("ind", "id"),
    ("tel", "te"),
    ("pes", "fa"),
    ("mal", "ml"),
    ("ori", "or"),
    ("mya", "my"),
    ("nep", "ne"),
    ("sin", "si"),
    ("khm", "km"),
    ("tuk", "tk"),
    ("afr", "af"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_of_all_kinds_are_read() {
        for (tag, code) in [("en", "en"), ("zh-Hant-TW", "zh"), ("PT_br", "pt"), ("Chinese", "zh"), (" ru ", "ru"), ("fil", "fil")] {
            assert_eq!(Language::parse(tag).unwrap().code(), code);
        }
        for tag in ["", "e", "english (us)", "1234", "日"] {
            assert_eq!(Language::parse(tag), None, "{tag}");
        }
    }

    #[test]
    fn languages_are_told_apart() {
        let table = [
            ("Le Conseil de sécurité se réunira mardi pour examiner la prolongation des sanctions.", "fr"),
            ("El Consejo de Seguridad se reunirá el martes para estudiar la prórroga de las sanciones.", "es"),
            ("Совет Безопасности рассмотрит во вторник вопрос о продлении санкций.", "ru"),
            ("Рада Безпеки розгляне у вівторок питання про продовження санкцій і допомогу.", "uk"),
            ("سيجتمع مجلس الأمن يوم الثلاثاء للنظر في تمديد العقوبات.", "ar"),
            ("안전보장이사회는 화요일에 제재 연장을 논의한다.", "ko"),
            ("安全保障理事会は火曜日に制裁の延長を協議する。", "ja"),
            ("安全理事會星期二將討論延長制裁的問題。", "zh"),
            ("G7 leaders met 安倍 in Tokyo to discuss new sanctions against the North.", "en"),
            ("12345", "und"),
        ];
        for (text, code) in table {
            assert_eq!(Language::detect(text).code(), code, "{text}");
        }
    }
}
