//! Letters on a page become words, lines and paragraphs.

use pdf_extract::{MediaBox, OutputDev, OutputError, Transform};

use super::Recurring;
use crate::pieces::piece::one_line;
use crate::text::script::is_wide;

/// A page as it is drawn.
#[derive(Debug, Default)]
pub(super) struct Page {
    rows: Vec<Row>,
    /// Where the last letter ended, and on what height.
    end: f64,
    height: f64,
}

/// A line of a page.
#[derive(Clone, Debug, Default)]
struct Row {
    text: String,
    left: f64,
    height: f64,
    size: f64,
}

impl OutputDev for Page {
    fn begin_page(&mut self, _: u32, _: &MediaBox, _: Option<(f64, f64, f64, f64)>) -> Result<(), OutputError> {
        Ok(())
    }

    fn end_page(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn output_character(&mut self, place: &Transform, width: f64, _: f64, font_size: f64, text: &str) -> Result<(), OutputError> {
        let size = (place.m11 * place.m22 - place.m12 * place.m21).abs().sqrt() * font_size;
        let (left, height) = (place.m31, place.m32);
        let same_line = (height - self.height).abs() <= size * 0.5 && left > self.end - size * 2.0;
        match self.rows.last_mut() {
            Some(row) if same_line => {
                if left > self.end + size * 0.17 && !row.text.ends_with(' ') {
                    row.text.push(' ');
                }
                row.text.push_str(text);
                row.size = row.size.max(size);
            }
            _ => self.rows.push(Row { text: text.to_owned(), left, height, size }),
        }
        self.end = left + width * size;
        self.height = height;
        Ok(())
    }

    fn begin_word(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn end_word(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn end_line(&mut self) -> Result<(), OutputError> {
        Ok(())
    }
}

impl Page {
    /// The first lines, if they are larger than most of the page.
    pub(super) fn headline(&self) -> Option<String> {
        let mut sizes: Vec<f64> = self.rows.iter().map(|row| row.size).collect();
        sizes.sort_by(f64::total_cmp);
        let usual = *sizes.get(sizes.len() / 2)?;
        let large: Vec<&str> = self
            .rows
            .iter()
            .skip_while(|row| row.size < usual * 1.2)
            .take_while(|row| row.size >= usual * 1.2)
            .map(|row| row.text.as_str())
            .collect();
        Some(one_line(&large.join(" "))).filter(|headline| (4..200).contains(&headline.chars().count()))
    }

    /// How far lines are apart, mostly.
    fn pitch(&self) -> f64 {
        let mut gaps: Vec<f64> = self
            .rows
            .windows(2)
            .filter_map(|pair| match pair {
                [above, below] => Some(above.height - below.height).filter(|gap| *gap > 0.0),
                _ => None,
            })
            .collect();
        gaps.sort_by(f64::total_cmp);
        gaps.get(gaps.len() / 2).copied().unwrap_or(f64::MAX)
    }

    /// Its lines, each with whether a paragraph begins there.
    fn lines(&self) -> Vec<(String, bool)> {
        let pitch = self.pitch();
        let mut lines = Vec::new();
        let mut above: Option<&Row> = None;
        for row in &self.rows {
            let text = one_line(&row.text);
            if text.is_empty() {
                continue;
            }
            let begins = above.is_none_or(|above| {
                let gap = above.height - row.height;
                let ended = ends_sentence(&above.text);
                let indented = row.left > above.left + row.size && ended;
                // A new column goes on with the paragraph unless that has ended.
                (gap < 0.0 && ended) || gap > pitch * 1.4 || (row.size - above.size).abs() > above.size * 0.15 || (indented && gap > 0.0)
            });
            lines.push((text, begins));
            above = Some(row);
        }
        lines
    }
}

fn ends_sentence(text: &str) -> bool {
    text.trim_end().ends_with(['.', '!', '?', '。', '！', '？', '”', '"', ':', '：', '」'])
}

/// The text of all pages, and where each begins. What stands at the top or bottom of most pages, and numbers of pages, are left out; a
/// sentence that goes on on the next page is not broken.
pub(super) fn join(pages: &[(u64, Page)]) -> (String, Vec<(usize, u64)>) {
    let mut lined: Vec<(u64, Vec<(String, bool)>)> = pages.iter().map(|(number, page)| (*number, page.lines())).collect();
    let mut recurring = Recurring::new();
    for (_, lines) in &lined {
        for line in lines.first().into_iter().chain(lines.last().filter(|_| lines.len() > 1)) {
            *recurring.entry(without_digits(&line.0)).or_default() += 1;
        }
    }
    let is_running = |line: &(String, bool)| {
        let bare = without_digits(&line.0);
        bare.is_empty() || (lined_often(pages.len(), recurring.get(&bare).copied().unwrap_or_default()))
    };
    for (_, lines) in &mut lined {
        let bottom = lines.iter().rev().take(EDGE).take_while(|line| is_running(line)).count();
        lines.truncate(lines.len() - bottom);
        let top = lines.iter().take(EDGE).take_while(|line| is_running(line)).count();
        lines.drain(..top);
    }
    let (mut text, mut starts) = (String::new(), Vec::new());
    for (number, lines) in lined {
        for (at, (line, begins)) in lines.iter().enumerate() {
            let begins = if at == 0 { ends_sentence(&text) || text.is_empty() } else { *begins };
            append(&mut text, line, begins);
            if at == 0 {
                starts.push((text.len() - line.len(), number));
            }
        }
    }
    (text, starts)
}

/// So many lines at the top of a page, and at its bottom, may be no text of it. A list whose lines are alike is not taken for that.
const EDGE: usize = 2;

fn lined_often(pages: usize, count: usize) -> bool {
    pages >= 3 && count >= 3 && count * 2 > pages
}

fn without_digits(line: &str) -> String {
    line.chars().filter(|c| c.is_alphabetic()).collect()
}

/// Adds a line to a text: as a new paragraph, or behind a space, or, where a word is broken by a hyphen, behind nothing.
fn append(text: &mut String, line: &str, begins: bool) {
    let last = text.chars().next_back();
    let first = line.chars().next();
    let mut before_last = text.chars().rev().skip(1);
    if text.is_empty() {
    } else if begins {
        text.push_str("\n\n");
    } else if matches!(last, Some('-' | '\u{AD}' | '\u{2010}'))
        && before_last.next().is_some_and(char::is_alphabetic)
        && first.is_some_and(char::is_lowercase)
    {
        text.pop();
    } else if !(last.is_some_and(is_wide) && first.is_some_and(is_wide)) {
        text.push(' ');
    }
    text.push_str(line);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(rows: &[(&str, f64, f64)]) -> Page {
        let rows = rows.iter().map(|&(text, left, height)| Row { text: text.to_owned(), left, height, size: 10.0 }).collect();
        Page { rows, ..Page::default() }
    }

    #[test]
    fn lines_become_paragraphs_over_pages() {
        let head = |number: u64, first: &'static str, second: &'static str, third: &'static str| {
            let mut page = page(&[("The Review", 50.0, 800.0), (first, 50.0, 770.0), (second, 50.0, 758.0), (third, 50.0, 746.0)]);
            page.rows.push(Row { text: number.to_string(), left: 300.0, height: 30.0, size: 10.0 });
            (number, page)
        };
        let pages = [
            head(1, "Talks were re-", "sumed. The two", "sides met and"),
            head(2, "went on.", "Then more.", "And again."),
            head(3, "会谈", "重启。", "End."),
        ];
        let (text, starts) = join(&pages);
        assert_eq!(text, "Talks were resumed. The two sides met and went on. Then more. And again.\n\n会谈重启。 End.");
        let found: Vec<_> = starts.iter().map(|&(start, number)| (text.get(start..start + 3), number)).collect();
        assert_eq!(found, [(Some("Tal"), 1), (Some("wen"), 2), (Some("会"), 3)]);
    }

    #[test]
    fn lines_that_are_alike_are_not_all_taken_for_heads() {
        let pages: Vec<(u64, Page)> = (1..=4)
            .map(|number| {
                let rows: Vec<String> = (1..=9).map(|line| format!("Article {}", number * 10 + line)).collect();
                let rows: Vec<_> = rows.iter().zip(0..).map(|(row, at)| (row.as_str(), 50.0, 700.0 - 12.0 * f64::from(at))).collect();
                (number, page(&rows))
            })
            .collect();
        let (text, _) = join(&pages);
        assert!((1..=4).all(|number| (3..=7).all(|line| text.contains(&format!("Article {}", number * 10 + line)))), "{text}");
    }

    #[test]
    fn gaps_and_indents_begin_paragraphs() {
        let page = page(&[
            ("One", 50.0, 700.0),
            ("goes on.", 50.0, 688.0),
            ("Two", 62.0, 676.0),
            ("goes on.", 50.0, 664.0),
            ("Three.", 50.0, 630.0),
        ]);
        assert_eq!(join(&[(1, page)]).0, "One goes on.\n\nTwo goes on.\n\nThree.");
    }
}
