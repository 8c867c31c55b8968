//! Where terms stand in the dictionary of a segment, remembered.
//!
//! One query asks for the same few terms again and again: how many documents have them, which, how often, at which places. And it asks for
//! stems of every language of the index, most of which no text has. Each walk through a dictionary costs as much as scoring some dozens of
//! documents.

use std::sync::{Mutex, PoisonError};

use rustc_hash::FxHashMap;
use tantivy::postings::TermInfo;
use tantivy::schema::Field;

/// What was looked up of some fields, and what was found.
#[derive(Debug, Default)]
pub(super) struct Lookups(Mutex<FxHashMap<Field, Known>>);

type Known = FxHashMap<Box<str>, Option<TermInfo>>;

/// So many terms of a field are remembered; then all are forgotten.
const MOST: usize = 4_096;

impl Lookups {
    /// What is known of `token` in `field`; looked up with `look` where that was not done before.
    pub(super) fn get<E>(
        &self,
        field: Field,
        token: &str,
        look: impl FnOnce() -> Result<Option<TermInfo>, E>,
    ) -> Result<Option<TermInfo>, E> {
        let known = |fields: &FxHashMap<Field, Known>| fields.get(&field).and_then(|known| known.get(token)).cloned();
        if let Some(info) = known(&self.0.lock().unwrap_or_else(PoisonError::into_inner)) {
            return Ok(info);
        }
        let info = look()?;
        let mut fields = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let known = fields.entry(field).or_default();
        if known.len() >= MOST {
            known.clear();
        }
        known.insert(token.into(), info.clone());
        Ok(info)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_term_is_looked_up_once_and_not_mistaken_for_one_of_another_field() {
        let lookups = Lookups::default();
        let (words, terms) = (Field::from_field_id(0), Field::from_field_id(1));
        let info = TermInfo { doc_freq: 3, ..TermInfo::default() };
        let look = |answer: Option<TermInfo>| move || Ok::<_, ()>(answer);
        assert_eq!(lookups.get(words, "oil", look(Some(info.clone()))), Ok(Some(info.clone())));
        assert_eq!(lookups.get(words, "oil", || Err("asked again")), Ok(Some(info)));
        assert_eq!(lookups.get(terms, "oil", look(None)), Ok(None));
        assert_eq!(lookups.get(terms, "oil", || Err("asked again")), Ok(None));
        assert_eq!(lookups.get(terms, "gas", || Err("damaged")), Err("damaged"));
        for number in 0..2 * MOST {
            assert_eq!(lookups.get(terms, &number.to_string(), look(None)), Ok(None));
        }
        assert!(lookups.0.lock().unwrap().values().all(|known| known.len() <= MOST));
    }
}
