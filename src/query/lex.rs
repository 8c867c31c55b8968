//! A query cut into tokens. Full-width and typographic forms are taken for their ASCII ones.

use super::{Field, SyntaxError};
use crate::actors::Kind;
use crate::text::Span;

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
    Quoted(String),
    Word(String),
}

/// The tokens of `query`.
pub(super) fn lex(query: &str) -> Result<Vec<Token>, SyntaxError> {
    let mut lexer = Lexer { query, at: 0, tokens: Vec::new() };
    while let Some(c) = lexer.peek() {
        lexer.token(c)?;
    }
    Ok(lexer.tokens)
}

struct Lexer<'q> {
    query: &'q str,
    at: usize,
    tokens: Vec<Token>,
}

impl<'q> Lexer<'q> {
    fn rest(&self) -> &'q str {
        self.query.get(self.at..).unwrap_or_default()
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn push(&mut self, what: What, len: usize) {
        self.tokens.push(Token { what, at: Span::new(self.at, self.at + len) });
        self.at += len;
    }

    fn token(&mut self, c: char) -> Result<(), SyntaxError> {
        let len = c.len_utf8();
        if c.is_whitespace() {
            self.at += len;
            return Ok(());
        }
        if let Some(close) = closing(c) {
            return self.quoted(c, close);
        }
        let touches = self
            .rest()
            .get(len..)
            .and_then(|rest| rest.chars().next())
            .is_some_and(|next| !next.is_whitespace() && !is_stop(next) && !is_sign(next));
        match ascii(c) {
            '(' => self.push(What::Open, len),
            ')' => self.push(What::Close, len),
            '-' if touches => self.push(What::Minus, len),
            '+' if touches => self.push(What::Plus, len),
            '=' if touches => self.push(What::Equals, len),
            '@' if touches => self.actor(len),
            '-' | '+' | '=' => self.at += len,
            _ => self.word(),
        }
        Ok(())
    }

    fn quoted(&mut self, open: char, close: char) -> Result<(), SyntaxError> {
        let inside = self.rest().get(open.len_utf8()..).unwrap_or_default();
        let Some(end) = inside.find(close) else {
            let at = Span::new(self.at, self.query.len());
            return Err(SyntaxError::new(
                self.query,
                at,
                "this quotation mark is not closed",
                format!("add {close} at the end, or leave the mark out"),
            ));
        };
        let (text, _) = inside.split_at(end);
        self.push(What::Quoted(text.to_owned()), open.len_utf8() + end + close.len_utf8());
        Ok(())
    }

    fn actor(&mut self, len: usize) {
        let word = self.word_here(len);
        let id = trimmed(word);
        // A handle such as @someone_else or an address has letters that no id has: that is a word.
        if !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-') {
            let end = len + id.len();
            self.push(What::Actor(id.to_owned()), end);
            self.at += word.len() - id.len();
        } else {
            self.at += len;
            self.word();
        }
    }

    /// What stands `skip` bytes on, up to white space, a bracket or an opening quote.
    fn word_here(&self, skip: usize) -> &'q str {
        let rest = self.rest().get(skip..).unwrap_or_default();
        let end = rest
            .find(|c: char| c.is_whitespace() || matches!(ascii(c), '(' | ')') || (closing(c).is_some() && c != '\''))
            .unwrap_or(rest.len());
        rest.split_at(end).0
    }

    fn word(&mut self) {
        let word = self.word_here(0);
        if let Some((name, len)) = self.field_name(word) {
            return self.field(name, len, word);
        }
        let bare = trimmed(word);
        let kind = Kind::ALL.into_iter().find(|kind| kind.word().to_uppercase() == upright(bare));
        let what = match upright(bare).as_str() {
            "AND" => What::And,
            "OR" => What::Or,
            "NOT" => What::Not,
            _ => kind.map_or_else(|| What::Word(bare.to_owned()), What::Kind),
        };
        // A word of nothing but punctuation says nothing.
        if bare.chars().any(char::is_alphanumeric) {
            self.push(what, bare.len());
            self.at += word.len() - bare.len();
        } else {
            // Never stand still.
            self.at += word.len().max(self.peek().map_or(1, char::len_utf8));
        }
    }

    /// The known field that `word` begins with, if something follows right behind its colon, and the bytes up to there.
    fn field_name(&self, word: &'q str) -> Option<(&'q str, usize)> {
        let (colon, c) = word.char_indices().find(|&(_, c)| ascii(c) == ':')?;
        let (name, _) = word.split_at(colon);
        let len = colon + c.len_utf8();
        let known = matches!(name, "date" | "actor") || Field::ALL.iter().any(|(field, _)| *field == name);
        let follows = self
            .rest()
            .get(len..)
            .and_then(|rest| rest.chars().next())
            .is_some_and(|c| !c.is_whitespace() && !matches!(ascii(c), '(' | ')'));
        (known && follows).then_some((name, len))
    }

    fn field(&mut self, name: &str, len: usize, word: &'q str) {
        match name {
            "actor" => self.push(What::ActorField, len),
            "date" => {
                let quoted = self.rest().get(len..).and_then(|rest| rest.chars().next()).and_then(closing);
                let (value, end) = match quoted {
                    Some(_) => (String::new(), len),
                    None => (trimmed(word.get(len..).unwrap_or_default()).to_owned(), word.len()),
                };
                self.push(What::Date(value), end);
            }
            _ => {
                if let Some((_, field)) = Field::ALL.iter().find(|(field, _)| *field == name) {
                    self.push(What::Field(*field), len);
                }
            }
        }
    }
}

/// The quote that closes what `c` opens.
const fn closing(c: char) -> Option<char> {
    match c {
        '"' | '＂' => Some(c),
        '“' | '„' => Some('”'),
        '「' => Some('」'),
        '『' => Some('』'),
        '《' => Some('》'),
        '«' => Some('»'),
        _ => None,
    }
}

/// The ASCII form of a full-width one.
fn ascii(c: char) -> char {
    match c {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
        '‐' | '‑' | '−' => '-',
        _ => c,
    }
}

fn upright(word: &str) -> String {
    word.chars().map(ascii).collect()
}

/// Punctuation that may stand behind a word without being part of it.
const fn is_stop(c: char) -> bool {
    matches!(c, '?' | '.' | ',' | ':' | ';' | '!' | '？' | '。' | '，' | '：' | '；' | '！' | '、' | '…')
}

/// Signs of which several in a row mean nothing.
const fn is_sign(c: char) -> bool {
    matches!(c, '-' | '+' | '=' | '@' | '－' | '＋' | '＝' | '＠')
}

fn trimmed(word: &str) -> &str {
    word.trim_end_matches(is_stop)
}
