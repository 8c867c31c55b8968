//! What flags take, where that is one of a few words: the choices of the floors above, by the words for them and what help says of each.

use clap::ValueEnum;
use clap::builder::PossibleValue;

use crate::actors::Kind;
use crate::query::Undated;
use crate::rank::{Feedback, Level};
use crate::retrieve::{Order, Within};
use crate::search::{CopiesMode, GroupBy, Sorting};

macro_rules! values {
    ($choice:ty: $($value:ident, $word:expr, $help:literal;)+) => {
        impl ValueEnum for $choice {
            fn value_variants<'a>() -> &'a [Self] {
                &[$(Self::$value),+]
            }

            fn to_possible_value(&self) -> Option<PossibleValue> {
                let all = [$((Self::$value, $word, $help)),+];
                all.into_iter().find(|(value, ..)| value == self).map(|(_, word, help)| PossibleValue::new(word).help(help))
            }
        }
    };
}

values! { Within:
    Piece, "piece", "In one piece";
    Passage, "passage", "In one passage";
    Sentence, "sentence", "In one sentence";
}
values! { Level:
    Full, "full", "By the query's words, then by comparing the best pieces with each other";
    Quick, "quick", "By the query's words only";
}
values! { Feedback:
    Auto, "auto", "Less for long queries and when few pieces match";
    On, "on", "Always";
    Off, "off", "Never";
}
values! { Order:
    Score, "score", "Best first";
    Oldest, "date", "Oldest first";
    Newest, "-date", "Newest first";
}
values! { CopiesMode:
    Group, "group", "One hit for all copies";
    Show, "show", "One hit for each copy";
    Hide, "hide", "Only the earliest copy, if it matches; the others are not counted";
}
values! { Undated:
    Include, "include", "Include them";
    Exclude, "exclude", "Exclude them";
    Only, "only", "Keep only them";
}
values! { GroupBy:
    Source, GroupBy::Source.word(), "By outlet";
    Author, GroupBy::Author.word(), "By author";
    Lang, GroupBy::Lang.word(), "By language";
    Year, GroupBy::Year.word(), "By year";
    Month, GroupBy::Month.word(), "By month";
    Actor, GroupBy::Actor.word(), "By actor mentioned in a matching passage";
}
// As the hits come is what happens where nothing is asked for.
values! { Sorting:
    Left, "left", "The words before the match, nearest first";
    Match, "match", "The match itself";
    Right, "right", "The words after the match";
}
values! { Kind:
    Person, Kind::Person.word(), "People";
    State, Kind::State.word(), "States and territories";
    Org, Kind::Org.word(), "Organisations";
}
