use super::lex::{Token, What, lex};
use super::{Clause, Dates, SyntaxError, Tree, Wish};
use crate::pieces::Date;
use crate::text::{Span, Words};

/// How clauses that nothing joins are joined.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mode {
    /// A piece must have all of them.
    #[default]
    All,
    /// None is required, but each makes a piece rank better; and no text is a syntax error.
    Any,
}

/// Brackets may be nested so deep.
const DEEPEST: usize = 64;

/// The tree of `query`.
///
/// Words are ANDed; `OR`, `NOT` (or `-`), brackets and quotes as everywhere; AND binds tighter than OR. In [`Mode::Any`] a text that does not
/// parse is taken for plain words, and in a long one operators are.
///
/// ```
/// use pundit::query::{Mode, parse};
/// let tree = parse("sanctions (oil OR coal) -title:opinion", Mode::All).unwrap();
/// assert_eq!(tree.to_string(), "sanctions AND (oil OR coal) AND NOT title:\"opinion\"");
/// ```
pub fn parse(query: &str, mode: Mode) -> Result<Tree<Clause>, SyntaxError> {
    let parsed = lex(query).and_then(|mut tokens| {
        if mode == Mode::Any && tokens.len() > LONGEST_ASKED {
            tokens = tokens.into_iter().filter_map(|token| as_prose(token, query)).collect();
        }
        Parser { query, mode, tokens: &tokens, next: 0, depth: 0 }.whole()
    });
    match (parsed, mode) {
        (Err(_), Mode::Any) => plain(query),
        (parsed, _) => parsed,
    }
}

/// A text of more tokens than this is prose under [`Mode::Any`]: a headline, a claim, a paragraph, in which a NOT or a dash is no operator.
const LONGEST_ASKED: usize = 12;

/// What a token is in prose.
fn as_prose(token: Token, query: &str) -> Option<Token> {
    match token.what {
        What::And | What::Or | What::Not => Some(Token { what: What::Word(token.at.of(query).to_owned()), at: token.at }),
        What::Minus | What::Plus | What::Equals | What::Open | What::Close => None,
        _ => Some(token),
    }
}

/// A text as nothing but words.
fn plain(query: &str) -> Result<Tree<Clause>, SyntaxError> {
    let mut words = Vec::new();
    for part in query.split_whitespace() {
        if Words::of(part).next().is_some() {
            let start = part.as_ptr() as usize - query.as_ptr() as usize;
            words.push(clause(Wish::Word(part.to_owned()), Span::new(start, start + part.len())));
        }
    }
    match words.len() {
        0 => Err(empty(query)),
        1 => Ok(words.remove(0)),
        _ => Ok(Tree::Best(words)),
    }
}

fn empty(query: &str) -> SyntaxError {
    SyntaxError::new(
        query,
        Span::new(0, query.len()),
        "the query holds no word to search for",
        "write a word, a \"phrase\", or an actor such as @united-nations",
    )
}

const fn clause(wish: Wish, at: Span) -> Tree<Clause> {
    Tree::Clause(Clause { wish, at })
}

struct Parser<'q> {
    query: &'q str,
    mode: Mode,
    tokens: &'q [Token],
    next: usize,
    depth: usize,
}

impl Parser<'_> {
    fn whole(mut self) -> Result<Tree<Clause>, SyntaxError> {
        if self.tokens.is_empty() {
            return Err(empty(self.query));
        }
        let tree = self.alternatives()?;
        match self.peek() {
            None => Ok(tree),
            Some(token) => Err(self.error(token.at, "this bracket closes nothing", "leave it out, or open one before")),
        }
    }

    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.next)
    }

    fn error(&self, at: Span, problem: &str, hint: &str) -> SyntaxError {
        SyntaxError::new(self.query, at, problem, hint)
    }

    /// Parts joined by OR.
    fn alternatives(&mut self) -> Result<Tree<Clause>, SyntaxError> {
        let mut parts = vec![self.sequence()?];
        while let Some(Token { what: What::Or, at }) = self.peek() {
            let at = *at;
            self.next += 1;
            if !self.begins_part() {
                return Err(self.error(
                    at,
                    "OR needs something on both sides",
                    "write what comes after it, or write or in small letters to search for the word",
                ));
            }
            parts.push(self.sequence()?);
        }
        Ok(join(parts, Joint::Any))
    }

    /// Parts one after the other, with AND between them or without.
    fn sequence(&mut self) -> Result<Tree<Clause>, SyntaxError> {
        if !self.begins_part() {
            let at = self.peek().map_or(Span::new(self.query.len(), self.query.len()), |token| token.at);
            return Err(self.error(at, "something to search for is missing here", "write a word before it"));
        }
        let mut groups: Vec<Vec<Tree<Clause>>> = Vec::new();
        let mut joined = false;
        loop {
            let part = self.part()?;
            match groups.last_mut() {
                Some(group) if joined => group.push(part),
                _ => groups.push(vec![part]),
            }
            joined = false;
            if let Some(Token { what: What::And, at }) = self.peek() {
                let at = *at;
                self.next += 1;
                joined = true;
                if !self.begins_part() {
                    return Err(self.error(
                        at,
                        "AND needs something on both sides",
                        "write what comes after it, or write and in small letters to search for the word",
                    ));
                }
            }
            if !self.begins_part() {
                break;
            }
        }
        match self.mode {
            Mode::All => Ok(join(groups.into_iter().flatten().collect(), Joint::All)),
            Mode::Any => Ok(join(groups.into_iter().map(|group| join(group, Joint::All)).collect(), Joint::Best)),
        }
    }

    fn begins_part(&self) -> bool {
        self.peek().is_some_and(|token| !matches!(token.what, What::Close | What::And | What::Or))
    }

    fn part(&mut self) -> Result<Tree<Clause>, SyntaxError> {
        let Some(token) = self.peek().cloned() else { return Err(empty(self.query)) };
        self.next += 1;
        match token.what {
            What::Not | What::Minus => {
                let part = self.prefixed(token.at, "NOT")?;
                Ok(match part {
                    Tree::Not(inner) => *inner,
                    part => Tree::Not(Box::new(part)),
                })
            }
            What::Plus => Ok(match self.prefixed(token.at, "+")? {
                Tree::Clause(clause) if self.mode == Mode::All => Tree::Clause(clause),
                part @ (Tree::Not(_) | Tree::Must(_)) => part,
                part => Tree::Must(Box::new(part)),
            }),
            What::Open => self.bracket(token.at),
            What::Equals => self.worded(token.at, Wish::Exact),
            What::Field(field) => self.worded(token.at, |value| Wish::Field(field, value)),
            What::ActorField => self.worded(token.at, Wish::ActorNamed),
            What::Date(value) => self.date(&value, token.at),
            What::Actor(id) => Ok(clause(Wish::Actor(id), token.at)),
            What::Kind(kind) => Ok(clause(Wish::Kind(kind), token.at)),
            What::Quoted(text) => self.phrase(text, token.at),
            What::Word(word) => Ok(clause(Wish::Word(word), token.at)),
            What::Close | What::And | What::Or => {
                Err(self.error(token.at, "something to search for is missing here", "write a word before it"))
            }
        }
    }

    fn prefixed(&mut self, at: Span, sign: &str) -> Result<Tree<Clause>, SyntaxError> {
        self.deeper(at)?;
        let part = if self.begins_part() {
            self.part()
        } else {
            Err(self.error(at, &format!("{sign} needs something behind it"), "write the word that it is about"))
        };
        self.depth -= 1;
        part
    }

    fn bracket(&mut self, at: Span) -> Result<Tree<Clause>, SyntaxError> {
        self.deeper(at)?;
        if matches!(self.peek(), Some(Token { what: What::Close, .. })) {
            return Err(self.error(at, "these brackets are empty", "leave them out, or write something between them"));
        }
        let tree = self.alternatives()?;
        match self.peek() {
            Some(Token { what: What::Close, .. }) => self.next += 1,
            _ => return Err(self.error(at, "this bracket is not closed", "add ) at the end, or leave it out")),
        }
        self.depth -= 1;
        Ok(tree)
    }

    fn deeper(&mut self, at: Span) -> Result<(), SyntaxError> {
        self.depth += 1;
        if self.depth > DEEPEST { Err(self.error(at, "brackets are nested too deep", "take some out")) } else { Ok(()) }
    }

    /// The words right behind a field or sign.
    fn worded(&mut self, before: Span, wish: impl FnOnce(String) -> Wish) -> Result<Tree<Clause>, SyntaxError> {
        let token = self.peek().cloned();
        self.next += 1;
        match token {
            Some(Token { what: What::Word(text) | What::Quoted(text) | What::Actor(text), at }) if has_words(&text) => {
                Ok(clause(wish(text), before.cover(at)))
            }
            Some(Token { what: What::Kind(kind), at }) => Ok(clause(wish(kind.word().to_uppercase()), before.cover(at))),
            Some(Token { at, .. }) => Err(self.error(
                before.cover(at),
                "words are missing behind this",
                "write them right behind it, in quotes if there are several",
            )),
            None => Err(self.error(before, "words are missing behind this", "write them right behind it, in quotes if there are several")),
        }
    }

    fn phrase(&self, text: String, at: Span) -> Result<Tree<Clause>, SyntaxError> {
        if has_words(&text) {
            Ok(clause(Wish::Phrase(text), at))
        } else {
            Err(self.error(at, "there is no word between these quotation marks", "write one, or leave them out"))
        }
    }

    fn date(&mut self, value: &str, at: Span) -> Result<Tree<Clause>, SyntaxError> {
        // A quoted value stands in the next token.
        let (value, at) = match (value, self.peek().cloned()) {
            ("", Some(Token { what: What::Quoted(text), at: quoted })) => {
                self.next += 1;
                (text, at.cover(quoted))
            }
            _ => (value.to_owned(), at),
        };
        dates(&value).map(|dates| clause(Wish::Date(dates), at)).ok_or_else(|| {
            self.error(
                at,
                "this is no date or range of dates",
                "write date:2024, date:2024-03, date:2024-03-15, date:2024-03..2024-06, date:>=2023",
            )
        })
    }
}

fn has_words(text: &str) -> bool {
    Words::of(text).next().is_some()
}

/// A range of dates: `2024-03`, `2024-03..2024-06`, `2023..`, `>=2023`, `<2024-05-01`.
fn dates(value: &str) -> Option<Dates> {
    let one = |text: &str| Date::parse(text);
    if let Some((from, to)) = value.split_once("..") {
        let end = |text: &str| if text.trim().is_empty() { Some(None) } else { one(text).map(Some) };
        let (from, to) = (end(from)?, end(to)?);
        return (from.is_some() || to.is_some()).then_some(Dates { from, to });
    }
    for (sign, build) in [
        (">=", (|date| Dates { from: Some(date), to: None }) as fn(Date) -> Dates),
        ("<=", |date| Dates { from: None, to: Some(date) }),
        (">", |date| Dates { from: Some(date.day_behind()), to: None }),
        ("<", |date| Dates { from: None, to: Some(date.day_before()) }),
    ] {
        if let Some(rest) = value.strip_prefix(sign) {
            return one(rest).map(build);
        }
    }
    one(value).map(|date| Dates { from: Some(date), to: Some(date) })
}

#[derive(Clone, Copy)]
enum Joint {
    All,
    Any,
    Best,
}

/// One tree of several; one alone stays itself, and a joint inside the same joint dissolves in it.
fn join(mut trees: Vec<Tree<Clause>>, joint: Joint) -> Tree<Clause> {
    if trees.len() == 1 {
        return trees.remove(0);
    }
    let mut flat = Vec::with_capacity(trees.len());
    for tree in trees {
        match (joint, tree) {
            (Joint::All, Tree::All(inner)) | (Joint::Any, Tree::Any(inner)) | (Joint::Best, Tree::Best(inner)) => flat.extend(inner),
            (_, tree) => flat.push(tree),
        }
    }
    match joint {
        Joint::All => Tree::All(flat),
        Joint::Any => Tree::Any(flat),
        Joint::Best => Tree::Best(flat),
    }
}

#[cfg(test)]
#[path = "parse_tests.rs"]
mod tests;
