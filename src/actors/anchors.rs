//! Where a piece names actors in full, so that short names can lean on it.

use std::cell::OnceCell;

use foldhash::HashMap;

use super::ActorId;

/// A place of a piece: its part, and a byte of that.
pub(super) type Place = (usize, usize);

/// A place where the piece names an actor in full, or by family name and office.
pub(super) struct Anchor<'p> {
    pub(super) place: Place,
    pub(super) actor: ActorId,
    /// Whether it is one word of somebody well known.
    pub(super) lone: bool,
    /// The full name.
    pub(super) text: Option<&'p str>,
}

/// The anchors of a piece. A long piece has thousands of them, and each of its short names asks who is named before it: each list is in the order
/// of the text, and nobody goes through it.
#[derive(Default)]
pub(super) struct Anchors<'p> {
    all: Vec<Anchor<'p>>,
    of_actors: ByActor,
    /// Those that are more than one word of somebody well known.
    whole: ByActor,
    /// Those with a full name.
    told: ByActor,
    names: OnceCell<Names<'p>>,
}

/// Anchors by their places among all, those of one actor together and in order.
#[derive(Default)]
struct ByActor(Vec<(ActorId, usize)>);

impl ByActor {
    fn new<'p>(all: &[Anchor<'p>], fits: impl Fn(&Anchor<'p>) -> bool) -> Self {
        let mut places: Vec<_> = all.iter().enumerate().filter(|(_, anchor)| fits(anchor)).map(|(at, anchor)| (anchor.actor, at)).collect();
        places.sort_unstable();
        Self(places)
    }

    fn of(&self, actor: ActorId) -> &[(ActorId, usize)] {
        let first = self.0.partition_point(|&(other, _)| other < actor);
        let rest = self.0.get(first..).unwrap_or_default();
        rest.get(..rest.partition_point(|&(other, _)| other == actor)).unwrap_or_default()
    }

    /// The last of an actor's before `end`.
    fn last_before(&self, actor: ActorId, end: usize) -> Option<usize> {
        let behind = self.0.partition_point(|&place| place < (actor, end));
        let &(last, at) = self.0.get(behind.checked_sub(1)?)?;
        (last == actor).then_some(at)
    }
}

/// The full names that a piece has.
struct Names<'p> {
    /// Each once with each actor.
    all: Vec<(&'p str, ActorId)>,
    /// By their last words, who is named so.
    by_last_word: HashMap<&'p str, Vec<ActorId>>,
}

/// Who of some actors is named in a piece, and where, seen from a place in it.
pub(super) struct Leaning {
    /// Those who are named before the place, or in the piece at all where nobody is; in full, where one of them is.
    pub(super) named: Vec<ActorId>,
    /// The one of them who is named last.
    pub(super) last: Option<ActorId>,
    /// Whether one is named before the place.
    pub(super) is_before: bool,
}

impl<'p> Anchors<'p> {
    /// The index of `all`, which are in the order of the text.
    pub(super) fn new(all: Vec<Anchor<'p>>) -> Self {
        let of_actors = ByActor::new(&all, |_| true);
        let whole = ByActor::new(&all, |anchor| !anchor.lone);
        let told = ByActor::new(&all, |anchor| anchor.text.is_some());
        Self { all, of_actors, whole, told, names: OnceCell::new() }
    }

    fn names(&self) -> &Names<'p> {
        self.names.get_or_init(|| {
            let mut all: Vec<_> = self.all.iter().filter_map(|anchor| Some((anchor.text?, anchor.actor))).collect();
            all.sort_unstable();
            all.dedup();
            let mut by_last_word: HashMap<&str, Vec<ActorId>> = HashMap::default();
            for &(name, actor) in &all {
                if let Some((_, last)) = name.rsplit_once(' ') {
                    by_last_word.entry(last).or_default().push(actor);
                }
            }
            Names { all, by_last_word }
        })
    }

    /// All, in the order of the text.
    pub(super) fn iter(&self) -> impl Iterator<Item = &Anchor<'p>> {
        self.all.iter()
    }

    /// Whether the piece names an actor.
    pub(super) fn has(&self, actor: ActorId) -> bool {
        self.times(actor) > 0
    }

    /// How often it does.
    pub(super) fn times(&self, actor: ActorId) -> usize {
        self.of_actors.of(actor).len()
    }

    /// Whether it does from one place up to another.
    pub(super) fn has_between(&self, actor: ActorId, first: Place, end: Place) -> bool {
        let [first, end] = [first, end].map(|place| self.before(place));
        self.of_actors.last_before(actor, end).is_some_and(|last| last >= first)
    }

    /// Who of `actors` a short name at `here` may be.
    pub(super) fn leaning(&self, actors: &[ActorId], here: Place) -> Leaning {
        let before = self.before(here);
        let lasts =
            |list: &ByActor, end| actors.iter().filter_map(|&actor| Some((list.last_before(actor, end)?, actor))).collect::<Vec<_>>();
        let all_before = lasts(&self.of_actors, before);
        let is_before = !all_before.is_empty();
        // Who is named only behind is not yet known to the reader, where another of the name is.
        let (all, end) = if is_before { (all_before, before) } else { (lasts(&self.of_actors, self.all.len()), self.all.len()) };
        if all.is_empty() {
            return Leaning { named: Vec::new(), last: None, is_before };
        }
        // "Hillary" tells less of whose name "Clinton" is than "Bill Clinton" does.
        let whole = lasts(&self.whole, end);
        let lasts = if whole.is_empty() { all } else { whole };
        let mut named: Vec<ActorId> = lasts.iter().map(|&(_, actor)| actor).collect();
        named.sort_unstable();
        named.dedup();
        Leaning { named, last: lasts.into_iter().max().map(|(_, actor)| actor), is_before }
    }

    /// The full name of an actor that stands last before `here`, or first behind it.
    pub(super) fn full_name(&self, actor: ActorId, here: Place) -> Option<&'p str> {
        let first = || self.told.of(actor).first().map(|&(_, at)| at);
        let at = self.told.last_before(actor, self.before(here)).or_else(first)?;
        self.all.get(at)?.text
    }

    /// Those whose full names end with the word `last`.
    pub(super) fn ending_with_word(&self, last: &str) -> &[ActorId] {
        self.names().by_last_word.get(last).map(Vec::as_slice).unwrap_or_default()
    }

    /// Those whose full names end with `end` and are longer.
    pub(super) fn ending_with<'a>(&'a self, end: &'a str) -> impl Iterator<Item = ActorId> + 'a {
        self.names().all.iter().filter(move |(name, _)| name.ends_with(end) && *name != end).map(|&(_, actor)| actor)
    }

    /// How many anchors stand before a place.
    fn before(&self, place: Place) -> usize {
        self.all.partition_point(|anchor| anchor.place < place)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn anchors() -> Anchors<'static> {
        let anchor = |at, actor, lone, text| Anchor { place: (1, at), actor: ActorId(actor), lone, text };
        Anchors::new(vec![
            anchor(10, 1, false, Some("Bill Clinton")),
            anchor(20, 2, true, Some("Hillary")),
            anchor(30, 3, false, None),
            anchor(40, 1, false, Some("Clinton")),
            anchor(50, 2, false, Some("Hillary Clinton")),
        ])
    }

    #[test]
    fn short_names_lean_on_who_is_named_before() {
        let (anchors, all) = (anchors(), [1, 2, 3].map(ActorId));
        let leaning = |at| {
            let Leaning { named, last, is_before } = anchors.leaning(&all, (1, at));
            (named.iter().map(|actor| actor.0).collect::<Vec<_>>(), last.map(|actor| actor.0), is_before)
        };
        assert_eq!(leaning(5), (vec![1, 2, 3], Some(2), false));
        assert_eq!(leaning(25), (vec![1], Some(1), true));
        assert_eq!(leaning(35), (vec![1, 3], Some(3), true));
        assert_eq!(leaning(60), (vec![1, 2, 3], Some(2), true));
        assert_eq!(anchors.leaning(&[ActorId(2)], (1, 25)).named, [ActorId(2)]);
        assert!(anchors.leaning(&[ActorId(4)], (1, 60)).named.is_empty());
    }

    #[test]
    fn anchors_are_found_by_actor_place_and_name() {
        let anchors = anchors();
        assert_eq!((anchors.times(ActorId(1)), anchors.times(ActorId(4)), anchors.has(ActorId(4))), (2, 0, false));
        assert!(anchors.has_between(ActorId(1), (1, 40), (1, 41)) && !anchors.has_between(ActorId(1), (1, 11), (1, 40)));
        assert_eq!(anchors.full_name(ActorId(1), (1, 30)), Some("Bill Clinton"));
        assert_eq!((anchors.full_name(ActorId(2), (0, 0)), anchors.full_name(ActorId(3), (1, 60))), (Some("Hillary"), None));
        assert_eq!(anchors.ending_with_word("Clinton"), [ActorId(1), ActorId(2)]);
        assert_eq!(anchors.ending_with("Clinton").collect::<Vec<_>>(), [ActorId(1), ActorId(2)]);
    }
}
