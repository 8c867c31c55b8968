use std::io::{self, Write};

use super::block::{Block, Edit, Head, Legend, Quote, Table, TextRun};
use super::escape;
use super::form::{Format, Present};

/// One page that needs nothing beside itself: readable, printable, with a legend of actors.
#[derive(Default)]
pub(super) struct Html {
    legend: Legend,
    begun: bool,
}

/// What comes before the first block. The legend is written last, when it is known, and shown first. Nothing is fetched and nothing runs.
const HEAD: &str = r#"<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>pundit</title>
<style>
:root { color-scheme: light dark; --c0: #0b7285; --c1: #862e9c; --c2: #8a6100; --c3: #2b7a0b; --c4: #1c4fc4; --c5: #c92a2a; }
@media (prefers-color-scheme: dark) { :root { --c0: #66d9e8; --c1: #e599f7; --c2: #ffd43b; --c3: #8ce99a; --c4: #91a7ff; --c5: #ffa8a8; } }
body { display: flex; flex-direction: column; max-width: 46rem; margin: 2rem auto; padding: 0 1rem; font: 1rem/1.55 Georgia, "Noto Serif CJK SC", "Songti SC", serif; }
h1 { font-size: 1.4rem; } h2 { font-size: 1.15rem; margin: 1.6rem 0 0; }
p { margin: .4rem 0; } .facts, .note, .before, .after { opacity: .7; } .facts, .note { font-size: .85rem; overflow-wrap: anywhere; }
blockquote { margin: .8rem 0; padding-left: 1rem; border-left: 3px solid #8888; } blockquote.asked { border-left-color: var(--c5); }
mark { background: #ffe06699; color: inherit; } del { color: var(--c5); } ins { color: var(--c3); }
.a0 { color: var(--c0); } .a1 { color: var(--c1); } .a2 { color: var(--c2); } .a3 { color: var(--c3); } .a4 { color: var(--c4); } .a5 { color: var(--c5); }
.legend { order: -1; font-size: .9rem; border-bottom: 1px solid #8884; padding-bottom: .6rem; } .legend li { display: inline-block; margin-right: 1rem; } .legend ul { padding: 0; margin: 0; }
table { border-collapse: collapse; font-size: .9rem; } td, th { text-align: left; padding: .15rem .8rem .15rem 0; vertical-align: top; } tbody tr { border-top: 1px solid #8883; }
.bar { display: inline-block; height: .7rem; background: var(--c0); min-width: 1px; }
.kwic { display: grid; grid-template-columns: 1fr auto 1fr; gap: .4rem; margin: 0; white-space: nowrap; } .kwic span { overflow: hidden; } .kwic span:first-child { display: flex; justify-content: flex-end; }
@media print { body { max-width: none; margin: 0; } blockquote, tr { break-inside: avoid; } h2 { break-after: avoid; } a { color: inherit; text-decoration: none; } }
</style>
</head>
<body>
"#;

impl Format for Html {
    fn page(&mut self, out: &mut dyn Write, page: &dyn Present) -> io::Result<()> {
        self.begin(out)?;
        page.blocks(&mut self.legend)?.iter().try_for_each(|block| match block {
            Block::Heading(text) => writeln!(out, "<h1>{}</h1>", escape::html(text)),
            Block::Piece(head) => write_head(out, head),
            Block::Passage(quote) => write_quote(out, quote),
            Block::Text(runs) => writeln!(out, "<p>{}</p>", marked(runs)),
            Block::Aligned(left, keyword, right) => {
                let [left, keyword, right] = [left, keyword, right].map(|part| escape::html(part));
                writeln!(out, "<p class=\"kwic\"><span>{left}</span><mark>{keyword}</mark><span>{right}</span></p>")
            }
            Block::Note(text) => writeln!(out, "<p class=\"note\">{}</p>", escape::html(text)),
            Block::Table(table) => write_table(out, table),
        })
    }

    fn end(&mut self, out: &mut dyn Write) -> io::Result<()> {
        self.begin(out)?;
        let actors: Vec<String> = self
            .legend
            .actors()
            .enumerate()
            .map(|(number, shown)| format!("<li class=\"a{}\">{}</li>", number % 6, escape::html(shown)))
            .collect();
        if !actors.is_empty() {
            writeln!(out, "<section class=\"legend\" aria-label=\"Actors\"><ul>\n{}\n</ul></section>", actors.join("\n"))?;
        }
        writeln!(out, "</body>\n</html>")
    }
}

impl Html {
    fn begin(&mut self, out: &mut dyn Write) -> io::Result<()> {
        if std::mem::replace(&mut self.begun, true) { Ok(()) } else { out.write_all(HEAD.as_bytes()) }
    }
}

fn marked(runs: &[TextRun]) -> String {
    let mut out = String::new();
    for run in runs {
        let mut text = escape::html(&run.text);
        if let Some(number) = run.actor {
            text = format!("<span class=\"a{}\">{text}</span>", number % 6);
        }
        if run.matched {
            text = format!("<mark>{text}</mark>");
        }
        let (open, close) = match run.edit {
            Some(Edit::Removed) => ("<del>", "</del>"),
            Some(Edit::Added) => ("<ins>", "</ins>"),
            None => ("", ""),
        };
        out.extend([open, &text, close]);
    }
    out
}

fn write_head(out: &mut dyn Write, head: &Head) -> io::Result<()> {
    let title = marked(&head.title);
    let title = match head.url.as_deref().and_then(escape::web_address) {
        Some(url) => format!("<a href=\"{}\" rel=\"noreferrer\">{title}</a>", escape::html(&url)),
        None => title,
    };
    let facts: Vec<String> = head.facts.iter().chain([&head.path]).map(|fact| escape::html(fact)).collect();
    let stale = if head.stale { " (changed since it was indexed)" } else { "" };
    writeln!(out, "<h2>{title}</h2>\n<p class=\"facts\">{}{stale}</p>", facts.join(" · "))
}

fn write_quote(out: &mut dyn Write, quote: &Quote) -> io::Result<()> {
    let context = |text: &str, class: &str| match text.trim() {
        "" => String::new(),
        text => format!("<span class=\"{class}\">{}</span>", escape::html(text)),
    };
    let class = if quote.asked { " class=\"asked\"" } else { "" };
    let (before, after) = (context(&quote.before, "before"), context(&quote.after, "after"));
    writeln!(out, "<blockquote{class}><p>{before} {} {after}</p>", marked(&quote.runs))?;
    if !quote.source.is_empty() {
        writeln!(out, "<p class=\"note\">{}</p>", escape::html(&quote.source))?;
    }
    if !quote.note.is_empty() {
        writeln!(out, "<p class=\"note\">{}</p>", escape::html(&quote.note))?;
    }
    writeln!(out, "</blockquote>")
}

fn write_table(out: &mut dyn Write, table: &Table) -> io::Result<()> {
    let cells = |cells: &[String], tag: &str| {
        cells.iter().map(|cell| format!("<{tag}>{}</{tag}>", escape::html(cell))).collect::<Vec<_>>().concat()
    };
    let bars = if table.bars.is_empty() { "" } else { "<th></th>" };
    writeln!(out, "<table>\n<thead><tr>{}{bars}</tr></thead>\n<tbody>", cells(&table.columns, "th"))?;
    for (at, row) in table.rows.iter().enumerate() {
        let bar = table.bars.get(at).map(|part| format!("<td><span class=\"bar\" style=\"width: {:.2}rem\"></span></td>", part * 14.0));
        writeln!(out, "<tr>{}{}</tr>", cells(row, "td"), bar.unwrap_or_default())?;
    }
    writeln!(out, "</tbody>\n</table>")
}
