//! One question answered.
//!
//! A question is parsed, tied to actors and planned; passages are retrieved, of copies those left out that are not wanted, and asked for again in
//! larger numbers until enough are left. Only then is anything read of what is stored: the passage, its mentions, what stands around it.

use std::rc::Rc;
use std::sync::Arc;

use foldhash::{HashMap, HashSet};

use super::Error;
use super::SavedQueries;
use super::answer::{Answer, Hit, PieceView};
use super::context::{ContextSize, Recent, around_in};
use super::copies::{Cluster, Clusters, CopiesMode};
use super::filters::{Filters, admitting, narrowed};
use super::matches::matches;
use super::names::{Mentioned, asked_for, widened};
use super::stale::Stale;
use crate::actors::{Mention, RosterInUse};
use crate::index::{PassageAddress, PieceAddress, Reader, Segment, StoredPassage, StoredPiece, file_of_key};
use crate::pieces::Date;
use crate::query::{Leaf, Mode, QueryContext, Tree, parse, resolve};
use crate::rank::{Feedback, Level};
use crate::retrieve::{Found, Inflections, Marked, Order, Plan, Request, Within, is_match, marks, retrieve};
use crate::text::{Analyzer, Language};

/// What is asked, and how much of an answer is wanted.
#[derive(Clone, Debug)]
pub struct Question {
    /// The query as typed.
    pub query: String,
    /// How clauses that nothing joins are joined.
    pub mode: Mode,
    /// What else pieces must be.
    pub filters: Filters,
    /// In what of a piece the parts of an AND have to stand together.
    pub within: Within,
    /// The day from which "last month" and the like are told.
    pub today: Option<Date>,
    /// Hits, at the most.
    pub limit: usize,
    /// Hits passed over before the first.
    pub offset: usize,
    /// Hits of one piece, at the most.
    pub per_piece: usize,
    /// How much work goes into ranking.
    pub level: Level,
    /// Whether pieces are compared with each other.
    pub feedback: Feedback,
    /// What comes first.
    pub order: Order,
    /// Whether names of actors in the query are no more than words.
    pub literal: bool,
    /// How much is to be said of each hit.
    pub detail: Detail,
    /// How much of what stands around passages is wanted.
    pub context: Option<ContextSize>,
    /// What becomes of copies.
    pub copies: CopiesMode,
}

/// How much is to be said of each hit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Detail {
    /// Everything.
    #[default]
    Passages,
    /// Which piece it is in, and no more: reading passages takes longer than finding them.
    Pieces,
    /// Which file it is in, or which part of an archive: one hit for each.
    Files,
    /// Nothing: no hits, only how many pieces match.
    Count,
}

impl Default for Question {
    fn default() -> Self {
        Self {
            query: String::new(),
            mode: Mode::All,
            filters: Filters::default(),
            within: Within::Piece,
            today: None,
            limit: 10,
            offset: 0,
            per_piece: 3,
            level: Level::Full,
            feedback: Feedback::Auto,
            order: Order::Score,
            literal: false,
            detail: Detail::Passages,
            context: None,
            copies: CopiesMode::Group,
        }
    }
}

/// Answers questions from an index. Remembers word forms, so each thread keeps one and uses it again.
pub struct Asker<'r> {
    reader: &'r Reader,
    roster: RosterInUse,
    analyzer: Analyzer,
    languages: Vec<Language>,
    clusters: Clusters<'r>,
    stale: Stale<'r>,
    mentioned: Mentioned<'r>,
    /// The queries kept beside the index.
    saved: Arc<SavedQueries>,
}

impl<'r> Asker<'r> {
    /// One that answers from the index that `reader` has open.
    #[must_use]
    pub fn new(reader: &'r Reader) -> Self {
        let folder = reader.path().parent().unwrap_or(reader.path());
        Self::with_saved(reader, Arc::new(SavedQueries::beside(folder)))
    }

    /// The same with saved queries that have been read.
    pub(super) fn with_saved(reader: &'r Reader, saved: Arc<SavedQueries>) -> Self {
        Self {
            reader,
            roster: reader.roster_in_use(),
            analyzer: Analyzer::default(),
            languages: languages(reader),
            clusters: Clusters::new(reader),
            stale: Stale::new(reader),
            mentioned: Mentioned(reader),
            saved,
        }
    }

    /// The queries kept beside the index.
    pub(super) const fn saved(&self) -> &Arc<SavedQueries> {
        &self.saved
    }

    /// The answer to `question`.
    pub fn ask(&self, question: &Question) -> Result<Answer, Error> {
        let mut hits = Vec::new();
        let answer = self.each(question, &mut |hit| {
            hits.push(hit);
            Ok(())
        })?;
        Ok(Answer { hits, ..answer })
    }

    /// Gives `take` the hits of the answer to `question`, one by one in order, and tells what is true of them together: an answer without hits.
    pub fn each(&self, question: &Question, take: &mut dyn FnMut(Hit) -> Result<(), Error>) -> Result<Answer, Error> {
        self.each_but(&[], question, take)
    }

    /// The same without the pieces at the addresses `left_out`: they are neither hits nor counted.
    pub(super) fn each_but(
        &self,
        left_out: &[PieceAddress],
        question: &Question,
        take: &mut dyn FnMut(Hit) -> Result<(), Error>,
    ) -> Result<Answer, Error> {
        let (parsed, plan) = &self.plan(question)?;
        let (mut pieces, truncated, wanted) = self.wanted(plan, question, left_out)?;
        for &piece in left_out {
            pieces = pieces.saturating_sub(u64::from(is_match(self.reader, plan, piece)?));
        }
        let mut recent = Recent::default();
        let found = match question.copies {
            CopiesMode::Hide => {
                let passages = self.passages_of(plan, question, 1)?;
                passages.iter().filter(|passage| !left_out.contains(&passage.piece)).count() as u64
            }
            CopiesMode::Group | CopiesMode::Show => pieces,
        };
        let shown = wanted.get(question.offset..).unwrap_or_default();
        let marked = match question.detail {
            Detail::Passages => marks(self.reader, plan, &shown.iter().map(|(found, _)| found.address).collect::<Vec<_>>())?,
            Detail::Pieces | Detail::Files | Detail::Count => vec![Marked::default(); shown.len()],
        };
        for (((found, cluster), marked), rank) in shown.iter().zip(marked).zip(question.offset + 1..) {
            let address = found.address.piece;
            if let Some(segment) = self.reader.segments().get(address.segment) {
                let known = cluster.as_ref().and_then(|cluster| cluster.earliest_at(address)).cloned();
                let stored = known.map_or_else(|| segment.piece(address.header).map(Arc::new), Ok)?;
                let mut hit = self.hit(segment, found, stored, question)?;
                mark(&mut hit, plan, &marked);
                if let Some(wanted) = question.context.filter(|_| question.detail == Detail::Passages) {
                    hit.context = Some(context(segment, found.address, &hit.passage.gap, wanted, &mut recent)?);
                }
                let copies = cluster.as_ref().map(|cluster| cluster.copies()).unwrap_or_default();
                take(Hit { rank, copies, ..hit })?;
            }
        }
        Ok(Answer {
            query: question.query.clone(),
            parsed: parsed.clone(),
            found,
            hidden: pieces.saturating_sub(found),
            truncated,
            hits: Vec::new(),
        })
    }

    /// The passages that are shown, each with the copies of its piece; before them how many pieces match, and whether a bound on work was
    /// reached. Of copies those are left out that the question says, and the pieces at `left_out` are too, but counted; more passages are looked
    /// for until enough are left.
    fn wanted(&self, plan: &Plan, question: &Question, left_out: &[PieceAddress]) -> Result<(u64, bool, Vec<WantedPassage>), Error> {
        let request = request(question);
        let is_left_out = |found: &Found| left_out.contains(&found.address.piece);
        let more = left_out.len().saturating_mul(request.per_piece);
        let mut limit = if request.limit == 0 { 0 } else { request.limit.saturating_add(more) };
        if question.detail == Detail::Pieces && question.copies != CopiesMode::Hide {
            // Runs and lists of paths name every piece.
            let retrieved = retrieve(self.reader, plan, &Request { limit, ..request })?;
            let found = retrieved.found.into_iter().filter(|found| !is_left_out(found)).take(request.limit).map(|found| (found, None));
            return Ok((retrieved.pieces, retrieved.truncated, found.collect()));
        }
        loop {
            let retrieved = retrieve(self.reader, plan, &Request { limit, ..request })?;
            let at_hand = retrieved.found.len();
            let is_all = at_hand < limit;
            let mut wanted = Vec::new();
            // Of each cluster the piece that came first, and the files that are listed.
            let mut first: HashMap<Option<PieceAddress>, PieceAddress> = HashMap::default();
            let mut files: HashSet<String> = HashSet::default();
            for found in retrieved.found.into_iter().filter(|found| !is_left_out(found)) {
                if wanted.len() == request.limit {
                    break;
                }
                let piece = found.address.piece;
                let cluster = match question.detail {
                    Detail::Files if question.copies != CopiesMode::Hide => None,
                    _ => Some(self.clusters.of(piece)?),
                };
                let is_wanted = match (&cluster, question.copies) {
                    (Some(cluster), CopiesMode::Hide) => cluster.head() == Some(piece),
                    (Some(cluster), CopiesMode::Group) => *first.entry(cluster.head()).or_insert(piece) == piece,
                    (None, _) | (_, CopiesMode::Show) => true,
                };
                if is_wanted && (question.detail != Detail::Files || files.insert(self.file_of(piece))) {
                    wanted.push((found, cluster));
                }
            }
            if is_all || wanted.len() == request.limit {
                return Ok((retrieved.pieces, retrieved.truncated, wanted));
            }
            limit = limit.max(at_hand).saturating_mul(2).max(64);
        }
    }

    /// Where all passages are that answer `question`, its limits left aside, in no order.
    pub(super) fn passages(&self, question: &Question) -> Result<Vec<PassageAddress>, Error> {
        let (_, plan) = self.plan(question)?;
        self.passages_of(&plan, question, usize::MAX)
    }

    /// The same for the question's plan, with so many passages of one piece.
    fn passages_of(&self, plan: &Plan, question: &Question, per_piece: usize) -> Result<Vec<PassageAddress>, Error> {
        let request = Request { limit: usize::MAX, per_piece, level: Level::Quick, feedback: Feedback::Off, order: Order::Score };
        let mut passages = Vec::new();
        for Found { address, .. } in retrieve(self.reader, plan, &request)?.found {
            if question.copies != CopiesMode::Hide || self.clusters.of(address.piece)?.head() == Some(address.piece) {
                passages.push(address);
            }
        }
        Ok(passages)
    }

    /// The file of `piece`, by its key.
    fn file_of(&self, piece: PieceAddress) -> String {
        let key = self.reader.segments().get(piece.segment).and_then(|segment| segment.key(piece.header)).unwrap_or_default();
        file_of_key(&key).to_owned()
    }

    /// How `question` is understood, as a query that says so.
    pub fn parsed(&self, question: &Question) -> Result<String, Error> {
        Ok(self.plan(question)?.0)
    }

    /// The index that is asked.
    pub(super) fn reader(&self) -> &'r Reader {
        self.reader
    }

    /// What `question` asks for, its filters left aside.
    pub(super) fn asked(&self, question: &Question) -> Result<Tree<Leaf>, Error> {
        Ok(understood(question, self.query_context(question), &self.saved)?.0)
    }

    /// How `question` is understood, as text and as what it needs of the index.
    pub(super) fn plan(&self, question: &Question) -> Result<(String, Plan), Error> {
        let (asked, filters) = understood(question, self.query_context(question), &self.saved)?;
        let asked = if question.literal { asked } else { widened(asked, self.roster) };
        let parsed = if question.mode == Mode::All { asked_for(&asked).to_string() } else { asked.to_string() };
        let inflections = Inflections::of_index(self.reader, &self.analyzer, &self.languages);
        let mut plan = Plan::new(&narrowed(asked, filters), question.mode, inflections);
        plan.within = question.within;
        plan.expand(self.reader, inflections)?;
        Ok((parsed, plan))
    }

    /// What the query of `question` is understood by.
    fn query_context(&self, question: &Question) -> QueryContext<'_> {
        QueryContext { roster: self.roster, unlisted: Some(&self.mentioned), today: question.today }
    }

    /// Whether `question` can be understood.
    pub(super) fn understands(&self, question: &Question) -> Result<(), Error> {
        understood(question, self.query_context(question), &self.saved).map(|_| ())
    }

    /// What is said of a passage that was found, a passage of the piece `stored`.
    fn hit(&self, segment: &Segment, found: &Found, stored: Arc<StoredPiece>, question: &Question) -> Result<Hit, Error> {
        let mut piece = PieceView::new(self.reader, stored)?;
        let mut hit = Hit { score: found.score, signals: found.signals, piece: PieceView::default(), ..Hit::default() };
        if question.detail == Detail::Passages {
            piece.stale = self.stale.is(found.address.piece, &piece.stored);
            let mut passage: StoredPassage = segment.passage(found.address.passage)?;
            hit.mentions = std::mem::take(&mut passage.mentions).into_iter().map(Into::into).collect();
            hit.passage = passage;
        }
        hit.piece = piece;
        Ok(hit)
    }
}

/// What stands around the passage at `address`, behind which is `gap`.
fn context(
    segment: &Segment,
    address: PassageAddress,
    gap: &str,
    wanted: ContextSize,
    recent: &mut Recent,
) -> Result<(String, String), Error> {
    let first = segment.block_map().first_passage(address.piece.header);
    let at = usize::try_from(address.passage - first).unwrap_or_default();
    let mut read = |at: usize| {
        let doc = u32::try_from(at).ok().and_then(|at| first.checked_add(at)).filter(|doc| *doc < address.piece.header);
        doc.map(|doc| recent.get(PassageAddress { passage: doc, ..address }, || segment.passage(doc))).transpose()
    };
    Ok(around_in(at, gap, wanted, &mut read)?)
}

/// Says what in a hit satisfied the query.
fn mark(hit: &mut Hit, plan: &Plan, marked: &Marked) {
    hit.matches = matches(plan, &hit.passage.text, &marked.passage, &hit.mentions);
    if !marked.title.is_empty() {
        let stored = &hit.piece.stored;
        let mentions: Vec<Mention> = stored.title_mentions.iter().cloned().map(Into::into).collect();
        hit.title_matches = matches(plan, stored.title.as_deref().unwrap_or_default(), &marked.title, &mentions);
    }
}

/// What is wanted of the answer to `question`.
fn request(question: &Question) -> Request {
    Request {
        limit: if question.detail == Detail::Count { 0 } else { question.limit.saturating_add(question.offset) },
        per_piece: if question.detail == Detail::Files { 1 } else { question.per_piece.max(1) },
        level: question.level,
        feedback: question.feedback,
        order: question.order,
    }
}

/// The tree of a question's query, and the clauses of its filters.
fn understood(question: &Question, context: QueryContext<'_>, saved: &SavedQueries) -> Result<(Tree<Leaf>, Vec<Tree<Leaf>>), Error> {
    let query = saved.expand(&question.query, question.mode)?;
    let asked = resolve(parse(&query, question.mode)?, &query, question.mode, context)?;
    let filters = question.filters.clauses(&asked, context)?;
    Ok((admitting(asked, question.filters.undated), filters))
}

/// Whether `question` can be understood: all that can be wrong with it without an index.
pub(super) fn understand(question: &Question, roster: RosterInUse) -> Result<(), Error> {
    understood(question, QueryContext { roster, unlisted: None, today: question.today }, &SavedQueries::default()).map(|_| ())
}

/// A passage that is shown, and the copies of its piece, where they are looked for.
type WantedPassage = (Found, Option<Rc<Cluster>>);

/// The languages of the index, the most frequent first.
fn languages(reader: &Reader) -> Vec<Language> {
    let mut counted: Vec<_> =
        reader.manifest().totals.languages.iter().filter_map(|(code, count)| Some((*count, Language::parse(code)?))).collect();
    counted.sort_unstable_by(|a, b| b.cmp(a));
    counted.into_iter().map(|(_, language)| language).collect()
}
