//! Letters that some languages have and others of their alphabet have not: they tell these apart where trigrams guess.
//!
//! Only letters that stand in nearly every sentence of a language, and in no word of the others but for names. Spanish and Portuguese write each
//! other's names as they are, and so do those who write of Germans: ñ, ã and ß tell nothing.

use whatlang::Lang;

use super::script::is_letter;

/// The languages that the letters of `text` leave, of those that trigrams know; all where they leave nothing out.
pub(super) fn languages_of(text: &str) -> &'static [Lang] {
    let counts = Counts::of(text);
    counts.cyrillic().or_else(|| counts.arabic()).or_else(|| counts.vietnamese()).unwrap_or_default()
}

/// Whether the letters of `text` are those of Vietnamese.
pub(super) fn are_vietnamese(text: &str) -> bool {
    Counts::of(text).vietnamese().is_some()
}

/// Letters, counted by whose they are.
#[derive(Default)]
struct Counts {
    /// Of any alphabet.
    all: usize,
    cyrillic: usize,
    /// Of Russian and Belarusian.
    russian: usize,
    /// Of Ukrainian, or of Belarusian too.
    ukrainian: usize,
    /// The soft sign, which Bulgarian has before one vowel alone, and Serbian and Macedonian not at all.
    soft: usize,
    /// The hard sign: a vowel of Bulgarian, and rare in Russian.
    hard: usize,
    /// Of Serbian and Macedonian, of Belarusian, and of languages that trigrams do not know.
    others: usize,
    arabic: usize,
    /// Of Arabic; the others write them where they quote it.
    arab: usize,
    /// Of Persian and Urdu.
    persian: usize,
    /// Of Urdu.
    urdu: usize,
    /// Of Vietnamese: vowels with a horn or with two marks, and what has a dot below.
    vietnamese: usize,
}

impl Counts {
    fn of(text: &str) -> Self {
        let mut counts = Self::default();
        let mut last = ' ';
        for c in text.chars() {
            counts.soft += usize::from(last == 'ь' && c != 'о');
            last = c;
            counts.all += usize::from(is_letter(c));
            match c {
                _ if c.is_ascii() => {}
                'ы' | 'Ы' | 'э' | 'Э' | 'ё' | 'Ё' => counts.russian += 1,
                'і' | 'І' | 'ї' | 'Ї' | 'є' | 'Є' | 'ґ' | 'Ґ' => counts.ukrainian += 1,
                'ъ' | 'Ъ' => counts.hard += 1,
                'Ѐ'..='Џ' | 'ѐ'..='ӿ' => counts.others += 1,
                'ة' | 'أ' | 'إ' => counts.arab += 1,
                'پ' | 'چ' | 'ژ' | 'گ' => counts.persian += 1,
                'ơ' | 'Ơ' | 'ư' | 'Ư' | '\u{1EA0}'..='\u{1EF9}' => counts.vietnamese += 1,
                'ٹ' | 'ڈ' | 'ڑ' | 'ں' | 'ے' => counts.urdu += 1,
                _ => {}
            }
            counts.cyrillic += usize::from(matches!(c, 'Ѐ'..='ӿ'));
            counts.arabic += usize::from(matches!(c, '\u{0620}'..='\u{06D3}') && is_letter(c));
        }
        counts
    }

    fn cyrillic(&self) -> Option<&'static [Lang]> {
        if self.cyrillic * 2 <= self.all || self.others > 0 {
            return None;
        }
        // A name in another language has a letter of its own in a long text.
        Some(if self.ukrainian > self.russian {
            &[Lang::Ukr, Lang::Bel]
        } else if self.russian > 0 {
            if self.ukrainian > 0 { &[Lang::Rus, Lang::Bel] } else { &[Lang::Rus] }
        } else if self.hard > 1 && self.soft == 0 {
            &[Lang::Bul]
        } else if self.soft > 0 {
            if self.cyrillic > LONG { &[Lang::Rus] } else { &[Lang::Rus, Lang::Ukr] }
        } else if self.hard == 1 {
            &[Lang::Rus, Lang::Bul]
        } else {
            return None;
        })
    }

    fn vietnamese(&self) -> Option<&'static [Lang]> {
        (self.vietnamese > 2 && self.vietnamese * OF_VIETNAMESE > self.all).then_some(&[Lang::Vie])
    }

    fn arabic(&self) -> Option<&'static [Lang]> {
        if self.arabic * 2 <= self.all || self.arab > self.persian.max(self.urdu) {
            return None;
        }
        // Arabs write a name in such letters now and then; of Persian they are one letter in thirty.
        if self.urdu > 1 && self.urdu * ONE_IN > self.arabic {
            Some(&[Lang::Urd])
        } else if self.persian > 2 && self.persian * ONE_IN > self.arabic {
            Some(&[Lang::Pes, Lang::Urd])
        } else {
            None
        }
    }
}

/// In so many letters of Vietnamese is one of these, at the least: they are one in six.
const OF_VIETNAMESE: usize = 16;

/// In so many letters of Ukrainian is one that Russian has not.
const LONG: usize = 60;

/// Letters of its own are in a language of the Arabic alphabet one in so many, at the least.
const ONE_IN: usize = 100;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Language;

    #[test]
    fn letters_tell_languages_of_one_alphabet_apart() {
        for (text, code) in [
            ("В Китае эвакуированы жители, на трассах заблокировано движение транспорта.", "ru"),
            ("Программа насыщенная: помимо переговоров, возложила венки к монументу героям войны за независимость.", "ru"),
            ("Воронежская область развивает авиастроение. Еще одна трасса важна с точки зрения транспорта.", "ru"),
            ("Газету The Washington Post и The New York Times зацепил скандал, как считают в редакции.", "ru"),
            ("Россию и Україну разделяет не язык, считает он, и мы с ним согласны.", "ru"),
            ("Рада безпеки розгляне питання санкцій, повідомив «Голос народа».", "uk"),
            ("Съветът за сигурност ще разгледа въпроса за санкциите във вторник.", "bg"),
            ("شورای امنیت روز سه‌شنبه دربارهٔ گزارش تازهٔ پیمان گفتگو می‌کند.", "fa"),
            ("Thủ tướng nói rằng im lặng không phải là giải pháp, và vụ án ở Bảo An sẽ được xem xét.", "vi"),
            ("سلامتی کونسل منگل کو پابندیوں میں توسیع کے معاملے پر غور کرے گی اور ووٹ دے گی۔", "ur"),
        ] {
            assert_eq!(Language::detect(text).code(), code, "{text}");
        }
    }

    #[test]
    fn letters_that_several_languages_have_leave_all() {
        for text in [
            "Савет безбедности ће размотрити питање санкција, ђ ъ.",
            "Москва",
            "Müller señor São",
            "The word ты is said",
            "سيجتمع مجلس الأمن يوم الثلاثاء للنظر في تمديد العقوبات على شركة گوگل.",
            "",
        ] {
            assert!(languages_of(text).is_empty(), "{text}");
        }
    }
}
