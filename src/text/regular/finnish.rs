//! Finnish.
//!
//! Nouns in -us, -ys, -os and -ös, which news is full of (*hallitus*, government; *päätös*, decision; *turvallisuus*, security), have other letters
//! before most of their endings.

/// The word as it stands alone: hallituksen and hallitusta like hallitus, turvallisuuden and turvallisuutta like turvallisuus.
pub(super) fn form(word: &str) -> Option<String> {
    let joined = |before: &str, base: &str| format!("{before}{base}");
    for (inside, base) in [("uks", "us"), ("yks", "ys"), ("öks", "ös"), ("oks", "os")] {
        let found = word.rfind(inside).and_then(|at| Some((word.get(..at)?, word.get(at + inside.len()..)?)));
        // With nothing behind it, -ksi is an ending: avuksi is of apu.
        let is_oblique = |behind: &str| behind.starts_with('e') || behind.starts_with('i') && behind != "i";
        if let Some((before, _)) = found.filter(|(before, behind)| is_long(before) && is_oblique(behind)) {
            return Some(joined(before, base));
        }
    }
    for (ending, base) in [("usten", "us"), ("ysten", "ys"), ("östen", "ös"), ("osten", "os")] {
        if let Some(before) = word.strip_suffix(ending).filter(|before| is_long(before)) {
            return Some(joined(before, base));
        }
    }
    for (ending, base) in [("usta", "us"), ("ystä", "ys"), ("östä", "ös")] {
        // The same letters are an ending of nouns in -u, -y and -ö: keskustelusta, vastuusta, kasvusta, laskusta, järjestöstä.
        let is_noun =
            |before: &&str| is_long(before) && !before.ends_with(['k', 'l', 'p', 's', 'v', 'u', 'y', 'ö']) && !before.ends_with("st");
        if let Some(before) = word.strip_suffix(ending).filter(is_noun) {
            return Some(joined(before, base));
        }
    }
    for (endings, base) in [(OF_US, "us"), (OF_YS, "ys")] {
        let before = endings.iter().find_map(|ending| word.strip_suffix(ending));
        if let Some(before) = before.filter(|before| is_long(before) && before.ends_with(['a', 'e', 'i', 'o', 'u', 'y', 'ä', 'ö'])) {
            return Some(joined(before, base));
        }
    }
    None
}

/// Endings of nouns in -us behind a vowel, with what is there in place of it, and the same of nouns in -ys.
const OF_US: [&str; 11] = ["uden", "udet", "udessa", "udesta", "udella", "udelle", "udelta", "udeksi", "uteen", "utta", "utena"];
const OF_YS: [&str; 11] = ["yden", "ydet", "ydessä", "ydestä", "ydellä", "ydelle", "ydeltä", "ydeksi", "yteen", "yttä", "ytenä"];

/// Whether there is enough of a word for one in -us.
fn is_long(before: &str) -> bool {
    before.chars().nth(2).is_some()
}

#[cfg(test)]
mod tests {
    use super::super::tests::meet;
    use super::form;

    #[test]
    fn nouns_meet_their_oblique_forms() {
        for words in [
            "hallitus hallituksen hallitusta hallitukset hallitusten hallituksessa",
            "päätös päätöksen päätökset päätöstä",
            "kysymys kysymyksen kysymystä kysymyksiä",
            "talous talouden taloutta taloudessa",
            "turvallisuus turvallisuuden turvallisuutta turvallisuuteen",
            "yhteys yhteyden yhteyttä",
            "muutos muutoksen muutokset muutosten",
            "väestö väestöstä väestön",
        ] {
            meet("fi", words);
        }
        for other in ["keskustelusta", "vastuusta", "maksusta", "järjestöstä", "talosta", "avuksi", "uuden", "kaksi", "vuoden"] {
            assert_eq!(form(other), None, "{other}");
        }
    }
}
