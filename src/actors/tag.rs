use std::cell::RefCell;
use std::sync::Arc;

use super::choose::{Listed, Part, Piece};
use super::matcher::Known;
use super::met::Met;
use super::unlisted::{self, Decided, View};
use super::{Kind, Matcher, Mention, Roster, Rule};
use crate::text::terms::Analysed;
use crate::text::{Language, Span};

/// Finds the mentions in pieces. Remembers what is known of words, so each thread keeps one and uses it again.
pub struct Tagger<'r> {
    roster: &'r Roster,
    matcher: Arc<Matcher>,
    met: RefCell<Met>,
}

/// A title or a text, and its words.
type Words<'p> = (&'p str, &'p Analysed);

/// The mentions of a piece, in order.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Tagged {
    /// Those in its title.
    pub title: Vec<Mention>,
    /// Those in its text.
    pub text: Vec<Mention>,
}

impl<'r> Tagger<'r> {
    /// A tagger by `roster`, for which `matcher` was made.
    #[must_use]
    pub fn new(roster: &'r Roster, matcher: Arc<Matcher>) -> Self {
        Self { roster, matcher, met: RefCell::default() }
    }

    /// The mentions in a piece in `language`: its title and its text, each with its words. `day` is when it was published, counted from 1970.
    #[must_use]
    pub fn tag(&self, title: Words<'_>, text: Words<'_>, language: Language, day: Option<i32>) -> Tagged {
        let known = self.known(title, text);
        let decided = self.listed(title, text, &known, language, day);
        let views = views([title, text], &known, &decided, language);
        let found = unlisted::find(&views, language);
        drop(views);
        let mut merged = decided.into_iter().zip(found).zip([title.0, text.0]).map(|((listed, unlisted), text)| {
            let mut mentions = merge(listed.decided, bearers(unlisted, &listed.open));
            for mention in &mut mentions {
                mention.drop_left_over(text);
            }
            mentions.retain(|mention| !self.roster.is_ignored(mention.span.of(text)));
            mentions
        });
        Tagged { title: merged.next().unwrap_or_default(), text: merged.next().unwrap_or_default() }
    }

    /// The names in the text of a piece that no roster lists, each at its places with the words for what speaks for and against it, whether they
    /// count as mentions or not: what the weights of the evidence are fitted to.
    #[must_use]
    pub fn weigh(&self, title: Words<'_>, text: Words<'_>, language: Language) -> Vec<(Span, Vec<&'static str>)> {
        let known = self.known(title, text);
        let decided = self.listed(title, text, &known, language, None);
        let weighed = unlisted::weighed(&views([title, text], &known, &decided, language), language);
        weighed.into_iter().filter(|(part, ..)| *part == 1).map(|(_, span, evidence)| (span, evidence)).collect()
    }

    /// What is known of each word of title and text.
    fn known(&self, title: Words<'_>, text: Words<'_>) -> [Vec<Known>; 2] {
        [title, text].map(|(text, analysed)| self.matcher.known(text, analysed, &mut self.met.borrow_mut()))
    }

    /// The mentions of the actors whom the roster lists.
    fn listed<'p>(
        &self,
        title: Words<'p>,
        text: Words<'p>,
        known: &'p [Vec<Known>; 2],
        language: Language,
        day: Option<i32>,
    ) -> [Listed; 2] {
        let [of_title, of_text] = known;
        let part = |words: Words<'p>, known: &'p [Known]| {
            let (text, analysed) = words;
            Part::new(text, analysed, known, self.matcher.find(self.roster, text, analysed, known))
        };
        Piece::new(self.roster, language, day, [part(title, of_title), part(text, of_text)]).mentions()
    }
}

fn views<'p>(parts: [Words<'p>; 2], known: &'p [Vec<Known>; 2], listed: &'p [Listed; 2], language: Language) -> Vec<View<'p>> {
    parts.into_iter().zip(known).zip(listed).map(|((words, known), listed)| View::new(words, known, listed, language)).collect()
}

/// Unlisted people under a family name alone may be any of those who have it, if several whom the roster lists do.
fn bearers(mut unlisted: Vec<Decided>, open: &[Decided]) -> Vec<Decided> {
    for one in unlisted
        .iter_mut()
        .filter(|one| one.mention.kind == Kind::Person && one.mention.of.is_none() && one.mention.rule != Rule::Undecided)
    {
        if let Ok(at) = open.binary_search_by_key(&one.words.start, |open| open.words.start)
            && let Some(open) = open.get(at).filter(|open| open.words == one.words)
        {
            one.mention = open.mention.clone();
        }
    }
    unlisted
}

/// All mentions in order. An unlisted name takes the place of the listed ones inside it: Bank of **Japan**.
fn merge(listed: Vec<Decided>, unlisted: Vec<Decided>) -> Vec<Mention> {
    let mut unlisted = unlisted.into_iter().peekable();
    let mut merged: Vec<Mention> = Vec::new();
    for one in listed {
        while let Some(other) = unlisted.next_if(|other| other.words.start < one.words.end) {
            merged.push(other.mention);
        }
        if merged.last().is_none_or(|last| last.span.end <= one.mention.span.start) {
            merged.push(one.mention);
        }
    }
    merged.extend(unlisted.map(|other| other.mention));
    merged
}

#[cfg(test)]
#[path = "tag_tests.rs"]
pub(super) mod tests;
