use super::harness::Sandbox;

fn sandbox() -> Sandbox {
    let english = "We can do it, they said, and the people of the country are not sure that it will work with the others.";
    let canada = "Canada signed the treaty, said a note of the ministry; the area is closed to ships of the navy.";
    let spanish = "El gobierno impuso sanciones a los bancos de la zona, y los sancionados protestaron ante el tribunal del país.";
    let french = "Le gouvernement parle de l'économie du pays, et les travaux du parlement avancent dans les commissions.";
    let turkish = "Hükümet partisi seçimlerin ardından yeni bir anlaşma istedi; bakan bunu mecliste söyledi ve kararı açıkladı.";
    let polish = "Rząd ogłosił nowe sankcje, a prezydent nie jest pewien, czy państwa Unii będą je popierać w tym roku.";
    let sandbox = Sandbox::with(&[
        ("en.txt", english),
        ("canada.txt", canada),
        ("es.txt", spanish),
        ("fr.txt", french),
        ("tr.txt", turkish),
        ("pl.txt", polish),
    ]);
    sandbox.index();
    assert_eq!(sandbox.run(&["search", "lang:es OR lang:fr OR lang:tr OR lang:pl", "-c"]).stdout, "4\n");
    sandbox
}

#[test]
fn a_word_is_not_what_a_stemmer_of_another_language_makes_of_it() {
    let sandbox = sandbox();
    // To stemmers of Spanish, French or Turkish these are forms of "can", "are", "not" and "of".
    for word in ["Canada", "area", "note", "navy"] {
        assert_eq!(sandbox.pieces(&[word]), ["canada.txt"], "{word}");
    }
    assert_eq!(sandbox.pieces(&["are"]), ["en.txt"]);
}

#[test]
fn words_are_found_in_all_their_forms_by_the_language_of_their_text() {
    let sandbox = sandbox();
    for (word, piece) in [
        ("sanción", "es.txt"),
        ("gobiernos", "es.txt"),
        ("travail", "fr.txt"),
        ("seçim", "tr.txt"),
        ("parti", "tr.txt"),
        ("sankcja", "pl.txt"),
        ("rządu", "pl.txt"),
    ] {
        assert_eq!(sandbox.pieces(&[word]), [piece], "{word}");
    }
}

#[test]
fn texts_that_do_not_have_a_word_are_asked_for_that_of_another_language() {
    let sandbox = sandbox();
    assert_eq!(sandbox.pieces(&["economic"]), ["fr.txt"]);
    let why = sandbox.run(&["why", "economic", "fr.txt"]);
    assert!(why.code == 0 && why.stdout.contains("a word of the stem \"econom\""), "{why:?}");
    // Where they have it, it is theirs alone.
    sandbox
        .write("quoting.txt", "Le mot « economic » est anglais, dit la note du gouvernement, et les commissions du parlement en parlent.");
    sandbox.index();
    assert_eq!(sandbox.pieces(&["economic"]), ["quoting.txt"]);
}
