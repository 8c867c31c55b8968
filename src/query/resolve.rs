//! Names in a query tied to actors, and times told from today to dates.
//!
//! What comes out has another type, in which nothing is left to look up: no later floor can meet an unknown name.

use std::fmt;

use super::dates::dates;
use super::lex::upright;
use super::misnamed::any_of_kind;
use super::pattern::{MOST_PATTERNS, TOO_MANY};
use super::{Clause, Dates, Field, Mode, Pattern, PhrasePart, SyntaxError, Tree, Undated, Wish, parts};
use crate::actors::{Actor, Kind, RosterInUse};
use crate::pieces::Date;

/// A clause with nothing left to look up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leaf {
    /// What is asked for.
    pub ask: Ask,
    /// The clause as the user wrote it.
    pub label: String,
    /// Whether the user did not write it: it says otherwise what another clause says.
    pub implied: bool,
}

/// What a resolved clause asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ask {
    /// A word, in any of its inflections.
    Word(String),
    /// A word that is like this.
    Pattern(Pattern),
    /// Words as they are, in order.
    Phrase(String),
    /// Words, patterns and actors of the roster, in order.
    Parts(Vec<PhrasePart>),
    /// The same in any order, with at the most so many other words between them.
    Loose(Vec<PhrasePart>, u32),
    /// Words as they are written.
    Exact(String),
    /// In a title a word, in any of its inflections; in another field words in order.
    Field(Field, String),
    /// More than words in a field: a pattern or parts, and in titles a phrase, also a loose one, an actor or words as they are written.
    In(Field, Box<Ask>),
    /// A date of publication, and what is to become of pieces without one.
    Date(Dates, Undated),
    /// An actor of the roster, by its id.
    Actor(String),
    /// A piece that mentions an actor of the roster, by its id, wherever it does.
    Mentions(String),
    /// Any actor of a kind.
    Kind(Kind),
}

impl fmt::Display for Leaf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.label)
    }
}

/// What a query is understood by, beside itself.
#[derive(Clone, Copy)]
pub struct QueryContext<'k> {
    /// The actors who are known.
    pub roster: RosterInUse,
    /// Those whom no roster lists, if there is an index that mentions them.
    pub unlisted: Option<&'k dyn Unlisted>,
    /// What day it is, if somebody says.
    pub today: Option<Date>,
}

/// Actors whom no roster lists.
pub trait Unlisted {
    /// The id of the one who has this id or name, if one has.
    fn find(&self, name: &str) -> Option<String>;

    /// The ids of those with an id or name like this, the most alike first.
    fn similar(&self, name: &str) -> Vec<String>;
}

/// Ties the names in `tree`, which was parsed of `query`, to the actors of the roster, and times told from today to dates.
///
/// # Errors
/// A name that no actor has, or several have; more than 256 patterns. In [`Mode::Any`] an unknown name is plain words instead, and so is one that is not ASCII.
pub fn resolve(tree: Tree<Clause>, query: &str, mode: Mode, context: QueryContext<'_>) -> Result<Tree<Leaf>, SyntaxError> {
    let mut patterns = 0;
    tree.try_map(&mut |clause: Clause| {
        let error = |(problem, hint): Fault| SyntaxError::new(query, clause.at, problem, hint);
        let mut label = typed(&clause, query);
        if let Wish::When(value) = &clause.wish {
            let dates = context.today.and_then(|today| dates(value, today));
            let nobody = || error(("a relative date needs today's date".to_owned(), "write a date: date:2024-03".to_owned()));
            label = dates.ok_or_else(nobody)?.to_string();
        }
        let ask = context.ask(clause.wish, mode).map_err(error)?;
        patterns += ask.patterns();
        if patterns > MOST_PATTERNS {
            return Err(error((TOO_MANY.0.to_owned(), TOO_MANY.1.to_owned())));
        }
        Ok(Leaf { ask, label, implied: false })
    })
}

impl Ask {
    fn patterns(&self) -> usize {
        match self {
            Self::Pattern(_) => 1,
            Self::Parts(parts) | Self::Loose(parts, _) => parts.iter().filter(|part| matches!(part, PhrasePart::Pattern(_))).count(),
            Self::In(_, ask) => ask.patterns(),
            _ => 0,
        }
    }
}

/// A clause as the user wrote it, by itself: in the brackets of a field it is written without the field's name.
fn typed(clause: &Clause, query: &str) -> String {
    let typed = clause.at.of(query);
    let name = match clause.wish {
        Wish::Field(field, _) | Wish::In(field, _) => field.name(),
        Wish::ActorNamed(_) => "actor",
        Wish::Date(_) => "date",
        _ => return typed.to_owned(),
    };
    let has_name = |written: char| matches!(written, '@' | '＠') && name == "actor";
    let begins = typed.split([':', '：']).next().is_some_and(|before| upright(before) == name && before.len() < typed.len());
    if begins || typed.starts_with(has_name) { typed.to_owned() } else { format!("{name}:{typed}") }
}

/// What is wrong, and what to do.
type Fault = (String, String);

impl QueryContext<'_> {
    fn ask(self, wish: Wish, mode: Mode) -> Result<Ask, Fault> {
        Ok(match wish {
            Wish::Word(word) => Ask::Word(word),
            Wish::Pattern(pattern) => Ask::Pattern(pattern),
            Wish::Phrase(words) => {
                let parts = self.parts(&words, mode)?;
                if are_words(&parts) { Ask::Phrase(words) } else { Ask::Parts(parts) }
            }
            Wish::Loose(words, others) => Ask::Loose(self.parts(&words, mode)?, others),
            Wish::Exact(words) => Ask::Exact(words),
            Wish::Field(field, value) if field.has_words() => {
                // Only titles have mentions, and they are asked for those by phrases.
                let parts = without_actors(&value)?;
                if are_words(&parts) { Ask::Field(field, value) } else { Ask::In(field, Box::new(Ask::Parts(parts))) }
            }
            Wish::Field(field, value) => Ask::Field(field, value),
            Wish::In(field, wish) => match self.ask(*wish, mode)? {
                // The name of an actor whom nobody knows.
                Ask::Word(words) => Ask::Field(field, words),
                ask => Ask::In(field, Box::new(ask)),
            },
            Wish::Date(dates) => Ask::Date(dates, Undated::Exclude),
            Wish::When(value) => Ask::Date(self.today.and_then(|today| dates(&value, today)).unwrap_or_default(), Undated::Exclude),
            Wish::Kind(kind) => Ask::Kind(kind),
            Wish::Actor(name) => self.actor_or_word(name, true, mode)?,
            Wish::ActorNamed(name) => self.actor_or_word(name, false, mode)?,
        })
    }

    fn actor_or_word(self, name: String, by_id: bool, mode: Mode) -> Result<Ask, Fault> {
        match self.known(&name, by_id) {
            Ok(id) => Ok(Ask::Actor(id)),
            Err(_) if mode == Mode::Any || by_id && is_handle(&name, mode) => Ok(Ask::Word(name)),
            Err(several) => Err(self.fault(&name, &several)),
        }
    }

    /// The parts of a phrase, their actors by the ids of the roster.
    fn parts(self, text: &str, mode: Mode) -> Result<Vec<PhrasePart>, Fault> {
        let known = |part| match part {
            PhrasePart::Actor(name) => match self.known(&name, true) {
                Ok(id) => Ok(PhrasePart::Actor(id)),
                Err(_) if is_handle(&name, mode) => Ok(PhrasePart::Words(name)),
                Err(several) => Err(self.fault(&name, &several)),
            },
            part => Ok(part),
        };
        parts_of(text)?.into_iter().map(known).collect()
    }

    /// The id of the actor with this id or name; the ids of several, or of none, if it is not one who is known so.
    fn known(self, name: &str, by_id: bool) -> Result<String, Vec<String>> {
        let roster = self.roster.roster();
        if let Some(actor) = roster.find(name) {
            return Ok(actor.id.to_string());
        }
        let written = if by_id { spaced(name) } else { name.to_owned() };
        match roster.named(&written).as_slice() {
            [actor] => Ok(actor.id.to_string()),
            [] => self.unlisted.and_then(|unlisted| unlisted.find(name)).ok_or_else(Vec::new),
            several => Err(several.iter().map(|actor| actor.id.to_string()).collect()),
        }
    }

    /// What is wrong with a name that several actors have, or none, and what to do. To look for one that is written nearly so takes longer than
    /// many a search.
    fn fault(self, name: &str, several: &[String]) -> Fault {
        let sign = |id: &str| format!("@{id}");
        if !several.is_empty() {
            let ids: Vec<String> = several.iter().map(|id| sign(id)).collect();
            return (format!("{} actors are known as \"{name}\"", several.len()), format!("choose one: {}", ids.join(", ")));
        }
        let fault = format!("no actor is known as \"{name}\"");
        if let Some(any) = any_of_kind(name) {
            return (fault, format!("to find any mention of that kind of actor write {any}"));
        }
        let roster = self.roster.roster();
        let mut similar: Vec<String> = roster.similar(&spaced(name), SIMILAR).iter().map(|actor: &&Actor| sign(&actor.id)).collect();
        let others = self.unlisted.map(|unlisted| unlisted.similar(name)).unwrap_or_default();
        for other in others.iter().take(SIMILAR).map(|id| sign(id)) {
            if !similar.contains(&other) {
                similar.push(other);
            }
        }
        let hint = if similar.is_empty() {
            "look up names with: pundit actors find NAME; to find the name as a word write it without @ or actor:".to_owned()
        } else {
            format!("did you mean {}?", similar.join(", "))
        };
        (fault, hint)
    }
}

/// An id as a name.
fn spaced(id: &str) -> String {
    id.replace('-', " ")
}

/// Whether the name of an actor whom nobody knows is no more than words: ids are mostly ASCII, and handles of networks are not.
fn is_handle(name: &str, mode: Mode) -> bool {
    mode == Mode::Any || !name.is_ascii()
}

/// So many actors of the roster, and so many of the index, are told instead of one that is unknown.
const SIMILAR: usize = 3;

fn parts_of(text: &str) -> Result<Vec<PhrasePart>, Fault> {
    parts::parts(text).map_err(|(problem, hint)| (problem.to_owned(), hint.to_owned()))
}

fn without_actors(text: &str) -> Result<Vec<PhrasePart>, Fault> {
    Ok(parts_of(text)?.into_iter().map(|part| if let PhrasePart::Actor(name) = part { PhrasePart::Words(name) } else { part }).collect())
}

fn are_words(parts: &[PhrasePart]) -> bool {
    parts.iter().all(|part| matches!(part, PhrasePart::Words(_)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::parse;

    fn resolved(query: &str, mode: Mode) -> Result<String, String> {
        let context = QueryContext { roster: RosterInUse::default(), unlisted: Some(&Two), today: Date::day(2024, 3, 31) };
        parse(query, mode)
            .and_then(|tree| resolve(tree, query, mode, context))
            .map(|tree| format!("{tree} = {:?}", asks(&tree)))
            .map_err(|error| format!("{error} | {}", error.hint.clone().unwrap_or_default()))
    }

    /// An index that mentions two actors whom no roster lists.
    struct Two;

    impl Unlisted for Two {
        fn find(&self, name: &str) -> Option<String> {
            ["jenny-example", "王小明"].into_iter().find(|id| *id == name.to_lowercase().replace(' ', "-")).map(ToOwned::to_owned)
        }

        fn similar(&self, name: &str) -> Vec<String> {
            if name.starts_with("jenny") { vec!["jenny-example".to_owned()] } else { Vec::new() }
        }
    }

    fn asks(tree: &Tree<Leaf>) -> Vec<Ask> {
        let mut out = Vec::new();
        tree.wanted(&mut |leaf| out.push(leaf.ask.clone()));
        out
    }

    #[test]
    fn names_become_actors() {
        for query in ["@russia", "actor:Russia", "actor:俄罗斯", "actor:\"Russian Federation\""] {
            assert_eq!(resolved(query, Mode::All).unwrap(), format!("{query} = [Actor(\"russia\")]"));
        }
    }

    #[test]
    fn actors_in_phrases_and_times_are_tied_down() {
        assert_eq!(
            resolved("\"@russia met\" date:last-month", Mode::All).unwrap(),
            "\"@russia met\" AND date:2024-02 = [Parts([Actor(\"russia\"), Words(\"met\")]), \
             Date(Dates { from: Some(Date { first: 2024-02-01, precision: Month }), to: Some(Date { first: 2024-02-01, precision: Month }) }, Exclude)]"
        );
        assert!(resolved("\"@rossija met\"", Mode::All).unwrap_err().contains("no actor is known"));
        assert!(resolved("\"@rossija met\"~3", Mode::Any).unwrap().ends_with("[Loose([Words(\"rossija\"), Words(\"met\")], 3)]"));
    }

    #[test]
    fn very_many_patterns_are_refused() {
        let query = |patterns: usize| vec!["aa*"; patterns].join(" OR ");
        assert!(resolved(&query(MOST_PATTERNS), Mode::All).is_ok());
        // A text so long is words.
        assert!(resolved(&vec!["aa*"; MOST_PATTERNS + 1].join(" "), Mode::Any).is_ok());
        let refused = resolved(&query(MOST_PATTERNS + 1), Mode::All).unwrap_err();
        assert!(refused.contains("too many words are told by patterns") && refused.contains("at most 256"), "{refused}");
        let phrase = format!("title:\"{}\"", "aa* ".repeat(MOST_PATTERNS));
        assert!(resolved(&phrase, Mode::All).is_ok() && resolved(&format!("{phrase} bb*"), Mode::All).is_err());
        // Before any of them is made, which would take minutes.
        let hard = "*a?b?c?d?e*f?g*";
        for many in [vec![hard; 4_000].join(" "), format!("\"{}\"", vec![hard; 4_000].join("-")), vec!["/[a-z]{9}b/"; 4_000].join(" OR ")] {
            assert!(resolved(&many, Mode::All).unwrap_err().contains("too many words are told by patterns"), "{many:.20}");
            assert!(resolved(&many, Mode::Any).is_ok());
        }
        // What stands in a regular expression is one pattern, whatever it has.
        assert!(resolved(&vec!["/a.*b.*c/"; MOST_PATTERNS].join(" OR "), Mode::All).is_ok());
        let asked = vec!["why?"; 4_000].join(" ");
        assert!(resolved(&asked, Mode::All).is_ok(), "question marks are punctuation");
    }

    #[test]
    fn what_stands_in_the_brackets_of_a_field_is_told_with_its_name() {
        for (query, shown) in [
            ("lang:(en OR zh) oil", "(lang:en OR lang:zh) AND oil"),
            ("title:（oil）", "title:oil"),
            ("NOT title：(\"a: b\" veto* =US @russia)", "NOT (title:\"a: b\" AND title:veto* AND title:=US AND title:@russia)"),
            ("actor:(Russia OR @china)", "actor:Russia OR @china"),
            ("date:(2022 OR 2024-03) oil", "(date:2022 OR date:2024-03) AND oil"),
            ("source:bbc ｌａｎｇ：en", "source:bbc AND ｌａｎｇ：en"),
        ] {
            let told = resolved(query, Mode::All).unwrap();
            let (told, asks) = told.split_once(" = ").unwrap();
            assert_eq!(told, shown);
            assert_eq!(resolved(told, Mode::All).unwrap().split_once(" = ").unwrap().1, asks, "{told}");
        }
    }

    #[test]
    fn unknown_names_get_suggestions() {
        assert_eq!(resolved("@rossija", Mode::All).unwrap_err().split(" | ").next(), Some("no actor is known as \"rossija\""));
        assert!(resolved("@russsia", Mode::All).unwrap_err().contains("@russia"));
        assert!(resolved("actor:person", Mode::All).unwrap_err().ends_with("write PERSON"));
        assert_eq!(resolved("@russsia", Mode::Any).unwrap(), "@russsia = [Word(\"russsia\")]");
    }

    #[test]
    fn actors_whom_no_roster_lists_are_known_from_the_index() {
        for (query, id) in [("@jenny-example", "jenny-example"), ("actor:\"Jenny Example\"", "jenny-example"), ("@王小明", "王小明")]
        {
            assert_eq!(resolved(query, Mode::All).unwrap(), format!("{query} = [Actor({id:?})]"));
        }
        assert_eq!(resolved("@王小朋", Mode::All).unwrap(), "@王小朋 = [Word(\"王小朋\")]");
        assert!(resolved("@jenny-exemple", Mode::All).unwrap_err().ends_with("did you mean @jenny-example?"));
    }

    #[test]
    fn fields_hold_patterns_and_titles_hold_actors() {
        let table = [
            ("title:arm*", "[In(Title, Pattern(Like(\"arm*\")))]"),
            ("title:\"arms contr*\"", "[In(Title, Parts([Words(\"arms\"), Pattern(Like(\"contr*\"))]))]"),
            ("title:=US", "[In(Title, Exact(\"US\"))]"),
            ("title:\"the =US\"", "[In(Title, Parts([Words(\"the\"), Written(\"US\")]))]"),
            ("title:\"arms control\"~2", "[In(Title, Loose([Words(\"arms control\")], 2))]"),
            ("title:@russia", "[In(Title, Actor(\"russia\"))]"),
            ("source:meridain~2", "[In(Source, Pattern(Fuzzy(\"meridain\", 2)))]"),
            ("path:/20(23|24)/", "[In(Path, Pattern(Regex(\"20(23|24)\")))]"),
            ("author:@russia", "[Field(Author, \"russia\")]"),
            ("title:制裁*", "[Field(Title, \"制裁*\")]"),
        ];
        for (query, asked) in table {
            assert_eq!(resolved(query, Mode::All).unwrap(), format!("{query} = {asked}"));
        }
        assert!(resolved("title:@rossija", Mode::All).is_err());
        assert_eq!(resolved("title:@rossija", Mode::Any).unwrap(), "title:@rossija = [Field(Title, \"rossija\")]");
    }

    #[test]
    fn shared_names_are_told_apart_by_the_user() {
        let error = resolved("actor:Congo", Mode::All).unwrap_err();
        assert!(error.contains("2 actors") && error.contains("@dr-congo"), "{error}");
    }
}
