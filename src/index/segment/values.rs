//! What documents keep to be shown, read.

use tantivy::DocId;
use tantivy::directory::OwnedBytes;

use super::Segment;
use crate::index::fields::Meta;
use crate::index::shell::mentions;
use crate::index::texts::{Coded, Vocabulary};
use crate::index::{Error, StoredFile, StoredMention, StoredPassage, StoredPiece};
use crate::pieces::Look;

impl Segment {
    /// What is kept of the file with the key `owner`, and how it looked when it was read.
    pub(in crate::index) fn stored_file_of(&self, owner: &str) -> Result<Option<(StoredFile, Look)>, Error> {
        let docs = self.documents_with_meta(Meta::FileOf(owner))?;
        let Some(&doc) = docs.last() else { return Ok(None) };
        Ok(Some((self.stored(doc)?, self.looks()?(doc))))
    }

    /// What the document of a file that carries `meta` keeps.
    pub fn stored_files(&self, meta: Meta<'_>) -> Result<Vec<StoredFile>, Error> {
        let docs = self.documents_with_meta(meta)?;
        docs.into_iter().filter(|&doc| self.block_map.is_file(doc)).map(|doc| self.stored(doc)).collect()
    }

    /// What a file's document keeps.
    pub(in crate::index) fn stored_file(&self, doc: DocId) -> Result<StoredFile, Error> {
        self.stored(doc)
    }

    /// What a passage keeps.
    pub fn passage(&self, doc: DocId) -> Result<StoredPassage, Error> {
        let coded = self.coded(doc)?;
        let passage = Coded::read(&coded).and_then(|coded| StoredPassage::decoded(&coded, self.vocabulary()));
        passage.ok_or_else(|| self.damaged("a passage without text"))
    }

    /// The mentions alone in a passage: its text is not put together for them.
    pub fn mentions(&self, passage: DocId) -> Result<Vec<StoredMention>, Error> {
        let coded = self.coded(passage)?;
        let mentions = Coded::read(&coded).and_then(|coded| mentions(&coded, self.vocabulary()));
        mentions.ok_or_else(|| self.damaged("a passage without mentions"))
    }

    /// What is kept of `doc` among the texts, coded; empty if nothing is.
    pub(super) fn coded(&self, doc: DocId) -> Result<OwnedBytes, Error> {
        self.texts.coded(doc).map_err(|error| self.engine(error))
    }

    /// The strings of its texts by their numbers.
    pub(super) const fn vocabulary(&self) -> &Vocabulary {
        self.texts.vocabulary()
    }

    /// What a header keeps.
    pub fn piece(&self, header: DocId) -> Result<StoredPiece, Error> {
        self.stored(header)
    }

    fn stored<T: serde::de::DeserializeOwned>(&self, doc: DocId) -> Result<T, Error> {
        let document = self.store.get_document_bytes(doc).map_err(|error| self.engine(error))?;
        let value = value_of(&document).ok_or_else(|| self.damaged("a document without stored value"))?;
        postcard::from_bytes(value).map_err(|error| self.damaged(format!("a stored value: {error}")))
    }
}

/// The only value of a document as the engine stores it: behind the number of values, a field's number, the type, and the length of the value in
/// digits of seven bits, the last marked by the eighth. Read with the engine, a value is put together byte by byte.
fn value_of(document: &[u8]) -> Option<&[u8]> {
    const HEAD: usize = 1 + 4 + 1;
    let behind = document.get(HEAD..)?;
    let digits = behind.iter().position(|digit| digit & 0x80 != 0)? + 1;
    let (length, value) = behind.split_at_checked(digits)?;
    let length = length.iter().rev().fold(0, |length, digit| length << 7 | usize::from(digit & 0x7F));
    (value.len() == length).then_some(value)
}
