//! The quotations in a draft.

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

/// Marks that open a quotation, each with the one that closes it.
const MARKS: [(char, char); 6] = [('“', '”'), ('「', '」'), ('『', '』'), ('«', '»'), ('„', '“'), ('"', '"')];

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
                let bare = MARKS.iter().find_map(|&(open, close)| text.strip_prefix(open)?.strip_suffix(close)).unwrap_or(&text);
                found.push(Quotation { text: bare.to_owned(), line: *line, column: *column, block: true });
            }
            return;
        }
        let before = found.len();
        let mut open: Option<(Quotation, char, char, usize)> = None;
        for (number, column, content) in &lines {
            for (at, c) in content.chars().enumerate() {
                let here = column + at as u64;
                match &mut open {
                    None => {
                        let opens = MARKS.iter().find(|(opening, _)| *opening == c);
                        open = opens.map(|&(opening, close)| {
                            (Quotation { text: String::new(), line: *number, column: here + 1, block: false }, opening, close, 0)
                        });
                    }
                    Some((quotation, opening, close, depth)) => {
                        if c == *close && *depth == 0 {
                            found.push(quotation.clone());
                            open = None;
                            continue;
                        }
                        if c == *close {
                            *depth -= 1;
                        } else if c == *opening {
                            *depth += 1;
                        }
                        quotation.text.push(c);
                    }
                }
            }
            if let Some((quotation, ..)) = &mut open {
                quotation.text.push('\n');
            }
        }
        if let Some((quotation, '“' | '「' | '『' | '«', ..)) = open {
            found.push(quotation);
        }
        for quotation in found.iter_mut().skip(before) {
            if quotation.text.contains(HIDDEN) {
                quotation.text = shown(&quotation.text);
            }
        }
    }
}

fn shown(text: &str) -> String {
    text.replace(HIDDEN, "")
}

/// How much a quotation says: two for a word, one for a character of a script without spaces. A title or a word in doubt is less than a sentence.
#[must_use]
pub fn weight(text: &str) -> usize {
    Words::of(text).map(|word| if word.solo { 1 } else { 2 }).sum()
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
    fn blocks_of_markdown() {
        assert_eq!(
            told("Text.\n\n> First line\n> *second*.\n>\n> — Jane Example\n\n> “Quoted.”\n"),
            ["3:3 First line second.", "8:3 Quoted."]
        );
        assert_eq!(told("```\n\"code\"\n```\nA “b*c*[^1] d”."), ["4:4 bc d"]);
    }
}
