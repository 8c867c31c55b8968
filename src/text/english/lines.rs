//! Texts whose lines are found by any of their words.

/// Where the words of a text stand, by a hash of each: open addressing with linear probing (Knuth, *Sorting and Searching*, 6.4).
///
/// The compiler makes it, so that a search, which asks for a word or two, builds nothing. Lines that begin with `#` are left out.
pub(super) struct LinesByWord {
    text: &'static str,
    /// The byte at which a word begins, and one more; 0 where there is none.
    slots: [u16; SLOTS],
}

/// As many as a power of two, and about twice as many as there are words.
const SLOTS: usize = 1 << 10;

impl LinesByWord {
    /// The lines of `text`, of fewer than 64 kB.
    pub(super) const fn of(text: &'static str) -> Self {
        assert!(text.len() < u16::MAX as usize, "the places of words are kept in two bytes");
        let bytes = text.as_bytes();
        let mut slots = [0; SLOTS];
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
                    let mut slot = slot_of(hash);
                    while slots[slot] != 0 {
                        slot = (slot + 1) % SLOTS;
                    }
                    #[expect(clippy::cast_possible_truncation, reason = "so the text is short")]
                    let place = begin as u16;
                    slots[slot] = place + 1;
                }
            }
        }
        Self { text, slots }
    }

    /// The lines in which `word` stands, each with the bytes that stand before it there.
    pub(super) fn lines_with(&self, word: &str) -> impl Iterator<Item = (&'static str, usize)> {
        let first = slot_of(word.bytes().fold(FIRST, hashed));
        let places = (first..first + SLOTS).map_while(|slot| self.slots[slot % SLOTS].checked_sub(1)).map(usize::from);
        places.filter_map(move |place| {
            let (before, behind) = self.text.split_at_checked(place)?;
            let is_here = behind.strip_prefix(word).is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\n']));
            let start = before.rfind('\n').map_or(0, |end| end + 1);
            let end = place + behind.find('\n').unwrap_or(behind.len());
            self.text.get(start..end).filter(|_| is_here).map(|line| (line, place - start))
        })
    }
}

/// The hash of nothing, to which bytes are added (FNV-1a).
const FIRST: u32 = 0x811C_9DC5;

const fn hashed(hash: u32, byte: u8) -> u32 {
    (hash ^ byte as u32).wrapping_mul(0x0100_0193)
}

const fn slot_of(hash: u32) -> usize {
    (hash ^ hash >> 16) as usize % SLOTS
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
