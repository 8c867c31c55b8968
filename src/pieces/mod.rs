//! Files become pieces.
//!
//! Takes a folder or file, gives its files in sorted order ([`walk()`]), and for each file its pieces and what was left out, with the
//! reason ([`read`]). Reads the disk, writes nothing, and one bad file never stops another: a file or record that cannot be read is a
//! [`Skipped`], not an error. Knows no index.

pub mod date;
mod decode;
mod piece;
pub mod read;
mod skipped;
pub mod walk;

pub use date::Date;
pub use piece::{Lines, Piece};
pub use read::{Format, Limits};
pub use skipped::{Reason, Skipped};
pub use walk::{Entry, walk};
