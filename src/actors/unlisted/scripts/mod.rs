//! Unlisted actors in Cyrillic, Arabic, Hangul and Japanese text.
//!
//! Each script has a reader that gives the places where a name may stand, with what speaks for it there: a title, a verb of speech, a given
//! name, the head of an organisation. What one place shows counts for the piece: a name is found again without its title, and under its short
//! form where that is one name's alone. A reader would rather miss a name than make one up.

mod arabic;
mod cyrillic;
mod japanese;
mod korean;
mod lists;

pub(in crate::actors) use arabic::is_given_name as is_arabic_given_name;
pub(in crate::actors) use cyrillic::is_given_name as is_cyrillic_given_name;

use std::ops::Range;

use foldhash::HashMap;

use super::spread::MOST_SHARING;
use super::view::{Decided, View};
use super::whole::INSIDE;
use crate::actors::{Kind, Mention, Rule};
use crate::text::{Span, beginning};

/// A place where a name may stand.
struct Place {
    words: Range<usize>,
    /// What all forms of the name have in common.
    key: String,
    /// The key of the short form that it lends to the piece, where it has one.
    short: Option<String>,
    /// What it is by what stands in it and beside it; `None` where only other places can tell.
    told: Option<(Kind, Rule)>,
}

/// A name that some place of the piece tells.
struct Full {
    name: String,
    kind: Kind,
    rule: Rule,
}

type Reader = fn(&View<'_>) -> Vec<Place>;

/// The mentions of unlisted actors in these scripts, in each of `views`.
pub(super) fn find(views: &[View<'_>]) -> Vec<Vec<Decided>> {
    let mut out: Vec<Vec<Decided>> = views.iter().map(|_| Vec::new()).collect();
    for reader in readers(views) {
        let places: Vec<Vec<Place>> = views.iter().map(reader).collect();
        let names = Names::new(views, &places);
        if names.fulls.is_empty() {
            continue;
        }
        for ((view, places), out) in views.iter().zip(&places).zip(&mut out) {
            out.extend(
                places.iter().filter_map(|place| Some(Decided { words: place.words.clone(), mention: names.mention(view, place)? })),
            );
            out.extend(names.acronyms(view));
        }
    }
    out
}

/// The readers of the scripts that the piece is written in. Nearly all pieces are in none of these, so this looks at bytes, and passes over
/// stretches of ASCII.
fn readers(views: &[View<'_>]) -> Vec<Reader> {
    const STRETCH: usize = 64;
    let [mut cyrillic, mut arabic, mut kana, mut hangul] = [0_u32; 4];
    for view in views {
        let bytes = view.text.as_bytes();
        let foreign = bytes.chunks(STRETCH).enumerate().filter(|(_, stretch)| !stretch.is_ascii());
        let pairs = foreign.flat_map(|(at, _)| bytes.get(at * STRETCH..).unwrap_or_default().windows(2).take(STRETCH));
        for pair in pairs {
            match pair {
                [0xD0 | 0xD1, _] => cyrillic += 1,
                [0xD8..=0xDB, _] => arabic += 1,
                [0xE3, 0x81..=0x83] => kana += 1,
                [0xEB..=0xEC, _] => hangul += 1,
                _ => {}
            }
        }
    }
    let all: [(u32, Reader); 4] =
        [(cyrillic, cyrillic::places), (arabic, arabic::places), (kana, japanese::places), (hangul, korean::places)];
    all.into_iter().filter(|&(letters, _)| letters >= FEWEST).map(|(_, reader)| reader).collect()
}

/// A text with fewer letters of a script has no names in it that could be told.
const FEWEST: u32 = 4;

/// The names that the places of a piece tell.
#[derive(Default)]
struct Names {
    fulls: Vec<Full>,
    by_key: HashMap<String, usize>,
    shorts: HashMap<String, Vec<usize>>,
    /// The acronyms in brackets behind names of organisations, as written.
    acronyms: HashMap<String, usize>,
}

impl Names {
    fn new(views: &[View<'_>], places: &[Vec<Place>]) -> Self {
        let mut names = Self::default();
        for (view, places) in views.iter().zip(places) {
            for place in places {
                let Some((kind, rule)) = place.told else { continue };
                let written = view.span_of(&place.words).of(view.text);
                let at = *names.by_key.entry(place.key.clone()).or_insert_with(|| {
                    names.fulls.push(Full { name: written.to_owned(), kind, rule });
                    names.fulls.len() - 1
                });
                if let Some(short) = &place.short {
                    let fulls = names.shorts.entry(short.clone()).or_default();
                    if fulls.len() <= MOST_SHARING && !fulls.contains(&at) {
                        fulls.push(at);
                    }
                }
                if kind == Kind::Org
                    && let Some(acronym) = acronym_behind(view.text_behind(place.words.end))
                {
                    names.acronyms.insert(acronym.to_owned(), at);
                }
            }
        }
        names.shorts.retain(|_, fulls| fulls.len() <= MOST_SHARING);
        // The nominative is no longer than any other case.
        for (view, places) in views.iter().zip(places) {
            for place in places {
                if let Some(full) = names.by_key.get(&place.key).and_then(|&at| names.fulls.get_mut(at)) {
                    let written = view.span_of(&place.words).of(view.text);
                    if written.chars().count() < full.name.chars().count() {
                        written.clone_into(&mut full.name);
                    }
                }
            }
        }
        names
    }

    fn mention(&self, view: &View<'_>, place: &Place) -> Option<Mention> {
        let span = view.span_of(&place.words);
        // A short form lends itself to the one whose it is, even where a title stands beside it.
        let fulls = self.shorts.get(&place.key).map(Vec::as_slice);
        match fulls {
            Some([at]) => {
                let full = self.fulls.get(*at)?;
                Some(full.mention(span, Rule::ShortName, Some(full.name.clone())))
            }
            Some(several) => Some(Mention {
                span,
                actor: None,
                name: span.of(view.text).to_owned(),
                kind: Kind::Person,
                listed: false,
                rule: Rule::Undecided,
                of: None,
                candidates: several.iter().filter_map(|&at| self.fulls.get(at)).map(Full::id).collect(),
            }),
            None => {
                let full = self.by_key.get(&place.key).and_then(|&at| self.fulls.get(at))?;
                Some(full.mention(span, place.told.map_or(full.rule, |(_, rule)| rule), None))
            }
        }
    }

    /// The places of the acronyms that the piece introduces.
    fn acronyms(&self, view: &View<'_>) -> Vec<Decided> {
        if self.acronyms.is_empty() {
            return Vec::new();
        }
        let at_word = |at: usize| {
            let full = self.acronyms.get(view.word(at)).and_then(|&full| self.fulls.get(full))?;
            let mention = full.mention(view.span(at), Rule::Acronym, Some(full.name.clone()));
            view.listed(at).is_none().then_some(Decided { words: at..at + 1, mention })
        };
        (0..view.len()).filter_map(at_word).collect()
    }
}

impl Full {
    fn id(&self) -> String {
        super::chinese::id_of(&self.name)
    }

    fn mention(&self, span: Span, rule: Rule, of: Option<String>) -> Mention {
        Mention { span, actor: Some(self.id()), name: self.name.clone(), kind: self.kind, listed: false, rule, of, candidates: Vec::new() }
    }
}

/// The acronym in brackets that stands first in `behind`: all capitals, of letters that have them.
fn acronym_behind(behind: &str) -> Option<&str> {
    let (acronym, _) = beginning(behind.trim_start_matches([' ', '»', '”', '"']).strip_prefix(['(', '（'])?, INSIDE)
        .split_once([')', '）', ',', '，', ';'])?;
    let letters = acronym.chars().count();
    ((2..=8).contains(&letters) && acronym.chars().all(char::is_uppercase)).then_some(acronym)
}

/// The words that make up `span`, if it begins and ends with words and the roster has found nobody in it.
fn free_words(view: &View<'_>, span: Span) -> Option<Range<usize>> {
    let words = view.words_in(span)?;
    words.clone().all(|at| view.listed(at).is_none()).then_some(words)
}

/// The words that make up `span`, if it begins and ends with words and whom the roster has found in it is only a part.
fn wider_words(view: &View<'_>, span: Span) -> Option<Range<usize>> {
    let words = view.words_in(span)?;
    let inside = |at: usize| {
        view.listed(at).is_none_or(|one| words.start <= one.words.start && one.words.end <= words.end && one.words.len() < words.len())
    };
    words.clone().all(inside).then_some(words)
}
