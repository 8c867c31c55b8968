//! What months are called.

/// The month that a word names, in English, French, Spanish, German, Portuguese, Italian, Russian or Arabic, whole or by its beginning.
pub(crate) fn month(word: &str) -> Option<i8> {
    let word = word.to_lowercase();
    if word.chars().count() < 3 {
        return None;
    }
    MONTHS.iter().zip(1..).find_map(|(names, number)| names.iter().any(|name| named(name, &word)).then_some(number))
}

/// Whether `word` is `name` or a usual beginning of it: of three letters and more, so that "Mar" is no "mai".
fn named(name: &str, word: &str) -> bool {
    name == word || (name.starts_with(word) && matches!(word.chars().count(), 3 | 4))
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
    &["october", "octobre", "octubre", "oktober", "outubro", "ottobre", "октября", "октябрь", "أكتوبر"],
    &["november", "novembre", "noviembre", "novembro", "ноября", "ноябрь", "نوفمبر"],
    &["december", "décembre", "decembre", "diciembre", "dezember", "dezembro", "dicembre", "декабря", "декабрь", "ديسمبر"],
];
