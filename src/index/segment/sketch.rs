//! Sketches of texts, by which near copies are found without comparing every text with every other.
//!
//! A text is the set of its runs of five words, and each run is hashed. The runs with the least hashes are the same in texts whose sets
//! overlap (bottom-k sketches, Broder 1997): by the keys of these few, texts that may be copies are looked up. Of the eight least that two
//! texts have together, each is in both with the probability of their overlap, so that of texts that share a quarter of their runs nine in
//! ten share a key. Whether they are copies is then told by all runs: each falls into one of a number of bins, and of each bin the least hash
//! is kept (`MinHash` by one permutation). Two texts agree in a bin about as often as their sets overlap.

/// Words in a run.
const RUN: usize = 5;
/// Bins.
const BINS: usize = 72;
/// Runs by whose keys a text is looked up.
const LEAST: usize = 8;
/// Texts of fewer runs have no sketch: they share a phrase too easily. They are copies of nothing but the very same text, by its digest.
const FEWEST: u32 = 16;
/// The bytes of a sketch in its kept form.
pub(super) const SIZE: usize = size_of::<u32>() + 2 * BINS + LEAST * size_of::<RunKey>();
/// Two texts are copies if of the runs of the shorter at least so many are in the longer, and so many of all runs are in both.
const CONTAINED: f32 = 0.6;
const SHARED: f32 = 0.25;

/// The key of a run: the beginning of its hash. So many bytes tell the runs of millions of texts apart.
pub type RunKey = [u8; 6];

/// The part into which a key falls, of so many equal parts of all possible keys, which are in the order of keys.
pub(super) fn part_of(key: RunKey, parts: usize) -> usize {
    let [a, b, c, d, e, f] = key;
    let number = u64::from_be_bytes([a, b, c, d, e, f, 0, 0]);
    usize::try_from((u128::from(number) * parts as u128) >> u64::BITS).unwrap_or_default()
}

/// The sketch of a text, in its kept form. Of a short text there is nothing in it.
///
/// That form is how many runs the text has, the least of each bin, and the keys of the least of all, then noughts in place of those that there are
/// too few of. Of nothing in it is there more to do than to look at it, and all take the same room, so that thousands of texts can be compared
/// for one answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Sketch<'k> {
    runs: u32,
    minima: &'k [[u8; 2]],
    least: &'k [RunKey],
}

/// The sketch of a text of these words, folded, in its kept form.
pub(in crate::index) fn sketched<'w>(words: impl Iterator<Item = &'w str>) -> [u8; SIZE] {
    let mut minima = [EMPTY; BINS];
    // The least hashes, the greatest of them last, …
    let mut least: Vec<u64> = Vec::with_capacity(LEAST + 1);
    // … and what others have to be less than.
    let mut bound = u64::MAX;
    let mut last = [0_u64; RUN];
    let mut rolling = 0_u64;
    let mut runs = 0_u32;
    for (word, count) in words.zip(1_usize..) {
        let word = hash(word);
        let gone = std::mem::replace(&mut last[count % RUN], word);
        rolling = rolling.wrapping_mul(FACTOR).wrapping_add(word).wrapping_sub(gone.wrapping_mul(OF_GONE));
        if count >= RUN {
            runs = runs.saturating_add(1);
            let run = mixed(rolling);
            if run < bound
                && let Err(at) = least.binary_search(&run)
            {
                least.insert(at, run);
                least.truncate(LEAST);
                bound = least.get(LEAST - 1).copied().unwrap_or(u64::MAX);
            }
            // The hash that the keys are taken from decides nothing here, so that bins say something of their own.
            let run = mixed(run);
            let bin = usize::try_from(((run >> 32) * BINS as u64) >> 32).unwrap_or_default();
            #[expect(clippy::cast_possible_truncation, reason = "the lower half of the hash is wanted")]
            let value = run as u32;
            if let Some(least) = minima.get_mut(bin) {
                *least = (*least).min(u64::from(value));
            }
        }
    }
    if runs < FEWEST {
        return [0; SIZE];
    }
    let mut kept = Vec::with_capacity(SIZE);
    kept.extend(runs.to_le_bytes());
    // An empty bin takes what stands in the next filled one, told apart by how far that is.
    let filled = |bin: usize| {
        let step = (0..BINS).find(|step| minima[(bin + step) % BINS] != EMPTY)?;
        Some((minima[(bin + step) % BINS], step as u64))
    };
    for bin in 0..minima.len() {
        let (value, step) = filled(bin).unwrap_or_default();
        #[expect(clippy::cast_possible_truncation, reason = "sixteen bits tell two texts apart")]
        let short = mixed(value ^ (step << 32)) as u16;
        kept.extend(short.to_le_bytes());
    }
    // Hashes that are the least of all have nothing but noughts in front.
    for run in least {
        let [_, _, key @ ..] = mixed(run).to_be_bytes();
        kept.extend(key);
    }
    std::array::from_fn(|at| kept.get(at).copied().unwrap_or_default())
}

impl<'k> Sketch<'k> {
    /// One in its kept form.
    pub(in crate::index) fn read(kept: &'k [u8; SIZE]) -> Self {
        let (runs, kept) = kept.split_first_chunk().unwrap_or((&[0; 4], &[]));
        let (minima, least) = kept.split_at_checked(2 * BINS).unwrap_or_default();
        let least = least.as_chunks().0;
        let known = least.iter().rposition(|key| *key != RunKey::default()).map_or(0, |last| last + 1);
        match u32::from_le_bytes(*runs) {
            0 => Self::default(),
            runs => Self { runs, minima: minima.as_chunks().0, least: least.get(..known).unwrap_or_default() },
        }
    }

    /// The keys of its least runs: texts that share some may be copies.
    #[must_use]
    pub const fn least(&self) -> &'k [RunKey] {
        self.least
    }

    /// Whether the text is as good as the other, or as a part of it. The same whichever is asked about the other.
    #[must_use]
    pub fn is_copy_of(&self, other: &Self) -> bool {
        if self.minima.is_empty() || other.minima.is_empty() {
            return false;
        }
        let alike = self.minima.iter().zip(other.minima).filter(|(a, b)| a == b).count();
        #[expect(clippy::cast_precision_loss, reason = "counts far below 2^24, or an estimate anyway")]
        let (shared, all, fewer) = (alike as f32 / BINS as f32, (self.runs as f32 + other.runs as f32), self.runs.min(other.runs) as f32);
        let contained = shared / (1.0 + shared) * all / fewer;
        shared >= SHARED && contained >= CONTAINED
    }
}

/// What a word's hash is multiplied by for each word behind it in a run: the hash of a run follows from that of the run before (Karp and Rabin 1987,
/// *Efficient randomized pattern-matching algorithms*).
const FACTOR: u64 = 0x9E37_79B9_7F4A_7C15;
/// The same for the word that is no longer in the run.
const OF_GONE: u64 = {
    let (mut power, mut words) = (1_u64, 0);
    while words < RUN {
        power = power.wrapping_mul(FACTOR);
        words += 1;
    }
    power
};
/// A bin in which there is nothing: more than any hash there.
const EMPTY: u64 = u64::MAX;

/// A hash of a word's bytes and how many they are, eight at a time. It is the same in every version, since it stands in indexes.
fn hash(word: &str) -> u64 {
    let (eights, rest) = word.as_bytes().as_chunks();
    let rest = rest.iter().rfold(0, |rest, &byte| rest << 8 | u64::from(byte));
    let eights = eights.iter().fold(word.len() as u64, |hash, eight| mixed(hash ^ u64::from_le_bytes(*eight)));
    mixed(eights ^ rest)
}

/// The finishing steps of `SplitMix64`, which spread every bit over all.
#[inline]
const fn mixed(value: u64) -> u64 {
    let value = value.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let value = (value ^ (value >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let value = (value ^ (value >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    value ^ (value >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Words that are as good as random: those from `from` to `to` of a fixed row.
    fn words(from: u64, to: u64) -> Vec<String> {
        (from..to).map(|at| format!("w{}", mixed(at) % 3_000)).collect()
    }

    fn kept(words: &[String]) -> [u8; SIZE] {
        sketched(words.iter().map(String::as_str))
    }

    #[test]
    fn copies_are_told_from_other_texts() {
        let original = words(0, 600);
        let cut = [&original[..150], &original[350..]].concat();
        let led = [&words(9_000, 9_060)[..], &original[40..]].concat();
        for (name, copy) in [("same", original.clone()), ("cut", cut), ("new lede", led)] {
            let (a, b) = (kept(&original), kept(&copy));
            let (a, b) = (Sketch::read(&a), Sketch::read(&b));
            assert!(a.is_copy_of(&b) && b.is_copy_of(&a), "{name}");
            assert!(a.least().iter().any(|run| b.least().contains(run)), "{name}");
        }
        let same_in_part = [&words(5_000, 5_500)[..], &original[..80]].concat();
        for (name, other) in [("other", words(5_000, 5_600)), ("shares a paragraph", same_in_part)] {
            let (a, b) = (kept(&original), kept(&other));
            assert!(!Sketch::read(&a).is_copy_of(&Sketch::read(&b)), "{name}");
        }
    }

    #[test]
    fn short_texts_have_no_sketch() {
        let short = kept(&words(0, 12));
        let none = Sketch::read(&short);
        assert!(none.least().is_empty() && !none.is_copy_of(&none));
    }

    #[test]
    fn the_least_runs_are_as_many_as_there_are() {
        for (different, least) in [(300, LEAST), (3, 3)] {
            let again = kept(&vec![words(0, different); 10].concat());
            let sketch = Sketch::read(&again);
            assert_eq!(sketch.least().len(), least);
            assert!(sketch.least().iter().all(|key| *key != RunKey::default()) && sketch.is_copy_of(&sketch));
        }
    }
}
