//! Word lists of one script, in sections.

use rustc_hash::{FxHashMap, FxHashSet};

/// Words by the section in which they stand.
pub(super) struct Lists {
    sections: FxHashMap<&'static str, FxHashSet<Box<str>>>,
    /// The characters of the longest word.
    pub(super) longest: usize,
}

impl Lists {
    /// Reads `table`; each word is kept as `form` makes it.
    pub(super) fn read(table: &'static str, form: impl Fn(&str) -> String) -> Self {
        let mut lists = Self { sections: FxHashMap::default(), longest: 0 };
        let mut section = "";
        for line in table.lines().filter(|line| !line.starts_with('#')) {
            if let Some(name) = line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
                section = name;
                continue;
            }
            for word in line.split_whitespace() {
                lists.longest = lists.longest.max(word.chars().count());
                lists.sections.entry(section).or_default().insert(form(word).into());
            }
        }
        lists
    }

    /// Whether `word` stands in `section`.
    pub(super) fn has(&self, section: &str, word: &str) -> bool {
        self.sections.get(section).is_some_and(|words| words.contains(word))
    }

    /// The longest beginning of `text` that stands in `section`, in bytes.
    pub(super) fn longest_prefix(&self, section: &str, text: &str) -> Option<usize> {
        let words = self.sections.get(section)?;
        let ends = text.char_indices().map(|(at, c)| at + c.len_utf8()).take(self.longest);
        ends.filter(|&end| text.get(..end).is_some_and(|prefix| words.contains(prefix))).last()
    }
}
