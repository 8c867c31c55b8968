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

/// Writes the postings of those of `terms` that occur, with as much of each as `option` says.
///
/// A batch of terms is sorted by counting (Knuth, *Sorting and Searching*, 5.2): each occurrence is put at the next place of its term. They come
/// in the order of documents, and stay in it.
pub(super) fn write(
    terms: &SortedTerms,
    occurrences: &Occurrences,
    option: IndexRecordOption,
    out: &mut FieldSerializer<'_>,
) -> io::Result<()> {
    let mut counts = vec![0_u32; terms.len()];
    occurrences.each(|term, _, _| {
        if let Some(count) = counts.get_mut(term as usize) {
            *count += 1;
        }
    })?;
    let mut places = vec![ELSEWHERE; counts.len()];
    let mut sorted: Vec<Occurrence> = Vec::new();
    let mut first = 0;
    while first < terms.len() {
        // The terms from `first` to before `end` are the batch.
        let (mut end, mut size) = (first, 0);
        for (_, term) in terms.iter_from(first) {
            let count = count_of(&counts, term);
            if size > 0 && size + count > BATCH {
                break;
            }
            if let Some(place) = places.get_mut(term as usize).filter(|_| count > 0) {
                *place = u32::try_from(size).unwrap_or(ELSEWHERE);
            }
            (end, size) = (end + 1, size + count);
        }
        sorted.resize(size, (0, 0));
        occurrences.each(|term, doc, position| {
            let Some(place) = places.get_mut(term as usize).filter(|place| **place != ELSEWHERE) else { return };
            if let Some(to) = sorted.get_mut(*place as usize) {
                *to = (doc, position);
            }
            *place += 1;
        })?;
        let mut unwritten = sorted.as_slice();
        for (bytes, term) in terms.iter_from(first).take(end - first) {
            let count = count_of(&counts, term);
            if count == 0 {
                continue;
            }
            let (own, behind) = unwritten.split_at_checked(count).unwrap_or((unwritten, &[]));
            unwritten = behind;
            write_term(bytes, own, option, out)?;
            if let Some(place) = places.get_mut(term as usize) {
                *place = ELSEWHERE;
            }
        }
        first = end;
    }
    Ok(())
}

fn count_of(counts: &[u32], term: u32) -> usize {
    counts.get(term as usize).map_or(0, |&count| count as usize)
}

/// Writes the postings of one term, which occurs at `own`.
fn write_term(term: &[u8], own: &[Occurrence], option: IndexRecordOption, out: &mut FieldSerializer<'_>) -> io::Result<()> {
    let documents = || own.chunk_by(|(a, _), (b, _)| a == b);
    let count = u32::try_from(documents().count()).unwrap_or(u32::MAX);
    out.new_term(term, count, option.has_freq())?;
    let mut steps = Vec::new();
    for inside in documents() {
        let Some(&(doc, _)) = inside.first() else { continue };
        steps.clear();
        let mut before = 0;
        steps.extend(inside.iter().map(|&(_, position)| position - std::mem::replace(&mut before, position)));
        let times = u32::try_from(steps.len()).unwrap_or(u32::MAX);
        if option.has_freq() {
            out.write_doc(doc, times, &steps);
        } else {
            out.write_doc(doc, 0, &[]);
        }
    }
    out.close_term()
}
