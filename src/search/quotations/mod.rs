//! The quotations of a draft are checked against the corpus.
//!
//! [`draft`] finds the quotations, [`verify`] looks for each in the index, and [`wording`] and [`changes`] show word by word how the nearest
//! passage differs.

mod changes;
mod draft;
mod verify;
mod wording;

pub use changes::{Change, Side};
pub use draft::{Quotation, quotations, weight};
pub use verify::{Checked, Source, Verdict};
