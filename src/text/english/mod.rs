//! What English words are called before their endings are taken off: one spelling for Britain and America, and regular forms for irregular ones.
//!
//! The stemmer knows endings alone, so it leaves `defence` and `defense`, `children` and `child` apart. Here each becomes the other's word, which the
//! stemmer then takes on from: *centred* is *centered*, *women* is *woman*. Some words that it would take for others are kept apart. Only stems change; what is quoted is compared as it is written.

mod apart;
mod irregular;
mod lines;
mod slots;
mod spelling;

use std::borrow::Cow;

/// `word` (as [`super::fold::folded`] gives it) in the spelling that all its spellings share or, if its form is irregular, the word that it is a form of.
#[must_use]
pub(super) fn regular(word: &str) -> Cow<'_, str> {
    // What the stemmer, too, takes off first.
    let bare = word.strip_suffix("'s").or_else(|| word.strip_suffix('\'')).unwrap_or(word);
    if let Some(base) = irregular::base(bare) {
        return base;
    }
    spelling::respelt(bare).map_or(Cow::Borrowed(word), Cow::Owned)
}

/// The stem of `word` (as [`super::fold::folded`] gives it) where the stemmer would take it for another word: executives have nothing to do with
/// executions, nor customers with customs.
#[must_use]
pub(super) fn stem_apart(word: &str) -> Option<&'static str> {
    let bare = word.strip_suffix("'s").or_else(|| word.strip_suffix('\'')).unwrap_or(word);
    apart::stem(bare)
}

#[cfg(test)]
mod tests;
