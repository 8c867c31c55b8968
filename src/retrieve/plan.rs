use crate::index::tokens::marks;
use crate::query::{Ask, Dates, Field, Leaf, Mode, Tree, Undated};
use crate::text::script::is_han;
use crate::text::{Analyzer, Language, Word, Words, fold, han};

/// A resolved query as what it needs of an index.
#[derive(Debug)]
pub struct Plan {
    /// The query over its leaves, by their numbers.
    pub tree: Tree<usize>,
    /// What each leaf needs.
    pub leaves: Vec<Planned>,
}

/// A leaf of a plan.
#[derive(Debug)]
pub struct Planned {
    /// The clause as the user wrote it.
    pub label: String,
    /// What a piece must have.
    pub need: Need,
    /// The ranking terms of the clause, each as often as the clause has it.
    pub terms: Vec<Vec<String>>,
    /// What counts for ranking as a whole, beside the terms.
    pub whole: Option<Whole>,
}

/// What counts for ranking as a whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Whole {
    /// A phrase.
    Phrase(Need),
    /// An actor, by the mark of a mention.
    Actor(String),
}

/// What a piece must have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Need {
    /// A word of one of these stems, in a passage or the title.
    Stem(Vec<String>),
    /// These words in this order, next to each other.
    Sequence(Vec<Element>),
    /// A mention, by its mark.
    Mention(String),
    /// All of these.
    All(Vec<Need>),
    /// One of these.
    Any(Vec<Need>),
    /// This, in the title.
    Title(Box<Need>),
    /// A header with all these tokens.
    Meta(Vec<String>),
    /// A date in this range.
    Dates(Dates, Undated),
    /// What no piece has.
    Nothing,
}

/// A word of a sequence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Element {
    /// Its folded form.
    pub folded: String,
    /// How it has to be written, if that matters.
    pub written: Option<String>,
}

impl Plan {
    /// The plan of `tree` for an index with pieces in `languages`: a word is looked for under its stem in each.
    #[must_use]
    pub fn new(tree: &Tree<Leaf>, mode: Mode, languages: &[Language], analyzer: &Analyzer) -> Self {
        let mut planner = Planner { analyzer, languages, leaves: Vec::new(), optional: mode == Mode::Any };
        let tree = planner.tree(tree);
        Self { tree, leaves: planner.leaves }
    }
}

struct Planner<'l> {
    analyzer: &'l Analyzer,
    languages: &'l [Language],
    leaves: Vec<Planned>,
    /// Whether clauses are none of them required, so that neither are the words of one.
    optional: bool,
}

impl Planner<'_> {
    fn tree(&mut self, tree: &Tree<Leaf>) -> Tree<usize> {
        let outer = self.optional;
        self.optional = match tree {
            Tree::Best(_) => true,
            Tree::All(_) | Tree::Must(_) => false,
            Tree::Any(_) | Tree::Not(_) | Tree::Clause(_) => outer,
        };
        let planned = match tree {
            Tree::All(trees) => Tree::All(self.trees(trees)),
            Tree::Any(trees) => Tree::Any(self.trees(trees)),
            Tree::Best(trees) => Tree::Best(self.trees(trees)),
            Tree::Not(tree) => Tree::Not(Box::new(self.tree(tree))),
            Tree::Must(tree) => Tree::Must(Box::new(self.tree(tree))),
            Tree::Clause(leaf) => {
                let planned = self.leaf(leaf);
                self.leaves.push(planned);
                Tree::Clause(self.leaves.len() - 1)
            }
        };
        self.optional = outer;
        planned
    }

    fn trees(&mut self, trees: &[Tree<Leaf>]) -> Vec<Tree<usize>> {
        trees.iter().map(|tree| self.tree(tree)).collect()
    }

    fn leaf(&self, leaf: &Leaf) -> Planned {
        let actor = |token: String| (Need::Mention(token.clone()), Some(Whole::Actor(token)));
        let ((need, whole), ranks) = match &leaf.ask {
            Ask::Word(word) => ((self.word(word), None), word.as_str()),
            Ask::Phrase(words) => (self.phrase(words), words.as_str()),
            Ask::Exact(words) => ((sequence(words, true), None), words.as_str()),
            Ask::Field(field, value) => ((self.field(*field, value), None), ""),
            Ask::Date(dates, undated) => ((Need::Dates(*dates, *undated), None), ""),
            Ask::Actor(id) => (actor(format!("{}{id}", marks::ACTOR)), ""),
            Ask::Kind(kind) => (actor(format!("{}{kind}", marks::KIND)), ""),
        };
        Planned { label: leaf.label.clone(), need, terms: self.terms(ranks), whole }
    }

    /// A phrase. Where no clause is required, its words count singly too, and the whole makes a passage better.
    fn phrase(&self, words: &str) -> (Need, Option<Whole>) {
        let whole = sequence(words, false);
        let several = matches!(&whole, Need::Sequence(words) if words.len() > 1);
        let need = if self.optional && several { self.word_by_word(words) } else { whole.clone() };
        (need, several.then_some(Whole::Phrase(whole)))
    }

    fn word_by_word(&self, words: &str) -> Need {
        let parts: Vec<Need> = words.split_whitespace().map(|word| self.word(word)).filter(|need| *need != Need::Nothing).collect();
        if parts.is_empty() { Need::Nothing } else { Need::Any(parts) }
    }

    /// A word as typed, which may be several to an index. What is written together stands together (`Jong-un`), but scripts without spaces
    /// write sentences together: there numbers, foreign words and punctuation part, and a run of Han is what its dictionary words are, in
    /// any place.
    fn word(&self, typed: &str) -> Need {
        let words: Vec<Word> = Words::of(typed).collect();
        if let [word] = words.as_slice()
            && !word.solo
        {
            return Need::Stem(self.stems(word.span.of(typed)));
        }
        if !words.iter().any(|word| word.solo) {
            return sequence(typed, false);
        }
        let mut parts = Vec::new();
        for chunk in words.chunk_by(|before, word| before.solo == word.solo && before.span.end == word.span.start) {
            let (Some(first), Some(last)) = (chunk.first(), chunk.last()) else { continue };
            let written = first.span.cover(last.span).of(typed);
            if chunk.iter().all(|word| word.solo) && written.chars().any(is_han) {
                let lowered: String = chunk.iter().map(|word| fold::folded(word.span.of(typed))).collect();
                parts.extend(han::cut_apart(&lowered).into_iter().map(|part| sequence(part, false)));
            } else if chunk.len() == 1 && !first.solo {
                parts.push(Need::Stem(self.stems(written)));
            } else {
                parts.push(sequence(written, false));
            }
        }
        match parts.len() {
            0 => Need::Nothing,
            1 => parts.remove(0),
            _ if self.optional => Need::Any(parts),
            _ => Need::All(parts),
        }
    }

    /// The stems of a word in every language of the index, each once.
    fn stems(&self, word: &str) -> Vec<String> {
        let mut stems = Vec::new();
        for &language in self.languages.iter().chain([&Language::ENGLISH]) {
            let stem = self.analyzer.stem_of(word, language);
            if !stems.contains(&stem) {
                stems.push(stem);
            }
        }
        stems
    }

    fn field(&self, field: Field, value: &str) -> Need {
        let tokens = |name: &str| {
            let words: Vec<String> = Words::of(value).map(|word| format!("{name}:{}", fold::folded(word.span.of(value)))).collect();
            if words.is_empty() { Need::Nothing } else { Need::Meta(words) }
        };
        match field {
            Field::Title => Need::Title(Box::new(match Words::of(value).count() {
                1 => self.word(value),
                _ => sequence(value, false),
            })),
            Field::Lang => Language::parse(value).map_or(Need::Nothing, |language| Need::Meta(vec![format!("lang:{language}")])),
            Field::Kind => Need::Meta(vec![format!("kind:{}", value.to_lowercase())]),
            Field::Author => tokens("author"),
            Field::Source => tokens("source"),
            Field::Path => tokens("path"),
            Field::Tag => tokens("tag"),
        }
    }

    /// The ranking terms of `text`, each as what it is in every language of the index.
    fn terms(&self, text: &str) -> Vec<Vec<String>> {
        let analysed = self.analyzer.analyse(text, Language::ENGLISH);
        let mut terms = Vec::new();
        let mut at = 0;
        while let Some(word) = analysed.words.get(at) {
            let end = if word.solo { analysed.run_end(at, analysed.words.len()) } else { at + 1 };
            if word.solo {
                analysed.terms(at..end, |term| terms.push(vec![term.to_owned()]));
            } else {
                terms.push(self.stems(word.span.of(text)));
            }
            at = end;
        }
        terms
    }
}

/// The words of `text` next to each other, as written if that is asked for.
fn sequence(text: &str, as_written: bool) -> Need {
    let element = |word: Word| {
        let written = word.span.of(text);
        Element { folded: fold::folded(written), written: as_written.then(|| written.to_owned()) }
    };
    let elements: Vec<Element> = Words::of(text).map(element).collect();
    if elements.is_empty() { Need::Nothing } else { Need::Sequence(elements) }
}
