//! Files become pieces.
//!
//! Takes a folder or file, gives its files in sorted order ([`walk()`]); each file is cut into its parts, whatever it is packed in
//! ([`parts()`]), and each part read by its format into pieces and what was left out, with the reason ([`read`]). Reads the disk, writes
//! nothing, and one bad file never stops another: a file or record that cannot be read is a [`Skipped`], not an error. Knows no index.

pub mod date;
mod decode;
mod entities;
mod format;
mod guard;
mod look;
mod mapping;
pub mod name;
mod parts;
mod piece;
pub mod read;
pub mod refrains;
mod skipped;
pub mod walk;

pub use date::Date;
pub use decode::{Decoding, ToldBy};
pub use format::Format;
pub use guard::guarded;
pub use look::Look;
pub use mapping::{Mapping, MappingError};
pub use parts::{Part, parts};
pub use piece::{Lines, Piece};
pub use read::{Limits, Reading, folder_kind};
pub use refrains::{Margins, Refrains};
pub use skipped::{Reason, Skipped};
pub use walk::{Entry, Wanted, walk};
