//! The sketches of pieces, and which pieces share a run of words that their sketches keep.

use tantivy::DocId;

use super::sketch::{RunKey, Sketch};
use super::{Error, Segment};

impl Segment {
    /// The sketch of the piece of `header`.
    pub fn sketch(&self, header: DocId) -> Result<Sketch, Error> {
        postcard::from_bytes(self.shelf().sketch(header)).map_err(|error| self.damaged(format!("a sketch: {error}")))
    }

    /// The living headers of pieces that keep the run with this key.
    pub fn headers_with_run(&self, run: RunKey) -> impl Iterator<Item = DocId> {
        self.shelf().with_run(run).filter(|&header| self.is_alive(header))
    }

    /// The keys of the runs that living pieces keep, in order, each with its header.
    pub fn runs(&self) -> impl Iterator<Item = (RunKey, DocId)> {
        self.shelf().runs().filter(|run| self.is_alive(run.doc)).map(|run| (run.key, run.doc))
    }
}
