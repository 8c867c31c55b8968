//! Whether what a draft quotes stands in the corpus.
//!
//! The quotations of a [`draft`] are looked for ([`verify`]); where one stands otherwise, or something comes close, [`wording`] and [`changes`]
//! tell word by word what differs.

mod changes;
mod draft;
mod verify;
mod wording;

pub use changes::{Side, WordChange};
pub use draft::{Quotation, quotations};
pub use verify::{CheckedQuotation, QuotationSource, Verdict};
