//! Rich text: its words and paragraphs. Read here, since what libraries there are know neither the encodings of East Asia nor broken files.

use encoding_rs::{Encoding, MACINTOSH, WINDOWS_1252};
use foldhash::HashMap;

use super::Limits;
use super::docx::with_head;
use super::package::{author, is_default_title};
use super::xml::Paragraphs;
use crate::pieces::piece::one_line;
use crate::pieces::{Date, Piece, Reason};

mod encodings;

use encodings::{character_set, code_page};

pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<Piece, Reason> {
    let mut reader = Reader::new(limits.depth);
    reader.run(bytes)?;
    let (text, notes) = (reader.out.into_text(), reader.notes.into_text());
    let text = if notes.is_empty() { text } else { format!("{text}\n\n{notes}") };
    let properties = Piece {
        // A program that could not write it in its encoding writes question marks.
        title: Some(one_line(&reader.title)).filter(|title| title.contains(char::is_alphanumeric) && !is_default_title(title)),
        authors: author(&reader.author).into_iter().collect(),
        date: reader.created.date(),
        ..Piece::default()
    };
    Ok(with_head(properties, None, text))
}

/// Where the text of a group goes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Destination {
    Text,
    Title,
    Author,
    /// When it was created, in numbers.
    Created,
    /// A note, which comes behind the text.
    Note,
    /// The list of fonts, which says how each is encoded.
    Fonts,
    /// Nowhere: pictures, styles, codes.
    Away,
}

/// When a document was created, as far as that is said.
#[derive(Default)]
struct Created {
    year: Option<i32>,
    month: Option<i32>,
    day: Option<i32>,
}

impl Created {
    fn date(&self) -> Option<Date> {
        Date::day(self.year?.try_into().ok()?, self.month?.try_into().ok()?, self.day?.try_into().ok()?)
    }
}

/// What holds inside a group.
#[derive(Clone, Copy)]
struct Group {
    destination: Destination,
    encoding: &'static Encoding,
    /// How many characters stand behind a Unicode character for programs that do not know it.
    fallbacks: usize,
}

struct Reader {
    groups: Vec<Group>,
    depth: usize,
    out: Paragraphs,
    notes: Paragraphs,
    title: String,
    author: String,
    created: Created,
    /// Bytes that are decoded together: a character may take two.
    pending: Vec<u8>,
    /// The first half of a character that takes two units.
    surrogate: Option<u16>,
    skip: usize,
    document: &'static Encoding,
    fonts: HashMap<i32, &'static Encoding>,
    font: i32,
    starred: bool,
}

impl Reader {
    fn new(depth: usize) -> Self {
        let group = Group { destination: Destination::Text, encoding: WINDOWS_1252, fallbacks: 1 };
        Self {
            groups: vec![group],
            depth,
            out: Paragraphs::default(),
            notes: Paragraphs::default(),
            title: String::new(),
            author: String::new(),
            created: Created::default(),
            pending: Vec::new(),
            surrogate: None,
            skip: 0,
            document: WINDOWS_1252,
            fonts: HashMap::default(),
            font: 0,
            starred: false,
        }
    }

    fn run(&mut self, mut rest: &[u8]) -> Result<(), Reason> {
        while let [first, tail @ ..] = rest {
            rest = tail;
            match first {
                b'{' => {
                    self.flush();
                    // What stands for a character does not go over a group's border, though some programs write nothing for it.
                    self.skip = 0;
                    if self.groups.len() > self.depth {
                        return Err(Reason::Broken(format!("groups nested more than {} deep", self.depth)));
                    }
                    self.groups.extend(self.groups.last().copied());
                }
                b'}' => {
                    self.flush();
                    self.skip = 0;
                    // The outermost stays, whatever is closed too often.
                    if self.groups.len() > 1 {
                        self.groups.pop();
                    }
                    if !self.is_in(Destination::Note) {
                        self.notes.end();
                    }
                }
                b'\\' => rest = self.control(rest),
                b'\r' | b'\n' => {}
                &byte => self.byte(byte),
            }
        }
        self.flush();
        Ok(())
    }

    fn is_in(&self, destination: Destination) -> bool {
        self.groups.last().is_some_and(|group| group.destination == destination)
    }

    /// Takes the control behind a backslash, and gives what stands behind it.
    fn control<'b>(&mut self, rest: &'b [u8]) -> &'b [u8] {
        let Some((&first, tail)) = rest.split_first() else { return rest };
        if !first.is_ascii_alphabetic() {
            return self.symbol(first, tail);
        }
        let end = rest.iter().position(|byte| !byte.is_ascii_alphabetic()).unwrap_or(rest.len());
        let (word, tail) = rest.split_at(end);
        let digits =
            tail.iter().enumerate().position(|(at, byte)| !(byte.is_ascii_digit() || (at == 0 && *byte == b'-'))).unwrap_or(tail.len());
        let (number, tail) = tail.split_at(digits);
        let number: Option<i32> = std::str::from_utf8(number).ok().and_then(|number| number.parse().ok());
        let tail = tail.strip_prefix(b" ").unwrap_or(tail);
        if word == b"bin" {
            // So many bytes of something else.
            return number.and_then(|count| tail.get(usize::try_from(count).ok()?..)).unwrap_or(tail);
        }
        self.word(word, number);
        tail
    }

    fn symbol<'b>(&mut self, symbol: u8, tail: &'b [u8]) -> &'b [u8] {
        match symbol {
            b'\'' => {
                let hex = tail.get(..2).and_then(|hex| u8::from_str_radix(std::str::from_utf8(hex).ok()?, 16).ok());
                if let Some(byte) = hex {
                    self.byte(byte);
                    return tail.get(2..).unwrap_or_default();
                }
            }
            b'\\' | b'{' | b'}' => self.byte(symbol),
            b'~' => self.text("\u{A0}"),
            b'_' => self.text("\u{2011}"),
            b'*' => self.starred = true,
            b'\r' | b'\n' => self.paragraph(),
            _ => {}
        }
        tail
    }

    fn word(&mut self, word: &[u8], number: Option<i32>) {
        let starred = std::mem::take(&mut self.starred);
        if word != b"u" {
            self.flush();
        }
        let Some(group) = self.groups.last_mut() else { return };
        match word {
            b"u" => {
                self.flush();
                self.unit(number.unwrap_or_default());
            }
            b"uc" => group.fallbacks = number.and_then(|count| usize::try_from(count).ok()).unwrap_or(1),
            b"ansicpg" => {
                let encoding = number.and_then(code_page).unwrap_or(WINDOWS_1252);
                self.document = encoding;
                self.groups.iter_mut().for_each(|group| group.encoding = encoding);
            }
            b"mac" => self.groups.iter_mut().for_each(|group| group.encoding = MACINTOSH),
            b"f" | b"af" | b"deff" if group.destination == Destination::Fonts => self.font = number.unwrap_or_default(),
            b"f" => {
                let known = number.and_then(|number| self.fonts.get(&number));
                group.encoding = known.copied().unwrap_or(self.document);
            }
            b"fcharset" => {
                if let Some(encoding) = number.and_then(character_set) {
                    self.fonts.insert(self.font, encoding);
                    group.encoding = encoding;
                }
            }
            b"par" | b"sect" | b"page" | b"row" | b"cell" | b"nestcell" => {
                self.paragraph();
                match word {
                    b"cell" if self.is_in(Destination::Text) => self.out.end_cell(),
                    b"row" if self.is_in(Destination::Text) => self.out.end_row(),
                    _ => {}
                }
            }
            // What a row is like is said before it, behind it, or only before the first.
            b"trowd" | b"intbl" if group.destination == Destination::Text && !self.out.is_in_row() => self.out.open_row(),
            b"line" => self.text("\n"),
            b"tab" | b"emspace" | b"enspace" => self.text(" "),
            b"emdash" => self.text("—"),
            b"endash" => self.text("–"),
            b"lquote" => self.text("‘"),
            b"rquote" => self.text("’"),
            b"ldblquote" => self.text("“"),
            b"rdblquote" => self.text("”"),
            b"bullet" => self.text("•"),
            b"fonttbl" => group.destination = Destination::Fonts,
            // What is said again is said in Unicode, or by whom it was last changed.
            b"title" => {
                group.destination = Destination::Title;
                self.title.clear();
            }
            b"author" => {
                group.destination = Destination::Author;
                self.author.clear();
            }
            b"creatim" => group.destination = Destination::Created,
            b"yr" if group.destination == Destination::Created => self.created.year = number,
            b"mo" if group.destination == Destination::Created => self.created.month = number,
            b"dy" if group.destination == Destination::Created => self.created.day = number,
            // Notes in what is left out are left out.
            b"footnote" if group.destination == Destination::Text => group.destination = Destination::Note,
            b"colortbl" | b"stylesheet" | b"info" | b"pict" | b"object" | b"fldinst" | b"header" | b"headerl" | b"headerr" | b"headerf"
            | b"footer" | b"footerl" | b"footerr" | b"footerf" | b"listtable" | b"listtext" | b"pntext" | b"nonshppict" | b"themedata" => {
                group.destination = Destination::Away;
            }
            _ if starred => group.destination = Destination::Away,
            _ => {}
        }
    }

    /// A unit of UTF-16, written as a signed number.
    fn unit(&mut self, number: i32) {
        self.skip = self.groups.last().map_or(1, |group| group.fallbacks);
        let Ok(unit) = u16::try_from(number & 0xFFFF) else { return };
        let units = [self.surrogate.take().unwrap_or(unit), unit];
        let units = if units.first() == units.get(1) { units.get(1..).unwrap_or_default() } else { &units };
        if (0xD800..0xDC00).contains(&unit) {
            self.surrogate = Some(unit);
            return;
        }
        let said: String = char::decode_utf16(units.iter().copied()).map(|c| c.unwrap_or('\u{FFFD}')).collect();
        self.put(&said);
    }

    fn byte(&mut self, byte: u8) {
        self.starred = false;
        if self.skip > 0 {
            self.skip -= 1;
        } else if self.groups.last().is_some_and(|group| group.destination != Destination::Away) {
            self.pending.push(byte);
        }
    }

    fn text(&mut self, text: &str) {
        self.flush();
        if self.skip > 0 {
            self.skip -= 1;
        } else {
            self.put(text);
        }
    }

    fn paragraph(&mut self) {
        self.flush();
        self.skip = 0;
        match self.groups.last().map(|group| group.destination) {
            Some(Destination::Text) => self.out.end(),
            Some(Destination::Note) => self.notes.end(),
            _ => None,
        };
    }

    fn flush(&mut self) {
        if !self.pending.is_empty() {
            let encoding = self.groups.last().map_or(WINDOWS_1252, |group| group.encoding);
            let bytes = std::mem::take(&mut self.pending);
            let (text, _) = encoding.decode_without_bom_handling(&bytes);
            self.put(&text);
        }
    }

    fn put(&mut self, text: &str) {
        match self.groups.last().map(|group| group.destination) {
            Some(Destination::Text) => self.out.push(text),
            Some(Destination::Note) => self.notes.push(text),
            Some(Destination::Title) => self.title.push_str(text),
            Some(Destination::Author) => self.author.push_str(text),
            Some(Destination::Created | Destination::Fonts | Destination::Away) | None => {}
        }
    }
}

#[cfg(test)]
mod tests;
