use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use super::boilerplate::page;
use super::copies::text;
use super::harness::Sandbox;

/// How many runs are killed: `PUNDIT_KILLS=200 cargo test --release --test it crash` is the long form.
fn kills() -> u64 {
    std::env::var("PUNDIT_KILLS").ok().and_then(|kills| kills.parse().ok()).unwrap_or(12)
}

/// Numbers that are as good as random, and the same every time.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % bound
    }
}

/// Where a file lies. Every third is a saved page.
fn place(file: u64) -> String {
    format!("d{}/f{file}.{}", file % 7, if file.is_multiple_of(3) { "html" } else { "md" })
}

fn write(sandbox: &Sandbox, file: u64, seed: u64) {
    let contents = if file.is_multiple_of(3) {
        // What the pages of a site have in common is left out while there are enough of them.
        page(
            &format!("site{}.example", file % 4),
            seed,
            &["They will speak of iron and of the ban another day."][..usize::from(!seed.is_multiple_of(5))],
        )
    } else {
        format!("# File {file}\n\n{}\n\nThey spoke of coal.\n", text(seed, 0..20))
    };
    sandbox.write(&place(file), contents);
}

/// What a search answers, without the time that it took.
fn answer(sandbox: &Sandbox, index: &str) -> Vec<String> {
    let asked: [&[&str]; 4] =
        [&["coal"], &["--any", "coal and iron and the ban"], &["path:d3", "-l"], &["\"they spoke of coal\"", "--sort", "date"]];
    let answers = asked.iter().map(|query| {
        let mut args = vec!["search", "--index", index, "-f", "jsonl", "--all"];
        args.extend(*query);
        let ran = sandbox.run(&args);
        assert!(ran.code == 0 || ran.code == 1, "{ran:?}");
        ran.stdout
    });
    answers.collect()
}

fn checked(sandbox: &Sandbox, index: &str) {
    let ran = sandbox.run(&["check", "--index", index]);
    assert_eq!((ran.code, ran.stdout.as_str()), (0, ""), "{ran:?}");
}

/// Begins to index.
fn begun(sandbox: &Sandbox) -> Child {
    Command::new(env!("CARGO_BIN_EXE_pundit"))
        .args(["index", ".", "--index", "ix", "--quiet"])
        .current_dir(sandbox.path())
        .env_clear()
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

/// Indexes, and kills the program once its folder was looked at so many times.
fn killed(sandbox: &Sandbox, looks: u64) {
    let mut child = begun(sandbox);
    let folder = sandbox.path().join("ix/index");
    for _ in 0..looks {
        let _entries = fs::read_dir(&folder).map(Iterator::count);
        if child.try_wait().unwrap().is_some() {
            break;
        }
    }
    let _ended = child.kill();
    child.wait().unwrap();
}

#[test]
fn a_run_that_is_killed_loses_nothing_that_was_committed() {
    let sandbox = Sandbox::new();
    let mut numbers = Numbers(7);
    (0..60).for_each(|file| write(&sandbox, file, file));
    for round in 0..kills() {
        // Half the time something is new, changed or gone.
        if round % 2 == 1 {
            for _ in 0..10 {
                let (file, seed) = (numbers.below(90), numbers.below(10_000));
                write(&sandbox, file, seed);
            }
            let gone = numbers.below(60);
            let _was_there = fs::remove_file(sandbox.path().join(place(gone)));
        }
        let looks = numbers.below(3_000);
        killed(&sandbox, looks);
        let ran = sandbox.run(&["search", "--index", "ix", "coal", "-c"]);
        if ran.code == 3 {
            // Nothing was committed yet, or nothing that was read.
            let is_told = ["no index at", "has not finished"].iter().any(|told| ran.stderr.contains(told));
            assert!(is_told, "{ran:?}");
        } else {
            checked(&sandbox, "ix");
        }
        if round % 4 == 3 {
            assert_eq!(sandbox.run(&["index", ".", "--index", "ix"]).code, 0);
            checked(&sandbox, "ix");
        }
    }
    assert_eq!(sandbox.run(&["index", ".", "--index", "ix"]).code, 0);
    assert_eq!(sandbox.run(&["index", ".", "--index", "fresh", "--exclude", "/ix"]).code, 0);
    checked(&sandbox, "ix");
    assert_eq!(answer(&sandbox, "ix"), answer(&sandbox, "fresh"));
}

fn files_of(folder: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_file()).collect();
    files.sort();
    files
}

/// Changes some files, and gives how many pieces speak of coal.
fn changed(sandbox: &Sandbox, numbers: &mut Numbers, files: u64) -> u64 {
    for _ in 0..files / 3 {
        let (file, seed) = (numbers.below(files), numbers.below(10_000));
        write(sandbox, file, seed);
    }
    (0..files).filter(|&file| sandbox.path().join(place(file)).exists()).count() as u64
}

#[test]
fn writers_at_once_do_no_harm() {
    let sandbox = Sandbox::new();
    let mut numbers = Numbers(11);
    (0..40).for_each(|file| write(&sandbox, file, file));
    for _ in 0..3 {
        changed(&sandbox, &mut numbers, 60);
        let mut writers: Vec<Child> = (0..4).map(|_| begun(&sandbox)).collect();
        let codes: Vec<Option<i32>> = writers.iter_mut().map(|writer| writer.wait().unwrap().code()).collect();
        assert!(codes.iter().all(|code| matches!(code, Some(0 | 3))) && codes.contains(&Some(0)), "{codes:?}");
        checked(&sandbox, "ix");
    }
    assert_eq!(sandbox.run(&["index", ".", "--index", "ix"]).code, 0);
    assert_eq!(sandbox.run(&["index", ".", "--index", "fresh", "--exclude", "/ix"]).code, 0);
    assert_eq!(answer(&sandbox, "ix"), answer(&sandbox, "fresh"));
}

/// Copies the files of a folder, as far as they are still there.
fn copied(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for path in files_of(from) {
        let _vanished = fs::copy(&path, to.join(path.file_name().unwrap()));
    }
}

#[test]
fn an_index_can_be_read_and_copied_while_it_is_written() {
    let sandbox = Sandbox::new();
    let mut numbers = Numbers(13);
    (0..40).for_each(|file| write(&sandbox, file, file));
    assert_eq!(sandbox.run(&["index", ".", "--index", "ix"]).code, 0);
    let mut counts = vec![40];
    for round in 0..4 {
        let mut copies = 0;
        let before: u64 = sandbox.run(&["search", "--index", "ix", "coal", "-c"]).stdout.trim().parse().unwrap();
        let after = changed(&sandbox, &mut numbers, 60);
        counts.push(after);
        let mut child = begun(&sandbox);
        loop {
            let over = child.try_wait().unwrap().is_some();
            let ran = sandbox.run(&["search", "--index", "ix", "coal", "-c"]);
            let found: u64 = ran.stdout.trim().parse().unwrap_or_else(|_| panic!("{ran:?}"));
            assert!(found == before || found == after, "{found} is neither {before} nor {after}");
            if copies < 5 {
                copied(&sandbox.path().join("ix/index"), &sandbox.path().join(format!(".copy{round}-{copies}/index")));
                copies += 1;
            }
            if over {
                break;
            }
        }
    }
    for copy in fs::read_dir(sandbox.path()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()) {
        if !copy.starts_with(".copy") {
            continue;
        }
        // What was copied in the middle is as it was before or behind it, says so, and an update makes it whole.
        let ran = sandbox.run(&["check", "--index", &copy]);
        let searched = sandbox.run(&["search", "--index", &copy, "coal", "-c"]);
        let found: u64 = searched.stdout.trim().parse().unwrap_or_else(|_| panic!("{searched:?}"));
        assert!(counts.contains(&found), "{found} is none of {counts:?}");
        let is_earlier = ran.code == 3 && ran.stdout.starts_with("files of the last update are missing");
        assert!(
            (ran.code == 0 || is_earlier) && is_earlier == searched.stderr.contains("these results are from before it"),
            "{ran:?} {searched:?}"
        );
        let ran = sandbox.run(&["index", ".", "--index", &copy]);
        assert_eq!(ran.code, 0, "{ran:?}");
        checked(&sandbox, &copy);
        assert_eq!(sandbox.run(&["search", "--index", &copy, "coal", "-c"]).stdout.trim().parse(), Ok(*counts.last().unwrap()));
    }
}

#[cfg(unix)]
#[test]
fn a_folder_that_cannot_be_written_is_told() {
    use std::os::unix::fs::PermissionsExt;
    let sandbox = Sandbox::new();
    write(&sandbox, 1, 1);
    sandbox.index();
    let folder = sandbox.path().join(".pundit/index");
    let set = |mode| fs::set_permissions(&folder, fs::Permissions::from_mode(mode)).unwrap();
    set(0o555);
    let is_administrator = fs::write(folder.join("probe"), "x").is_ok();
    if !is_administrator {
        assert_eq!(sandbox.pieces(&["coal"]), ["d1/f1.md"], "what cannot be written can be read");
        write(&sandbox, 2, 2);
        let ran = sandbox.run(&["index", "."]);
        assert_eq!(ran.code, 3, "{ran:?}");
    }
    set(0o755);
}

#[test]
fn a_first_run_that_is_stopped_is_told_and_gone_on_with() {
    let sandbox = Sandbox::new();
    (0..60).for_each(|file| write(&sandbox, file, file));
    let is_begun = || fs::read_to_string(sandbox.path().join("ix/index/meta.json")).is_ok_and(|meta| meta.contains("unread"));
    let mut child = begun(&sandbox);
    while !is_begun() {
        assert!(child.try_wait().unwrap().is_none(), "it has ended, and never said what it was about");
    }
    let _ended = child.kill();
    child.wait().unwrap();
    for args in [&["search", "coal"][..], &["status"], &["count", "coal"]] {
        let ran = sandbox.run(&[args, &["--index", "ix"]].concat());
        assert!(ran.code == 3 && ran.stderr.contains("has not finished") && ran.stderr.contains("pundit index"), "{ran:?}");
    }
    assert!(sandbox.run(&["index", "--index", "ix"]).closing().starts_with("60 new"));
    let ran = sandbox.run(&["search", "--index", "ix", "coal", "-c"]);
    assert_eq!((ran.stdout.as_str(), ran.stderr.as_str()), ("60\n", ""));
    // Nor does one that was begun and holds nothing know of any folder.
    fs::create_dir_all(sandbox.path().join("none/index")).unwrap();
    assert_eq!(sandbox.run(&["index", "--index", "none"]).code, 3);
}
