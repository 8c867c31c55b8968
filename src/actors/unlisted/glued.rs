//! What is glued to the ends of people's names in Chinese text, and cut off; and what is cut off them, and given back.

use foldhash::{HashMap, HashSet};

use super::chinese::{Place, words_of};
use super::model::{FOREIGN, MODEL};
use super::view::View;
use super::whole::is_other_word;
use crate::text::Span;
use crate::text::fold::han_variant;
use crate::text::han::HanWord;
use crate::text::script::is_han;

/// Words of one character before a verb, in their usual forms.
const ADVERBS: [char; 10] = ['也', '则', '还', '都', '曾', '将', '却', '亦', '并', '再'];
/// Such words that do as well before what the verb is about.
const ABOUT: char = '就';
/// Verbs of one character.
const VERBS: [char; 5] = ['说', '称', '是', '在', '对'];
/// Words of one character behind a name with a dot, which a Chinese name may well have for its own end.
const BEHIND_DOTTED: &str = "均仅因于派已又和与从被让把向率由即或以至";
/// What stands between the parts of a foreign name.
const DOTS: [char; 5] = ['·', '•', '‧', '・', '．'];
/// Words of one character behind a name, none of which ends a name by itself.
const NO_ENDS: &str =
    "的了是说称和与及对向被把到从在以或而所着过给让这那等们自省市州县区城地人氏家某女男队案版之上下前后里内外时、也则还都却亦并再就";

/// Cuts off what is glued to the ends of people's names. Adverbs: 王文也表示 is of 王文. A name that has such an end by itself stands somewhere in
/// the piece with something behind it that is no verb: 林守则的, 林守则、. And verbs, where the piece has the name without: 王文说.
pub(super) fn without_glued(views: &[View<'_>], places: &mut [Vec<Place>]) {
    let adverb = |place: &Place| ends_in(place, |c| ADVERBS.contains(&c) || c == ABOUT || is_dotted(place) && BEHIND_DOTTED.contains(c));
    let verb = |place: &Place| ends_in(place, |c| VERBS.contains(&c));
    if !places.iter().flatten().any(|place| adverb(place) || verb(place)) {
        return;
    }
    let mut own: HashSet<String> = HashSet::default();
    for (view, places) in views.iter().zip(&*places) {
        let own_end = |place: &&Place| adverb(place) && !goes_on_as_verb(view, place);
        own.extend(places.iter().filter(own_end).map(|place| place.name.clone()));
    }
    // What writes no foreign names ends none: 希拉里·克林顿|曾.
    let strange = |place: &Place| is_dotted(place) && place.name.chars().next_back().is_some_and(|c| !is_foreign(c));
    cut(views, places, |place| adverb(place) && (strange(place) || !own.contains(&place.name)));
    let people: HashSet<String> = places.iter().flatten().filter(|place| place.found.person).map(|place| place.name.clone()).collect();
    let shorter = |place: &Place| place.name.strip_suffix(VERBS).is_some_and(|name| people.contains(name));
    cut(views, places, |place| verb(place) && (shorter(place) || strange(place)));
    for (view, places) in views.iter().zip(places) {
        // What the roster has is no longer inside another's name.
        places.retain(|place| !place.found.person || words_of(view, place.span).is_some());
    }
}

/// Gives back the last character to names of two that stand always before the same one: 夏绍|曾, 周受|资.
pub(super) fn complete(views: &[View<'_>], places: &mut [Vec<Place>]) {
    const FEWEST: usize = 3;
    /// What is behind the places of a name.
    struct Behind {
        next: Option<char>,
        places: usize,
        ends: bool,
    }
    let mut names: HashMap<&str, Behind> = HashMap::default();
    for (view, places) in views.iter().zip(&*places) {
        let short = |place: &&Place| place.found.person && place.name.chars().count() == 2 && place.name.chars().all(is_han);
        for place in places.iter().filter(|place| short(place) && !is_other_word(&place.name)) {
            let next = next_alone(view, place);
            let behind = names.entry(&place.name).or_insert(Behind { next, places: 0, ends: false });
            behind.next = behind.next.filter(|_| behind.next == next);
            behind.places += 1;
            behind.ends |= next.is_some() && ends_behind(view, place);
        }
    }
    let longer: HashSet<String> = names
        .into_iter()
        .filter(|(_, behind)| behind.places >= FEWEST && behind.ends && behind.next.is_some())
        .map(|(name, _)| name.to_owned())
        .collect();
    for (view, places) in views.iter().zip(places) {
        for place in places.iter_mut().filter(|place| place.found.person && longer.contains(&place.name)) {
            place.widen(view, place.words.start..place.words.end + 1);
        }
    }
}

/// Makes one of the two halves of a foreign name that a hyphen joins: 阿莉西亚·加西亚-埃雷罗.
pub(super) fn hyphened(views: &[View<'_>], places: &mut [Vec<Place>]) {
    let is_half = |place: &Place| place.found.person && place.name.chars().all(|c| is_foreign(c) || DOTS.contains(&c) || c == '-');
    for (view, places) in views.iter().zip(places) {
        let mut at = 1;
        while let [_, ..] = places.get(at..).unwrap_or_default() {
            let joined = match places.get(at - 1..=at) {
                Some([first, second]) => {
                    let gap = Span::new(first.span.end, second.span.start).of(view.text);
                    let joins = matches!(gap, "-" | "－" | "‐" | "—") && is_half(first) && is_half(second);
                    joins.then_some(first.words.start..second.words.end)
                }
                _ => None,
            };
            match joined {
                Some(words) => {
                    let second = places.remove(at);
                    if let Some(first) = places.get_mut(at - 1) {
                        first.found.behind = second.found.behind;
                        first.widen(view, words);
                    }
                }
                None => at += 1,
            }
        }
    }
}

/// The character behind a name, if it may belong to it: it begins no word of the dictionary, and no roster has it.
fn next_alone(view: &View<'_>, place: &Place) -> Option<char> {
    let at = place.words.end;
    let next = Span::new(place.span.end, view.text.len()).of(view.text).chars().next().map(han_variant)?;
    let words = view.analysed.han_words();
    let word = words.get(words.partition_point(|word| word.first + word.len <= at))?;
    let alone = word.first <= at && word.first + word.len == at + 1;
    (is_han(next) && alone && !NO_ENDS.contains(next) && view.listed(at).is_none()).then_some(next)
}

/// Whether something stands behind a name and the character after it that shows where the name ends: a sign, or a verb.
fn ends_behind(view: &View<'_>, place: &Place) -> bool {
    let behind = place.words.end + 1;
    let touching = view.span(behind - 1).end == view.span(behind).start;
    if !touching || !view.word(behind).starts_with(is_han) {
        return true;
    }
    let words = view.analysed.han_words();
    let next = words.get(words.partition_point(|word| word.first < behind)).filter(|word| word.first == behind);
    let tag = |word: &HanWord| word.part_of_speech.as_str().starts_with(['v', 'd', 'p', 'u']);
    let adverb = "曾将已为".chars().any(|c| view.word(behind - 1).starts_with(c));
    next.is_some_and(|word| tag(word) && (!adverb || word.part_of_speech.as_str().starts_with(['d', 'p', 'u'])))
}

/// Cuts the last character off the names for which `glued` holds.
fn cut(views: &[View<'_>], places: &mut [Vec<Place>], glued: impl Fn(&Place) -> bool) {
    for (view, places) in views.iter().zip(places) {
        places.iter_mut().filter(|place| glued(place)).for_each(|place| place.cut_last(view));
    }
}

/// Whether a name is foreign without its last character: it has a dot, or is written so: 约翰松|仅.
fn is_dotted(place: &Place) -> bool {
    let before = || place.name.chars().rev().skip(1);
    place.name.contains(DOTS) || before().count() > 2 && before().all(is_foreign)
}

fn is_foreign(c: char) -> bool {
    MODEL.uses(MODEL.number(c)) & FOREIGN != 0
}

/// Whether a person's name of three characters and more ends in a character for which `end` holds.
fn ends_in(place: &Place, end: impl Fn(char) -> bool) -> bool {
    let is_name = |c: char| is_han(c) || DOTS.contains(&c);
    let ends = place.found.person && place.name.chars().next_back().is_some_and(end);
    ends && place.name.chars().count() > 2 && place.name.chars().all(is_name)
}

/// Whether a verb stands behind a name, or what stands before verbs: 表示, 没有, 对此; 就 also stands before things.
fn goes_on_as_verb(view: &View<'_>, place: &Place) -> bool {
    let words = view.analysed.han_words();
    let next = words.get(words.partition_point(|word| word.first < place.words.end));
    let about = place.name.ends_with(ABOUT);
    let verb = |word: &HanWord| {
        let tag = word.part_of_speech.as_str();
        tag.starts_with(['v', 'd', 'p']) || about && tag.starts_with(['n', 'r', 'j'])
    };
    next.is_some_and(|word| word.first == place.words.end && verb(word))
}
