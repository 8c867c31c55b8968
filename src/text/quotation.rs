//! Quotation marks, as languages have them.

use super::Span;

/// A mark that opens a quotation, and those that close it.
#[derive(Debug, PartialEq, Eq)]
pub struct Marks {
    /// The mark that opens.
    pub open: char,
    /// The marks that close, the usual one first: languages that open alike close differently.
    pub close: &'static [char],
    /// What it takes for the mark to open.
    sort: Sort,
}

/// Sorts of marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sort {
    /// Wherever it stands, it opens.
    Plain,
    /// The same, but what is inside is the title of a work.
    Title,
    /// Turned round: elsewhere it closes. It opens before what is quoted, and if that is closed.
    Turned,
}

const fn marks(open: char, close: &'static [char]) -> Marks {
    Marks { open, close, sort: Sort::Plain }
}

const fn turned(open: char, close: &'static [char]) -> Marks {
    Marks { open, close, sort: Sort::Turned }
}

/// All marks, those that most languages have first.
const ALL: [Marks; 12] = [
    marks('"', &['"']),
    marks('“', &['”']),
    // Chinese, Japanese.
    marks('「', &['」']),
    marks('『', &['』']),
    Marks { open: '《', close: &['》'], sort: Sort::Title },
    // French, Russian, Spanish, Italian, Ukrainian …
    marks('«', &['»']),
    marks('‹', &['›']),
    // German and Czech close by “, Polish, Hungarian and Romanian by ”, and keyboards by ".
    marks('„', &['“', '”', '"']),
    marks('＂', &['＂']),
    // German and Danish; Swedish and Finnish with the same mark on both sides.
    turned('»', &['«', '»']),
    turned('›', &['‹', '›']),
    turned('”', &['”']),
];

impl Marks {
    /// Those of which a mark that always opens a quotation is `open`.
    #[must_use]
    pub fn of(open: char) -> Option<&'static Self> {
        ALL.iter().find(|marks| marks.open == open && marks.sort != Sort::Turned)
    }

    /// The marks of the quotation that begins with the mark `c`, if one may: `before` and `behind` are what stands beside it.
    #[must_use]
    pub fn opening(before: Option<char>, c: char, behind: Option<char>) -> Option<&'static Self> {
        let ends = |c: char| c.is_alphanumeric() || matches!(c, '.' | ',' | ';' | '!' | '?' | '…');
        let fits =
            |marks: &&Self| marks.sort != Sort::Turned || !before.is_some_and(ends) && behind.is_some_and(|behind| !behind.is_whitespace());
        ALL.iter().find(|marks| marks.open == c).filter(fits)
    }

    /// The marks of the quotation that begins at the byte `at` of `text`, if one may.
    #[must_use]
    pub fn opening_at(text: &str, at: usize) -> Option<&'static Self> {
        let (before, from) = text.split_at_checked(at)?;
        let mut from = from.chars();
        let c = from.next()?;
        Self::opening(before.chars().next_back(), c, from.next())
    }

    /// Some marks that `text` does not close.
    #[must_use]
    pub fn around(text: &str) -> Option<&'static Self> {
        ALL.iter().find(|marks| marks.sort != Sort::Turned && !text.contains(marks.close))
    }

    /// The mark that usually closes.
    #[must_use]
    pub fn usual(&self) -> char {
        self.close.first().copied().unwrap_or(self.open)
    }

    /// Where in `inside`, what stands behind the opening mark, the first closing one is.
    #[must_use]
    pub fn end(&self, inside: &str) -> Option<Span> {
        let (at, closing) = inside.match_indices(self.close).next()?;
        Some(Span::new(at, at + closing.len()))
    }

    /// Whether what is never closed is no quotation.
    #[must_use]
    pub fn has_to_close(&self) -> bool {
        self.sort == Sort::Turned
    }

    /// Whether the title of a work stands inside.
    #[must_use]
    pub fn is_of_title(&self) -> bool {
        self.sort == Sort::Title
    }
}

/// Whether `c` opens or closes quotations.
#[must_use]
pub fn is_mark(c: char) -> bool {
    ALL.iter().any(|marks| marks.open == c || marks.close.contains(&c))
}

/// The quotations in `text` with their marks, in order, none inside another. One that is never closed goes on to the end.
pub fn quoted(text: &str) -> impl Iterator<Item = Span> + '_ {
    let mut at = 0;
    // Marks that nothing further on closes need not be looked for again.
    let mut unclosed: Vec<char> = Vec::new();
    std::iter::from_fn(move || {
        loop {
            let rest = text.get(at..)?;
            let (found, mark) = rest.char_indices().find(|&(_, c)| is_mark(c) && !unclosed.contains(&c))?;
            let start = at + found;
            let inside = start + mark.len_utf8();
            at = inside;
            let Some(marks) = Marks::opening_at(text, start) else { continue };
            match marks.end(text.get(inside..)?) {
                Some(end) => at = inside + end.end,
                None if marks.has_to_close() => {
                    unclosed.push(mark);
                    continue;
                }
                None => at = text.len(),
            }
            return Some(Span::new(start, at));
        }
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn every_language_has_its_marks() {
        for (language, text, expected) in [
            ("English", "He said “no, never” and \"yes\".", vec!["“no, never”", "\"yes\""]),
            ("German", "Die „Deutsche Bank“ und »die Bahn«, auch ›so‹.", vec!["„Deutsche Bank“", "»die Bahn«", "›so‹"]),
            ("German, typed", "Die „Deutsche Bank\" sagt „nein“.", vec!["„Deutsche Bank\"", "„nein“"]),
            ("Polish", "Gazeta „Wyborcza” pisze.", vec!["„Wyborcza”"]),
            ("French", "Il dit « non » puis «oui», ‹ si ›.", vec!["« non »", "«oui»", "‹ si ›"]),
            ("French, begun elsewhere", "suite » et fin !», dit «Le Monde»", vec!["«Le Monde»"]),
            ("Danish", "Han sagde: »Nej.« (»Jo.«)", vec!["»Nej.«", "»Jo.«"]),
            ("Swedish", "Han sade »nej tack» igen.", vec!["»nej tack»"]),
            ("Swedish, with one mark", "Hon sade ”nej tack” igen, och ”ja”.", vec!["”nej tack”", "”ja”"]),
            ("English, begun elsewhere", "he said,” and “then” (so) ” it ended.”", vec!["“then”"]),
            ("Russian", "Газета «Правда» и „Известия“.", vec!["«Правда»", "„Известия“"]),
            ("Chinese", "他说「不会『绝不』」，《人民日报》称“是”。", vec!["「不会『绝不』」", "《人民日报》", "“是”"]),
            ("full-width", "＂甲＂和", vec!["＂甲＂"]),
            ("nothing closed", "a » b »c ›d", vec![]),
            ("not closed", "a “b c", vec!["“b c"]),
        ] {
            assert_eq!(quoted(text).map(|span| span.of(text)).collect::<Vec<_>>(), expected, "{language}");
        }
    }

    proptest! {
        #[test]
        fn quotations_begin_and_end_with_marks_and_come_in_order(text in "[a \"“”„«»‹›「」]{0,24}") {
            let mut end = 0;
            for span in quoted(&text) {
                prop_assert!(span.start >= end && span.end > span.start);
                let marks = Marks::opening_at(&text, span.start).unwrap();
                let closes = span.of(&text).chars().skip(1).last().is_some_and(|last| marks.close.contains(&last));
                prop_assert!(closes || span.end == text.len() && !marks.has_to_close());
                end = span.end;
            }
        }
    }
}
