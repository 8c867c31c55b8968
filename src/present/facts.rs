//! Plain tables: what is known of an index, of a run, of actors.

use std::borrow::Cow;
use std::io;

use serde_json::Value;

use super::form::{Present, Take};
use super::lines::{cell, line};
use super::wire;
use crate::actors::{Actor, Roster};
use crate::search::ActorProfile;

/// A table of named columns, made row by row by whoever knows them.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    /// What the rows are called.
    pub name: &'static str,
    /// What the columns are called.
    pub columns: &'static [&'static str],
    /// The cells of each row, one for each column.
    pub rows: Vec<Vec<Value>>,
    /// Rows whose first cell is this belong to the one before; lines of text have them indented.
    pub below: Option<&'static str>,
}

impl Present for Facts {
    fn name(&self) -> &'static str {
        self.name
    }

    fn columns(&self) -> Vec<Cow<'static, str>> {
        self.columns.iter().map(|name| Cow::Borrowed(*name)).collect()
    }

    fn rows(&self, take: Take<'_, Vec<Value>>) -> io::Result<()> {
        self.rows.iter().try_for_each(|row| take(row.clone()))
    }

    fn lines(&self, take: Take<'_, String>) -> io::Result<()> {
        self.rows.iter().try_for_each(|row| {
            let cells: Vec<String> = self.columns.iter().zip(row).map(|(column, value)| cell(column, value)).collect();
            take(match cells.split_first() {
                Some((first, rest)) if self.below == Some(first.as_str()) => format!("  {}", rest.join("\t")),
                _ => cells.join("\t"),
            })
        })
    }
}

/// Actors.
pub struct Actors<'a> {
    /// Who.
    pub actors: Vec<&'a Actor>,
    /// Where their names are.
    pub roster: &'a Roster,
    /// Whether each is told with all its names, also a line each.
    pub whole: bool,
    /// What an index knows of each, if one was asked.
    pub profiles: Vec<ActorProfile>,
}

/// The columns of actors.
pub const ACTOR_COLUMNS: [&str; 6] = ["id", "kind", "name", "tags", "of", "names"];

impl Present for Actors<'_> {
    fn name(&self) -> &'static str {
        "actors"
    }

    fn columns(&self) -> Vec<Cow<'static, str>> {
        ACTOR_COLUMNS.map(Cow::Borrowed).to_vec()
    }

    fn rows(&self, take: Take<'_, Vec<Value>>) -> io::Result<()> {
        self.actors.iter().try_for_each(|actor| {
            let mut names: Vec<&str> = self.roster.names_of(&actor.id).map(|name| name.text.as_ref()).collect();
            names.dedup();
            take(vec![
                actor.id.as_ref().into(),
                actor.kind.word().into(),
                actor.name.as_ref().into(),
                actor.tags.as_slice().into(),
                actor.of.as_slice().into(),
                names.into(),
            ])
        })
    }

    fn objects(&self, take: Take<'_, Vec<u8>>) -> io::Result<()> {
        let profiles = self.profiles.iter().map(Some).chain(std::iter::repeat(None));
        let mut actors = self.actors.iter().zip(profiles);
        actors.try_for_each(|(actor, profile)| take(wire::actor(actor, self.roster.names_of(&actor.id), profile)?))
    }

    fn lines(&self, take: Take<'_, String>) -> io::Result<()> {
        if self.whole {
            return self.objects(&mut |object| take(String::from_utf8_lossy(&object).into_owned()));
        }
        let columns = self.columns();
        self.rows(&mut |cells| take(line(&columns, cells.get(..3).unwrap_or(&cells))))
    }
}
