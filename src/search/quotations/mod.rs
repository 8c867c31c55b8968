//! The quotations of a draft are checked against the corpus.
//!
//! [`draft`] finds the quotations, [`verify`] looks for each in the index, and [`wording`] and [`changes`] show word by word how the nearest
//! passage differs.

mod changes;
mod draft;
mod verify;
mod wording;

pub use changes::{Side, WordChange};
pub use draft::{Quotation, quotations};
pub use verify::{CheckedQuotation, QuotationSource, Verdict};
