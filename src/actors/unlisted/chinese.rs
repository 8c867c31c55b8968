//! Unlisted actors in Chinese text: what the model finds, over the whole piece.

use std::ops::Range;

use foldhash::HashMap;

use super::alphabets::{Class, Listed};
use super::anchored;
use super::employers::employers;
use super::ends;
use super::glued::{complete, hyphened, without_glued};
use super::han::{Labeller, Name};
use super::spread::MOST_SHARING;
use super::view::{Decided, View};
use super::whole::{introduced, spread, without_places};
use crate::actors::{Kind, Mention, Rule};
use crate::text::Span;
use crate::text::fold::han_variant;
use crate::text::han::HanWord;
use crate::text::script::{is_han, is_kana};

/// A name at a place of a part.
pub(super) struct Place {
    pub(super) words: Range<usize>,
    pub(super) span: Span,
    /// Its characters in their usual forms.
    pub(super) name: String,
    /// As it is written.
    pub(super) written: String,
    pub(super) found: Name,
}

impl Place {
    /// Leaves the last character to what stands behind, which speaks for the name as before.
    pub(super) fn cut_last(&mut self, view: &View<'_>) {
        self.words.end -= 1;
        self.span = view.span_of(&self.words);
        self.found.end -= 1;
        self.name.pop();
        self.written.pop();
    }

    /// Makes the name that of `words`, which begin as it does and go on.
    pub(super) fn widen(&mut self, view: &View<'_>, words: Range<usize>) {
        self.span = view.span_of(&words);
        self.found.end += words.len() - self.words.len();
        self.words = words;
        self.span.of(view.text).clone_into(&mut self.written);
        self.name = self.written.chars().map(han_variant).collect();
    }
}

/// Longer sentences are cut: no sentence is so long, and work must stay within bounds.
const LONGEST: usize = 400;
/// A sentence with fewer characters of Han is of another language.
const FEWEST_HAN: usize = 3;

/// The mentions of unlisted actors in the Chinese sentences of each part.
pub(super) fn find(views: &[View<'_>]) -> Vec<Vec<Decided>> {
    let mut places: Vec<Vec<Place>> = views.iter().map(places).collect();
    anchored::add(views, &mut places);
    complete(views, &mut places);
    without_glued(views, &mut places);
    employers(views, &mut places);
    hyphened(views, &mut places);
    without_places(views, &mut places);
    spread(views, &mut places);
    let fulls = fulls(&places);
    let decided = |place: &Place| Some(Decided { words: place.words.clone(), mention: mention(place, &fulls)? });
    let part = |places: &Vec<Place>| places.iter().filter_map(decided).collect();
    let mut decided: Vec<Vec<Decided>> = places.iter().map(part).collect();
    let introduced = introduced(views, &decided);
    for (part, mut shorts) in decided.iter_mut().zip(introduced) {
        // What the piece introduces counts for more than what its form tells.
        shorts.append(part);
        *part = shorts;
    }
    decided
}

fn places(view: &View<'_>) -> Vec<Place> {
    let mut out = Vec::new();
    // Most texts in other scripts have not even a word of Han.
    if view.analysed.words.iter().filter(|word| word.solo).take(FEWEST_HAN).count() < FEWEST_HAN {
        return out;
    }
    let mut sentences =
        Sentences { view, offsets: Vec::new(), chars: Vec::new(), listed: Vec::new(), words: Vec::new(), labeller: Labeller::default() };
    let mut start = 0;
    let mut length = 0;
    for (at, c) in view.text.char_indices() {
        length += 1;
        let end = at + c.len_utf8();
        if matches!(c, '。' | '！' | '？' | '!' | '?' | '；' | ';' | '\n') || length >= LONGEST || end == view.text.len() {
            sentences.read(Span::new(start, end), &mut out);
            (start, length) = (end, 0);
        }
    }
    out
}

/// The sentences of a part, read one after the other. What is known of one takes the room of the one before.
struct Sentences<'v, 'p> {
    view: &'v View<'p>,
    /// Where each character begins in the part, and where the last ends.
    offsets: Vec<usize>,
    /// The characters in their usual forms.
    chars: Vec<char>,
    /// What the roster has found at each.
    listed: Vec<Listed>,
    words: Vec<HanWord>,
    labeller: Labeller,
}

impl Sentences<'_, '_> {
    /// Adds the places of names in the sentence at `span`.
    fn read(&mut self, span: Span, out: &mut Vec<Place>) {
        if !self.lay_out(span) {
            return;
        }
        self.mark_listed(span);
        self.mark_words(span);
        let view = self.view;
        let chars = &self.chars;
        for found in self.labeller.names(chars, &self.listed, &self.words).into_iter().flat_map(|found| ends::names(chars, found)) {
            let (Some(&start), Some(&end)) = (self.offsets.get(found.start), self.offsets.get(found.end)) else { continue };
            let span = Span::new(start, end);
            if let Some(words) = words_of(view, span)
                && !clings_to_listed(view, &words)
                && !view.is_place(&words)
                && !(found.person && is_city_in_state(view, &words))
                && !cuts_row(view, &words, found.person)
                && span.of(view.text).chars().any(is_han)
            {
                let name: String = self.chars.get(found.start..found.end).unwrap_or_default().iter().collect();
                let written = span.of(view.text).to_owned();
                out.push(Place { words, span, name, written, found });
            }
        }
    }

    /// Reads the characters of the sentence; `false` if it is not in Chinese.
    fn lay_out(&mut self, span: Span) -> bool {
        let text = span.of(self.view.text);
        if text.chars().filter(|&c| is_han(c)).take(FEWEST_HAN).count() < FEWEST_HAN {
            return false;
        }
        self.offsets.clear();
        self.chars.clear();
        for (at, c) in text.char_indices() {
            // Kana tells Japanese.
            if is_kana(c) {
                return false;
            }
            self.offsets.push(span.start + at);
            self.chars.push(han_variant(c));
        }
        self.offsets.push(span.end);
        true
    }

    fn mark_listed(&mut self, span: Span) {
        let (view, offsets, listed) = (self.view, &self.offsets, &mut self.listed);
        listed.clear();
        listed.resize(self.chars.len(), Listed::Nothing);
        let first = view.decided.partition_point(|one| one.mention.span.end <= span.start);
        for one in view.decided.iter().skip(first).take_while(|one| one.mention.span.start < span.end) {
            // The model has not met states of one character as the roster's.
            if one.words.len() == 1 && one.mention.kind == Kind::State {
                continue;
            }
            let from = offsets.partition_point(|&at| at < one.mention.span.start);
            let to = offsets.partition_point(|&at| at < one.mention.span.end).min(listed.len());
            if let Some(cells) = listed.get_mut(from..to) {
                cells.fill(Listed::GoesOn(one.mention.kind));
                cells.iter_mut().take(1).for_each(|cell| *cell = Listed::Begins(one.mention.kind));
            }
        }
    }

    /// The dictionary words, by the numbers of their characters. A word over the ends of the sentence is cut there.
    fn mark_words(&mut self, sentence: Span) {
        let (view, offsets) = (self.view, &self.offsets);
        let span = |word: &HanWord| view.span_of(&(word.first..word.first + word.len));
        let words = view.analysed.han_words();
        let from = words.partition_point(|word| span(word).end <= sentence.start);
        // Words stand in order, so each is looked for behind the one before it.
        let mut at = 0;
        let mut number = |byte: usize| {
            at += offsets.iter().skip(at).take_while(|&&offset| offset < byte).count();
            at
        };
        self.words.clear();
        for word in words.iter().skip(from) {
            let place = span(word);
            if place.start >= sentence.end {
                break;
            }
            let (first, end) = (number(place.start), number(place.end.min(sentence.end)));
            self.words.push(HanWord { first, len: end - first, ..*word });
        }
    }
}

/// The words that make up a span, if it begins and ends with words and the roster has not taken it, or more than it.
pub(super) fn words_of(view: &View<'_>, span: Span) -> Option<Range<usize>> {
    let words = view.words_in(span)?;
    let taken = words.clone().filter_map(|at| view.listed(at)).any(|one| {
        let inside = words.start <= one.words.start && one.words.end <= words.end && one.words.len() < words.len();
        !inside
    });
    (!taken).then_some(words)
}

/// Whether words are a listed name and a word of one character before or behind it: 默克尔|曾, 和|普京.
fn clings_to_listed(view: &View<'_>, words: &Range<usize>) -> bool {
    const BEFORE: &str = "和与與同对對向让讓由被给給跟及为為令使当當据據连連比从從把将將长長在是就称稱";
    const BEHIND: &str = "曾均仅僅则則还還将將已又都就并並却卻亦再也称稱说說在和与與是对對从從因于於派被让讓把向率由即或";
    let is_one = |at: usize, list: &str| view.word(at).chars().next().is_some_and(|c| list.contains(c));
    let (first, last) = (words.start, words.end - 1);
    let by_name = |one: &Decided| one.words.len() > 1 && one.mention.kind != Kind::State;
    let behind = view.listed(last).is_some_and(|one| by_name(one) && one.words.start == first + 1 && is_one(first, BEFORE));
    let before = view.listed(first).is_some_and(|one| by_name(one) && one.words.end == last && is_one(last, BEHIND));
    words.len() > 2 && (behind || before)
}

/// Whether words are a state and its capital, or a capital and the verb before it: 沙特利雅得, 驻柏林.
fn is_city_in_state(view: &View<'_>, words: &Range<usize>) -> bool {
    let Some(city) = view.places_from(view.span(words.start).start).first().filter(|city| city.end == words.end) else { return false };
    let before = words.start..city.start;
    let verb = before.len() == 1 && matches!(view.word(before.start), "驻" | "駐" | "抵" | "赴" | "访" | "訪" | "在");
    !before.is_empty() && (verb || view.listed(before.start).is_some_and(|one| one.words == before && one.mention.kind == Kind::State))
}

/// Whether words are a row of states that are written with a character each, or a person's name that begins or ends inside one: 俄乌冲突,
/// 中法欧, but not 弗洛伊德.
fn cuts_row(view: &View<'_>, words: &Range<usize>, person: bool) -> bool {
    let in_row = |at: usize| view.listed(at).is_some_and(|one| one.words.len() == 1 && one.mention.rule == Rule::Demonym);
    let beside = |first: usize| in_row(first) && in_row(first + 1) && view.span(first).end == view.span(first + 1).start;
    let cut = || words.start.checked_sub(1).is_some_and(beside) || beside(words.end - 1);
    words.clone().all(in_row) || person && cut()
}

/// By a short form, the full names in their usual form and as they are written.
type Fulls = HashMap<String, Vec<(String, String)>>;

/// The full names that surnames and last names stand for, by those: 张 and 张三, 卢蒲 and 马克·卢蒲.
fn fulls(places: &[Vec<Place>]) -> Fulls {
    let mut fulls = Fulls::default();
    for place in places.iter().flatten().filter(|place| place.found.person) {
        let last = place.name.rsplit_once(['·', '•', '‧', '・', '．', '-']).map(|(_, last)| last.to_owned());
        let length = place.name.chars().count();
        let surname = (last.is_none() && (2..=3).contains(&length)).then(|| place.name.chars().take(1).collect());
        if let Some(short) = last.or(surname) {
            let names = fulls.entry(short).or_default();
            if names.len() <= MOST_SHARING && !names.iter().any(|(name, _)| *name == place.name) {
                names.push((place.name.clone(), place.written.clone()));
            }
        }
    }
    fulls.retain(|_, names| names.len() <= MOST_SHARING);
    fulls
}

fn mention(place: &Place, fulls: &Fulls) -> Option<Mention> {
    let kind = if place.found.person { Kind::Person } else { Kind::Org };
    let mut mention = Mention {
        span: place.span,
        actor: Some(id_of(&place.name)),
        name: place.written.clone(),
        kind,
        listed: false,
        rule: rule_of(&place.found),
        of: None,
        candidates: Vec::new(),
    };
    let short = place.found.person.then(|| fulls.get(&place.name)).flatten();
    match short.map(Vec::as_slice) {
        Some([(full, written)]) => {
            mention.actor = Some(id_of(full));
            mention.name.clone_from(written);
            mention.rule = Rule::ShortName;
            mention.of = Some(written.clone());
        }
        Some(several) => {
            mention.actor = None;
            mention.rule = Rule::Undecided;
            mention.candidates = several.iter().map(|(name, _)| id_of(name)).collect();
        }
        // A surname alone tells nobody who was not named.
        None if place.found.person && place.name.chars().count() < 2 && place.found.behind != Class::Title => return None,
        None => {}
    }
    Some(mention)
}

/// The id of a name that no roster lists, in a script without capitals: its letters in small, with hyphens between its parts.
pub(super) fn id_of(name: &str) -> String {
    name.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty()).collect::<Vec<_>>().join("-").to_lowercase()
}

/// The rule that names what stands beside the name; its form where nothing does.
fn rule_of(found: &Name) -> Rule {
    match (found.person, found.before, found.behind) {
        (true, Class::Title, _) | (true, _, Class::Title) => Rule::Title,
        (true, _, Class::Verb) => Rule::Speech,
        (true, ..) => Rule::NameForm,
        (false, ..) => Rule::OrgForm,
    }
}
