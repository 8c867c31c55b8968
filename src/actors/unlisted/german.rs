//! Names of people in German, which writes every noun with a capital.

use foldhash::HashSet;

use super::view::{Decided, View};
use super::words::Sense;
use crate::actors::{Kind, Rule};

/// Takes out people of whom nothing but capitals tells, and their short names: two nouns side by side, "Wenige Stunden", "Besuch von". A given
/// name tells at one place for all of the piece.
pub(super) fn without_nouns(views: &[View<'_>], found: &mut [Vec<Decided>]) {
    let told = |view: &View<'_>, one: &Decided| {
        let rule = one.mention.rule;
        !matches!(rule, Rule::NameForm | Rule::ShortName) || one.words.clone().any(|at| view.senses(at).has(Sense::Given))
    };
    let mut people: HashSet<String> = HashSet::default();
    for (view, found) in views.iter().zip(&*found) {
        people.extend(found.iter().filter(|one| is_person(one) && told(view, one)).map(|one| one.mention.name.clone()));
    }
    for found in found {
        found.retain(|one| !is_person(one) || people.contains(&one.mention.name));
    }
}

fn is_person(one: &Decided) -> bool {
    one.mention.kind == Kind::Person && !one.mention.listed
}
