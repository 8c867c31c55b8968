use std::fmt;

use super::Kind;
use crate::text::Span;
use crate::text::script::is_left_over;

/// A place at which an actor is named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// Its bytes in the text, titles and honorifics left out ("Mr. **Kim**").
    pub span: Span,
    /// The actor's id; `None` where nothing decides between `candidates`.
    pub actor: Option<String>,
    /// The actor's name as shown, else the fullest form in the piece.
    pub name: String,
    /// What kind of actor.
    pub kind: Kind,
    /// Whether the roster knows the actor.
    pub listed: bool,
    /// What decided.
    pub rule: Rule,
    /// The form elsewhere in the piece that the decision leaned on.
    pub of: Option<String>,
    /// The ids between which nothing decided; empty where it is decided.
    pub candidates: Vec<String>,
}

impl Mention {
    /// Leaves out what programs leave behind the last word of a name, of which nothing is seen.
    pub(super) fn drop_left_over(&mut self, text: &str) {
        self.span = self.span.without_left_over(text);
        for name in self.of.iter_mut().chain([&mut self.name]) {
            name.truncate(name.trim_end_matches(is_left_over).len());
        }
    }
}

/// What decided who is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Rule {
    /// A full name that one actor alone has.
    FullName,
    /// A short name whose full name stands in the same piece.
    ShortName,
    /// A name that several actors have, of whom the piece names one alone in full.
    SharedName,
    /// "Russian", "les Russes", 俄方: the people or a thing of a state.
    Demonym,
    /// A capital that stands for its government.
    Capital,
    /// A seat that stands for its government: the Kremlin.
    Seat,
    /// Nothing decided.
    Undecided,
    /// An unlisted name behind a title or honorific, here or elsewhere in the piece.
    Title,
    /// An unlisted name with a calling or an age beside it: "Jenny Example, a senior fellow at …".
    Apposition,
    /// An unlisted name that says something, or does what people alone do.
    Speech,
    /// An unlisted organisation of whom someone is a member, an official, a spokesman.
    Frame,
    /// An unlisted name that is made as people's names are: a given name, a family name, an initial.
    NameForm,
    /// An unlisted name that is made as those of organisations are: Ministry of …, … Inc.
    OrgForm,
    /// An acronym that the piece introduces in brackets, or the name before it.
    Acronym,
    /// Several have the name, of whom one held office when the piece was published; where an office beside it told that, also at its other places.
    Office,
    /// An organ or a party, as several states have under this name, of the state that stands nearest or that the piece is about.
    Nearby,
}

impl Rule {
    /// What it means, as a clause.
    #[must_use]
    pub const fn meaning(self) -> &'static str {
        match self {
            Self::FullName => "a full name that this actor alone has",
            Self::ShortName => "a short name, and the full one stands in the piece",
            Self::SharedName => "several have this name, and the piece names one of them alone in full",
            Self::Demonym => "the people or a thing of the state",
            Self::Capital => "a capital that acts as a government does",
            Self::Seat => "a seat that stands for the government",
            Self::Undecided => "several have this name, and nothing in the piece decides",
            Self::Title => "a name behind a title or honorific",
            Self::Apposition => "a name with a calling or an age beside it",
            Self::Speech => "a name that says something, or does what people do",
            Self::Frame => "someone is its member, official or spokesman",
            Self::NameForm => "it is made as people's names are",
            Self::OrgForm => "it is made as the names of organisations are",
            Self::Acronym => "the piece introduces the acronym in brackets",
            Self::Office => "of those who have this name, one held office when the piece was published",
            Self::Nearby => {
                "several states have one of this name, and what stands near, or the state that the piece is about, tells whose it is"
            }
        }
    }
}

impl Rule {
    /// Its word in output.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::FullName => "full-name",
            Self::ShortName => "short-name",
            Self::SharedName => "shared-name",
            Self::Demonym => "demonym",
            Self::Capital => "capital",
            Self::Seat => "seat",
            Self::Undecided => "undecided",
            Self::Title => "title",
            Self::Apposition => "apposition",
            Self::Speech => "speech",
            Self::Frame => "frame",
            Self::NameForm => "name-form",
            Self::OrgForm => "org-form",
            Self::Acronym => "acronym",
            Self::Office => "office",
            Self::Nearby => "nearby",
        }
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}
