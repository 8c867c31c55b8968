//! Who wrote a piece, as the line below a headline says it.

use crate::pieces::piece::one_line;
use crate::text::script::is_han;

/// What stands before the names in a byline.
const BEFORE: [&str; 14] =
    ["By ", "BY ", "by ", "作者：", "作者:", "文／", "文/", "文｜", "撰文：", "撰文:", "Par ", "Por ", "Von ", "Автор: "];

/// What stands behind the name in a byline.
const BEHIND: [&str; 3] = [" 기자", " 記者", " 记者"];

/// What a reporter is called in Chinese: "本报驻首尔记者", "海橋社記者", and then the name.
const REPORTER: [&str; 2] = ["记者", "記者"];

/// The ends of a byline that names a desk instead of a person.
const DESKS: [&str; 4] = ["编辑部", "編輯部", "评论员", "評論員"];

/// The longest byline, in code points.
const LONGEST: usize = 60;

/// The names in a line that is a byline by its form.
pub(super) fn names_in(line: &str) -> Option<Vec<String>> {
    let line = line.trim();
    // "By Tuesday the talks had failed." is a sentence.
    if line.chars().count() > LONGEST || line.ends_with(['.', '。', '，', ',']) {
        return None;
    }
    if DESKS.iter().any(|desk| line.ends_with(desk)) && line.chars().all(is_han) {
        return Some(vec![line.to_owned()]);
    }
    let names = BEFORE
        .iter()
        .find_map(|mark| line.strip_prefix(mark))
        .or_else(|| BEHIND.iter().find_map(|mark| line.strip_suffix(mark)))
        .or_else(|| behind_reporter(line))?;
    let names = split(names.trim_start_matches([':', '：', ' ', '\u{3000}']));
    (!names.is_empty()).then_some(names)
}

/// Whether a line may be no more than a name. It is one only where a date follows.
pub(super) fn may_be_name(line: &str) -> bool {
    let words: Vec<&str> = line.split_whitespace().collect();
    let named =
        |word: &&str| word.chars().next().is_some_and(char::is_uppercase) && word.chars().all(|c| c.is_alphabetic() || "-'’.".contains(c));
    (2..=4).contains(&words.len()) && words.iter().all(named)
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
        .flat_map(|part| part.split([',', '、', '；', ';']))
        .flat_map(|part| part.split(" and "))
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
        ];
        for (line, names) in table {
            assert_eq!(names_in(line).unwrap(), *names, "{line}");
        }
    }

    #[test]
    fn sentences_are_no_bylines() {
        for line in
            ["By Tuesday the talks had failed.", "Talks failed", "他对记者说，会谈失败了。", "两国元首会谈之后共同会见记者并回答提问"]
        {
            assert_eq!(names_in(line), None, "{line}");
        }
        assert!(may_be_name("Аркадий Примеров") && may_be_name("Jean-Paul O'Exemple"));
        assert!(!may_be_name("Talks failed on Tuesday") && !may_be_name("SEOUL") && !may_be_name("Kim met Putin"));
    }
}
