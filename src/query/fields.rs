/// The fields that can be asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// The headline.
    Title,
    /// The authors' names.
    Author,
    /// The outlet's name.
    Source,
    /// The language's code.
    Lang,
    /// The path of the file.
    Path,
    /// The subjects.
    Tag,
    /// Opinion, news, statement, interview …
    Kind,
}

impl Field {
    /// All fields with their names in queries.
    pub const ALL: [(&'static str, Self); 7] = [
        ("title", Self::Title),
        ("author", Self::Author),
        ("source", Self::Source),
        ("lang", Self::Lang),
        ("path", Self::Path),
        ("tag", Self::Tag),
        ("kind", Self::Kind),
    ];

    /// Its name in queries.
    #[must_use]
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(_, field)| *field == self).map_or("", |(name, _)| name)
    }

    /// Whether it says something about a piece as a whole, so that it filters even where nothing else is required.
    #[must_use]
    pub fn is_filter(self) -> bool {
        self != Self::Title
    }
}
