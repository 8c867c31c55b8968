//! The quotations in a draft.

use crate::text::quotation::Marks;
use crate::text::{Words, code_points};

/// A quotation, and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quotation {
    /// Its text, without the marks around it.
    pub text: String,
    /// The line of the draft, counted from 1.
    pub line: u64,
    /// The column in code points, counted from 1.
    pub column: u64,
    /// Whether it is set off as a block.
    pub block: bool,
}

impl Quotation {
    /// How long it is in half words: a word is two, a character of a script without spaces one. A title or a word in doubt is less than a sentence.
    #[must_use]
    pub fn half_words(&self) -> usize {
        Words::of(&self.text).map(|word| if word.solo { 1 } else { 2 }).sum()
    }
}

/// The quotations in `text`, in order: what stands between quotation marks within a paragraph, and in Markdown (`markdown`) block quotations
/// outside code. Marks inside a quotation belong to it. What is never closed ends with its paragraph.
#[must_use]
pub fn quotations(text: &str, markdown: bool) -> Vec<Quotation> {
    let mut found = Vec::new();
    let mut paragraph = Paragraph::default();
    let mut fenced = false;
    for (line, number) in text.lines().zip(1..) {
        let bare = line.trim_start();
        if markdown && (bare.starts_with("```") || bare.starts_with("~~~")) {
            fenced = !fenced;
            paragraph.end(&mut found);
            continue;
        }
        if fenced {
            continue;
        }
        let block = markdown && bare.starts_with('>');
        let content = if block { bare.trim_start_matches(['>', ' ']) } else { line };
        if content.trim().is_empty() || block != paragraph.block {
            paragraph.end(&mut found);
        }
        // A line that says who is quoted is no quotation.
        let attribution = block && content.starts_with(['—', '–', '―']);
        if content.trim().is_empty() || attribution {
            continue;
        }
        paragraph.block = block;
        let column = code_points(line, line.len() - content.len()) as u64 + 1;
        paragraph.lines.push((number, column, if markdown { without_marks(content) } else { content.to_owned() }));
    }
    paragraph.end(&mut found);
    found
}

/// A line of Markdown without its marks for emphasis and footnotes, but as long: what is taken out becomes invisible, so that columns stay.
fn without_marks(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut rest = line;
    // Where a bracket is never closed, none behind it is.
    let mut closed = true;
    while let Some(c) = rest.chars().next() {
        let note = rest.strip_prefix("[^").filter(|_| closed).map(|inside| inside.find(']'));
        closed &= note != Some(None);
        if let Some(note) = note.flatten() {
            let note = rest.get(..note + 3).unwrap_or_default();
            out.extend(note.chars().map(|_| HIDDEN));
            rest = rest.get(note.len()..).unwrap_or_default();
            continue;
        }
        out.push(if matches!(c, '*' | '`') { HIDDEN } else { c });
        rest = rest.get(c.len_utf8()..).unwrap_or_default();
    }
    out
}

/// Stands where a mark of Markdown stood.
const HIDDEN: char = '\u{200B}';

#[derive(Default)]
struct Paragraph {
    block: bool,
    /// The number, first column and content of each line.
    lines: Vec<(u64, u64, String)>,
}

impl Paragraph {
    fn end(&mut self, found: &mut Vec<Quotation>) {
        let lines = std::mem::take(&mut self.lines);
        if self.block {
            if let Some((line, column, _)) = lines.first() {
                let text = lines.iter().map(|(_, _, content)| shown(content).trim().to_owned()).collect::<Vec<_>>().join(" ");
                // Marks around the whole block are no part of it.
                let marks = Marks::opening_at(&text, 0).filter(|marks| !marks.is_of_title());
                let bare = marks.and_then(|marks| text.strip_prefix(marks.open)?.strip_suffix(marks.close)).unwrap_or(&text);
                found.push(Quotation { text: bare.to_owned(), line: *line, column: *column, block: true });
            }
            return;
        }
        let before = found.len();
        let chars: Vec<(u64, u64, char)> = lines
            .iter()
            .flat_map(|(number, first, content)| content.chars().chain(['\n']).zip(*first..).map(move |(c, column)| (*number, column, c)))
            .collect();
        let char_at = |at: usize| chars.get(at).map(|&(.., c)| c);
        let mut unclosed: Vec<char> = Vec::new();
        let mut at = 0;
        while let Some(&(line, column, c)) = chars.get(at) {
            let marks = Marks::opening(at.checked_sub(1).and_then(char_at), c, char_at(at + 1));
            at += 1;
            let Some(marks) = marks.filter(|marks| !marks.is_of_title() && !unclosed.contains(&marks.open)) else { continue };
            let inside = chars.get(at..).unwrap_or_default();
            let end = end(inside.iter().map(|&(.., c)| c), marks);
            if end.is_none() && marks.has_to_close() {
                unclosed.push(marks.open);
                continue;
            }
            // Unclosed, a mark that also closes may have been either.
            if end.is_some() || !marks.close.contains(&marks.open) {
                let text = inside.iter().take(end.unwrap_or(inside.len())).map(|&(.., c)| c).collect();
                found.push(Quotation { text, line, column: column + 1, block: false });
            }
            at += end.unwrap_or(inside.len()) + 1;
        }
        for quotation in found.iter_mut().skip(before) {
            if quotation.text.contains(HIDDEN) {
                quotation.text = shown(&quotation.text);
            }
        }
    }
}

/// Where a quotation ends whose inside begins `inside`: marks inside it belong to it.
fn end(inside: impl Iterator<Item = char>, marks: &Marks) -> Option<usize> {
    let mut depth = 0;
    for (c, at) in inside.zip(0..) {
        match (marks.close.contains(&c), depth) {
            (true, 0) => return Some(at),
            (true, _) => depth -= 1,
            (false, _) => depth += usize::from(c == marks.open),
        }
    }
    None
}

fn shown(text: &str) -> String {
    text.replace(HIDDEN, "")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> Vec<String> {
        quotations(text, true).into_iter().map(|found| format!("{}:{} {}", found.line, found.column, found.text)).collect()
    }

    #[test]
    fn marks_of_many_kinds() {
        assert_eq!(
            told("He said “no, “never” again” and \"x y\".\n他说「不会『绝不』」。"),
            ["1:10 no, “never” again", "1:34 x y", "2:4 不会『绝不』"]
        );
        assert_eq!(told("One “that goes\non”. An unclosed “one\n\nNext \"stray.\n"), ["1:6 that goes\non", "2:19 one\n"]);
    }

    #[test]
    fn marks_of_every_language() {
        for (language, text, expected) in [
            ("German", "Sie sagte: „Das ist so.“ Und »so ist das auch«, ›immer‹.", vec!["Das ist so.", "so ist das auch", "immer"]),
            ("German, typed", "Er nannte es „ganz falsch\" und „richtig“.", vec!["ganz falsch", "richtig"]),
            ("Polish", "Gazeta „Wyborcza” pisze.", vec!["Wyborcza"]),
            ("French", "« Non », dit-il, «et si ‹ oui ›», suite », fin.", vec![" Non ", "et si ‹ oui ›"]),
            ("Swedish", "Han sade »nej tack» igen.", vec!["nej tack"]),
            ("Chinese", "《人民日报》说“是”，又说『不』。", vec!["是", "不"]),
            ("not closed", "Text »wie das, “so”\n\nund „so\n", vec!["so", "so\n"]),
        ] {
            let found: Vec<String> = quotations(text, false).into_iter().map(|found| found.text).collect();
            assert_eq!(found, expected, "{language}");
        }
        assert_eq!(told("> „Ein Zitat.“\n"), ["1:3 Ein Zitat."]);
    }

    #[test]
    fn blocks_of_markdown() {
        assert_eq!(
            told("Text.\n\n> First line\n> *second*.\n>\n> — Jane Example\n\n> “Quoted.”\n"),
            ["3:3 First line second.", "8:3 Quoted."]
        );
        assert_eq!(told("```\n\"code\"\n```\nA “b*c*[^1] d”."), ["4:4 bc d"]);
    }
}
