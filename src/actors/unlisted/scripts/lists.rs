//! Word lists of one script, in sections.

use foldhash::HashMap;

/// Words, each with the sections in which it stands.
pub(super) struct Lists {
    sections: Vec<&'static str>,
    words: HashMap<Box<str>, Sections>,
    /// The characters of the longest word.
    pub(super) longest: usize,
}

/// Sections, each as a bit.
#[derive(Clone, Copy, Default)]
pub(super) struct Sections(u32);

impl Lists {
    /// Reads `table`; each word is kept as `form` makes it.
    pub(super) fn read(table: &'static str, form: impl Fn(&str) -> String) -> Self {
        let mut lists = Self { sections: Vec::new(), words: HashMap::default(), longest: 0 };
        for line in table.lines().filter(|line| !line.starts_with('#')) {
            if let Some(name) = line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
                lists.sections.push(name);
                continue;
            }
            let section = lists.sections.last().map_or(0, |name| lists.bit(name));
            for word in line.split_whitespace() {
                lists.longest = lists.longest.max(word.chars().count());
                lists.words.entry(form(word).into()).or_default().0 |= section;
            }
        }
        lists
    }

    /// The bit of a section; 0 if there is no such.
    fn bit(&self, section: &str) -> u32 {
        self.sections.iter().position(|&name| name == section).map_or(0, |at| 1 << at)
    }

    /// The sections in which `word` stands.
    pub(super) fn sections_of(&self, word: &str) -> Sections {
        self.words.get(word).copied().unwrap_or_default()
    }

    /// Whether `section` is one of `sections`.
    pub(super) fn is_among(&self, section: &str, sections: Sections) -> bool {
        sections.0 & self.bit(section) != 0
    }

    /// Whether `word` stands in `section`.
    pub(super) fn has(&self, section: &str, word: &str) -> bool {
        self.is_among(section, self.sections_of(word))
    }

    /// The longest beginning of `text` that stands in `section`, in bytes.
    pub(super) fn longest_prefix(&self, section: &str, text: &str) -> Option<usize> {
        let section = self.bit(section);
        let ends = text.char_indices().map(|(at, c)| at + c.len_utf8()).take(self.longest);
        ends.filter(|&end| text.get(..end).is_some_and(|prefix| self.sections_of(prefix).0 & section != 0)).last()
    }
}
