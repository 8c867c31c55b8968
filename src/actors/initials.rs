//! Initials before a family name that are not those of whom the roster has under it: "M.K. Stalin".

use foldhash::{HashMap, HashSet};

use super::choose::Part;
use super::matcher::Candidate;
use super::word_list::WordList;
use super::{ActorId, Form, Roster};
use crate::text::Span;

/// The family names of listed people that a piece gives to somebody with other initials, and never in full to those people: whom it then calls
/// Stalin is M.K. Stalin.
pub(super) fn initialled<'p>(roster: &Roster, parts: &[Part<'p>; 2]) -> HashSet<&'p str> {
    let actors = |candidate: &Candidate| -> Vec<ActorId> {
        let names = candidate.names.iter().filter_map(|&at| roster.names().get(at));
        names.filter(|name| matches!(name.form, Form::Full | Form::Short)).map(|name| name.actor).collect()
    };
    let mut others: HashMap<&str, Vec<ActorId>> = HashMap::default();
    for part in parts {
        for candidate in part.candidates.iter().filter(|candidate| candidate.words.len() == 1) {
            let Some(initials) = initials_before(part, candidate) else { continue };
            let owners = actors(candidate);
            if !owners.iter().any(|&actor| has_initial(roster, actor, initials)) {
                others.insert(candidate.span.of(part.text), owners);
            }
        }
    }
    if others.is_empty() {
        return HashSet::default();
    }
    for candidate in parts.iter().flat_map(|part| &part.candidates).filter(|candidate| candidate.words.len() > 1) {
        let named = actors(candidate);
        others.retain(|_, owners| !owners.iter().any(|owner| named.contains(owner)));
    }
    others.into_keys().collect()
}

/// Whether a full name of an actor begins as `initials` do: W.J. is Bill, if the roster has him as William too.
pub(super) fn has_initial(roster: &Roster, actor: ActorId, initials: &str) -> bool {
    let Some(actor) = roster.actor(actor) else { return false };
    roster.names_of(&actor.id).any(|name| name.text.contains(' ') && name.text.chars().next() == initials.chars().next())
}

/// The two initials right before a candidate: "M.K. **Stalin**". Letters that stand for a place, an hour or a degree are none, and three letters are
/// an acronym more often: "the C.I.A. Putin denied it".
pub(super) fn initials_before<'p>(part: &Part<'p>, candidate: &Candidate) -> Option<&'p str> {
    static OTHERS: WordList = WordList::new(
        "U.S U.K U.N E.U D.C L.A N.Y N.J N.H N.M N.C N.D S.C S.D R.I B.C W.A P.M A.M A.D M.D B.A M.A B.S M.S A.I V.P G.P P.R I.D T.V",
    );
    let (word, at) = part.before(candidate)?;
    let letters = word.trim_end_matches('.');
    let are_initials = matches!(letters.as_bytes(), [first, b'.', second] if first.is_ascii_uppercase() && second.is_ascii_uppercase());
    let touches = matches!(Span::new(at.end, candidate.span.start).of(part.text), ". " | "." | " ");
    (are_initials && touches && !OTHERS.holds(letters)).then_some(letters)
}

#[cfg(test)]
mod tests {
    use crate::actors::tag::tests::tag;

    #[test]
    fn other_initials_are_of_another() {
        assert_eq!(
            tag("Chief Minister M.K. Stalin said that the state would resist. Stalin added that it was wrong."),
            "M.K. Stalin=mk-stalin:apposition Stalin=mk-stalin:short-name"
        );
        assert!(tag("J.V. Stalin died in 1953. M.K. Stalin leads Tamil Nadu.").starts_with("Stalin=joseph-stalin"));
        let own = tag("J.V. Stalin wrote it. Joseph Stalin died in 1953, and M.K. Stalin was born. Stalin is long dead.");
        assert!(own.starts_with("Stalin=joseph-stalin:full-name Joseph Stalin=joseph-stalin:full-name "), "{own}");
        assert!(own.ends_with(" Stalin=joseph-stalin:full-name"), "{own}");
    }

    #[test]
    fn letters_of_places_and_hours_are_no_initials() {
        for text in [
            "They met in Washington, D.C. Putin left.",
            "It was 5 P.M. Putin left.",
            "In the U.S. Putin spoke.",
            "By the C.I.A. Putin was told.",
            "He has a B.A. Putin left.",
        ] {
            assert!(tag(text).contains("Putin=vladimir-putin"), "{text}: {}", tag(text));
        }
    }
}
