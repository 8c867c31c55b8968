//! The words of an index that are like something.

use foldhash::HashMap;
use tantivy::schema::Field;
use tantivy_fst::Automaton;

use super::{Error, Reader, Segment, marks};

/// The words like something whose documents are counted one by one where some are deleted.
const COUNTED: usize = 4_000;

impl Segment {
    /// The tokens of `field` that begin with `prefix`, in order.
    pub fn tokens_with_prefix(&self, field: Field, prefix: &str) -> Result<Vec<String>, Error> {
        let inverted = self.inverted(field)?;
        let mut stream = inverted.terms().range().ge(prefix.as_bytes()).into_stream().map_err(|error| self.engine(error))?;
        let mut found = Vec::new();
        while stream.advance() && stream.key().starts_with(prefix.as_bytes()) {
            found.extend(std::str::from_utf8(stream.key()).map(ToOwned::to_owned));
        }
        Ok(found)
    }

    /// How the folded `word` is written where that differs from it by more than a capital at the beginning.
    pub fn writings_of(&self, word: &str) -> Result<Vec<String>, Error> {
        let field = self.fields().words;
        let mut found = Vec::new();
        for token in self.tokens_with_prefix(field, &marks::written(word, ""))? {
            if self.document_frequency(field, &token)? > 0 {
                found.push(marks::spelled(&token).into_owned());
            }
        }
        Ok(found)
    }

    /// Whether some words of `field`, deleted ones included, begin with `prefix`.
    pub(super) fn has_token_with_prefix(&self, field: Field, prefix: &str) -> Result<bool, Error> {
        let inverted = self.inverted(field)?;
        let mut stream = inverted.terms().range().ge(prefix.as_bytes()).into_stream().map_err(|error| self.engine(error))?;
        Ok(stream.advance() && stream.key().starts_with(prefix.as_bytes()))
    }
}

impl Reader {
    /// The words of `field` that `like` accepts and `is_word` too, each with the number of documents that have it; the most frequent first. Of
    /// more than [`COUNTED`] the rarer ones are counted with documents that are deleted.
    pub fn forms<A>(&self, field: Field, like: &A, is_word: impl Fn(&str) -> bool) -> Result<Vec<(String, u64)>, Error>
    where
        A: Automaton<State: Clone>,
    {
        let mut found: HashMap<String, u64> = HashMap::default();
        for segment in self.segments() {
            let inverted = segment.inverted(field)?;
            let mut stream = inverted.terms().search(like).into_stream().map_err(|error| segment.engine(error))?;
            while let Some((form, info)) = stream.next() {
                if let Some(form) = std::str::from_utf8(form).ok().filter(|form| is_word(form)) {
                    *found.entry(form.to_owned()).or_default() += u64::from(info.doc_freq);
                }
            }
        }
        let mut found: Vec<(String, u64)> = found.into_iter().collect();
        let by_frequency = |a: &(String, u64), b: &(String, u64)| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0));
        found.sort_unstable_by(by_frequency);
        if self.segments().iter().any(Segment::has_dead) {
            // What is told of words must not depend on what was deleted.
            for (form, documents) in found.iter_mut().take(COUNTED) {
                *documents = self.segments().iter().map(|segment| segment.document_frequency(field, form)).sum::<Result<u64, Error>>()?;
            }
            found.retain(|(_, documents)| *documents > 0);
            found.sort_unstable_by(by_frequency);
        }
        Ok(found)
    }
}
