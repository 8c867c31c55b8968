//! What an index knows about actors.

use serde_json::Value;

use super::super::form::{FormArgs, Manner};
use super::super::reading::ReadArgs;
use super::super::{Failure, Outcome};
use crate::actors::{Kind, Mention};
use crate::index::{Mentioned, Reader};
use crate::present::Facts;
use crate::search::{RejectedName, actor_pairs, actor_profile, mentions_at, rejected_at};

/// Writes the `limit` actors that the index mentions most.
pub(super) fn mentioned(kind: Option<Kind>, limit: usize, read: &ReadArgs, form: &FormArgs) -> Result<Outcome, Failure> {
    let reader = read.open(true)?;
    let wanted = |one: &Mentioned| kind.is_none_or(|kind| one.kind == Some(kind));
    let row = |one: Mentioned| vec![one.actor.into(), one.mentions.into(), one.passages.into(), one.pieces.into(), one.name.into()];
    let rows = reader.mentioned()?.into_iter().filter(wanted).take(limit).map(row).collect();
    write(form, "mentioned", &["id", "mentions", "passages", "pieces", "name"], rows)
}

/// Writes who is named together.
pub(super) fn pairs(actor: Option<&str>, limit: usize, read: &ReadArgs, form: &FormArgs) -> Result<Outcome, Failure> {
    let reader = read.open(true)?;
    if let Some(id) = actor
        && reader.roster().find(id).is_none()
        && !reader.mentions(id)?
    {
        return Err(super::unknown(reader.roster(), id));
    }
    let found = actor_pairs(&reader, actor)?;
    let rows = found.iter().take(limit).map(|pair| {
        let [first, second] = &pair.actors;
        vec![first.as_str().into(), second.as_str().into(), pair.passages.into()]
    });
    write(form, "pairs", &["actor", "with", "passages"], rows.collect())
}

/// Writes what the index knows of an actor whom no roster lists, if it knows anything.
pub(super) fn unlisted(reader: &Reader, id: &str, form: &FormArgs) -> Result<bool, Failure> {
    let profile = actor_profile(reader, id)?;
    let mut rows = vec![vec![Value::from("mentions"), id.into(), profile.mentions.into()]];
    for (what, counts) in [("name", &profile.names), ("lang", &profile.languages), ("month", &profile.months), ("beside", &profile.beside)]
    {
        rows.extend(counts.iter().map(|(value, count)| vec![what.into(), value.as_str().into(), (*count).into()]));
    }
    if profile.mentions > 0 {
        write(form, "known", &["what", "value", "count"], rows)?;
    }
    Ok(profile.mentions > 0)
}

/// Says why a place is a mention, or is none.
pub(super) fn why(place: &str, read: &ReadArgs, form: &FormArgs) -> Result<Outcome, Failure> {
    let reader = read.open(true)?;
    let (written, found) = mentions_at(&reader, place)?;
    let mut rows: Vec<Vec<Value>> = Vec::new();
    for placed in &found {
        let (start, end) = placed.place;
        rows.push(vec![placed.written.as_str().into(), format!("{start}-{end}").into(), reason(&placed.mention).into()]);
    }
    if found.is_empty() {
        rows.push(vec![written.as_str().into(), Value::Null, "no mention".into()]);
        let roster = reader.roster();
        for actor in roster.named(&written) {
            let said = format!("{} ({}) has this name, but is not meant here", actor.id, actor.name);
            rows.push(vec![written.as_str().into(), Value::Null, said.into()]);
        }
        rows.extend(rejected_at(&reader, place)?.into_iter().map(|RejectedName { written, place: (start, end), evidence }| {
            vec![written.into(), format!("{start}-{end}").into(), format!("considered and rejected: {}", evidence.join(", ")).into()]
        }));
    }
    write(form, "reasons", &["written", "place", "why"], rows)?;
    Ok(if found.is_empty() { Outcome::NoHit } else { Outcome::Done })
}

fn write(form: &FormArgs, name: &'static str, columns: &'static [&'static str], rows: Vec<Vec<Value>>) -> Result<Outcome, Failure> {
    let outcome = if rows.is_empty() { Outcome::NoHit } else { Outcome::Done };
    let mut writer = form.open(Manner::default(), columns)?;
    writer.write(&Facts { name, columns, rows, below: None })?;
    writer.finish()?;
    Ok(outcome)
}

/// A mention's decision in words.
fn reason(mention: &Mention) -> String {
    let who = match &mention.actor {
        Some(actor) => format!("{actor} ({})", mention.name),
        None => format!("one of {}", mention.candidates.join(", ")),
    };
    let of = mention.of.as_deref().map(|of| format!(", by “{of}”")).unwrap_or_default();
    let listed = if mention.listed { "" } else { ", not in the roster" };
    format!("{who}{listed}: {}{of} — {}", mention.rule, mention.rule.meaning())
}
