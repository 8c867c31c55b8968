//! Pieces as an index keeps them, made again without their files.

use tantivy::DocId;

use crate::actors::{Mention, Tagged};
use crate::index::fields::Meta;
use crate::index::{Error, Reader, Segment, StoredPassage, StoredPiece};
use crate::pieces::{Date, Lines, Margins, Piece};
use crate::text::{Language, Span};

/// What an index keeps of a piece.
pub(super) struct Kept {
    pub(super) header: StoredPiece,
    passages: Vec<StoredPassage>,
    margins: Option<Box<Margins>>,
}

impl Kept {
    /// What `segment` keeps of the piece with `header`.
    pub(super) fn read(segment: &Segment, header: DocId) -> Result<Self, Error> {
        let passages = (segment.block_map().first_passage(header)..header).map(|doc| segment.passage(doc)).collect::<Result<_, _>>()?;
        let piece = segment.piece(header)?;
        let margins = piece.site.as_ref().map(|site| segment.margins(header, site).map(Box::new)).transpose()?;
        Ok(Self { header: piece, passages, margins })
    }

    /// The piece. Of its lines what the passages tell: those in which they begin.
    pub(super) fn piece(&self) -> Piece {
        let (mut text, lines) = self.text();
        let header = &self.header;
        // A piece without body has its title as its one passage, whose words do not count in a title too.
        if header.title_terms == 0 && header.title.as_ref() == Some(&text) && self.margins.is_none() {
            text.clear();
        }
        Piece {
            id: header.id.clone(),
            inside: header.inside.clone(),
            record: header.record,
            title: header.title.clone(),
            authors: header.authors.clone(),
            source: header.source.clone(),
            date: header.date.as_deref().and_then(Date::parse),
            language: Language::parse(&header.lang),
            url: header.url.clone(),
            kind: header.kind.clone(),
            tags: header.tags.clone(),
            text,
            lines,
            margins: self.margins.clone(),
        }
    }

    /// The mentions in it.
    pub(super) fn mentions(&self) -> Tagged {
        let mut start = 0;
        let mut text = Vec::new();
        for passage in &self.passages {
            start += passage.lead.len();
            text.extend(passage.mentions.iter().map(|stored| {
                let mention = Mention::from(stored.clone());
                Mention { span: Span::new(start + mention.span.start, start + mention.span.end), ..mention }
            }));
            start += passage.text.len() + passage.gap.len();
        }
        Tagged { title: self.header.title_mentions.iter().cloned().map(Into::into).collect(), text }
    }

    fn text(&self) -> (String, Lines) {
        let mut text = String::new();
        let mut starts = Vec::new();
        let mut record = None;
        let mut pages = Vec::new();
        for passage in &self.passages {
            text.push_str(&passage.lead);
            pages.extend(passage.page.map(|page| (text.len(), page)));
            if let Some(line) = passage.line {
                match passage.column {
                    Some(column) => {
                        let back = usize::try_from(column).unwrap_or(1).saturating_sub(1);
                        let before = text.chars().rev().take(back).map(char::len_utf8).sum::<usize>();
                        starts.push((text.len() - before, line));
                    }
                    None => record = Some(line),
                }
            }
            text.push_str(&passage.text);
            text.push_str(&passage.gap);
        }
        let lines = match record {
            _ if !pages.is_empty() => Lines::Pages(pages),
            _ if !starts.is_empty() => Lines::Text(starts),
            Some(line) => Lines::Record(line),
            None => Lines::None,
        };
        (text, lines)
    }
}

impl Reader {
    /// Gives `give` what is kept of each piece of the file with the key `owner`, until that says `false`.
    pub(super) fn kept_of(&self, owner: &str, give: &mut dyn FnMut(Kept) -> bool) -> Result<(), Error> {
        for segment in self.segments() {
            for header in segment.headers_with(Meta::Owner(owner))? {
                if !give(Kept::read(segment, header)?) {
                    return Ok(());
                }
            }
        }
        Ok(())
    }
}
