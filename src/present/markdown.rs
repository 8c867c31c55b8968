use std::io::{self, Write};

use super::block::{Block, Edit, Head, Legend, Quote, Run, Table};
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

/// Runs with matches bold and actors in italics. Marks stand at the words, not at the spaces around them, else Markdown takes them for letters.
fn marked(runs: &[Run]) -> String {
    let mut out = String::new();
    for run in runs {
        let (open, close) = match (run.edit, run.matched, run.actor.is_some()) {
            (Some(Edit::Removed), ..) => ("~~", "~~"),
            (Some(Edit::Added), ..) | (None, true, false) => ("**", "**"),
            (None, true, true) => ("***", "***"),
            (None, false, true) => ("*", "*"),
            (None, false, false) => ("", ""),
        };
        let text = run.text.trim();
        let (before, after) = run.text.split_once(text).unwrap_or_default();
        let gap = |text: &str| if text.is_empty() { "" } else { " " };
        if text.is_empty() {
            out.push_str(gap(&run.text));
        } else {
            out.extend([gap(before), open, &escape::markdown(text), close, gap(after)]);
        }
    }
    out
}

fn write_head(out: &mut dyn Write, head: &Head) -> io::Result<()> {
    let title: String = head.title.iter().map(|run| escape::markdown(&run.text)).collect();
    match head.url.as_deref().and_then(escape::web_address) {
        Some(url) => writeln!(out, "## [{title}](<{url}>)")?,
        None => writeln!(out, "## {title}")?,
    }
    let facts: Vec<String> = head.facts.iter().chain([&head.path]).map(|fact| escape::markdown(fact)).collect();
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
    let line = |cells: &[String]| cells.iter().map(|cell| format!("| {} ", escape::markdown(cell))).collect::<Vec<_>>().concat();
    writeln!(out, "{}|\n{}|", line(&table.columns), "| --- ".repeat(table.columns.len()))?;
    table.rows.iter().try_for_each(|row| writeln!(out, "{}|", line(row)))
}
