//! Plain text: a headline, perhaps a byline and a date, then the text.

use super::byline::{self, Taken};
use super::imprint;
use super::kind::standing;
use crate::pieces::piece::one_line;
use crate::pieces::{Lines, Piece};
use crate::text::script::is_han;

/// The longest headline, in columns (a Han character takes two).
const HEADLINE_COLUMNS: usize = 180;

pub(super) fn read(text: String) -> Piece {
    let mut piece = Piece::default();
    let body = head(&text, &mut piece);
    let first_line = 1 + newlines(text.get(..body).unwrap_or_default());
    piece.text = match text.get(body..) {
        Some(rest) if body > 0 => rest.to_owned(),
        _ => text,
    };
    piece.lines = line_starts(&piece.text, first_line);
    piece
}

/// Takes headline, byline and date from the top of `text`, and gives the byte at which the text proper begins.
fn head(text: &str, piece: &mut Piece) -> usize {
    let mut lines = Lined::of(text);
    let Some(mut first) = lines.next_filled() else { return 0 };
    // What stands above the headline says what kind of piece it is, and is kept as that.
    if let Some(kind) = standing(first) {
        piece.kind = Some(kind.to_owned());
        let mut below = lines.clone();
        if let Some(next) = below.next_filled().filter(|next| may_be_headline(next) && !below.rest().trim().is_empty()) {
            (first, lines) = (next, below);
        }
    }
    // So may a byline, the address and the date.
    let (mut top, mut is_stacked) = (0, false);
    while byline::is_plainly(first) || imprint::stands_above(first.trim()) {
        // What else it says stays in the text, which it begins.
        if imprint::describe(first.trim(), piece) != Taken::All {
            return top;
        }
        is_stacked = !lines.at_blank() && imprint::stands_above(first.trim());
        let Some(next) = lines.next_filled() else { return 0 };
        (first, top) = (next, lines.at - next.len());
    }
    if !may_be_headline(first) || lines.rest().trim().is_empty() {
        return top;
    }
    let blank_follows = lines.at_blank();
    let mut body = lines.at;
    let mut described = false;
    let mut is_whole = true;
    while let Some(line) = lines.next_filled() {
        match imprint::describe(line.trim(), piece) {
            Taken::All => {}
            // What else it says stays in the text.
            Taken::Part => is_whole = false,
            Taken::Nothing => {
                // Bare names are a byline where a date, an outlet or an address stands below them.
                let next = lines.rest().lines().next().map(str::trim).unwrap_or_default();
                let names = Some(line).filter(|_| piece.authors.is_empty() && imprint::is_imprint(next)).and_then(imprint::bare_names);
                let Some(names) = names else { break };
                piece.authors = names;
            }
        }
        described = true;
        if is_whole {
            body = lines.at;
        }
    }
    // A first line that runs on into the next is the beginning of the text, not a headline; unless it goes on with a head itself.
    if !blank_follows && !described && !is_stacked {
        return top;
    }
    piece.title = Some(one_line(first));
    body + leading_blank(text.get(body..).unwrap_or_default())
}

/// Whether a line may be a headline: short, and not the end of a sentence.
fn may_be_headline(line: &str) -> bool {
    let columns: usize = line.trim().chars().map(|c| if is_han(c) { 2 } else { 1 }).sum();
    columns <= HEADLINE_COLUMNS && !line.trim().ends_with(['.', '。', ':', '：', ',', '，', ';'])
}

/// Walks over lines, knowing the byte behind the last one taken.
#[derive(Clone)]
struct Lined<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Lined<'t> {
    const fn of(text: &'t str) -> Self {
        Self { text, at: 0 }
    }

    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn next(&mut self) -> Option<&'t str> {
        let line = self.rest().split_inclusive('\n').next()?;
        self.at += line.len();
        Some(line)
    }

    fn next_filled(&mut self) -> Option<&'t str> {
        loop {
            let line = self.next()?;
            if !line.trim().is_empty() {
                return Some(line);
            }
        }
    }

    fn at_blank(&self) -> bool {
        self.rest().split('\n').next().is_some_and(|line| line.trim().is_empty())
    }
}

/// The bytes of blank lines at the top of `text`.
fn leading_blank(text: &str) -> usize {
    text.split_inclusive('\n').take_while(|line| line.trim().is_empty()).map(str::len).sum()
}

fn newlines(text: &str) -> u64 {
    text.bytes().filter(|&byte| byte == b'\n').count() as u64
}

/// Where each line of `text` starts, the first being line `first` of the file.
pub(super) fn line_starts(text: &str, first: u64) -> Lines {
    let mut starts = vec![(0, first)];
    starts.extend(text.match_indices('\n').zip(first + 1..).map(|((at, _), line)| (at + 1, line)));
    Lines::Text(starts)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pieces::Date;

    fn piece(text: &str) -> Piece {
        read(text.to_owned())
    }

    #[test]
    fn a_head_is_taken_off() {
        let found = piece("TALKS RESUME\nBy Jane Example and John Sample\nJan. 24, 2024\n\nSEOUL — They met.\n\nAgain.\n");
        assert_eq!(found.title.as_deref(), Some("TALKS RESUME"));
        assert_eq!(found.authors, ["Jane Example", "John Sample"]);
        assert_eq!(found.date.unwrap().to_string(), "2024-01-24");
        assert_eq!(found.text, "SEOUL — They met.\n\nAgain.\n");
        assert_eq!((found.lines.at(0), found.lines.at(found.text.find("Again").unwrap())), (Some(5), Some(7)));
    }

    #[test]
    fn bylines_stand_above_headlines_too_and_say_more() {
        let found = piece("By THE EDITORIAL BOARD\n\nTalks resume\n\nThey met.\n");
        assert_eq!((found.title.as_deref(), found.authors.as_slice()), (Some("Talks resume"), &["THE EDITORIAL BOARD".to_owned()][..]));
        assert_eq!(found.text, "They met.\n");
        let found = piece("By Jane Example\n\nThey met on Tuesday, and it went well.\n");
        assert_eq!((found.title, found.text.as_str()), (None, "They met on Tuesday, and it went well.\n"));
        let found = piece("By Jane Example in Berlin\n\nThey met.\n");
        assert_eq!((found.title, found.authors.len(), found.text.as_str()), (None, 1, "By Jane Example in Berlin\n\nThey met.\n"));
        // Where somebody writes from stays in the text, and what stands below is still read.
        let found = piece("Talks resume\nBy Jane Example in Berlin\n12 June 2024\n\nThey met.\n");
        assert_eq!((found.title.as_deref(), found.authors.as_slice()), (Some("Talks resume"), &["Jane Example".to_owned()][..]));
        assert_eq!(
            (found.date.unwrap().to_string().as_str(), found.text.as_str()),
            ("2024-06-12", "By Jane Example in Berlin\n12 June 2024\n\nThey met.\n")
        );
        assert_eq!(piece("By Jane Example\n").text, "By Jane Example\n");
        assert_eq!(piece("By the numbers\n\nThey met.\n").title.as_deref(), Some("By the numbers"));
    }

    #[test]
    fn an_address_is_no_headline() {
        let address = "https://outlet.example/a/1";
        for (text, title, body) in [
            (
                format!("{address}\n2012-02-07T18:50:00+0900\nTalks resume\nThey met on Tuesday,\nand it went well.\n"),
                Some("Talks resume"),
                None,
            ),
            (format!("Talks resume\n{address}\n7 February 2012\n\nThey met on Tuesday,\nand it went well.\n"), Some("Talks resume"), None),
            (
                format!("Talks resume\n7 February 2012\nURL: {address}\n\nThey met on Tuesday,\nand it went well.\n"),
                Some("Talks resume"),
                None,
            ),
            (format!("{address}\n7 February 2012\n\nThey met on Tuesday,\nand it went well.\n"), None, None),
            (format!("{address}\n"), None, Some(format!("{address}\n"))),
        ] {
            let found = piece(&text);
            assert_eq!(found.title.as_deref(), title, "{text}");
            if body.is_none() {
                assert_eq!((found.url.as_deref(), found.date), (Some(address), Date::day(2012, 2, 7)), "{text}");
            }
            assert_eq!(found.text, body.unwrap_or_else(|| "They met on Tuesday,\nand it went well.\n".to_owned()), "{text}");
        }
        let linked = format!("Talks resume\n\nSee {address} for more.\n");
        assert_eq!((piece(&linked).url, piece(&linked).text), (None, format!("See {address} for more.\n")));
    }

    #[test]
    fn an_imprint_stands_below_the_headline() {
        for (head, authors, source, date) in [
            (
                "Jane Example\nThe Outlet | 2015-09-04\nhttps://outlet.example/a\n",
                &["Jane Example"][..],
                Some("The Outlet"),
                Some("2015-09-04"),
            ),
            ("\nThe Outlet | 2015-09-04\nhttps://outlet.example/a\n", &[], Some("The Outlet"), Some("2015-09-04")),
            (
                "Jane Example, \"Jo OModel\"\nThe Outlet, September 4, 2015\n",
                &["Jane Example", "Jo OModel"],
                Some("The Outlet"),
                Some("2015-09-04"),
            ),
            ("\nThe Outlet | \nhttps://outlet.example/a\n", &[], Some("The Outlet"), None),
            ("Ursula von der Example\nhttps://outlet.example/a\n", &["Ursula von der Example"], None, None),
            ("Berlin, September 4, 2015\n", &[], None, Some("2015-09-04")),
        ] {
            let found = piece(&format!("Talks resume\n{head}\nThey met.\n"));
            assert_eq!((found.title.as_deref(), found.text.as_str()), (Some("Talks resume"), "They met.\n"), "{head}");
            assert_eq!(
                (found.authors.as_slice(), found.source.as_deref()),
                (&authors.iter().map(|&name| name.to_owned()).collect::<Vec<_>>()[..], source),
                "{head}"
            );
            assert_eq!(found.date.map(|date| date.to_string()).as_deref(), date, "{head}");
        }
        let found = piece("Talks resume\n\nThe war of 5 May 2018 is over.\n");
        assert_eq!((found.date, found.text.as_str()), (None, "The war of 5 May 2018 is over.\n"));
    }

    #[test]
    fn heads_in_other_languages() {
        let found = piece("会谈重启\n\n本报记者 孙一\n2024年1月24日\n\n（海桥社首尔1月24日电）双方会面。");
        assert_eq!((found.title.as_deref(), found.authors.as_slice()), (Some("会谈重启"), &["孙一".to_owned()][..]));
        assert_eq!(found.text, "（海桥社首尔1月24日电）双方会面。");
        let found = piece("회담 재개\n김예시 기자\n\n두 나라가 만났다.");
        assert_eq!(found.authors, ["김예시"]);
    }

    #[test]
    fn what_stands_above_the_headline_is_the_kind() {
        for (text, kind, title) in [
            ("社论\n\n会谈重启\n\n双方会面。", Some("opinion"), Some("会谈重启")),
            ("[사설]\n회담 재개\n\n두 나라가 만났다.", Some("opinion"), Some("회담 재개")),
            ("OPINION\nTalks resume\nBy Jane Example\n\nThey met.", Some("opinion"), Some("Talks resume")),
            ("INTERVIEW:\n\nThey met on Tuesday. It went well.", Some("interview"), None),
            ("Editorial\n\nThey met on Tuesday.\n", Some("opinion"), Some("Editorial")),
            ("News\n\nThey met on Tuesday.\n", None, Some("News")),
        ] {
            let found = piece(text);
            assert_eq!((found.kind.as_deref(), found.title.as_deref()), (kind, title), "{text}");
            assert!(found.text.contains('.') || found.text.contains('。'));
        }
        assert_eq!(piece("OPINION\nTalks resume\nBy Jane Example\n\nThey met.").authors, ["Jane Example"]);
    }

    #[test]
    fn a_text_without_head_is_left_whole() {
        for text in
            ["They met on Tuesday. It went well.\n\nMore.", "One line only", "A first line that runs\nand goes on in the next\n\nMore.", ""]
        {
            let found = piece(text);
            assert_eq!((found.title, found.text.as_str()), (None, text));
            assert_eq!(found.lines.at(0), Some(1));
        }
    }

    #[test]
    fn a_sentence_below_the_headline_is_no_byline() {
        let found = piece("Headline\n\nBy Tuesday the talks had failed.\n");
        assert_eq!(found.authors, Vec::<String>::new());
        assert_eq!(found.text, "By Tuesday the talks had failed.\n");
    }
}
