//! Patterns become the words of an index that fit them.

use foldhash::HashMap;

use super::clauses::{HeaderCondition, meta};
use super::inflections::Inflections;
use super::intervals::{Atom, Places};
use super::plan::{Need, Plan, Whole};
use crate::index::{Error, Reader};
use crate::query::{Field, Pattern};

/// The most words that a pattern stands for: the most frequent ones. More, and the answer is said to be truncated.
pub const MOST_FORMS: usize = 1_000;
/// By so many of them a passage ranks, at the most.
const RANKED: usize = 64;

impl Plan {
    /// Looks up in `reader` which words the patterns of the plan stand for. To be called once, before the plan is used.
    pub fn expand(&mut self, reader: &Reader, inflections: Inflections<'_>) -> Result<(), Error> {
        let mut known: HashMap<Pattern, Vec<String>> = HashMap::default();
        let (mut truncated, mut over_labels) = (false, false);
        for leaf in &mut self.leaves {
            let mut found: Vec<String> = Vec::new();
            let mut forms = |pattern: &Pattern, wanted: bool| -> Result<Vec<String>, Error> {
                if !known.contains_key(pattern) {
                    let (forms, over) = forms_of(pattern, reader)?;
                    truncated |= over;
                    known.insert(pattern.clone(), forms);
                }
                let forms = known.get(pattern).cloned().unwrap_or_default();
                found.extend(forms.iter().take(if wanted { RANKED } else { 0 }).cloned());
                Ok(forms)
            };
            expand_need(&mut leaf.need, &mut forms)?;
            if let Need::Meta(label) = &mut leaf.need {
                over_labels |= expand_label(label, reader)?;
            }
            if !found.is_empty() {
                let mut stems: Vec<String> = found.iter().flat_map(|form| inflections.stems_of(form)).collect();
                stems.sort_unstable();
                stems.dedup();
                let terms = if matches!(leaf.need, Need::Title(_)) { &mut leaf.title_terms } else { &mut leaf.terms };
                terms.push(stems);
            }
            if let Some(Whole::Phrase(need)) = &mut leaf.whole {
                expand_need(need, &mut forms_again(&known))?;
            }
        }
        self.truncated |= truncated || over_labels;
        Ok(())
    }
}

fn forms_again(known: &HashMap<Pattern, Vec<String>>) -> impl FnMut(&Pattern, bool) -> Result<Vec<String>, Error> + '_ {
    |pattern, _| Ok(known.get(pattern).cloned().unwrap_or_default())
}

/// The words of the index that fit, the most frequent first, and whether there are more.
fn forms_of(pattern: &Pattern, reader: &Reader) -> Result<(Vec<String>, bool), Error> {
    // A pattern that cannot be used was refused when the query was read.
    let Ok(fits) = pattern.automaton() else { return Ok((Vec::new(), false)) };
    // Everything else in the field begins with a mark.
    let forms = reader.forms(reader.fields().words, &fits, |form| form.starts_with(char::is_alphanumeric))?;
    let over = forms.len() > MOST_FORMS;
    Ok((forms.into_iter().take(MOST_FORMS).map(|(form, _)| form).collect(), over))
}

/// Looks up the patterns of `label`, and tells whether more fits one of them.
fn expand_label(label: &mut HeaderCondition, reader: &Reader) -> Result<bool, Error> {
    match label {
        HeaderCondition::Any(_) => Ok(false),
        HeaderCondition::Pattern(field, pattern) => {
            let (tokens, over) = tokens_of(*field, pattern, reader)?;
            *label = HeaderCondition::Any(tokens);
            Ok(over)
        }
        HeaderCondition::Phrase(labels) => labels.iter_mut().try_fold(false, |over, label| Ok(expand_label(label, reader)? || over)),
    }
}

/// The tokens of `field` whose words fit, and whether there are more.
fn tokens_of(field: Field, pattern: &Pattern, reader: &Reader) -> Result<(Vec<String>, bool), Error> {
    let Ok(fits) = pattern.automaton() else { return Ok((Vec::new(), false)) };
    let Some(prefix) = meta(field, "").map(|meta| meta.token()) else { return Ok((Vec::new(), false)) };
    let mut tokens = Vec::new();
    for segment in reader.segments() {
        tokens.extend(segment.tokens_with_prefix(reader.fields().meta, &prefix)?);
    }
    tokens.retain(|token| token.strip_prefix(&prefix).is_some_and(|word| fits.fits(word)));
    tokens.sort_unstable();
    tokens.dedup();
    let over = tokens.len() > MOST_FORMS;
    tokens.truncate(MOST_FORMS);
    Ok((tokens, over))
}

/// Looks up the patterns of `need` by `forms`, which is also told whether what fits is wanted there.
fn expand_need(need: &mut Need, forms: &mut impl FnMut(&Pattern, bool) -> Result<Vec<String>, Error>) -> Result<(), Error> {
    match need {
        Need::Places(places) | Need::AtLeast(_, places) => expand_places(places, true, forms),
        Need::Title(need) => expand_need(need, forms),
        Need::All(needs) | Need::Any(needs) => needs.iter_mut().try_for_each(|need| expand_need(need, forms)),
        Need::Stem(_) | Need::Mention(_) | Need::Mentioned(_) | Need::Meta(_) | Need::Dates(..) | Need::Nothing => Ok(()),
    }
}

fn expand_places(
    places: &mut Places<Atom>,
    wanted: bool,
    forms: &mut impl FnMut(&Pattern, bool) -> Result<Vec<String>, Error>,
) -> Result<(), Error> {
    match places {
        Places::Atom(atom) => {
            if let Atom::Pattern(pattern) = atom {
                *atom = Atom::Folded(forms(pattern, wanted)?);
            }
            Ok(())
        }
        Places::Either(parts) | Places::Sequence(parts) => parts.iter_mut().try_for_each(|part| expand_places(part, wanted, forms)),
        Places::Together(parts, _) => parts.iter_mut().try_for_each(|(part, _)| expand_places(part, wanted, forms)),
        Places::Near(left, how, right) => {
            expand_places(left, wanted, forms)?;
            expand_places(right, wanted && !how.negated, forms)
        }
    }
}
