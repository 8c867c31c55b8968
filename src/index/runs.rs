//! The sketches of pieces, and which pieces share a run of words that their sketches keep.

use tantivy::{DocId, Term};

use super::sketch::{RunKey, Sketch};
use super::{Error, Segment};

impl Segment {
    /// The sketch of the piece of `header`.
    pub fn sketch(&self, header: DocId) -> Result<Sketch, Error> {
        let mut kept = Vec::new();
        if let Some(sketches) = &self.columns().sketch
            && let Some(number) = sketches.ords().first(header)
        {
            sketches.ord_to_bytes(number, &mut kept).map_err(|error| self.engine(error))?;
        }
        postcard::from_bytes(&kept).map_err(|error| self.damaged(format!("a sketch: {error}")))
    }

    /// The living headers of pieces that keep the run with this key.
    pub fn headers_with_run(&self, run: RunKey) -> Result<Vec<DocId>, Error> {
        self.documents_with(&Term::from_field_bytes(self.fields().runs, &run))
    }

    /// Calls `take` with the key of each run that begins with the byte `first`, and whether several pieces keep it, deleted ones included.
    pub fn each_run(&self, first: u8, mut take: impl FnMut(RunKey, bool)) -> Result<(), Error> {
        let inverted = self.inverted(self.fields().runs)?;
        let mut stream = inverted.terms().range().ge([first]).into_stream().map_err(|error| self.engine(error))?;
        while let Some((key, info)) = stream.next() {
            if key.first() != Some(&first) {
                break;
            }
            if let Ok(run) = key.try_into() {
                take(run, info.doc_freq > 1);
            }
        }
        Ok(())
    }
}
