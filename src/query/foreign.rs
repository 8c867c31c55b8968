//! Signs that other programs read as OR or NOT, and that are no signs here.

/// In longer queries `or` and `not` are words of a sentence.
const SHORT: usize = 5;

/// The first word of `query` outside quotes that another program would read as an operator but that is passed over here, or is a word like
/// any other; with what to write in its place.
///
/// ```
/// use pundit::query::foreign;
/// assert_eq!(foreign("oil | gas"), Some(("|", "OR, in capitals")));
/// assert_eq!(foreign("oil OR gas"), None);
/// ```
#[must_use]
pub fn foreign(query: &str) -> Option<(&str, &'static str)> {
    let is_short = query.split_whitespace().count() <= SHORT;
    let is_quoted = |at: usize| query.get(..at).is_some_and(|before| before.matches(['"', '“', '”']).count() % 2 == 1);
    let mut words = query.split_whitespace().filter(|word| !is_quoted(word.as_ptr() as usize - query.as_ptr() as usize)).peekable();
    // At the ends nothing is joined.
    words.next();
    while let Some(word) = words.next() {
        let is_between = words.peek().is_some();
        let found = match word {
            "|" | "||" if is_between => Some((word, "OR, in capitals")),
            "or" if is_between && is_short => Some((word, "OR, in capitals")),
            // `not w/5` is a sign of ours.
            "not" if words.peek().is_some_and(|next| ["w/", "W/", "pre/", "PRE/"].iter().any(|near| next.starts_with(near))) => None,
            "not" if is_between && is_short => Some((word, "NOT, in capitals")),
            _ => word.strip_prefix('!').filter(|behind| behind.starts_with(char::is_alphanumeric)).map(|_| ("!", "NOT or -")),
        };
        if found.is_some() {
            return found;
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_of_other_programs_are_told() {
        let sign = |query| foreign(query).map(|(sign, _)| sign);
        assert_eq!(sign("oil or gas"), Some("or"));
        assert_eq!(sign("oil not gas"), Some("not"));
        assert_eq!(sign("oil not w/5 gas"), None);
        assert_eq!(sign("oil || gas"), Some("||"));
        assert_eq!(sign("oil !gas"), Some("!"));
        assert_eq!(sign("oil not gas"), Some("not"));
        for plain in [
            "",
            "or",
            "oil or",
            "or oil",
            "oil gas!",
            "\"war and peace\" treaty",
            "“war and peace”",
            "oil AND gas",
            "oil !",
            "!oil",
            "R&D cuts",
            "to be or not to be",
            "oil and gas",
        ] {
            assert_eq!(sign(plain), None, "{plain}");
        }
    }
}
