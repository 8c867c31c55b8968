//! Lists of words in the program, looked up by hash.

use std::sync::OnceLock;

use foldhash::HashSet;

/// A list of words.
pub(super) struct WordList {
    words: &'static str,
    ready: OnceLock<Ready>,
}

struct Ready {
    words: HashSet<&'static str>,
    /// The characters of the longest.
    longest: usize,
}

impl WordList {
    /// The list of the words in `words`, with spaces between.
    pub(super) const fn new(words: &'static str) -> Self {
        Self { words, ready: OnceLock::new() }
    }

    /// The words.
    #[cfg(test)]
    pub(super) fn all(&self) -> impl Iterator<Item = &'static str> {
        self.words.split_whitespace()
    }

    fn ready(&self) -> &Ready {
        self.ready.get_or_init(|| Ready {
            words: self.words.split_whitespace().collect(),
            longest: self.words.split_whitespace().map(|word| word.chars().count()).max().unwrap_or_default(),
        })
    }

    /// Whether `word` is one of them.
    pub(super) fn holds(&self, word: &str) -> bool {
        self.ready().words.contains(word)
    }

    /// Whether `text` begins with one of them.
    pub(super) fn begins(&self, text: &str) -> bool {
        let Ready { words, longest } = self.ready();
        let mut ends = text.char_indices().map(|(at, c)| at + c.len_utf8()).take(*longest);
        ends.any(|end| text.get(..end).is_some_and(|beginning| words.contains(beginning)))
    }

    /// Whether `text` ends with one of them.
    pub(super) fn ends(&self, text: &str) -> bool {
        let Ready { words, longest } = self.ready();
        let mut starts = text.char_indices().rev().map(|(at, _)| at).take(*longest);
        starts.any(|start| text.get(start..).is_some_and(|end| words.contains(end)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_whole_and_at_either_end() {
        static LIST: WordList = WordList::new(
            "总统 总理 \
            部长 de",
        );
        assert!(LIST.holds("部长") && !LIST.holds("部") && !LIST.holds(""));
        assert!(LIST.begins("总统说") && LIST.begins("de") && !LIST.begins("说总统") && !LIST.begins("d") && !LIST.begins(""));
        assert!(LIST.ends("德国总理") && LIST.ends("de") && !LIST.ends("总理说") && !LIST.ends(""));
    }
}
