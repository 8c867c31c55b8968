//! Files are read as pieces.
//!
//! Takes a folder or file; gives its files in sorted order ([`walk()`]), the parts of each file, unpacked ([`parts()`]), and the pieces of each
//! part, read by its format, with what was skipped and why ([`read`]). Reads the disk and never writes. One bad file never stops another: a file
//! or record that cannot be read is a [`Skipped`], not an error. Knows no index.

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
pub mod boilerplate;
mod skipped;
pub mod walk;

pub use boilerplate::{Boilerplate, Margins};
pub use date::Date;
pub use decode::{Decoding, ToldBy, text_of_bytes};
pub(crate) use entities::decoded;
pub use format::Format;
pub use guard::guarded;
pub use look::Look;
pub use mapping::{Mapping, MappingError};
pub use parts::{Part, parts};
pub use piece::{Lines, Piece};
pub use read::{Limits, Reading, folder_kind};
pub use skipped::{Reason, Skipped, place_of};
pub use walk::{Entry, Wanted, walk};
