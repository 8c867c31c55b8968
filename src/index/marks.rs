//! What a token beside a word says, by its first character. No word begins with these.

use std::borrow::Cow;

/// A sentence begins here.
pub const SENTENCE: &str = ".";
/// A paragraph begins here.
pub const PARAGRAPH: &str = "¶";
/// Behind a sign between clauses, a character of a script without spaces stands here: no word of them goes on over the sign.
pub const CLAUSE: &str = ",";
/// The word here begins with a capital, by which alone its written form differs from the folded one, as nearly all that differ do.
pub const CAPITAL: &str = "^";
/// Before the folded form of such a word, where a text is spelled. Nobody searches for it.
const CAPITALISED: char = '^';
/// Before the folded form of a word and then the form in which it is written, where the two differ otherwise: see [`written`].
pub const WRITTEN: char = '=';
/// Before the id of an actor who is mentioned here.
pub const ACTOR: char = '@';
/// Before the kind of an actor who is mentioned here.
pub const KIND: char = '#';
/// Behind a kind, before the number of words that a mention covers: see [`widen`].
pub const WIDE: char = '\u{1}';

/// Before a string of a text that is none of its words. Nobody searches for it.
pub const STRING: char = '\u{2}';

/// The token of a word that is written so, if it is not [`is_capitalised`]. Those of one word begin alike, so that its other writings are found by
/// a prefix.
#[must_use]
pub fn written(folded: &str, written: &str) -> String {
    format!("{WRITTEN}{folded}\u{1}{written}")
}

/// Appends to `out` the token by which a word is spelled that [`is_capitalised`].
pub(super) fn capitalise(folded: &str, out: &mut String) {
    out.push(CAPITALISED);
    out.push_str(folded);
}

/// What stands in a text for a token that is a word, its written form or a [`STRING`].
pub(super) fn spelled(token: &str) -> Cow<'_, str> {
    if let Some(folded) = token.strip_prefix(CAPITALISED) {
        let mut letters = folded.chars();
        return letters.next().map(|first| first.to_ascii_uppercase()).into_iter().chain(letters).collect();
    }
    let of_word = || token.strip_prefix(WRITTEN).and_then(|forms| forms.split_once('\u{1}')).map(|(_, written)| written);
    token.strip_prefix(STRING).or_else(of_word).unwrap_or(token).into()
}

/// Whether `written` differs from `folded` by a capital at its beginning alone.
#[must_use]
pub fn is_capitalised(folded: &str, written: &str) -> bool {
    let (Some((small, rest)), Some((capital, written))) = (folded.as_bytes().split_first(), written.as_bytes().split_first()) else {
        return false;
    };
    capital.is_ascii_uppercase() && capital.to_ascii_lowercase() == *small && rest == written
}

/// Makes of the token of a kind that of a mention of this kind that covers `width` words, where that is more than one.
pub(super) fn widen(kind: &mut String, width: usize) {
    kind.push(WIDE);
    kind.push_str(&width.to_string());
}

/// How many words a mention covers, of which `token` is one that [`widen`] made.
#[must_use]
pub fn width(token: &str) -> Option<u32> {
    token.split_once(WIDE)?.1.parse().ok()
}

#[cfg(test)]
mod tests {
    use crate::index::marks;

    #[test]
    fn what_is_written_otherwise_has_another_token() {
        let forms = ["Kim", "KIM", "kIm", "Kím", "K", "Kimm"];
        let written = forms.map(|written| marks::written("kim", written));
        assert!(written.iter().map(|token| marks::spelled(token)).eq(forms));
        assert_eq!(forms.map(|written| marks::is_capitalised("kim", written)), [true, false, false, false, false, false]);
        assert_eq!(["kim", "^kim", "\u{2}=a"].map(|token| marks::spelled(token).into_owned()), ["kim", "Kim", "=a"]);
        for (at, token) in written.iter().enumerate() {
            assert!(token.starts_with(&marks::written("kim", "")) && !written.iter().skip(at + 1).any(|other| other == token), "{token}");
        }
    }
}
