use std::num::NonZeroUsize;
use std::panic::{AssertUnwindSafe, catch_unwind};

use pundit::index::{Options, Progress, Reader, update};

use super::copies::text;
use super::harness::Sandbox;

const FOLLOW: &str = "Follow our correspondents for the latest from the region.";
const RIGHTS: &str = "No part of this may be copied without leave of the publisher.";

/// A saved page of a site: an article of its own, and what the site says below each.
pub fn page(site: &str, number: u64, below: &[&str]) -> String {
    let body: String = (0..5).map(|part| format!("<p>They spoke of coal. {}</p>", text(number * 5 + part, 0..2))).collect();
    let below: String = below.iter().map(|line| format!("<p>{line}</p>")).collect();
    format!(
        "<!doctype html><html lang='en'><head><title>Report {number}</title><link rel='canonical' href='https://{site}/{number}'></head>\
        <body><article><h1>Report {number}</h1>{body}{below}</article></body></html>"
    )
}

/// What a search answers, and what is said of the index, without the time that it took.
fn everything(sandbox: &Sandbox, index: &str) -> (String, String) {
    let found = sandbox.run(&["search", "--index", index, "--any", "coal copied correspondents", "-f", "jsonl", "--all", "--explain"]);
    let status = sandbox.run(&["status", "--index", index]).stdout;
    (found.stdout, status.lines().filter(|line| !line.starts_with("index")).collect::<Vec<_>>().join("\n"))
}

/// How many pieces say what the site says below its articles.
fn saying(sandbox: &Sandbox, index: &str, phrase: &str) -> usize {
    sandbox.run(&["search", "--index", index, phrase, "--copies", "show", "-l"]).stdout.lines().count()
}

fn brought(sandbox: &Sandbox) -> String {
    let ran = sandbox.run(&["index", ".", "--index", ".ix"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    ran.closing().to_owned()
}

fn as_fresh(sandbox: &Sandbox) {
    let fresh = tempfile::tempdir_in(sandbox.path()).unwrap();
    let fresh = fresh.path().file_name().unwrap().to_str().unwrap().to_owned();
    assert!(fresh.starts_with('.'), "it is not read itself");
    assert_eq!(sandbox.run(&["index", ".", "--index", &fresh]).code, 0);
    let (answer, status) = everything(sandbox, ".ix");
    assert!(answer.contains("They spoke of coal."));
    assert_eq!((answer, status), everything(sandbox, &fresh));
}

#[test]
fn what_recurs_over_a_site_is_left_out_once_enough_pages_have_it() {
    let sandbox = Sandbox::new();
    (0..4).for_each(|number| sandbox.write(&format!("{number}.html"), page("a.example", number, &[FOLLOW, RIGHTS])));
    sandbox.write("other.html", page("b.example", 90, &[FOLLOW]));
    assert_eq!(brought(&sandbox), "5 new, 0 changed, 0 removed, 0 skipped (0 files unchanged)");
    let said = |phrase: &str| saying(&sandbox, ".ix", phrase);
    assert_eq!((said("\"follow our correspondents\""), said("\"leave of the publisher\"")), (5, 4));
    // The fifth page tells what all have in common; one of another site keeps it.
    sandbox.write("4.html", page("a.example", 4, &[FOLLOW, RIGHTS]));
    assert_eq!(brought(&sandbox), "1 new, 0 changed, 0 removed, 0 skipped (5 files unchanged, 4 cut again)");
    assert_eq!((said("\"follow our correspondents\""), said("\"leave of the publisher\""), said("coal")), (1, 0, 6));
    let status = sandbox.run(&["status", "--index", ".ix"]).stdout;
    assert!(status.contains(&format!("left out\ta.example, 5 pages: {RIGHTS}\n")), "{status}");
    as_fresh(&sandbox);
    // A sixth is read with it in mind, and nothing else has to be made again.
    sandbox.write("5.html", page("a.example", 5, &[RIGHTS]));
    assert_eq!(brought(&sandbox), "1 new, 0 changed, 0 removed, 0 skipped (6 files unchanged)");
    assert_eq!(said("\"leave of the publisher\""), 0);
    as_fresh(&sandbox);
    // Where fewer are left it is put back.
    (0..2).for_each(|number| sandbox.remove(&format!("{number}.html")));
    assert_eq!(brought(&sandbox), "0 new, 0 changed, 2 removed, 0 skipped (5 files unchanged, 4 cut again)");
    assert_eq!((said("\"follow our correspondents\""), said("\"leave of the publisher\"")), (4, 4));
    as_fresh(&sandbox);
    assert_eq!(brought(&sandbox), "0 new, 0 changed, 0 removed, 0 skipped (5 files unchanged)");
}

#[test]
fn the_order_in_which_pages_come_tells_nothing() {
    for order in [[0, 1, 2], [2, 1, 0], [1, 2, 0]] {
        let sandbox = Sandbox::new();
        for step in order {
            // Pages of two sites, and some in an archive; a third of each comes at a time.
            for number in (0..21).filter(|number| number % 3 == step) {
                let below = if number % 2 == 0 { &[FOLLOW, RIGHTS][..] } else { &[RIGHTS] };
                sandbox.write(&format!("a{number}.html"), page("a.example", number, below));
                sandbox.write(&format!("b{number}.html"), page("b.example", 100 + number, if number < 5 { &[FOLLOW] } else { &[] }));
            }
            let archived: String = (0..4).map(|number| response(&page("b.example", 200 + number, &[FOLLOW]))).collect();
            sandbox.write(&format!("{step}.warc"), archived.replace("Report", &format!("Repor{step}")));
            brought(&sandbox);
        }
        as_fresh(&sandbox);
        assert_eq!(saying(&sandbox, ".ix", "\"leave of the publisher\""), 0);
        // Moved, and their mentions found again, they stay as they are.
        std::fs::create_dir(sandbox.path().join("moved")).unwrap();
        (0..9).for_each(|number| {
            std::fs::rename(sandbox.path().join(format!("a{number}.html")), sandbox.path().join(format!("moved/a{number}.html"))).unwrap();
        });
        assert!(brought(&sandbox).ends_with("9 moved)"));
        as_fresh(&sandbox);
        assert_eq!(sandbox.run(&["index", "--index", ".ix", "--retag"]).code, 0);
        as_fresh(&sandbox);
        // Changed pages change what is left out of others.
        (0..21).for_each(|number| sandbox.write(&format!("b{number}.html"), page("b.example", 100 + number, &[])));
        assert!(brought(&sandbox).contains("21 changed"));
        as_fresh(&sandbox);
    }
}

fn response(page: &str) -> String {
    let answer = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{page}");
    let uri = page.split("href='").nth(1).and_then(|rest| rest.split('\'').next()).unwrap();
    let head = format!("WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {uri}\r\nContent-Type: application/http; msgtype=response");
    format!("{head}\r\nContent-Length: {}\r\n\r\n{answer}\r\n\r\n", answer.len())
}

#[test]
fn copies_of_a_page_tell_nothing() {
    let sandbox = Sandbox::new();
    // One article under eight addresses, beside two others.
    for number in 0..8 {
        sandbox
            .write(&format!("{number}.html"), page("a.example", 0, &[FOLLOW]).replace("a.example/0", &format!("a.example/print/{number}")));
    }
    (8..10).for_each(|number| sandbox.write(&format!("{number}.html"), page("a.example", number, &[FOLLOW])));
    assert_eq!(brought(&sandbox), "10 new, 0 changed, 0 removed, 0 skipped (0 files unchanged)");
    assert_eq!(saying(&sandbox, ".ix", "\"follow our correspondents\""), 10);
}

#[test]
fn a_run_that_is_stopped_before_pages_are_settled_is_gone_on_with() {
    let sandbox = Sandbox::new();
    (0..9).for_each(|number| sandbox.write(&format!("{number}.html"), page("a.example", number, &[FOLLOW])));
    let index = sandbox.path().join(".ix/index");
    // All pages are read, and the first is made again, when it stops.
    let mut told = 0;
    let stop = |_: Progress<'_>| {
        told += 1;
        assert!(told < 10, "stopped");
    };
    let options = Options { threads: NonZeroUsize::MIN, ..Options::default() };
    let stopped = catch_unwind(AssertUnwindSafe(|| update(&index, &[sandbox.path()], &options, stop)));
    assert!(stopped.is_err() && told == 10);
    assert_eq!(saying(&sandbox, ".ix", "\"follow our correspondents\""), 4, "the first were read before it could be told");
    assert!(Reader::open(&index).unwrap().manifest().unsettled);
    assert_eq!(brought(&sandbox), "0 new, 0 changed, 0 removed, 0 skipped (9 files unchanged, 4 cut again)");
    assert_eq!(saying(&sandbox, ".ix", "\"follow our correspondents\""), 0);
    assert!(!Reader::open(&index).unwrap().manifest().unsettled);
    assert_eq!(sandbox.run(&["check", "--index", ".ix"]).code, 0);
    as_fresh(&sandbox);
}

#[test]
fn a_page_that_is_read_alone_is_whole() {
    let sandbox = Sandbox::new();
    for number in 0..6 {
        sandbox.write(&format!("{number}.html"), page("a.example", number, &["Follow the United Nations on every channel."]));
    }
    brought(&sandbox);
    assert_eq!(saying(&sandbox, ".ix", "\"every channel\""), 0);
    let tagged = sandbox.run(&["tag", "0.html"]).stdout;
    assert!(tagged.contains("United Nations"), "{tagged}");
}
