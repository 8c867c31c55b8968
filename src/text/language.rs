//! Which language a text is in.

use std::fmt;

use super::function_words;
use super::own_letters;
use super::script::{Alphabet, alphabet_of, is_han, is_hangul, is_kana, is_letter};
use super::span::beginning;

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
    /// French.
    pub const FRENCH: Self = Self(*b"fr\0");
    /// German.
    pub const GERMAN: Self = Self(*b"de\0");
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
        let letters = Letters::of(sample);
        // What it quotes in small words of another alphabet is not what it is written in.
        let by_words = || {
            let found = function_words::language_of(sample).filter(|found| found.is_written_in(letters.alphabet()));
            // Whose small words are among others' and not known.
            found.filter(|_| !own_letters::are_vietnamese(sample))
        };
        letters.ideographic().or_else(by_words).unwrap_or_else(|| Self::by_letters(sample))
    }

    /// The language of `part`, a part of a text in this language: this one, unless it is plainly another.
    ///
    /// Languages of one alphabet, and all in Latin letters, are told by their small words alone, so that Ukrainian in a Russian text passes for
    /// Russian; and what is no running text, as a list of names, is in the language of the text around it.
    ///
    /// ```
    /// use pundit::text::Language;
    /// let of_part = |part| Language::ENGLISH.of_part(part).code().to_owned();
    /// assert_eq!(of_part("The council met, as 安理会 often does."), "en");
    /// assert_eq!(of_part("安理会周二开会，讨论延长制裁（sanctions）的问题。"), "zh");
    /// ```
    #[must_use]
    pub fn of_part(self, part: &str) -> Self {
        let sample = sample(part);
        let letters = Letters::of(sample);
        if letters.all() < FEW {
            return self;
        }
        if let Some(language) = letters.ideographic() {
            // A passage of names and numbers may have little kana.
            return if self == Self::JAPANESE && letters.kana > 0 { self } else { language };
        }
        let alphabet = letters.alphabet();
        if self.is_written_in(alphabet) {
            let is_plain = alphabet != Alphabet::Latin || function_words::speaks(sample, self);
            return if is_plain { self } else { function_words::plain_language_of(sample).unwrap_or(self) };
        }
        // Trigrams are sure of what is no language at all, if it is in Latin letters: addresses, code, names of things.
        let by_letters = || if alphabet == Alphabet::Latin { None } else { Self::by_letters_alone(sample) };
        let by_words = function_words::plain_language_of(sample).filter(|found| found.is_written_in(alphabet));
        by_words.or_else(by_letters).unwrap_or(self)
    }

    /// Whether texts in this language are in `alphabet`.
    fn is_written_in(self, alphabet: Alphabet) -> bool {
        match self.code() {
            "zh" | "ja" | "ko" | "und" => false,
            "ru" | "uk" | "be" | "bg" | "mk" | "ky" | "tg" | "mn" => alphabet == Alphabet::Cyrillic,
            "sr" | "kk" | "uz" | "az" | "tk" => matches!(alphabet, Alphabet::Cyrillic | Alphabet::Latin),
            "ar" | "fa" | "ur" | "ps" | "ug" | "ckb" => alphabet == Alphabet::Arabic,
            "el" => alphabet == Alphabet::Greek,
            "he" | "yi" | "hi" | "bn" | "mr" | "ne" | "ta" | "te" | "kn" | "ml" | "gu" | "pa" | "or" | "si" | "th" | "lo" | "km" | "my"
            | "bo" | "dz" | "ka" | "hy" | "am" | "ti" => alphabet == Alphabet::Other,
            _ => alphabet == Alphabet::Latin,
        }
    }

    /// The language by trigrams of letters, where these are sure of it.
    fn by_letters_alone(sample: &str) -> Option<Self> {
        Self::of_three_letters(detected(sample).filter(whatlang::Info::is_reliable)?.lang().code())
    }

    /// The language by trigrams of letters. A short text in plain ASCII that they are not sure of is taken for English: they are wrong
    /// about one such sentence in ten, and stems of another language would be.
    fn by_letters(sample: &str) -> Self {
        let Some(found) = detected(sample) else { return Self::UNKNOWN };
        if !found.is_reliable() && sample.is_ascii() {
            return Self::ENGLISH;
        }
        Self::of_three_letters(found.lang().code()).unwrap_or(Self::UNKNOWN)
    }

    fn of_three_letters(code: &str) -> Option<Self> {
        Self::parse(THREE_TO_TWO.iter().find(|(three, _)| *three == code).map_or(code, |(_, two)| *two))
    }
}

/// What trigrams say of a text: among the languages that its letters leave, where they tell.
fn detected(sample: &str) -> Option<whatlang::Info> {
    match own_letters::languages_of(sample) {
        [] => whatlang::detect(sample),
        languages => whatlang::Detector::with_allowlist(languages.to_vec()).detect(sample),
    }
}

/// A part with fewer letters is in the language of its text: a heading, a name, an address.
const FEW: usize = 30;

/// The letters of a text, counted by script.
#[derive(Default)]
struct Letters {
    han: usize,
    kana: usize,
    hangul: usize,
    /// Letters by their alphabet: Latin, Cyrillic, Arabic, Greek, any other.
    others: [usize; 5],
}

impl Letters {
    fn of(text: &str) -> Self {
        let mut letters = Self::default();
        letters.others[Alphabet::Latin as usize] = text.bytes().filter(u8::is_ascii_alphabetic).count();
        // Of a text in Latin letters most is done with that.
        for c in beyond_ascii(text) {
            if is_han(c) {
                letters.han += 1;
            } else if is_kana(c) {
                letters.kana += 1;
            } else if is_hangul(c) {
                letters.hangul += 1;
            } else if is_letter(c) {
                letters.others[alphabet_of(c) as usize] += 1;
            }
        }
        letters
    }

    /// A Han character says about as much as three letters.
    const fn ideographs(&self) -> usize {
        3 * (self.han + self.kana + self.hangul)
    }

    /// How many there are, as much as letters say.
    fn all(&self) -> usize {
        self.ideographs() + self.others.iter().sum::<usize>()
    }

    /// The language, if it is one of those that are written in Han, kana or Hangul.
    fn ideographic(&self) -> Option<Language> {
        if self.ideographs() <= self.others.iter().sum() {
            return None;
        }
        Some(if self.hangul > self.kana && self.hangul > self.han {
            Language::KOREAN
        } else if self.kana * 10 > self.han {
            Language::JAPANESE
        } else {
            Language::CHINESE
        })
    }

    /// The alphabet of most of the others.
    fn alphabet(&self) -> Alphabet {
        const ALL: [Alphabet; 5] = [Alphabet::Latin, Alphabet::Cyrillic, Alphabet::Arabic, Alphabet::Greek, Alphabet::Other];
        ALL.into_iter().max_by_key(|&alphabet| self.others[alphabet as usize]).unwrap_or(Alphabet::Other)
    }
}

/// The characters of a text that are not ASCII.
fn beyond_ascii(text: &str) -> impl Iterator<Item = char> {
    /// So many bytes are looked at in one step.
    const TOGETHER: usize = 32;
    let mut rest = text;
    std::iter::from_fn(move || {
        // Many bytes are looked at as fast as one character, and most texts have few others.
        let plain = rest.as_bytes().chunks(TOGETHER).take_while(|bytes| bytes.is_ascii()).count() * TOGETHER;
        let at = plain + rest.as_bytes().get(plain..)?.iter().position(|byte| !byte.is_ascii())?;
        let mut chars = rest.get(at..)?.chars();
        let c = chars.next();
        rest = chars.as_str();
        c
    })
}

/// The part of a text that its language is told by: detection costs more than indexing, and a kilobyte is enough.
fn sample(text: &str) -> &str {
    beginning(text, 1_200)
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
const THREE_TO_TWO: [(&str, &str); 69] = [
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
    ("cat", "ca"),
    ("hye", "hy"),
    ("slk", "sk"),
    ("tgl", "tl"),
    ("lat", "la"),
    ("epo", "eo"),
    ("aka", "ak"),
    ("zul", "zu"),
    ("sna", "sn"),
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

    #[test]
    fn a_part_is_in_the_language_of_its_text_unless_it_is_plainly_in_another() {
        let french =
            "Le Conseil de sécurité se réunira mardi pour examiner la prolongation des sanctions, qui ne sont pas du goût de tous.";
        let english = "The council will meet on Tuesday to look at the sanctions, which are not to the taste of all who were there.";
        let names = "Banco de la Nación; Instituto Nacional de Estadística; Ministerio de Relaciones Exteriores; Casa de Moneda";
        let table = [
            ("en", english, "en"),
            ("en", french, "fr"),
            ("fr", english, "en"),
            ("en", names, "en"),
            ("zh", english, "en"),
            ("ru", english, "en"),
            ("en", "Совет Безопасности рассмотрит во вторник вопрос о продлении санкций.", "ru"),
            ("zh", "Совет Безопасности рассмотрит во вторник вопрос о продлении санкций.", "ru"),
            ("en", "安全保障理事会は火曜日に制裁の延長を協議する。", "ja"),
            ("ja", "東京都千代田区霞が関一丁目二番一号、外務省、財務省、防衛省", "ja"),
            ("ja", "安全理事會星期二將討論延長制裁的問題。", "zh"),
            ("zh", "https://example.org/a/b/c Reuters, AFP, AP, Xinhua, Kyodo", "zh"),
            ("en", "制裁", "en"),
            ("und", english, "en"),
            ("xx", "12345", "xx"),
        ];
        for (whole, part, code) in table {
            assert_eq!(Language::parse(whole).unwrap().of_part(part).code(), code, "{part} in {whole}");
        }
    }
}
