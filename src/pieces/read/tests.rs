use std::io::{Cursor, Write};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::*;
use crate::pieces::Date;

fn packed(files: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in files {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn one(bytes: Vec<u8>, format: Format) -> Piece {
    let mut reading = read(bytes, format, &Limits::default());
    assert!(reading.skipped.is_empty() && reading.pieces.len() == 1, "{reading:?}");
    reading.pieces.remove(0)
}

const CORE: &str = "<cp:coreProperties xmlns:cp='c' xmlns:dc='d'><dc:title>The talks</dc:title><dc:creator>J. Example</dc:creator>\
    <dcterms:created>2024-01-24T10:00:00Z</dcterms:created></cp:coreProperties>";

#[test]
fn word() {
    let document = "<w:document xmlns:w='w'><w:body><w:p><w:r><w:t>The talks</w:t></w:r></w:p><w:p><w:r><w:t>They </w:t><w:tab/><w:t>met</w:t></w:r>\
        <w:del><w:r><w:delText> not</w:delText></w:r></w:del><w:r><w:instrText>PAGE</w:instrText><w:br/><w:t>again &amp; again.</w:t></w:r></w:p><w:p/></w:body></w:document>";
    let notes = "<w:footnotes xmlns:w='w'><w:footnote><w:p><w:r><w:t>A note.</w:t></w:r></w:p></w:footnote></w:footnotes>";
    let piece = one(packed(&[("docProps/core.xml", CORE), ("word/document.xml", document), ("word/footnotes.xml", notes)]), Format::Docx);
    assert_eq!((piece.title.as_deref(), piece.text.as_str()), (Some("The talks"), "They met\nagain & again.\n\nA note."));
    assert_eq!((piece.authors.as_slice(), piece.date.unwrap().to_string().as_str()), (&["J. Example".to_owned()][..], "2024-01-24"));
}

#[test]
fn documents_without_title_keep_their_language() {
    let core = "<cp:coreProperties xmlns:cp='c' xmlns:dc='d'><dc:language>fr-FR</dc:language><dc:creator>J. Example</dc:creator></cp:coreProperties>";
    let document = "<w:document xmlns:w='w'><w:body><w:p><w:r><w:t>Non, et encore non.</w:t></w:r></w:p></w:body></w:document>";
    let piece = one(packed(&[("docProps/core.xml", core), ("word/document.xml", document)]), Format::Docx);
    assert_eq!((piece.title, piece.language), (None, crate::text::Language::parse("fr")));
    assert_eq!(piece.authors, ["J. Example"]);
    let meta = "<office:document-meta xmlns:office='o' xmlns:dc='d'><office:meta><dc:language>fr-FR</dc:language></office:meta></office:document-meta>";
    let content = "<office:document-content xmlns:office='o' xmlns:text='t'><office:body><office:text><text:p>Non, et encore non.</text:p>\
        </office:text></office:body></office:document-content>";
    let piece = one(packed(&[("meta.xml", meta), ("content.xml", content)]), Format::Odt);
    assert_eq!((piece.title, piece.language), (None, crate::text::Language::parse("fr")));
}

#[test]
fn an_author_whom_a_program_names_is_none() {
    let authors = |name: &str| {
        let core = CORE.replace("J. Example", name);
        let document = "<w:document xmlns:w='w'><w:body><w:p><w:r><w:t>They met.</w:t></w:r></w:p></w:body></w:document>";
        let word = one(packed(&[("docProps/core.xml", &core), ("word/document.xml", document)]), Format::Docx).authors;
        let rich = format!(r"{{\rtf1{{\info{{\author {name}}}}}They met.}}");
        assert_eq!(one(rich.into_bytes(), Format::Rtf).authors, word, "{name}");
        word
    };
    for name in ["python-docx", "Microsoft Office User", "ADMIN", " Unknown ", "(anonymous)", "()", ""] {
        assert_eq!(authors(name), [""; 0], "{name}");
    }
    assert_eq!(authors("Jane  Owner"), ["Jane Owner"]);
    // The person who began a document is named where the program that wrote it stands before.
    let meta = "<m xmlns:dc='d'><dc:creator>User</dc:creator><meta:initial-creator>J. Example</meta:initial-creator></m>";
    let content = "<c><office:body><text:p>They met.</text:p></office:body></c>";
    assert_eq!(one(packed(&[("meta.xml", meta), ("content.xml", content)]), Format::Odt).authors, ["J. Example"]);
    // Then the byline is heard.
    let core = CORE.replace("J. Example", "User").replace("The talks", "");
    let lines = ["Talks fail", "By Jane Example", "They met again."].map(|line| format!("<w:p><w:r><w:t>{line}</w:t></w:r></w:p>"));
    let document = format!("<w:document xmlns:w='w'><w:body>{}</w:body></w:document>", lines.concat());
    assert_eq!(one(packed(&[("docProps/core.xml", &core), ("word/document.xml", &document)]), Format::Docx).authors, ["Jane Example"]);
}

#[test]
fn open_office() {
    let content = "<office:document-content xmlns:office='o' xmlns:text='t'><office:body><office:text><text:tracked-changes><text:p>gone</text:p>\
        </text:tracked-changes><text:h>A head</text:h><text:p>They<text:s/>met<text:note><text:note-citation>1</text:note-citation><text:p>A note.</text:p>\
        </text:note> again.</text:p></office:text></office:body></office:document-content>";
    let piece = one(packed(&[("content.xml", content)]), Format::Odt);
    assert_eq!((piece.title.as_deref(), piece.text.as_str()), (Some("A head"), "They met again.\n\nA note."));
    let locked = packed(&[("content.xml", "x"), ("META-INF/manifest.xml", "<manifest:encryption-data/>")]);
    assert_eq!(read(locked, Format::Odt, &Limits::default()).skipped, [Skipped::file(Reason::Encrypted)]);
}

#[test]
fn rows_of_tables_in_documents_are_paragraphs() {
    let row = |cells: &[&str]| {
        let cells = cells.iter().map(|cell| format!("<CELL>{cell}</CELL>"));
        format!("<ROW>{}</ROW>", cells.collect::<String>())
    };
    let p = |text: &str| format!("<P><T>{text}</T></P>");
    let inner = format!("<TABLE>{}{}</TABLE>", row(&[&p("One"), &p("1")]), row(&[&p("Two"), &p("2")]));
    let rows = [row(&[&p("Iran"), &p("42")]), row(&[&p("Iraq"), &inner]), row(&[&[p("They met."), p("Again.")].concat()])].concat();
    let table = format!("{}<TABLE>{rows}</TABLE>{}", p("They met again."), p("Below."));
    let written = |names: [(&str, &str); 5]| names.iter().fold(table.clone(), |text, (from, to)| text.replace(from, to));
    let word = written([("CELL>", "w:tc>"), ("ROW>", "w:tr>"), ("TABLE>", "w:tbl>"), ("P>", "w:p>"), ("T>", "w:t>")]);
    let open = written([("CELL>", "t:table-cell>"), ("ROW>", "t:table-row>"), ("TABLE>", "t:table>"), ("P>", "t:p>"), ("T>", "t:span>")]);
    let word = packed(&[("word/document.xml", &format!("<w:document xmlns:w='w'><w:body>{word}</w:body></w:document>"))]);
    let open = packed(&[("content.xml", &format!("<o:c xmlns:o='o' xmlns:t='t'><o:body>{open}</o:body></o:c>"))]);
    for (bytes, format) in [(word, Format::Docx), (open, Format::Odt)] {
        let expected = "They met again.\n\nIran 42\n\nIraq\n\nOne 1\n\nTwo 2\n\nThey met.\n\nAgain.\n\nBelow.";
        assert_eq!(one(bytes, format).text, expected, "{format:?}");
    }
}

#[test]
fn slides_have_pages() {
    let slide = |text: &str| format!("<p:sld xmlns:p='p' xmlns:a='a'><a:p><a:r><a:t>{text}</a:t></a:r></a:p></p:sld>");
    let (one_, two, ten) = (slide("First."), slide("Second."), slide("Tenth."));
    let files = [("ppt/slides/slide10.xml", ten.as_str()), ("ppt/slides/slide2.xml", &two), ("ppt/slides/slide1.xml", &one_)];
    let piece = one(packed(&files), Format::Slides);
    assert_eq!(piece.text, "First.\n\nSecond.\n\nTenth.");
    assert_eq!([0, 8, 17].map(|at| piece.lines.page(at)), [Some(1), Some(2), Some(10)]);
}

#[test]
fn chapters_of_a_book_are_pieces() {
    let opf = "<package xmlns:dc='d'><metadata><dc:title>The Book</dc:title><dc:creator>A. Writer</dc:creator><dc:language>en</dc:language></metadata>\
        <manifest><item id='n' href='nav.xhtml' properties='nav'/><item id='b' href='text/b%201.xhtml'/><item id='a' href='a.xhtml'/></manifest>\
        <spine><itemref idref='n'/><itemref idref='a'/><itemref idref='b'/></spine></package>";
    let files = [
        ("META-INF/container.xml", "<container><rootfiles><rootfile full-path='OPS/book.opf'/></rootfiles></container>"),
        ("OPS/book.opf", opf),
        ("OPS/nav.xhtml", "<html><body><p>Contents</p></body></html>"),
        ("OPS/a.xhtml", "<html><head><title>x</title></head><body><h1>One</h1><p>First <i>words</i>.</p></body></html>"),
        ("OPS/text/b 1.xhtml", "<html><body><p>Second.</p></body></html>"),
    ];
    let reading = read(packed(&files), Format::Epub, &Limits::default());
    let found: Vec<_> = reading.pieces.iter().map(|piece| (piece.title.as_deref().unwrap(), piece.text.as_str(), piece.record)).collect();
    assert_eq!(found, [("One", "First words.", Some(2)), ("The Book", "Second.", Some(3))]);
    assert_eq!(
        (reading.pieces[0].source.as_deref(), reading.pieces[0].authors.as_slice()),
        (Some("The Book"), &["A. Writer".to_owned()][..])
    );
}

fn workbook(rows: &str) -> Vec<u8> {
    packed(&[
        (
            "_rels/.rels",
            "<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'><Relationship Id='r' \
            Type='http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument' Target='xl/workbook.xml'/></Relationships>",
        ),
        ("[Content_Types].xml", "<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'/>"),
        (
            "xl/workbook.xml",
            "<workbook xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main' xmlns:r='http://schemas.openxmlformats.org/officeDocument/2006/relationships'>\
            <sheets><sheet name='S' sheetId='1' r:id='r1'/></sheets></workbook>",
        ),
        (
            "xl/_rels/workbook.xml.rels",
            "<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'><Relationship Id='r1' \
            Type='http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet' Target='worksheets/sheet1.xml'/></Relationships>",
        ),
        (
            "xl/worksheets/sheet1.xml",
            &format!(
                "<worksheet xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'><sheetData>{rows}</sheetData></worksheet>"
            ),
        ),
    ])
}

#[test]
fn days_of_a_workbook_without_a_format_are_dates() {
    let rows = "<row r='1'><c r='A1' t='str'><v>date</v></c><c r='B1' t='str'><v>text</v></c></row>\
        <row r='2'><c r='A2'><v>45356</v></c><c r='B2' t='str'><v>Words.</v></c></row>";
    assert_eq!(one(workbook(rows), Format::Sheet).date, Date::day(2024, 3, 5));
    // The same number is no date where nobody counts so.
    let record = br#"{"date": 45356, "text": "Words."}"#;
    assert_eq!(one(record.to_vec(), Format::Json).date, None);
}

#[test]
fn rows_of_a_workbook_are_records() {
    let cell = |place: &str, text: &str| format!("<c r='{place}' t='inlineStr'><is><t>{text}</t></is></c>");
    let rows = format!(
        "<row r='1'>{}</row><row r='3'>{}{}</row><row r='4'>{}{}</row><row r='9'>{}</row>",
        cell("A1", "A caption"),
        cell("A3", "headline"),
        cell("C3", "body"),
        cell("A4", "One"),
        cell("C4", "Words."),
        cell("C9", "More.")
    );
    let reading = read(workbook(&rows), Format::Sheet, &Limits::default());
    let found: Vec<_> = reading.pieces.iter().map(|piece| (piece.title.as_deref(), piece.text.as_str(), piece.lines.at(0))).collect();
    assert_eq!(found, [(Some("One"), "Words.", Some(4)), (None, "More.", Some(9))]);
    // A row that is too long costs itself.
    let long = rows.replace("More.", &"More and more. ".repeat(9));
    let reading = read(workbook(&long), Format::Sheet, &Limits { record: 100, ..Limits::default() });
    assert_eq!(reading.pieces.len(), 1);
    assert_eq!(reading.skipped, [Skipped::line(9, Reason::TooLong { size: 134, limit: 100 })]);
    // A cell at the far corner takes no room.
    let far = format!("<row r='1'>{}{}</row><row r='1048576'>{}</row>", cell("A1", "text"), cell("B1", "x"), cell("XFD1048576", "far"));
    assert_eq!(read(workbook(&far), Format::Sheet, &Limits::default()).pieces.len(), 0);
}

#[test]
fn documents_that_expand_are_refused() {
    let limits = Limits { expanded: 1 << 16, ..Limits::default() };
    let blanks = " ".repeat(1 << 20);
    let bytes = packed(&[("word/document.xml", &format!("<w:document>{blanks}</w:document>"))]);
    assert!(matches!(read(bytes, Format::Docx, &limits).skipped[0].reason, Reason::Expands(_)));
    let deep = packed(&[("word/document.xml", &"<w:p>".repeat(100_000))]);
    assert_eq!(read(deep, Format::Docx, &Limits::default()).skipped[0].reason, Reason::TooDeep(2_000));
    assert!(matches!(read(packed(&[("x", "y")]), Format::Docx, &limits).skipped[0].reason, Reason::Broken(_)));
}

/// A PDF of these pages, each with one line.
fn pdf(pages: &[&str], forms: &str) -> Vec<u8> {
    let mut objects = vec!["<</Type/Catalog/Pages 2 0 R>>".to_owned()];
    let kids: Vec<String> = (0..pages.len()).map(|at| format!("{} 0 R", 4 + 2 * at)).collect();
    objects.push(format!("<</Type/Pages/Count {}/Kids[{}]>>", pages.len(), kids.join(" ")));
    objects.push("<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>".to_owned());
    for (at, text) in pages.iter().enumerate() {
        objects.push(format!(
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents {} 0 R/Resources<</Font<</F 3 0 R>>{forms}>>>>",
            5 + 2 * at
        ));
        let content = format!("BT /F 12 Tf 50 700 Td ({text}) Tj ET /X Do");
        let content = if forms.is_empty() { content.replace(" /X Do", "") } else { content };
        objects.push(format!("<</Length {}>>\nstream\n{content}\nendstream", content.len()));
    }
    if !forms.is_empty() {
        objects.push("<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Length 5>>\nstream\n/X Do\nendstream".to_owned());
    }
    let (mut out, mut places) = (b"%PDF-1.4\n".to_vec(), Vec::new());
    for (object, number) in objects.iter().zip(1..) {
        places.push(out.len());
        out.extend_from_slice(format!("{number} 0 obj\n{object}\nendobj\n").as_bytes());
    }
    let start = out.len();
    out.extend_from_slice(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).as_bytes());
    for place in &places {
        out.extend_from_slice(format!("{place:010} 00000 n \n").as_bytes());
    }
    out.extend_from_slice(format!("trailer\n<</Size {}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF", objects.len() + 1).as_bytes());
    out
}

#[test]
fn pages_of_a_pdf() {
    let piece = one(pdf(&["First words.", "Second words."], ""), Format::Pdf);
    assert_eq!(piece.text, "First words.\n\nSecond words.");
    assert_eq!([0, 14].map(|at| piece.lines.page(at)), [Some(1), Some(2)]);
    assert_eq!(read(pdf(&[""], ""), Format::Pdf, &Limits::default()).skipped, [Skipped::file(Reason::NoText)]);
}

#[test]
fn a_page_of_a_pdf_that_cannot_be_read_costs_itself() {
    let bytes = pdf(&["First words.", "Second words.", "Third words."], "");
    let text = String::from_utf8(bytes).unwrap();
    // A font that is a number is none.
    let broken = text.replacen("/Contents 7 0 R/Resources<</Font<</F 3 0 R>>", "/Contents 7 0 R/Resources<</Font<</F 99999>>", 1);
    assert_ne!(broken, text);
    let reading = read(broken.into_bytes(), Format::Pdf, &Limits::default());
    assert_eq!(reading.pieces[0].text, "First words.\n\nThird words.");
    assert_eq!(reading.skipped, [Skipped::file(Reason::Pages("2".to_owned()))]);
}

#[test]
fn a_pdf_that_draws_itself_is_refused() {
    let reading = read(pdf(&["Words."], "/XObject<</X 6 0 R>>"), Format::Pdf, &Limits::default());
    assert!(matches!(reading.skipped[0].reason, Reason::Broken(_)), "{reading:?}");
}

#[test]
fn a_list_of_pages_that_is_in_itself_is_refused() {
    let text = String::from_utf8(pdf(&["Words."], "")).unwrap();
    for (parent, missing) in [("4 0 R", ""), ("2 0 R", "/Parent 2 0 R")] {
        let endless = text.replace("/Parent 2 0 R/MediaBox[0 0 600 800]", &format!("/Parent {parent}"));
        let endless = endless.replace("/Type/Pages", &format!("/Type/Pages{missing}"));
        let reading = read(endless.into_bytes(), Format::Pdf, &Limits::default());
        assert!(matches!(reading.skipped[0].reason, Reason::Broken(_)), "{reading:?}");
    }
}

#[test]
fn a_page_of_a_pdf_that_takes_too_much_costs_itself() {
    let hostile = format!("a) Tj {} (", "q ".repeat(1_000_000));
    let reading = read(pdf(&["First words.", &hostile, "Third words."], ""), Format::Pdf, &Limits::default());
    assert_eq!(reading.pieces[0].text, "First words.\n\nThird words.");
    assert_eq!(reading.skipped, [Skipped::file(Reason::Pages("2".to_owned()))]);
    // A form that is drawn very often.
    let drawn = |times: usize| {
        let bytes = pdf(&[&format!("a) Tj {} (", "/X Do ".repeat(times))], "/XObject<</X 6 0 R>>");
        let form = String::from_utf8(bytes).unwrap().replace("/X Do\nendstream", "q q q\nendstream");
        read(form.into_bytes(), Format::Pdf, &Limits::default())
    };
    assert_eq!(drawn(10).pieces.len(), 1);
    assert!(matches!(drawn(1_000_000).skipped[0].reason, Reason::Broken(_)));
}

#[test]
fn pages_of_a_long_pdf_are_read_once() {
    // What is said on many pages, but for numbers, would be left out.
    let texts: Vec<String> = (0..5_000).map(|page| format!("Words{page:b}.").replace('0', "o").replace('1', "i")).collect();
    let piece = one(pdf(&texts.iter().map(String::as_str).collect::<Vec<_>>(), ""), Format::Pdf);
    assert!(piece.text.contains("Wordsiooiiiooooiii."));
}

#[test]
fn a_text_longer_than_a_piece_may_be_is_cut_and_a_record_left_out() {
    let mut reading = read(b"Words, and more.".to_vec(), Format::Plain, &Limits::default());
    reading.bound(12);
    let texts: Vec<_> = reading.pieces.iter().map(|piece| piece.text.as_str()).collect();
    assert_eq!(texts, ["Words, and ", "more."]);
    let mut reading = read(b"{\"text\": \"Words, and more.\"}\n".to_vec(), Format::JsonLines, &Limits::default());
    reading.bound(12);
    assert_eq!(reading.skipped, [Skipped::line(1, Reason::TooLong { size: 16, limit: 12 })]);
}
