use super::lex::{Token, What};
use super::parse::{Parser, clause};
use super::parts::has_written;
use super::{Clause, SyntaxError, Tree, Wish};
use crate::text::Span;

/// The fields that can be asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// The headline.
    Title,
    /// The authors' names.
    Author,
    /// The outlet's name.
    Source,
    /// The language's code.
    Lang,
    /// The path of the file.
    Path,
    /// The subjects.
    Tag,
    /// Opinion, news, statement, interview …
    Kind,
}

impl Field {
    /// All fields with their names in queries.
    pub const ALL: [(&'static str, Self); 7] = [
        ("title", Self::Title),
        ("author", Self::Author),
        ("source", Self::Source),
        ("lang", Self::Lang),
        ("path", Self::Path),
        ("tag", Self::Tag),
        ("kind", Self::Kind),
    ];

    /// Its name in queries.
    #[must_use]
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(_, field)| *field == self).map_or("", |(name, _)| name)
    }

    /// Whether its values are words, among which some may be told by what they are like. The others are codes.
    #[must_use]
    pub fn has_words(self) -> bool {
        !matches!(self, Self::Lang | Self::Kind)
    }
}

/// The names of all that can be asked for by name, dates and actors too.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    Field::ALL.into_iter().map(|(name, _)| name).chain(["date", "actor"])
}

impl Parser<'_> {
    /// What stands right behind the name of `field`.
    pub(super) fn in_field(&mut self, field: Field, name: Span) -> Result<Tree<Clause>, SyntaxError> {
        let Some(token) = self.peek().cloned() else { return self.worded(name, |value| Wish::Field(field, value)) };
        let at = name.cover(token.at);
        let inside = match token.what {
            What::Open => return self.bracketed(token.at, &|wish| wish_in(field, wish)),
            What::Pattern(pattern) if field.has_words() => Wish::Pattern(pattern),
            What::Pattern(_) => {
                return Err(self.error(at, "a pattern cannot be used here", "languages and kinds have codes: lang:zh, kind:opinion"));
            }
            What::Quoted(text, Some(others)) if field == Field::Title => self.wish_of_phrase(text, Some(others), at)?,
            What::Quoted(_, Some(_)) => {
                return Err(self.error(at, "nearness works only in texts and titles", "leave out ~, or write title:"));
            }
            What::Quoted(text, None) if field.has_words() => {
                let written = has_written(&text);
                match self.wish_of_phrase(text, None, at)? {
                    _ if field != Field::Title && written => return Err(self.unwritten(at)),
                    Wish::Phrase(text) if field != Field::Title => {
                        self.next += 1;
                        return Ok(clause(Wish::Field(field, text), at));
                    }
                    phrase => phrase,
                }
            }
            What::Actor(id) if field == Field::Title => Wish::Actor(id),
            What::Equals if field == Field::Title => {
                self.next += 1;
                return self.worded(at, |words| Wish::In(field, Box::new(Wish::Exact(words))));
            }
            What::Equals => return Err(self.unwritten(at)),
            _ => return self.worded(name, |value| Wish::Field(field, value)),
        };
        self.next += 1;
        Ok(clause(Wish::In(field, Box::new(inside)), at))
    }

    /// What is wrong with `=` at a field that keeps words in their folded form alone.
    fn unwritten(&self, at: Span) -> SyntaxError {
        self.error(at, "= works only in texts and titles", "leave out =, or write title:")
    }

    /// What stands right behind `actor:`.
    pub(super) fn actor_named(&mut self, name: Span) -> Result<Tree<Clause>, SyntaxError> {
        match self.peek() {
            Some(Token { what: What::Open, at }) => {
                let at = *at;
                self.bracketed(at, &|wish| match wish {
                    Wish::Word(name) | Wish::Phrase(name) => Some(Wish::ActorNamed(name)),
                    Wish::Actor(_) => Some(wish),
                    _ => None,
                })
            }
            _ => self.worded(name, Wish::ActorNamed),
        }
    }

    /// Dates in brackets: `date:(2022 OR 2024)`.
    pub(super) fn dates_in_brackets(&mut self, open: Span) -> Result<Tree<Clause>, SyntaxError> {
        self.next += 1;
        let tree = self.bracket(open)?;
        if tree.has_nearness() {
            return Err(self.error(open, "dates cannot be joined by nearness", "write a range: date:2024-03..2024-06"));
        }
        tree.try_map(&mut |inside: Clause| match inside.wish {
            Wish::Word(value) | Wish::Phrase(value) => self.wish_of_date(value, inside.at).map(|wish| Clause { wish, at: inside.at }),
            _ => Err(self.error(inside.at, "not a date", "write dates in the brackets: date:(2022 OR 2024)")),
        })
    }

    /// Brackets of which each clause becomes what `change` makes of it: `title:(oil OR gas)` is `title:oil OR title:gas`.
    fn bracketed(&mut self, open: Span, change: &dyn Fn(Wish) -> Option<Wish>) -> Result<Tree<Clause>, SyntaxError> {
        self.next += 1;
        let tree = self.bracket(open)?;
        let refused = |parser: &Self, at| {
            parser.error(at, "this cannot be used in the brackets of a field", "use words, \"phrases\" and patterns, with AND, OR and NOT")
        };
        if tree.has_nearness() {
            return Err(refused(self, open));
        }
        tree.try_map(&mut |inside: Clause| match change(inside.wish) {
            Some(wish) => Ok(Clause { wish, at: inside.at }),
            None => Err(refused(self, inside.at)),
        })
    }
}

/// What was asked of the text, asked of `field`.
fn wish_in(field: Field, wish: Wish) -> Option<Wish> {
    match wish {
        Wish::Phrase(text) if field != Field::Title && has_written(&text) => None,
        Wish::Phrase(_) | Wish::Loose(..) | Wish::Actor(_) | Wish::Exact(_) if field == Field::Title => {
            Some(Wish::In(field, Box::new(wish)))
        }
        Wish::Word(text) | Wish::Phrase(text) => Some(Wish::Field(field, text)),
        Wish::Kind(kind) => Some(Wish::Field(field, kind.word().to_uppercase())),
        Wish::Pattern(_) if field.has_words() => Some(Wish::In(field, Box::new(wish))),
        _ => None,
    }
}
