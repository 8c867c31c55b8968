//! How rare things are, and how long, in the whole index.

use foldhash::HashMap;
use tantivy::schema::Field;

use super::plan::{Plan, Whole};
use crate::index::{Error, Reader, Segment, shape_of};
use crate::rank::{Averages, Bm25, Shape};
use crate::text::grammar::is_grammar;
use crate::text::script::{self, shape};

/// How rare and how long things are in the whole index.
pub(super) struct Statistics<'p> {
    /// How many passages there are, and how long they and pieces and titles are.
    pub(super) passages: u64,
    pub(super) averages: Averages,
    /// The terms by which the query ranks, each once.
    pub(super) terms: Vec<TermStatistics<'p>>,
    /// The single characters of its scripts without spaces, each with its rarity.
    pub(super) characters: Vec<(String, f32)>,
    /// The rarity of each leaf as a whole.
    pub(super) wholes: Vec<f32>,
}

/// What is counted of a term of the query.
pub(super) struct TermStatistics<'p> {
    /// What it is in the languages of the index.
    pub(super) stems: &'p [String],
    /// Where it is looked for.
    pub(super) field: Field,
    /// How often the query has it.
    pub(super) weight: f32,
    /// Whether the query asks for it in titles alone.
    pub(super) of_title: bool,
    /// How many passages have it.
    pub(super) containing: u64,
    /// What its rarity weighs.
    pub(super) rarity: f32,
}

impl<'p> TermStatistics<'p> {
    /// The most that it can score in any text.
    pub(super) fn max_score(&self) -> f32 {
        self.weight * self.rarity
    }

    /// Whether it is of a script without spaces.
    pub(super) fn is_solo(&self) -> bool {
        self.shape() == Shape::SOLO
    }

    /// The character that it is by itself, if it is one.
    fn character(&self) -> Option<&'p str> {
        match self.stems {
            [stem] if stem.chars().all(is_solo) && stem.chars().nth(1).is_none() => Some(stem),
            _ => None,
        }
    }

    /// Whether it is a word of characters whose pairs are terms of the query, too.
    fn holds_pairs(&self) -> bool {
        self.is_solo() && self.stems.iter().all(|stem| stem.chars().nth(2).is_some())
    }

    /// How its occurrences count.
    pub(super) fn shape(&self) -> Shape {
        if self.stems.iter().any(|stem| shape_of(stem) == Shape::SOLO) { Shape::SOLO } else { Shape::SPACED }
    }
}

/// What a word weighs whose pairs count already. On the judged collections in Chinese 0.1% better than 1.
const HOLDS_PAIRS: f32 = 0.5;

fn is_solo(c: char) -> bool {
    shape(c) == script::Shape::Solo
}

impl<'p> Statistics<'p> {
    pub(super) fn new(reader: &Reader, segments: &[Segment], plan: &'p Plan) -> Result<Self, Error> {
        let totals = &reader.manifest().totals;
        let fields = reader.fields();
        let passages = totals.passages.max(1);
        let mut known: HashMap<&[String], usize> = HashMap::default();
        let mut terms: Vec<TermStatistics<'p>> = Vec::new();
        let mut wholes = vec![0.0; plan.leaves.len()];
        let mut wanted = Vec::new();
        plan.tree.wanted(&mut |leaf| wanted.push(*leaf));
        for at in wanted {
            let (Some(leaf), Some(whole)) = (plan.leaves.get(at), wholes.get_mut(at)) else { continue };
            let of_title = leaf.title_terms.iter().map(|stems| (stems, true));
            for (stems, of_title) in leaf.terms.iter().map(|stems| (stems, false)).chain(of_title) {
                let at = match known.get(stems.as_slice()) {
                    Some(&at) => at,
                    None => {
                        let containing = passages_with(segments, stems)?;
                        known.insert(stems, terms.len());
                        terms.push(TermStatistics {
                            stems,
                            field: fields.terms,
                            weight: 0.0,
                            of_title: true,
                            containing,
                            rarity: Bm25::rarity(containing, passages),
                        });
                        terms.len() - 1
                    }
                };
                if let Some(term) = terms.get_mut(at) {
                    term.weight += leaf.weight;
                    term.of_title &= of_title;
                    // A phrase is at least as rare as its words together.
                    *whole += if matches!(leaf.whole, Some(Whole::Phrase(_))) { term.rarity } else { 0.0 };
                }
            }
            let mentions = match &leaf.whole {
                Some(Whole::Actor(token)) => std::slice::from_ref(token),
                Some(Whole::Phrase(_)) => &leaf.mentions,
                None => &[],
            };
            for token in mentions {
                *whole += Bm25::rarity(frequency(segments, fields.words, token)?, passages);
            }
        }
        for term in &mut terms {
            term.weight *= if term.holds_pairs() { HOLDS_PAIRS } else { 1.0 };
        }
        // Words of grammar rank only where there is nothing else.
        if terms.iter().any(|term| !is_of_grammar(term)) {
            terms.retain(|term| !is_of_grammar(term));
        }
        // A single character of a text is a term where it stands alone, which it seldom does, and says little beside words: with it counted
        // everywhere the judged collections in Chinese are 0.1% worse. But it may be all that is asked for.
        if terms.iter().all(|term| term.character().is_some()) {
            for term in &mut terms {
                let Some(character) = term.character() else { continue };
                term.field = fields.words;
                term.containing = frequency(segments, term.field, character)?;
                term.rarity = Bm25::rarity(term.containing, passages);
            }
        }
        let mut characters: Vec<String> = Vec::new();
        for c in terms.iter().flat_map(|term| term.stems).flat_map(|stem| stem.chars()).filter(|&c| is_solo(c)) {
            let c = c.to_string();
            if !characters.contains(&c) {
                characters.push(c);
            }
        }
        let rarity = |c: String| frequency(segments, fields.words, &c).map(|containing| (c, Bm25::rarity(containing, passages)));
        let characters = characters.into_iter().map(rarity).collect::<Result<_, _>>()?;
        Ok(Self { passages, averages: totals.averages(), terms, characters, wholes })
    }

    /// The part that terms of scripts with spaces have in the greatest score of all terms.
    pub(super) fn share_of_spaced(&self) -> f32 {
        let all: f32 = self.terms.iter().map(TermStatistics::max_score).sum();
        let spaced: f32 = self.terms.iter().filter(|term| !term.is_solo()).map(TermStatistics::max_score).sum();
        spaced / all.max(f32::MIN_POSITIVE)
    }
}

fn is_of_grammar(term: &TermStatistics<'_>) -> bool {
    term.stems.iter().any(|stem| is_grammar(stem))
}

/// How many passages have one of `stems`, those with several counted as often.
fn passages_with(segments: &[Segment], stems: &[String]) -> Result<u64, Error> {
    stems.iter().flat_map(|stem| segments.iter().map(move |segment| segment.passage_frequency(stem))).sum()
}

fn frequency(segments: &[Segment], field: Field, token: &str) -> Result<u64, Error> {
    segments.iter().map(|segment| segment.document_frequency(field, token)).sum()
}
