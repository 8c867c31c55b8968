use std::sync::Arc;

use super::*;

fn piece(authors: &[&str], title: &str, source: &str, date: &str, lang: &str) -> StoredPiece {
    let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    StoredPiece {
        authors: authors.iter().map(|name| (*name).to_owned()).collect(),
        title: some(title),
        source: some(source),
        date: some(date),
        url: Some("https://outlet.example/a_b".to_owned()),
        lang: lang.to_owned(),
        digest: "0123456789abcdef".to_owned(),
        ..StoredPiece::default()
    }
}

fn view(id: &str, piece: &StoredPiece) -> PieceView {
    PieceView { id: id.to_owned(), stored: Arc::new(piece.clone()), ..PieceView::default() }
}

#[test]
fn reprints_have_keys_of_their_own() {
    let piece = piece(&["Jane Example"], "Words", "The Outlet", "2024-01-24", "en");
    let [a, b] = ["a.md", "b.md"].map(|id| view(id, &piece));
    assert_ne!(csl_json(&a, None)["id"], csl_json(&b, None)["id"]);
    let key = |piece: &PieceView| citation(piece, CitationStyle::Bibtex, None).lines().next().unwrap().to_owned();
    assert!(key(&a) != key(&b) && key(&a) == key(&view("a.md", &piece)) && key(&a).starts_with("@article{example-2024-"));
}

#[test]
fn names_and_titles_with_signs_of_their_own() {
    let authors = ["Smith, John, Jr., Correspondent in Beijing", "Centre for Strategy and Security", "Brown, Ann and Sons"];
    let piece = piece(&authors, "A title.", "The Outlet", "2024-01-24", "en");
    let in_style = |style| citation(&view("a", &piece), style, None);
    assert!(in_style(CitationStyle::Chicago).starts_with("John Smith Jr., Centre for Strategy and Security, and "));
    assert!(in_style(CitationStyle::Chicago).contains(" “A title,” The Outlet"));
    assert!(in_style(CitationStyle::Apa).starts_with("Smith, J., Jr., Centre for Strategy and Security, & "));
    assert!(in_style(CitationStyle::Gbt7714).starts_with("SMITH J Jr, Centre for Strategy and Security, "));
    let names = "{Smith, Jr., John and {Centre for Strategy and Security} and Brown, {Ann and Sons}}";
    assert!(in_style(CitationStyle::Bibtex).contains(names), "{}", in_style(CitationStyle::Bibtex));
    assert_eq!(csl_json(&view("a", &piece), None)["author"][0]["suffix"], "Jr.");
    assert_eq!(["In the U.S.", "So…", "End.", "完。", "Wait..."].map(without_stop), ["In the U.S.", "So…", "End", "完", "Wait..."]);
}

#[test]
fn every_style_by_its_rules() {
    let one = piece(&["Jane Example", "Ana de la Cruz"], "Munitions & words", "The Outlet", "2024-01-24", "en");
    let chinese = piece(&["李四", "王五", "赵六", "钱七"], "军火与言辞", "远望评论", "2024-01", "zh");
    let bare = StoredPiece { url: None, ..piece(&[], "What now?", "", "", "en") };
    let in_style = |piece: &StoredPiece, style| citation(&view("a.md", piece), style, None);
    assert_eq!(
        in_style(&one, CitationStyle::Chicago),
        "Jane Example and Ana de la Cruz, “Munitions & words,” The Outlet, January 24, 2024, https://outlet.example/a_b."
    );
    assert_eq!(
        in_style(&chinese, CitationStyle::Chicago),
        "李四 et al., “军火与言辞,” 远望评论, January 2024, https://outlet.example/a_b."
    );
    assert_eq!(in_style(&bare, CitationStyle::Chicago), "“What now?”");
    assert_eq!(
        in_style(&one, CitationStyle::Apa),
        "Example, J., & de la Cruz, A. (2024, January 24). Munitions & words. The Outlet. https://outlet.example/a_b"
    );
    assert_eq!(in_style(&bare, CitationStyle::Apa), "What now? (n.d.).");
    // A letter appears nowhere but with who wrote it.
    let letter = StoredPiece { url: None, ..piece(&["Jane Example"], "Re: words", "Jane Example", "2024-01-24", "en") };
    assert_eq!(in_style(&letter, CitationStyle::Chicago), "Jane Example, “Re: words,” January 24, 2024.");
    assert!(!in_style(&letter, CitationStyle::CslJson).contains("container-title"));
    let accessed = |piece: &StoredPiece, style| citation(&view("a.md", piece), style, Some("2025-02-01"));
    assert!(accessed(&one, CitationStyle::Chicago).ends_with("January 24, 2024, accessed February 1, 2025, https://outlet.example/a_b."));
    assert!(accessed(&one, CitationStyle::Apa).ends_with("The Outlet. Retrieved February 1, 2025, from https://outlet.example/a_b"));
    assert_eq!(accessed(&bare, CitationStyle::Apa), "What now? (n.d.). Retrieved February 1, 2025.");
    assert!(accessed(&one, CitationStyle::Bibtex).contains("\n  urldate = {2025-02-01},\n"));
    assert_eq!(
        accessed(&chinese, CitationStyle::Gbt7714),
        "李四, 王五, 赵六, 等. 军火与言辞[N/OL]. 远望评论, 2024-01[2025-02-01]. https://outlet.example/a_b."
    );
    assert_eq!(
        in_style(&one, CitationStyle::Gbt7714),
        "EXAMPLE J, DE LA CRUZ A. Munitions & words[N/OL]. The Outlet, 2024-01-24. https://outlet.example/a_b."
    );
    assert_eq!(
        in_style(&one, CitationStyle::Bibtex),
        "@article{example-2024-06853d16,\n  author = {Example, Jane and de la Cruz, Ana},\n  title = {{Munitions \\& words}},\n  journal = {The Outlet},\n  year = {2024},\n  month = jan,\n  day = {24},\n  url = {https://outlet.example/a_b},\n  langid = {en}\n}"
    );
    assert_eq!(
        csl_json(&view("a.md", &chinese), None),
        json!({"id": key(&view("a.md", &chinese)), "type": "article-newspaper", "title": "军火与言辞", "container-title": "远望评论",
               "author": [{"literal": "李四"}, {"literal": "王五"}, {"literal": "赵六"}, {"literal": "钱七"}],
               "issued": {"date-parts": [[2024, 1]]}, "URL": "https://outlet.example/a_b", "language": "zh"})
    );
}
