//! Russian.

/// Without the vowel that stands only where nothing follows: рынок like рынка, украинец like украинца, поставок like поставка.
pub(super) fn form(word: &str) -> Option<String> {
    /// Those that keep it, but for words too short to be asked about, …
    const KEEP: [&str; 10] =
        ["бангкок", "белосток", "видеоурок", "водосток", "зарок", "знаток", "кровоток", "тикток", "чеснок", "электрошок"];
    /// … and those that end so: энергоблок, Владивосток, пассажиропоток.
    const KEEP_AT_END: [&str; 10] = ["блок", "восток", "игрок", "исток", "отток", "порок", "поток", "приток", "пророк", "срок"];
    /// Of those in -ень most keep it: бюллетень, Тюмень.
    const LOSE: [&str; 16] = [
        "гребень",
        "камень",
        "корень",
        "кремень",
        "ливень",
        "оборотень",
        "парень",
        "перстень",
        "плетень",
        "поршень",
        "ремень",
        "слепень",
        "стержень",
        "уровень",
        "шершень",
        "щебень",
    ];
    /// A word too short for the stemmer.
    const DAY: [&str; 11] = ["день", "дне", "дней", "днем", "дни", "дню", "дня", "дням", "днями", "днях", "днём"];
    if DAY.contains(&word) {
        return Some("день".to_owned());
    }
    let is_vowel = |c: char| "аеёиоуыэюя".contains(c);
    if KEEP.contains(&word) || KEEP_AT_END.iter().any(|end| word.ends_with(end)) {
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
    word.strip_suffix("ень").filter(|_| LOSE.iter().any(|end| word.ends_with(end))).map(|rest| format!("{rest}ня"))
}

#[cfg(test)]
mod tests {
    use super::super::tests::meet;

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
            "бангкок бангкока бангкоке",
            "владивосток владивостока владивостоке",
            "энергоблок энергоблока энергоблоки",
            "пассажиропоток пассажиропотока",
            "бюллетень бюллетени бюллетеней бюллетеня",
            "тюмень тюмени",
            "камень камня камни",
        ] {
            meet("ru", words);
        }
    }
}
