//! What a token beside a word says, by its first character. No word begins with these.

/// A sentence begins here.
pub const SENTENCE: &str = ".";
/// A paragraph begins here.
pub const PARAGRAPH: &str = "¶";
/// Behind a sign between clauses, a character of a script without spaces stands here: no word of them goes on over the sign.
pub const CLAUSE: &str = ",";
/// Before the folded form of a word and then the form in which it is written, where the two differ: see [`written`].
pub const WRITTEN: char = '=';
/// Before the id of an actor who is mentioned here.
pub const ACTOR: char = '@';
/// Before the kind of an actor who is mentioned here.
pub const KIND: char = '#';
/// Behind a mark, before the number of words that a mention covers: see [`wide`].
pub const WIDE: char = '\u{1}';

/// Stands for the written form of a word that differs from the folded one by a capital at the beginning, as nearly all that differ do.
const CAPITAL: char = '^';

/// The token of a word that is written so. Those of one word begin alike, so that its other writings are found by a prefix.
#[must_use]
pub fn written(folded: &str, written: &str) -> String {
    let mut token = String::new();
    push_written(&mut token, folded, written);
    token
}

/// Appends the token of a word that is written so.
pub(super) fn push_written(out: &mut String, folded: &str, written: &str) {
    out.push(WRITTEN);
    out.push_str(folded);
    out.push('\u{1}');
    if is_capitalised(folded, written) { out.push(CAPITAL) } else { out.push_str(written) }
}

/// The written form that a token of a word says, if it differs by more than a capital at the beginning; `prefix` is what the tokens of that word
/// begin with.
pub(super) fn writing<'t>(prefix: &str, token: &'t str) -> Option<&'t str> {
    token.strip_prefix(prefix).filter(|written| !written.starts_with(CAPITAL))
}

fn is_capitalised(folded: &str, written: &str) -> bool {
    let (Some((small, rest)), Some((capital, written))) = (folded.as_bytes().split_first(), written.as_bytes().split_first()) else {
        return false;
    };
    capital.is_ascii_uppercase() && capital.to_ascii_lowercase() == *small && rest == written
}

/// The token of a mention with this mark that covers `width` words, where that is more than one; without `width`, what all such begin with.
#[must_use]
pub fn wide(mark: &str, width: Option<usize>) -> String {
    format!("{mark}{WIDE}{}", width.map(|width| width.to_string()).unwrap_or_default())
}

/// How many words a mention with `mark` covers, by a token that [`wide`] made.
#[must_use]
pub fn width(mark: &str, token: &str) -> Option<u32> {
    token.strip_prefix(mark)?.strip_prefix(WIDE)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use crate::index::marks;

    #[test]
    fn what_is_written_otherwise_has_another_token() {
        let written = ["Kim", "KIM", "kIm", "Kím", "K", "Kimm"].map(|written| marks::written("kim", written));
        for (at, token) in written.iter().enumerate() {
            assert!(token.starts_with(&marks::written("kim", "")) && !written.iter().skip(at + 1).any(|other| other == token), "{token}");
        }
    }
}
