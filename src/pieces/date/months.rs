//! What months are called.

/// The month that a word names: in English, French, Spanish, German, Portuguese, Italian, Russian or Arabic, whole or by its beginning, in other
/// languages whole. Of Arabic names some are of two words, with a space between them.
pub(crate) fn month(word: &str) -> Option<i8> {
    let word = word.to_lowercase();
    let either = MONTHS.iter().zip(WHOLE).zip(1..);
    either.into_iter().find_map(|((names, whole), number)| {
        let is_named = names.iter().any(|name| named(name, &word)) || whole.split(' ').any(|name| name == word);
        is_named.then_some(number)
    })
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

/// In Dutch, Swedish, Danish and Norwegian, Indonesian, Polish, Ukrainian, Czech, Romanian, Finnish, Greek, Turkish, Catalan, Hindi and Persian, as
/// dates have them, and other spellings of languages above. Their beginnings are too often other words.
const WHOLE: [&str; 12] = [
    "januari stycznia styczeń січня січень ledna leden ianuarie tammikuuta ιανουαρίου ocak gener जनवरी ژانویه jänner جانفي",
    "februari lutego luty лютого лютий února únor februarie helmikuuta φεβρουαρίου şubat febrer फ़रवरी फरवरी فوریه feber فيفري",
    "maart mars marts maret marca marzec березня березень března březen martie maaliskuuta μαρτίου mart març मार्च مارس",
    "april kwietnia kwiecień квітня квітень dubna duben aprilie huhtikuuta απριλίου nisan अप्रैल آوریل إبريل ابريل أفريل",
    "mei maj mai maja травня травень května květen toukokuuta μαΐου μαίου mayıs maig मई مه ماي أيّار",
    "juni czerwca czerwiec червня червень června červen iunie kesäkuuta ιουνίου haziran juny जून ژوئن جوان",
    "juli lipca lipiec липня липень července červenec iulie heinäkuuta ιουλίου temmuz juliol जुलाई ژوئیه جويلية",
    "augustus augusti agustus sierpnia sierpień серпня серпень srpna srpen elokuuta αυγούστου ağustos agost अगस्त اوت اغسطس أوت",
    "september września wrzesień вересня вересень září septembrie syyskuuta σεπτεμβρίου eylül setembre setiembre सितंबर सितम्बर سپتامبر",
    "oktober października październik жовтня жовтень října říjen octombrie lokakuuta οκτωβρίου ekim अक्टूबर अक्तूबर اکتبر اكتوبر",
    "november listopada listopad листопада листопад listopadu noiembrie marraskuuta νοεμβρίου kasım नवंबर नवम्बर نوامبر",
    "december desember grudnia grudzień грудня грудень prosince prosinec decembrie joulukuuta δεκεμβρίου aralık desembre दिसंबर दिसम्बर دسامبر",
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pieces::Date;

    #[test]
    fn every_name_of_a_month_is_found() {
        for ((names, whole), number) in MONTHS.iter().zip(WHOLE).zip(1..) {
            for name in names.iter().copied().chain(whole.split(' ')) {
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
        for word in ["", "ma", "آ", "كانو", "كانون", "تشرين", "janua", "Smarch", "list", "kas", "lip"] {
            assert_eq!(month(word), None, "{word}");
        }
        assert_eq!(of_two_words("كانون الثانية 2024"), None);
    }
}
