//! What of a query is asked for where nothing is required of a piece: less, so that more is found, but nothing that says nothing.

use super::clauses::words_of;
use super::operands::elements;
use super::plan::{Need, Planner};
use crate::query::{Ask, Leaf, PhrasePart, Tree};
use crate::text::grammar::is_small;
use crate::text::{Word, fold};

impl Planner<'_> {
    /// Trees of which none is required. By small words alone nobody wants to find a piece, or to see them marked, where other words are asked for;
    /// they stay among the leaves, for those who ask after each.
    pub(super) fn best(&mut self, trees: &[Tree<Leaf>]) -> Vec<Tree<usize>> {
        let is_wanted = |tree: &&Tree<Leaf>| match tree {
            Tree::Clause(Leaf { ask: Ask::Word(word), .. }) => !is_small(&fold::folded(word)),
            Tree::Not(_) => false,
            _ => true,
        };
        let any = trees.iter().any(|tree| is_wanted(&tree));
        let planned: Vec<Tree<usize>> = self.trees(trees);
        let kept = trees.iter().zip(planned).filter(|(tree, _)| !any || matches!(tree, Tree::Not(_)) || is_wanted(tree));
        kept.map(|(_, planned)| planned).collect()
    }

    /// The words of a phrase, each by itself.
    pub(super) fn part_by_part(&self, ask: &Ask) -> Need {
        let word_by_word =
            |words: &str| telling(words.split_whitespace().collect()).into_iter().map(|word| self.word(word)).collect::<Vec<_>>();
        let needs = match ask {
            Ask::Parts(parts) | Ask::Loose(parts, _) => parts
                .iter()
                .flat_map(|part| match part {
                    PhrasePart::Words(words) => word_by_word(words),
                    part => elements(part).into_iter().map(Need::Places).collect(),
                })
                .collect(),
            ask => word_by_word(&words_of(ask)),
        };
        let needs: Vec<Need> = needs.into_iter().filter(|need| *need != Need::Nothing).collect();
        if needs.is_empty() { Need::Nothing } else { Need::Any(needs) }
    }

    /// `whole`, several words written together, or one of them that means something alone: `shock-wave` or `shock`, but not the 19 of `Covid-19`.
    pub(super) fn or_parts(&self, whole: Need, typed: &str, words: &[Word]) -> Need {
        const SHORTEST: usize = 3;
        let lettered = |word: &&str| word.chars().count() >= SHORTEST && word.chars().all(char::is_alphabetic);
        let parts = words.iter().map(|word| word.span.of(typed)).filter(lettered).filter(|word| !is_small(&fold::folded(word)));
        let mut needs: Vec<Need> = parts.map(|word| Need::Stem(self.stems(word))).collect();
        if needs.is_empty() {
            return whole;
        }
        needs.insert(0, whole);
        Need::Any(needs)
    }
}

/// Those of `words` that say something by themselves; all, if none does.
pub(super) fn telling(words: Vec<&str>) -> Vec<&str> {
    let told: Vec<&str> = words.iter().copied().filter(|word| !is_small(&fold::folded(word))).collect();
    if told.is_empty() { words } else { told }
}
