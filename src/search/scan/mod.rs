//! A naive scan of texts by the definitions in [`crate::retrieve`], with which tests compare the engine. Knows no index.

#![expect(clippy::string_slice, reason = "a scan that cuts where it should not has failed")]

mod tests;

use std::collections::{BTreeMap, BTreeSet};

use crate::passages;
use crate::query::{Clause, How, Pattern, Reach, Tree, Wish};
use crate::retrieve::Within;
use crate::text::sentences::sentences;
use crate::text::{Analyzer, Language, Span, Word, Words, fold};

/// A place: the numbers of its first and last words. A title's begin at [`TITLE`].
type Place = (u32, u32);
type Places = BTreeSet<Place>;
/// The units in which a tree holds (none: the whole piece), and the places that count, with their clauses.
type Holding = (Option<BTreeSet<usize>>, Vec<(String, Place)>);

const TITLE: u32 = 1 << 30;

/// Where Russia is named.
pub(super) fn names(text: &str) -> Vec<Span> {
    let long = text.match_indices("Russian Federation").map(|(at, name)| Span::new(at, at + name.len()));
    let short = text.match_indices("Russia ").map(|(at, _)| Span::new(at, at + "Russia".len()));
    let mut names: Vec<Span> = long.chain(short).collect();
    names.sort_unstable();
    names
}

/// A piece, told word by word.
pub(super) struct Scan {
    analyzer: Analyzer,
    text: String,
    words: Vec<Seen>,
    spans: Vec<Word>,
    passages: Vec<passages::Passage>,
}

struct Seen {
    number: u32,
    folded: String,
    stem: String,
    sentence: usize,
    paragraph: usize,
    unit: usize,
}

impl Scan {
    pub(super) fn new(title: &str, text: &str) -> Self {
        let analyzer = Analyzer::default();
        let spans: Vec<Word> = Words::of(text).collect();
        let passages = passages::cut(text, &spans, &sentences(text), &names(text));
        let mut words = Vec::new();
        for (of, first) in [(text, 0), (title, TITLE)] {
            let marks = sentences(of);
            for (word, number) in Words::of(of).zip(first..) {
                let before = marks.iter().filter(|sentence| sentence.span.start <= word.span.start);
                let paragraph = marks.iter().filter(|sentence| sentence.ends_paragraph && sentence.span.end <= word.span.start).count();
                let written = word.span.of(of);
                words.push(Seen {
                    number,
                    folded: fold::folded(written),
                    stem: stem_of(&analyzer, written),
                    sentence: before.count() + if first == 0 { 0 } else { 1_000_000 },
                    paragraph: paragraph + if first == 0 { 0 } else { 1_000_000 },
                    unit: passages.iter().filter(|passage| first > 0 || passage.span.start <= word.span.start).count()
                        + usize::from(first > 0),
                });
            }
        }
        Self { analyzer, text: text.to_owned(), words, spans, passages }
    }

    fn seen(&self, number: u32) -> &Seen {
        &self.words[self.words.binary_search_by_key(&number, |word| word.number).unwrap()]
    }

    fn singly(&self, fits: impl Fn(&Seen) -> bool) -> Places {
        self.words.iter().filter(|word| fits(word)).map(|word| (word.number, word.number)).collect()
    }

    fn places(&self, tree: &Tree<Clause>) -> Places {
        match tree {
            Tree::Any(trees) => trees.iter().flat_map(|tree| self.places(tree)).collect(),
            Tree::Near(left, how, right, _) => {
                let mut operands = Vec::new();
                chained(tree, *how, &mut operands);
                if operands.len() > 2 && !how.ordered && !how.negated && !matches!(how.reach, Reach::Words(_)) {
                    return self.together(&operands, how.reach);
                }
                near(self, &self.places(left), *how, &self.places(right))
            }
            Tree::Clause(clause) => self.clause(&clause.wish),
            tree => panic!("{tree} is no operand"),
        }
    }

    fn clause(&self, wish: &Wish) -> Places {
        match wish {
            Wish::Word(word) => {
                let stem = stem_of(&self.analyzer, word);
                self.singly(|seen| seen.stem == stem)
            }
            Wish::Pattern(Pattern::Like(pattern)) => self.singly(|seen| globbed(pattern, &seen.folded)),
            Wish::Actor(_) => {
                self.singly(|seen| seen.folded == "russia").into_iter().chain(self.phrase(&["russian", "federation"])).collect()
            }
            Wish::Phrase(words) => self.phrase(&words.split(' ').collect::<Vec<_>>()),
            Wish::Loose(words, others) => {
                let words: Vec<&str> = words.split(' ').collect();
                let most = u32::try_from(words.len()).unwrap() + others;
                let mut out = Places::new();
                for end in self.words.iter().filter(|seen| words.contains(&seen.folded.as_str())) {
                    // The shortest window up to here that has every word as often as asked for.
                    let last = end.number;
                    out.extend(((last + 1).saturating_sub(most)..=last).rev().map(|first| (first, last)).find(|&(first, last)| {
                        let inside = |word: &str| {
                            let window = self.words.iter().filter(|seen| (first..=last).contains(&seen.number));
                            window.filter(|seen| seen.folded == word).count()
                        };
                        words.iter().all(|word| inside(word) >= words.iter().filter(|other| *other == word).count())
                    }));
                }
                out
            }
            wish => panic!("{wish} is not scanned"),
        }
    }

    fn unit(&self, number: u32, reach: Reach) -> usize {
        match reach {
            Reach::Paragraph => self.seen(number).paragraph,
            _ => self.seen(number).sentence,
        }
    }

    /// For each place of an operand in one unit, the shortest window that ends with it and has all operands, each as often as it is asked for, if
    /// of any two of them some places in the unit do not overlap.
    fn together(&self, operands: &[&Tree<Clause>], reach: Reach) -> Places {
        let mut wanted: BTreeMap<String, (usize, Places)> = BTreeMap::new();
        for operand in operands {
            wanted.entry(asked(operand)).or_insert_with(|| (0, self.places(operand))).0 += 1;
        }
        let units: BTreeSet<usize> = self.words.iter().map(|word| self.unit(word.number, reach)).collect();
        let mut out = Places::new();
        for unit in units {
            let inside = |place: &&Place| self.unit(place.0, reach) == unit && self.unit(place.1, reach) == unit;
            let lists: Vec<(usize, Places)> =
                wanted.values().map(|(times, all)| (*times, all.iter().filter(inside).copied().collect())).collect();
            let apart = |one: &Places, other: &Places| one.iter().any(|a| other.iter().any(|b| a.1 < b.0 || b.1 < a.0));
            if lists.iter().enumerate().any(|(at, (_, one))| lists[at + 1..].iter().any(|(_, other)| !apart(one, other))) {
                continue;
            }
            for (_, last) in lists.iter().flat_map(|(_, places)| shortest(places)) {
                let holds = |first: &u32| {
                    let within = |places: &Places| places.iter().filter(|place| *first <= place.0 && place.1 <= last).copied().collect();
                    lists.iter().all(|(times, places)| in_turn(&within(places)) >= *times)
                };
                let mut words =
                    self.words.iter().rev().map(|word| word.number).filter(|&first| first <= last && self.unit(first, reach) == unit);
                out.extend(words.find(holds).map(|first| (first, last)));
            }
        }
        out
    }

    fn phrase(&self, words: &[&str]) -> Places {
        let fits = |run: &&[Seen]| run.iter().zip(words).all(|(seen, word)| seen.folded == *word);
        let adjacent = |run: &&[Seen]| run.windows(2).all(|two| two[1].number == two[0].number + 1);
        self.words.windows(words.len()).filter(adjacent).filter(fits).map(|run| (run[0].number, run[run.len() - 1].number)).collect()
    }
}

/// What is joined by one sign, however it is bracketed.
fn chained<'t>(tree: &'t Tree<Clause>, sign: How, operands: &mut Vec<&'t Tree<Clause>>) {
    match tree {
        Tree::Near(left, how, right, _) if *how == sign => [left, right].into_iter().for_each(|side| chained(side, sign, operands)),
        operand => operands.push(operand),
    }
}

/// What an operand asks for: a single word asks for nothing else where others may stand between.
fn asked(tree: &Tree<Clause>) -> String {
    match tree {
        Tree::Clause(Clause { wish: Wish::Loose(words, _), .. }) if !words.contains(' ') => Wish::Phrase(words.clone()).to_string(),
        Tree::Any(trees) => trees.iter().map(asked).collect::<Vec<_>>().join(" OR "),
        Tree::Near(left, how, right, _) => format!("({}) {how:?} ({})", asked(left), asked(right)),
        tree => tree.to_string(),
    }
}

/// How many of `places` at the most stand one behind the other.
fn in_turn(places: &Places) -> usize {
    let mut by_end: Vec<Place> = places.iter().copied().collect();
    by_end.sort_unstable_by_key(|place| place.1);
    let mut free = 0;
    let mut count = 0;
    for (first, last) in by_end {
        if first >= free {
            (count, free) = (count + 1, last + 1);
        }
    }
    count
}

fn globbed(pattern: &str, word: &str) -> bool {
    match (pattern.chars().next(), word.chars().next()) {
        (None, None) => true,
        (Some('*'), _) => globbed(&pattern[1..], word) || !word.is_empty() && globbed(pattern, &word[1..]),
        (Some('?'), Some(_)) => globbed(&pattern[1..], &word[1..]),
        (Some(a), Some(b)) if a == b => globbed(&pattern[1..], &word[1..]),
        _ => false,
    }
}

fn near(scan: &Scan, left: &Places, how: How, right: &Places) -> Places {
    let one_unit = |places: &[Place]| {
        let unit = |number: u32| scan.unit(number, how.reach);
        places.iter().all(|&(first, last)| unit(first) == unit(places[0].0) && unit(last) == unit(places[0].0))
    };
    let in_reach = |earlier: Place, later: Place| match how.reach {
        Reach::Words(words) => earlier.1 < later.0 && later.0 - earlier.1 <= words,
        _ => earlier.1 < later.0 && one_unit(&[earlier, later]),
    };
    let mut out = Places::new();
    for &a in left {
        if how.negated {
            let beside = |b: Place| match how.reach {
                Reach::Words(words) if how.ordered => a.1 < b.0 && b.0 - a.1 <= words,
                Reach::Words(words) => b.0 <= a.1 + words && a.0 <= b.1 + words,
                _ if how.ordered => a.1 < b.0 && one_unit(&[a, b]),
                _ => a.0 <= b.1 && b.0 <= a.1 || one_unit(&[a, b]),
            };
            if !right.iter().any(|&b| beside(b)) {
                out.insert(a);
            }
            continue;
        }
        for &b in right {
            if in_reach(a, b) || !how.ordered && in_reach(b, a) {
                out.insert((a.0.min(b.0), a.1.max(b.1)));
            }
        }
    }
    out
}

fn shortest(places: &Places) -> Places {
    let holds = |outer: &Place, inner: &Place| outer != inner && outer.0 <= inner.0 && inner.1 <= outer.1;
    places.iter().filter(|outer| !places.iter().any(|inner| holds(outer, inner))).copied().collect()
}

/// Where a tree holds, if it does.
fn holds(scan: &Scan, tree: &Tree<Clause>, within: Within) -> Option<Holding> {
    let unit = |place: Place| match within {
        Within::Piece => 0,
        Within::Passage => scan.seen(place.0).unit,
        Within::Sentence => scan.seen(place.0).sentence,
    };
    let leaf = |places: Places| {
        let places = shortest(&places);
        let units: BTreeSet<usize> = places.iter().map(|&place| unit(place)).collect();
        (!places.is_empty()).then(|| (Some(units), places.into_iter().map(|place| (tree.to_string(), place)).collect()))
    };
    match tree {
        Tree::All(trees) => {
            let parts: Option<Vec<_>> = trees.iter().map(|tree| holds(scan, tree, within)).collect();
            let parts = parts?;
            let units = parts.iter().filter_map(|(units, _)| units.clone()).reduce(|a, b| a.intersection(&b).copied().collect());
            if units.as_ref().is_some_and(BTreeSet::is_empty) {
                return None;
            }
            let places = parts.into_iter().flat_map(|(_, places)| places);
            let kept = places.filter(|(_, place)| units.as_ref().is_none_or(|units| units.contains(&unit(*place)))).collect();
            Some((units, kept))
        }
        Tree::Any(trees) => {
            let parts: Vec<_> = trees.iter().filter_map(|tree| holds(scan, tree, within)).collect();
            let everywhere = parts.iter().any(|(units, _)| units.is_none());
            let units = (!everywhere).then(|| parts.iter().flat_map(|(units, _)| units.clone().unwrap_or_default()).collect());
            (!parts.is_empty()).then(|| (units, parts.into_iter().flat_map(|(_, places)| places).collect()))
        }
        Tree::Not(inner) => holds(scan, inner, within).is_none().then(|| (None, Vec::new())),
        Tree::Boost(inner, _) => holds(scan, inner, within),
        Tree::AtLeast(times, inner, _) => {
            let places = scan.places(inner);
            // Counted in the piece, whatever stands together.
            if shortest(&places).len() < *times as usize { None } else { leaf(places).map(|(_, places)| (None, places)) }
        }
        tree => leaf(scan.places(tree)),
    }
}

/// What a query finds: by passage, told by piece and first code point, the marked parts of its text by clause.
pub(super) type Hits = BTreeMap<(usize, usize), BTreeSet<(usize, usize, String)>>;

pub(super) fn scanned(scans: &[Scan], tree: &Tree<Clause>, within: Within) -> Hits {
    let mut hits = Hits::new();
    for (number, scan) in scans.iter().enumerate() {
        let Some((_, places)) = holds(scan, tree, within) else { continue };
        let mut shown = false;
        for passage in &scan.passages {
            let (first, end) = (u32::try_from(passage.words.start).unwrap(), u32::try_from(passage.words.end).unwrap());
            if first == end || !places.iter().any(|(_, place)| place.0 < end && place.1 >= first) {
                continue;
            }
            shown = true;
            hits.insert((number, scan.start(passage)), scan.marked(passage, &places));
        }
        if !shown {
            let first = &scan.passages[0];
            hits.insert((number, scan.start(first)), scan.marked(first, &places));
        }
    }
    hits
}

impl Scan {
    fn start(&self, passage: &passages::Passage) -> usize {
        self.text[..passage.span.start].chars().count()
    }

    /// The parts of a passage that are marked, those of one clause that touch made one.
    fn marked(&self, passage: &passages::Passage, places: &[(String, Place)]) -> BTreeSet<(usize, usize, String)> {
        let mut spans: Vec<(String, Span)> = Vec::new();
        for (clause, (first, last)) in places {
            let (first, last) = (*first as usize, *last as usize);
            if first < passage.words.end && last >= passage.words.start {
                let (first, last) = (first.max(passage.words.start), last.min(passage.words.end - 1));
                spans.push((clause.clone(), self.spans[first].span.cover(self.spans[last].span)));
            }
        }
        spans.sort();
        let mut out: Vec<(String, Span)> = Vec::new();
        for (clause, span) in spans {
            match out.last_mut() {
                Some((known, last)) if *known == clause && span.start <= last.end => *last = last.cover(span),
                _ => out.push((clause, span)),
            }
        }
        let from = passage.span.start;
        out.into_iter().map(|(clause, span)| (span.start - from, span.end - from, clause)).collect()
    }
}

fn stem_of(analyzer: &Analyzer, word: &str) -> String {
    analyzer.stems_of(word, std::iter::once(Language::ENGLISH)).concat()
}
