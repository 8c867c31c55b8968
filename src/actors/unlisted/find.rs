//! The names in a piece that no roster lists, gathered over the whole piece, judged, and spread to their short forms.

use std::ops::Range;

use foldhash::HashMap;

use super::chunks::{Chunk, chunks};
use super::evidence::{Evidence, Set, of_form, of_place};
use super::kinds::{kind_of, lend_words, strike_rivals, strike_words};
use super::listing::take_listed_with_people;
use super::spread::Spread;
use super::view::{Decided, Gap, View};
use super::weights::{Class, pull};
use super::words::is_place;
use crate::actors::written::{is_byline, is_headline, with_point};
use crate::actors::{Kind, Mention, Rule};
use crate::text::Language;

/// A place of a name: the part of the piece, and the words there.
#[derive(Clone, Debug)]
pub(super) struct Place {
    pub(super) part: usize,
    pub(super) words: Range<usize>,
    pub(super) titled: bool,
}

/// A name as the whole piece has it.
#[derive(Debug)]
pub(super) struct Found {
    /// Its folded words, a space between.
    pub(super) key: String,
    /// As it is written where it stands first.
    pub(super) name: String,
    pub(super) evidence: Set,
    /// Whether it is a city with its region, or that region: "Washington, D.C."
    pub(super) regional: bool,
    pub(super) places: Vec<Place>,
}

/// All names of a piece, and the runs of its headlines, in which everything looks like a name.
pub(super) struct Names {
    pub(super) found: Vec<Found>,
    headlines: Vec<Place>,
}

/// Gathers the names in the parts of a piece.
pub(super) fn gather(views: &[View<'_>], language: Language) -> Names {
    let mut names = Names { found: Vec::new(), headlines: Vec::new() };
    let mut by_key: HashMap<String, usize> = HashMap::default();
    for (part, view) in views.iter().enumerate() {
        let mut line = (0..0, Line::Text);
        for mut chunk in chunks(view) {
            let span = view.span_of(&chunk.words);
            if !line.0.contains(&span.start) {
                line = line_at(view, span.start);
            }
            // "By" tells as much of people as a title does.
            chunk.titled |= line.1 == Line::Byline;
            let place = Place { part, words: chunk.words.clone(), titled: chunk.titled };
            if line.1 == Line::Headline {
                names.headlines.push(place);
                continue;
            }
            if is_taken(view, &chunk.words) {
                continue;
            }
            let key = view.key(&chunk.words);
            let at = by_key.get(&key).copied().unwrap_or_else(|| {
                let (name, evidence) = (span.of(view.text).to_owned(), of_form(view, &chunk.words, &key));
                by_key.insert(key.clone(), names.found.len());
                names.found.push(Found { key, name, evidence, regional: false, places: Vec::new() });
                names.found.len() - 1
            });
            if let Some(found) = names.found.get_mut(at) {
                found.add(view, &chunk, place);
            }
        }
    }
    if language != Language::ENGLISH {
        names.found.iter_mut().for_each(|found| found.evidence.add(Evidence::Foreign));
    }
    names.compare(&by_key);
    names
}

/// What a line is, by how it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Line {
    /// Text.
    Text,
    /// A headline: everything in it looks like a name.
    Headline,
    /// Who wrote what stands below or above.
    Byline,
}

/// The line in which a byte stands, and what it is.
fn line_at(view: &View<'_>, at: usize) -> (Range<usize>, Line) {
    let text = view.text;
    let start = text.get(..at).and_then(|before| before.rfind('\n')).map_or(0, |newline| newline + 1);
    let end = text.get(at..).and_then(|behind| behind.find('\n')).map_or(text.len(), |newline| at + newline);
    let line = match text.get(start..end) {
        Some(line) if is_headline(text, at) => {
            if is_byline(line) {
                Line::Byline
            } else {
                Line::Headline
            }
        }
        _ => Line::Text,
    };
    (start..end, line)
}

/// Whether the roster has these words, or some of them and others.
fn is_taken(view: &View<'_>, words: &Range<usize>) -> bool {
    words.clone().filter_map(|at| view.listed(at)).any(|one| {
        let exact = one.words == *words && one.mention.rule != Rule::Capital;
        let beyond = one.words.start < words.start || one.words.end > words.end;
        exact || beyond
    })
}

/// Whether words are a city behind which the two letters of its region stand, or those letters: "Washington, D.C.", "Boston, MA".
fn is_regional(view: &View<'_>, words: &Range<usize>) -> bool {
    let place = |words: &Range<usize>| view.is_place(words) || is_place(&view.key(words));
    let region = |at: usize| view.is_acronym(at) && view.folded(at).len() == 2 && view.listed(at).is_none();
    let next = words.end;
    // What names no region is told by the least look.
    let city = view.behind(next - 1).0 == Gap::Comma && region(next) && place(words);
    let behind_city = || {
        let Some(before) = words.start.checked_sub(1).filter(|&at| view.behind(at).0 == Gap::Comma) else { return false };
        place(&(before..words.start)) || before > 0 && place(&(before - 1..words.start))
    };
    city || words.len() == 1 && region(words.start) && behind_city()
}

impl Found {
    fn add(&mut self, view: &View<'_>, chunk: &Chunk, place: Place) {
        self.evidence.join(of_place(view, chunk));
        if view.begins_sentence(chunk.words.start) {
            self.evidence.add_if(self.places.is_empty(), Evidence::Opens);
        } else {
            self.evidence.remove(Evidence::Opens);
        }
        self.evidence.add_if(!self.places.is_empty(), Evidence::Repeated);
        self.regional |= is_regional(view, &chunk.words);
        self.places.push(place);
    }

    pub(super) fn is_person_name(&self) -> bool {
        self.key.contains(' ')
    }
}

impl Names {
    /// Evidence that lies in other names of the piece.
    fn compare(&mut self, by_key: &HashMap<String, usize>) {
        let mut gained: Vec<(usize, Evidence)> = Vec::new();
        for (at, found) in self.found.iter().enumerate() {
            let (Some((first, _)), Some((_, last))) = (found.key.split_once(' '), found.key.rsplit_once(' ')) else { continue };
            let single = |word: &str| by_key.get(word).and_then(|&other| Some((other, self.found.get(other)?)));
            if let Some((other, last)) = single(last) {
                gained.push((at, Evidence::Shortened));
                gained.push((other, Evidence::PartOfLonger));
                if last.evidence.has(Evidence::HonorificBefore) || last.evidence.has(Evidence::TitleBefore) {
                    gained.push((at, Evidence::ShortTitled));
                }
            }
            if let Some((other, _)) = single(first) {
                gained.push((at, Evidence::FirstAlone));
                gained.push((other, Evidence::PartOfLonger));
            }
        }
        for (at, evidence) in gained {
            if let Some(found) = self.found.get_mut(at) {
                found.evidence.add(evidence);
            }
        }
    }
}

/// The mentions of unlisted actors in the parts of a piece, in order.
pub(super) fn decide(views: &[View<'_>], names: &Names) -> Vec<Vec<Decided>> {
    let mut out: Vec<Vec<Decided>> = views.iter().map(|_| Vec::new()).collect();
    let mut judged: Vec<Option<Kind>> = names.found.iter().map(|found| kind_of(views, found)).collect();
    strike_words(views, names, &mut judged);
    strike_rivals(views, names, &mut judged);
    lend_words(names, &mut judged);
    take_listed_with_people(views, names, &mut judged);
    let spread = Spread::new(views, names, &judged);
    for (at, found) in names.found.iter().enumerate() {
        let kind = judged.get(at).copied().flatten();
        for place in &found.places {
            let Some(view) = views.get(place.part) else { continue };
            let mention = spread.mention(view, place, &found.key).or_else(|| kind.map(|kind| full(found, kind, view, place)));
            if let (Some(mention), Some(out)) = (mention, out.get_mut(place.part)) {
                out.push(Decided { words: place.words.clone(), mention });
            }
        }
    }
    for place in &names.headlines {
        if let (Some(view), Some(out)) = (views.get(place.part), out.get_mut(place.part)) {
            spread.headline(view, &place.words, out);
        }
    }
    for part in &mut out {
        part.sort_by_key(|one| one.words.start);
    }
    out
}

fn full(found: &Found, kind: Kind, view: &View<'_>, place: &Place) -> Mention {
    Mention {
        span: with_point(view.text, view.span_of(&place.words)),
        actor: Some(id_of(&found.key)),
        name: found.name.clone(),
        kind,
        listed: false,
        rule: rule_of(found.evidence, kind),
        of: None,
        candidates: Vec::new(),
    }
}

/// The id of a name that no roster lists, whose folded words are `key`: those with hyphens between.
pub(super) fn id_of(key: &str) -> String {
    key.replace(' ', "-")
}

/// The rule by which a name counts: that of the evidence that speaks for it most.
fn rule_of(evidence: Set, kind: Kind) -> Rule {
    let class = if kind == Kind::Person { Class::Person } else { Class::Org };
    let rules = evidence.members().filter_map(|evidence| rule_for(evidence, kind).map(|rule| (rule, pull(evidence, class))));
    let strongest = rules.filter(|&(_, pull)| pull > 0.0).max_by(|a, b| a.1.total_cmp(&b.1));
    strongest.map_or(if kind == Kind::Person { Rule::NameForm } else { Rule::OrgForm }, |(rule, _)| rule)
}

fn rule_for(evidence: Evidence, kind: Kind) -> Option<Rule> {
    use Evidence as E;
    Some(match evidence {
        E::HonorificBefore | E::TitleBefore | E::ShortTitled => Rule::Title,
        E::RoleBefore | E::RoleComma | E::Apposition | E::Age | E::Who => Rule::Apposition,
        E::SaidBehind | E::SaidBefore | E::AccordingTo | E::ActsBehind => Rule::Speech,
        E::MemberBefore | E::MemberBehind => Rule::Frame,
        E::Acronymed => Rule::Acronym,
        E::GivenFirst | E::GivenAlone | E::FamilyLast | E::FamilyFirst | E::FamilyEnding | E::Initial | E::Generation
            if kind == Kind::Person =>
        {
            Rule::NameForm
        }
        E::HeadLast | E::HeadFirst | E::Company | E::Acronym | E::MixedCase if kind == Kind::Org => Rule::OrgForm,
        _ => return None,
    })
}
