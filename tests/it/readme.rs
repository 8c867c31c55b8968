use super::corpus;
use super::harness::project;

/// A command that the README shows, and the output that it shows below.
struct Shown {
    command: String,
    output: Vec<String>,
}

/// The commands in the README's `console` blocks.
fn shown() -> Vec<Shown> {
    let readme = std::fs::read_to_string(project().join("README.md")).unwrap();
    let mut shown: Vec<Shown> = Vec::new();
    let mut inside = false;
    for line in readme.lines() {
        if line.starts_with("```") {
            inside = line == "```console";
        } else if inside {
            match line.strip_prefix("$ ") {
                Some(command) => shown.push(Shown { command: command.to_owned(), output: Vec::new() }),
                None => shown.last_mut().expect("output without a command").output.push(line.to_owned()),
            }
        }
    }
    shown
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

#[test]
fn what_the_readme_shows_is_what_happens() {
    let sandbox = corpus::sandbox();
    let mut run = 0;
    for Shown { command, output } in shown() {
        let Some(arguments) = command.strip_prefix("cargo run --release -- ").or_else(|| command.strip_prefix("pundit ")) else { continue };
        run += 1;
        let (arguments, input) = match arguments.split_once(" < ") {
            Some((arguments, file)) => (arguments, std::fs::read_to_string(sandbox.path().join(file)).unwrap()),
            None => (arguments, String::new()),
        };
        let ran = sandbox.run_with(&words(arguments), &input);
        let lines: Vec<&str> = ran.stdout.lines().collect();
        let expected: Vec<&str> = output.iter().map(String::as_str).collect();
        // A last line of … stands for all that follows.
        let (expected, open) = match expected.split_last() {
            Some((&"…", before)) => (before, true),
            _ => (&expected[..], false),
        };
        assert!(
            lines.len() >= expected.len() && (open || lines.len() == expected.len()),
            "{command}\ngave:\n{}\n{}",
            ran.stdout,
            ran.stderr
        );
        for (shown, line) in expected.iter().zip(&lines) {
            assert!(fits(shown, line), "{command}\nshown: {shown}\ngiven: {line}\n\nall:\n{}\n{}", ran.stdout, ran.stderr);
        }
    }
    assert!(run > 5, "the README shows {run} commands of pundit");
}
