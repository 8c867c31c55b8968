//! Forms of words that the stemmers of their languages (see [`super::stems`]) do not bring together with the others, as forms that they do.

mod finnish;
mod russian;
mod turkish;

use frostem::Algorithm;

/// `word`, in small letters, as the stemmer knows it, where that is otherwise.
pub(super) fn form(word: &str, algorithm: Algorithm) -> Option<String> {
    match algorithm {
        Algorithm::Arabic => arabic(word),
        Algorithm::Finnish => finnish::form(word),
        Algorithm::Russian => russian::form(word),
        Algorithm::Turkish => turkish::form(word),
        _ => {
            let (_, endings) = ENDINGS.iter().find(|(of, _)| *of == algorithm)?;
            let known = |(ending, _): &&(&str, &str)| word.ends_with(ending) && !KEEP.contains(&word);
            let (ending, instead) = endings.iter().find(known)?;
            let rest = word.strip_suffix(ending).filter(|rest| word == *ending || rest.chars().count() >= LEAST)?;
            Some(format!("{rest}{instead}"))
        }
    }
}

/// The fewest letters before an ending, unless it is the whole word.
const LEAST: usize = 2;

/// Endings by their stemmer, each with the one that it knows.
const ENDINGS: [(Algorithm, &[(&str, &str)]); 8] = [
    // To the stemmer the vowel is short before one consonant, as in "dialogen".
    (Algorithm::Dutch, &[("oorlogen", "oorlog")]),
    (Algorithm::French, &[("travaux", "travail"), ("vitraux", "vitrail"), ("coraux", "corail")]),
    // "Ministerien" is of "Ministerium", "Batterien" of "Batterie".
    (Algorithm::German, &[("isterien", "isterium"), ("iterien", "iterium")]),
    // Of nouns in -ία the stemmer takes more off than of their other forms.
    (Algorithm::Greek, &[("ίας", "ία"), ("ιας", "ια"), ("ίες", "ία"), ("ιες", "ια")]),
    (Algorithm::Persian, &[("گان", "ه")]),
    (Algorithm::Portuguese, &[("ões", "ão"), ("ães", "ão"), ("ais", "al"), ("éis", "el"), ("óis", "ol")]),
    // To the stemmer they are a verb with "us" behind it.
    (
        Algorithm::Spanish,
        &[("iernos", "ierno"), ("modernos", "moderno"), ("cuadernos", "cuaderno"), ("internos", "interno"), ("externos", "externo")],
    ),
    (
        Algorithm::Swedish,
        &[
            ("länder", "land"),
            ("länderna", "land"),
            ("ländernas", "land"),
            ("länders", "land"),
            ("städer", "stad"),
            ("städerna", "stad"),
            ("städernas", "stad"),
        ],
    ),
];

/// Words that are no such forms.
const KEEP: [&str; 6] = ["demais", "jamais", "ارگان", "بازرگان", "رایگان", "گروگان"];

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

#[cfg(test)]
mod tests {
    use crate::text::Language;
    use crate::text::stems::stem;

    #[track_caller]
    pub(super) fn meet(code: &str, words: &str) {
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
    fn plurals_meet_their_words() {
        for (language, words) in [
            ("de", "ministerium ministerien ministeriums"),
            ("es", "gobierno gobiernos"),
            ("es", "interno internos interna"),
            ("el", "οικονομία οικονομίας οικονομίες"),
            ("el", "ρωσία ρωσίας"),
            ("fa", "نماینده نمایندگان"),
            ("fr", "travail travaux"),
            ("nl", "oorlog oorlogen"),
            ("sv", "land länder länderna"),
            ("sv", "medlemsland medlemsländer medlemsländerna"),
        ] {
            meet(language, words);
        }
        for (language, word, other) in [("de", "batterien", "batterium"), ("fa", "گروگان", "گروه"), ("pt", "mais", "mal")] {
            let language = Language::parse(language).unwrap();
            assert_ne!(stem(word, language), stem(other, language));
        }
    }
}
