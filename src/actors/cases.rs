//! Names in Cyrillic without their case endings.

/// What is the same of a folded Cyrillic word in all its cases: Путина, Путину and Путин are путин, Лаврове is лавров, Зеленского зеленск.
///
/// A stemmer would do, but that those take the endings of family names for endings of case: Лавров would become лавр, Лаврова лавров.
pub(super) fn without_case(folded: &str) -> &str {
    let Some(last) = folded.chars().next_back() else { return folded };
    if let Some(bare) = of_ski(last).iter().find_map(|ending| folded.strip_suffix(ending))
        && let Some(kept) = folded.get(..bare.len() + "ск".len())
    {
        return kept;
    }
    let first = strip(folded, 3);
    // Сергея goes by Сергее- to Серг-, as Сергей does.
    if first.len() < folded.len() { strip(first, 4) } else { first }
}

/// The endings of -ский that end in `last`.
const fn of_ski(last: char) -> &'static [&'static str] {
    match last {
        'о' => &["ского"],
        'у' => &["скому"],
        'и' => &["скими"],
        'х' => &["ских"],
        'я' => &["ская"],
        'е' => &["ское"],
        'й' => &["ской", "ский"],
        'ю' => &["скую"],
        'м' => &["ским", "ском"],
        _ => &[],
    }
}

/// The endings of case that end in `last`: those behind which at least four letters have to be, and those behind which fewer do.
const fn of_case(last: char) -> (&'static [&'static str], &'static [&'static str]) {
    match last {
        'и' => (&["ями", "ами", "ыми", "ими"], &["и"]),
        'о' => (&["ого", "его"], &["о"]),
        'у' => (&["ому", "ему"], &["у"]),
        'й' => (&["ый", "ий", "ей"], &["ой", "й"]),
        'м' => (&["ем", "ым", "им", "ам", "ям"], &["ом"]),
        'х' => (&["ах", "ях", "ых", "их"], &[]),
        'я' => (&["ая"], &["я"]),
        'е' => (&["ое"], &["е"]),
        'ю' => (&["ую", "ою"], &["ю"]),
        'а' => (&[], &["а"]),
        'ы' => (&[], &["ы"]),
        'ь' => (&[], &["ь"]),
        _ => (&[], &[]),
    }
}

/// `word` without one ending of case, if at least `least` letters stay.
fn strip(word: &str, least: usize) -> &str {
    let Some(last) = word.chars().next_back() else { return word };
    let (long, short) = of_case(last);
    // Самоа has no cases, and самое is another word.
    if word.ends_with("оа") {
        return word;
    }
    let without = |ending: &&str, least: usize| word.strip_suffix(*ending).filter(|bare| bare.chars().count() >= least);
    long.iter().find_map(|ending| without(ending, 4)).or_else(|| short.iter().find_map(|ending| without(ending, least))).unwrap_or(word)
}

/// The Russian name of a state in the genitive: МИД of Россия is МИД России. Good enough for names of states, no more.
pub(super) fn genitive(name: &str) -> String {
    // What is plural, and what has a vowel that comes and goes.
    const ODD: [(&str, &str); 8] = [
        ("Египет", "Египта"),
        ("Филиппины", "Филиппин"),
        ("Мальдивы", "Мальдив"),
        ("Нидерланды", "Нидерландов"),
        ("Эмираты", "Эмиратов"),
        ("Острова", "Островов"),
        ("Беларусь", "Беларуси"),
        ("Объединенные", "Объединенных"),
    ];
    let declined = |word: &str| {
        if let Some((_, odd)) = ODD.iter().find(|(known, _)| *known == word) {
            return (*odd).to_owned();
        }
        let with = |ending: &str, other: &str| word.strip_suffix(ending).map(|bare| format!("{bare}{other}"));
        let hard = word.strip_suffix('а').is_some_and(|bare| !bare.ends_with(['г', 'к', 'х', 'ж', 'ч', 'ш', 'щ']));
        let adjective = with("ая", "ой").or_else(|| with("яя", "ей")).or_else(|| with("ые", "ых")).or_else(|| with("ие", "их"));
        let noun =
            || with("а", if hard { "ы" } else { "и" }).or_else(|| with("я", "и")).or_else(|| with("й", "я")).or_else(|| with("ь", "я"));
        adjective.or_else(noun).unwrap_or_else(|| {
            let consonant = word.chars().last().is_some_and(|last| last.is_lowercase() && !"аеёиоуыэюя".contains(last));
            if consonant { format!("{word}а") } else { word.to_owned() }
        })
    };
    name.split(' ').map(declined).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn states_have_a_genitive() {
        let table = [
            ("Россия", "России"),
            ("РФ", "РФ"),
            ("Украина", "Украины"),
            ("Китай", "Китая"),
            ("Израиль", "Израиля"),
            ("Иран", "Ирана"),
            ("Коста-Рика", "Коста-Рики"),
            ("Саудовская Аравия", "Саудовской Аравии"),
            ("Босния и Герцеговина", "Боснии и Герцеговины"),
            ("Марокко", "Марокко"),
            ("Нидерланды", "Нидерландов"),
        ];
        for (name, of) in table {
            assert_eq!(genitive(name), of);
        }
    }

    #[test]
    fn all_cases_of_a_name_are_one() {
        let table = [
            ("лавров", "лавров лаврова лаврову лавровым лаврове лавровой"),
            ("путин", "путин путина путину путиным путине"),
            ("ким", "ким кима киму кимом киме"),
            ("зеленск", "зеленский зеленского зеленскому зеленским зеленская зеленской"),
            ("серг", "сергей сергея сергею сергеем сергее"),
            ("дмитр", "дмитрий дмитрия дмитрию дмитрием дмитрии"),
            ("кита", "китай китая китаю китаем китае"),
            ("коре", "корея кореи корею кореей корее"),
            ("макс", "максим максима максиму"),
            ("самоа", "самоа"),
        ];
        for (key, words) in table {
            for word in words.split(' ') {
                assert_eq!(without_case(word), key, "{word}");
            }
        }
    }
}
