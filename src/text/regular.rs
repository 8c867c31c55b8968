//! Forms of words that the stemmers of their languages (see [`super::stems`]) do not bring together with the others, as forms that they do.

use frostem::Algorithm;

/// `word`, in small letters, as the stemmer knows it, where that is otherwise.
pub(super) fn form(word: &str, algorithm: Algorithm) -> Option<String> {
    match algorithm {
        Algorithm::Arabic => arabic(word),
        Algorithm::Portuguese => portuguese(word),
        Algorithm::Russian => russian(word),
        _ => None,
    }
}

/// Without a conjunction before the article, without the article, and without the ending of plurals of feminine nouns. The stemmer takes the ending
/// off behind an article alone, and leaves the conjunction: عقوبات, والعقوبات, like عقوبة.
fn arabic(word: &str) -> Option<String> {
    const ARTICLES: [&str; 4] = ["ال", "بال", "كال", "لل"];
    const LEAST: usize = 3;
    let is_long = |rest: &&str| rest.chars().count() >= LEAST;
    let article = |word: &str| -> Option<String> {
        ARTICLES.iter().find_map(|article| word.strip_prefix(article)).filter(is_long).map(ToOwned::to_owned)
    };
    let joined = || word.strip_prefix(['و', 'ف']).and_then(article);
    let bare = article(word).or_else(joined);
    let rest = bare.as_deref().unwrap_or(word);
    let singular = rest.strip_suffix("ات").filter(is_long).map(ToOwned::to_owned);
    singular.or(bare)
}

/// Plurals of short words: razões, jornais, papéis.
fn portuguese(word: &str) -> Option<String> {
    const ENDINGS: [(&str, &str); 5] = [("ões", "ão"), ("ães", "ão"), ("ais", "al"), ("éis", "el"), ("óis", "ol")];
    // "mais" and "depois" are no plurals, nor is "mães" of a word in -ão.
    if word.chars().count() < 5 || matches!(word, "demais" | "jamais") {
        return None;
    }
    ENDINGS.iter().find_map(|(plural, singular)| word.strip_suffix(plural).map(|rest| format!("{rest}{singular}")))
}

/// Without the vowel that stands only where nothing follows: рынок like рынка, украинец like украинца, поставок like поставка.
fn russian(word: &str) -> Option<String> {
    /// Those that keep it, but for words too short to be asked about.
    const KEEP: [&str; 14] = [
        "водосток",
        "восток",
        "знаток",
        "игрок",
        "исток",
        "отток",
        "порок",
        "поток",
        "приток",
        "пророк",
        "сирень",
        "степень",
        "ступень",
        "ячмень",
    ];
    /// A word too short for the stemmer.
    const DAY: [&str; 11] = ["день", "дне", "дней", "днем", "дни", "дню", "дня", "дням", "днями", "днях", "днём"];
    if DAY.contains(&word) {
        return Some("день".to_owned());
    }
    let is_vowel = |c: char| "аеёиоуыэюя".contains(c);
    if KEEP.contains(&word) {
        return None;
    }
    if let Some(rest) = word.strip_suffix("ец") {
        let mut before = rest.chars().rev();
        let (last, other) = (before.next()?, before.next()?);
        // Behind two consonants it stays: кузнец, кузнеца.
        return match (is_vowel(last), is_vowel(other)) {
            (true, _) => Some(format!("{rest}йц")),
            (false, true) if last == 'л' => Some(format!("{rest}ьц")),
            (false, true) => Some(format!("{rest}ц")),
            (false, false) => None,
        };
    }
    let long = |rest: &str, least: usize| rest.chars().count() >= least;
    if let Some(rest) = word.strip_suffix("ок").filter(|rest| long(rest, 3) && rest.chars().any(is_vowel)) {
        return rest.ends_with(|c: char| !is_vowel(c)).then(|| format!("{rest}к"));
    }
    // As it is before other endings: уровня.
    word.strip_suffix("ень").filter(|rest| long(rest, 3)).map(|rest| format!("{rest}ня"))
}

#[cfg(test)]
mod tests {
    use crate::text::Language;
    use crate::text::stems::stem;

    #[track_caller]
    fn meet(code: &str, words: &str) {
        let language = Language::parse(code).unwrap();
        let stems: Vec<_> = words.split(' ').map(|word| stem(word, language).into_owned()).collect();
        assert!(stems.iter().all(|other| *other == stems[0]), "{words}: {stems:?}");
    }

    #[test]
    fn arabic_words_meet_with_article_and_without() {
        for words in [
            "عقوبات العقوبات والعقوبات بالعقوبات عقوبة العقوبة",
            "حكومة الحكومة والحكومة للحكومة",
            "شركات الشركات شركة",
            "التزام الالتزام والالتزام",
        ] {
            meet("ar", words);
        }
    }

    #[test]
    fn plurals_of_portuguese_meet_their_words() {
        for words in ["razão razões", "sanção sanções", "eleição eleições", "jornal jornais", "alemão alemães", "papel papéis"]
        {
            meet("pt", words);
        }
    }

    #[test]
    fn vowels_of_russian_come_and_go() {
        for words in [
            "рынок рынка рынки рынков",
            "день дня дни дней днём",
            "боец бойца бойцов",
            "украинец украинца украинцы",
            "конец конца",
            "поставка поставок",
            "уровень уровня",
            "список списка",
            "китаец китайца китайцев",
            "владелец владельца",
            "восток востока",
            "поток потока",
            "звонок звонка",
            "срок срока",
            "кузнец кузнеца",
        ] {
            meet("ru", words);
        }
    }
}
