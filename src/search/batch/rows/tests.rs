use proptest::prelude::*;

use super::*;
use crate::text::Span;

fn rows(name: &str, text: &str) -> Vec<(Row, Option<RowError>)> {
    Rows::open(Box::new(io::Cursor::new(text.as_bytes().to_vec())), name, None).unwrap().collect()
}

/// Rows as `qid=query`, or what is wrong as `line:column problem`.
fn told(name: &str, text: &str) -> Vec<String> {
    let tell = |(row, bad): (Row, Option<RowError>)| match bad {
        Some(bad) => format!("{}:{} {}", bad.line, bad.column, bad.problem),
        None => format!("{}={}", row.qid, row.get("query").unwrap_or_default()),
    };
    rows(name, text).into_iter().map(tell).collect()
}

#[test]
fn delimiters_are_sniffed() {
    for text in ["id,query\na,oil\n", "id;query\na;oil\n", "id\tquery\na\toil\n", "id|query\na|oil\n", "sep=;\nid;query\na;oil\n"] {
        assert_eq!(told("q.csv", text), ["a=oil"], "{text}");
    }
    assert_eq!(told("q.csv", "query;note\n\"oil, gas\";x\n"), ["1=oil, gas"]);
    assert_eq!(told("q.csv", "\"a;b\",query\n1,oil\n"), ["1=oil"]);
    assert_eq!(told("-", "id;query\na;oil\n"), ["a=oil"]);
    assert_eq!(told("-", "oil, gas\n# x\n\ncoal\n"), ["1=oil, gas", "2=coal"]);
    // A name may say more than is so: it is the header that counts. Without one a comma is part of a query.
    for name in ["q.tsv", "q.tab", "q.csv", "q.txt", "-"] {
        assert_eq!(told(name, "id,query,lang\na,oil,en\n"), ["a=oil"], "{name}");
        assert_eq!(told(name, "id;\"query\";lang\na;\"oil; gas\";en\n"), ["a=oil; gas"], "{name}");
        assert_eq!(told(name, "id\tquery\na,b\toil, gas\n"), ["a,b=oil, gas"], "{name}");
    }
    assert_eq!(told("q.tsv", "a\toil, query\nb\tgas\n"), ["a=oil, query", "b=gas"]);
    assert_eq!(told("q.tsv", "oil, gas\n"), ["1=oil, gas"]);
    // A header of one column.
    assert_eq!(told("-", "query\noil, gas\n\"arms control\" coal\n"), ["1=oil, gas", "2=\"arms control\" coal"]);
}

#[test]
fn titles_stand_above_a_header_and_queries_do_not() {
    let titled = |name, text: &str| {
        let rows = Rows::open(Box::new(io::Cursor::new(text.as_bytes().to_vec())), name, None).unwrap();
        (rows.titles(), rows.map(|(row, bad)| (row.line, row.qid, bad)).collect::<Vec<_>>())
    };
    let row = |line, qid: &str| (line, qid.to_owned(), None);
    for title in ["Queries of June\n", "\"Queries, June\",\n\nfor the desk,,\n", "# x\n\nQueries\n"] {
        let (titles, rows) = titled("q.csv", &format!("{title}id,query\na,oil\nb,coal\n"));
        let lines = title.lines().count() as u64;
        assert_eq!(titles, title.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).count(), "{title}");
        assert_eq!(rows, [row(lines + 2, "a"), row(lines + 3, "b")], "{title}");
    }
    assert_eq!(titled("q.tsv", "Queries\nquery\tlimit\noil\t3\n").0, 1);
    // As spreadsheets write them: rows of one width, blank ones too, whatever the name of the file.
    for delimiter in [",", ";", "\t", "|"] {
        for title in
            ["Title,,\n,,\n", "Title,,\n", ",Title,\n", ",,\n\"Title\",,\n\"\",\"\",\"\"\nfor the desk,,\n", "sep=,\n,,\nTitle,,\n"]
        {
            for header in ["id,query,lang\n", "query,note,region\n"] {
                let text = format!("{title}{header}a,oil,en\n").replace(',', delimiter);
                for name in ["q.csv", "q.tsv", "q.txt", "-"] {
                    let query = if header.starts_with("id") { "oil" } else { "a" };
                    let (titles, rows) = titled(name, &text);
                    assert!(titles > 0 && rows.len() == 1, "{name}: {text}");
                    assert!(told(name, &text)[0].ends_with(&format!("={query}")), "{name}: {text}");
                }
            }
        }
    }
    assert_eq!(told("q.csv", ",,\n,,\nid,query,lang\na,oil,en\n"), ["a=oil"]);
    // A row with two cells is no title, a header that says no more than `query` may be a query, and one too far below is not looked for.
    assert_eq!(told("q.csv", "a,oil\nid,query\n"), ["a=oil", "id=query"]);
    assert_eq!(told("q.csv", "oil\nthe,query\n"), ["1=oil", "the=query"]);
    assert_eq!(told("q.csv", "query\nid\n"), ["1=id"]);
    let many = format!("{}id,query\n", "oil\n".repeat(6));
    assert_eq!(told("q.csv", &many).len(), 7);
    assert_eq!(told("q.txt", "oil\nid,query\n"), ["1=oil", "2=id,query"]);
    assert_eq!(told("q.csv", &format!("oil{}id,query\n", "\n".repeat(50))), ["1=oil", "id=query"]);
}

#[test]
fn hostile_texts_are_read_once() {
    for (cell, delimiter) in [(";", ';'), ("\"a\"b;", ';'), ("\"a\" b\t", '\t'), ("\"\"\"a\t", '\t')] {
        let columns = format!("query{delimiter}{}", cell.repeat(150_000));
        assert_eq!(rows("q.csv", &format!("query\n{columns}\n")).len(), 1, "{cell}");
        assert_eq!(rows("q.csv", &columns).len(), 0, "{cell}");
    }
}

#[test]
fn quoted_cells_hold_anything() {
    assert_eq!(told("q.csv", "id,query\na,\"oil\nand \"\"sour gas\"\"\"\nb,coal\n"), ["a=oil\nand \"sour gas\"", "b=coal"]);
    assert_eq!(told("q.csv", "id,query\na,\"arms control\" AND oil\nb,\"x, y\" -z\n"), ["a=\"arms control\" AND oil", "b=\"x, y\" -z"]);
    assert_eq!(told("q.csv", "id,query\na,\"never closed\nb,oil\n"), ["2:3 an unclosed quotation mark", "b=oil"]);
    assert_eq!(told("q.tsv", "a\t\"arms control\"\nb\t\"\"\"arms control\"\" oil\"\n"), ["a=\"arms control\"", "b=\"arms control\" oil"]);
    assert_eq!(told("q.csv", "id,query\na,oil,gas\n"), ["2:7 3 cells under a header of 2"]);
}

#[test]
fn spreadsheets_quote_tab_separated_cells_and_people_write_stray_marks() {
    // As a spreadsheet saves text: cells over lines, first, in the middle and last, and a phrase that stays one.
    let text = "query\tid\tnote\n\"oil\nand gas\"\ta\tx\n\"\"\"arms control\"\" OR\n\noil\"\tb\t\n\"arms control\"\tc\t\"two\nlines\"\n";
    assert_eq!(told("q.tsv", text), ["a=oil\nand gas", "b=\"arms control\" OR\n\noil", "c=\"arms control\""]);
    assert_eq!(told("q.tsv", "id\tquery\na\t\"oil\ngas\"\nb\tcoal\n"), ["a=oil\ngas", "b=coal"]);
    assert_eq!(told("q.tsv", "query\n\"oil\ngas\"\ncoal\n"), ["1=oil\ngas", "2=coal"]);
    // Marks that nobody closes, or that close each other by chance over rows.
    assert_eq!(told("q.tsv", "a\t\"oil\nb\tgas\"\nc\t\"coal\"\n"), ["a=\"oil", "b=gas\"", "c=\"coal\""]);
    assert_eq!(told("q.tsv", "id\tquery\na\t\"oil\nb\tgas\"\n"), ["a=\"oil", "b=gas\""]);
    assert_eq!(told("q.tsv", "id\tquery\na\t\"oil\nb\tgas\n"), ["a=\"oil", "b=gas"]);
    // A place on a later line is told as such.
    let (row, _) = rows("q.tsv", "id\tquery\tsince\na\t\"oil\nAND\"\tsoon\n").remove(0);
    let bad = row.fault("query", Span::new(4, 7), "x");
    assert_eq!((bad.line, bad.column, row.fault("since", Span::new(0, 4), "x").column), (3, 1, 6));
}

#[test]
fn topics_are_read() {
    let topics = "<top>\n<num> Number: 301\n<title> International Organized\nCrime\n\n<desc> Description:\nIdentify.\n</top>\n<top><num>302</num><title>oil AND</title></top>\n<top>\n<num> 303\n";
    assert_eq!(told("topics", topics), ["301=International Organized Crime", "302=oil AND", "10:1 a topic without </top>"]);
}

#[test]
fn topics_are_read_as_xml() {
    let topics = "<?xml version=\"1.0\"?>\n<topics task=\"x\">\n<topic number=\"7\" type='faceted'>\n  <query>oil &amp; gas\n AND</query>\n\
        <description>not this</description><subtopic number=\"1\">nor this</subtopic>\n</topic>\n\
        <topic number='8'><title>coal</title><query>nor this</query></topic><topic id=\"9\"><query>a < b</query></topic>\n\
        <topic number=\"10\"><desc>tin</desc></topic><topic number=\"11\">\n<topic>";
    let expected = [
        "7=oil & gas AND",
        "8=coal",
        "9=a < b",
        "9:1 no query in this row",
        "9:1 a topic without </topic>",
        "10:1 a topic without </topic>",
    ];
    for name in ["q.xml", "topics", "q.txt"] {
        assert_eq!(told(name, topics), expected, "{name}");
    }
    assert_eq!(told("q.xml", &topics.replace("\n ", " ").replace('\n', " "))[..3], expected[..3]);
    assert_eq!(told("q.xml", "<webtrack><topic number=\"1\"><query>oil</query></topic></webtrack>"), ["1=oil"]);
    assert_eq!(told("-", "<top>\n<num> Number: MB01 </num>\n<query> oil </query>\n<querytime> today </querytime>\n</top>"), ["MB01=oil"]);
    assert_eq!(told("q.xml", "<rss><item><title>oil</title></item></rss>"), Vec::<String>::new());
    let (row, _) = rows("q.xml", "<topic number=\"1\"><query> oil AND</query></topic>").remove(0);
    let bad = row.fault("query", Span::new(4, 7), "x");
    assert_eq!((bad.line, bad.column), (1, 31));
}

#[test]
fn an_array_has_what_lines_have() {
    let lines = "{\"id\":\"a\",\"query\":\"oil, [gas] {\\\"x\\\"}\",\"lang\":[\"en\",\"zh\"]}\n\"coal\"\n{\"query\":\"石油\"}\n";
    let expected = ["a=oil, [gas] {\"x\"}", "2=coal", "3=石油"];
    assert_eq!(told("q.jsonl", lines), expected);
    let joined = lines.trim_end().replace('\n', ",");
    let over_lines = joined.replace("\":", "\":\n").replace("{\"id", "\n{ \"id");
    for text in [
        format!("[{joined}]"),
        format!("[\n {}\n]\n", joined.replace("},", "},\n")),
        format!("[{over_lines},]"),
        format!("[[{joined}]").replace("[[", "[]\n["),
    ] {
        for name in ["q.json", "q.jsonl"] {
            assert_eq!(told(name, &text), expected, "{text}");
        }
    }
    for text in [format!("[{joined}]"), format!("[\n{joined}\n]")] {
        assert_eq!(told("-", &text), expected, "{text}");
    }
    assert_eq!(told("q.json", "[]"), Vec::<String>::new());
    assert_eq!(told("q.txt", "[1] oil\n"), ["1=[1] oil"]);
    // What is wrong has its place, and stops nothing.
    let told = told("q.json", "[{\"query\":\"oil},\n {\"query\":\n  oil},\n7, {\"id\":\"d\",\"query\":\"coal\"}\n");
    assert_eq!(told.len(), 5, "{told:?}");
    assert!(
        told[0].starts_with("1:")
            && told[1].starts_with("3:3 not a JSON object: expected value")
            && told[2].starts_with("4:1 not a JSON object"),
        "{told:?}"
    );
    assert!(told[3] == "d=coal" && told[4].starts_with("4:") && told[4].ends_with("an array that is not closed"), "{told:?}");
    let (row, _) = rows("q.json", "[{\"id\": 1,\n \"query\": \"oil AND\"}]").remove(0);
    let bad = row.fault("query", Span::new(4, 7), "x");
    assert_eq!((row.line, bad.line, bad.column), (1, 2, 16));
}

#[test]
fn objects_carry_what_they_have() {
    let text = "{\"query\":\"oil\",\"note\":1}\n{\"query\":\"gas\",\"other\":[2]}\n{\"query\":\n";
    let rows = Rows::open(Box::new(io::Cursor::new(text.as_bytes())), "q.jsonl", None).unwrap();
    assert_eq!(rows.carried(), ["in_note", "in_more"]);
    let columns = rows.carried();
    let (mut carried, mut cells) = (Vec::new(), Vec::new());
    for (row, _) in rows {
        cells.push(row.cells_for(&columns).map(|cell| cell.to_string()).collect::<Vec<_>>().join(" "));
        carried.push(Value::Object(row.carried).to_string());
    }
    // In JSON each has its own; a table has a cell for what the first had not.
    assert_eq!(carried, ["{\"in_note\":1}", "{\"in_other\":[2]}", "{}"]);
    assert_eq!(cells, ["1 null", "null \"{\\\"in_other\\\":[2]}\"", "null null"]);
    // A column that is called so is the user's own.
    let own = Rows::open(Box::new(io::Cursor::new(b"{\"query\":\"oil\",\"more\":1}\n")), "q.jsonl", None).unwrap();
    assert_eq!(own.carried(), ["in_more"]);
}

#[test]
fn columns_of_one_name_are_told_apart() {
    let open = |name: &str, text: &'static str| Rows::open(Box::new(io::Cursor::new(text.as_bytes())), name, None);
    let mut rows = open("q.csv", "query,note,note,note#2,Note,note\noil,a,b,c,d,e\n").unwrap();
    assert_eq!(rows.carried(), ["in_note", "in_note#3", "in_note#2", "in_Note", "in_note#4"]);
    let carried = Value::Object(rows.next().unwrap().0.carried);
    assert_eq!(carried, serde_json::json!({"in_note": "a", "in_note#3": "b", "in_note#2": "c", "in_Note": "d", "in_note#4": "e"}));
    // Of what is understood none may go unheard.
    let error = open("q.csv", "id,Query,query\n1,oil,gas\n").err().unwrap();
    assert_eq!(error.to_string(), "two columns are called query; rename one of them");
    assert!(open("q.csv", "query,lang,LANG\noil,en,zh\n").is_err());
    assert_eq!(
        told("q.jsonl", "{\"Query\":\"oil\",\"query\":\"gas\"}\n{\"query\":\"oil\"}\n"),
        ["1:1 two members are called query", "2=oil"]
    );
}

#[test]
fn a_number_that_a_row_gets_is_no_id_of_another() {
    let text = "{\"query\":\"oil\"}\n{\"id\":1,\"query\":\"gas\"}\n{\"id\":4,\"query\":\"coal\"}\n{\"query\":\"war\"}\n{\"id\":4,\"query\":\"tin\"}\n";
    // Read once, the later row gives way; equal ids of their own are the user's.
    assert_eq!(told("q.jsonl", text), ["1=oil", "1#2=gas", "4=coal", "4#2=war", "4=tin"]);
    let open = || Rows::open(Box::new(io::Cursor::new(text)), "q.jsonl", None).unwrap();
    let mut rows = open();
    rows.know(open());
    assert_eq!(rows.map(|(row, _)| row.qid).collect::<Vec<_>>(), ["1#2", "1", "4", "4#2", "4"]);
}

#[test]
fn rows_end_as_their_file_ends_lines() {
    for end in ["\r", "\n", "\r\n"] {
        let told = |name: &str, lines: &[&str]| told(name, &[&lines.join(end), end].concat());
        assert_eq!(told("q.csv", &["id,query", "a,\"oil", "and gas\"", "", "b,coal"]), ["a=oil\nand gas", "b=coal"], "{end:?}");
        assert_eq!(told("q.tsv", &["a\toil", "b\tcoal"]), ["a=oil", "b=coal"], "{end:?}");
        assert_eq!(told("q.txt", &["# x", "oil", "coal"]), ["1=oil", "2=coal"], "{end:?}");
        assert_eq!(told("q.jsonl", &["{\"query\":\"oil\"}", "{\"query\":\"coal\"}"]), ["1=oil", "2=coal"], "{end:?}");
        assert_eq!(told("q", &["sep=;", "id;query", "a;oil"]), ["a=oil"], "{end:?}");
    }
}

#[test]
fn faults_have_places() {
    let (row, _) = rows("q.csv", "id,since,query\na,2024,\"oil\n\"\"x\"\" AND\"\n").remove(0);
    let at = |name: &str, offset: usize| {
        let bad = row.fault(name, Span::new(offset, offset + 1), "x");
        (bad.line, bad.column)
    };
    assert_eq!((at("query", 0), at("since", 2)), ((2, 9), (2, 5)));
    // On the second line of the cell; two marks stand for each.
    assert_eq!((at("query", 4), at("query", 8)), ((3, 1), (3, 7)));
}

proptest! {
    #[test]
    fn any_text_gives_rows(text in "[a,\";\\t\\n{}\\[\\]<>/topquery中]{0,60}", name in "q.csv|q.tsv|q.jsonl|q.json|q.xml|topics") {
        let rows = rows(&name, &text);
        for ((row, _), number) in rows.iter().zip(1..) {
            prop_assert_eq!(row.number, number);
        }
    }

    #[test]
    fn what_a_spreadsheet_quotes_is_read_back(cells in prop::collection::vec("[a\",; \\n中]{1,8}", 1..6)) {
        let mut bytes = Vec::new();
        let mut writer = csv::WriterBuilder::new().quote_style(csv::QuoteStyle::Always).from_writer(&mut bytes);
        writer.write_record(["id", "query"]).unwrap();
        for cell in &cells {
            writer.write_record(["x", cell]).unwrap();
        }
        drop(writer);
        let read: Vec<String> = rows("q.csv", &String::from_utf8(bytes).unwrap()).into_iter().map(|(row, _)| row.get("query").unwrap_or_default().to_owned()).collect();
        let expected: Vec<String> = cells.iter().map(|cell| cell.trim().to_owned()).collect();
        prop_assert_eq!(read, expected);
    }
}
