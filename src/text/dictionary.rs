//! The dictionary by which runs of Han are cut, loaded as far as it is needed.
//!
//! How jieba cuts a run depends on the words of the dictionary that stand in the run, and on how often all words together were seen. So
//! a query of a few characters needs a handful of words, which are found in place: the dictionary is a sorted text. To load all of it
//! takes a tenth of a second, which is paid once so much has been cut that looking words up would cost as much.

use std::fmt::Write;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use foldhash::HashSet;
use jieba_rs::Jieba;

use super::sorted::lines_from;

/// A word a line, with how often it was seen and its tag, in the order of its bytes.
static WORDS: &str = include_str!("dictionary.txt");
/// How often all words together were seen.
const SEEN: usize = 60_101_964;
/// After so many characters the whole dictionary is loaded.
const ENOUGH: usize = 500;

/// What `ask` answers from a dictionary that knows every word in `run`.
pub(super) fn with_words_in<T>(run: &str, ask: impl FnOnce(&Jieba) -> T) -> T {
    static WHOLE: OnceLock<Jieba> = OnceLock::new();
    static CUT: AtomicUsize = AtomicUsize::new(0);
    if let Some(whole) = WHOLE.get() {
        return ask(whole);
    }
    // A long run counts before it is cut: to look up its words takes a time that grows with its square.
    let length = run.chars().count();
    let cut = CUT.fetch_add(length, Ordering::Relaxed).saturating_add(length);
    if cut > ENOUGH { ask(WHOLE.get_or_init(whole)) } else { ask(&of_words_in(run)) }
}

fn whole() -> Jieba {
    // The lines of the head begin with `#`.
    loaded(lines_from(WORDS, |line| line.starts_with('#')))
}

/// A dictionary that knows the words in `run`, each as likely as it is in the whole one.
fn of_words_in(run: &str) -> Jieba {
    let mut words = String::new();
    let mut rest = SEEN;
    let mut firsts = HashSet::default();
    for first in run.chars().filter(|&c| firsts.insert(c)) {
        for (line, word) in beginning_with(first).filter(|(_, word)| run.contains(word)) {
            rest -= seen(line, word);
            words.push_str(line);
            words.push('\n');
        }
    }
    // All that was not taken, as one word that no text has.
    let _ = writeln!(words, "\u{1} {rest}");
    loaded(&words)
}

fn loaded(words: &str) -> Jieba {
    // Only a line that is none can fail, and the tests read all.
    Jieba::with_dict(&mut words.as_bytes()).unwrap_or_else(|_| Jieba::empty())
}

/// The lines of the words that begin with a character, each with its word.
fn beginning_with(first: char) -> impl Iterator<Item = (&'static str, &'static str)> {
    // Characters have the order of their bytes.
    let from = lines_from(WORDS, |line| line.chars().next() < Some(first));
    from.lines().take_while(move |line| line.starts_with(first)).filter_map(|line| Some((line, line.split(' ').next()?)))
}

/// How often a word was seen, as its line says.
fn seen(line: &str, word: &str) -> usize {
    line.get(word.len()..).and_then(|behind| behind.split_ascii_whitespace().next()?.parse().ok()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_whole_dictionary_has_been_seen_as_often_as_said() {
        let lines: Vec<&str> = WORDS.lines().filter(|line| !line.starts_with('#')).collect();
        assert_eq!(lines.iter().map(|line| seen(line, line.split(' ').next().unwrap())).sum::<usize>(), SEEN);
        assert!(lines.is_sorted());
        assert!(whole().has_word("1号店") && whole().has_word("安理会"));
    }

    #[test]
    fn words_are_found_by_their_first_character() {
        let of = |first| beginning_with(first).map(|(_, word)| word).collect::<Vec<_>>();
        assert_eq!(of('1'), ["1号店"]);
        assert_eq!(of('龢'), ["龢"]);
        assert_eq!(of('\u{10FFFF}'), [""; 0]);
        for first in ['不', '安', '一', '龠'] {
            let naive: Vec<&str> = WORDS.lines().filter(|line| line.starts_with(first)).filter_map(|line| line.split(' ').next()).collect();
            assert_eq!(of(first), naive);
        }
    }

    #[test]
    fn a_long_run_is_cut_by_the_whole_dictionary() {
        let run: String = ('一'..='龥').collect::<String>().repeat(20);
        let words = |jieba: &Jieba| jieba.cut(&run, false).iter().map(|token| token.word.to_owned()).collect::<Vec<_>>();
        assert!(with_words_in(&run, words) == words(&whole()));
        assert!(with_words_in(&run, |jieba| jieba.has_word("安理会")), "which is not in the run");
    }

    proptest! {
        /// A part of the dictionary cuts and tags as the whole does.
        #[test]
        fn a_part_cuts_as_the_whole(run in "(安理会|讨论|延长|制裁|联合国|不|一|在|了|外交|部长|发言|人|朝鲜|半岛|美|韩|[一-龥]){1,12}") {
            static ALL: std::sync::LazyLock<Jieba> = std::sync::LazyLock::new(whole);
            let part = of_words_in(&run);
            let tagged = |jieba: &Jieba| jieba.tag(&run, false).into_iter().map(|tag| (tag.word.to_owned(), tag.tag.to_owned())).collect::<Vec<_>>();
            let search = |jieba: &Jieba| jieba.cut_for_search(&run, false).into_iter().map(|token| token.word.to_owned()).collect::<Vec<_>>();
            prop_assert_eq!(tagged(&part), tagged(&ALL));
            prop_assert_eq!(search(&part), search(&ALL));
        }
    }
}
