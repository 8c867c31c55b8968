//! Endings that Turkish and Azerbaijani hang on names and numbers with an apostrophe: `Putin'in`, `NATO'ya`, `2024'te`.
//!
//! They belong to no word, as the possessive 's of English does not. Texts in other languages have apostrophes in names too (Sana'a, Hawai'i,
//! Ch'in), so that a vowel alone is an ending only where other letters are of these languages, and short names have none.

/// The endings of two letters and more, also such as are made of several.
const ENDINGS: [&str; 60] = [
    "da", "de", "ta", "te", "ya", "ye", "na", "ne", "la", "le", "yı", "yi", "yu", "yü", "nı", "ni", "nu", "nü", "ın", "in", "un", "ün",
    "dan", "den", "tan", "ten", "nın", "nin", "nun", "nün", "yla", "yle", "nda", "nde", "dır", "dir", "dur", "dür", "tır", "tir", "lar",
    "ler", "lık", "lik", "daki", "deki", "taki", "teki", "ndan", "nden", "nca", "nce", "ndaki", "ndeki", "ları", "leri", "ların", "lerin",
    "larda", "lerde",
];

/// Letters of theirs that languages with such names do not have.
const OWN: [char; 7] = ['ğ', 'Ğ', 'ş', 'Ş', 'ı', 'İ', 'ə'];

/// The fewest letters of a name that has an ending.
const SHORTEST: usize = 3;

/// Whether `ending`, which stands behind an apostrophe, is an ending of the name or number `word`.
pub(super) fn is_ending(word: &str, ending: &str) -> bool {
    let is_number = word.chars().all(|c| c.is_ascii_digit());
    let is_name = word.starts_with(char::is_uppercase) && word.chars().nth(SHORTEST - 1).is_some();
    let is_ending = |ending: &str| {
        let is_vowel = || matches!(ending, "a" | "e" | "ı" | "i" | "u" | "ü") && word.contains(OWN);
        ENDINGS.contains(&ending) || is_vowel()
    };
    // In capitals, of which some are written without the dot that they have: ERDOĞAN'DAN, PUTİN'İN.
    let small = |dotless: char| -> String {
        let small = |c: char| match c {
            'İ' => 'i',
            'I' => dotless,
            c => c.to_lowercase().next().unwrap_or(c),
        };
        ending.chars().map(small).collect()
    };
    let is_capital = || ending.chars().all(char::is_uppercase) && ['ı', 'i'].into_iter().any(|dotless| is_ending(&small(dotless)));
    (is_number || is_name) && (is_ending(ending) || is_capital())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endings_are_told_from_names_with_apostrophes() {
        for (word, ending) in [
            ("Putin", "in"),
            ("Erdoğan", "ın"),
            ("Erdoğan", "a"),
            ("Türkiye", "nin"),
            ("NATO", "ya"),
            ("2024", "te"),
            ("Ankara", "daki"),
            ("Rusya", "nın"),
            ("Kılıçdaroğlu", "na"),
            ("ERDOĞAN", "DAN"),
            ("PUTİN", "İN"),
            ("NATO", "YA"),
            ("ÇAĞLAYAN", "IN"),
        ] {
            assert!(is_ending(word, ending), "{word}'{ending}");
        }
        for (word, ending) in [
            ("Sana", "a"),
            ("Hawai", "i"),
            ("Ch", "in"),
            ("O", "Neill"),
            ("don", "t"),
            ("Ta", "if"),
            ("Qur", "an"),
            ("rock", "n"),
            ("We", "re"),
            ("Chang", "an"),
            ("they", "re"),
            ("Shi", "ite"),
        ] {
            assert!(!is_ending(word, ending), "{word}'{ending}");
        }
    }
}
