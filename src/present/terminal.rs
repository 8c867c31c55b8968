use std::io::{self, Write};

use super::paint::{Paint, Style};
use super::{escape, fragments};
use crate::actors::Mention;
use crate::search::{Answer, Hit, HitMatch, PieceView};
use crate::text::Span;

/// The actors that were shown, in the order in which they came up: an actor's colour is its number.
#[derive(Clone, Debug, Default)]
pub struct Legend(Vec<(String, String)>);

impl Legend {
    /// The number of the actor of `mention`, which is given one if it is new.
    fn number(&mut self, mention: &Mention) -> usize {
        let key = mention.actor.clone().unwrap_or_else(|| format!("{} ({})", mention.name, mention.candidates.join(" or ")));
        match self.0.iter().position(|(known, _)| *known == key) {
            Some(number) => number,
            None => {
                let shown = match &mention.actor {
                    Some(id) => format!("{} (@{id}, {})", mention.name, mention.kind),
                    None => format!(
                        "{} (undecided: {})",
                        mention.name,
                        mention.candidates.iter().map(|id| format!("@{id}")).collect::<Vec<_>>().join(" or ")
                    ),
                };
                self.0.push((key, shown));
                self.0.len() - 1
            }
        }
    }

    /// Writes the actors, each in its colour.
    pub fn write(&self, out: &mut dyn Write, paint: Paint) -> io::Result<()> {
        if self.0.is_empty() {
            return Ok(());
        }
        let actors: Vec<String> = self
            .0
            .iter()
            .enumerate()
            .map(|(number, (_, shown))| paint.paint(Style::Actor(number), escape::terminal(shown)).to_string())
            .collect();
        writeln!(out, "{} {}", paint.paint(Style::Faint, "actors:"), actors.join("  "))
    }
}

/// `text` with its matches and mentions marked.
#[must_use]
pub fn marked(text: &str, matches: &[HitMatch], mentions: &[Mention], legend: &mut Legend, paint: Paint) -> String {
    let matched: Vec<Span> = matches.iter().map(|found| found.span).collect();
    let named: Vec<Span> = mentions.iter().map(|mention| mention.span).collect();
    let mut out = String::with_capacity(text.len() * 2);
    for part in fragments(text.len(), &matched, &named) {
        let shown = escape::one_line(part.span.of(text));
        let actor = part.mention.and_then(|at| mentions.get(at)).map(|mention| legend.number(mention));
        let style = match (part.matched, actor) {
            (false, None) => None,
            (true, None) => Some(Style::Match),
            (false, Some(number)) => Some(Style::Actor(number)),
            (true, Some(number)) => Some(Style::MatchedActor(number)),
        };
        match style {
            Some(style) => out.push_str(&paint.paint(style, shown).to_string()),
            None => out.push_str(&shown),
        }
    }
    out
}

/// The line above a piece's passages: its title, outlet, date and path.
#[must_use]
pub fn piece_head(piece: &PieceView, title: &str, target: Option<&str>, paint: Paint) -> String {
    let stored = &piece.stored;
    let facts: Vec<String> = [stored.source.as_deref(), stored.date.as_deref(), stored.kind.as_deref()]
        .into_iter()
        .flatten()
        .map(|fact| escape::terminal(fact).into_owned())
        .collect();
    let path = escape::terminal(&piece.path);
    let path = target.map_or_else(|| path.to_string(), |target| paint.link(target, &path));
    let stale = if piece.stale { " (changed since it was indexed)" } else { "" };
    let joined = facts.iter().map(String::as_str).chain([path.as_str()]).collect::<Vec<_>>().join(" · ");
    format!("{}\n{}{stale}", paint.paint(Style::Title, title), paint.paint(Style::Faint, joined))
}

/// Writes an answer for people: grouped by piece, matches and actors marked, a legend below. `target` gives the address to which a piece's path links.
pub fn answer(
    out: &mut dyn Write,
    answer: &Answer,
    paint: Paint,
    explain: bool,
    target: impl Fn(&PieceView) -> Option<String>,
) -> io::Result<()> {
    let mut legend = Legend::default();
    let mut done: Vec<&str> = Vec::new();
    if explain {
        writeln!(out, "{} {}\n", paint.paint(Style::Faint, "understood as:"), escape::terminal(&answer.parsed))?;
    }
    for hit in &answer.hits {
        if done.contains(&hit.piece.id.as_str()) {
            continue;
        }
        done.push(&hit.piece.id);
        let stored = &hit.piece.stored;
        let title = stored.title.as_deref().unwrap_or("(untitled)");
        let title_mentions: Vec<Mention> = stored.title_mentions.iter().cloned().map(Into::into).collect();
        let title = marked(title, &hit.title_matches, &title_mentions, &mut legend, Paint::Plain);
        writeln!(out, "{}", piece_head(&hit.piece, &title, target(&hit.piece).as_deref(), paint))?;
        for passage in answer.hits.iter().filter(|other| other.piece.id == hit.piece.id) {
            write_passage(out, passage, &mut legend, paint, explain)?;
        }
        writeln!(out)?;
    }
    legend.write(out, paint)
}

fn write_passage(out: &mut dyn Write, hit: &Hit, legend: &mut Legend, paint: Paint, explain: bool) -> io::Result<()> {
    writeln!(out, "  {}", marked(&hit.passage.text, &hit.matches, &hit.mentions, legend, paint))?;
    let line = hit.passage.line.map(|line| format!(" line {line}")).unwrap_or_default();
    let score = if explain {
        let parts: Vec<String> =
            hit.signals.weighed().filter(|(_, value)| *value != 0.0).map(|(name, value)| format!("{name} {value:.3}")).collect();
        format!(" score {:.3} = {}", hit.score, if parts.is_empty() { "0".to_owned() } else { parts.join(" + ") })
    } else {
        String::new()
    };
    writeln!(out, "  {}", paint.paint(Style::Faint, format!("{}{line}{score}", hit.piece.passage_id(&hit.passage))))
}
