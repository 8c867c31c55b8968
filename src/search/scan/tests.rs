//! The engine against a naive scan of the text.

use std::collections::BTreeSet;
use std::num::NonZeroUsize;
use std::ops::Range;
use std::path::Path;

use foldhash::HashMap;
use proptest::prelude::*;

use super::{Hits, Scan, names, scanned};
use crate::index::{self, Options, Reader};
use crate::passages;
use crate::query::{Clause, How, Mode, Pattern, Reach, Tree, Weight, Wish, Written};
use crate::rank::{Feedback, Level};
use crate::retrieve::{Found, Order, Request, Within, bounds, retrieve};
use crate::search::answer::Hit;
use crate::search::{Asker, CopiesMode, Question};
use crate::text::sentences::sentences;
use crate::text::{Span, Word, Words, fold};

fn found(reader: &Reader, query: &str, within: Within) -> Hits {
    let question = Question { query: query.to_owned(), within, limit: 10_000, per_piece: 10_000, literal: true, ..Question::default() };
    let answer = Asker::new(reader).ask(&question).unwrap_or_else(|error| panic!("{query}: {error}"));
    assert!(!answer.truncated, "{query}");
    let hits = answer.hits.iter().map(|hit| {
        let matches = hit.matches.iter().map(|found| (found.span.start, found.span.end, found.clause.clone())).collect();
        ((hit.piece.stored.path.trim_end_matches(".json").parse().unwrap(), hit.passage.start), matches)
    });
    hits.collect()
}

fn indexed(folder: &Path, pieces: &[(String, String)]) -> Reader {
    let files = folder.join("files");
    std::fs::create_dir_all(&files).unwrap();
    for (number, (title, text)) in pieces.iter().enumerate() {
        let record = serde_json::json!({"title": title, "text": text, "lang": "en"});
        std::fs::write(files.join(format!("{number}.json")), record.to_string()).unwrap();
    }
    let path = folder.join(".pundit/index");
    index::update(&path, &[files], &Options { threads: NonZeroUsize::MIN, ..Options::default() }, |_| ()).unwrap();
    Reader::open(&path).unwrap()
}

/// The text of a piece, from numbers.
fn text(words: &[u8]) -> String {
    const VOCABULARY: [&str; 24] = [
        "oil",
        "óil",
        "gas",
        "ban",
        "bans",
        "banned",
        "arms",
        "control",
        "treaty",
        // Names with small words around them, so that no two make a longer one.
        "of Russia by",
        "of Russian Federation by",
        "talks",
        "talk",
        "said",
        "of",
        "the",
        "the",
        "new",
        "ships",
        "grain",
        "prices",
        "north",
        "south",
        "who",
    ];
    let mut out = String::new();
    for &word in words {
        match word {
            0..=5 => out.push_str(". "),
            6 => out.push_str(".\n\n"),
            7 => out.push_str(", "),
            word => out.push_str(VOCABULARY[usize::from(word) % VOCABULARY.len()]),
        }
        out.push(' ');
    }
    out
}

fn pieces(how_many: Range<usize>, words: usize) -> impl Strategy<Value = Vec<(String, String)>> {
    let piece = (prop::collection::vec(8_u8..=255, 0..5), prop::collection::vec(any::<u8>(), 1..words)).prop_filter_map(
        "has words",
        |(title, words)| {
            let (title, text) = (text(&title), text(&words));
            Words::of(&text).next().is_some().then(|| (title.trim().to_owned(), text.trim().to_owned()))
        },
    );
    prop::collection::vec(piece, how_many)
}

fn operand() -> impl Strategy<Value = Tree<Clause>> {
    let word = prop::sample::select(vec!["oil", "gas", "ban", "arms", "control", "treaty", "talks", "ships", "grain", "who", "north"]);
    let words = prop::collection::vec(word.clone(), 1..3).prop_map(|words| words.join(" "));
    let leaf = prop_oneof![
        5 => word.prop_map(|word| Wish::Word(word.to_owned())),
        2 => words.clone().prop_map(Wish::Phrase),
        1 => (words, 0_u32..4).prop_map(|(words, others)| Wish::Loose(words, others)),
        1 => Just(Wish::Actor("russia".to_owned())),
        1 => prop::sample::select(vec!["ban*", "*s", "t?lk*", "sh??s"]).prop_map(|like| Wish::Pattern(Pattern::Like(like.replace("*s", "*ps")))),
    ];
    let leaf = leaf.prop_map(|wish| Tree::Clause(Clause { wish, at: Span::default() }));
    leaf.prop_recursive(2, 6, 2, |inner| {
        let reach = prop_oneof![4 => (1_u32..8).prop_map(Reach::Words), 1 => Just(Reach::Sentence), 1 => Just(Reach::Paragraph)];
        let how = (prop::bool::weighted(0.25), any::<bool>(), reach).prop_map(|(negated, ordered, reach)| How { negated, ordered, reach });
        prop_oneof![
            1 => prop::collection::vec(inner.clone(), 2..3).prop_map(joined(Tree::Any)),
            3 => (inner.clone(), how, inner).prop_map(|(left, how, right)| Tree::Near(Box::new(left), how, Box::new(right), Written::default())),
        ]
    })
}

/// A joint whose parts are not joints of its kind: the parser dissolves those.
fn joined(joint: fn(Vec<Tree<Clause>>) -> Tree<Clause>) -> impl Fn(Vec<Tree<Clause>>) -> Tree<Clause> {
    move |trees| {
        let flat = trees.into_iter().flat_map(|tree| match (joint(Vec::new()), tree) {
            (Tree::Any(_), Tree::Any(inner)) | (Tree::All(_), Tree::All(inner)) => inner,
            (_, tree) => vec![tree],
        });
        joint(flat.collect())
    }
}

fn tree() -> impl Strategy<Value = Tree<Clause>> {
    let leaf = prop_oneof![
        6 => operand(),
        1 => (1_u32..4, operand()).prop_map(|(times, tree)| Tree::AtLeast(times, Box::new(tree), Written::default())),
    ];
    leaf.prop_recursive(3, 6, 3, |inner| {
        prop_oneof![
            3 => prop::collection::vec(inner.clone(), 2..4).prop_map(joined(Tree::All)),
            2 => prop::collection::vec(inner.clone(), 2..4).prop_map(joined(Tree::Any)),
            1 => inner.clone().prop_map(|tree| if let Tree::Not(inner) = tree { *inner } else { Tree::Not(Box::new(tree)) }),
            1 => inner.prop_map(|tree| if matches!(tree, Tree::Not(_)) { tree } else { Tree::Boost(Box::new(tree), Weight(250)) }),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(12) })]

    #[test]
    fn the_engine_finds_what_a_scan_finds(pieces in pieces(1..4, 300), trees in prop::collection::vec(tree(), 16)) {
        let folder = tempfile::tempdir().unwrap();
        let reader = indexed(folder.path(), &pieces);
        let scans: Vec<Scan> = pieces.iter().map(|(title, text)| Scan::new(title, text)).collect();
        for tree in trees {
            let query = tree.to_string();
            // The clauses of a query are told as they are typed: the tree that was typed tells them.
            let tree = crate::query::parse(&query, Mode::All).unwrap();
            for within in [Within::Piece, Within::Passage, Within::Sentence] {
                prop_assert_eq!(found(&reader, &query, within), scanned(&scans, &tree, within), "{} within {:?}", query, within);
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(12) })]

    /// Only pieces whose bounds reach the threshold are scored. Where another clause keeps bounds from being known, every piece is visited.
    #[test]
    fn the_best_that_words_answer_are_the_best_of_all(
        pieces in pieces(5..60, 120),
        asked in prop::collection::vec(
            (prop::sample::subsequence(vec!["oil", "gas", "ban", "arms", "grain", "new", "treaty"], 1..5), 0_usize..4, 1_usize..6), 16),
    ) {
        let folder = tempfile::tempdir().unwrap();
        let reader = indexed(folder.path(), &pieces);
        let best = |query: String, limit: usize| {
            let question = Question { query, limit, literal: true, copies: CopiesMode::Show, level: Level::Quick, ..Question::default() };
            let answer = Asker::new(&reader).ask(&question).unwrap();
            (answer.found, answer.hits.iter().map(|hit| (hit.piece.id.clone(), hit.passage.start, hit.score.to_bits())).collect::<Vec<_>>())
        };
        let asker = Asker::new(&reader);
        for (words, required, limit) in asked {
            // The first words have to be there, and any of the rest.
            let (required, any) = words.split_at(required.min(words.len()));
            let any = if any.is_empty() { None } else { Some(format!("({})", any.join(" OR "))) };
            let words = required.iter().map(|&word| word.to_owned()).chain(any).collect::<Vec<_>>().join(" AND ");
            let (_, plan) = asker.plan(&Question { query: words.clone(), literal: true, ..Question::default() }).unwrap();
            let all = Request { limit: usize::MAX, per_piece: 1, level: Level::Quick, feedback: Feedback::Off, order: Order::Score };
            let mut scores: Vec<_> = retrieve(&reader, &plan, &all).unwrap().found;
            scores.sort_by_key(|found| found.address.piece);
            let bounds = bounds(&reader, &plan).unwrap();
            prop_assert_eq!(scores.len(), bounds.len(), "{}", words);
            for (found, (piece, bound)) in scores.iter().zip(bounds) {
                prop_assert_eq!(found.address.piece, piece);
                prop_assert!(f64::from(found.score) <= bound, "{} scores {} above the bound {}", words, found.score, bound);
            }
            prop_assert_eq!(best(words.clone(), limit), best(format!("({words}) NOT nothingness"), limit), "{} best of {}", limit, words);
        }
    }

    /// The same of what stands at places: where more match than are wanted, the bound of a piece is known before it is scored.
    #[test]
    fn the_best_that_phrases_answer_are_the_best_of_all(
        pieces in pieces(20..90, 80),
        queries in prop::collection::vec(operand().prop_map(|tree| tree.to_string()), 12),
        limit in 1_usize..6,
    ) {
        let folder = tempfile::tempdir().unwrap();
        let reader = indexed(folder.path(), &pieces);
        let asker = Asker::new(&reader);
        for query in queries {
            let question = Question { query: query.clone(), copies: CopiesMode::Show, level: Level::Quick, ..Question::default() };
            let (_, plan) = asker.plan(&question).unwrap();
            let all = Request { limit: usize::MAX, per_piece: 1, level: Level::Quick, feedback: Feedback::Off, order: Order::Score };
            let all = retrieve(&reader, &plan, &all).unwrap();
            let bounds: HashMap<_, _> = bounds(&reader, &plan).unwrap().into_iter().collect();
            for found in &all.found {
                let bound = bounds[&found.address.piece];
                prop_assert!(f64::from(found.score) <= bound, "{} scores {} above the bound {}", query, found.score, bound);
            }
            let best = retrieve(&reader, &plan, &Request { limit, per_piece: 1, level: Level::Quick, feedback: Feedback::Off, order: Order::Score }).unwrap();
            let told = |found: &[Found]| found.iter().take(limit).map(|found| (found.address, found.score.to_bits())).collect::<Vec<_>>();
            prop_assert_eq!((best.pieces, told(&best.found)), (all.pieces, told(&all.found)), "{} best of {}", limit, query);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(24) })]

    /// Characters that are typed together stand together, but for signs that part no clauses.
    #[test]
    fn no_word_goes_on_over_a_sign_between_clauses(
        text in prop::collection::vec(prop::sample::select("日日日日美美美美统统，。、（” \n".chars().collect::<Vec<_>>()), 1..900),
    ) {
        let text = String::from_iter(text).trim().to_owned();
        prop_assume!(Words::of(&text).next().is_some());
        let folder = tempfile::tempdir().unwrap();
        let reader = indexed(folder.path(), &[(String::new(), text.clone())]);
        let begins: BTreeSet<usize> = sentences(&text).iter().map(|sentence| sentence.span.start).collect();
        for query in ["日美", "美日", "统日"] {
            let (first, second) = query.split_at("日".len());
            let marked = |(at, _)| {
                let behind = text[at + first.len()..].trim_start_matches([' ', '\n', '”']);
                let second_at = text.len() - behind.len();
                let goes_on = behind.starts_with(second) && begins.range(at + 1..=second_at).next().is_none();
                goes_on.then_some([at, second_at])
            };
            let expected: BTreeSet<usize> = text.match_indices(first).filter_map(marked).flatten().collect();
            let found = found(&reader, query, Within::Piece).into_iter().flat_map(|((_, start), marks)| {
                let (passage, _) = text.char_indices().nth(start).unwrap();
                marks.into_iter().flat_map(move |(from, end, _)| passage + from..passage + end)
            });
            let is_word = |&at: &usize| text.get(at..).is_some_and(|text| text.starts_with(['日', '美', '统']));
            prop_assert_eq!(found.filter(is_word).collect::<BTreeSet<_>>(), expected, "{}", query);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(6) })]

    /// Pieces that are gone are neither found nor counted, though their words are still in the index until segments are merged.
    #[test]
    fn what_is_left_is_found_as_if_nothing_else_had_been_there(
        pieces in pieces(12..40, 60),
        gone in prop::collection::btree_set(0_usize..40, 1..12),
    ) {
        let (folder, fresh) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        drop(indexed(folder.path(), &pieces));
        drop(indexed(fresh.path(), &pieces));
        for folder in [&folder, &fresh] {
            for piece in gone.iter().filter(|&&piece| piece < pieces.len()) {
                std::fs::remove_file(folder.path().join(format!("files/{piece}.json"))).unwrap();
            }
        }
        std::fs::remove_dir_all(fresh.path().join(".pundit")).unwrap();
        let open = |folder: &Path| {
            let path = folder.join(".pundit/index");
            index::update(&path, &[folder.join("files")], &Options { threads: NonZeroUsize::MIN, ..Options::default() }, |_| ()).unwrap();
            Reader::open(&path).unwrap()
        };
        let (updated, fresh) = (open(folder.path()), open(fresh.path()));
        for query in ["oil", "gas OR oil", "arms OR treaty OR grain", "oil AND gas", "(ban OR arms) AND treaty"] {
            for (limit, level) in [(3, Level::Quick), (100, Level::Quick), (10, Level::Full)] {
                let best = |reader: &Reader| {
                    let question = Question { query: query.to_owned(), limit, level, literal: true, ..Question::default() };
                    let answer = Asker::new(reader).ask(&question).unwrap();
                    let hit = |hit: &Hit| (hit.piece.stored.path.clone(), hit.passage.start, hit.score.to_bits(), hit.copies.clone());
                    (answer.found, answer.hits.iter().map(hit).collect::<Vec<_>>())
                };
                prop_assert_eq!(best(&updated), best(&fresh), "{} best of {}", limit, query);
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(24) })]

    /// Of what is damaged something wrong may be told, or that it is damaged, but not without end.
    #[test]
    fn damaged_files_of_ours_come_to_an_end(
        pieces in pieces(12..40, 40),
        bytes in prop::collection::vec((any::<prop::sample::Index>(), prop_oneof![Just(0_u8), Just(255), any::<u8>()]), 1..200),
        ending in prop::sample::select(vec!["impacts", "shelf", "texts"]),
    ) {
        let folder = tempfile::tempdir().unwrap();
        drop(indexed(folder.path(), &pieces));
        let path = folder.path().join(".pundit/index");
        for file in std::fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path()).filter(|file| file.extension().is_some_and(|is| is == ending)) {
            let mut damaged = std::fs::read(&file).unwrap();
            // What the engine writes behind tells how long the file is.
            let len = damaged.len().saturating_sub(200);
            bytes.iter().filter(|_| len > 0).for_each(|(at, byte)| damaged[at.index(len)] = *byte);
            std::fs::write(&file, damaged).unwrap();
        }
        let Ok(reader) = Reader::open(&path) else { return Ok(()) };
        for query in ["oil", "gas OR oil", "oil AND gas AND (ban OR arms)", "\"arms control\""] {
            let question = Question { query: query.to_owned(), literal: true, ..Question::default() };
            if let Ok(answer) = Asker::new(&reader).ask(&question) {
                prop_assert!(answer.hits.len() <= question.limit, "{}", query);
            }
        }
    }
}

#[test]
fn nothing_is_missed_in_a_piece_of_a_hundred_thousand_words() {
    let mut state = 7_u32;
    let words: Vec<u8> = (0..100_000)
        .map(|_| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            state.to_be_bytes()[0]
        })
        .collect();
    let text = text(&words);
    let folder = tempfile::tempdir().unwrap();
    let reader = indexed(folder.path(), &[("Oil".to_owned(), text.clone())]);
    let spans: Vec<Word> = Words::of(&text).collect();
    let folded: Vec<String> = spans.iter().map(|word| fold::folded(word.span.of(&text))).collect();
    let starts: Vec<usize> =
        passages::cut(&text, &spans, &sentences(&text), &names(&text)).iter().map(|passage| passage.words.start).collect();
    let passage = |word: usize| starts.partition_point(|&start| start <= word);
    // Where each begins it is told where it ends.
    let check = |query: &str, end: &dyn Fn(usize) -> Option<usize>| {
        let stands = (0..folded.len()).filter_map(|at| Some((at, end(at)?)));
        // A passage without words begins where the next one does.
        let has_words = |number: &usize| starts.get(*number) != starts.get(*number - 1);
        let under: BTreeSet<usize> = stands.flat_map(|(at, end)| passage(at)..=passage(end)).filter(has_words).collect();
        assert!(under.len() > 3, "{query}");
        assert_eq!(found(&reader, query, Within::Piece).len(), under.len(), "{query}");
    };
    let at = |word: usize, is: &str| folded.get(word).is_some_and(|folded| folded == is);
    check("\"arms control treaty\"", &|word| (at(word, "arms") && at(word + 1, "control") && at(word + 2, "treaty")).then_some(word + 2));
    check("\"who\" pre/2 \"grain\"", &|word| {
        let next = if at(word + 1, "grain") { word + 1 } else { word + 2 };
        (at(word, "who") && at(next, "grain") && !at(word + 1, "who")).then_some(next)
    });
    check("\"grain prices\" not pre/1 \"north\"", &|word| {
        (at(word, "grain") && at(word + 1, "prices") && !at(word + 2, "north")).then_some(word + 1)
    });
    // Also where they stand on both sides of a seam.
    for &start in starts.iter().skip(1).step_by(100) {
        let (before, behind) = (folded[start - 1].as_str(), folded[start].as_str());
        check(&format!("\"{before} {behind}\""), &|word| (at(word, before) && at(word + 1, behind)).then_some(word + 1));
    }
}
