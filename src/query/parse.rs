//! Tokens become a tree: a parser by recursive descent, whose depth is bounded.
//!
//! Errors are made where they are noticed, with the place in the query and what to write instead. Where no text may be an error
//! ([`Mode::Any`]), what does not parse is plain words.

use super::dates::{Dates, dates, is_relative};
use super::lex::{Token, What, lex};
use super::{Clause, SyntaxError, Tree, Wish, parts};
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
pub(super) const DEEPEST: usize = 64;

/// The tree of `query`.
///
/// Words are ANDed; `OR`, `NOT` (or `-`), brackets and quotes as everywhere. What binds tightest first: a sign before or behind something
/// (`NOT`, `-`, `+`, `=`, `title:`, `^2`), nearness (`w/5`, from left to right: `a w/5 b w/3 c` is `(a w/5 b) w/3 c`), AND, OR. In
/// [`Mode::Any`] a text that does not parse is taken for plain words, and in a long one operators are.
///
/// ```
/// use pundit::query::{Mode, parse};
/// let tree = parse("sanctions (oil OR coal) -title:opinion", Mode::All).unwrap();
/// assert_eq!(tree.to_string(), "sanctions AND (oil OR coal) AND NOT title:opinion");
/// let tree = parse("oil OR gas w/5 (embargo OR ban) 2024", Mode::All).unwrap();
/// assert_eq!(tree.to_string(), "oil OR ((gas w/5 (embargo OR ban)) AND 2024)");
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
        What::And | What::Or | What::Not | What::Near(_) | What::AtLeast(_) | What::Pattern(_) => {
            Some(Token { what: What::Word(token.at.of(query).to_owned()), at: token.at })
        }
        What::Minus | What::Plus | What::Equals | What::Open | What::Close | What::Weight(_) => None,
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
        0 if query.trim().is_empty() => Err(empty(query)),
        // It holds no word, and nothing has that.
        0 => Ok(clause(Wish::Word(query.trim().to_owned()), Span::new(0, query.len()))),
        1 => Ok(words.remove(0)),
        _ => Ok(Tree::Best(words)),
    }
}

fn empty(query: &str) -> SyntaxError {
    SyntaxError::new(
        query,
        Span::new(0, query.len()),
        "the query has no word to search for",
        "write a word, a \"phrase\", or an actor such as @united-nations",
    )
}

pub(super) const fn clause(wish: Wish, at: Span) -> Tree<Clause> {
    Tree::Clause(Clause { wish, at })
}

pub(super) struct Parser<'q> {
    pub(super) query: &'q str,
    mode: Mode,
    pub(super) tokens: &'q [Token],
    pub(super) next: usize,
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
            Some(token) => Err(self.error(token.at, "this bracket has no partner", "remove it, or open one before it")),
        }
    }

    pub(super) fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.next)
    }

    pub(super) fn error(&self, at: Span, problem: &str, hint: &str) -> SyntaxError {
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
                    "add a term after it, or write or in lower case to search for the word",
                ));
            }
            parts.push(self.sequence()?);
        }
        Ok(join(parts, Joint::Any))
    }

    /// Parts one after the other, with AND between them or without.
    fn sequence(&mut self) -> Result<Tree<Clause>, SyntaxError> {
        if !self.begins_part() {
            let (at, hint) = match self.peek() {
                Some(token) => (token.at, "write a word before it"),
                None => (Span::new(self.query.len(), self.query.len()), "write a word at the end, or leave out what stands before it"),
            };
            return Err(self.error(at, "a term is missing here", hint));
        }
        let mut groups: Vec<Vec<Tree<Clause>>> = Vec::new();
        let mut joined = false;
        loop {
            let part = self.nearness()?;
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
                        "add a term after it, or write and in lower case to search for the word",
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

    pub(super) fn begins_part(&self) -> bool {
        self.peek().is_some_and(|token| !matches!(token.what, What::Close | What::And | What::Or))
    }

    pub(super) fn part(&mut self) -> Result<Tree<Clause>, SyntaxError> {
        let mut tree = self.bare_part()?;
        while let Some(What::Weight(weight)) = self.peek().map(|token| &token.what) {
            let weight = *weight;
            self.next += 1;
            tree = match tree {
                // A sign before something is about all of it, weight included.
                Tree::Not(inner) => Tree::Not(Box::new(Tree::Boost(inner, weight))),
                Tree::Must(inner) => Tree::Must(Box::new(Tree::Boost(inner, weight))),
                tree => Tree::Boost(Box::new(tree), weight),
            };
        }
        Ok(tree)
    }

    fn bare_part(&mut self) -> Result<Tree<Clause>, SyntaxError> {
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
            What::AtLeast(times) => self.at_least(times, token.at),
            What::Equals => self.worded(token.at, Wish::Exact),
            What::Field(field) => self.in_field(field, token.at),
            What::ActorField => self.actor_named(token.at),
            What::Date(value) => self.date(&value, token.at),
            What::Actor(id) => Ok(clause(Wish::Actor(id), token.at)),
            What::Kind(kind) => Ok(clause(Wish::Kind(kind), token.at)),
            What::Quoted(text, others) => Ok(clause(self.wish_of_phrase(text, others, token.at)?, token.at)),
            What::Pattern(pattern) => Ok(clause(Wish::Pattern(pattern), token.at)),
            What::Word(word) => Ok(clause(Wish::Word(word), token.at)),
            What::Near(how) => Err(self.error(token.at, &format!("{how} needs something on both sides"), "write a term before it")),
            What::Weight(_) => Err(self.error(token.at, "this weight belongs to no word", "write it right after a word: oil^2")),
            What::Close | What::And | What::Or => Err(self.error(token.at, "a term is missing here", "write a word before it")),
        }
    }

    fn prefixed(&mut self, at: Span, sign: &str) -> Result<Tree<Clause>, SyntaxError> {
        self.deeper(at)?;
        let part = if self.begins_part() {
            self.part()
        } else {
            Err(self.error(at, &format!("{sign} needs something after it"), "write a term after it"))
        };
        self.depth -= 1;
        part
    }

    pub(super) fn bracket(&mut self, at: Span) -> Result<Tree<Clause>, SyntaxError> {
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
        if self.depth > DEEPEST { Err(self.error(at, "brackets are nested too deeply", "remove some")) } else { Ok(()) }
    }

    /// The words right behind a field or sign.
    pub(super) fn worded(&mut self, before: Span, wish: impl FnOnce(String) -> Wish) -> Result<Tree<Clause>, SyntaxError> {
        let token = self.peek().cloned();
        self.next += 1;
        match token {
            Some(Token { what: What::Word(text) | What::Quoted(text, None) | What::Actor(text), at }) if has_words(&text) => {
                Ok(clause(wish(text), before.cover(at)))
            }
            Some(Token { what: What::Kind(kind), at }) => Ok(clause(wish(kind.word().to_uppercase()), before.cover(at))),
            Some(Token { what: What::Pattern(_), at }) => {
                Err(self.error(before.cover(at), "a pattern cannot be used here", "write whole words here"))
            }
            Some(Token { at, .. }) => Err(self.error(
                before.cover(at),
                "words are missing after this",
                "write them right after it, in quotes if there are several",
            )),
            None => Err(self.error(before, "words are missing after this", "write them right after it, in quotes if there are several")),
        }
    }

    /// What a phrase asks for.
    pub(super) fn wish_of_phrase(&self, text: String, others: Option<u32>, at: Span) -> Result<Wish, SyntaxError> {
        if !has_words(&text) {
            return Err(self.error(at, "there is no word between these quotation marks", "write one, or leave them out"));
        }
        if let Err((problem, hint)) = parts::parts(&text) {
            return Err(self.error(at, problem, hint));
        }
        Ok(match others {
            Some(others) => Wish::Loose(text, others),
            None => Wish::Phrase(text),
        })
    }

    fn date(&mut self, value: &str, at: Span) -> Result<Tree<Clause>, SyntaxError> {
        // A quoted value stands in the next token.
        let (value, at) = match (value, self.peek().cloned()) {
            ("", Some(Token { what: What::Open, at: open })) => return self.dates_in_brackets(open),
            ("", Some(Token { what: What::Quoted(text, None), at: quoted })) => {
                self.next += 1;
                (text, at.cover(quoted))
            }
            _ => (value.to_owned(), at),
        };
        Ok(clause(self.wish_of_date(value, at)?, at))
    }

    /// What a date, or a range of dates, asks for.
    pub(super) fn wish_of_date(&self, value: String, at: Span) -> Result<Wish, SyntaxError> {
        // What day it is makes no difference to whether this is a date.
        let found = Date::from_days(0).and_then(|day| dates(&value, day));
        let relative = is_relative(&value);
        if let Some(Dates { from: Some(from), to: Some(to) }) = found
            && !relative
            && to.last_day() < from.first_day()
        {
            return Err(self.error(at, "this range ends before it begins", &format!("write date:{to}..{from}")));
        }
        found.map(|dates| if relative { Wish::When(value) } else { Wish::Date(dates) }).ok_or_else(|| {
            self.error(
                at,
                "not a date or a range of dates",
                "write date:2024, date:2024-03, date:2024-03-15, date:2024-03..2024-06, date:>=2023, date:last-month, date:last-7-days",
            )
        })
    }
}

fn has_words(text: &str) -> bool {
    Words::of(text).next().is_some()
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
