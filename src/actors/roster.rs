//! Who can be named, and how: the actors, their names, and what each name takes to count.
//!
//! The roster that comes with the program is made of embedded tables; a user's own is laid over it. Here it is only kept and
//! asked; how names are found in a text, and who is meant where several are, is the business of the matcher and of what decides.

use std::borrow::Cow;
use std::fmt;
use std::sync::{LazyLock, OnceLock};

use foldhash::{HashMap, HashSet};

use super::key::{edits, hash, name_key, push_key};
use super::tables;
use crate::text::Language;

/// Names of more letters are like no other.
const LONGEST_LIKE: usize = 400;

/// The actors and names that pundit knows.
#[derive(Debug, Default)]
pub struct Roster {
    actors: Vec<Actor>,
    names: Vec<Name>,
    by_id: HashMap<Text, ActorId>,
    /// The names as places in `names`, in the order of the hashes of their keys; made when a name is first looked up.
    by_key: OnceLock<Vec<(u64, u32)>>,
    /// The names of each actor, as places in `names`; made when they are first asked for.
    by_actor: OnceLock<Vec<Vec<usize>>>,
    digest: String,
    /// The keys of names that are not to be found.
    ignored: HashSet<String>,
}

/// A text of the roster: nearly all stand in the embedded tables, and are not copied.
pub type Text = Cow<'static, str>;

/// The place of an actor in its roster.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ActorId(pub(super) usize);

/// Who can be named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actor {
    /// Its id, the same in every language: `kim-jong-un`.
    pub id: Text,
    /// Person, state or organisation.
    pub kind: Kind,
    /// What sort of actor: `igo`, `party`, `p5` …
    pub tags: Vec<Text>,
    /// The ids of the states or organisations that it belongs to.
    pub of: Vec<Text>,
    /// The name by which it is shown: its first English name.
    pub name: Text,
    /// The offices that it is known to have held.
    pub terms: Vec<Term>,
}

/// A term of office.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// The office, in small letters: "president".
    pub office: Text,
    /// Its first day, month or year.
    pub from: Text,
    /// The day, month or year in which it ended; `None` where it goes on.
    pub to: Option<Text>,
}

impl Term {
    /// Whether it has begun on a day, counted from 1970.
    #[must_use]
    pub fn begun(&self, day: i32) -> bool {
        first_day(&self.from).is_some_and(|from| from <= day)
    }

    /// Whether a day, counted from 1970, lies in it.
    #[must_use]
    pub fn covers(&self, day: i32) -> bool {
        self.begun(day) && self.to.as_deref().is_none_or(|to| first_day(to).is_some_and(|to| day < to))
    }
}

/// The first day of a date as tables have it (`2003-04-09`, `2003-04`, `2003`), counted from 1970.
pub(super) fn first_day(date: &str) -> Option<i32> {
    let mut parts = date.split('-').map(str::parse::<i32>);
    let year = parts.next()?.ok()?;
    let month = parts.next().unwrap_or(Ok(1)).ok().filter(|month| (1..=12).contains(month))?;
    let day = parts.next().unwrap_or(Ok(1)).ok().filter(|day| (1..=31).contains(day))?;
    // Years that begin in March have their odd day at the end.
    let (year, month) = if month < 3 { (year - 1, month + 9) } else { (year, month - 3) };
    Some(365 * year + year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400) + (153 * month + 2) / 5 + day - 719_469)
}

/// The kinds of actors.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A human being.
    Person,
    /// A state, or a territory that acts like one.
    State,
    /// An organisation: anything else that acts.
    Org,
}

impl Kind {
    /// All kinds.
    pub const ALL: [Self; 3] = [Self::Person, Self::State, Self::Org];

    /// The word for it in output and queries.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::State => "state",
            Self::Org => "org",
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

/// A way to write an actor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    /// As written in running text.
    pub text: Text,
    /// Whose.
    pub actor: ActorId,
    /// How it names the actor.
    pub form: Form,
    /// The language in whose texts alone it counts, for names that mean something else in others.
    pub language: Option<Language>,
}

/// How a name names its actor, and so what has to be true for it to count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Form {
    /// By itself.
    Full,
    /// A name of one word of somebody so well known that it counts by itself, where the piece names nobody else so.
    Lone,
    /// Only where a full name stands in the piece too.
    Short,
    /// A family name: only where a full name stands in the piece too, and not inside another person's name.
    Surname,
    /// The people or a thing of a state.
    Demonym,
    /// A capital, which may be meant as a place.
    Capital,
    /// A seat that stands for the government.
    Seat,
    /// One character for a state in Chinese: only beside others, or where what stands around tells.
    Character,
}

impl Form {
    /// The word for it in output.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Full => "full",
            Self::Lone => "lone",
            Self::Short => "short",
            Self::Surname => "surname",
            Self::Demonym => "demonym",
            Self::Capital => "capital",
            Self::Seat => "seat",
            Self::Character => "character",
        }
    }
}

impl Roster {
    /// The roster that is built in.
    #[must_use]
    pub fn builtin() -> &'static Self {
        static BUILTIN: LazyLock<Roster> = LazyLock::new(tables::load);
        &BUILTIN
    }

    /// Adds an actor, or finds the one that has its id.
    pub(super) fn add(&mut self, actor: Actor) -> ActorId {
        if let Some(&known) = self.by_id.get(actor.id.as_ref()) {
            return known;
        }
        let id = ActorId(self.actors.len());
        self.by_id.insert(actor.id.clone(), id);
        self.actors.push(actor);
        id
    }

    /// Sets the tags of an actor.
    pub(super) fn set_tags(&mut self, id: ActorId, tags: Vec<Text>) {
        if let Some(actor) = self.actors.get_mut(id.0) {
            actor.tags = tags;
        }
    }

    /// Adds a name.
    pub(super) fn name(&mut self, name: Name) {
        self.forget();
        self.names.push(name);
    }

    /// The actor at `id`.
    #[must_use]
    pub fn actor(&self, id: ActorId) -> Option<&Actor> {
        self.actors.get(id.0)
    }

    /// The actor with this id.
    #[must_use]
    pub fn find(&self, id: &str) -> Option<&Actor> {
        self.by_id.get(id).and_then(|&id| self.actor(id))
    }

    /// A copy, to be changed.
    pub(super) fn copy(&self) -> Self {
        Self {
            actors: self.actors.clone(),
            names: self.names.clone(),
            by_id: self.by_id.clone(),
            by_key: OnceLock::new(),
            by_actor: OnceLock::new(),
            digest: self.digest.clone(),
            ignored: self.ignored.clone(),
        }
    }

    /// Forgets what was made of the names, which are about to change.
    fn forget(&mut self) {
        self.by_key = OnceLock::new();
        self.by_actor = OnceLock::new();
    }

    /// The digest of the tables and overlays that it was made of, in hexadecimal.
    #[must_use]
    pub fn digest(&self) -> &str {
        &self.digest
    }

    pub(super) fn set_digest(&mut self, digest: String) {
        self.digest = digest;
    }

    /// Takes out the names for which `keep` does not hold.
    pub(super) fn retain_names(&mut self, keep: impl Fn(&Actor, &Name) -> bool) {
        self.forget();
        let actors = &self.actors;
        self.names.retain(|name| actors.get(name.actor.0).is_some_and(|actor| keep(actor, name)));
    }

    /// Has no name with this key found, listed or not.
    pub(super) fn ignore(&mut self, key: String) {
        self.ignored.insert(key);
    }

    /// Whether a name is not to be found.
    pub(super) fn is_ignored(&self, name: &str) -> bool {
        !self.ignored.is_empty() && self.ignored.contains(&name_key(name))
    }

    /// The place and kind of the actor with this id.
    pub(super) fn place(&self, id: &str) -> Option<(ActorId, Kind)> {
        let place = *self.by_id.get(id)?;
        Some((place, self.actor(place)?.kind))
    }

    /// Adds a term of office.
    pub(super) fn add_term(&mut self, id: &str, term: Term) {
        if let Some(actor) = self.by_id.get(id).and_then(|&id| self.actors.get_mut(id.0)) {
            actor.terms.push(term);
        }
    }

    /// Its actors with their places.
    pub(super) fn actors_with_ids(&self) -> impl Iterator<Item = (ActorId, &Actor)> {
        self.actors.iter().enumerate().map(|(at, actor)| (ActorId(at), actor))
    }

    /// Its actors, in the order of the tables.
    pub fn actors(&self) -> impl Iterator<Item = &Actor> {
        self.actors.iter()
    }

    /// Its names.
    #[must_use]
    pub fn names(&self) -> &[Name] {
        &self.names
    }

    /// The names of one actor, in the order of the tables.
    pub fn names_of(&self, id: &str) -> impl Iterator<Item = &Name> {
        let by_actor = self.by_actor.get_or_init(|| {
            let mut by_actor = vec![Vec::new(); self.actors.len()];
            for (at, name) in self.names.iter().enumerate() {
                if let Some(names) = by_actor.get_mut(name.actor.0) {
                    names.push(at);
                }
            }
            by_actor
        });
        let names = self.by_id.get(id).and_then(|actor| by_actor.get(actor.0)).map(Vec::as_slice).unwrap_or_default();
        names.iter().filter_map(|&at| self.names.get(at))
    }

    /// The actors that have `name` among their names, whatever its case, width, accents and hyphens; those that have it as a full name
    /// alone, if any do.
    #[must_use]
    pub fn named(&self, name: &str) -> Vec<&Actor> {
        let full = self.with_key(name, |form| form == Form::Full);
        let mut found = if full.is_empty() { self.with_key(name, |form| form != Form::Full) } else { full };
        if found.is_empty() {
            found = self.in_other_cases(name);
        }
        found.into_iter().filter_map(|id| self.actor(id)).collect()
    }

    /// The actors who have `name` in a form that is `wanted`.
    pub(super) fn with_key(&self, name: &str, wanted: impl Fn(Form) -> bool) -> Vec<ActorId> {
        let by_key = self.by_key.get_or_init(|| {
            let mut key = String::new();
            let mut by_key: Vec<(u64, u32)> = Vec::with_capacity(self.names.len());
            for (name, at) in self.names.iter().zip(0..) {
                key.clear();
                push_key(&name.text, &mut key);
                by_key.push((hash(&key), at));
            }
            by_key.sort_unstable();
            by_key
        });
        let key = name_key(name);
        let hashed = hash(&key);
        let first = by_key.partition_point(|&(hash, _)| hash < hashed);
        let alike = by_key.get(first..).unwrap_or_default().iter().take_while(|&&(hash, _)| hash == hashed);
        let names = alike.filter_map(|&(_, at)| self.names.get(at as usize)).filter(|name| name_key(&name.text) == key);
        let fits = names.filter(|name| wanted(name.form));
        let mut found: Vec<ActorId> = fits.map(|name| name.actor).collect();
        found.sort_unstable();
        found.dedup();
        found
    }

    /// The actors of whom a name contains `part`, for suggestions: those whose name begins with it first.
    #[must_use]
    pub fn similar(&self, part: &str, most: usize) -> Vec<&Actor> {
        let key = name_key(part);
        // What is compared with every name there is must not be too long.
        if key.is_empty() || key.chars().nth(LONGEST_LIKE).is_some() {
            return Vec::new();
        }
        let behind = format!(" {key}");
        // Of a short name a few letters are all.
        let slips = (key.chars().count() / 4).min(2);
        let mut found: Vec<(usize, ActorId)> = Vec::new();
        for name in &self.names {
            let candidate = name_key(&name.text);
            let distance = if candidate.starts_with(&key) || candidate.contains(&behind) {
                0
            } else {
                edits(&candidate, &key, slips).map_or(usize::MAX, |edits| edits)
            };
            if distance < usize::MAX {
                found.push((distance, name.actor));
            }
        }
        found.sort_unstable();
        let mut seen = Vec::new();
        for (_, id) in found {
            if !seen.contains(&id) {
                seen.push(id);
            }
        }
        seen.into_iter().take(most).filter_map(|id| self.actor(id)).collect()
    }
}
