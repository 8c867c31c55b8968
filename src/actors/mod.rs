//! Who can be named, and who is.
//!
//! Takes a piece's words; gives its mentions: spans at which an actor is named, with the actor's identity and the rule that decided
//! it. Pure. In two steps: [`Matcher`] finds every place where a name of the [`Roster`] stands, all names at once; [`Tagger`] decides with
//! the whole piece in view which of those are mentions, and of whom. What nothing decides stays undecided and says so.

mod anchors;
mod capitals;
mod cases;
mod characters;
mod choose;
mod context;
mod habits;
mod han_capitals;
mod initials;
mod key;
mod lands;
mod leading;
mod matcher;
mod mention;
mod met;
mod namesakes;
mod nearby;
mod office;
mod organs;
pub mod overlay;
mod pairs;
mod peoples;
mod provinces;
mod register;
mod roster;
mod short;
mod tables;
mod tag;
mod titles;
mod unlisted;
mod word_list;
mod written;

pub use matcher::Matcher;
pub use mention::{Mention, Rule};
pub use overlay::{Overlay, OverlayError};
pub use register::{RosterInUse, register};
pub use roster::{Actor, ActorId, Form, Kind, Name, Roster, Term, Text};
pub use tag::{Tagged, Tagger};
