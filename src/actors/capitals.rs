//! Whether a capital is meant as the place, or as the government that sits there.

use super::Form;
use super::choose::{Part, Piece};
use super::context::{is_russian_verb, makes_government_before, makes_government_behind, makes_place, turns_on_government};
use super::habits::Habits;
use super::matcher::Candidate;
use super::word_list::WordList;
use super::written::{is_headline, only_space_between};
use crate::text::Span;
use crate::text::script::{Alphabet, alphabet, is_han, is_hangul, is_kana};

impl Piece<'_> {
    /// Whether a capital stands for its government here rather than for the place.
    pub(super) fn means_government(&self, part: &Part<'_>, candidate: &Candidate, at: usize) -> bool {
        let span = candidate.span;
        let behind = part.text_behind(span);
        match span.of(part.text).chars().next() {
            // 東京で: what clings to a word in Japanese tells.
            Some(c) if is_kana(c) || is_han(c) && behind.starts_with(is_kana) => behind.starts_with(['は', 'が', 'も', 'と']),
            Some(c) if is_han(c) => self.han_capital_means_government(part, at),
            Some(c) if is_hangul(c) => {
                ["은 ", "는 ", "이 ", "가 ", "과 ", "와 ", "도 "].iter().any(|particle| behind.starts_with(particle))
            }
            Some(c) if c.is_alphabetic() && alphabet(span.of(part.text)) != Alphabet::Other => {
                !follows_place(part, at) && (self.acts(part, candidate) || self.shares_with_neighbour(part, at))
            }
            _ => false,
        }
    }

    /// Whether a capital acts, or is acted upon, where it stands.
    fn acts(&self, part: &Part<'_>, candidate: &Candidate) -> bool {
        match alphabet(candidate.span.of(part.text)) {
            Alphabet::Cyrillic => self.cyrillic_capital_means_government(part, candidate),
            Alphabet::Arabic => Self::arabic_capital_means_government(part, candidate),
            _ => match Habits::of(self.language) {
                Some(habits) => self.capital_means_government_by(habits, part, candidate),
                None => Self::latin_capital_means_government(part, candidate),
            },
        }
    }

    fn cyrillic_capital_means_government(&self, part: &Part<'_>, candidate: &Candidate) -> bool {
        let span = candidate.span;
        let beside =
            |at: Span| if at.end <= span.start { only_space_between(part.text, at, span) } else { only_space_between(part.text, span, at) };
        let before = part.before(candidate).filter(|&(_, at)| beside(at)).map(|(word, _)| word);
        if before.is_some_and(makes_place) {
            return false;
        }
        if before.is_some_and(makes_government_before)
            || part.behind(candidate).is_some_and(|(word, at)| beside(at) && is_russian_verb(word))
        {
            return true;
        }
        // "интересы Москвы", "обвинил Москву": what a word governs is no nominative.
        let governed = before.is_some_and(|word| word.chars().count() > 3 && word.chars().all(char::is_lowercase));
        governed && !candidate.names.iter().filter_map(|&name| self.roster.names().get(name)).any(|name| name.text == span.of(part.text))
    }

    fn arabic_capital_means_government(part: &Part<'_>, candidate: &Candidate) -> bool {
        let span = candidate.span;
        let before = part.before(candidate).filter(|&(_, at)| only_space_between(part.text, at, span)).map(|(word, _)| word);
        let behind = part.behind(candidate).filter(|&(_, at)| only_space_between(part.text, span, at)).map(|(word, _)| word);
        let long = |word: &str| word.chars().count() > 3 && !word.starts_with("ال");
        if before.is_some_and(makes_place) {
            return false;
        }
        // A city is feminine, and so is the verb before or behind it: أعلنت الرياض, القاهرة تحتفظ.
        before.is_some_and(|word| makes_government_before(word) || long(word) && word.ends_with('ت') && !word.ends_with("ات"))
            || behind.is_some_and(|word| long(word) && word.starts_with('ت') && !word.ends_with(['ا', 'ً', 'ة']))
    }

    fn latin_capital_means_government(part: &Part<'_>, candidate: &Candidate) -> bool {
        let span = candidate.span;
        // DACA is no Dhaka, which some write Daca: all in capitals cities stand in headlines and datelines.
        if span.of(part.text).chars().all(char::is_uppercase) && !is_headline(part.text, span.start) {
            return false;
        }
        let behind = part.text_behind(span);
        let before = part.before(candidate).filter(|&(_, at)| only_space_between(part.text, at, span));
        if ["pro-", "Pro-", "anti-", "Anti-"].iter().any(|side| part.text_before(span).ends_with(side))
            || is_governed_by_noun(part, candidate)
        {
            return true;
        }
        if before.is_some_and(|(word, _)| makes_place(word)) {
            return false;
        }
        if let Some(rest) = behind.strip_prefix(['\'', '’']) {
            return (rest.starts_with("s ") || rest.starts_with(' ')) && !owns_what_cities_have(part, candidate);
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

    /// Whether a capital acts or is acted upon by the habits of a language.
    fn capital_means_government_by(&self, habits: &Habits, part: &Part<'_>, candidate: &Candidate) -> bool {
        let span = candidate.span;
        if span.of(part.text).chars().all(char::is_uppercase) {
            return false;
        }
        let before = |by: usize| {
            let (word, at) = part.word(candidate.words.start.checked_sub(by))?;
            let next = part.word(candidate.words.start.checked_sub(by - 1)).map_or(span, |(_, next)| next);
            only_space_between(part.text, at, next).then(|| word.to_lowercase())
        };
        let [two_before, one_before] = [before(2), before(1)].map(Option::unwrap_or_default);
        if habits.turns.holds(&one_before) {
            return habits.turned.holds(&two_before);
        }
        if habits.between.holds(&one_before) {
            let pair = |other: &Candidate| {
                let gap = Span::new(span.end, other.span.start).of(part.text);
                habits.joints.contains(&gap) && !self.actors(part, other, Form::Capital).is_empty()
            };
            let at = part.candidates.partition_point(|other| other.words.start < candidate.words.end);
            return habits.turned.holds(&two_before) && part.candidates.get(at).is_some_and(pair);
        }
        if habits.place.holds(&one_before) {
            return false;
        }
        if habits.governed.holds(&one_before) || habits.acts_or_governs.holds(&one_before) {
            return true;
        }
        let end = candidate.words.end;
        let behind: Vec<(&str, Span)> = (end..end + habits.reach).map_while(|at| part.word(Some(at))).collect();
        let Some(&(verb, at)) = behind.first().filter(|&&(_, at)| only_space_between(part.text, span, at)) else { return false };
        // Of "Berlin hat", "Paris a", "Madrid ha" the participle tells.
        let reach = behind.last().map_or(at.end, |(_, last)| last.end);
        let clause = Span::new(at.end, reach).of(part.text);
        let clause = clause.find(['.', ',', ';', ':', '!', '?', '\n']).map_or(clause, |end| clause.get(..end).unwrap_or_default());
        let in_clause = |&&(_, place): &&(&str, Span)| place.start > at.end && place.end <= at.end + clause.len();
        let verb = verb.to_lowercase();
        if habits.auxiliaries.holds(&verb) {
            let tells = |word: &str| habits.participles.holds(word) || habits.acts(word);
            return behind.iter().filter(in_clause).any(|(word, _)| tells(&word.to_lowercase()));
        }
        habits.acts(&verb)
    }

    /// Whether the Arabic "and" is written onto a capital: واشنطن **و**موسكو.
    fn is_joined_in_arabic(&self, part: &Part<'_>, candidate: &Candidate) -> bool {
        let Some(bare) = candidate.span.of(part.text).strip_prefix('و') else { return false };
        candidate.names.iter().filter_map(|&name| self.roster.names().get(name)).any(|name| name.text == bare)
    }

    /// Whether a capital stands in a row with one that stands for its government, or with a seat: "between Washington and Seoul",
    /// "Washington, Beijing and Moscow have voted".
    fn shares_with_neighbour(&self, part: &Part<'_>, at: usize) -> bool {
        /// How many in a row are looked at on each side.
        const ROW: usize = 12;
        let joined = |first: &Candidate, second: &Candidate| {
            let gap = Span::new(first.span.end, second.span.start).of(part.text);
            matches!(gap, " and " | ", " | ", and " | " or " | ", or " | " et " | " und " | " y " | " и " | ", и " | " или ")
                || gap == " " && self.is_joined_in_arabic(part, second)
        };
        let candidate = |at: usize| part.candidates.get(at);
        let Some(here) = candidate(at) else { return false };
        if part.before(here).is_some_and(|(word, _)| makes_place(word)) {
            return false;
        }
        let is_government = |other: &Candidate| {
            let capital = !self.actors(part, other, Form::Capital).is_empty();
            capital && self.acts(part, other) || !self.actors(part, other, Form::Seat).is_empty()
        };
        let mut row = at;
        while let (Some(before), Some(this)) = (row.checked_sub(1).and_then(candidate), candidate(row))
            && at - row < ROW
            && joined(before, this)
        {
            row -= 1;
            if is_government(before) {
                return true;
            }
        }
        row = at;
        while let (Some(this), Some(behind)) = (candidate(row), candidate(row + 1))
            && row - at < ROW
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

/// Whether a capital owns what cities have: "London's mayor", "Paris's narrow streets".
fn owns_what_cities_have(part: &Part<'_>, candidate: &Candidate) -> bool {
    static OF_CITIES: WordList = WordList::new(
        "airport airports bridges buildings bus buses cafes cathedral cemetery centre center churches city districts downtown galleries harbor \
        harbour homes hospital hospitals hotels housing inhabitants main mayor mayoral mayors metro museum museums neighborhood neighborhoods \
        neighbourhood neighbourhoods nightlife old opera outskirts parks pavements police population port quarter railway residents restaurants \
        river rivers roads schools sidewalks skyline slums squares stadium station stations streets suburb suburban suburbs subway theatre theatres \
        traffic trains tube underground university universities waterfront",
    );
    const REACH: usize = 2;
    let from = candidate.words.end;
    // Texts write a possessive apart, or as one word with what it stands behind.
    let words = (from..=from + REACH).map_while(|at| part.word(Some(at)));
    let gap = |at: Span| Span::new(candidate.span.end, at.start).of(part.text);
    words.take_while(|&(_, at)| !gap(at).contains(['.', ',', ';', ':'])).take(REACH).any(|(word, _)| OF_CITIES.holds(word))
}

/// Whether a noun stands before a capital that is turned on governments: "sanctions on Moscow", "aid to Kyiv", "criticism of Beijing".
fn is_governed_by_noun(part: &Part<'_>, candidate: &Candidate) -> bool {
    let word_before = |by: usize| part.word(candidate.words.start.checked_sub(by));
    let (Some((noun, noun_at)), Some((joint, joint_at))) = (word_before(2), word_before(1)) else { return false };
    only_space_between(part.text, noun_at, joint_at)
        && only_space_between(part.text, joint_at, candidate.span)
        && turns_on_government(noun, joint)
}

/// Whether a place stands before a capital in the same breath: "в Сеуле и **Токио** могли".
fn follows_place(part: &Part<'_>, at: usize) -> bool {
    let (Some(here), Some(before)) = (part.candidates.get(at), at.checked_sub(1).and_then(|at| part.candidates.get(at))) else {
        return false;
    };
    let joined = Span::new(before.span.end, here.span.start).of(part.text) == " и ";
    joined && part.before(before).is_some_and(|(word, _)| makes_place(word))
}

#[cfg(test)]
#[path = "capitals_tests.rs"]
mod tests;
