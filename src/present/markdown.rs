use std::io::{self, Write};

use super::block::{Block, Edit, Head, Legend, Quote, Table, TextRun};
use super::escape;
use super::form::{Format, Present};

/// Markdown: each passage a quotation with its citation.
#[derive(Default)]
pub(super) struct Markdown {
    legend: Legend,
    begun: bool,
}

impl Format for Markdown {
    fn page(&mut self, out: &mut dyn Write, page: &dyn Present) -> io::Result<()> {
        for block in page.blocks(&mut self.legend)? {
            if std::mem::replace(&mut self.begun, true) {
                writeln!(out)?;
            }
            match block {
                Block::Heading(text) => writeln!(out, "# {}", escape::markdown(&text))?,
                Block::Piece(head) => write_head(out, &head)?,
                Block::Passage(quote) => write_quote(out, &quote)?,
                Block::Text(runs) => writeln!(out, "{}", marked(&runs))?,
                Block::Aligned(left, keyword, right) => {
                    let [left, keyword, right] = [left, keyword, right].map(|part| escape::markdown(part.trim()));
                    writeln!(out, "- {left} **{keyword}** {right}")?;
                }
                Block::Note(text) => writeln!(out, "{}", escape::markdown(&text))?,
                Block::Table(table) => write_table(out, &table)?,
            }
        }
        Ok(())
    }

    fn end(&mut self, out: &mut dyn Write) -> io::Result<()> {
        let actors: Vec<String> = self.legend.actors().map(escape::markdown).collect();
        if actors.is_empty() {
            return Ok(());
        }
        writeln!(out, "\nActors: {}.", actors.join("; "))
    }
}

/// Runs with matches bold and actors in italics: neighbours that are marked alike have one pair of marks.
fn marked(runs: &[TextRun]) -> String {
    let mut out = Marked::default();
    for run in runs {
        let mark = match (run.edit, run.matched, run.actor.is_some()) {
            (Some(Edit::Removed), ..) => "~~",
            (Some(Edit::Added), ..) | (None, true, false) => "**",
            (None, true, true) => "***",
            (None, false, true) => "*",
            (None, false, false) => "",
        };
        let text = run.text.trim();
        if text.is_empty() {
            out.gap(&run.text);
            continue;
        }
        let (before, after) = run.text.split_once(text).unwrap_or_default();
        out.gap(before);
        out.put(mark, &escape::markdown(text));
        out.gap(after);
    }
    out.close();
    out.text
}

/// What stands between marks and what is next to them where Markdown would not know them apart: nothing that is shown.
const BETWEEN: &str = "<!-- -->";

/// Text with marks as far as it is written. Marks stand at the words, not at the spaces around them, else Markdown takes them for letters.
#[derive(Default)]
struct Marked {
    text: String,
    /// The marks that are open.
    mark: &'static str,
    /// Whether marks end the text, and whether they stand behind something else than a letter.
    closed: Option<bool>,
}

impl Marked {
    fn gap(&mut self, space: &str) {
        if !space.is_empty() {
            self.close();
            self.closed = None;
            self.text.push(' ');
        }
    }

    fn close(&mut self) {
        if !self.mark.is_empty() {
            let is_loose = !self.text.ends_with(char::is_alphanumeric);
            self.text.push_str(std::mem::take(&mut self.mark));
            self.closed = Some(is_loose);
        }
    }

    fn put(&mut self, mark: &'static str, text: &str) {
        if mark != self.mark {
            self.close();
        }
        // Marks next to marks are taken for longer ones; marks between a letter and a sign for those of the wrong side.
        let parts = |c: char| c.is_whitespace() || c.is_ascii_punctuation();
        let is_loose = !text.starts_with(char::is_alphanumeric);
        let opens = mark != self.mark;
        let is_near = match self.closed.take() {
            Some(closed_loose) => opens || closed_loose && !text.starts_with(parts),
            None => opens && is_loose && self.text.chars().next_back().is_some_and(|before| !parts(before)),
        };
        if is_near {
            self.text.push_str(BETWEEN);
        }
        if opens {
            self.text.push_str(mark);
            self.mark = mark;
        }
        self.text.push_str(text);
    }
}

fn write_head(out: &mut dyn Write, head: &Head) -> io::Result<()> {
    let title: String = head.title.iter().map(|run| escape::markdown(&run.text)).collect();
    match head.url.as_deref().and_then(escape::web_address) {
        Some(url) => writeln!(out, "## [{title}](<{url}>)")?,
        None => writeln!(out, "## {title}")?,
    }
    let facts: Vec<String> = head.facts.iter().map(|fact| escape::markdown(fact)).chain([escape::markdown_name(&head.path)]).collect();
    writeln!(out, "\n{}{}", facts.join(" · "), if head.stale { " (changed since it was indexed)" } else { "" })
}

fn write_quote(out: &mut dyn Write, quote: &Quote) -> io::Result<()> {
    let context = |text: &str| if text.trim().is_empty() { String::new() } else { escape::markdown(text.trim()) };
    let parts = [context(&quote.before), marked(&quote.runs), context(&quote.after)];
    let text = parts.iter().filter(|part| !part.is_empty()).map(String::as_str).collect::<Vec<_>>().join(" ");
    writeln!(out, "> {}", text.trim())?;
    if !quote.source.is_empty() {
        writeln!(out, ">\n> — {}", escape::markdown(&quote.source))?;
    }
    if !quote.note.is_empty() {
        writeln!(out, ">\n> {}", escape::markdown(&quote.note))?;
    }
    Ok(())
}

fn write_table(out: &mut dyn Write, table: &Table) -> io::Result<()> {
    let line = |cells: &[String]| cells.iter().map(|cell| format!("| {} ", escape::markdown_name(cell))).collect::<Vec<_>>().concat();
    writeln!(out, "{}|\n{}|", line(&table.columns), "| --- ".repeat(table.columns.len()))?;
    table.rows.iter().try_for_each(|row| writeln!(out, "{}|", line(row)))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

    use super::*;

    fn run(text: &str, mark: usize) -> TextRun {
        let edit = match mark {
            4 => Some(Edit::Removed),
            5 => Some(Edit::Added),
            _ => None,
        };
        TextRun {
            text: text.to_owned(),
            matched: mark & 1 == 1 && edit.is_none(),
            actor: (mark & 2 == 2 && edit.is_none()).then_some(0),
            edit,
        }
    }

    /// The text that is shown, and each of its characters, but for white space, with whether it is bold, in italics and struck out.
    fn shown(markdown: &str) -> (String, Vec<(char, [bool; 3])>) {
        let (mut whole, mut out) = (String::new(), Vec::new());
        let mut style = [false; 3];
        for event in Parser::new_ext(markdown, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH) {
            match event {
                Event::Start(Tag::Strong) | Event::End(TagEnd::Strong) => style[0] ^= true,
                Event::Start(Tag::Emphasis) | Event::End(TagEnd::Emphasis) => style[1] ^= true,
                Event::Start(Tag::Strikethrough) | Event::End(TagEnd::Strikethrough) => style[2] ^= true,
                Event::Text(text) => {
                    whole.push_str(&text);
                    out.extend(text.chars().filter(|c| !c.is_whitespace()).map(|c| (c, style)));
                }
                Event::InlineHtml(html) => assert_eq!(&*html, BETWEEN, "{markdown}"),
                Event::Start(Tag::Paragraph | Tag::BlockQuote(_)) | Event::End(_) => {}
                other => panic!("{other:?} in {markdown}"),
            }
        }
        (spaced(&whole), out)
    }

    fn spaced(text: &str) -> String {
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn neighbours_are_told_apart() {
        assert_eq!(marked(&[run("中", 2), run("美", 2), run("关系", 0)]), "*中美*关系");
        assert_eq!(marked(&[run("中", 2), run("美", 3), run("关系", 0)]), "*中*<!-- -->***美***关系");
        assert_eq!(marked(&[run("称", 0), run("“中国”", 1), run("强", 0)]), "称<!-- -->**“中国”**<!-- -->强");
        assert_eq!(marked(&[run("the ", 0), run("oil", 1), run(", said ", 0), run("Kim", 2), run(".", 0)]), "the **oil**, said *Kim*.");
    }

    proptest! {
        #[test]
        fn marks_are_found_as_they_were_asked_for(
            runs in prop::collection::vec(("[a中*_“”。,.~ !€1-]{1,4}", 0_usize..6), 1..8),
        ) {
            let runs: Vec<TextRun> = runs.iter().map(|(text, mark)| run(text, *mark)).collect();
            let markdown = format!("> a {}", marked(&runs));
            let style = |run: &TextRun| {
                let added = run.edit == Some(Edit::Added);
                [run.matched || added, run.actor.is_some(), run.edit == Some(Edit::Removed)]
            };
            let expected = runs.iter().flat_map(|run| run.text.chars().filter(|c| !c.is_whitespace()).map(|c| (c, style(run))));
            let expected: Vec<_> = [('a', [false; 3])].into_iter().chain(expected).collect();
            let text: String = runs.iter().map(|run| run.text.as_str()).collect();
            prop_assert_eq!(shown(&markdown), (spaced(&format!("a {text}")), expected), "{}", markdown);
        }
    }
}
