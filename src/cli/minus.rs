//! Words to exclude from a query, such as `-opinion`, that would be read as flags.

use std::ffi::OsString;

use super::{Failure, whole_program};
use crate::present::Form;

/// The commands that take a query.
const ASKING: [&str; 6] = ["search", "s", "count", "kwic", "why", "save"];

/// What is wrong with `arguments` that hold such a word: `-opinion` would be read as `-o pinion`, and overwrite a file of that name.
pub(super) fn mistaken(arguments: &[OsString]) -> Option<Failure> {
    let mut words = arguments.iter().skip(1).map(|argument| argument.to_str().unwrap_or_default());
    let command = words.next()?;
    let mut words = words.take_while(|word| *word != "--");
    if !ASKING.contains(&command) {
        let word = words.find(|word| word.strip_prefix('-').is_some_and(|bare| bare.starts_with('o') && is_word(bare)))?;
        let failure = Failure::usage(format!("{word} is read as a flag"));
        return Some(failure.hint(format!("to write to a file of that name, put a space after -o: -o {}", word.get(2..)?)));
    }
    let asking = command;
    let mut before = "";
    for word in words {
        if is_text(word) {
            let failure = Failure::usage("text that begins with a dash is read as a flag");
            return Some(failure.hint(format!("put -- before it: pundit {asking} -- '- so and so'; other flags go before the --")));
        }
        if let Some(bare) = word.strip_prefix('-').filter(|bare| before != "--sort" && is_word(bare)) {
            let failure = Failure::usage(format!("{word} is read as a flag"));
            let is_flag = has_flag(asking, bare);
            return Some(if is_flag {
                failure.hint(format!("the flag is -{word}"))
            } else {
                failure.hint(format!("to exclude a word, put the query in quotes, as in 'oil {word}', or write NOT {bare}"))
            });
        }
        before = word;
    }
    None
}

/// Whether `command` has a flag of this long name.
fn has_flag(command: &str, name: &str) -> bool {
    let program = whole_program();
    program.find_subcommand(command).is_some_and(|command| command.get_arguments().any(|flag| flag.get_long() == Some(name)))
}

/// Whether what stands behind `-` is no flag, nor one with its value (`-fcsv`, `-n5`, `-oout.txt`), but a word, a phrase or the like.
fn is_word(bare: &str) -> bool {
    let end = bare.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(bare.len());
    let (letters, behind) = bare.split_at(end);
    let is_form = letters.strip_prefix('f').is_some_and(|name| Form::ALL.iter().any(|(_, known)| *known == name));
    let is_plain = letters.len() > 2 && letters.chars().skip(1).all(|c| c.is_ascii_lowercase()) && !is_form;
    is_plain && (behind.is_empty() || behind.starts_with([':', ' ', '*', '?', '~', '^', '-', '\'']))
        || letters.is_empty() && bare.starts_with(|c: char| !c.is_ascii() || matches!(c, '"' | '(' | '@' | '='))
}

/// Whether what begins with dashes goes on as no flag does: `- China vetoed`, `-5 degrees`.
fn is_text(word: &str) -> bool {
    let text = word.trim_start_matches('-');
    text.len() < word.len() && (text.starts_with(' ') || text.starts_with(|c: char| c.is_ascii_digit()) && text.contains(' '))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_told_from_flags() {
        assert!(["- China vetoed", "-5 degrees", "-- China", "--- a rule"].iter().all(|text| is_text(text)));
        assert!(["-", "--", "-5", "-n 5", "--index=a b", "China - US", " - "].iter().all(|text| !is_text(text)));
    }

    #[test]
    fn words_are_told_from_flags() {
        for word in [
            "opinion",
            "nuclear",
            "Russia",
            "coal",
            "veto*",
            "title:opinion",
            "arms control",
            "non-state",
            "\"arms\"",
            "@russia",
            "核",
            "all",
        ] {
            assert!(is_word(word), "{word}");
        }
        for flag in ["n", "n5", "ql", "fcsv", "fjsonl", "oout.txt", "o/tmp/x", "C1s", "C40w", "0", "-limit", "-index=a b", "1", "", "oINT"]
        {
            assert!(!is_word(flag), "{flag}");
            assert!(!is_text(&format!("-{flag}")), "{flag}");
        }
    }
}
