//! After pages came or went, those of the same sites are made again of which other boilerplate is to be left out now.
//!
//! Which boilerplate a site has is a matter of all its pages ([`boilerplate`](crate::pieces::boilerplate)), so that it is only told once all are in the
//! index. A page is read with the boilerplate that can be [`foreseen`](super::foreseen), which mostly is this; where it is not, pages are made again
//! here, from what the index keeps of them. Their outlines stay as they are, so that this comes to rest at once, and at what a fresh index of the
//! same files comes to. Until then every commit says that it is unsettled: a run that was stopped is gone on with by the next, which looks at
//! all sites. Where no page came or went nothing is looked at.

use std::collections::BTreeMap;
use std::sync::Arc;

use foldhash::HashMap;

use super::rewrite::rewrite;
use super::write::Writer;
use crate::actors::Matcher;
use crate::index::{Builder, Error, Options, Progress};
use crate::pieces::boilerplate::Boilerplate;

/// Sees to it that of all pages is left out what is to be. Gives the files that had to be made again, and how many pages of each that were for.
pub(super) fn settle(
    writer: &mut Writer,
    options: &Options,
    mut progress: impl FnMut(Progress<'_>),
) -> Result<BTreeMap<(u32, String), u64>, Error> {
    let mut files = BTreeMap::new();
    if !writer.is_unsettled() {
        return Ok(files);
    }
    writer.reopen()?;
    let before = Arc::clone(writer.before());
    // Not all of what was just written can be read: the next run goes on with it.
    if before.is_earlier() {
        return Ok(files);
    }
    let mut known: HashMap<String, Boilerplate> = HashMap::default();
    for site in writer.unsettled_sites()? {
        let boilerplate = before.sample(&site)?.boilerplate();
        let mut all_agree = true;
        for segment in before.segments() {
            segment.each_page(&site, |header, outline, left_out| {
                if boilerplate.of_page(&outline) != left_out {
                    let piece = segment.piece(header)?;
                    *files.entry((piece.root, piece.path)).or_default() += 1;
                    all_agree = false;
                }
                Ok(())
            })?;
        }
        if !all_agree {
            known.insert(site, boilerplate);
        }
    }
    if !files.is_empty() {
        let roster = options.roster.roster();
        let mut builder = Builder::new(before.fields(), roster, Arc::new(Matcher::new(roster)));
        for ((root, path), done) in files.keys().zip(1..) {
            rewrite(writer, &mut builder, (*root, path), |piece| {
                // Other pages of the same file may be of other sites, at which nothing has changed.
                if let Some(boilerplate) = piece.margins.as_ref().and_then(|margins| known.get(&margins.site)) {
                    piece.settle(boilerplate);
                }
            })?;
            progress(Progress { done, files: files.len() as u64, path });
        }
    }
    writer.settled();
    Ok(files)
}
