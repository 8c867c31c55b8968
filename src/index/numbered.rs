//! Words that are kept as numbers.

use serde::de::{Deserialize, Deserializer, Error, Unexpected};
use serde::ser::Serializer;

use crate::actors::{Kind, Rule};

/// What is kept as a number. The numbers stand in indexes: none is ever given to another.
pub(super) trait Numbered: Copy + 'static {
    /// All that have a number.
    #[cfg(test)]
    const NUMBERED: &[Self];

    fn number(self) -> u8;

    /// What has this number; `None` for one that was never given.
    fn of_number(number: u8) -> Option<Self>;
}

/// Gives each variant its number, and each number its variant. One that is forgotten here is noticed by the compiler.
macro_rules! numbered {
    ($kept:ty { $($variant:ident = $number:literal),+ $(,)? }) => {
        impl Numbered for $kept {
            #[cfg(test)]
            const NUMBERED: &[Self] = &[$(Self::$variant),+];

            fn number(self) -> u8 {
                match self {
                    $(Self::$variant => $number,)+
                }
            }

            fn of_number(number: u8) -> Option<Self> {
                match number {
                    $($number => Some(Self::$variant),)+
                    _ => None,
                }
            }
        }
    };
}

numbered!(Kind { Person = 0, State = 1, Org = 2 });

numbered!(Rule {
    FullName = 0,
    ShortName = 1,
    SharedName = 2,
    Demonym = 3,
    Capital = 4,
    Seat = 5,
    Undecided = 6,
    Title = 7,
    Apposition = 8,
    Speech = 9,
    Frame = 10,
    NameForm = 11,
    OrgForm = 12,
    Acronym = 13,
    Office = 14,
    Nearby = 15,
});

pub(super) fn serialize<T: Numbered, S: Serializer>(kept: &T, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_u8(kept.number())
}

pub(super) fn deserialize<'de, T: Numbered, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    let number = u8::deserialize(deserializer)?;
    T::of_number(number).ok_or_else(|| D::Error::invalid_value(Unexpected::Unsigned(number.into()), &"a number that was given"))
}
