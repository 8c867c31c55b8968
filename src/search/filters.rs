//! What pieces must be, beside what a query asks for.

use super::Error;
use super::error::End;
use crate::pieces::Date;
use crate::query::{Ask, Clause, Dates, Field, Leaf, Mode, QueryContext, SyntaxError, Tree, Undated, Wish, parse, resolve, time};
use crate::text::Span;

/// What pieces must be, beside what the query asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filters {
    /// Actors whom they must mention, by id or name.
    pub actors: Vec<String>,
    /// Languages, one of which they must be in.
    pub langs: Vec<String>,
    /// Outlets, one of which they must be from.
    pub sources: Vec<String>,
    /// Authors, one of whom must have written them.
    pub authors: Vec<String>,
    /// The first date.
    pub since: Option<String>,
    /// The last date.
    pub until: Option<String>,
    /// What becomes of pieces without date.
    pub undated: Option<Undated>,
}

/// `asked`, and all of `filters` too.
pub(super) fn narrowed(asked: Tree<Leaf>, filters: Vec<Tree<Leaf>>) -> Tree<Leaf> {
    if filters.is_empty() { asked } else { Tree::All(std::iter::once(asked).chain(filters).collect()) }
}

impl Filters {
    /// The flags of those that there are.
    pub(super) fn flags(&self) -> Vec<&'static str> {
        let Self { actors, langs, sources, authors, since, until, undated } = self;
        let flags = [
            ("--actor", !actors.is_empty()),
            ("--lang", !langs.is_empty()),
            ("--source", !sources.is_empty()),
            ("--author", !authors.is_empty()),
            ("--since", since.is_some()),
            ("--until", until.is_some()),
            ("--undated", undated.is_some()),
        ];
        flags.into_iter().filter(|(_, is_there)| *is_there).map(|(flag, _)| flag).collect()
    }

    /// The filters as clauses beside what is asked.
    ///
    /// To mention an actor is then a fact of a piece, like its language. Where nothing is asked but facts, the mentions are what there is to show.
    pub(super) fn clauses(&self, asked: &Tree<Leaf>, context: QueryContext<'_>) -> Result<Vec<Tree<Leaf>>, Error> {
        let mut clauses = Vec::new();
        let has_places = has_places(asked);
        for name in &self.actors {
            let query = format!("actor:\"{}\"", name.replace('"', " "));
            let clause = parse(&query, Mode::All).and_then(|tree| resolve(tree, &query, Mode::All, context)).map_err(of_filter("actor"))?;
            clauses.push(if has_places { as_fact(clause) } else { clause });
        }
        for (field, values) in [(Field::Lang, &self.langs), (Field::Source, &self.sources), (Field::Author, &self.authors)] {
            let resolved = |value: &String| {
                let wish = Wish::Field(field, value.clone());
                let query = wish.to_string();
                resolve(Tree::Clause(Clause { wish, at: Span::new(0, query.len()) }), &query, Mode::All, context)
            };
            let mut any: Vec<Tree<Leaf>> = values.iter().map(resolved).collect::<Result<_, _>>().map_err(of_filter(field.name()))?;
            match any.len() {
                0 => {}
                1 => clauses.append(&mut any),
                _ => clauses.push(Tree::Any(any)),
            }
        }
        let date = |end, value| date(end, value, context.today);
        let (since, until) = (date(End::Since, self.since.as_deref())?, date(End::Until, self.until.as_deref())?);
        let dates = Dates { from: since.from, to: until.to };
        if let (Some(since), Some(until), Some((from, to))) = (&self.since, &self.until, dates.from.zip(dates.to))
            && from.first_day() > to.last_day()
        {
            return Err(Error::Backwards { since: since.clone(), until: until.clone() });
        }
        if dates != Dates::default() || self.undated.is_some() {
            let ask = Ask::Date(dates, self.undated.unwrap_or_default());
            let label = if dates == Dates::default() { "what --undated says".to_owned() } else { dates.to_string() };
            clauses.push(Tree::Clause(Leaf { ask, label, implied: false }));
        }
        Ok(clauses)
    }
}

/// What it means that a query made of the filter `name` is wrong.
fn of_filter(name: &'static str) -> impl Fn(SyntaxError) -> Error {
    move |error| Error::Filter { name, error }
}

/// The time that is given for an end; an open range for none.
fn date(end: End, value: Option<&str>, today: Option<Date>) -> Result<Dates, Error> {
    let Some(value) = value else { return Ok(Dates::default()) };
    time(value, today).ok_or_else(|| Error::NoDate { end, value: value.to_owned() })
}

/// Whether something of `asked` stands at places of a piece: not where it is about its date, its language and the like alone.
fn has_places(asked: &Tree<Leaf>) -> bool {
    let mut has_places = false;
    asked.wanted(&mut |leaf| {
        has_places |= match &leaf.ask {
            Ask::Field(field, _) | Ask::In(field, _) => *field == Field::Title,
            Ask::Date(..) | Ask::Mentions(_) => false,
            _ => true,
        }
    });
    has_places
}

/// A clause that asks for an actor, as one that asks for pieces which mention him.
fn as_fact(clause: Tree<Leaf>) -> Tree<Leaf> {
    match clause {
        Tree::Clause(Leaf { ask: Ask::Actor(id), label, implied }) => Tree::Clause(Leaf { ask: Ask::Mentions(id), label, implied }),
        clause => clause,
    }
}

/// `asked`, with what `undated` says of pieces without date also said where it asks for a date. What is negated excludes none of them.
pub(super) fn admitting(asked: Tree<Leaf>, undated: Option<Undated>) -> Tree<Leaf> {
    let Some(said) = undated else { return asked };
    let each = |trees: Vec<Tree<Leaf>>| trees.into_iter().map(|tree| admitting(tree, undated)).collect();
    match asked {
        Tree::All(trees) => Tree::All(each(trees)),
        Tree::Any(trees) => Tree::Any(each(trees)),
        Tree::Best(trees) => Tree::Best(each(trees)),
        Tree::Must(tree) => Tree::Must(Box::new(admitting(*tree, undated))),
        Tree::Boost(tree, weight) => Tree::Boost(Box::new(admitting(*tree, undated)), weight),
        Tree::Clause(Leaf { ask: Ask::Date(dates, _), label, implied }) => {
            Tree::Clause(Leaf { ask: Ask::Date(dates, said), label, implied })
        }
        asked @ (Tree::Not(_) | Tree::Near(..) | Tree::AtLeast(..) | Tree::Clause(_)) => asked,
    }
}
