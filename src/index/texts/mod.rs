//! The texts of a segment, in a file of it: of each passage what is shown, of each header the terms by which its piece is compared with others.
//!
//! A text is kept as the numbers of its words in a *vocabulary*, and of what stands between them: word-based compression, of which Witten, Moffat and
//! Bell tell (1999, *Managing Gigabytes*). Frequent words have small numbers, which take a byte or two. That takes two fifths of the text, where blocks of
//! 4 kB by LZ4 took 0.77; and any passage is read by itself. In return a word that is read lies elsewhere in memory than the one before, and the
//! strings of a segment stand in memory while it is written, which they do anyway ([`super::inversion`]).
//!
//! - [`codes`]: numbers as bytes; [`coded`]: what is kept of a document; [`spelling`]: a text as words and what stands between.
//! - [`vocabulary`]: the strings by their numbers.
//! - [`new_texts`]: how texts are written; [`plugin`]: how they are joined where segments are merged.
//!
//! The file holds what is kept of each document, one behind the other in their order; then the vocabulary; then where each document's begins, and where
//! the last one's ends; then how many documents there are, how many strings, and in how many bytes.

mod codes;
pub(super) mod coded;
mod new_texts;
pub(super) mod plugin;
pub(super) mod spelling;
#[cfg(test)]
mod tests;
mod vocabulary;

pub(super) use coded::{Coded, CodedDocuments};
pub(super) use new_texts::NewTexts;
pub(super) use spelling::{Spelling, Strings};
pub(super) use vocabulary::{LONGEST, Vocabulary};

use std::io::{self, Write};

use tantivy::directory::{FileSlice, OwnedBytes, TerminatingWrite};
use tantivy::index::SegmentComponent;
use tantivy::{DocId, HasLen, SegmentReader, TantivyError};

use super::segment::records::{Record, Records};
use vocabulary::NewVocabulary;

/// How the names of the files end.
pub(super) const ENDING: &str = "texts";

/// The texts of one segment.
pub(super) struct Texts {
    /// What is kept of all documents. Read part by part: where segments are merged, it need not all be in memory.
    coded: FileSlice,
    vocabulary: Vocabulary,
    starts: Records,
}

/// Where what is kept of a document begins in the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Start(u64);

impl Record for Start {
    /// A terabyte is enough.
    const SIZE: usize = 5;

    fn put(&self, out: &mut impl Write) -> io::Result<()> {
        let [bytes @ .., _, _, _] = self.0.to_le_bytes();
        out.write_all(&bytes)
    }

    fn get(bytes: &[u8]) -> Option<Self> {
        let [a, b, c, d, e] = *bytes.first_chunk()?;
        Some(Self(u64::from_le_bytes([a, b, c, d, e, 0, 0, 0])))
    }
}

/// The bytes of the numbers at the end of a file.
const COUNTS: usize = 3 * size_of::<u64>();

impl Texts {
    pub(super) fn open(segment: &SegmentReader) -> tantivy::Result<Self> {
        let file = segment.open_read(component())?;
        Self::read(&file)?
            .filter(|texts| texts.starts.len() == segment.max_doc() as usize + 1)
            .ok_or_else(|| TantivyError::InternalError(format!("a file .{ENDING} does not hold what it says, or not of all documents")))
    }

    fn read(file: &FileSlice) -> io::Result<Option<Self>> {
        let Some(counts_at) = file.len().checked_sub(COUNTS) else { return Ok(None) };
        let counts = file.read_bytes_slice(counts_at..file.len())?;
        let (counts, _) = counts.as_chunks::<8>();
        let mut counts = counts.iter().map_while(|count| usize::try_from(u64::from_le_bytes(*count)).ok());
        let mut parts = || {
            let [docs, strings, size] = [counts.next()?, counts.next()?, counts.next()?];
            let starts = docs.checked_add(1)?;
            let starts_at = counts_at.checked_sub(starts.checked_mul(Start::SIZE)?)?;
            Some((starts, strings, starts_at.checked_sub(size)?, starts_at))
        };
        let Some((starts, strings, vocabulary_at, starts_at)) = parts() else { return Ok(None) };
        let Some(vocabulary) = Vocabulary::read(&file.read_bytes_slice(vocabulary_at..starts_at)?, strings) else { return Ok(None) };
        let starts = Records::read(file.read_bytes_slice(starts_at..counts_at)?, starts);
        Ok(Some(Self { coded: file.slice_to(vocabulary_at), vocabulary, starts }))
    }

    /// What is kept of `doc`, coded; empty if nothing is, or if the file is damaged.
    pub(super) fn coded(&self, doc: DocId) -> io::Result<OwnedBytes> {
        let place = |at: usize| self.starts.at(at).and_then(|Start(start)| usize::try_from(start).ok());
        let range = place(doc as usize).zip(place(doc as usize + 1)).filter(|&(start, end)| start <= end && end <= self.coded.len());
        range.map_or_else(|| Ok(OwnedBytes::empty()), |(start, end)| self.coded.read_bytes_slice(start..end))
    }

    /// The strings by their numbers.
    pub(super) const fn vocabulary(&self) -> &Vocabulary {
        &self.vocabulary
    }
}

/// The file's part of a segment.
pub(super) fn component() -> SegmentComponent {
    SegmentComponent::Custom(ENDING.to_owned())
}

/// Writes what stands behind what is kept of documents: a vocabulary of so many strings, and where each document begins and the last ends.
fn finish(mut out: impl TerminatingWrite, vocabulary: &NewVocabulary, strings: u32, starts: &[Start]) -> io::Result<()> {
    let docs = starts.len().saturating_sub(1) as u64;
    let size = vocabulary.write(&mut out)?;
    starts.iter().try_for_each(|start| start.put(&mut out))?;
    for count in [docs, u64::from(strings), size as u64] {
        out.write_all(&count.to_le_bytes())?;
    }
    out.terminate()
}
