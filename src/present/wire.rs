//! The wire form of answers: their JSON objects. These types are the contract with other programs; what they say is fixed, whatever becomes of
//! the types inside. The schema in `docs/schema.json` says the same, and a test holds the two together.

use std::io;
use std::ops::Range;

use serde::Serialize;
use serde_json::{Map, Value};

use super::form::Take;
use super::json::{SCHEMA, ends_lines, lined};
use crate::actors::{Actor, Mention, Name, Text};
use crate::index::StoredPassage;
use crate::search::{ActorProfile, Hit, HitMatch, PieceView, Shown, batch::RowOutcome};
use crate::text::CodePoints;

#[derive(Serialize)]
struct HitJson<'a> {
    schema: u32,
    qid: Option<&'a str>,
    rank: usize,
    score: f32,
    id: String,
    piece: PieceJson<'a>,
    passage: PassageJson<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    context: Option<ContextJson<'a>>,
    matches: Vec<MatchJson<'a>>,
    title_matches: Vec<MatchJson<'a>>,
    mentions: Vec<MentionJson<'a>>,
    copies: CopiesJson<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    signals: Option<Map<String, Value>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    change: Option<&'static str>,
}

#[derive(Serialize)]
struct PieceJson<'a> {
    id: &'a str,
    path: &'a str,
    title: Option<&'a str>,
    authors: &'a [String],
    source: Option<&'a str>,
    date: Option<&'a str>,
    lang: &'a str,
    url: Option<&'a str>,
    digest: &'a str,
    stale: bool,
}

#[derive(Serialize)]
struct PassageJson<'a> {
    start: usize,
    end: usize,
    line: Option<u64>,
    page: Option<u64>,
    lang: &'a str,
    text: &'a str,
}

#[derive(Serialize)]
struct ContextJson<'a> {
    before: &'a str,
    after: &'a str,
}

#[derive(Serialize)]
struct MatchJson<'a> {
    start: usize,
    end: usize,
    clause: &'a str,
}

#[derive(Serialize)]
struct MentionJson<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    piece: Option<&'a str>,
    start: usize,
    end: usize,
    text: &'a str,
    actor: Option<&'a str>,
    name: &'a str,
    kind: &'static str,
    listed: bool,
    rule: &'static str,
    of: Option<&'a str>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    candidates: &'a [String],
}

#[derive(Serialize)]
struct CopiesJson<'a> {
    cluster: &'a str,
    size: usize,
}

#[derive(Serialize)]
struct StatusJson<'a> {
    schema: u32,
    qid: &'a str,
    status: &'static str,
    found: u64,
    error: Option<String>,
    #[serde(rename = "in")]
    carried: &'a Map<String, Value>,
}

#[derive(Serialize)]
struct FileJson<'a> {
    schema: u32,
    qid: &'a str,
    path: &'a str,
}

fn matches_json<'a>(text: &str, matches: &'a [HitMatch]) -> Vec<MatchJson<'a>> {
    let mut points = CodePoints::of(text);
    let json = |found: &'a HitMatch| MatchJson {
        start: points.before(found.span.start),
        end: points.before(found.span.end),
        clause: &found.clause,
    };
    matches.iter().map(json).collect()
}

/// The mentions of a text; `piece` names the record that they are from.
fn mentions_json<'a>(text: &'a str, mentions: &'a [Mention], piece: Option<&'a str>) -> impl Iterator<Item = MentionJson<'a>> {
    let mut points = CodePoints::of(text);
    mentions.iter().map(move |mention| MentionJson {
        piece,
        start: points.before(mention.span.start),
        end: points.before(mention.span.end),
        text: mention.span.of(text),
        actor: mention.actor.as_deref(),
        name: &mention.name,
        kind: mention.kind.word(),
        listed: mention.listed,
        rule: mention.rule.word(),
        of: mention.of.as_deref(),
        candidates: &mention.candidates,
    })
}

fn piece_json(piece: &PieceView) -> PieceJson<'_> {
    let stored = &piece.stored;
    PieceJson {
        id: &piece.id,
        path: &piece.path,
        title: stored.title.as_deref(),
        authors: &stored.authors,
        source: stored.source.as_deref(),
        date: stored.date.as_deref(),
        lang: &stored.lang,
        url: stored.url.as_deref(),
        digest: &stored.digest,
        stale: piece.stale,
    }
}

fn passage_json<'a>(passage: &'a StoredPassage, piece: &'a PieceView) -> PassageJson<'a> {
    PassageJson {
        start: passage.start,
        end: passage.end,
        line: passage.line,
        page: passage.page,
        lang: passage.lang_in(&piece.stored),
        text: &passage.text,
    }
}

fn hit_json<'a>(hit: &'a Hit, qid: Option<&'a str>, explain: bool) -> HitJson<'a> {
    let (text, title) = (hit.passage.text.as_str(), hit.piece.stored.title.as_deref().unwrap_or_default());
    HitJson {
        schema: SCHEMA,
        qid,
        rank: hit.rank,
        score: hit.score,
        id: hit.piece.passage_id(&hit.passage),
        piece: piece_json(&hit.piece),
        passage: passage_json(&hit.passage, &hit.piece),
        context: hit.context.as_ref().map(|(before, after)| ContextJson { before, after }),
        matches: matches_json(text, &hit.matches),
        title_matches: matches_json(title, &hit.title_matches),
        mentions: mentions_json(text, &hit.mentions, None).collect(),
        copies: CopiesJson { cluster: cluster(hit), size: copies(hit) },
        change: None,
        // With all their digits: rounded ones may add up to another score.
        signals: explain.then(|| hit.signals.weighed().map(|(name, value)| (name.to_owned(), Value::from(f64::from(value)))).collect()),
    }
}

/// A hit as an object; `qid` is the id of the query that it answers, in a batch.
pub(super) fn hit(hit: &Hit, qid: Option<&str>, explain: bool, change: Option<&'static str>) -> io::Result<Vec<u8>> {
    bytes(&HitJson { change, ..hit_json(hit, qid, explain) })
}

/// A passage that an earlier run found and that is gone, as an object.
pub(super) fn gone(qid: &str, id: &str, piece: &str) -> io::Result<Vec<u8>> {
    bytes(&serde_json::json!({ "schema": SCHEMA, "qid": qid, "change": "gone", "id": id, "piece": { "id": piece } }))
}

/// A file with an answer to a query of a batch, as an object.
pub(super) fn path(qid: &str, path: &str) -> io::Result<Vec<u8>> {
    bytes(&FileJson { schema: SCHEMA, qid, path })
}

/// A number as objects have it: with no more digits than tell it from others. As a longer one it would get some that say nothing.
pub(super) fn number(number: f32) -> Value {
    number.to_string().parse::<f64>().map_or(Value::Null, Value::from)
}

/// How many pieces have the text of a hit, itself counted.
pub(super) fn copies(hit: &Hit) -> usize {
    hit.copies.size.max(1)
}

/// What these have in common.
fn cluster(hit: &Hit) -> &str {
    if hit.copies.size == 0 { hit.piece.stored.short_digest() } else { &hit.copies.cluster }
}

/// What has become of a row of a batch, as an object.
pub(super) fn status(outcome: &RowOutcome) -> io::Result<Vec<u8>> {
    let RowOutcome { row, .. } = outcome;
    let (status, found, error) = (outcome.status().word(), outcome.found(), outcome.error());
    bytes(&StatusJson { schema: SCHEMA, qid: &row.qid, status, found, error, carried: &row.carried })
}

/// `value` as JSON. See [`lined`].
pub(super) fn bytes<T: Serialize + ?Sized>(value: &T) -> io::Result<Vec<u8>> {
    let mut out = Vec::with_capacity(USUAL);
    serde_json::to_writer(&mut out, value)?;
    if !ends_lines(&out) {
        return Ok(out);
    }
    let json = String::from_utf8(out).map_err(io::Error::other)?;
    Ok(lined(json).into_bytes())
}

/// Bytes that most objects do not take.
const USUAL: usize = 4 << 10;

/// Gives `take` the mentions of a text as objects; `piece` names the record that they are from.
pub(super) fn mentions(text: &str, mentions: &[Mention], piece: Option<&str>, take: Take<'_, Vec<u8>>) -> io::Result<()> {
    mentions_json(text, mentions, piece).try_for_each(|json| take(bytes(&json)?))
}

#[derive(Serialize)]
struct ShownJson<'a> {
    schema: u32,
    id: String,
    piece: PieceJson<'a>,
    passage: PassageJson<'a>,
    mentions: Vec<MentionJson<'a>>,
    asked: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    context: Option<ContextJson<'a>>,
    others: &'a [String],
}

/// Gives `take` the passages of a piece in `range` as objects; `asked` marks the one that was asked for, if one was, with what stands around it if
/// that is wanted.
pub(super) fn shown(shown: &Shown, range: Range<usize>, around: Option<&(String, String)>, take: Take<'_, Vec<u8>>) -> io::Result<()> {
    for (at, passage) in shown.passages.iter().enumerate().take(range.end).skip(range.start) {
        let asked = shown.passage == Some(at);
        let mentions: Vec<Mention> = passage.mentions.iter().cloned().map(Into::into).collect();
        let json = ShownJson {
            schema: SCHEMA,
            id: shown.piece.passage_id(passage),
            piece: piece_json(&shown.piece),
            passage: passage_json(passage, &shown.piece),
            mentions: mentions_json(&passage.text, &mentions, None).collect(),
            asked,
            context: around.filter(|_| asked).map(|(before, after)| ContextJson { before, after }),
            others: &shown.others,
        };
        take(bytes(&json)?)?;
    }
    Ok(())
}

#[derive(Serialize)]
struct ActorJson<'a> {
    id: &'a str,
    kind: &'static str,
    name: &'a str,
    tags: &'a [Text],
    of: &'a [Text],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    offices: Vec<OfficeJson<'a>>,
    names: Vec<NameJson<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    index: Option<ProfileJson<'a>>,
}

#[derive(Serialize)]
struct OfficeJson<'a> {
    office: &'a str,
    from: &'a str,
    to: Option<&'a str>,
}

#[derive(Serialize)]
struct CountJson<'a> {
    what: &'a str,
    count: u64,
}

#[derive(Serialize)]
struct ProfileJson<'a> {
    mentions: u64,
    names: Vec<CountJson<'a>>,
    langs: Vec<CountJson<'a>>,
    months: Vec<CountJson<'a>>,
    beside: Vec<CountJson<'a>>,
}

#[derive(Serialize)]
struct NameJson<'a> {
    name: &'a str,
    form: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    lang: Option<String>,
}

/// How many of those named beside an actor are told.
const BESIDE: usize = 50;

/// An actor with its names and what an index knows of it, as an object.
pub(super) fn actor<'a>(actor: &'a Actor, names: impl Iterator<Item = &'a Name>, profile: Option<&'a ActorProfile>) -> io::Result<Vec<u8>> {
    let names = names.map(|name| NameJson {
        name: &name.text,
        form: name.form.word(),
        lang: name.language.map(|language| language.code().to_owned()),
    });
    let offices = actor.terms.iter().map(|term| OfficeJson { office: &term.office, from: &term.from, to: term.to.as_deref() });
    let counts = |counts: &'a [(String, u64)]| counts.iter().take(BESIDE).map(|(what, count)| CountJson { what, count: *count }).collect();
    let json = ActorJson {
        id: &actor.id,
        kind: actor.kind.word(),
        name: &actor.name,
        tags: &actor.tags,
        of: &actor.of,
        offices: offices.collect(),
        names: names.collect(),
        index: profile.map(|profile| ProfileJson {
            mentions: profile.mentions,
            names: counts(&profile.names),
            langs: counts(&profile.languages),
            months: profile.months.iter().map(|(what, count)| CountJson { what, count: *count }).collect(),
            beside: counts(&profile.beside),
        }),
    };
    bytes(&json)
}
