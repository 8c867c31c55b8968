//! Texts whose lines are found by any of their words.

use super::slots::Slots;

/// The lines of a text, but for those that begin with `#`.
pub(super) struct LinesByWord {
    text: &'static str,
    /// The bytes at which words begin, by their hashes.
    places: Slots<{ 1 << 11 }>,
}

impl LinesByWord {
    /// The lines of `text`, of some five hundred words.
    pub(super) const fn of(text: &'static str) -> Self {
        let bytes = text.as_bytes();
        let mut places = Slots::new();
        let mut at = 0;
        while at < bytes.len() {
            let begin = at;
            match bytes[begin] {
                b'#' => {
                    while at < bytes.len() && bytes[at] != b'\n' {
                        at += 1;
                    }
                }
                b' ' | b'\n' => at += 1,
                _ => {
                    let mut hash = FIRST;
                    while at < bytes.len() && !matches!(bytes[at], b' ' | b'\n') {
                        hash = hashed(hash, bytes[at]);
                        at += 1;
                    }
                    places.put(hash, begin);
                }
            }
        }
        Self { text, places }
    }

    /// The lines in which `word` stands, each with how many bytes stand before it there.
    pub(super) fn lines_with(&self, word: &str) -> impl Iterator<Item = (&'static str, usize)> {
        self.places.of(word.bytes().fold(FIRST, hashed)).filter_map(move |place| {
            let (before, behind) = self.text.split_at_checked(place)?;
            // Mostly it is another word of the same hash.
            behind.strip_prefix(word).filter(|rest| rest.is_empty() || rest.starts_with([' ', '\n']))?;
            let start = before.rfind('\n').map_or(0, |end| end + 1);
            let end = place + behind.find('\n').unwrap_or(behind.len());
            self.text.get(start..end).map(|line| (line, place - start))
        })
    }
}

/// The hash of nothing, to which bytes are added (FNV-1a).
const FIRST: u32 = 0x811C_9DC5;

const fn hashed(hash: u32, byte: u8) -> u32 {
    (hash ^ byte as u32).wrapping_mul(0x0100_0193)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_found_by_all_their_words_and_by_no_others() {
        static LINES: LinesByWord = LinesByWord::of("# be no\nbe was were\n\nsaw sawn\nsee saw +over");
        let found = |word: &str| LINES.lines_with(word).collect::<Vec<_>>();
        assert_eq!((found("be"), found("were")), (vec![("be was were", 0)], vec![("be was were", 7)]));
        assert_eq!(found("saw"), [("saw sawn", 0), ("see saw +over", 4)]);
        assert_eq!(found("+over"), [("see saw +over", 8)]);
        for word in ["", "no", "over", "sa", "see saw", "#", "b"] {
            assert_eq!(found(word), [], "{word}");
        }
    }
}
