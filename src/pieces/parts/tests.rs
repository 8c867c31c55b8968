use std::io::{Cursor, Write};

use ::zip::ZipWriter;
use ::zip::write::SimpleFileOptions;
use flate2::Compression;
use flate2::write::GzEncoder;
use proptest::prelude::*;

use super::*;

/// What stands where: path inside, record, line, and the text; or why not.
type Found = (Option<String>, Result<(Option<u64>, Option<u64>, String), Reason>);

fn found(name: &str, bytes: &[u8], limits: &Limits) -> Vec<Found> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    std::fs::write(&path, bytes).unwrap();
    let mut found = Vec::new();
    let mut file = std::fs::File::open(&path).unwrap();
    parts(&path, bytes.len() as u64, &mut file, limits, &mut |part| {
        let reading = part.read("", limits, &Mapping::default());
        found.extend(reading.pieces.into_iter().map(|piece| (piece.inside, Ok((piece.record, piece.lines.at(0), piece.text)))));
        found.extend(reading.skipped.into_iter().map(|skipped| (skipped.inside, Err(skipped.reason))));
        true
    });
    found
}

fn texts(name: &str, bytes: &[u8]) -> Vec<(Option<String>, String)> {
    let each = found(name, bytes, &Limits::default()).into_iter();
    each.map(|(inside, found)| (inside, found.map_or_else(|reason| format!("! {reason}"), |(_, _, text)| text))).collect()
}

fn zipped(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn gzipped(bytes: &[u8]) -> Vec<u8> {
    let mut gz = GzEncoder::new(Vec::new(), Compression::default());
    gz.write_all(bytes).unwrap();
    gz.finish().unwrap()
}

fn tarred(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut tar = Vec::new();
    let mut put = |name: &str, kind: u8, bytes: &[u8]| {
        let mut block = vec![0_u8; 512];
        let short = &name.as_bytes()[..name.len().min(100)];
        block[..short.len()].copy_from_slice(short);
        block[124..135].copy_from_slice(format!("{:011o}", bytes.len()).as_bytes());
        block[156] = kind;
        block[257..263].copy_from_slice(b"ustar\0");
        block[148..156].copy_from_slice(b"        ");
        let sum: u64 = block.iter().map(|&byte| u64::from(byte)).sum();
        block[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
        tar.extend_from_slice(&block);
        tar.extend_from_slice(bytes);
        tar.resize(tar.len().next_multiple_of(512), 0);
    };
    for (name, bytes) in files {
        if name.len() > 100 {
            put("././@LongLink", b'L', format!("{name}\0").as_bytes());
        }
        put(name, b'0', bytes);
    }
    tar.resize(tar.len() + 1024, 0);
    tar
}

#[test]
fn files_in_archives_have_their_paths() {
    let long = format!("{}/a.txt", "folder/".repeat(20));
    let files: [(&str, &[u8]); 3] = [("b/a.md", b"One."), (".hidden", b"x"), (&long, b"Two.")];
    let expected = [(Some("b/a.md".to_owned()), "One.".to_owned()), (Some(long.replace("//", "/")), "Two.".to_owned())];
    assert_eq!(texts("x.zip", &zipped(&files)), expected);
    assert_eq!(texts("x.tar", &tarred(&files)), expected);
    assert_eq!(texts("x.tgz", &gzipped(&tarred(&files))), expected);
    let packed = ruzstd::encoding::compress_to_vec(&tarred(&files)[..], ruzstd::encoding::CompressionLevel::Fastest);
    assert_eq!(texts("x.tar.zst", &packed), expected);
    // A compressed file is no folder.
    assert_eq!(texts("x.md.gz", &gzipped(b"One.")), [(None, "One.".to_owned())]);
    let nested = zipped(&[("in.zip", &zipped(&[("a.txt.gz", &gzipped(b"Deep."))]))]);
    assert_eq!(texts("x.zip", &nested), [(Some("in.zip/a.txt.gz".to_owned()), "Deep.".to_owned())]);
}

#[test]
fn paths_out_of_an_archive_are_refused() {
    for bytes in [tarred(&[("../../etc/passwd.txt", b"x")]), tarred(&[("/etc/passwd.txt", b"x")])] {
        assert!(matches!(found("x.tar", &bytes, &Limits::default()).as_slice(), [(Some(_), Err(Reason::Path))]));
    }
}

#[test]
fn names_in_old_encodings_are_decoded() {
    let (name, _, _) = encoding_rs::GB18030.encode("评论文章/安理会就新的制裁决议进行表决.txt");
    let mut bytes = tarred(&[(&"n".repeat(name.len()), b"One.")]);
    bytes[..name.len()].copy_from_slice(&name);
    let sum: u64 = bytes[..148].iter().chain(&bytes[156..512]).map(|&byte| u64::from(byte)).sum::<u64>() + 256;
    bytes[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
    assert_eq!(texts("x.tar", &bytes)[0].0, Some("评论文章/安理会就新的制裁决议进行表决.txt".to_owned()));
}

#[test]
fn bombs_are_bounded() {
    let limits = Limits { expanded: 1 << 20, ratio: 2, entries: 3, nesting: 2, file: 1 << 19, ..Limits::default() };
    let zeros = vec![b' '; 4 << 20];
    // More than a file may be: no more than that comes out.
    assert!(matches!(found("x.txt.gz", &gzipped(&zeros), &limits).as_slice(), [(None, Err(Reason::TooLarge { .. }))]));
    let reasons =
        |name: &str, bytes: &[u8]| found(name, bytes, &limits).into_iter().filter_map(|(_, found)| found.err()).collect::<Vec<_>>();
    assert!(matches!(reasons("x.jsonl.gz", &gzipped(&zeros)).as_slice(), [Reason::Expands(_)]));
    assert!(
        reasons("x.tgz", &gzipped(&tarred(&[("a.bin", &zeros), ("b.txt", b"x")])))
            .iter()
            .any(|reason| matches!(reason, Reason::Expands(_)))
    );
    let many: Vec<(String, &[u8])> = (0..9).map(|at| (format!("{at}.txt"), &b"Words."[..])).collect();
    let many: Vec<(&str, &[u8])> = many.iter().map(|(name, bytes)| (name.as_str(), *bytes)).collect();
    for (name, bytes) in [("x.zip", zipped(&many)), ("x.tar", tarred(&many))] {
        assert_eq!(reasons(name, &bytes), [Reason::Entries(3)], "{name}");
        assert_eq!(found(name, &bytes, &limits).len(), 4, "{name}");
    }
    let mut deep = zipped(&[("a.txt", b"Words.")]);
    for _ in 0..5 {
        deep = zipped(&[("in.zip", &deep)]);
    }
    assert_eq!(reasons("x.zip", &deep), [Reason::Nested(2)]);
}

#[test]
fn what_takes_much_memory_to_read_counts_as_much() {
    let page = "<p>x</p>".repeat(1_000);
    assert!(weight(Format::Html, page.as_bytes()) > 2_000_000);
    assert!(weight(Format::Plain, page.as_bytes()) < 10 * page.len());
    let packed = zipped(&[("word/document.xml", "x".repeat(1_000_000).as_bytes())]);
    assert!(packed.len() < 10_000 && weight(Format::Docx, &packed) > 4_000_000);
    assert_eq!(weight(Format::Docx, b"no document"), 11);
}

#[test]
fn what_is_cut_off_keeps_what_stands_before() {
    let lines = "{\"text\": \"Words that are there.\"}\n".repeat(5_000);
    let mut gz = gzipped(lines.as_bytes());
    gz.truncate(gz.len() / 2);
    let found = found("x.jsonl.gz", &gz, &Limits::default());
    assert!(matches!(found.last(), Some((None, Err(Reason::Broken(_))))), "{:?}", found.last());
    let mut tar = tarred(&[("a.txt", b"One."), ("b.txt", b"Two.")]);
    tar.truncate(1_100);
    assert_eq!(texts("x.tar", &tar)[0].1, "One.");
}

#[test]
fn messages_of_a_mailbox() {
    let mail = |subject: &str, body: &str| format!("From x@y Thu Jan  1 00:00:00 1970\nSubject: {subject}\nFrom: X <x@y>\n\n{body}\n\n");
    let mailbox = [mail("A", "One.\n>From here on."), mail("B", &"long ".repeat(1_000)), mail("C", "Not From a\nFrom line.")].concat();
    let limits = Limits { record: 1_000, ..Limits::default() };
    let found = found("x.mbox", mailbox.as_bytes(), &limits);
    assert_eq!(found[0], (None, Ok((Some(1), Some(1), "One.\nFrom here on.".to_owned()))));
    assert_eq!(found[1], (None, Err(Reason::TooLarge { limit: 1_000 })));
    assert_eq!(found[2], (None, Ok((Some(3), Some(14), "Not From a\nFrom line.".to_owned()))));
}

#[test]
fn a_paragraph_that_begins_with_from_ends_no_message() {
    let paragraphs =
        ["From Tuesday on the talks failed.", "From 10:30 on 5 March 2024 they met.", "From jane@example.org we hear: no.", "From"];
    for envelope in [
        "jane@example.org Tue Mar  5 10:00:00 2024",
        "jane at example.org Tue Mar  5 10:00:00 CET 2024",
        "1234@xxx Tue Mar 05 10:00:00 +0000 2024",
        "- Tue Mar 05 10:00:00 2024\r",
        "jane@example.org Tue, 5 Mar 2024 10:00 +0000",
        "jane@example.org 2024-03-05 10:00:00",
        "jane@example.org",
    ] {
        let body = paragraphs.join("\n\n");
        // The first line may be anything.
        let mailbox = format!("From nowhere\nSubject: A\n\n{body}\n\nFrom {envelope}\nSubject: B\n\nOne.\n");
        let texts: Vec<_> = texts("x.mbox", mailbox.as_bytes()).into_iter().map(|(_, text)| text).collect();
        assert_eq!(texts, [body.as_str(), "One."], "{envelope}");
    }
}

#[test]
fn pages_of_a_web_archive() {
    let record = |kind: &str, uri: &str, block: &[u8]| {
        let head = format!("WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {uri}\r\nContent-Length: {}\r\n\r\n", block.len());
        [head.as_bytes(), block, b"\r\n\r\n"].concat()
    };
    let page = "<html><body><p>The council met for the third time this month and heard three reports on the talks.</p></body></html>";
    let packed = gzipped(page.as_bytes());
    let chunked = [format!("{:x}\r\n", packed.len()).as_bytes(), &packed, b"\r\n0\r\n\r\n"].concat();
    let answer = |status: &str, headers: &str, body: &[u8]| [format!("HTTP/1.1 {status}\r\n{headers}\r\n\r\n").as_bytes(), body].concat();
    let warc = [
        record("warcinfo", "", b"software: x"),
        record(
            "response",
            "https://a.example/1",
            &answer("200 OK", "Content-Type: text/html; charset=utf-8\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked", &chunked),
        ),
        record("response", "https://a.example/gone", &answer("404 Not Found", "Content-Type: text/html", page.as_bytes())),
        record("response", "https://a.example/i.png", &answer("200 OK", "Content-Type: image/png", b"\x89PNG")),
        record("conversion", "https://a.example/2", b"Plain words."),
    ];
    for (name, bytes) in [("x.warc", warc.concat()), ("x.warc.gz", warc.iter().flat_map(|record| gzipped(record)).collect())] {
        let found = found(name, &bytes, &Limits::default());
        let texts: Vec<_> = found.iter().map(|(_, found)| found.as_ref().map(|(record, _, text)| (*record, text.get(..12)))).collect();
        // The second record has no content type, so that it is nothing that is known to be text.
        assert_eq!(texts, [Ok((Some(2), Some("The council ")))], "{name}");
    }
}

#[test]
fn records_in_other_encodings_are_streamed() {
    let table =
        "标题,正文\n".replace("标题", "title").replace("正文", "text") + &"会谈重启,双方周三在首尔会面，讨论了下一步的安排。\n".repeat(3);
    let (bytes, _, _) = encoding_rs::GB18030.encode(&table);
    let found = found("x.csv", &bytes, &Limits::default());
    assert_eq!(found.len(), 3);
    assert_eq!(found[2], (None, Ok((Some(3), Some(4), "双方周三在首尔会面，讨论了下一步的安排。".to_owned()))));
    let lines = "{\"text\": \"Plain words in a line.\"}\n".repeat(2);
    let wide: Vec<u8> = std::iter::once(0xFEFF).chain(lines.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    assert_eq!(texts("x.jsonl", &wide).len(), 2);
}

#[test]
fn a_list_is_read_element_by_element() {
    let list = "[{\"text\": \"One.\"}, 7,\n {\"text\": \"Two.\"}";
    let found = found("x.json", list.as_bytes(), &Limits::default());
    assert_eq!(found[0], (None, Ok((Some(1), Some(1), "One.".to_owned()))));
    assert_eq!(found[1], (None, Err(Reason::NoRecord)));
    assert_eq!(found[2], (None, Ok((Some(3), Some(2), "Two.".to_owned()))));
    assert!(matches!(found[3], (None, Err(Reason::Json(_)))));
}

/// A name for each format.
const NAMES: [&str; 22] = [
    "a.txt", "a.md", "a.html", "a.json", "a.jsonl", "a.csv", "a.xlsx", "a.rss", "a.eml", "a.mbox", "a.mhtml", "a.epub", "a.docx", "a.odt",
    "a.pptx", "a.rtf", "a.warc", "a.gz", "a.zst", "a.zip", "a.tar", "a",
];

proptest! {
    #[test]
    fn no_file_stops_a_run(bytes: Vec<u8>, at in 0_usize..2_000, to: u8) {
        let limits = Limits { expanded: 1 << 20, file: 1 << 20, ..Limits::default() };
        for name in NAMES {
            found(name, &bytes, &limits);
        }
        // What is whole, with a byte changed.
        let zip = zipped(&[("a.txt", b"Words."), ("b.csv", b"title,text\na,b\n")]);
        for (name, mut whole) in [("a.zip", zip), ("a.tar", tarred(&[("a.txt", b"Words.")])), ("a.txt.gz", gzipped(b"Words, and more words."))] {
            let at = at % whole.len();
            whole[at] = to;
            found(name, &whole, &limits);
        }
    }
}

/// A file that stops its reader when so many bytes of it were read.
struct Stopping<'f>(&'f [u8]);

impl Read for Stopping<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        assert!(!self.0.is_empty(), "something that was not foreseen");
        self.0.read(buffer)
    }
}

#[test]
fn what_stops_an_unpacker_costs_what_is_unpacked() {
    let long = "Coal and oil. ".repeat(4_000);
    let tar = tarred(&[("a.txt", b"One."), ("b.txt", long.as_bytes()), ("c.txt", b"Three.")]);
    for (name, bytes, whole) in
        [("x.tar", &tar[..20_000], vec!["a.txt"]), ("x.tgz", &gzipped(&tar)[..60], Vec::new()), ("x.txt", b"One.", Vec::new())]
    {
        let mut found = Vec::new();
        parts(Path::new(name), 0, &mut Stopping(bytes), &Limits::default(), &mut |part| {
            found.push(part.read("", &Limits::default(), &Mapping::default()));
            true
        });
        let (pieces, skipped): (Vec<_>, Vec<_>) = found.into_iter().map(|reading| (reading.pieces, reading.skipped)).unzip();
        let inside: Vec<String> = pieces.concat().into_iter().filter_map(|piece| piece.inside).collect();
        let skipped = skipped.concat();
        assert_eq!(inside, whole, "{name}");
        assert!(!skipped.is_empty() && skipped.iter().all(|skipped| matches!(skipped.reason, Reason::Reader(_))), "{name}: {skipped:?}");
        assert_eq!(skipped[0].inside.as_deref(), (name == "x.tar").then_some("b.txt"), "{name}");
    }
}

#[test]
fn an_archive_that_ends_too_early_is_told() {
    let tar = tarred(&[("a.txt", b"One."), ("b.txt", "Coal. ".repeat(200).as_bytes())]);
    let found = texts("x.tar", &tar[..512 * 3 + 600]);
    assert_eq!(found[0], (Some("a.txt".to_owned()), "One.".to_owned()));
    assert!(found.iter().any(|(_, text)| text == "! a broken file: the archive ends in the middle of a file"), "{found:?}");
    let warc = b"WARC/1.0\r\nWARC-Type: conversion\r\nContent-Type: text/plain\r\nContent-Length: 99\r\n\r\nOne.";
    let found = texts("x.warc", warc);
    assert!(found.iter().any(|(_, text)| text.ends_with("the archive ends in the middle of a file")), "{found:?}");
}

#[test]
fn sizes_that_no_file_has_are_told() {
    for size in [[0xFF_u8; 8], [0x7F; 8], (u64::MAX - 511).to_be_bytes(), (u64::MAX - 510).to_be_bytes()] {
        let mut bytes = tarred(&[("a.txt", b"One.")]);
        bytes[124..128].copy_from_slice(&[0x80, 0, 0, 0]);
        bytes[128..136].copy_from_slice(&size);
        let sum: u64 = bytes[..148].iter().chain(&bytes[156..512]).map(|&byte| u64::from(byte)).sum::<u64>() + 256;
        bytes[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
        let found = found("x.tar", &bytes, &Limits::default());
        assert!(found.iter().any(|(_, found)| matches!(found, Err(Reason::Broken(_)))), "{size:?}: {found:?}");
    }
}
