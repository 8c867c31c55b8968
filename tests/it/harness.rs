use std::ffi::OsStr;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;
use tempfile::TempDir;

/// A folder of its own for one test, with an environment of nothing but itself.
pub struct Sandbox {
    dir: TempDir,
}

/// What a run of the program gave.
#[derive(Debug)]
pub struct Ran {
    pub stdout: String,
    pub stderr: String,
    pub code: i32,
}

impl Sandbox {
    pub fn new() -> Self {
        Self { dir: tempfile::tempdir().unwrap() }
    }

    /// A sandbox with these files.
    pub fn with(files: &[(&str, &str)]) -> Self {
        let sandbox = Self::new();
        for (path, contents) in files {
            sandbox.write(path, contents);
        }
        sandbox
    }

    /// The folder, without links.
    pub fn path(&self) -> PathBuf {
        self.dir.path().canonicalize().unwrap()
    }

    pub fn write(&self, path: &str, contents: impl AsRef<[u8]>) {
        let path = self.dir.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, contents).unwrap();
    }

    pub fn remove(&self, path: &str) {
        fs::remove_file(self.dir.path().join(path)).unwrap();
    }

    /// Sets the time of a file's last change to `seconds` after 1970: tests never wait for a clock.
    pub fn touch(&self, path: &str, seconds: u64) {
        let file = fs::File::options().write(true).open(self.dir.path().join(path)).unwrap();
        file.set_modified(std::time::UNIX_EPOCH + std::time::Duration::from_secs(seconds)).unwrap();
    }

    /// Runs the program here.
    pub fn run<A: AsRef<OsStr>>(&self, args: &[A]) -> Ran {
        self.run_with(args, "")
    }

    /// Runs the program here, with something on standard input.
    pub fn run_with<A: AsRef<OsStr>>(&self, args: &[A], input: &str) -> Ran {
        let mut child = Command::new(env!("CARGO_BIN_EXE_pundit"))
            .args(args)
            .current_dir(self.dir.path())
            .env_clear()
            .env("HOME", self.dir.path().join("home"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
        let output = child.wait_with_output().unwrap();
        Ran {
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
            code: output.status.code().unwrap_or(-1),
        }
    }

    /// Indexes the whole sandbox, which must go well.
    pub fn index(&self) -> Ran {
        let ran = self.run(&["index", "."]);
        assert_eq!(ran.code, 0, "{ran:?}");
        ran
    }

    /// The hits of a search as JSON.
    pub fn hits(&self, args: &[&str]) -> Vec<Value> {
        let mut all = vec!["search", "-f", "jsonl"];
        all.extend(args);
        let ran = self.run(&all);
        let hits = ran.json_lines();
        // An error finds nothing either, but is no answer.
        assert_eq!(ran.code, i32::from(hits.is_empty()), "{args:?} {ran:?}");
        hits
    }

    /// The ids of the pieces that a search finds, the first first.
    pub fn pieces(&self, args: &[&str]) -> Vec<String> {
        let mut all = vec!["--per-piece", "1"];
        all.extend(args);
        self.hits(&all).iter().map(|hit| hit["piece"]["id"].as_str().unwrap().to_owned()).collect()
    }
}

impl Ran {
    /// The lines of standard output as JSON values.
    pub fn json_lines(&self) -> Vec<Value> {
        self.stdout.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"))).collect()
    }

    /// The closing line of an update.
    pub fn closing(&self) -> &str {
        self.stderr
            .lines()
            .find(|line| line.contains(" new, "))
            .unwrap_or_else(|| panic!("no closing line: {self:?}"))
            .split_once(": ")
            .unwrap()
            .1
    }
}

/// The root of the project.
pub fn project() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The characters of `text` from code point `start` to `end`, as a Python slice gives them.
pub fn slice(text: &str, start: &Value, end: &Value) -> String {
    let (start, end) = (start.as_u64().unwrap(), end.as_u64().unwrap());
    text.chars().skip(usize::try_from(start).unwrap()).take(usize::try_from(end - start).unwrap()).collect()
}
