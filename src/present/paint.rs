use std::fmt;

/// Whether and how text is coloured.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Paint {
    /// Not at all.
    #[default]
    Plain,
    /// With the escape sequences that terminals know (ECMA-48), links too.
    Terminal,
}

/// What a part of the output is, as far as looks go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// A headline.
    Title,
    /// Something beside the point.
    Faint,
    /// What satisfied the query.
    Match,
    /// An actor, by its number in the legend.
    Actor(usize),
    /// An actor in what satisfied the query.
    MatchedActor(usize),
    /// What a text had and another has not.
    Removed,
    /// What another text has instead.
    Added,
    /// An error.
    Error,
}

/// Six colours that are told apart on dark and on light ground; more actors than that share them.
const ACTOR_COLOURS: [u8; 6] = [36, 35, 33, 32, 34, 31];

impl Paint {
    /// `text` in `style`.
    pub fn paint<T: fmt::Display>(self, style: Style, text: T) -> Painted<T> {
        Painted { paint: self, style, text }
    }

    /// `text` as a link to `target` (OSC 8).
    #[must_use]
    pub fn link(self, target: &str, text: &str) -> String {
        match self {
            Self::Plain => text.to_owned(),
            Self::Terminal => format!("\u{1B}]8;;{target}\u{1B}\\{text}\u{1B}]8;;\u{1B}\\"),
        }
    }
}

/// A text with its style, ready to be written.
#[derive(Debug)]
pub struct Painted<T> {
    paint: Paint,
    style: Style,
    text: T,
}

impl<T: fmt::Display> fmt::Display for Painted<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.paint == Paint::Plain {
            return write!(f, "{}", self.text);
        }
        let colour = |number: usize| ACTOR_COLOURS.get(number % ACTOR_COLOURS.len()).copied().unwrap_or(36);
        match self.style {
            Style::Title => write!(f, "\u{1B}[1;4m")?,
            Style::Faint => write!(f, "\u{1B}[2m")?,
            Style::Match => write!(f, "\u{1B}[1m")?,
            Style::Actor(number) => write!(f, "\u{1B}[{}m", colour(number))?,
            Style::MatchedActor(number) => write!(f, "\u{1B}[1;{}m", colour(number))?,
            Style::Removed => write!(f, "\u{1B}[9;31m")?,
            Style::Added => write!(f, "\u{1B}[32m")?,
            Style::Error => write!(f, "\u{1B}[1;31m")?,
        }
        write!(f, "{}\u{1B}[0m", self.text)
    }
}
