//! A piece as it is shown, and the mentions of a text.

use std::borrow::Cow;
use std::io;
use std::ops::Range;

use serde_json::Value;

use super::block::{Block, Legend, Quote, head, runs};
use super::cite::note;
use super::form::{Present, Take};
use super::hits::{actor_cell, piece_cells};
use super::wire;
use crate::actors::Mention;
use crate::index::StoredPiece;
use crate::search::{ContextSize, Shown, context_around};
use crate::text::CodePoints;

/// A piece, or a passage with what stands around it.
pub struct ShownPiece<'a> {
    /// What was found.
    pub shown: &'a Shown,
    /// What is laid out around the passage that was asked for.
    pub context: ContextSize,
    /// The address of the piece's file on this machine.
    pub target: Option<String>,
}

/// The columns of passages that are shown.
const SHOWN_COLUMNS: [&str; 16] = [
    "id",
    "piece",
    "path",
    "line",
    "title",
    "authors",
    "source",
    "date",
    "lang",
    "kind",
    "url",
    "text",
    "actors",
    "asked",
    "page",
    "passage_lang",
];

/// The columns of passages that are shown with so much around the one that was asked for: where that is no whole passages, with it.
#[must_use]
pub fn shown_columns(context: ContextSize) -> Vec<&'static str> {
    let more = (!matches!(context, ContextSize::Passages(_))).then_some("context");
    SHOWN_COLUMNS.into_iter().chain(more).collect()
}

impl ShownPiece<'_> {
    /// The passages that are shown.
    fn range(&self) -> Range<usize> {
        let count = self.shown.passages.len();
        match (self.shown.passage, self.context) {
            (Some(at), ContextSize::Passages(more)) => at.saturating_sub(more)..at.saturating_add(more).saturating_add(1).min(count),
            (Some(at), _) => at..at + 1,
            (None, _) => 0..count,
        }
    }

    /// What stands around the passage that was asked for, where that is no whole passages.
    fn around(&self) -> Option<(String, String)> {
        let at = self.shown.passage.filter(|_| !matches!(self.context, ContextSize::Passages(_)))?;
        Some(context_around(&self.shown.passages, at, self.context))
    }
}

fn mentions(stored: &[crate::index::StoredMention]) -> Vec<Mention> {
    stored.iter().cloned().map(Into::into).collect()
}

impl Present for ShownPiece<'_> {
    fn name(&self) -> &'static str {
        "passages"
    }

    fn columns(&self) -> Vec<Cow<'static, str>> {
        shown_columns(self.context).into_iter().map(Cow::Borrowed).collect()
    }

    fn rows(&self, take: Take<'_, Vec<Value>>) -> io::Result<()> {
        let range = self.range();
        let around = self.around();
        for (at, passage) in self.shown.passages.iter().enumerate().take(range.end).skip(range.start) {
            let mut cells: Vec<Value> = vec![self.shown.piece.passage_id(passage).into()];
            cells.extend(piece_cells(&self.shown.piece, passage.line));
            cells.push(passage.text.as_str().into());
            cells.push(actor_cell(&mentions(&passage.mentions)));
            let asked = self.shown.passage == Some(at);
            cells.push(asked.into());
            cells.push(passage.page.into());
            cells.push(passage.lang_in(&self.shown.piece.stored).into());
            if !matches!(self.context, ContextSize::Passages(_)) {
                let whole =
                    around.as_ref().filter(|_| asked).map(|(before, after)| format!("{before}{}{after}", passage.text).trim().to_owned());
                cells.push(whole.into());
            }
            take(cells)?;
        }
        Ok(())
    }

    fn objects(&self, take: Take<'_, Vec<u8>>) -> io::Result<()> {
        wire::shown(self.shown, self.range(), self.around().as_ref(), take)
    }

    fn blocks(&self, legend: &mut Legend) -> io::Result<Vec<Block>> {
        let Shown { piece, passages, passage, others } = self.shown;
        let mut out = vec![head(piece, &[], self.target.clone(), legend)];
        for at in self.range() {
            let Some(shown) = passages.get(at) else { break };
            let asked = *passage == Some(at);
            let new_page = shown.page.filter(|page| at == 0 || passages.get(at - 1).is_none_or(|last| last.page != Some(*page)));
            if let (None, Some(page)) = (passage, new_page) {
                out.push(Block::Note(format!("p. {page}")));
            }
            let (before, after) = self.around().filter(|_| asked).unwrap_or_default();
            out.push(Block::Passage(Box::new(Quote {
                runs: runs(&shown.text, &[], &mentions(&shown.mentions), legend),
                source: if asked { cited(&piece.stored, shown.page) } else { String::new() },
                asked,
                before,
                after,
                ..Quote::default()
            })));
        }
        if !others.is_empty() {
            out.push(Block::Note(format!("also in: {}", others.join(", "))));
        }
        Ok(out)
    }
}

/// A note of where a passage is from, with its page where there are pages.
fn cited(piece: &StoredPiece, page: Option<u64>) -> String {
    let note = note(piece);
    match page {
        Some(page) => format!("{note} P. {page}."),
        None => note,
    }
}

/// The mentions of a text.
pub struct Tagged<'a> {
    /// The text.
    pub text: &'a str,
    /// Its mentions.
    pub mentions: &'a [Mention],
    /// The record that it is from.
    pub piece: Option<&'a str>,
}

/// The columns of mentions.
pub const MENTION_COLUMNS: [&str; 11] = ["piece", "start", "end", "text", "actor", "name", "kind", "listed", "rule", "of", "candidates"];

impl Present for Tagged<'_> {
    fn name(&self) -> &'static str {
        "mentions"
    }

    fn about(&self) -> Vec<(&'static str, Value)> {
        self.piece.map(|piece| ("piece", piece.into())).into_iter().collect()
    }

    fn columns(&self) -> Vec<Cow<'static, str>> {
        MENTION_COLUMNS.map(Cow::Borrowed).to_vec()
    }

    fn rows(&self, take: Take<'_, Vec<Value>>) -> io::Result<()> {
        let mut points = CodePoints::of(self.text);
        for mention in self.mentions {
            take(vec![
                self.piece.into(),
                points.before(mention.span.start).into(),
                points.before(mention.span.end).into(),
                mention.span.of(self.text).into(),
                mention.actor.as_deref().into(),
                mention.name.as_str().into(),
                mention.kind.word().into(),
                mention.listed.into(),
                mention.rule.word().into(),
                mention.of.as_deref().into(),
                mention.candidates.as_slice().into(),
            ])?;
        }
        Ok(())
    }

    fn objects(&self, take: Take<'_, Vec<u8>>) -> io::Result<()> {
        wire::mentions(self.text, self.mentions, self.piece, take)
    }

    fn blocks(&self, legend: &mut Legend) -> io::Result<Vec<Block>> {
        let mut out: Vec<Block> = self.piece.map(|name| Block::Note(format!("— {name}"))).into_iter().collect();
        // Line by line, so that paragraphs stay.
        let mut at = 0;
        let mut rest = self.mentions;
        for line in self.text.split_inclusive('\n') {
            let end = at + line.trim_end().len();
            let inside = rest.iter().take_while(|mention| mention.span.end <= end).count();
            let (these, later) = rest.split_at(inside);
            let moved: Vec<Mention> = these
                .iter()
                .map(|mention| Mention { span: mention.span.relative_to(at.min(mention.span.start)), ..mention.clone() })
                .collect();
            out.push(Block::Text(runs(line.trim_end(), &[], &moved, legend)));
            // A mention across lines, if there ever is one, is shown on none.
            let across = later.iter().take_while(|mention| mention.span.start < at + line.len()).count();
            rest = later.get(across..).unwrap_or_default();
            at += line.len();
        }
        Ok(out)
    }
}
