//! Whether a capital is meant as the place, or as the government that sits there.

use super::Form;
use super::choose::{Part, Piece};
use super::context::{makes_government_before, makes_government_behind, makes_place, makes_place_han_before, makes_place_han_behind};
use super::matcher::Candidate;
use super::written::only_space_between;
use crate::text::Span;
use crate::text::script::{Alphabet, alphabet, is_han, is_hangul, is_kana};

impl Piece<'_> {
    /// Whether a capital stands for its government here rather than for the place.
    pub(super) fn means_government(&self, part: &Part<'_>, candidate: &Candidate, at: usize) -> bool {
        let span = candidate.span;
        let (before, behind) = (part.text_before(span), part.text_behind(span));
        match span.of(part.text).chars().next() {
            // 東京で: what clings to a word in Japanese tells.
            Some(c) if is_han(c) && behind.starts_with(is_kana) => behind.starts_with(['は', 'が', 'も', 'と']),
            Some(c) if is_han(c) => !makes_place_han_before(before) && !makes_place_han_behind(behind) && !before.ends_with(['（', '(']),
            Some(c) if is_hangul(c) => ["은 ", "는 ", "이 ", "가 ", "과 ", "와 "].iter().any(|particle| behind.starts_with(particle)),
            Some(c) if c.is_alphabetic() && alphabet(span.of(part.text)) == Alphabet::Latin => {
                Self::latin_capital_means_government(part, candidate) || Self::shares_with_neighbour(self, part, at)
            }
            _ => false,
        }
    }

    fn latin_capital_means_government(part: &Part<'_>, candidate: &Candidate) -> bool {
        let span = candidate.span;
        let behind = part.text_behind(span);
        let before = part.before(candidate).filter(|&(_, at)| only_space_between(part.text, at, span));
        if before.is_some_and(|(word, _)| makes_place(word)) {
            return false;
        }
        if let Some(rest) = behind.strip_prefix(['\'', '’']) {
            return rest.starts_with("s ") || rest.starts_with(' ');
        }
        if ["-backed", "-led", "-aligned", "-friendly", "-sponsored"].iter().any(|ending| behind.starts_with(ending)) {
            return true;
        }
        if before.is_some_and(|(word, _)| makes_government_before(word)) {
            return true;
        }
        // "Beijing, which sells the North its fuel"
        if behind.starts_with(", which ") {
            return true;
        }
        part.behind(candidate).is_some_and(|(word, at)| only_space_between(part.text, span, at) && makes_government_behind(word))
    }

    /// Whether a capital stands in a row with one that stands for its government, or with a seat: "between Washington and Seoul",
    /// "Washington, Beijing and Moscow have voted".
    fn shares_with_neighbour(&self, part: &Part<'_>, at: usize) -> bool {
        let joined = |first: &Candidate, second: &Candidate| {
            let gap = Span::new(first.span.end, second.span.start).of(part.text);
            matches!(gap, " and " | ", " | ", and " | " or " | ", or " | " et " | " y ")
        };
        let candidate = |at: usize| part.candidates.get(at);
        let Some(here) = candidate(at) else { return false };
        if part.before(here).is_some_and(|(word, _)| makes_place(word)) {
            return false;
        }
        let is_government = |other: &Candidate| {
            let capital = !self.actors(part, other, Form::Capital).is_empty();
            capital && Self::latin_capital_means_government(part, other) || !self.actors(part, other, Form::Seat).is_empty()
        };
        let mut row = at;
        while let (Some(before), Some(this)) = (row.checked_sub(1).and_then(candidate), candidate(row))
            && joined(before, this)
        {
            row -= 1;
            if is_government(before) {
                return true;
            }
        }
        row = at;
        while let (Some(this), Some(behind)) = (candidate(row), candidate(row + 1))
            && joined(this, behind)
        {
            row += 1;
            if is_government(behind) {
                return true;
            }
        }
        false
    }
}
