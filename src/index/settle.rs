//! After pages came or went, those of the same sites are made again of which other refrains are to be left out now.
//!
//! Which refrains a site has is a matter of all its pages ([`refrains`](crate::pieces::refrains)), so that it is only told once all are in the
//! index. A page is read with the refrains that the index knew before, which mostly are the same; where they are not, pages are made again
//! here, from what the index keeps of them. Their outlines stay as they are, so that this comes to rest at once, and at what a fresh index of the
//! same files comes to. Until then every commit says that it is unsettled: a run that was stopped is gone on with by the next, which looks at
//! all sites. Where no page came or went nothing is looked at.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::rewrite::rewrite;
use super::sites::Sites;
use super::write::Writer;
use super::{Builder, Error, Options, Progress};
use crate::actors::Matcher;
use crate::pieces::refrains::Margins;

/// Sees to it that of all pages is left out what is to be, and gives the number of those that had to be made again.
pub(super) fn settle(writer: &mut Writer, options: &Options, mut progress: impl FnMut(Progress<'_>)) -> Result<u64, Error> {
    if !writer.is_unsettled() {
        return Ok(0);
    }
    writer.reopen()?;
    let before = Arc::clone(writer.before());
    // Not all of what was just written can be read: the next run goes on with it.
    if before.is_earlier() {
        return Ok(0);
    }
    let sites = Sites::new(&before);
    let mut pages = 0;
    let mut files: BTreeSet<(u32, String)> = BTreeSet::new();
    for site in writer.unsettled_sites()? {
        let refrains = sites.refrains(&site)?;
        for segment in before.segments() {
            segment.each_page(&site, |header, outline| {
                let left_out = segment.left_out(header)?;
                let margins = Margins { site: String::new(), outline, head: left_out.head, tail: left_out.tail };
                if !margins.agree(&refrains) {
                    let piece = segment.piece(header)?;
                    files.insert((piece.root, piece.path));
                    pages += 1;
                }
                Ok(())
            })?;
        }
    }
    if !files.is_empty() {
        let roster = options.roster.roster();
        let builder = Builder::new(before.fields(), roster, Arc::new(Matcher::new(roster)));
        for ((root, path), done) in files.iter().zip(1..) {
            rewrite(writer, &builder, (*root, path), |piece| {
                if let Some(margins) = &piece.margins {
                    let refrains = sites.refrains(&margins.site)?;
                    piece.settle(&refrains);
                }
                Ok(())
            })?;
            progress(Progress { done, files: files.len() as u64, path });
        }
    }
    writer.settled();
    Ok(pages)
}
