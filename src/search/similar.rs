//! Passages like a text.

use foldhash::HashMap;

use super::copies::with_digest;
use super::{Answer, Asker, Error, Question, Shown};
use crate::index::Reader;
use crate::query::Mode;
use crate::rank::{Bm25, Shape};
use crate::text::grammar::is_grammar;
use crate::text::{Analyzer, Language, han};

/// So many words stand for a text. More of them say little: the weightiest come first.
const WORDS: usize = 40;

/// A text that others are to be like.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Likeness {
    /// The text.
    pub text: String,
    /// The beginning of the digest of the piece that it is from, which is then no hit.
    pub digest: Option<String>,
}

impl From<&Shown> for Likeness {
    /// The passage that was asked for, else title and text of the whole piece.
    fn from(shown: &Shown) -> Self {
        let text = match shown.passage.and_then(|at| shown.passages.get(at)) {
            Some(passage) => passage.text.clone(),
            None => {
                let passages = shown.passages.iter().map(|passage| passage.text.as_str());
                shown.piece.stored.title.as_deref().into_iter().chain(passages).collect::<Vec<_>>().join("\n")
            }
        };
        Self { text, digest: Some(shown.piece.stored.short_digest().to_owned()) }
    }
}

impl Asker<'_> {
    /// The passages that are like a text: those that its weightiest words find, any of which will do. `question` says what else is wanted;
    /// its query is what those words are.
    pub fn similar(&self, like: &Likeness, question: &Question) -> Result<Answer, Error> {
        let words = weightiest(self.reader(), &like.text)?;
        if words.is_empty() {
            return Ok(Answer::default());
        }
        let asked = Question { query: words.join(" "), mode: Mode::Any, literal: true, ..question.clone() };
        let own = like.digest.as_ref().map(|digest| with_digest(self.reader(), digest)).transpose()?.unwrap_or_default();
        let mut hits = Vec::new();
        let answer = self.each_but(&own, &asked, &mut |hit| {
            hits.push(hit);
            Ok(())
        })?;
        Ok(Answer { hits, ..answer })
    }
}

/// A word of a text: where it first stands, how often it occurs, and how rare it is.
struct CountedWord {
    written: String,
    times: u32,
    rarity: f32,
}

/// The words of `text` that say the most, in the order in which they first stand in it.
fn weightiest(reader: &Reader, text: &str) -> Result<Vec<String>, Error> {
    let language = Language::detect(text);
    let analysed = Analyzer::default().analyse(text, language);
    let mut known: Vec<CountedWord> = Vec::new();
    let mut places: HashMap<String, usize> = HashMap::default();
    let mut length = 0;
    let mut take = |term: &str, written: &str| -> Result<(), Error> {
        length += 1;
        if let Some(known) = places.get(term).and_then(|&at| known.get_mut(at)) {
            known.times += 1;
            return Ok(());
        }
        let mut containing = 0;
        for segment in reader.segments() {
            containing += segment.passage_frequency(term)?;
        }
        places.insert(term.to_owned(), known.len());
        // What no piece has finds none.
        let rarity = if containing == 0 { 0.0 } else { Bm25::rarity(containing, reader.manifest().totals.passages) };
        known.push(CountedWord { written: written.to_owned(), times: 1, rarity });
        Ok(())
    };
    let mut at = 0;
    while let Some(word) = analysed.words.get(at) {
        if word.solo {
            let end = analysed.run_end(at, analysed.words.len());
            for part in han::cut_apart(analysed.folded.joint(at..end)).into_iter().filter(|part| part.chars().count() > 1) {
                take(part, part)?;
            }
            at = end;
        } else {
            let (stem, folded) = (analysed.stems.get(at), analysed.folded.get(at));
            if !is_grammar(folded) {
                take(stem, folded)?;
            }
            at += 1;
        }
    }
    let mut weighed: Vec<(f32, usize)> = known
        .iter()
        .enumerate()
        .map(|(at, known)| (Bm25::new(known.rarity, 100.0, Shape::SPACED).score(known.times, length), at))
        .filter(|(weight, _)| *weight > 0.0)
        .collect();
    weighed.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    weighed.truncate(WORDS);
    weighed.sort_by_key(|&(_, at)| at);
    Ok(weighed.into_iter().filter_map(|(_, at)| known.get(at).map(|known| known.written.clone())).collect())
}
