use super::feedback::{Feedback, feedback};
use super::forms::forms;
use super::neighbours::neighbours;
use super::pool::{Pool, QueryTerm, greatest, small};
use super::signals::{FEEDBACK, NEIGHBOURS, Signal};

/// What the first stage says of a piece of the pool.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct FirstStage {
    /// The score of its best passage.
    pub score: f32,
    /// Of that, what the query's terms in the piece say.
    pub piece: f32,
}

/// What the second stage adds to the passages of a piece of the pool: signals not yet weighed, none negative.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct SecondStage {
    /// [`Signal::Forms`].
    pub forms: f32,
    /// [`Signal::Feedback`].
    pub feedback: f32,
    /// [`Signal::Neighbours`].
    pub neighbours: f32,
}

/// What is asked, as the second stage compares it with pieces.
#[derive(Clone, Copy, Debug)]
pub struct ComparedQuery<'q> {
    /// The terms that are compared by their letters.
    pub wanted: &'q [QueryTerm<'q>],
    /// How many different terms there are of scripts with spaces: these are what can be compared.
    pub terms: usize,
    /// What part of all that the query's terms weigh those weigh. Of a question in Chinese with a number in it the number alone can be
    /// compared, and pieces that have nothing else of it are no answers: without this, halves of such texts find their other
    /// halves worse by up to 20%.
    pub share: f32,
}

/// Compares the pieces of `pool`, of which the first stage says `first`, with the letters of what is asked and with each other.
///
/// Scores are mixed as parts: (1 − w) of what a piece has by itself and w of what comparing gives, w being the weight times the strength of
/// feedback. Divided by 1 − w, that is the first stage's score with something added.
#[must_use]
pub fn compare(pool: &Pool, asked: &ComparedQuery<'_>, first: &[FirstStage], mode: Feedback) -> Vec<SecondStage> {
    let by_letters = forms(pool, asked.wanted);
    let most = asked.share * greatest(first.iter().map(|first| first.piece));
    let mut seconds: Vec<SecondStage> =
        by_letters.into_iter().map(|part| SecondStage { forms: most * part, ..SecondStage::default() }).collect();
    let strength = asked.share * mode.strength(small(pool.len()));
    if strength <= 0.0 {
        return seconds;
    }
    let mut scores: Vec<f32> =
        first.iter().zip(&seconds).map(|(first, second)| first.score + weight(Signal::Forms) * second.forms).collect();
    let by_length = strength * mode.by_length(small(asked.terms));
    let scale = by_length / (1.0 - FEEDBACK * by_length) * greatest(scores.iter().copied());
    let fed_back = feedback(pool, &scores);
    for ((second, score), part) in seconds.iter_mut().zip(&mut scores).zip(fed_back) {
        second.feedback = scale * part;
        *score += FEEDBACK * second.feedback;
    }
    let scale = strength / (1.0 - NEIGHBOURS * strength);
    for (second, mean) in seconds.iter_mut().zip(neighbours(pool, &scores)) {
        second.neighbours = scale * mean;
    }
    seconds
}

fn weight(wanted: Signal) -> f32 {
    Signal::ALL.iter().find(|(signal, _, _)| *signal == wanted).map_or(0.0, |&(_, _, weight)| weight)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn compared(texts: &[&str], query: &[&str], scores: &[f32], mode: Feedback) -> Vec<SecondStage> {
        all(texts, query, scores, mode, query.len(), 1.0)
    }

    /// Texts about oil compared, by a query that has `terms` terms and of which words of scripts with spaces are `share`.
    fn weighed(texts: &[&str], terms: usize, share: f32) -> Vec<SecondStage> {
        all(texts, &["oil"], &vec![1.0; texts.len()], Feedback::Auto, terms, share)
    }

    fn all(texts: &[&str], query: &[&str], scores: &[f32], mode: Feedback, terms: usize, share: f32) -> Vec<SecondStage> {
        let stems: Vec<Vec<String>> = query.iter().map(|word| vec![(*word).to_owned()]).collect();
        let query: Vec<QueryTerm<'_>> = stems.iter().map(|stems| QueryTerm { stems, weight: 1.0, containing: 5, all: 1_000 }).collect();
        let first: Vec<FirstStage> = scores.iter().map(|&score| FirstStage { score, piece: score }).collect();
        compare(&pooled(texts, &query, 1), &ComparedQuery { wanted: &query, terms, share }, &first, mode)
    }

    /// A pool of texts whose words are numbered by so many vocabularies in turn, each in another order.
    fn pooled(texts: &[&str], query: &[QueryTerm<'_>], vocabularies: usize) -> Pool {
        let mut words: Vec<&str> = texts.iter().flat_map(|text| text.split(' ')).collect();
        words.sort_unstable();
        words.dedup();
        let count = words.len();
        let word = |vocabulary: usize, number: u32| words[(number as usize + 3 * vocabulary) % count];
        let mut pool = Pool::default();
        pool.begin(query);
        for (at, text) in texts.iter().enumerate() {
            let vocabulary = at % vocabularies;
            let number = |word: &&str| {
                let place = words.binary_search(word).unwrap();
                u32::try_from((place + count - 3 * vocabulary % count) % count).unwrap()
            };
            let has = |word: &&&str| text.split(' ').any(|other| other == **word);
            let terms: Vec<(u32, u8)> = words.iter().filter(has).map(|word| (number(word), 1)).collect();
            pool.add(vocabulary, &terms, 1.0);
        }
        pool.end(|vocabulary, terms, take| terms.iter().for_each(|&number| take(word(vocabulary, number).as_bytes())));
        pool
    }

    #[test]
    fn other_forms_of_a_word_count() {
        let found = compared(&["australianfires today", "fire today", "water today"], &["australian"], &[1.0, 1.0, 1.0], Feedback::Off);
        assert!(found[0].forms > 0.0 && found[1].forms.abs() < f32::EPSILON && found[2].forms.abs() < f32::EPSILON);
        assert!(found.iter().all(|second| second.feedback.abs() < f32::EPSILON && second.neighbours.abs() < f32::EPSILON));
    }

    #[test]
    fn pieces_with_what_the_best_have_in_common_gain() {
        let texts = ["oil embargo tanker", "oil embargo tanker", "oil tanker sea", "oil paint canvas", "oil paint brush"];
        let found = compared(&texts, &["oil"], &[1.0, 1.0, 0.5, 0.5, 0.5], Feedback::On);
        assert!(found[2].feedback > found[3].feedback);
        assert!(found[2].neighbours > found[3].neighbours);
    }

    #[test]
    fn a_clear_winner_speaks_alone() {
        let texts = ["oil tanker", "oil paint", "oil paint", "oil tanker"];
        let found = compared(&texts, &["oil"], &[2.0, 1.0, 1.0, 1.0], Feedback::On);
        assert!(found[3].feedback > found[1].feedback);
    }

    #[test]
    fn the_nearest_speak_to_long_queries_and_the_best_speak_less() {
        let texts = ["oil embargo tanker", "oil embargo tanker", "oil tanker sea", "oil paint canvas", "oil paint brush"];
        let (short, long) = (weighed(&texts, 1, 1.0), weighed(&texts, 320, 1.0));
        assert!(long[2].feedback < short[2].feedback / 5.0);
        assert!(long[2].neighbours > short[2].neighbours / 2.0);
    }

    #[test]
    fn what_can_be_compared_counts_for_its_share() {
        let texts = ["oil embargo tanker", "oil embargo tanker", "oil tanker sea"];
        let (all, part) = (weighed(&texts, 1, 1.0), weighed(&texts, 1, 0.1));
        assert!((part[0].forms - all[0].forms / 10.0).abs() < 1e-6);
        assert!(part[2].feedback < all[2].feedback / 5.0 && part[2].neighbours < all[2].neighbours / 5.0);
        assert!(weighed(&texts, 1, 0.0).iter().all(|second| *second == SecondStage::default()));
    }

    #[test]
    fn nothing_to_compare_is_no_harm() {
        assert!(compared(&[], &["oil"], &[], Feedback::On).is_empty());
        assert!(compared(&["oil"], &[], &[1.0], Feedback::On)[0].forms.abs() < f32::EPSILON);
    }

    proptest! {
        #[test]
        fn from_how_many_vocabularies_terms_come_makes_no_difference(
            texts in prop::collection::vec("[a-d]{1,3}( [a-d]{1,6}){0,6}", 1..30),
            query in prop::collection::vec("[a-d]{1,6}", 1..5),
            scores in prop::collection::vec(0.0_f32..20.0, 30),
        ) {
            let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
            let stems: Vec<Vec<String>> = query.into_iter().map(|word| vec![word]).collect();
            let query: Vec<QueryTerm<'_>> = stems.iter().map(|stems| QueryTerm { stems, weight: 1.0, containing: 5, all: 1_000 }).collect();
            let asked = ComparedQuery { wanted: &query, terms: query.len(), share: 1.0 };
            let first: Vec<FirstStage> = scores.iter().take(texts.len()).map(|&score| FirstStage { score, piece: score }).collect();
            let found = |vocabularies: usize| compare(&pooled(&texts, &query, vocabularies), &asked, &first, Feedback::On);
            for vocabularies in 2..5 {
                prop_assert_eq!(found(vocabularies), found(1));
            }
        }

        #[test]
        fn what_is_added_is_finite_and_never_negative(
            texts in prop::collection::vec("[a-d]{1,3}( [a-d]{1,6}){0,6}", 0..40),
            query in prop::collection::vec("[a-d]{1,6}", 0..5),
            scores in prop::collection::vec(0.0_f32..20.0, 40),
        ) {
            let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
            let query: Vec<&str> = query.iter().map(String::as_str).collect();
            for mode in [Feedback::Auto, Feedback::On, Feedback::Off] {
                let found = compared(&texts, &query, scores.get(..texts.len()).unwrap(), mode);
                prop_assert_eq!(found.len(), texts.len());
                for SecondStage { forms, feedback, neighbours } in found {
                    for value in [forms, feedback, neighbours] {
                        prop_assert!(value.is_finite() && value >= 0.0, "{value}");
                    }
                }
            }
        }
    }
}
