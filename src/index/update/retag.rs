//! The mentions of an index found again by another roster.

use std::path::Path;
use std::sync::Arc;

use super::plan::split_owner;
use super::rewrite::rewrite;
use super::settle::settle;
use super::write::Writer;
use crate::actors::Matcher;
use crate::index::check::expect_whole;
use crate::index::{Builder, Error, Options, Progress};

/// Finds the mentions of all pieces again by the roster in `options`, in the text that the index keeps: no file is read. Gives the number of
/// pieces.
///
/// # Errors
/// When the index cannot be opened or written.
pub fn retag(path: &Path, options: &Options, mut progress: impl FnMut(Progress<'_>)) -> Result<u64, Error> {
    expect_whole(path)?;
    let roster = options.roster.roster();
    let mut writer = Writer::open(path, options)?;
    let mut builder = Builder::new(writer.before().fields(), roster, Arc::new(Matcher::new(roster)));
    let known = writer.before().files()?;
    let mut pieces = 0;
    for (file, done) in known.iter().zip(1..) {
        let Some((root, path)) = split_owner(&file.key) else { continue };
        pieces += rewrite(&mut writer, &mut builder, (root, path), |_| {})?;
        progress(Progress { done, files: known.len() as u64, path });
    }
    writer.manifest.roster = options.roster.digest().into_owned();
    settle(&mut writer, options, progress)?;
    writer.finish()?;
    Ok(pieces)
}
