//! Who is mentioned in an index, counted.

use tantivy::schema::IndexRecordOption;
use tantivy::{DocSet, TERMINATED};

use foldhash::HashMap;

use super::marks;
use super::{Error, Reader, Segment, StoredPiece};
use crate::actors::{Kind, Mention, Roster, RosterInUse};

/// How often an actor is mentioned.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mentioned {
    /// Its id.
    pub actor: String,
    /// What it is called: in the roster, or in the first piece that mentions it.
    pub name: String,
    /// What it is, unless no mention says so.
    pub kind: Option<Kind>,
    /// Mentions in titles and texts.
    pub mentions: u64,
    /// Passages with such.
    pub passages: u64,
    /// Pieces with such.
    pub pieces: u64,
}

/// Where an actor is mentioned first, in the order of the keys of pieces: the same however the index came to be.
struct FirstMention<'s> {
    key: Option<String>,
    segment: &'s Segment,
    doc: u32,
}

impl Reader {
    /// The same, with `roster` to name actors by.
    #[must_use]
    pub fn with_roster(mut self, roster: RosterInUse) -> Self {
        self.roster = roster;
        self
    }

    /// The roster that names its actors.
    #[must_use]
    pub fn roster(&self) -> &'static Roster {
        self.roster.roster()
    }

    /// The same, not read yet where that was not needed.
    #[must_use]
    pub fn roster_in_use(&self) -> RosterInUse {
        self.roster
    }

    /// The ids of the actors that are mentioned, in order; those that only deleted pieces mention may be among them.
    pub fn mentioned_ids(&self) -> Result<Vec<String>, Error> {
        let mut ids = Vec::new();
        for segment in self.segments() {
            ids.extend(segment.actor_tokens()?.iter().map(|token| token.trim_start_matches(marks::ACTOR).to_owned()));
        }
        ids.sort_unstable();
        ids.dedup();
        Ok(ids)
    }

    /// Whether a living piece mentions `actor`.
    pub fn mentions(&self, actor: &str) -> Result<bool, Error> {
        let token = format!("{}{actor}", marks::ACTOR);
        for segment in self.segments() {
            if segment.document_frequency(self.fields().words, &token)? > 0 {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// The actors that are mentioned, the most mentioned first.
    pub fn mentioned(&self) -> Result<Vec<Mentioned>, Error> {
        let mut all: HashMap<String, (Mentioned, FirstMention<'_>)> = HashMap::default();
        for segment in self.segments() {
            for token in segment.actor_tokens()? {
                let actor = token.trim_start_matches(marks::ACTOR);
                let mut counted = Mentioned { actor: actor.to_owned(), ..Mentioned::default() };
                let (mut first, mut last) = (None, None);
                segment.each_with(&token, |doc, times| {
                    let header = segment.block_map().header_of(doc);
                    let place = (segment.key_order().first(header), doc);
                    first = Some(first.map_or(place, |first| place.min(first)));
                    counted.mentions += u64::from(times);
                    counted.passages += u64::from(doc != header);
                    counted.pieces += u64::from(last.replace(header) != Some(header));
                    Ok(())
                })?;
                let Some((_, doc)) = first else { continue };
                let first = FirstMention { key: segment.key(segment.block_map().header_of(doc)), segment, doc };
                let Some((known, before)) = all.get_mut(actor) else {
                    all.insert(actor.to_owned(), (counted, first));
                    continue;
                };
                known.mentions += counted.mentions;
                known.passages += counted.passages;
                known.pieces += counted.pieces;
                if first.key < before.key {
                    *before = first;
                }
            }
        }
        let named = all.into_values().map(|(mut counted, first)| {
            (counted.name, counted.kind) = self.name_of(&counted.actor, &first)?;
            Ok(counted)
        });
        let mut all: Vec<Mentioned> = named.collect::<Result<_, Error>>()?;
        all.sort_by(|a, b| b.mentions.cmp(&a.mentions).then_with(|| a.actor.cmp(&b.actor)));
        Ok(all)
    }

    /// What `actor` is called, and what it is: by the roster, or by its first mention.
    fn name_of(&self, actor: &str, first: &FirstMention<'_>) -> Result<(String, Option<Kind>), Error> {
        if let Some(listed) = self.roster().find(actor) {
            return Ok((listed.name.clone().into_owned(), Some(listed.kind)));
        }
        let FirstMention { segment, doc, .. } = *first;
        let header = segment.block_map().header_of(doc);
        let mentions = if doc == header { segment.piece(header)?.title_mentions } else { segment.mentions(doc)? };
        let mention = mentions.into_iter().map(Mention::from).find(|mention| mention.actor.as_deref() == Some(actor));
        Ok(mention.map_or_else(|| (actor.to_owned(), None), |mention| (mention.name, Some(mention.kind))))
    }

    /// Calls `each` with every title and passage that mentions `actor`, or with all if there is none: its piece, its text, and the mentions
    /// in it.
    pub fn each_mentioning(&self, actor: Option<&str>, mut each: impl FnMut(&StoredPiece, &str, &[Mention])) -> Result<(), Error> {
        for segment in self.segments() {
            let mut piece: Option<(u32, StoredPiece)> = None;
            let mut visit = |doc| -> Result<(), Error> {
                let header = segment.block_map().header_of(doc);
                if segment.block_map().is_file(doc) {
                    return Ok(());
                }
                if piece.as_ref().is_none_or(|(known, _)| *known != header) {
                    piece = Some((header, segment.piece(header)?));
                }
                let Some((_, piece)) = &piece else { return Ok(()) };
                let passage = if doc == header { None } else { Some(segment.passage(doc)?) };
                let (text, mentions) = match &passage {
                    Some(passage) => (passage.text.as_str(), &passage.mentions),
                    None => (piece.title.as_deref().unwrap_or_default(), &piece.title_mentions),
                };
                let mentions: Vec<Mention> = mentions.iter().cloned().map(Into::into).collect();
                each(piece, text, &mentions);
                Ok(())
            };
            match actor {
                Some(actor) => segment.each_with(&format!("{}{actor}", marks::ACTOR), |doc, _| visit(doc))?,
                None => (0..segment.max_doc()).filter(|&doc| segment.is_alive(doc)).try_for_each(visit)?,
            }
        }
        Ok(())
    }
}

impl Segment {
    /// The tokens of the mentions of each actor. Beside each there are tokens that say how many words a mention covers; they are none of these.
    fn actor_tokens(&self) -> Result<Vec<String>, Error> {
        let mut tokens = self.tokens_with_prefix(self.fields().words, &marks::ACTOR.to_string())?;
        tokens.retain(|token| !token.contains(marks::WIDE));
        Ok(tokens)
    }

    /// Calls `each` with every living document that has `token` among its words, and how often.
    fn each_with(&self, token: &str, mut each: impl FnMut(u32, u32) -> Result<(), Error>) -> Result<(), Error> {
        let Some(mut postings) = self.postings(self.fields().words, token, IndexRecordOption::WithFreqs)? else { return Ok(()) };
        while postings.doc() != TERMINATED {
            if self.is_alive(postings.doc()) {
                each(postings.doc(), tantivy::postings::Postings::term_freq(&postings))?;
            }
            postings.advance();
        }
        Ok(())
    }
}
