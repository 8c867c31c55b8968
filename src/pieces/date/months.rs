//! What months are called.

/// The month that a word names, in English, French, Spanish, German, Portuguese, Italian, Russian or Arabic, whole or by its beginning. Of Arabic
/// names some are of two words, with a space between them.
pub(crate) fn month(word: &str) -> Option<i8> {
    let word = word.to_lowercase();
    MONTHS.iter().zip(1..).find_map(|(names, number)| names.iter().any(|name| named(name, &word)).then_some(number))
}

/// The name of a month with which `text` begins, if it is one of two words.
pub(super) fn of_two_words(text: &str) -> Option<&str> {
    MONTHS.iter().copied().flatten().filter(|name| name.contains(' ')).find_map(|name| {
        let rest = text.strip_prefix(name)?;
        text.strip_suffix(rest).filter(|_| !rest.starts_with(char::is_alphabetic))
    })
}

/// Whether `word` is `name` or a usual beginning of it: of three letters and more, so that "Mar" is no "mai". Names of two words are not
/// shortened: كانو is a city.
fn named(name: &str, word: &str) -> bool {
    name == word || (name.starts_with(word) && matches!(word.chars().count(), 3 | 4) && !name.contains(' '))
}

const MONTHS: [&[&str]; 12] = [
    &["january", "janvier", "enero", "januar", "janeiro", "gennaio", "января", "январь", "يناير", "كانون الثاني"],
    &["february", "février", "fevrier", "febrero", "februar", "fevereiro", "febbraio", "февраля", "февраль", "فبراير", "شباط"],
    &["march", "mars", "marzo", "märz", "março", "марта", "март", "مارس", "آذار"],
    &["april", "avril", "abril", "aprile", "апреля", "апрель", "أبريل", "نيسان"],
    &["may", "mai", "mayo", "maio", "maggio", "мая", "май", "مايو", "أيار"],
    &["june", "juin", "junio", "juni", "junho", "giugno", "июня", "июнь", "يونيو", "حزيران"],
    &["july", "juillet", "julio", "juli", "julho", "luglio", "июля", "июль", "يوليو", "تموز"],
    &["august", "août", "aout", "agosto", "августа", "август", "أغسطس", "آب"],
    &["september", "septembre", "septiembre", "setembro", "settembre", "сентября", "сентябрь", "سبتمبر", "أيلول"],
    &["october", "octobre", "octubre", "oktober", "outubro", "ottobre", "октября", "октябрь", "أكتوبر", "تشرين الأول", "تشرين الاول"],
    &["november", "novembre", "noviembre", "novembro", "ноября", "ноябрь", "نوفمبر", "تشرين الثاني"],
    &[
        "december",
        "décembre",
        "decembre",
        "diciembre",
        "dezember",
        "dezembro",
        "dicembre",
        "декабря",
        "декабрь",
        "ديسمبر",
        "كانون الأول",
        "كانون الاول",
    ],
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pieces::Date;

    #[test]
    fn every_name_of_a_month_is_found() {
        for (names, number) in MONTHS.iter().zip(1..) {
            for name in *names {
                assert_eq!(month(name), Some(number), "{name}");
                let (day, alone) = (Date::day(2024, number, 24), Date::month(2024, number));
                for (text, date) in [(format!("24 {name} 2024"), day), (format!("{name} 24, 2024"), day), (format!("{name} 2024"), alone)] {
                    assert_eq!(Date::parse(&text), date, "{text}");
                }
            }
        }
    }

    #[test]
    fn what_only_begins_as_a_month_is_none() {
        for word in ["", "ma", "آ", "كانو", "كانون", "تشرين", "janua", "Smarch"] {
            assert_eq!(month(word), None, "{word}");
        }
        assert_eq!(of_two_words("كانون الثانية 2024"), None);
    }
}
