//! Markdown: front matter, then text whose markup is taken off.

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::byline::{self, Taken};
use super::{Limits, front_matter, html};
use crate::pieces::piece::{cut_place, one_line};
use crate::pieces::{Lines, Piece, Reason};
use crate::text::script::is_wide;

pub(super) fn read(text: &str, limits: &Limits) -> Result<Piece, Reason> {
    let (fields, body) = front_matter::split(text);
    let mut piece = Piece::from_fields(&fields);
    let before = text.get(..body).unwrap_or_default();
    let first_line = 1 + before.bytes().filter(|&byte| byte == b'\n').count() as u64;
    let mut plain = Plain::new(text.get(body..).unwrap_or(text), first_line);
    plain.run(limits)?;
    // The page's own heading is its headline, written once as a field and again at the top, or only there.
    if let Some(heading) = plain.heading.take() {
        match &piece.title {
            Some(title) if *title != heading => plain.put_back(&heading),
            Some(_) => {}
            None => piece.title = Some(heading),
        }
    }
    if piece.title.is_some() {
        while let Some((line, rest)) = plain.out.split_once('\n') {
            let below = plain.out.len() - rest.trim_start_matches('\n').len();
            if byline::describe(line, &mut piece) != Taken::All {
                break;
            }
            plain.cut_top(below);
        }
    }
    piece.text = plain.out;
    piece.lines = Lines::Text(plain.starts);
    Ok(piece)
}

/// So many bytes of a text are parsed together. What refers from one such part to another stays as it is written.
const TOGETHER: usize = 1 << 20;

/// Writes Markdown as plain text, remembering in which line each block stood.
struct Plain<'t> {
    source: &'t str,
    first_line: u64,
    out: String,
    starts: Vec<(usize, u64)>,
    /// The heading at the very top, if it is of the first level.
    heading: Option<String>,
    in_top_heading: bool,
    /// Whether a line break in the source was met and the next word decides what becomes of it.
    soft_break: bool,
    skipping: usize,
    /// Whether a script or a style sheet was opened in the block.
    muted: bool,
    html: Html,
    counted_to: usize,
    line: u64,
}

impl<'t> Plain<'t> {
    fn new(source: &'t str, first_line: u64) -> Self {
        Self {
            source,
            first_line,
            out: String::new(),
            starts: Vec::new(),
            heading: None,
            in_top_heading: false,
            soft_break: false,
            skipping: 0,
            muted: false,
            html: Html::default(),
            counted_to: 0,
            line: first_line,
        }
    }

    fn run(&mut self, limits: &Limits) -> Result<(), Reason> {
        let mut start = 0;
        // A parsed text takes many times its size.
        while start < self.source.len() {
            let end = cut_place(self.source, start, TOGETHER);
            self.run_part(self.source.get(start..end).unwrap_or_default(), start, limits)?;
            start = end;
        }
        self.out.truncate(self.out.trim_end().len());
        Ok(())
    }

    /// Writes a part of the source, which begins at `start`.
    fn run_part(&mut self, part: &str, start: usize, limits: &Limits) -> Result<(), Reason> {
        let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_FOOTNOTES;
        for (event, range) in Parser::new_ext(part, options).into_offset_iter() {
            match event {
                Event::Start(Tag::Heading { level: HeadingLevel::H1, .. }) if self.out.is_empty() && self.heading.is_none() => {
                    self.in_top_heading = true;
                }
                Event::End(TagEnd::Heading(HeadingLevel::H1)) if self.in_top_heading => {
                    self.in_top_heading = false;
                    self.heading = Some(one_line(&self.out)).filter(|heading| !heading.is_empty());
                    self.out.clear();
                    self.starts.clear();
                }
                Event::Start(Tag::Image { .. } | Tag::MetadataBlock(_)) => self.skipping += 1,
                Event::End(TagEnd::Image | TagEnd::MetadataBlock(_)) => self.skipping = self.skipping.saturating_sub(1),
                Event::Start(tag) if begins_block(&tag) => self.new_block(),
                Event::Start(Tag::TableCell) => self.text(" ", start + range.start),
                Event::Text(text) | Event::Code(text) if self.skipping == 0 && !self.muted => self.text(&text, start + range.start),
                Event::SoftBreak => self.soft_break = true,
                Event::HardBreak => self.out.push('\n'),
                Event::Rule => self.new_block(),
                Event::Html(written) => self.html.push(&written, start + range.start),
                Event::End(TagEnd::HtmlBlock) => self.html_block(limits)?,
                Event::InlineHtml(tag) if self.skipping == 0 => self.inline_html(&tag),
                _ => {}
            }
        }
        self.skipping = 0;
        Ok(())
    }

    /// Writes the text of a block of HTML. Its tree knows no places: each paragraph is at the next place that has its first word.
    fn html_block(&mut self, limits: &Limits) -> Result<(), Reason> {
        let html = std::mem::take(&mut self.html);
        let text = html::plain(&html.written, limits)?;
        // A word written with entities is nowhere: looking for many of them must not take forever.
        let mut to_look_through = 16 * html.written.len();
        let mut at = 0;
        for paragraph in text.lines().filter(|line| !line.is_empty()) {
            let word = paragraph.split_whitespace().next().unwrap_or_default();
            let rest = html.written.get(at..).filter(|_| to_look_through > 0).unwrap_or_default();
            let found = rest.find(word);
            to_look_through = to_look_through.saturating_sub(found.unwrap_or(rest.len()));
            at += found.unwrap_or_default();
            self.new_block();
            self.text(paragraph, html.source_of(at));
            at += found.map_or(0, |_| word.len());
        }
        Ok(())
    }

    /// A tag within a paragraph.
    fn inline_html(&mut self, tag: &str) {
        let closes = tag.starts_with("</");
        let name = tag.trim_start_matches(['<', '/']);
        let end = name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len());
        match name.get(..end).unwrap_or_default().to_ascii_lowercase().as_str() {
            "script" | "style" | "noscript" | "template" => self.muted = !closes,
            "br" | "p" | "div" | "li" | "ul" | "ol" | "tr" | "table" | "blockquote" | "hr" => {
                self.soft_break = false;
                self.out.push('\n');
            }
            "td" | "th" => self.out.push(' '),
            _ => {}
        }
    }

    fn new_block(&mut self) {
        self.soft_break = false;
        self.muted = false;
        self.out.truncate(self.out.trim_end().len());
        if !self.out.is_empty() {
            self.out.push_str("\n\n");
        }
    }

    fn text(&mut self, text: &str, at: usize) {
        if std::mem::take(&mut self.soft_break) {
            // A line break between characters of scripts without spaces is no space.
            if !(self.out.ends_with(is_wide) && text.starts_with(is_wide)) {
                self.out.push(' ');
            }
        }
        let line = self.line_at(at);
        if self.starts.last().is_none_or(|&(_, last)| last != line) {
            self.starts.push((self.out.len(), line));
        }
        self.out.push_str(text);
    }

    /// The line of the file in which byte `at` of the source stands. Called with growing offsets.
    fn line_at(&mut self, at: usize) -> u64 {
        if at < self.counted_to {
            (self.counted_to, self.line) = (0, self.first_line);
        }
        let between = self.source.as_bytes().get(self.counted_to..at).unwrap_or_default();
        self.line += between.iter().filter(|&&byte| byte == b'\n').count() as u64;
        self.counted_to = at;
        self.line
    }

    /// Takes off the first `bytes`, which are whole lines.
    fn cut_top(&mut self, bytes: usize) {
        self.out.drain(..bytes);
        let above = self.starts.partition_point(|&(at, _)| at <= bytes).saturating_sub(1);
        self.starts.drain(..above);
        self.starts.iter_mut().for_each(|start| start.0 = start.0.saturating_sub(bytes));
    }

    /// Puts a heading that turned out to be no headline back at the top of the text.
    fn put_back(&mut self, heading: &str) {
        let gap = if self.out.is_empty() { "" } else { "\n\n" };
        let moved = heading.len() + gap.len();
        for start in &mut self.starts {
            start.0 += moved;
        }
        self.starts.insert(0, (0, self.first_line));
        self.out.insert_str(0, &format!("{heading}{gap}"));
    }
}

/// A block of HTML as it is gathered, line by line.
#[derive(Default)]
struct Html {
    written: String,
    /// Where each line begins, here and in the source: what stands before it in a list or a quotation is none of the block.
    places: Vec<(usize, usize)>,
}

impl Html {
    fn push(&mut self, written: &str, at: usize) {
        self.places.push((self.written.len(), at));
        self.written.push_str(written);
    }

    /// The place in the source of byte `at`.
    fn source_of(&self, at: usize) -> usize {
        let above = self.places.partition_point(|&(here, _)| here <= at).saturating_sub(1);
        self.places.get(above).map_or(0, |&(here, source)| source + at.saturating_sub(here))
    }
}

const fn begins_block(tag: &Tag<'_>) -> bool {
    matches!(
        tag,
        Tag::Paragraph
            | Tag::Heading { .. }
            | Tag::BlockQuote(_)
            | Tag::CodeBlock(_)
            | Tag::HtmlBlock
            | Tag::List(_)
            | Tag::Item
            | Tag::FootnoteDefinition(_)
            | Tag::Table(_)
            | Tag::TableHead
            | Tag::TableRow
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Piece, Reason> {
        super::read(text, &Limits::default())
    }

    #[test]
    fn blocks_of_html_are_text() {
        let text = "Above.\n\n<div align=\"center\">\n<div>One &amp; two</div>\nplain line\n</div>\n\n<!-- no text -->\n\n\
            <table>\n<tr><td>three</td><td>four</td></tr>\n<tr><td>five</td></tr>\n</table>\n\n\
            <script>\nvar x = 1;\n\nvar y;\n</script>\n\n<style>p {}</style>\n\n> <p>six\n> seven</p>\n\n<div>eight\n\nnine *ten*";
        let piece = read(text).unwrap();
        let words: Vec<&str> = piece.text.split_whitespace().collect();
        assert_eq!(words.join(" "), "Above. One & two plain line three four five six seven eight nine ten");
        let at = |word: &str| piece.lines.at(piece.text.find(word).unwrap());
        assert_eq!([at("One"), at("plain"), at("three"), at("five")], [Some(4), Some(5), Some(11), Some(12)]);
        assert_eq!([at("six"), at("eight"), at("nine")], [Some(23), Some(26), Some(28)]);
        assert!(piece.text.contains("One & two\n"), "{}", piece.text);
    }

    #[test]
    fn tags_within_paragraphs_break_lines_where_they_do_in_pages() {
        let piece = read("One<br>two <b>three</b> <script>var x</script>four<span>five</span>\n\n<i>six</i> seven").unwrap();
        assert_eq!(piece.text, "One\ntwo three fourfive\n\nsix seven");
    }

    #[test]
    fn blocks_of_html_take_no_more_than_they_should() {
        assert_eq!(read(&"<div>".repeat(100_000)).unwrap_err(), Reason::TooDeep(2_000));
        // Words that are nowhere as they are read.
        let text = "<p>&#97;bc</p>\n".repeat(30_000);
        assert_eq!(read(&text).unwrap().text.matches("abc").count(), 30_000);
    }

    #[test]
    fn markup_is_taken_off() {
        let text = "---\ntitle: T\nauthor: A B\n---\n\n## Part\n\nOne **two** [three](https://x.example/)\nfour `five`.\n\n- six\n- seven\n\n> eight\n\n![alt](a.png) <b>nine</b>\n";
        let piece = read(text).unwrap();
        assert_eq!(piece.title.as_deref(), Some("T"));
        assert_eq!(piece.text, "Part\n\nOne two three four five.\n\nsix\n\nseven\n\neight\n\n nine");
        let at = |word: &str| piece.lines.at(piece.text.find(word).unwrap());
        assert_eq!([at("Part"), at("One"), at("four"), at("seven"), at("eight")], [Some(6), Some(8), Some(9), Some(12), Some(14)]);
    }

    #[test]
    fn the_top_heading_is_the_title() {
        let piece = read("# A *title*\n\nText.").unwrap();
        assert_eq!((piece.title.as_deref(), piece.text.as_str(), piece.lines.at(0)), (Some("A title"), "Text.", Some(3)));
        let piece = read("---\ntitle: A title\n---\n# A title\n\nText.").unwrap();
        assert_eq!((piece.title.as_deref(), piece.text.as_str()), (Some("A title"), "Text."));
        let piece = read("---\ntitle: Other\n---\n# A title\n\nText.").unwrap();
        assert_eq!((piece.text.as_str(), piece.lines.at(0), piece.lines.at(9)), ("A title\n\nText.", Some(4), Some(6)));
    }

    #[test]
    fn a_byline_below_the_title_is_taken() {
        let piece = read("# Talks resume\n\n*By Jane Example — March 1, 2024*\n\nThey met.\n\nAgain.").unwrap();
        assert_eq!((piece.authors.as_slice(), piece.text.as_str()), (&["Jane Example".to_owned()][..], "They met.\n\nAgain."));
        assert_eq!(piece.date.unwrap().to_string(), "2024-03-01");
        assert_eq!((piece.lines.at(0), piece.lines.at(11)), (Some(5), Some(7)));
        // What else it says is not lost.
        let piece = read("# Talks resume\n\nBy Jane Example in Berlin\n\nThey met.").unwrap();
        assert_eq!((piece.authors.len(), piece.text.as_str()), (1, "By Jane Example in Berlin\n\nThey met."));
        assert_eq!(read("By Jane Example\n\nThey met.").unwrap().text, "By Jane Example\n\nThey met.");
    }

    #[test]
    fn a_long_text_is_parsed_part_by_part() {
        let paragraph = "One **two** [three](https://x.example/)\nfour.\n\n";
        let text = paragraph.repeat(2 * TOGETHER / paragraph.len());
        let piece = read(&text).unwrap();
        let expected = "One two three four.\n\n".repeat(2 * TOGETHER / paragraph.len());
        assert!(piece.text == expected.trim_end());
        let last = piece.text.rfind("One").unwrap();
        assert_eq!(piece.lines.at(last), Some(text.lines().count() as u64 - 2));
        // Without a place to cut at, nothing is lost either.
        assert_eq!(read(&"x".repeat(TOGETHER + 7)).unwrap().text.matches('x').count(), TOGETHER + 7);
    }

    #[test]
    fn chinese_lines_join_without_a_space() {
        assert_eq!(read("第一行，\n第二行 and\nmore").unwrap().text, "第一行，第二行 and more");
    }

    #[test]
    fn an_empty_file_is_an_empty_piece() {
        assert!(read("").unwrap().is_empty());
    }
}
