//! What pieces are called.

use std::sync::{Arc, Mutex, PoisonError};

use foldhash::HashMap;

use super::block::key;
use super::fields::Meta;
use super::{Error, Reader, StoredPiece};

/// The pieces whose records claim one id, of the ids that were asked for and that several claim: exports often number their records from one,
/// and an answer may hold all of them.
#[derive(Debug, Default)]
pub(super) struct Claims(Mutex<HashMap<String, Claimants>>);

/// The keys of the pieces whose records claim an id, in order, each with the number that tells it from the others.
type Claimants = Arc<[(String, u64)]>;

/// So many ids are remembered; then all are forgotten.
const MOST: usize = 1 << 14;

impl Claims {
    /// Those who claim `id`; looked up with `look` where that was not done before.
    fn get(&self, id: &str, look: impl FnOnce() -> Result<Vec<(String, u64)>, Error>) -> Result<Claimants, Error> {
        if let Some(found) = self.0.lock().unwrap_or_else(PoisonError::into_inner).get(id) {
            return Ok(Arc::clone(found));
        }
        let found: Claimants = look()?.into();
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= MOST {
            known.clear();
        }
        known.insert(id.to_owned(), Arc::clone(&found));
        Ok(found)
    }
}

impl Reader {
    /// The id of a piece: its record's, else its file's path and the record's place. Where several pieces have one id, those after the first
    /// carry a number, in the order of their keys: the next that makes an id which no record has.
    pub fn piece_id(&self, piece: &StoredPiece) -> Result<String, Error> {
        let path = self.manifest().roots.display(piece.root, &piece.whole_path());
        let id = match (&piece.id, piece.record) {
            (Some(id), _) => id.clone(),
            (None, Some(record)) => format!("{path}#{record}"),
            (None, None) => path,
        };
        let mut alike = 0;
        for segment in self.segments() {
            alike += segment.count_with_id(&id)?;
        }
        if alike <= u64::from(piece.id.is_some()) {
            return Ok(id);
        }
        // A piece that has the id of its path comes before those whose records claim it.
        let mut number = 1;
        if piece.id.is_some() {
            let key = key(piece);
            let claimants = self.claims.get(&id, || self.claimants(&id))?;
            number =
                claimants.binary_search_by(|(other, _)| other.cmp(&key)).ok().and_then(|at| claimants.get(at)).map_or(1, |found| found.1);
        }
        Ok(if number == 1 { id } else { format!("{id}#{number}") })
    }

    /// The living pieces whose records claim `id`.
    fn claimants(&self, id: &str) -> Result<Vec<(String, u64)>, Error> {
        let mut keys = Vec::new();
        for segment in self.segments() {
            keys.extend(segment.headers_with(Meta::Id(id))?.into_iter().filter_map(|header| segment.key(header)));
        }
        keys.sort_unstable();
        let mut number = 0;
        let mut numbered = Vec::with_capacity(keys.len());
        for key in keys {
            number += 1;
            while number > 1 && self.is_claimed(&format!("{id}#{number}"))? {
                number += 1;
            }
            numbered.push((key, number));
        }
        Ok(numbered)
    }

    fn is_claimed(&self, id: &str) -> Result<bool, Error> {
        for segment in self.segments() {
            if segment.count_with_id(id)? > 0 {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn those_who_claim_an_id_are_looked_up_once() {
        let claims = Claims::default();
        let look = |keys: &[&str]| Ok((1..).zip(keys).map(|(number, &key)| (key.to_owned(), number)).collect());
        let both = [("a".to_owned(), 1), ("b".to_owned(), 2)];
        assert_eq!(*claims.get("1", || look(&["a", "b"])).unwrap(), both);
        assert_eq!(*claims.get("1", || panic!("asked again")).unwrap(), both);
        for id in 0..2 * MOST {
            claims.get(&id.to_string(), || look(&["c"])).unwrap();
            assert!(claims.0.lock().unwrap().len() <= MOST);
        }
    }
}
