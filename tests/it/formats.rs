use std::io::Write;

use super::harness::Sandbox;

/// An archive of these files.
pub fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in files {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

#[test]
fn the_path_inside_an_archive_is_part_of_the_id() {
    let sandbox = Sandbox::new();
    sandbox.write(
        "old/archive.zip",
        zip(&[("inner/a.md", b"# A\n\nCoal and iron."), ("inner/b.jsonl", b"{\"text\":\"Coal.\"}\n"), ("c.py", b"coal")]),
    );
    let ran = sandbox.index();
    assert!(ran.stderr.contains("skipped old/archive.zip/c.py: no reader"), "{ran:?}");
    let mut found = sandbox.pieces(&["coal"]);
    found.sort();
    assert_eq!(found, ["old/archive.zip/inner/a.md", "old/archive.zip/inner/b.jsonl#1"]);
    assert_eq!(sandbox.pieces(&["path:inner", "iron"]), ["old/archive.zip/inner/a.md"]);
    let shown = sandbox.run(&["show", "old/archive.zip/inner/a.md"]);
    assert!(shown.stdout.contains("Coal and iron."), "{shown:?}");
    // It is the file on disk that changes and goes.
    assert!(sandbox.index().closing().starts_with("0 new, 0 changed, 0 removed, 0 skipped (1 file unchanged)"));
    sandbox.remove("old/archive.zip");
    assert!(sandbox.index().closing().starts_with("0 new, 0 changed, 2 removed"));
}

#[test]
fn encodings_are_told_and_on_record() {
    let sandbox = Sandbox::new();
    let text = "安理会周三就新的制裁决议进行表决，十三票赞成，两票弃权。会后，多国代表发表声明，呼吁各方保持克制，通过对话解决分歧。";
    sandbox.write("gb.txt", encoding_rs::GB18030.encode(text).0);
    sandbox.write("wide.txt", text.encode_utf16().flat_map(u16::to_le_bytes).chain([b'\n', 0]).collect::<Vec<_>>());
    sandbox.write("broken.txt", [text.as_bytes(), b"\xFF", text.as_bytes()].concat());
    sandbox.index();
    let mut found = sandbox.pieces(&["\"安理会周三就新的制裁决议\"", "--copies", "show"]);
    found.sort();
    assert_eq!(found, ["broken.txt", "gb.txt", "wide.txt"]);
    let status = sandbox.run(&["status"]).stdout;
    assert!(status.contains("encoding GBK\t1 by statistics") || status.contains("encoding gb18030\t1 by statistics"), "{status}");
    assert!(status.contains("encoding UTF-16LE\t1 by statistics"), "{status}");
    assert!(status.contains("broken.txt: 1 invalid byte sequence in UTF-8"), "{status}");
    // What reads a text without an index reads the same.
    for file in ["gb.txt", "wide.txt"] {
        let tagged = sandbox.run(&["tag", file, "-f", "jsonl", "--fields", "text"]);
        assert!(tagged.code == 0 && tagged.stdout.contains("安理会"), "{tagged:?}");
        let similar = sandbox.run(&["similar", file, "-l"]);
        assert_eq!(similar.code, 0, "{similar:?}");
    }
    sandbox.write("draft.txt", encoding_rs::GB18030.encode("决议说“通过对话解决分歧”。").0);
    let verified = sandbox.run(&["verify", "draft.txt"]);
    assert_eq!(verified.code, 0, "{verified:?}");
}

#[test]
fn passages_know_their_pages() {
    let sandbox = Sandbox::new();
    let slide = |text: &str| format!("<p:sld xmlns:p='p' xmlns:a='a'><a:p><a:r><a:t>{text}</a:t></a:r></a:p></p:sld>").into_bytes();
    let long = "They spoke of many things that day, and of coal among them, and of much else besides. ".repeat(12);
    sandbox.write(
        "talk.pptx",
        zip(&[
            ("ppt/slides/slide1.xml", &slide(&long)),
            ("ppt/slides/slide2.xml", &slide(&"Then they spoke of iron, and of little else, as long as the light was good. ".repeat(20))),
        ]),
    );
    sandbox.index();
    assert_eq!(sandbox.hits(&["coal", "-n", "1"])[0]["passage"]["page"], 1);
    let hits = sandbox.hits(&["\"of iron\"", "--per-piece", "9"]);
    assert!(hits.iter().any(|hit| hit["passage"]["page"] == 2), "{hits:?}");
    // A whole piece is shown with the head of each page once, a passage with the page that it is on; tables have it last.
    let shown = sandbox.run(&["show", "talk.pptx"]).stdout;
    let heads: Vec<&str> = shown.lines().map(str::trim).filter(|line| line.starts_with("p. ")).collect();
    assert_eq!(heads, ["p. 1", "p. 2"], "{shown}");
    let on_two = hits.iter().find(|hit| hit["passage"]["page"] == 2).unwrap()["id"].as_str().unwrap();
    let shown = sandbox.run(&["show", on_two, "-C", "0", "-f", "md"]).stdout;
    assert!(shown.contains(" P. 2.") && !shown.contains("p. 1"), "{shown}");
    let rows = sandbox.run(&["show", on_two, "-f", "csv", "--fields", "page,asked"]).stdout;
    assert!(rows.starts_with("page,asked\n1,false\n") && rows.contains("2,true\n"), "{rows}");
    assert_eq!(sandbox.run(&["search", "coal", "-n", "1", "-f", "csv", "--fields", "page"]).stdout, "page\n1\n");
}
