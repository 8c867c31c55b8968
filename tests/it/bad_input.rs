use std::io::{Cursor, Write};

use super::harness::{Ran, Sandbox};

/// Indexes the sandbox and gives the run and what the status says was skipped.
fn skipped(sandbox: &Sandbox) -> (Ran, Vec<String>) {
    let ran = sandbox.run(&["index", "."]);
    let status = sandbox.run(&["status"]);
    let lines = status.stdout.lines().filter_map(|line| line.strip_prefix("  ")).map(ToOwned::to_owned).collect();
    (ran, lines)
}

const GOOD: (&str, &str) = ("good.txt", "Coal is good.\n");

#[test]
fn a_missing_path_is_an_error() {
    let ran = Sandbox::new().run(&["index", "nowhere"]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.starts_with("error: no such file or folder: nowhere\nhint: "), "{ran:?}");
}

#[test]
fn an_index_is_not_indexed_itself() {
    let sandbox = Sandbox::with(&[("a.txt", "Coal.\n"), ("ix/b.txt", "Iron.\n")]);
    sandbox.index();
    for own in [".pundit", ".pundit/index", "./.pundit/index/meta.json"] {
        for command in ["index", "watch"] {
            let ran = sandbox.run(&[command, own]);
            assert_eq!(ran.code, 2, "{ran:?}");
            assert!(ran.stderr.contains(&format!("{own} is the index itself\nhint: name the folder")), "{ran:?}");
        }
    }
    assert_eq!(sandbox.run(&["status"]).stdout.lines().filter(|line| line.starts_with("root")).count(), 1);
    // What lies beside it in a folder by another name may be meant.
    assert_eq!(sandbox.run(&["index", "ix", "--index", "ix"]).code, 0);
    assert_eq!(sandbox.run(&["search", "iron", "-l", "--index", "ix"]).stdout, "b.txt\n");
}

#[test]
fn an_empty_folder_is_no_error() {
    let ran = Sandbox::new().run(&["index", "."]);
    assert_eq!((ran.code, ran.closing()), (0, "0 new, 0 changed, 0 removed, 0 skipped (0 files unchanged)"));
    assert!(ran.stderr.contains("hint: no readable files there"), "{ran:?}");
}

#[test]
fn files_that_are_no_text_are_skipped_with_the_reason() {
    let sandbox = Sandbox::with(&[
        GOOD,
        ("empty.txt", ""),
        ("notes.docm", "x"),
        ("notes.key", "x"),
        ("rows.json", "{\"a\": 1}"),
        ("nothing.html", "<html><body></body></html>"),
        ("broken.json", "{\"title\": "),
        ("shape.json", "[1, 2]"),
    ]);
    sandbox.write("binary.txt", b"\x7fELF\0\0\0\x01");
    let (ran, skips) = skipped(&sandbox);
    assert_eq!((ran.code, ran.closing()), (2, "1 new, 0 changed, 0 removed, 9 skipped (0 files unchanged)"));
    assert_eq!(
        skips,
        [
            "binary.txt: binary data, not text",
            "broken.json: broken JSON: EOF while parsing a value at line 1 column 10",
            "empty.txt: neither text nor title",
            "notes.docm: a broken file: it does not begin as its name says",
            "notes.key: no reader for this kind of file (.key)",
            "nothing.html: no main text found in this HTML",
            "rows.json: no record with a title or text in this JSON",
            "shape.json, line 1: no record with a title or text in this JSON",
            "shape.json: 1 more",
        ]
    );
    assert_eq!(sandbox.pieces(&["coal"]), ["good.txt"]);
    // Skipped files that have not changed are not read again, but still listed.
    let (ran, again) = skipped(&sandbox);
    assert_eq!((ran.code, ran.closing(), again), (0, "0 new, 0 changed, 0 removed, 0 skipped (9 files unchanged)", skips));
}

#[test]
fn what_is_broken_ends_with_2_and_what_is_not_for_us_does_not() {
    let pdf = "%PDF-1.4\nthis is no document";
    for (name, bytes, code) in [
        ("broken.json", "{\"title\": ", 2),
        ("broken.jsonl", "{\"text\":\"Oil.\"}\nbroken\n", 2),
        ("broken.docx", "x", 2),
        ("broken.pdf", pdf, 2),
        ("nothing.html", "<html><body></body></html>", 0),
        ("rows.json", "{\"a\": 1}", 0),
        ("empty.md", "", 0),
        ("empty.json", "[]", 0),
        ("head.csv", "title,text\n", 0),
        ("blank.jsonl", "\n\n", 0),
        ("feed.xml", "<rss version=\"2.0\"><channel><title>x</title></channel></rss>", 0),
        ("empty.zip", "PK\u{5}\u{6}\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", 0),
    ] {
        let sandbox = Sandbox::with(&[GOOD, (name, bytes)]);
        assert_eq!(sandbox.run(&["index", "."]).code, code, "index with {name}");
        assert_eq!(sandbox.run(&["tag", name]).code, code, "tag {name}");
        assert!(sandbox.run(&["status"]).stdout.contains(&format!("\n  {name}")), "{name}");
    }
    let sandbox = Sandbox::with(&[GOOD, ("film.mp4", "x")]);
    assert_eq!(sandbox.run(&["index", "."]).code, 0, "a file of another kind is a skip");
}

#[test]
fn a_broken_line_among_good_ones_costs_itself() {
    let lines = "{\"id\":\"a\",\"text\":\"Coal.\"}\n{\"id\":\"b\",\"text\":\n\n{\"id\":\"c\",\"text\":\"Coal too.\"}\n\"no record\"\n";
    let sandbox = Sandbox::with(&[("r.jsonl", lines)]);
    let (ran, skips) = skipped(&sandbox);
    assert_eq!(ran.closing(), "2 new, 0 changed, 0 removed, 2 skipped (0 files unchanged)");
    assert_eq!(skips.len(), 2);
    assert!(skips[0].starts_with("r.jsonl, line 2: broken JSON: "), "{skips:?}");
    assert!(skips[1].starts_with("r.jsonl, line 5: "), "{skips:?}");
    assert_eq!(sandbox.pieces(&["coal"]), ["a", "c"]);
}

#[cfg(unix)]
#[test]
fn an_index_that_may_not_be_read_is_not_taken_for_a_damaged_one() {
    use std::os::unix::fs::PermissionsExt;
    let sandbox = Sandbox::with(&[GOOD]);
    sandbox.index();
    let meta = sandbox.path().join(".pundit/index/meta.json");
    std::fs::set_permissions(&meta, std::fs::Permissions::from_mode(0o000)).unwrap();
    // An administrator reads everything.
    let may_read = std::fs::read(&meta).is_ok();
    for command in [&["search", "coal"][..], &["check"]] {
        let ran = sandbox.run(command);
        let told = ran.stderr.contains("meta.json, which is part of an index: Permission denied") && !ran.stderr.contains("damaged");
        assert_eq!((ran.code, told), if may_read { (0, false) } else { (3, true) }, "{ran:?}");
    }
}

/// Locked documents count as failures, and a quiet run tells them, too.
#[test]
fn what_could_not_be_read_is_told_however_quiet_the_run() {
    let locked = [b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".as_slice(), &[0; 600]].concat();
    let sandbox = Sandbox::with(&[GOOD]);
    sandbox.write("locked.docx", &locked);
    sandbox.write("old.doc", &locked);
    let ran = sandbox.run(&["index", ".", "-q"]);
    assert_eq!((ran.code, ran.stderr.as_str()), (2, "skipped locked.docx: encrypted\n"));
    sandbox.remove("locked.docx");
    let ran = sandbox.run(&["index", ".", "-q"]);
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""));
}

#[cfg(unix)]
#[test]
fn an_unreadable_file_is_told_and_tried_again() {
    use std::os::unix::fs::PermissionsExt;
    let sandbox = Sandbox::with(&[GOOD, ("secret.txt", "Coal in secret.\n")]);
    let secret = sandbox.path().join("secret.txt");
    let set = |mode| std::fs::set_permissions(&secret, std::fs::Permissions::from_mode(mode)).unwrap();
    set(0o000);
    let (ran, skips) = skipped(&sandbox);
    if std::fs::read(&secret).is_ok() {
        // An administrator reads everything: then it is indexed like any other.
        assert_eq!((ran.code, skips.len()), (0, 0));
    } else {
        let told = "secret.txt: cannot be read: Permission denied (os error 13)".to_owned();
        assert_eq!((ran.code, skips), (2, vec![told.clone()]));
        assert_eq!(sandbox.pieces(&["coal"]), ["good.txt"]);
        // It is told again, but the index is not out of date for it, and nothing is written.
        let meta = || std::fs::read(sandbox.path().join(".pundit/index/meta.json")).unwrap();
        let before = meta();
        let (ran, skips) = skipped(&sandbox);
        assert_eq!((ran.code, ran.closing()), (2, "0 new, 0 changed, 0 removed, 1 skipped (1 file unchanged)"));
        assert!(ran.stderr.contains(&told) && skips == [told] && meta() == before, "{ran:?}");
        assert_eq!(sandbox.run(&["search", "coal", "--fail-stale", "-q"]).code, 0);
        set(0o600);
        assert_eq!(sandbox.run(&["search", "coal", "--fail-stale", "-q"]).code, 3);
        assert_eq!(sandbox.index().closing(), "0 new, 1 changed, 0 removed, 0 skipped (1 file unchanged)");
    }
}

#[cfg(unix)]
#[test]
fn links_and_special_files_are_skipped() {
    let sandbox = Sandbox::with(&[("a/good.txt", "Coal.\n")]);
    std::os::unix::fs::symlink(sandbox.path(), sandbox.path().join("a/loop")).unwrap();
    std::os::unix::fs::symlink("/etc/hostname", sandbox.path().join("a/out.txt")).unwrap();
    let (ran, skips) = skipped(&sandbox);
    assert_eq!((ran.code, ran.closing()), (0, "1 new, 0 changed, 0 removed, 2 skipped (0 files unchanged)"));
    assert!(skips[0].starts_with("a/loop: a symbolic link to /"), "{skips:?}");
    assert_eq!(skips[1], "a/out.txt: a symbolic link to /etc/hostname is not followed");
}

#[test]
fn a_single_line_of_fifty_megabytes_is_indexed() {
    let sandbox = Sandbox::with(&[("long.txt", &"coal and steel go on and on ".repeat(1_900_000)), GOOD]);
    let ran = sandbox.run(&["index", "."]);
    assert_eq!((ran.code, ran.closing()), (0, "8 new, 0 changed, 0 removed, 0 skipped (0 files unchanged)"));
    assert_eq!(sandbox.run(&["search", "steel", "-c"]).stdout, "7\n");
}

#[test]
fn a_missing_or_foreign_index_says_what_to_do() {
    let sandbox = Sandbox::with(&[("other/index/file.txt", "x")]);
    let ran = sandbox.run(&["search", "coal"]);
    assert_eq!(ran.code, 3);
    assert!(ran.stderr.contains("no index here") && ran.stderr.contains("hint: create one with: pundit index FOLDER"), "{ran:?}");
    let ran = sandbox.run(&["search", "coal", "--index", "nowhere"]);
    assert_eq!(ran.code, 3);
    assert!(ran.stderr.contains("no index at"), "{ran:?}");
    let ran = sandbox.run(&["search", "coal", "--index", "other/index/file.txt"]);
    assert!(ran.code == 3 && ran.stderr.contains("is not a pundit index\nhint: name the folder"), "{ran:?}");
    for command in [["search", "coal"], ["index", "."]] {
        let mut args = command.to_vec();
        args.extend(["--index", "other"]);
        let ran = sandbox.run(&args);
        assert_eq!(ran.code, 3, "{ran:?}");
        assert!(ran.stderr.contains("is not a pundit index"), "{ran:?}");
    }
}

#[test]
fn an_index_of_another_version_says_what_to_do() {
    let sandbox = Sandbox::with(&[GOOD]);
    sandbox.index();
    let index = sandbox.path().join(".pundit/index");
    // Another version has no record of this one's update, by which a change would be damage.
    let records = std::fs::read_dir(&index)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|end| end == "commit"));
    records.for_each(|record| std::fs::remove_file(record).unwrap());
    let meta = index.join("meta.json");
    let text = std::fs::read_to_string(&meta).unwrap();
    let written = format!("\\\"format\\\":{}", pundit::index::FORMAT_VERSION);
    std::fs::write(&meta, text.replace(&written, "\\\"format\\\":999")).unwrap();
    let ran = sandbox.run(&["search", "coal"]);
    assert_eq!(ran.code, 3);
    assert!(ran.stderr.contains("was written in format 999.") && ran.stderr.contains("hint: remove "), "{ran:?}");
}

#[test]
fn a_vanished_root_is_not_taken_for_an_emptied_one() {
    let sandbox = Sandbox::with(&[("a/good.txt", "Coal.\n")]);
    sandbox.run(&["index", "a"]);
    std::fs::rename(sandbox.path().join("a"), sandbox.path().join("b")).unwrap();
    let ran = sandbox.run(&["index"]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("is gone; nothing was removed"), "{ran:?}");
    assert_eq!(sandbox.run(&["search", "coal", "-c"]).stdout, "1\n");
    let ran = sandbox.run(&["search", "coal", "--fail-stale"]);
    assert!(ran.code == 3 && ran.stderr.contains("out of date") && ran.stdout.is_empty(), "{ran:?}");
}

#[test]
fn syntax_errors_show_the_place() {
    let sandbox = Sandbox::with(&[GOOD]);
    sandbox.index();
    let ran = sandbox.run(&["search", "制裁 AND (oil OR"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (2, ""));
    assert_eq!(
        ran.stderr,
        "error: OR needs something on both sides\n  制裁 AND (oil OR\n                ^^\nhint: add a term after it, or write or in lower case to search for the word\n"
    );
}

#[test]
fn no_hit_is_told_by_the_exit_code() {
    let sandbox = Sandbox::with(&[GOOD]);
    sandbox.index();
    let ran = sandbox.run(&["search", "unobtainium"]);
    assert_eq!((ran.code, ran.stdout.as_str(), ran.stderr.as_str()), (1, "", "no piece matches\n"));
    assert_eq!(sandbox.run(&["search", "unobtainium", "--zero-ok"]).code, 0);
    assert_eq!(sandbox.run(&["search", "coal", "-q"]).code, 0);
    assert_eq!(sandbox.run(&["search", "coal", "--since", "soon"]).code, 2);
    assert_eq!(sandbox.run(&["serch", "coal"]).code, 2);
}

#[test]
fn escape_sequences_never_reach_the_output() {
    let sandbox = Sandbox::with(&[("a.md", "---\ntitle: \"T\\e[31m\"\n---\nCoal \u{1B}]0;owned\u{7}\u{202E}evil.\n")]);
    sandbox.index();
    for args in [["search", "coal", "--color", "never"], ["search", "coal", "--color", "always"], ["show", "a.md", "--color", "always"]] {
        let ran = sandbox.run(&args);
        assert!(ran.stdout.contains("evil"), "{ran:?}");
        assert!(
            !ran.stdout.contains("\u{1B}]0")
                && !ran.stdout.contains('\u{7}')
                && !ran.stdout.contains('\u{202E}')
                && !ran.stdout.contains("\u{1B}[31m\u{1B}"),
            "{ran:?}"
        );
    }
}

#[test]
fn what_is_no_number_is_told_with_what_to_write() {
    let sandbox = Sandbox::with(&[GOOD]);
    for (args, told) in [
        (&["index", ".", "--threads", "two"][..], "'two' for '--threads <N>': write a whole number, such as 4"),
        (&["search", "coal", "--offset", ""], "'' for '--offset <N>': write a whole number, such as 4"),
        (&["search", "coal", "-n", "99999999999999999999"], "'99999999999999999999' for '--limit <N>': the number is too large"),
    ] {
        let ran = sandbox.run(args);
        assert_eq!((ran.code, ran.stdout.as_str()), (2, ""), "{ran:?}");
        assert!(ran.stderr.contains(told), "{ran:?}");
    }
}

/// An archive with some of its bytes other than they were.
fn spoiled(archive: &[u8], seed: usize) -> Vec<u8> {
    let mut bytes = archive.to_vec();
    let mut at = seed * 7;
    for step in 0..=seed % 5 {
        at = (at * 31 + 17 * (step + 1)) % bytes.len();
        bytes[at] ^= 1 << (seed % 8);
    }
    if seed.is_multiple_of(4) {
        bytes.truncate(bytes.len() - seed % bytes.len());
    }
    bytes
}

#[test]
fn no_spoiled_archive_stops_a_run_or_is_passed_over() {
    let sandbox = Sandbox::with(&[GOOD]);
    let text = "The ministers spoke of steel, grain and the price of both.\n".repeat(40);
    let inside = [("a.txt", text.as_str()), ("b/c.txt", "A second text about steel.\n"), ("d.jsonl", "{\"text\":\"Steel again.\"}\n")];
    let (mut zip, mut tar) = (zip::ZipWriter::new(Cursor::new(Vec::new())), Vec::new());
    for (name, text) in inside {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
        let mut header = vec![0_u8; 512];
        header[..name.len()].copy_from_slice(name.as_bytes());
        header[124..135].copy_from_slice(format!("{:011o}", text.len()).as_bytes());
        header[156] = b'0';
        let sum = header.iter().map(|&byte| u64::from(byte)).sum::<u64>() + 8 * 32;
        header[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
        tar.extend(header);
        tar.extend(text.as_bytes());
        tar.resize(tar.len().next_multiple_of(512), 0);
    }
    tar.resize(tar.len() + 1024, 0);
    let zip = zip.finish().unwrap().into_inner();
    let zst = ruzstd::encoding::compress_to_vec(&tar[..], ruzstd::encoding::CompressionLevel::Fastest);
    let mut names = Vec::new();
    for (ending, archive) in [("zip", &zip), ("tar", &tar), ("tar.zst", &zst)] {
        for seed in 0..60 {
            let name = format!("{seed:02}.{ending}");
            sandbox.write(&name, spoiled(archive, seed));
            names.push(name);
        }
    }
    let (ran, skips) = skipped(&sandbox);
    assert!(ran.code == 2 && !ran.stderr.contains("internal error"), "{ran:?}");
    assert_eq!(sandbox.pieces(&["coal"]), ["good.txt"]);
    let found = sandbox.pieces(&["steel", "--all", "--copies", "show"]);
    for name in names {
        let is_told = skips.iter().any(|line| line.starts_with(&name)) || found.iter().any(|piece| piece.starts_with(&name));
        assert!(is_told, "{name}: {skips:#?}");
    }
    assert!(sandbox.run(&["index", "."]).closing().ends_with("0 skipped (181 files unchanged)"));
}
