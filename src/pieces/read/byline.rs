//! Who wrote a piece, as the line below a headline says it.

use super::stamp::stamp;
use crate::pieces::piece::{JOINTS, behind_by, one_line};
use crate::pieces::{Date, Piece};
use crate::text::script::is_han;

/// What stands before the names in a byline, but begins other lines too: all words behind it are those of names.
const BEFORE: [&str; 3] = ["Di ", "Af ", "Av "];

/// What stands behind the name in a byline.
const BEHIND: [&str; 3] = [" 기자", " 記者", " 记者"];

/// What a reporter is called in Chinese: "本报驻首尔记者", "海橋社記者", and then the name.
const REPORTER: [&str; 2] = ["记者", "記者"];

/// The ends of a byline that names a desk instead of a person.
const DESKS: [&str; 4] = ["编辑部", "編輯部", "评论员", "評論員"];

/// The longest byline, in code points.
const LONGEST: usize = 80;

/// Words of which what stands behind a name is made that says what somebody is.
const ROLES: [&str; 12] =
    ["writer", "editor", "reporter", "correspondent", "columnist", "staff", "bureau", "chief", "fellow", "desk", "contributor", "analyst"];

/// Small words inside names.
const PARTICLES: [&str; 16] = ["de", "da", "do", "dos", "del", "della", "di", "du", "la", "le", "van", "von", "der", "den", "bin", "y"];

/// What a line says of who wrote a piece, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Credit {
    pub(super) names: Vec<String>,
    pub(super) date: Option<Date>,
    /// Whether that is all it says: it may also tell from where they write, or what they are.
    pub(super) is_all: bool,
}

/// The names in a line that is a byline by its form.
pub(super) fn names_in(line: &str) -> Option<Vec<String>> {
    Some(credit(line)?.names)
}

/// What a line says that is a byline by its form.
fn credit(line: &str) -> Option<Credit> {
    let line = line.trim();
    // "By Tuesday the talks had failed." is a sentence.
    if line.chars().count() > LONGEST || line.ends_with(['.', '。', '，', ',']) {
        return None;
    }
    if DESKS.iter().any(|desk| line.ends_with(desk)) && line.chars().all(is_han) {
        return Some(Credit { names: vec![line.to_owned()], date: None, is_all: true });
    }
    let named = |said: &&str| split(said).iter().all(|name| is_all_names(name));
    let said = behind_by(line)
        .or_else(|| BEFORE.iter().find_map(|mark| line.strip_prefix(mark)).filter(named))
        .or_else(|| BEHIND.iter().find_map(|mark| line.strip_suffix(mark)))
        .or_else(|| behind_reporter(line))?;
    let (said, date) = dated_at_end(said.trim_start_matches([':', '：', ' ', '\u{3000}']));
    let (said, mut is_all) = without_place(said);
    let mut names = split(said);
    let count = names.len();
    let mut is_first = true;
    names.retain(|name| std::mem::take(&mut is_first) || is_name(name));
    is_all &= names.len() == count;
    (!names.is_empty()).then_some(Credit { names, date, is_all })
}

/// A byline without the date at its end, and that date.
fn dated_at_end(said: &str) -> (&str, Option<Date>) {
    let places = || said.char_indices().filter(|&(at, c)| at > 0 && (c.is_whitespace() || is_mark(c)));
    let behind =
        |at: usize| said.get(at..).and_then(|rest| Date::parse(rest.trim_start_matches(|c: char| c.is_whitespace() || is_mark(c))));
    // A date is found behind other words too; it begins at the last place from where on it is the same. Names may be those of months, which
    // makes of a year behind them a month, but not a day.
    let dates = || places().filter_map(|(at, _)| behind(at));
    let Some(date) = dates().find(|date| date.is_day()).or_else(|| dates().next()) else { return (said, None) };
    let begins = places().map(|(at, _)| at).rfind(|&at| behind(at) == Some(date)).unwrap_or(said.len());
    (said.get(..begins).unwrap_or(said).trim_end_matches(|c: char| c.is_whitespace() || is_mark(c)), Some(date))
}

/// What stands between the parts of a byline.
const fn is_mark(c: char) -> bool {
    matches!(c, '|' | '—' | '–' | ',' | ';' | '；')
}

/// The names of a byline without what stands behind a bar or dash or tells from where they write; and whether there was nothing such.
fn without_place(said: &str) -> (&str, bool) {
    let ends = ["|", "—", "–", " - ", " in ", " à ", " aus ", " desde "].iter().filter_map(|mark| said.find(mark)).filter(|&end| end > 0);
    match ends.min() {
        Some(end) => (said.split_at(end).0.trim_end(), false),
        None => (said, true),
    }
}

/// Whether a further part of a byline is a name too, and not a place or what somebody is.
fn is_name(part: &str) -> bool {
    let words: Vec<&str> = part.split_whitespace().collect();
    let capital = |word: Option<&&str>| word.is_some_and(|word| word.chars().next().is_some_and(|c| !c.is_lowercase()));
    let role = words.iter().any(|word| ROLES.contains(&word.to_lowercase().as_str()));
    part.chars().any(is_han) || (words.len() > 1 && capital(words.first()) && capital(words.last()) && !role)
}

/// How much of a line goes into what is known of a piece.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Taken {
    Nothing,
    /// Something, and it says more.
    Part,
    All,
}

/// Takes what a line beside the headline says of `piece`.
pub(super) fn describe(line: &str, piece: &mut Piece) -> Taken {
    if line.chars().count() > LONGEST {
        return Taken::Nothing;
    }
    if piece.authors.is_empty()
        && let Some(Credit { names, date, is_all }) = credit(line)
    {
        let second = piece.date.is_some() && date.is_some() && piece.date != date;
        piece.authors = names;
        piece.date = piece.date.or(date);
        return if is_all && !second { Taken::All } else { Taken::Part };
    }
    // What ends as a sentence is one, unless it is nothing but a date.
    let is_sentence = line.ends_with(['.', '。', '!', '！', '?', '？']) && stamp(line).is_none();
    if piece.date.is_none()
        && !is_sentence
        && let Some(date) = dated(line)
    {
        piece.date = Some(date);
        return Taken::All;
    }
    Taken::Nothing
}

/// The date that a line is.
pub(super) fn dated(line: &str) -> Option<Date> {
    let date =
        ["Published", "Updated", "Date:", "日期：", "发布时间：", "發布時間：", "入力"].iter().find_map(|mark| line.strip_prefix(mark));
    Date::parse(date.unwrap_or(line).trim_start_matches([' ', ':', '：']))
}

/// Whether a line is a byline even where a headline is looked for: all its words are names'. "By the numbers" is none.
pub(super) fn is_plainly(line: &str) -> bool {
    let named = |name: &String| name.chars().any(is_han) || is_all_names(name);
    credit(line).is_some_and(|credit| credit.names.iter().all(named))
}

/// Whether all words of `name`, several, are those of a name.
fn is_all_names(name: &str) -> bool {
    name.contains(' ') && name.split_whitespace().all(|word| word.chars().next().is_some_and(char::is_uppercase))
}

/// Whether a line may be no more than a name. It is one only where a date follows.
pub(super) fn may_be_name(line: &str) -> bool {
    let words: Vec<&str> = line.split_whitespace().collect();
    let named =
        |word: &&str| word.chars().next().is_some_and(char::is_uppercase) && word.chars().all(|c| c.is_alphabetic() || "-'’.".contains(c));
    let ends = [words.first(), words.last()].into_iter().flatten().all(named);
    (2..=5).contains(&words.len()) && ends && words.iter().all(|word| named(word) || PARTICLES.contains(word))
}

fn behind_reporter(line: &str) -> Option<&str> {
    let (role, names) = REPORTER.iter().find_map(|word| line.split_once(word))?;
    (role.chars().count() <= 10 && role.chars().all(is_han)).then_some(names)
}

/// The single names of a list of them. Chinese ones may have a space between them, and where they report from behind them.
fn split(names: &str) -> Vec<String> {
    let han = names.chars().next().is_some_and(is_han);
    let parts: Vec<&str> = if han { names.split_whitespace().collect() } else { vec![names] };
    parts
        .into_iter()
        .filter(|part| !["报道", "報道", "报导", "報導"].iter().any(|end| part.ends_with(end)))
        .map(|part| JOINTS.iter().fold(part.to_owned(), |part, joint| part.replace(joint, ",")))
        .flat_map(|part| part.split([',', '、', '；', ';']).map(ToOwned::to_owned).collect::<Vec<_>>())
        .map(|name| one_line(name.trim().trim_start_matches("the ")))
        .filter(|name| !name.is_empty())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bylines_give_names() {
        let table: &[(&str, &[&str])] = &[
            ("By Jane Example and John Sample", &["Jane Example", "John Sample"]),
            ("By the Standards Desk", &["Standards Desk"]),
            ("本报记者　孙一　李二", &["孙一", "李二"]),
            ("本报驻首尔记者　孙一", &["孙一"]),
            ("海橋社記者 歐陽一", &["歐陽一"]),
            ("本报记者　孙一　华盛顿、深圳连线报道", &["孙一"]),
            ("记者：孙一、李二", &["孙一", "李二"]),
            ("例报编辑部", &["例报编辑部"]),
            ("김예시 기자", &["김예시"]),
            ("Di Anna Esempio e Mario Modello", &["Anna Esempio", "Mario Modello"]),
            ("Av Anna Exempel", &["Anna Exempel"]),
            ("Door Jan Voorbeeld en Piet Model", &["Jan Voorbeeld", "Piet Model"]),
            ("Oleh: Budi Contoh", &["Budi Contoh"]),
        ];
        for (line, names) in table {
            assert_eq!(names_in(line).unwrap(), *names, "{line}");
        }
    }

    #[test]
    fn bylines_say_more_than_names() {
        let table: &[(&str, &[&str], Option<&str>, bool)] = &[
            ("By Jane Example | 12 June 2024", &["Jane Example"], Some("2024-06-12"), true),
            ("By Jane Example — March 1, 2024", &["Jane Example"], Some("2024-03-01"), true),
            ("By Jane Example, March 1, 2024", &["Jane Example"], Some("2024-03-01"), true),
            ("By Theresa May, 24 January 2024", &["Theresa May"], Some("2024-01-24"), true),
            ("By Theresa May | January 24, 2024", &["Theresa May"], Some("2024-01-24"), true),
            ("By Theresa May 2024-01-24", &["Theresa May"], Some("2024-01-24"), true),
            ("By Jean Marc Dupont, January 24, 2024", &["Jean Marc Dupont"], Some("2024-01-24"), true),
            ("By Jane Example | 3 May 2024 | Updated 4 May 2024", &["Jane Example"], Some("2024-05-03"), true),
            ("By Jane Example | Berlin | 12 June 2024", &["Jane Example"], Some("2024-06-12"), false),
            ("By Jane Example in Berlin", &["Jane Example"], None, false),
            ("By Jane Example, contributing columnist", &["Jane Example"], None, false),
            ("By Jane Example, Staff Writer", &["Jane Example"], None, false),
            ("By Jane Example, John Sample and Jo Model", &["Jane Example", "John Sample", "Jo Model"], None, true),
            ("Von Erika Beispiel, Berlin; 17. Januar 2023", &["Erika Beispiel"], Some("2023-01-17"), false),
            ("Par Jeanne Exemple et Jean Modèle", &["Jeanne Exemple", "Jean Modèle"], None, true),
            ("记者：孙一、李二 2024年1月24日", &["孙一", "李二"], Some("2024-01-24"), true),
        ];
        for (line, names, date, is_all) in table {
            let found = credit(line).unwrap_or_else(|| panic!("{line}"));
            assert_eq!((found.date.map(|date| date.to_string()).as_deref(), found.is_all), (*date, *is_all), "{line}");
            assert_eq!(found.names, *names, "{line}");
        }
        assert!(is_plainly("By THE EDITORIAL BOARD") && !is_plainly("By the numbers") && !is_plainly("By George Orwell's standards"));
    }

    #[test]
    fn sentences_are_no_bylines() {
        for line in [
            "By Tuesday the talks had failed.",
            "Talks failed",
            "Di fronte alla crisi",
            "De Gaulle",
            "Av alla länder",
            "他对记者说，会谈失败了。",
            "两国元首会谈之后共同会见记者并回答提问",
        ] {
            assert_eq!(names_in(line), None, "{line}");
        }
        assert!(may_be_name("Аркадий Примеров") && may_be_name("Jean-Paul O'Exemple"));
        assert!(!may_be_name("Talks failed on Tuesday") && !may_be_name("SEOUL") && !may_be_name("Kim met Putin"));
    }
}
