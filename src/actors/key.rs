//! When two names are the same to a reader, or nearly so.

use std::hash::BuildHasher as _;

use foldhash::fast::FixedState;

use crate::text::Words;
use crate::text::fold::{fold, han_variant};
use crate::text::script::is_han;

/// The folded words of a name, one space between them: equal for names that readers take for the same.
#[must_use]
pub(super) fn name_key(name: &str) -> String {
    let mut key = String::with_capacity(name.len());
    push_key(name, &mut key);
    key
}

/// Appends the key of a name to `out`.
pub(super) fn push_key(name: &str, out: &mut String) {
    let start = out.len();
    let part = |out: &mut String| {
        if out.len() > start {
            out.push(' ');
        }
    };
    // Most names are plain words or Han: their forms need no look at where words begin and end.
    if name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b' ') {
        for word in name.split_ascii_whitespace() {
            part(out);
            out.extend(word.bytes().map(|byte| char::from(byte.to_ascii_lowercase())));
        }
    } else if name.chars().all(is_han) {
        for c in name.chars() {
            part(out);
            out.push(han_variant(c));
        }
    } else if name.chars().all(is_plain_letter) {
        for word in name.split_ascii_whitespace() {
            part(out);
            fold(word, out);
        }
    } else {
        for word in Words::of(name) {
            part(out);
            fold(word.span.of(name), out);
        }
    }
}

/// A letter of Cyrillic or Arabic, or a space: words of those end at spaces.
fn is_plain_letter(c: char) -> bool {
    matches!(c, ' ' | '\u{410}'..='\u{451}' | '\u{620}'..='\u{64A}')
}

/// The hash of a key.
pub(super) fn hash(key: &str) -> u64 {
    FixedState::default().hash_one(key)
}

/// How many letters must be added, taken away or changed to make `a` of `b` (Levenshtein 1966), if not more than `most`.
pub(super) fn edits(a: &str, b: &str, most: usize) -> Option<usize> {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    // Two edits make almost anything of a short word.
    let most = most.min(b.len() / 4);
    if a.len().abs_diff(b.len()) > most {
        return None;
    }
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut diagonal = std::mem::replace(row.first_mut()?, i + 1);
        let mut left = i + 1;
        for (cell, y) in row.iter_mut().skip(1).zip(&b) {
            let value = if x == y { diagonal } else { 1 + diagonal.min(*cell).min(left) };
            diagonal = std::mem::replace(cell, value);
            left = value;
        }
    }
    row.last().copied().filter(|&distance| distance <= most)
}
