//! The short forms of the names of a piece: surnames, given names, acronyms.

use std::ops::Range;

use foldhash::HashMap;

use super::bodies::{Body, acronym_behind, letters_behind, listed, shortened, word_behind};
use super::find::{Names, Place, id_of};
use super::one_person::{is_one_person, is_tail};
use super::view::{Decided, View};
use super::words::{Sense, Senses, is_place};
use crate::actors::{Kind, Mention, Rule};

/// A full form that short forms may stand for.
#[derive(Clone, Debug)]
struct Full {
    id: String,
    name: String,
    kind: Kind,
    listed: bool,
    /// Where it stands: part and word, in order.
    places: Vec<(usize, usize)>,
    rule: Rule,
}

/// A short form that more names share than these, as a given name in a list of thousands, stands for none of them: each would be compared with each,
/// and every mention would carry all.
pub(super) const MOST_SHARING: usize = 50;

/// The short forms of the names of a piece.
pub(super) struct Spread {
    fulls: Vec<Full>,
    /// By the folded words of a short form.
    shorts: HashMap<String, Vec<usize>>,
    /// By the folded first words of people's names, which stand for one of them alone.
    firsts: HashMap<String, Vec<usize>>,
    /// By the folded words of a full form, for headlines.
    whole: HashMap<String, usize>,
    longest: usize,
}

impl Spread {
    pub(super) fn new(views: &[View<'_>], names: &Names, judged: &[Option<Kind>]) -> Self {
        let mut spread =
            Self { fulls: Vec::new(), shorts: HashMap::default(), firsts: HashMap::default(), whole: HashMap::default(), longest: 0 };
        let mut bodies = Vec::new();
        for (found, kind) in names.found.iter().zip(judged) {
            let Some(kind) = *kind else { continue };
            let places = found.places.iter().map(|place| (place.part, place.words.start)).collect();
            let full = Full { id: id_of(&found.key), name: found.name.clone(), kind, listed: false, places, rule: Rule::ShortName };
            let at = spread.fulls.len();
            spread.whole.insert(found.key.clone(), at);
            spread.longest = spread.longest.max(found.key.split(' ').count());
            if kind == Kind::Person
                && let Some((first, mut rest)) = found.key.split_once(' ')
            {
                loop {
                    let telling = rest
                        .split(' ')
                        .any(|word| word.chars().count() > 2 || !word.bytes().all(|byte| matches!(byte, b'i' | b'v' | b'x' | b'j' | b'r')));
                    if telling {
                        spread.short(rest.to_owned(), at);
                    }
                    match rest.split_once(' ') {
                        Some((_, behind)) => rest = behind,
                        None => break,
                    }
                }
                if first.chars().count() > 1 {
                    spread.firsts.entry(first.to_owned()).or_default().push(at);
                }
            }
            if kind == Kind::Org {
                if found.key.contains(' ') {
                    bodies.push(Body::new(found.key.clone(), found.name.clone(), at));
                }
                for place in &found.places {
                    if let Some(view) = views.get(place.part)
                        && let Some(short) = acronym_behind(view, &place.words).or_else(|| word_behind(view, &place.words))
                    {
                        spread.short(view.folded(short).to_owned(), at);
                    }
                }
            }
            spread.fulls.push(full);
        }
        spread.listed_people(views);
        spread.unite();
        spread.listed_acronyms(views);
        spread.bodies(views, names, bodies);
        spread.fulls.iter_mut().for_each(|full| full.places.sort_unstable());
        spread
    }

    /// The family names of people whom the roster lists without one.
    fn listed_people(&mut self, views: &[View<'_>]) {
        for (part, view) in views.iter().enumerate() {
            let full = |one: &&Decided| one.mention.kind == Kind::Person && one.mention.rule == Rule::FullName && one.words.len() > 1;
            for one in view.decided.iter().filter(full) {
                let (Some(actor), Some(last)) = (&one.mention.actor, one.words.clone().next_back()) else { continue };
                // "Salman bin Hamad Al Khalifa": a house has many.
                let house = last.checked_sub(1).is_some_and(|at| matches!(view.folded(at), "al" | "bin" | "el" | "ibn"));
                if house || !view.is_name_word(last) {
                    continue;
                }
                let place = (part, one.words.start);
                match self.fulls.iter_mut().find(|full| full.listed && full.id == *actor) {
                    Some(full) => full.places.push(place),
                    None => {
                        let at = self.fulls.len();
                        self.fulls.push(Full {
                            id: actor.clone(),
                            name: one.mention.name.clone(),
                            kind: Kind::Person,
                            listed: true,
                            places: vec![place],
                            rule: Rule::ShortName,
                        });
                        self.short(view.folded(last).to_owned(), at);
                    }
                }
            }
        }
    }

    /// Has names that are one person's stand for the one of them that the piece has most often.
    fn unite(&mut self) {
        let Self { fulls, shorts, firsts, .. } = self;
        shorts.retain(|_, one_of| one_of.len() <= MOST_SHARING);
        firsts.retain(|_, one_of| one_of.len() <= MOST_SHARING);
        let key = |full: &Full| full.id.replace('-', " ");
        for one_of in shorts.values_mut().chain(firsts.values_mut()).filter(|one_of| one_of.len() > 1) {
            let names: Vec<(usize, String)> = one_of.iter().filter_map(|&at| Some((at, key(fulls.get(at)?)))).collect();
            let times = |at: usize| fulls.get(at).map_or(0, |full| full.places.len());
            // A tail that two names have is of neither.
            let fits = |one: &str, other: &str| {
                is_one_person(one, other) && (!is_tail(one, other) || names.iter().filter(|(_, name)| is_tail(one, name)).count() == 1)
            };
            let gives_way = |&(at, ref name): &(usize, String)| {
                names.iter().any(|(other, longer)| {
                    let more = (times(*other), std::cmp::Reverse(*other)) > (times(at), std::cmp::Reverse(at));
                    *other != at && more && fits(name, longer) && fits(longer, name)
                })
            };
            let united: Vec<usize> = names.iter().filter(|name| !gives_way(name)).map(|&(at, _)| at).collect();
            *one_of = united;
        }
    }

    fn short(&mut self, key: String, full: usize) {
        let fulls = self.shorts.entry(key).or_default();
        if !fulls.contains(&full) {
            fulls.push(full);
        }
    }

    /// Acronyms that a piece introduces for actors whom the roster lists.
    fn listed_acronyms(&mut self, views: &[View<'_>]) {
        let mut known: HashMap<&str, usize> = HashMap::default();
        for (part, view) in views.iter().enumerate() {
            for one in view.decided.iter().filter(|one| one.words.len() > 1) {
                let in_brackets = || {
                    (one.mention.kind == Kind::Org)
                        .then(|| letters_behind(view, &one.words).or_else(|| word_behind(view, &one.words)))
                        .flatten()
                };
                let (Some(acronym), Some(actor)) = (acronym_behind(view, &one.words).or_else(in_brackets), &one.mention.actor) else {
                    continue;
                };
                let at = *known.entry(actor).or_insert_with(|| {
                    let (id, name, kind, listed) = (actor.clone(), one.mention.name.clone(), one.mention.kind, one.mention.listed);
                    self.fulls.push(Full { id, name, kind, listed, places: Vec::new(), rule: Rule::Acronym });
                    self.fulls.len() - 1
                });
                if let Some(full) = self.fulls.get_mut(at) {
                    full.places.push((part, one.words.start));
                }
                self.short(view.folded(acronym).to_owned(), at);
            }
        }
    }

    /// The short forms of organisations that nothing introduces: those of `bodies` and of such as the roster lists.
    fn bodies(&mut self, views: &[View<'_>], names: &Names, mut bodies: Vec<Body>) {
        let mut known: HashMap<&str, usize> = HashMap::default();
        for (part, view) in views.iter().enumerate() {
            for one in listed(view) {
                let Some(actor) = one.mention.actor.as_deref() else { continue };
                let at = *known.entry(actor).or_insert_with(|| {
                    let (id, name) = (actor.to_owned(), one.mention.name.clone());
                    self.fulls.push(Full { id, name, kind: Kind::Org, listed: true, places: Vec::new(), rule: Rule::ShortName });
                    self.fulls.len() - 1
                });
                if let Some(full) = self.fulls.get_mut(at) {
                    full.places.push((part, one.words.start));
                }
                bodies.push(Body::new(view.key(&one.words), view.span_of(&one.words).of(view.text).to_owned(), at));
            }
        }
        for (short, fulls) in shortened(names, &bodies) {
            self.shorts.entry(short.to_owned()).or_insert(fulls);
        }
    }

    /// The mention at a place whose folded words, `key`, are a short form.
    pub(super) fn mention(&self, view: &View<'_>, place: &Place, key: &str) -> Option<Mention> {
        let fulls = self.shorts.get(key).or_else(|| self.firsts.get(key).filter(|fulls| fulls.len() == 1))?;
        let known_place = place.words.len() == 1 && is_place(view.folded(place.words.start)) && !place.titled;
        // A given name that is a word of the language, or a city, is left alone; so is the name of another. And a "Senate Republican", taken for
        // a name, is not meant wherever Republicans are.
        let nobody = place.words.len() == 1 && !place.titled && is_nobody(view.senses(place.words.start));
        if (known_place || nobody) && fulls.iter().all(|&at| self.fulls.get(at).is_some_and(|full| full.kind == Kind::Person)) {
            return None;
        }
        let span = view.span_of(&place.words);
        let here = (place.part, place.words.start);
        let mut fits: Vec<&Full> = fulls.iter().filter_map(|&at| self.fulls.get(at)).collect();
        // Who is named only behind is not yet known to the reader, where another of the name is.
        let known = |full: &&Full| full.places.first().is_some_and(|&place| place < here);
        if fits.iter().any(known) {
            fits.retain(known);
        }
        let full = match fits[..] {
            [full] => full,
            _ => match plainly(&fits, here) {
                Some(full) => full,
                None => {
                    return Some(Mention {
                        span,
                        actor: None,
                        name: span.of(view.text).to_owned(),
                        kind: fits.first()?.kind,
                        listed: false,
                        rule: Rule::Undecided,
                        of: None,
                        candidates: fits.iter().map(|full| full.id.clone()).collect(),
                    });
                }
            },
        };
        let rule = if full.kind == Kind::Org && view.is_acronym(place.words.start) { Rule::Acronym } else { full.rule };
        Some(Mention {
            span,
            actor: Some(full.id.clone()),
            name: full.name.clone(),
            kind: full.kind,
            listed: full.listed,
            rule,
            of: Some(full.name.clone()),
            candidates: Vec::new(),
        })
    }

    /// The names of the piece in a run of a headline.
    pub(super) fn headline(&self, view: &View<'_>, run: &Range<usize>, out: &mut Vec<Decided>) {
        let mut at = run.start;
        while at < run.end {
            let longest = (at + 1..=run.end.min(at + self.longest)).rev().find_map(|end| {
                let words = at..end;
                if words.clone().any(|at| view.listed(at).is_some()) {
                    return None;
                }
                let key = view.key(&words);
                let place = Place { part: 0, words: words.clone(), titled: false };
                let full = self.whole.get(&key).and_then(|&full| self.fulls.get(full)).map(|full| Mention {
                    span: view.span_of(&words),
                    actor: Some(full.id.clone()),
                    name: full.name.clone(),
                    kind: full.kind,
                    listed: false,
                    rule: if full.kind == Kind::Person { Rule::NameForm } else { Rule::OrgForm },
                    of: Some(full.name.clone()),
                    candidates: Vec::new(),
                });
                let short = || {
                    let word = view.senses(at);
                    let telling = words.len() > 1 || !word.has(Sense::Common) || word.has(Sense::Family);
                    telling.then(|| self.mention(view, &place, &key)).flatten()
                };
                full.or_else(short).map(|mention| Decided { words, mention })
            });
            match longest {
                Some(one) => {
                    at = one.words.end;
                    out.push(one);
                }
                None => at += 1,
            }
        }
    }
}

/// Whether a word names a persuasion, a people or an organ, and nobody's family.
fn is_nobody(word: Senses) -> bool {
    let names_many = [Sense::Creed, Sense::Head, Sense::Organ].iter().any(|&sense| word.has(sense));
    names_many && !word.has(Sense::Family) && !word.has(Sense::Given)
}

/// Of several whom a short form fits, the one named last before, if the piece names that one plainly more than the others.
fn plainly<'f>(fits: &[&'f Full], here: (usize, usize)) -> Option<&'f Full> {
    let last = fits
        .iter()
        .filter_map(|full| {
            let before = full.places.partition_point(|&place| place < here);
            before.checked_sub(1).and_then(|last| full.places.get(last)).map(|place| (place, full))
        })
        .max_by_key(|(place, _)| **place);
    let (_, last) = last?;
    let times = last.places.len();
    fits.iter().all(|other| other.id == last.id || times >= 3 * other.places.len()).then_some(*last)
}
