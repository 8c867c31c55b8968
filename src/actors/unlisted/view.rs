//! A title or text as the finder of unlisted actors reads it.

use std::ops::Range;

use super::words::{Sense, Senses};
use crate::actors::choose::Listed;
use crate::actors::matcher::Known;
use crate::actors::written::begins_sentence;
use crate::actors::{Mention, Rule};
use crate::text::terms::Analysed;
use crate::text::{Language, Span};

/// A mention with the words that it covers.
#[derive(Clone, Debug)]
pub(in crate::actors) struct Decided {
    /// The words, by their numbers in the part.
    pub(in crate::actors) words: Range<usize>,
    /// The mention.
    pub(in crate::actors) mention: Mention,
}

/// A part of a piece, its words, and whom the roster has found there.
pub(in crate::actors) struct View<'p> {
    pub(super) text: &'p str,
    pub(super) analysed: &'p Analysed,
    pub(super) decided: &'p [Decided],
    /// For each word one more than the place in `decided` of the mention that covers it; 0 for none.
    covers: Vec<u32>,
    /// The words of capitals that are meant as places.
    places: &'p [Range<usize>],
    /// The words of genitives of listed names that nothing decides.
    genitives: &'p [Range<usize>],
    /// What is known of each word.
    known: &'p [Known],
    language: Language,
}

/// What stands between two words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Gap {
    /// Something that ends a name.
    Break,
    Space,
    Hyphen,
    /// The point of an initial or an abbreviation, and a space.
    Point,
    /// A possessive ending and a space.
    Possessive,
    Comma,
    Ampersand,
    /// A space and an opening bracket.
    Bracket,
}

impl<'p> View<'p> {
    pub(in crate::actors) fn new(
        (text, analysed): (&'p str, &'p Analysed),
        known: &'p [Known],
        listed: &'p Listed,
        language: Language,
    ) -> Self {
        let Listed { decided, places, genitives, .. } = listed;
        let mut covers = vec![0; analysed.words.len()];
        for (at, one) in decided.iter().enumerate() {
            if let Some(words) = covers.get_mut(one.words.clone()) {
                words.fill(u32::try_from(at + 1).unwrap_or_default());
            }
        }
        Self { text, analysed, decided, covers, places, genitives, known, language }
    }

    pub(super) fn len(&self) -> usize {
        self.analysed.words.len()
    }

    pub(super) fn span(&self, at: usize) -> Span {
        self.analysed.words.get(at).map(|word| word.span).unwrap_or_default()
    }

    /// The bytes of some words and what stands between them.
    pub(super) fn span_of(&self, words: &Range<usize>) -> Span {
        self.span(words.start).cover(self.span(words.end.saturating_sub(1)))
    }

    /// The words that make up `span`, if it begins and ends with words.
    pub(super) fn words_in(&self, span: Span) -> Option<Range<usize>> {
        let words = &self.analysed.words;
        let start = words.partition_point(|word| word.span.end <= span.start);
        let end = words.partition_point(|word| word.span.start < span.end);
        let fits = start < end && self.span(start).start == span.start && self.span(end - 1).end == span.end;
        fits.then_some(start..end)
    }

    /// A word as written.
    pub(super) fn word(&self, at: usize) -> &'p str {
        self.span(at).of(self.text)
    }

    pub(super) fn folded(&self, at: usize) -> &'p str {
        self.analysed.folded.get(at)
    }

    pub(super) fn senses(&self, at: usize) -> Senses {
        let senses = self.known.get(at).map(|known| known.senses).unwrap_or_default();
        if self.is_monsieur(at) { senses.with(Sense::Title).with(Sense::Honorific) } else { senses }
    }

    /// Whether a word is what French writes before the names of men: « M. Dupont ».
    fn is_monsieur(&self, at: usize) -> bool {
        self.language == Language::FRENCH && matches!(self.word(at), "M" | "MM") && self.gap_text(at).starts_with('.')
    }

    /// Whether a word is one with which sentences begin and no name does. Those of other languages begin names in English, and elsewhere
    /// where no sentence begins: Le Pen.
    pub(super) fn is_opener(&self, at: usize) -> bool {
        let senses = self.senses(at);
        senses.has(Sense::Opener) || senses.has(Sense::ForeignOpener) && self.language != Language::ENGLISH && self.begins_sentence(at)
    }

    /// The folded words of a range, a space between.
    pub(super) fn key(&self, words: &Range<usize>) -> String {
        let mut key = String::with_capacity(self.span_of(words).len());
        for at in words.clone() {
            if at > words.start {
                key.push(' ');
            }
            key.push_str(self.folded(at));
        }
        key
    }

    /// The roster's mention that covers a word.
    pub(super) fn listed(&self, at: usize) -> Option<&'p Decided> {
        (*self.covers.get(at)? as usize).checked_sub(1).and_then(|place| self.decided.get(place))
    }

    /// Whether these words are a capital that is meant as the place.
    pub(super) fn is_place(&self, words: &Range<usize>) -> bool {
        self.places.binary_search_by_key(&words.start, |place| place.start).is_ok_and(|at| self.places.get(at) == Some(words))
    }

    /// The words of capitals that are meant as places, from the first that ends behind the byte at `start`.
    pub(super) fn places_from(&self, start: usize) -> &'p [Range<usize>] {
        let first = self.places.partition_point(|words| self.span_of(words).end <= start);
        self.places.get(first..).unwrap_or_default()
    }

    /// Whether a word is in a genitive of a listed name that nothing decides.
    pub(super) fn is_genitive(&self, at: usize) -> bool {
        let behind = self.genitives.partition_point(|words| words.start <= at);
        behind.checked_sub(1).and_then(|last| self.genitives.get(last)).is_some_and(|words| words.contains(&at))
    }

    /// Whether the roster's mention at a word is of a state, under a name or as a demonym.
    pub(super) fn is_state(&self, at: usize) -> bool {
        self.listed(at).is_some_and(|one| one.mention.kind == crate::actors::Kind::State)
    }

    pub(super) fn is_demonym(&self, at: usize) -> bool {
        self.listed(at).is_some_and(|one| one.mention.rule == Rule::Demonym)
    }

    /// What stands behind a word, and the number of the word behind that.
    pub(super) fn behind(&self, at: usize) -> (Gap, usize) {
        let gap = Span::new(self.span(at).end, self.span(at + 1).start).of(self.text);
        // Texts that were cut into words write a possessive apart: "People 's Party".
        if matches!(gap, " '" | " ’") && self.word(at + 1) == "s" && self.gap_text(at + 1) == " " {
            return (Gap::Possessive, at + 2);
        }
        if at + 1 >= self.len() {
            return (Gap::Break, at + 1);
        }
        let gap = match gap {
            " " | "\u{A0}" | "  " | "\u{202F}" => Gap::Space,
            "-" | "\u{2010}" | "\u{2011}" => Gap::Hyphen,
            "'s " | "’s " | "' " | "’ " | "'S " | "’S " => Gap::Possessive,
            ", " | " , " => Gap::Comma,
            " & " | "&" => Gap::Ampersand,
            " (" | " ( " => Gap::Bracket,
            ". " | "." | " . " if self.is_abbreviation(at) => Gap::Point,
            _ if gap.bytes().all(|byte| matches!(byte, b' ' | b'\n' | b'\r' | b'\t')) && !gap.is_empty() && self.is_wrapped(at) => {
                Gap::Space
            }
            _ => Gap::Break,
        };
        (gap, at + 1)
    }

    pub(super) fn gap_text(&self, at: usize) -> &'p str {
        Span::new(self.span(at).end, self.span(at + 1).start).of(self.text)
    }

    /// Whether the line end behind a word wraps a long line.
    fn is_wrapped(&self, at: usize) -> bool {
        const SHORT: usize = 51;
        let end = self.span(at).end;
        let line = end.checked_sub(SHORT).and_then(|start| self.text.as_bytes().get(start..end));
        self.gap_text(at).matches('\n').count() == 1 && line.is_some_and(|line| !line.contains(&b'\n'))
    }

    /// Whether a word is two initials that are written together before a family name: E.J. | Dionne. Those of states and cities stand behind these.
    pub(super) fn are_initials(&self, at: usize) -> bool {
        const PLACES: [&str; 25] = [
            "A.I", "B.C", "D.A", "D.C", "E.U", "G.I", "L.A", "N.C", "N.D", "N.H", "N.J", "N.M", "N.Y", "P.M", "P.R", "R.I", "S.C", "S.D",
            "T.V", "U.C", "U.K", "U.N", "U.S", "V.A", "W.V",
        ];
        const OTHER: [Sense; 5] = [Sense::Opener, Sense::Title, Sense::Role, Sense::Head, Sense::Calendar];
        let word = self.word(at);
        let two = matches!(*word.as_bytes(), [one, b'.', other] if one.is_ascii_uppercase() && other.is_ascii_uppercase());
        let named = self.known.get(at + 1).is_some_and(|known| known.may_be_named && !OTHER.iter().any(|&sense| known.senses.has(sense)));
        two && named && self.gap_text(at) == ". " && !PLACES.contains(&word) && self.listed(at).is_none()
    }

    /// Whether a point behind a word may be no end of a sentence: an initial, or a short form of a title or generation.
    fn is_abbreviation(&self, at: usize) -> bool {
        let word = self.word(at);
        word.chars().count() == 1
            || self.are_initials(at)
            || (word.len() <= 4
                && (self.senses(at).has(Sense::Title) || matches!(word, "Jr" | "Sr" | "St" | "Mt" | "Ft" | "Ste" | "Bros" | "Messrs")))
    }

    /// Whether a word is written as the words of names are. "I" is an initial where a point stands behind it.
    pub(super) fn is_name_word(&self, at: usize) -> bool {
        let may_be_named = self.known.get(at).is_some_and(|known| known.may_be_named);
        may_be_named && (self.span(at).len() > 1 || self.word(at) != "I" || self.behind(at).0 == Gap::Point)
    }

    pub(super) fn is_acronym(&self, at: usize) -> bool {
        let word = self.word(at);
        let letters = word.chars().filter(|c| c.is_alphabetic()).count();
        (2..=8).contains(&letters) && word.chars().all(|c| c.is_uppercase() || c.is_ascii_digit() || c == '.') && !self.are_initials(at)
    }

    /// Whether a sentence begins with a word.
    pub(super) fn begins_sentence(&self, at: usize) -> bool {
        let Some(before) = at.checked_sub(1) else { return true };
        begins_sentence(self.text, self.span(at).start) && self.behind(before).0 != Gap::Point
    }

    /// The mention's place ends the sentence or the text: nothing, or an end mark, behind.
    pub(super) fn text_behind(&self, end: usize) -> &'p str {
        let from = self.span(end.saturating_sub(1)).end;
        Span::new(from, self.text.len()).of(self.text)
    }
}
