//! What pieces are called.

use std::sync::{Arc, Mutex, PoisonError};

use rustc_hash::FxHashMap;

use super::block::key;
use super::fields::Meta;
use super::{Error, Reader, StoredPiece};

/// The keys of the pieces whose records claim one id, in order, of the ids that were asked for and that several claim: exports often number their
/// records from one, and an answer may hold all of them.
#[derive(Debug, Default)]
pub(super) struct Claims(Mutex<FxHashMap<String, Arc<[String]>>>);

/// So many ids are remembered; then all are forgotten.
const MOST: usize = 1 << 14;

impl Claims {
    /// The keys of those who claim `id`; looked up with `look` where that was not done before.
    fn get(&self, id: &str, look: impl FnOnce() -> Result<Vec<String>, Error>) -> Result<Arc<[String]>, Error> {
        if let Some(keys) = self.0.lock().unwrap_or_else(PoisonError::into_inner).get(id) {
            return Ok(Arc::clone(keys));
        }
        let keys: Arc<[String]> = look()?.into();
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= MOST {
            known.clear();
        }
        known.insert(id.to_owned(), Arc::clone(&keys));
        Ok(keys)
    }
}

impl Reader {
    /// The id of a piece: its record's, else its file's path and the record's place. Where several pieces have one id, those after the first
    /// carry a number, in the order of their keys.
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
        let mut before = 0;
        if piece.id.is_some() {
            let key = key(piece);
            before = self.claims.get(&id, || self.keys_with_id(&id))?.partition_point(|other| *other < key);
        }
        Ok(if before == 0 { id } else { format!("{id}#{}", before + 1) })
    }

    /// The keys of the living pieces whose records claim `id`, in order.
    fn keys_with_id(&self, id: &str) -> Result<Vec<String>, Error> {
        let mut keys = Vec::new();
        for segment in self.segments() {
            keys.extend(segment.headers_with(Meta::Id(id))?.into_iter().filter_map(|header| segment.key(header)));
        }
        keys.sort_unstable();
        Ok(keys)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn those_who_claim_an_id_are_looked_up_once() {
        let claims = Claims::default();
        let look = |keys: &[&str]| Ok(keys.iter().map(|&key| key.to_owned()).collect());
        assert_eq!(*claims.get("1", || look(&["a", "b"])).unwrap(), ["a", "b"]);
        assert_eq!(*claims.get("1", || panic!("asked again")).unwrap(), ["a", "b"]);
        for id in 0..2 * MOST {
            claims.get(&id.to_string(), || look(&["c"])).unwrap();
            assert!(claims.0.lock().unwrap().len() <= MOST);
        }
    }
}
