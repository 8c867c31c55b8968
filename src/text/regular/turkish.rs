//! Turkish.

/// Nouns whose last syllable looks like an ending.
const NOUNS: [&str; 19] = [
    "adres",
    "başkonsolos",
    "casus",
    "herkes",
    "kampüs",
    "kaos",
    "konsolos",
    "meclis",
    "nefes",
    "nüfus",
    "ofis",
    "otobüs",
    "polis",
    "prenses",
    "proses",
    "servis",
    "stres",
    "tesis",
    "virüs",
];

/// What may stand behind the ending of what is somebody's.
const BEHIND: [&str; 19] =
    ["", "nın", "nin", "nun", "nün", "nı", "ni", "nu", "nü", "na", "ne", "nda", "nde", "ndan", "nden", "ndaki", "ndeki", "yla", "yle"];

/// Without the ending that says whose it is, of which the stemmer leaves the first letter: partisi, partisinin, ekonomisinde like parti and ekonomi.
pub(super) fn form(word: &str) -> Option<String> {
    const LEAST: usize = 4;
    if let Some(noun) = NOUNS.iter().find(|noun| word.starts_with(**noun)) {
        return Some((*noun).to_owned());
    }
    let owned = |behind: &&str| {
        let rest = ["sı", "si", "su", "sü"].into_iter().find_map(|ending| word.strip_suffix(*behind)?.strip_suffix(ending))?;
        let is_noun = rest.ends_with(['a', 'e', 'ı', 'i', 'o', 'ö', 'u', 'ü']) && rest.chars().nth(LEAST - 1).is_some();
        is_noun.then(|| rest.to_owned())
    };
    BEHIND.iter().find_map(owned)
}

#[cfg(test)]
mod tests {
    use super::super::tests::meet;

    #[test]
    fn nouns_meet_their_forms() {
        for words in [
            "parti partisi partiler partinin partisinin partileri",
            "ekonomi ekonomisi ekonomide ekonominin ekonomisinde",
            "anlaşma anlaşması anlaşmayı anlaşmalar anlaşmasının",
            "meclis meclisin meclisi mecliste",
            "tesis tesisi tesisinde tesisler",
            "başkonsolos başkonsolosu başkonsolosun",
            "seçim seçimler seçimleri seçimlerin seçimde",
            "yaptırım yaptırımlar yaptırımları yaptırımların",
            "ordu ordusu ordusunun",
            "saldırı saldırılar saldırısı saldırıların",
        ] {
            meet("tr", words);
        }
    }
}
