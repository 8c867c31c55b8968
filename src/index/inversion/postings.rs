//! Occurrences sorted by their terms, and written as the engine's postings.

use std::io;

use tantivy::DocId;
use tantivy::postings::FieldSerializer;
use tantivy::schema::IndexRecordOption;

use super::lexicon::SortedTerms;
use super::occurrences::Occurrences;

/// How many occurrences are sorted at a time, eight bytes each, so that what is sorted takes a bounded room. For each such batch all of them are
/// read again: twice as many save no time that can be measured, half as many cost 3% of that of indexing 10,000 pieces.
///
/// Small in tests, whose documents would otherwise always be one batch.
const BATCH: usize = if cfg!(test) { 1 << 10 } else { 4 << 20 };
/// The place of a term that is not in the batch.
const ELSEWHERE: u32 = u32::MAX;

/// Where a term occurs: its document and its position there.
type Occurrence = (DocId, u32);

/// Writes the postings of fields, one after the other, each with the room that the one before it had: memory touched for the first time costs more than
/// what is done in it.
///
/// A batch of terms is sorted by counting (Knuth, *Sorting and Searching*, 5.2): each occurrence is put at the next place of its term. They come
/// in the order of documents, and stay in it.
pub(super) struct Sorting<'t> {
    terms: &'t SortedTerms,
    /// How often each term occurs in the field, by its number.
    counts: Vec<u32>,
    /// Where the next occurrence of each term of the batch goes.
    places: Vec<u32>,
    /// The occurrences of a batch. What is behind them is left over from a larger one.
    sorted: Vec<Occurrence>,
    /// How far each position in a document is from the one before.
    steps: Vec<u32>,
}

impl<'t> Sorting<'t> {
    /// Of fields that have these `terms`.
    pub(super) fn of(terms: &'t SortedTerms) -> Self {
        let none = vec![ELSEWHERE; terms.len()];
        Self { terms, counts: vec![0; terms.len()], places: none, sorted: Vec::new(), steps: Vec::new() }
    }

    /// Writes the postings of those terms that occur in a field, with as much of each as `option` says.
    pub(super) fn write(&mut self, occurrences: &Occurrences, option: IndexRecordOption, out: &mut FieldSerializer<'_>) -> io::Result<()> {
        let Self { terms, counts, places, sorted, steps } = self;
        counts.fill(0);
        occurrences.each(|term, _, _| {
            if let Some(count) = counts.get_mut(term as usize) {
                *count += 1;
            }
        })?;
        let mut first = 0;
        while first < terms.len() {
            // The terms from `first` to before `end` are the batch.
            let (mut end, mut size) = (first, 0);
            for (_, term) in terms.iter_from(first) {
                let count = count_of(counts, term);
                if size > 0 && size + count > BATCH {
                    break;
                }
                if let Some(place) = places.get_mut(term as usize).filter(|_| count > 0) {
                    *place = u32::try_from(size).unwrap_or(ELSEWHERE);
                }
                (end, size) = (end + 1, size + count);
            }
            if sorted.len() < size {
                *sorted = vec![(0, 0); size];
            }
            occurrences.each(|term, doc, position| {
                let Some(place) = places.get_mut(term as usize).filter(|place| **place != ELSEWHERE) else { return };
                if let Some(to) = sorted.get_mut(*place as usize) {
                    *to = (doc, position);
                }
                *place += 1;
            })?;
            let mut unwritten = sorted.as_slice();
            for (bytes, term) in terms.iter_from(first).take(end - first) {
                let count = count_of(counts, term);
                if count == 0 {
                    continue;
                }
                let (own, behind) = unwritten.split_at_checked(count).unwrap_or((unwritten, &[]));
                unwritten = behind;
                write_term(bytes, own, option, steps, out)?;
                if let Some(place) = places.get_mut(term as usize) {
                    *place = ELSEWHERE;
                }
            }
            first = end;
        }
        Ok(())
    }
}

fn count_of(counts: &[u32], term: u32) -> usize {
    counts.get(term as usize).map_or(0, |&count| count as usize)
}

/// Writes the postings of one term, which occurs at `own`. In `steps` there is room.
fn write_term(
    term: &[u8],
    own: &[Occurrence],
    option: IndexRecordOption,
    steps: &mut Vec<u32>,
    out: &mut FieldSerializer<'_>,
) -> io::Result<()> {
    let documents = || own.chunk_by(|(a, _), (b, _)| a == b);
    let count = u32::try_from(documents().count()).unwrap_or(u32::MAX);
    out.new_term(term, count, option.has_freq())?;
    for inside in documents() {
        let Some(&(doc, _)) = inside.first() else { continue };
        steps.clear();
        let mut before = 0;
        steps.extend(inside.iter().map(|&(_, position)| position - std::mem::replace(&mut before, position)));
        let times = u32::try_from(steps.len()).unwrap_or(u32::MAX);
        if option.has_freq() {
            out.write_doc(doc, times, steps);
        } else {
            out.write_doc(doc, 0, &[]);
        }
    }
    out.close_term()
}
