use std::collections::{BTreeMap, BTreeSet};

use super::corpus;
use super::harness::{Ran, Sandbox, project, slice};

/// A step of a text: a file that it shows, or a command with the output that stands below, and the code with which it ends.
enum Step {
    File { name: String, text: String },
    Command { command: String, output: Vec<String>, code: i32 },
}

/// The steps of a text in Markdown: the commands in its `console` blocks, and the blocks that name a file behind their language. A command ends with
/// 0, but where the text behind it says otherwise.
fn steps(text: &str) -> Vec<Step> {
    let mut steps: Vec<Step> = Vec::new();
    let mut inside = "";
    for line in text.lines() {
        if let Some(info) = line.strip_prefix("```") {
            inside = if inside.is_empty() { if info.is_empty() { "text" } else { info } } else { "" };
            if let Some((_, name)) = inside.split_once(' ') {
                steps.push(Step::File { name: name.to_owned(), text: String::new() });
            }
        } else if inside == "console" {
            match (line.strip_prefix("$ "), steps.last_mut()) {
                (Some(command), _) => steps.push(Step::Command { command: command.to_owned(), output: Vec::new(), code: 0 }),
                (None, Some(Step::Command { output, .. })) => output.push(line.to_owned()),
                _ => panic!("output without a command: {line}"),
            }
        } else if inside.contains(' ')
            && let Some(Step::File { text, .. }) = steps.last_mut()
        {
            text.extend([line, "\n"]);
        } else if inside.is_empty()
            && let Some(said) = line.strip_prefix("The exit code is ").and_then(|said| said.split(' ').next())
            && let Some(Step::Command { code, .. }) = steps.last_mut()
        {
            *code = said.parse().unwrap();
        }
    }
    steps
}

/// The words of a command as a shell gives them: quotes join.
fn words(command: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut quote = None;
    for c in command.chars() {
        match (quote, c) {
            (None, '\'' | '"') => quote = Some(c),
            (Some(open), c) if c == open => quote = None,
            (None, ' ') => words.push(String::new()),
            (_, c) => words.last_mut().unwrap().push(c),
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

/// Whether `line` is what the README shows, where `…` stands for anything.
fn fits(shown: &str, line: &str) -> bool {
    let mut rest = line;
    for (at, part) in shown.split('…').enumerate() {
        match rest.find(part) {
            Some(0) => rest = &rest[part.len()..],
            Some(found) if at > 0 => rest = &rest[found + part.len()..],
            _ => return false,
        }
    }
    rest.is_empty() || shown.ends_with('…')
}

/// Runs a command as a shell would: `<` and `>` name files, `|` joins commands of pundit. `None` where it is another program's.
fn run(sandbox: &Sandbox, command: &str) -> Option<Ran> {
    let (command, target) = command.split_once(" > ").map_or((command, None), |(command, file)| (command, Some(file)));
    let mut input = String::new();
    let mut last = None;
    for part in command.split(" | ") {
        let arguments = part.strip_prefix("cargo run --release -- ").or_else(|| part.strip_prefix("pundit "))?;
        let arguments = match arguments.split_once(" < ") {
            Some((arguments, file)) => {
                input = std::fs::read_to_string(sandbox.path().join(file)).unwrap();
                arguments
            }
            None => arguments,
        };
        let ran = sandbox.run_with(&words(arguments), &input);
        input.clone_from(&ran.stdout);
        last = Some(ran);
    }
    let mut ran = last?;
    if let Some(file) = target {
        sandbox.write(file, std::mem::take(&mut ran.stdout));
    }
    Some(ran)
}

/// Checks that what a text shows is what happens, in a folder of its own with the sample corpus. Gives the number of commands.
fn check(path: &str) -> usize {
    let text = std::fs::read_to_string(project().join(path)).unwrap();
    let sandbox = corpus::sandbox();
    let mut count = 0;
    for step in steps(&text) {
        let (command, output, code) = match step {
            Step::File { name, text } => {
                sandbox.write(&name, text);
                continue;
            }
            Step::Command { command, output, code } => (command, output, code),
        };
        let Some(ran) = run(&sandbox, &command) else { continue };
        count += 1;
        assert_eq!(ran.code, code, "{path}: {command}\n{}\n{}", ran.stdout, ran.stderr);
        let lines: Vec<&str> = ran.stdout.lines().collect();
        let expected: Vec<&str> = output.iter().map(String::as_str).collect();
        // A last line of … stands for all that follows.
        let (expected, open) = match expected.split_last() {
            Some((&"…", before)) => (before, true),
            _ => (&expected[..], false),
        };
        assert!(
            lines.len() >= expected.len() && (open || lines.len() == expected.len()),
            "{path}: {command}\ngave:\n{}\n{}",
            ran.stdout,
            ran.stderr
        );
        for (shown, line) in expected.iter().zip(&lines) {
            assert!(fits(shown, line), "{path}: {command}\nshown: {shown}\ngiven: {line}\n\nall:\n{}\n{}", ran.stdout, ran.stderr);
        }
    }
    count
}

#[test]
fn what_the_readme_shows_is_what_happens() {
    let count = check("README.md");
    assert!(count > 5, "the README shows {count} commands of pundit");
}

#[test]
fn what_the_cookbook_shows_is_what_happens() {
    let count = check("docs/cookbook.md");
    assert!(count > 15, "the cookbook shows {count} commands of pundit");
}

/// What stands in a text between `before` and `behind`, each time.
fn between<'t>(text: &'t str, before: &str, behind: &str) -> Vec<&'t str> {
    text.split(before).skip(1).map(|rest| rest.split_once(behind).unwrap().0).collect()
}

#[test]
fn what_fzf_is_given_to_run_works() {
    let sandbox = corpus::sandbox();
    sandbox.run(&["index", "corpus"]);
    let lines = |command: &str| {
        let ran = run(&sandbox, command).unwrap();
        assert_eq!(ran.code, 0, "{command}: {ran:?}");
        ran.stdout.lines().map(ToOwned::to_owned).collect::<Vec<_>>()
    };
    for (path, recipes) in [("README.md", 1), ("docs/cookbook.md", 2)] {
        let text = std::fs::read_to_string(project().join(path)).unwrap();
        let found: Vec<&str> = text.lines().filter(|line| line.contains("fzf --")).collect();
        assert_eq!(found.len(), recipes, "{path}");
        for recipe in found {
            let list = match recipe.split_once(" | fzf ") {
                Some((list, _)) => list.to_owned(),
                None => between(recipe, "change:reload:", "' --")[0].replace("{q}", "'veto monit'"),
            };
            let listed = lines(&list);
            assert!(listed.len() > 1 && listed.iter().all(|line| line.split('\t').count() == 3), "{listed:?}");
            let id = listed[0].split('\t').next().unwrap();
            let preview = lines(&between(recipe, "--preview '", "'")[0].replace("{1}", id));
            assert!(preview.iter().any(|line| line.contains('\u{1B}')), "{preview:?}");
            assert_eq!(lines(&format!("pundit show {id}")).len(), preview.len());
        }
    }
}

#[test]
fn what_a_notebook_is_given_is_what_it_is_said_to_be() {
    let sandbox = corpus::sandbox();
    sandbox.run(&["index", "corpus"]);
    let text = std::fs::read_to_string(project().join("docs/cookbook.md")).unwrap();
    let calls: Vec<Vec<String>> = between(&text, " pundit(\"", "\")")
        .into_iter()
        .chain(between(&text, "(pundit(\"", "\")"))
        .map(|arguments| arguments.split("\", \"").map(ToOwned::to_owned).collect())
        .collect();
    let given = |command: &str| {
        let call = calls.iter().find(|call| call.join(" ").starts_with(command)).unwrap();
        let ran = sandbox.run(call);
        assert_eq!(ran.code, 0, "{call:?}: {ran:?}");
        ran
    };
    assert!(given("count").stdout.starts_with("year,pieces,passages\n"));
    let table = given("search sanctions").stdout;
    let mut table = csv::Reader::from_reader(table.as_bytes());
    let place = |name: &str, table: &mut csv::Reader<&[u8]>| table.headers().unwrap().iter().position(|column| column == name).unwrap();
    let (lang, piece) = (place("lang", &mut table), place("piece", &mut table));
    let pieces: BTreeSet<(String, String)> =
        table.records().map(|row| row.unwrap()).map(|row| (row[lang].to_owned(), row[piece].to_owned())).collect();
    let mut actors: BTreeMap<String, usize> = BTreeMap::new();
    for hit in given("search @north-korea").json_lines() {
        for mention in hit["mentions"].as_array().unwrap() {
            *actors.entry(mention["actor"].as_str().unwrap_or_default().to_owned()).or_default() += 1;
        }
    }
    for shown in between(&text, "lang\n", "Name:")[0].lines().chain(between(&text, "\nactor\n", "dtype:")[0].lines()) {
        let (name, count) = shown.split_once(' ').unwrap();
        let counted = actors.get(name).copied().unwrap_or_else(|| pieces.iter().filter(|(lang, _)| lang == name).count());
        assert_eq!(counted, count.trim().parse::<usize>().unwrap(), "{name}");
    }
}

/// Each row of the table of the query language: the query, how many pieces it finds, and what is marked first.
fn rows(readme: &str) -> Vec<[String; 3]> {
    let rows = readme.lines().skip_while(|line| !line.starts_with("| You want ")).skip(2).take_while(|line| line.starts_with('|'));
    let cells = |row: &str| row.trim_matches('|').split(" | ").map(|cell| cell.trim().to_owned()).collect::<Vec<_>>();
    rows.map(|row| match cells(row).as_slice() {
        [_, query, pieces, marked] => [query.trim_matches('`').to_owned(), pieces.clone(), marked.clone()],
        other => panic!("a row of {} cells: {row}", other.len()),
    })
    .collect()
}

#[test]
fn the_table_of_the_query_language_is_true() {
    let sandbox = corpus::sandbox();
    assert_eq!(sandbox.run(&["index", "corpus"]).code, 0);
    let rows = rows(&std::fs::read_to_string(project().join("README.md")).unwrap());
    assert!(rows.len() > 20, "{rows:?}");
    for [query, pieces, marked] in rows {
        assert_eq!(sandbox.run(&["search", "-c", &query]).stdout.trim(), pieces, "{query}");
        let hit = &sandbox.hits(&["-n", "1", &query])[0];
        let found = &hit["matches"][0];
        let text = slice(hit["passage"]["text"].as_str().unwrap(), &found["start"], &found["end"]);
        assert!(fits(&marked, &text), "{query}: {text}");
    }
}
