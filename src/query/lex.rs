//! A query cut into tokens. Full-width and typographic forms are taken for their ASCII ones.

use super::ahead::Ahead;
use super::fields::names;
use super::pattern::{FUZZIEST, MOST_PATTERNS, TOO_MANY};
use super::signs::{Fault, at_least, fuzzy, near, weight};
use super::syntax::FURTHEST;
use super::{Field, How, Pattern, SyntaxError, Weight, parts};
use crate::actors::Kind;
use crate::text::Span;
use crate::text::quotation::Marks;
use crate::text::script::{Shape, shape};

/// A token and its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) what: What,
    pub(super) at: Span,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum What {
    Open,
    Close,
    And,
    Or,
    Not,
    /// `-` right before something.
    Minus,
    /// `+` right before something.
    Plus,
    /// `=` right before something.
    Equals,
    /// `title:` and the like, right before something.
    Field(Field),
    /// `date:` with its value.
    Date(String),
    /// `actor:` right before something.
    ActorField,
    /// `@` with an id.
    Actor(String),
    Kind(Kind),
    /// How what stands before and behind it are to stand to each other.
    Near(How),
    /// `atleast3` right before a bracket.
    AtLeast(u32),
    /// `^2` right behind something.
    Weight(Weight),
    /// Words in quotes, and how many others may stand between them, if it says.
    Quoted(String, Option<u32>),
    Pattern(Pattern),
    Word(String),
}

/// The tokens of `query`.
pub(super) fn lex(query: &str) -> Result<Vec<Token>, SyntaxError> {
    let mut lexer = Lexer { query, at: 0, tokens: Vec::new(), patterns: 0, unclosed: Vec::new(), ahead: Ahead::default() };
    while let Some(c) = lexer.peek() {
        lexer.token(c)?;
        // It takes long to make many, and they would be refused in the end.
        if let Some(last) = lexer.tokens.last().filter(|_| lexer.patterns > MOST_PATTERNS) {
            return Err(SyntaxError::new(query, last.at, TOO_MANY.0, TOO_MANY.1));
        }
    }
    Ok(lexer.tokens)
}

pub(super) struct Lexer<'q> {
    pub(super) query: &'q str,
    pub(super) at: usize,
    tokens: Vec<Token>,
    /// How many patterns the tokens have.
    patterns: usize,
    /// Marks of quotation that nothing further on closes.
    unclosed: Vec<char>,
    pub(super) ahead: Ahead,
}

impl<'q> Lexer<'q> {
    pub(super) fn rest(&self) -> &'q str {
        self.query.get(self.at..).unwrap_or_default()
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    pub(super) fn push(&mut self, what: What, len: usize) {
        self.patterns += match &what {
            What::Pattern(_) => 1,
            What::Quoted(text, _) => parts::patterns_in(text),
            _ => 0,
        };
        self.tokens.push(Token { what, at: Span::new(self.at, self.at + len) });
        self.at += len;
    }

    fn token(&mut self, c: char) -> Result<(), SyntaxError> {
        let len = c.len_utf8();
        if c.is_whitespace() {
            self.at += len;
            return Ok(());
        }
        if let Some(marks) = Marks::opening_at(self.query, self.at) {
            return self.quoted(marks);
        }
        let touches = self
            .rest()
            .get(len..)
            .and_then(|rest| rest.chars().next())
            .is_some_and(|next| !next.is_whitespace() && !is_stop(next) && !is_sign(next));
        match ascii(c) {
            '(' => self.push(What::Open, len),
            ')' => {
                self.push(What::Close, len);
                self.weight()?;
            }
            '/' => return self.slash(),
            '-' if touches => self.push(What::Minus, len),
            '+' if touches => self.push(What::Plus, len),
            '=' if touches => self.push(What::Equals, len),
            '@' if touches => self.actor(len)?,
            '-' | '+' | '=' => self.at += len,
            _ => return self.word(),
        }
        Ok(())
    }

    pub(super) fn fault(&self, len: usize, (problem, hint): Fault) -> SyntaxError {
        SyntaxError::new(self.query, Span::new(self.at, self.at + len), problem, hint)
    }

    /// The weight that hangs on what was read, if one does.
    pub(super) fn weight(&mut self) -> Result<(), SyntaxError> {
        if !self.rest().starts_with(['^', '＾']) {
            return Ok(());
        }
        let word = self.word_here();
        if let Some(("", found)) = weight(trimmed(word)) {
            let len = trimmed(word).len();
            self.push(What::Weight(found.map_err(|fault| self.fault(len, fault))?), len);
            self.at += word.len() - len;
        }
        Ok(())
    }

    fn quoted(&mut self, marks: &'static Marks) -> Result<(), SyntaxError> {
        let open = marks.open.len_utf8();
        let inside = self.rest().get(open..).unwrap_or_default();
        let end = if self.unclosed.contains(&marks.open) { None } else { marks.end(inside) };
        let Some(end) = end else {
            if marks.has_to_close() {
                // A mark of punctuation, of which none further on is more.
                self.unclosed.push(marks.open);
                self.at += open;
                return Ok(());
            }
            let at = Span::new(self.at, self.query.len());
            return Err(SyntaxError::new(
                self.query,
                at,
                "this quotation mark is not closed",
                format!("add {} at the end, or leave the mark out", marks.usual()),
            ));
        };
        let (text, len) = (Span::new(0, end.start).of(inside), open + end.end);
        // What hangs on it: "a b"~5, "a b"^2, "a b"~5^2.
        let hangs = inside.get(end.end..).filter(|behind| behind.starts_with(['~', '～'])).unwrap_or_default();
        let digits = hangs.chars().skip(1).take_while(|&c| ascii(c).is_ascii_digit()).map(char::len_utf8).sum::<usize>();
        let sign = hangs.chars().next().map_or(0, char::len_utf8);
        if digits == 0 && hangs.chars().nth(1).is_some_and(|c| c.is_alphanumeric() || ascii(c) == '-') {
            return Err(self.fault(len + sign, ("a number is missing after ~", "write \"a phrase\"~5, or leave out ~")));
        }
        if digits == 0 {
            self.push(What::Quoted(text.to_owned(), None), len);
            return self.weight();
        }
        // A number that is too long for one is too large.
        let others = upright(hangs.get(sign..sign + digits).unwrap_or_default()).parse().unwrap_or(u32::MAX);
        if others > FURTHEST {
            let fault = ("the distance is too large", "write at most \"a phrase\"~10000, or w/p between its words for a paragraph");
            return Err(self.fault(len + sign + digits, fault));
        }
        self.push(What::Quoted(text.to_owned(), Some(others)), len + sign + digits);
        self.weight()
    }

    fn actor(&mut self, len: usize) -> Result<(), SyntaxError> {
        let word = self.word_here();
        // What neither a name has nor a weight behind it. The first such sign tells, before the end of the word is looked at, which may be far.
        let fits = |c: char| in_name(c) || is_stop(c) || matches!(ascii(c), '^' | '+' | '-' | '.');
        if !word.chars().skip(1).all(fits) {
            self.at += len;
            return Ok(());
        }
        let bare = weight(trimmed(word)).map_or(trimmed(word), |(bare, _)| bare);
        match id(bare) {
            Some(id) => {
                self.push(What::Actor(id.to_owned()), bare.len());
                self.weight()?;
                self.at = self.at.max(self.end_of(word));
            }
            // With capitals it is a name, as behind actor:.
            None if is_name(bare.get(len..).unwrap_or_default()) => self.push(What::ActorField, len),
            // A handle such as @someone_else or an address has letters that no name has: the sign says nothing, and what is behind it is as
            // without.
            None => self.at += len,
        }
        Ok(())
    }

    /// Where `word`, a part of the query, ends.
    fn end_of(&self, word: &str) -> usize {
        word.as_ptr() as usize - self.query.as_ptr() as usize + word.len()
    }

    /// What stands here, up to white space, a bracket or an opening quote.
    fn word_here(&mut self) -> &'q str {
        let stops = |c: char| c.is_whitespace() || matches!(ascii(c), '(' | ')') || Marks::of(c).is_some();
        let rest = self.rest();
        let end = self.ahead.word_end.find(self.at, || rest.find(stops).unwrap_or(rest.len()));
        rest.get(..end).unwrap_or_default()
    }

    pub(super) fn word(&mut self) -> Result<(), SyntaxError> {
        let word = self.word_here();
        if let Some((name, len)) = self.field_name(word) {
            return self.field(name, len, word);
        }
        let end = self.end_of(word).max(self.at + self.peek().map_or(1, char::len_utf8));
        // A word of nothing but punctuation says nothing.
        if word.chars().any(char::is_alphanumeric) {
            let mut bare = trimmed(word);
            // Several weights contradict each other: they say nothing.
            while let Some((inner, _)) = weight(bare) {
                bare = inner.trim_end_matches(is_stop);
            }
            let bare = if bare.chars().any(char::is_alphanumeric) { bare } else { trimmed(word) };
            let what = self.what(bare).map_err(|fault| self.fault(bare.len(), fault))?;
            self.push(what, bare.len());
            self.weight()?;
        }
        // Never stand still.
        self.at = self.at.max(end);
        Ok(())
    }

    /// What a word is.
    fn what(&self, bare: &str) -> Result<What, Fault> {
        let upright = upright(bare);
        match upright.as_str() {
            "AND" => return Ok(What::And),
            "OR" => return Ok(What::Or),
            "NOT" => return Ok(What::Not),
            _ => {}
        }
        if let Some(kind) = Kind::ALL.into_iter().find(|kind| kind.word().to_uppercase() == upright) {
            return Ok(What::Kind(kind));
        }
        if let Some(how) = near(bare) {
            return how.map(What::Near);
        }
        let bracket = self.rest().get(bare.len()..).and_then(|rest| rest.chars().next()).is_some_and(|c| ascii(c) == '(');
        match at_least(bare) {
            Some(times) if bracket => return times.map(What::AtLeast),
            Some(_) => return Err(("brackets are missing after this", "write atleast3(oil)")),
            None if bracket && upright.eq_ignore_ascii_case("atleast") => return Err(("the number is missing here", "write atleast3(…)")),
            None => {}
        }
        if let Some((word, off)) = fuzzy(bare).filter(|(word, _)| !word.is_empty() && word.chars().all(char::is_alphanumeric)) {
            if word.chars().any(|c| shape(c) == Shape::Solo) {
                return Err(("~ cannot be used in scripts without spaces, where each character is a word", "leave out ~"));
            }
            return match u8::try_from(off) {
                // In small letters, so that OR~0 is shown as a word too.
                Ok(0) => Ok(What::Word(word.to_lowercase())),
                Ok(off) if off <= FUZZIEST && Pattern::letters(word) > usize::from(off) + 1 => {
                    let pattern = Pattern::Fuzzy(word.to_owned(), off);
                    if pattern.is_too_long() {
                        Err(("the word is too long", "write at most 100 letters"))
                    } else {
                        Ok(What::Pattern(pattern))
                    }
                }
                Ok(off) if off <= FUZZIEST => Err(("this matches too many words", "use a longer word before ~")),
                _ => Err(("~ allows at most 2 edits", "write ~1 or ~2")),
            };
        }
        if parts::is_pattern(bare) {
            if parts::patterns_in(bare) > MOST_PATTERNS {
                return Err(TOO_MANY);
            }
            // One pattern is a token of its own; where there are more, or words beside it, it is a phrase.
            return Ok(match parts::parts(bare)?.as_slice() {
                [parts::PhrasePart::Pattern(pattern)] => What::Pattern(pattern.clone()),
                // As typed: without its punctuation OR?- would be shown as an operator.
                [parts::PhrasePart::Words(_)] => What::Word(bare.to_owned()),
                _ => What::Quoted(bare.to_owned(), None),
            });
        }
        Ok(What::Word(bare.to_owned()))
    }

    /// The known field that `word` begins with, if something follows right behind its colon, and the bytes up to there.
    fn field_name(&self, word: &str) -> Option<(&'static str, usize)> {
        let (colon, c) = word.char_indices().find(|&(_, c)| ascii(c) == ':')?;
        let typed = upright(word.get(..colon)?);
        let name = names().find(|name| *name == typed)?;
        let len = colon + c.len_utf8();
        let follows = self.rest().get(len..).and_then(|rest| rest.chars().next()).is_some_and(|c| !c.is_whitespace() && ascii(c) != ')');
        follows.then_some((name, len))
    }

    fn field(&mut self, name: &str, len: usize, word: &'q str) -> Result<(), SyntaxError> {
        match name {
            "actor" => self.push(What::ActorField, len),
            "date" => {
                let quoted = Marks::opening_at(self.query, self.at + len);
                let (value, end) = match quoted {
                    Some(_) => ("", len),
                    None => {
                        let typed = word.get(len..).unwrap_or_default();
                        let value = trimmed(typed);
                        let value = weight(value).map_or(value, |(value, _)| value);
                        // The dots of a range without end are no punctuation: 2023..
                        let open = value.len() + "..".len();
                        let is_open = !value.is_empty() && typed.get(value.len()..).is_some_and(|behind| behind.starts_with(".."));
                        let value = typed.get(..open).filter(|_| is_open).unwrap_or(value);
                        (value, len + value.len())
                    }
                };
                self.push(What::Date(upright(value)), end);
                self.weight()?;
                self.at = self.at.max(if quoted.is_some() { 0 } else { self.end_of(word) });
            }
            _ => {
                if let Some((_, field)) = Field::ALL.iter().find(|(field, _)| *field == name) {
                    self.push(What::Field(*field), len);
                }
            }
        }
        Ok(())
    }
}

/// The id of an actor that `word` names: `@` and what ids are made of.
pub(super) fn id(word: &str) -> Option<&str> {
    let id = trimmed(word.strip_prefix(['@', '＠'])?);
    let fits = |c: char| matches!(c, '-' | '\'') || (c.is_alphanumeric() && !c.is_uppercase());
    (id.chars().all(fits) && id.contains(char::is_alphanumeric)).then_some(id)
}

/// Whether `c` may stand in an actor's name, written as one word.
fn in_name(c: char) -> bool {
    matches!(c, '-' | '\'') || c.is_alphanumeric()
}

/// Whether a word behind `@` may be an actor's name, written as one word.
fn is_name(word: &str) -> bool {
    word.chars().all(in_name) && word.contains(char::is_alphanumeric)
}

/// The ASCII form of a full-width one.
pub(super) fn ascii(c: char) -> char {
    match c {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
        '‐' | '‑' | '−' => '-',
        _ => c,
    }
}

pub(super) fn upright(word: &str) -> String {
    word.chars().map(ascii).collect()
}

/// Punctuation that may stand behind a word without being part of it.
pub(super) const fn is_stop(c: char) -> bool {
    matches!(c, '?' | '.' | ',' | ':' | ';' | '!' | '？' | '。' | '，' | '：' | '；' | '！' | '、' | '…')
}

/// Signs of which several in a row mean nothing.
const fn is_sign(c: char) -> bool {
    matches!(c, '-' | '+' | '=' | '@' | '－' | '＋' | '＝' | '＠')
}

pub(super) fn trimmed(word: &str) -> &str {
    word.trim_end_matches(is_stop)
}
