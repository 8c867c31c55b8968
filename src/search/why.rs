//! Why a piece matches a query, or not.

use super::Error;
use super::answer::PieceView;
use super::ask::{Asker, Question};
use super::described::{SHOWN, described, placed, quoted};
use super::find::{Shown, find_by_id};
use crate::actors::Mention;
use crate::index::marks;
use crate::index::{PieceAddress, StoredPassage, StoredPiece};
use crate::query::{How, Tree};
use crate::retrieve::{Atom, HeaderCondition, Interval, Need, Places, Reach, is_match, probe};
use crate::text::stems::parts;
use crate::text::{Words, counted, fold};

/// What a query makes of a piece.
#[derive(Clone, Debug)]
pub struct Why {
    /// The piece.
    pub piece: PieceView,
    /// The query as it was understood.
    pub parsed: String,
    /// Whether it matches.
    pub matches: bool,
    /// Its clauses, in order.
    pub clauses: Vec<ClauseReport>,
    /// The ids of other pieces with the passage that was named.
    pub others: Vec<String>,
}

/// What a clause makes of a piece.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClauseReport {
    /// The clause, as the user wrote it.
    pub clause: String,
    /// Whether the piece has it.
    pub holds: bool,
    /// What it was taken for.
    pub analysed: String,
    /// How often the piece has it, or what is nearest to it.
    pub reason: String,
}

impl Asker<'_> {
    /// Why the piece of `shown` matches `question`, or not. Of several with the passage that was named it is the first that matches, if one does.
    pub fn why(&self, question: &Question, shown: Shown) -> Result<Why, Error> {
        let mut ids = shown.others.clone();
        let mut why = self.why_of(question, shown)?;
        if !why.matches {
            for at in 0..ids.len() {
                let Some(id) = ids.get_mut(at) else { break };
                let other = self.why_of(question, find_by_id(self.reader(), id)?)?;
                if other.matches {
                    *id = std::mem::replace(&mut why, other).piece.id;
                    break;
                }
            }
        }
        Ok(Why { others: ids, ..why })
    }

    fn why_of(&self, question: &Question, shown: Shown) -> Result<Why, Error> {
        let (parsed, plan) = self.plan(question)?;
        let address = self.reader().address_of(&shown.piece.stored)?.ok_or_else(|| Error::NotFound(shown.piece.id.clone()))?;
        let found = probe(self.reader(), plan.leaves.iter().map(|leaf| leaf.need.clone()).collect(), address)?;
        let clues = Clues { asker: self, piece: &shown.piece.stored, passages: &shown.passages, address };
        let holds: Vec<bool> = found.iter().map(Option::is_some).collect();
        let mut negated = Vec::new();
        unwanted(&plan.tree, &mut negated);
        let alone: Vec<usize> = negated.iter().filter_map(|tree| if let Tree::Clause(leaf) = tree { Some(*leaf) } else { None }).collect();
        let mut clauses: Vec<ClauseReport> = Vec::new();
        for ((leaf, found), at) in plan.leaves.iter().zip(found).zip(0..) {
            if alone.contains(&at) {
                let (holds, reason) = match &found {
                    Some(places) if places.is_empty() => (false, "the piece has it".to_owned()),
                    Some(places) => (false, format!("the piece has it, at {}", counted(places.len() as u64, "place"))),
                    None => (true, "the piece does not have it".to_owned()),
                };
                clauses.push(ClauseReport { clause: format!("NOT {}", leaf.label), holds, analysed: described(&leaf.need), reason });
                continue;
            }
            let reason = match &found {
                Some(places) if places.is_empty() => String::new(),
                Some(places) => counted(places.len() as u64, "place"),
                None => clues.why_not(&leaf.need)?,
            };
            let report = ClauseReport { clause: leaf.label.clone(), holds: found.is_some(), analysed: described(&leaf.need), reason };
            if !clauses.contains(&report) {
                clauses.push(report);
            }
        }
        for tree in negated.into_iter().filter(|tree| !matches!(tree, Tree::Clause(_))) {
            let has = is_met(tree, &holds);
            let label = |leaf: usize| Ok::<_, Error>(plan.leaves.get(leaf).map(|leaf| leaf.label.clone()).unwrap_or_default());
            let clause = Tree::Not(Box::new(tree.clone())).try_map(&mut label.clone())?.to_string();
            let reason = if has { "the piece has it" } else { "the piece does not have it" }.to_owned();
            clauses.push(ClauseReport { clause, holds: !has, analysed: "its parts are listed above".to_owned(), reason });
        }
        Ok(Why { matches: is_match(self.reader(), &plan, address)?, piece: shown.piece, parsed, clauses, others: Vec::new() })
    }
}

/// Adds the parts of `tree` that a piece must not have.
fn unwanted<'t>(tree: &'t Tree<usize>, out: &mut Vec<&'t Tree<usize>>) {
    match tree {
        Tree::All(trees) | Tree::Any(trees) | Tree::Best(trees) => trees.iter().for_each(|tree| unwanted(tree, out)),
        Tree::Must(tree) | Tree::Boost(tree, _) | Tree::AtLeast(_, tree, _) => unwanted(tree, out),
        Tree::Not(tree) => out.push(tree),
        Tree::Near(..) | Tree::Clause(_) => {}
    }
}

/// Whether a piece has what `tree` asks for, if its leaves are met or not as `holds` says.
fn is_met(tree: &Tree<usize>, holds: &[bool]) -> bool {
    match tree {
        Tree::All(trees) => trees.iter().all(|tree| is_met(tree, holds)),
        Tree::Any(trees) | Tree::Best(trees) => trees.iter().any(|tree| is_met(tree, holds)),
        Tree::Must(tree) | Tree::Boost(tree, _) | Tree::AtLeast(_, tree, _) => is_met(tree, holds),
        Tree::Not(tree) => !is_met(tree, holds),
        Tree::Near(..) => false,
        Tree::Clause(leaf) => holds.get(*leaf) == Some(&true),
    }
}

/// Words that begin with so many letters alike are told as near.
const ALIKE: usize = 4;

/// What is known of a piece that lacks something.
struct Clues<'c> {
    asker: &'c Asker<'c>,
    piece: &'c StoredPiece,
    passages: &'c [StoredPassage],
    address: PieceAddress,
}

impl Clues<'_> {
    fn probe(&self, needs: Vec<Need>) -> Result<Vec<Option<Vec<Interval>>>, Error> {
        Ok(probe(self.asker.reader(), needs, self.address)?)
    }

    /// The nearest reason why the piece does not meet a need.
    fn why_not(&self, need: &Need) -> Result<String, Error> {
        Ok(match need {
            Need::Nothing => "there is nothing to look for".to_owned(),
            Need::Stem(stems) => self.similar(stems),
            Need::Places(places) => self.misplaced(places)?,
            Need::AtLeast(_, places) => {
                let found = self.probe(vec![Need::Places(places.clone())])?;
                format!("only {}", counted(found.iter().flatten().flatten().count() as u64, "place"))
            }
            Need::Mention(mark) | Need::Mentioned(mark) => self.others(mark),
            Need::All(needs) => {
                let found = self.probe(needs.clone())?;
                let missing = needs.iter().zip(found).filter(|(_, found)| found.is_none());
                let reasons = missing.map(|(need, _)| Ok(format!("{}: {}", described(need), self.why_not(need)?)));
                reasons.collect::<Result<Vec<_>, Error>>()?.join("; ")
            }
            Need::Any(needs) => match needs.first() {
                Some(need) => self.why_not(need)?,
                None => "there is nothing to look for".to_owned(),
            },
            Need::Title(_) => match &self.piece.title {
                Some(title) => format!("its title is {title:?}"),
                None => "it has no title".to_owned(),
            },
            Need::Meta(condition) => self.facts(condition),
            Need::Dates(..) => match &self.piece.date {
                Some(date) => format!("its date is {date}"),
                None => "it has no date".to_owned(),
            },
        })
    }

    /// Words of the piece that look like one of `stems`.
    fn similar(&self, stems: &[String]) -> String {
        let begin = |word: &str| word.chars().take(ALIKE).collect::<String>();
        let begins: Vec<String> = stems.iter().map(|stem| begin(parts(stem).0)).collect();
        let mut found: Vec<&str> = Vec::new();
        for text in self.texts() {
            for word in Words::of(text).map(|word| word.span.of(text)) {
                if begins.contains(&begin(&fold::folded(word))) && !found.contains(&word) && found.len() < SHOWN {
                    found.push(word);
                }
            }
        }
        match found.as_slice() {
            [] => "no word of the piece is similar".to_owned(),
            found => {
                format!("the piece has {}, of another stem", found.iter().map(|word| format!("{word:?}")).collect::<Vec<_>>().join(", "))
            }
        }
    }

    fn texts(&self) -> impl Iterator<Item = &str> {
        self.piece.title.as_deref().into_iter().chain(self.passages.iter().map(|passage| passage.text.as_str()))
    }

    /// Why nothing stands where it is asked for.
    fn misplaced(&self, places: &Places<Atom>) -> Result<String, Error> {
        let parts: Vec<&Places<Atom>> = match places {
            Places::Atom(Atom::Stem(stems)) => return Ok(self.similar(stems)),
            Places::Atom(Atom::Mention(mark)) => return Ok(self.others(mark)),
            Places::Atom(Atom::Written { folded, .. }) => return Ok(self.written(folded)),
            Places::Atom(Atom::Run(characters)) => return self.parted(characters),
            Places::Atom(_) => return Ok("it is nowhere in the piece".to_owned()),
            Places::Either(_) => return Ok("none of them is in the piece".to_owned()),
            Places::Sequence(parts) => parts.iter().collect(),
            Places::Together(parts, _) => parts.iter().map(|(part, _)| part).collect(),
            Places::Near(left, how, _) if how.negated => {
                let left = self.probe(vec![Need::Places((**left).clone())])?;
                let count = left.iter().flatten().flatten().count();
                return Ok(if count == 0 {
                    "the first is nowhere in the piece".to_owned()
                } else {
                    format!("at each of {} the other is near", counted(count as u64, "place"))
                });
            }
            Places::Near(left, _, right) => vec![left, right],
        };
        let found = self.probe(parts.iter().map(|part| Need::Places((*part).clone())).collect())?;
        if let Some((part, _)) = parts.iter().zip(&found).find(|(_, found)| found.is_none()) {
            if matches!(part, Places::Atom(Atom::Folded(forms)) if forms.is_empty()) {
                return Ok("no word of the index matches a part of it".to_owned());
            }
            return Ok(format!("{} is nowhere in the piece", placed(part)));
        }
        if let Places::Near(left, how @ How { ordered: true, .. }, right) = places {
            let either = Places::Near(left.clone(), How { ordered: false, ..*how }, right.clone());
            if self.probe(vec![Need::Places(either)])?.iter().any(Option::is_some) {
                return Ok("they are near enough, but not in this order".to_owned());
            }
        }
        let found: Vec<Vec<Interval>> = found.into_iter().flatten().collect();
        Ok(match (places, found.as_slice()) {
            (Places::Near(_, how, _), [left, right]) => match (distance(left, right), how.reach) {
                (None, _) => "they occur only where they overlap, or one of them in the title".to_owned(),
                (Some(words), Reach::Words(_)) => format!("at their nearest they are {} apart", counted(words as u64, "word")),
                (Some(words), Reach::Sentence) => {
                    format!("never in one sentence; at their nearest they are {} apart", counted(words as u64, "word"))
                }
                (Some(words), Reach::Paragraph) => {
                    format!("never in one paragraph; at their nearest they are {} apart", counted(words as u64, "word"))
                }
            },
            (Places::Together(_, Reach::Sentence), _) => "never all in one sentence".to_owned(),
            (Places::Together(_, Reach::Paragraph), _) => "never all in one paragraph".to_owned(),
            (Places::Together(..), _) => "its words are in the piece, but nowhere this close together".to_owned(),
            _ => "its words are in the piece, but nowhere next to each other in this order".to_owned(),
        })
    }

    /// Why characters that are written together are not.
    fn parted(&self, characters: &[String]) -> Result<String, Error> {
        let apart = Places::Sequence(characters.iter().map(|character| Places::Atom(Atom::Folded(vec![character.clone()]))).collect());
        if self.probe(vec![Need::Places(apart.clone())])?.iter().any(Option::is_some) {
            return Ok("wherever they follow each other, a sign stands between".to_owned());
        }
        self.misplaced(&apart)
    }

    /// How the piece writes a word.
    fn written(&self, folded: &str) -> String {
        let mut found: Vec<String> = Vec::new();
        for text in self.texts() {
            for span in Words::of(text).map(|word| word.span) {
                let written = span.of(text);
                if fold::folded(written) == folded && !found.iter().any(|known| known == written) {
                    found.push(written.to_owned());
                }
            }
        }
        if found.is_empty() { "it is nowhere in the piece".to_owned() } else { format!("the piece writes {}", quoted(&found, ", ")) }
    }

    /// Whom the piece mentions instead.
    fn others(&self, mark: &str) -> String {
        let mentions = self.passages.iter().flat_map(|passage| passage.mentions.iter().map(move |mention| (passage, mention)));
        let mut ids: Vec<String> = Vec::new();
        for (passage, mention) in mentions {
            let mention: Mention = mention.clone().into();
            if mention.candidates.iter().any(|id| mark.strip_prefix(marks::ACTOR) == Some(id)) {
                return format!("{:?} may be meant, but nothing in the piece decides", mention.span.of(&passage.text));
            }
            if let Some(id) = mention.actor
                && !ids.contains(&id)
            {
                ids.push(id);
            }
        }
        match ids.get(..ids.len().min(2 * SHOWN)).unwrap_or_default() {
            [] => "the piece mentions nobody".to_owned(),
            some => format!(
                "the piece mentions {}{}",
                some.iter().map(|id| format!("@{id}")).collect::<Vec<_>>().join(", "),
                if ids.len() > some.len() { " and others" } else { "" }
            ),
        }
    }

    /// What the piece has in the field that a condition is about.
    fn facts(&self, condition: &HeaderCondition) -> String {
        let Some(field) = field_of(condition) else { return "no piece has a word like it there".to_owned() };
        let one = |value: &Option<String>| value.clone().into_iter().collect::<Vec<_>>();
        let values = match field {
            "lang" => vec![self.piece.lang.clone()],
            "source" => one(&self.piece.source),
            "author" => self.piece.authors.clone(),
            "tag" => self.piece.tags.clone(),
            "kind" => one(&self.piece.kind),
            _ => vec![self.piece.whole_path().into_owned()],
        };
        if values.is_empty() { format!("it has no {field}") } else { format!("its {field} is {}", quoted(&values, ", ")) }
    }
}

/// The field that a condition is about, as far as it says.
fn field_of(condition: &HeaderCondition) -> Option<&str> {
    match condition {
        HeaderCondition::Any(tokens) => Some(tokens.first()?.split_once(':')?.0),
        HeaderCondition::Pattern(field, _) => Some(field.name()),
        HeaderCondition::Phrase(conditions) => conditions.iter().find_map(field_of),
    }
}

/// How many words further on the nearest of two lists of places begins than the other ends, in one text. `None` if all overlap.
fn distance(left: &[Interval], right: &[Interval]) -> Option<usize> {
    let title = |interval: &Interval| interval.first >= crate::index::BlockMap::TITLE;
    let gaps = |earlier: &[Interval], later: &[Interval]| {
        earlier
            .iter()
            .filter_map(|before| {
                let next = later.get(later.partition_point(|after| after.first <= before.last))?;
                (title(before) == title(next)).then(|| next.first - before.last)
            })
            .min()
    };
    [gaps(left, right), gaps(right, left)].into_iter().flatten().min().map(|words| words as usize)
}
