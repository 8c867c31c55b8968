use std::io::{self, Write};

use super::block::{Block, Edit, Head, Legend, Quote, Table, TextRun};
use super::escape;
use super::form::{Format, Look, Present};
use super::paint::{Paint, Style};
use super::width::{columns, cut, padded};
use super::wrap::{NARROWEST, wrapped};

/// Text laid out for a terminal: pieces with their passages, matches and actors marked, a legend below.
pub(super) struct Terminal {
    paint: Paint,
    width: usize,
    wraps: bool,
    legend: Legend,
}

impl Terminal {
    pub(super) fn new(Look { paint, width, wraps, .. }: Look) -> Self {
        Self { paint, width, wraps, legend: Legend::default() }
    }
}

impl Format for Terminal {
    fn page(&mut self, out: &mut dyn Write, page: &dyn Present) -> io::Result<()> {
        let blocks = page.blocks(&mut self.legend)?;
        let mut in_piece = false;
        for (at, block) in blocks.iter().enumerate() {
            if in_piece && !matches!(block, Block::Passage(_)) {
                writeln!(out)?;
                in_piece = false;
            }
            match block {
                Block::Heading(text) => writeln!(out, "{}\n", self.paint.paint(Style::Title, escape::one_line(text)))?,
                Block::Piece(head) => {
                    self.head(out, head)?;
                    in_piece = true;
                }
                Block::Passage(quote) => {
                    self.quote(out, quote)?;
                    in_piece = true;
                }
                Block::Text(runs) => writeln!(out, "{}", self.fitted(self.runs(runs), 0))?,
                Block::Aligned(left, keyword, right) => {
                    let [left, keyword, right] = aligned([left, keyword, right], self.width);
                    let line = format!("{left} {} {right}", self.paint.paint(Style::Match, keyword));
                    writeln!(out, "{}", line.trim_end())?;
                }
                Block::Note(text) => {
                    let end = if at + 1 < blocks.len() { "\n" } else { "" };
                    writeln!(out, "{}{end}", self.paint.paint(Style::Faint, escape::terminal(text)))?;
                }
                Block::Table(table) => self.table(out, table)?,
            }
        }
        if in_piece {
            writeln!(out)?;
        }
        Ok(())
    }

    fn end(&mut self, out: &mut dyn Write) -> io::Result<()> {
        let actors: Vec<String> = self
            .legend
            .actors()
            .enumerate()
            .map(|(number, shown)| self.paint.paint(Style::Actor(number), escape::terminal(shown)).to_string())
            .collect();
        if actors.is_empty() {
            return Ok(());
        }
        let line = format!("{} {}", self.paint.paint(Style::Faint, "actors:"), actors.join("  "));
        writeln!(out, "{}", self.fitted(line, 2))
    }
}

impl Terminal {
    /// A line of running text, broken between words where a terminal shows it; what follows is indented by so many columns.
    fn fitted(&self, line: String, indent: usize) -> String {
        if self.wraps { wrapped(&line, self.width.min(WIDEST_TEXT), indent) } else { line }
    }

    fn runs(&self, runs: &[TextRun]) -> String {
        let mut out = String::new();
        for run in runs {
            let shown = escape::one_line(&run.text);
            let style = match (run.edit, run.matched, run.actor) {
                (Some(Edit::Removed), ..) => Some(Style::Removed),
                (Some(Edit::Added), ..) => Some(Style::Added),
                (None, false, None) => None,
                (None, true, None) => Some(Style::Match),
                (None, false, Some(number)) => Some(Style::Actor(number)),
                (None, true, Some(number)) => Some(Style::MatchedActor(number)),
            };
            // Without colours differences still have to be seen.
            let shown = match run.edit {
                Some(Edit::Removed) if self.paint == Paint::Plain => format!("[-{shown}-]"),
                Some(Edit::Added) if self.paint == Paint::Plain => format!("{{+{shown}+}}"),
                _ => shown,
            };
            match style {
                Some(style) => out.push_str(&self.paint.paint(style, shown).to_string()),
                None => out.push_str(&shown),
            }
        }
        out
    }

    fn head(&self, out: &mut dyn Write, head: &Head) -> io::Result<()> {
        let title: String = head.title.iter().map(|run| escape::one_line(&run.text)).collect();
        let path = escape::terminal(&head.path);
        let path = head.target.as_deref().map_or_else(|| path.to_string(), |target| self.paint.link(target, &path));
        let facts = head.facts.iter().map(|fact| escape::one_line(fact)).chain([path]).collect::<Vec<_>>().join(" · ");
        let stale = if head.stale { " (changed since it was indexed)" } else { "" };
        writeln!(out, "{}\n{}{stale}", self.paint.paint(Style::Title, title), self.paint.paint(Style::Faint, facts))
    }

    fn quote(&self, out: &mut dyn Write, quote: &Quote) -> io::Result<()> {
        let mark = if quote.asked { "▶ " } else { "  " };
        let context = |text: &str, before: bool| match escape::one_line(text) {
            text if text.trim().is_empty() => String::new(),
            text if before => format!("{} ", self.paint.paint(Style::Faint, text.trim())),
            text => format!(" {}", self.paint.paint(Style::Faint, text.trim())),
        };
        let line = format!("{mark}{}{}{}", context(&quote.before, true), self.runs(&quote.runs), context(&quote.after, false));
        writeln!(out, "{}", self.fitted(line, 2))?;
        if quote.note.is_empty() {
            return Ok(());
        }
        writeln!(out, "  {}", self.paint.paint(Style::Faint, escape::terminal(&quote.note)))
    }

    /// Columns as wide as their widest cell; what does not fit the last goes on below it, and bars fill what is left, if there is room.
    fn table(&self, out: &mut dyn Write, table: &Table) -> io::Result<()> {
        let rows: Vec<Vec<String>> =
            table.rows.iter().map(|row| row.iter().map(|cell| escape::terminal(cell).into_owned()).collect()).collect();
        let mut widths: Vec<usize> = table.columns.iter().map(|name| columns(name)).collect();
        for row in &rows {
            for (width, cell) in widths.iter_mut().zip(row) {
                *width = (*width).max(columns(cell)).min(WIDEST);
            }
        }
        let numeric: Vec<bool> = (0..widths.len())
            .map(|at| rows.iter().all(|row| row.get(at).is_some_and(|cell| cell.parse::<f64>().is_ok())) && !rows.is_empty())
            .collect();
        let line = |cells: &[String]| -> String {
            let cells = cells.iter().enumerate().map(|(at, cell)| {
                let last = at + 1 == widths.len() && table.bars.is_empty();
                let width = widths.get(at).copied().unwrap_or_default();
                if last && numeric.get(at) != Some(&true) { cell.clone() } else { padded(cell, width, numeric.get(at) == Some(&true)) }
            });
            cells.collect::<Vec<_>>().join("  ")
        };
        let used = widths.iter().sum::<usize>() + 2 * widths.len();
        let room = self.width.saturating_sub(used).min(LONGEST_BAR);
        let before_last: usize = widths.iter().rev().skip(1).map(|width| width + 2).sum();
        let indent = if before_last + NARROWEST <= self.width { before_last } else { 4 };
        let head = line(&table.columns);
        let head = self.paint.paint(Style::Faint, head.trim_end()).to_string();
        writeln!(out, "{}", if self.wraps { wrapped(&head, self.width, indent) } else { head })?;
        for (at, row) in rows.iter().enumerate() {
            let bar = table.bars.get(at).filter(|_| room >= SHORTEST_BAR).map(|part| format!("  {}", bar(*part, room)));
            let line = line(row);
            let line = line.trim_end_matches(' ');
            match bar {
                Some(bar) => writeln!(out, "{line}{}", self.paint.paint(Style::Actor(0), bar))?,
                None if self.wraps => writeln!(out, "{}", wrapped(line, self.width, indent))?,
                None => writeln!(out, "{line}")?,
            }
        }
        Ok(())
    }
}

/// A match with what stands before and behind it, as far as a line of `width` columns holds it: the match begins in the same column in every
/// line, and is cut off itself where there is no room for it.
fn aligned(parts: [&str; 3], width: usize) -> [String; 3] {
    let [left, keyword, right] = parts.map(|part| escape::one_line(part).trim().to_owned());
    let side = width.saturating_sub(14) / 2;
    let room = width.saturating_sub(side + 2);
    if columns(&keyword) > room {
        let keyword = format!("{}…", cut(&keyword, room.saturating_sub(1), false));
        return [padded(cut(&left, side, true), side, true), keyword, String::new()];
    }
    // The match of a short one is room for what follows.
    let rest = room.saturating_sub(columns(&keyword)).min(side);
    [padded(cut(&left, side, true), side, true), keyword, cut(&right, rest, false).to_owned()]
}

/// How wide a column becomes at the most.
const WIDEST: usize = 60;
/// Lines of running text are no wider than this, in columns: the eye would lose its way back.
const WIDEST_TEXT: usize = 100;
/// How long bars are, in columns. Shorter ones say nothing.
const LONGEST_BAR: usize = 60;
const SHORTEST_BAR: usize = 8;

/// A bar of `part` of `room` columns, by eighths of a column.
fn bar(part: f64, room: usize) -> String {
    const PARTS: [&str; 8] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss, reason = "a part of a few columns")]
    let eighths = (part.clamp(0.0, 1.0) * room as f64 * 8.0).round() as usize;
    let eighths = if part > 0.0 { eighths.max(1) } else { 0 };
    format!("{}{}", "█".repeat(eighths / 8), PARTS.get(eighths % 8).copied().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_concordance_is_no_wider_than_the_terminal() {
        let told = |keyword: &str, width| {
            let [left, keyword, right] = aligned(["what stood before it", keyword, "and what came after it"], width);
            format!("{left} {keyword} {right}").trim_end().to_owned()
        };
        assert_eq!(told("oil", 34), " before it oil and what c");
        assert_eq!(told("oil and natural gas", 34), " before it oil and natural gas and");
        assert_eq!(told("the sanctions on oil and natural gas", 34), " before it the sanctions on oil …");
        assert_eq!(told("石油和天然气的制裁措施与影响评估", 34), " before it 石油和天然气的制裁措…");
    }

    #[test]
    fn bars_grow_by_eighths() {
        assert_eq!((bar(0.0, 8), bar(0.001, 8), bar(0.5, 8), bar(1.0, 2)), (String::new(), "▏".into(), "████".into(), "██".into()));
        assert_eq!(bar(0.55, 2), "█▏");
    }
}
