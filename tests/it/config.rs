use super::harness::Sandbox;

fn sandbox() -> Sandbox {
    let sandbox = Sandbox::with(&[("x.md", "Oil is sold.\n"), ("y.md", "Wind is not.\n")]);
    sandbox.index();
    sandbox
}

#[test]
fn defaults_come_from_files() {
    let sandbox = sandbox();
    sandbox.write("home/.config/pundit/config.toml", "format = \"csv\"\n[search]\nfields = [\"path\", \"rank\"]\n");
    assert_eq!(sandbox.run(&["search", "oil"]).stdout, "path,rank\nx.md,1\n");
    sandbox.write(".pundit/config.toml", "format = \"tsv\"\nlimit = 1\nany = true\n");
    assert_eq!(sandbox.run(&["search", "oil wind"]).stdout.lines().count(), 2);
    // Flags win.
    assert_eq!(sandbox.run(&["search", "oil", "-f", "jsonl", "--fields", "path"]).stdout, "{\"schema\":1,\"path\":\"x.md\"}\n");
    let told = sandbox.run(&["config", "-f", "text"]).stdout;
    let line = |key: &str| told.lines().find(|line| line.starts_with(&format!("{key}\t"))).unwrap_or_else(|| panic!("{told}")).to_owned();
    assert!(line("format").starts_with("format\ttsv\t") && line("format").ends_with(".pundit/config.toml"), "{told}");
    assert!(line("search.fields").ends_with("home/.config/pundit/config.toml"), "{told}");
    assert_eq!(line("per-piece"), "per-piece\t3; kwic: all\tbuilt in");
    assert_eq!((line("rank"), line("literal")), ("rank\tfull\tbuilt in".to_owned(), "literal\tfalse\tbuilt in".to_owned()));
    for (text, told) in [
        ("limit = \"many\"\n", "config.toml: limit cannot be many\nhint: "),
        ("colour = \"never\"\n", "config.toml: \"colour\" cannot have a default\nhint: the keys are limit"),
        ("output = \"/etc/passwd\"\n", "config.toml: \"output\" cannot have a default"),
        ("limit = \n", "config.toml:1: "),
        ("[serach]\nlimit = 1\n", "a configuration file has a table for \"serach\""),
    ] {
        sandbox.write(".pundit/config.toml", text);
        let ran = sandbox.run(&["search", "oil"]);
        assert!(ran.code == 2 && ran.stderr.contains(told), "{text}: {ran:?}");
        assert_eq!(sandbox.run(&["--help"]).code, 0);
    }
}

#[test]
fn columns_of_hits_are_no_default_of_other_tables() {
    let sandbox = sandbox();
    sandbox.write(".pundit/config.toml", "fields = [\"path\"]\nwithin = \"sentence\"\nfeedback = \"off\"\n");
    let first = |args: &[&str]| sandbox.run(args).stdout.lines().next().unwrap_or_default().to_owned();
    assert_eq!(first(&["search", "oil"]), "x.md");
    assert_eq!(first(&["count", "oil", "--by", "lang", "-f", "csv"]), "lang,pieces,passages");
    assert_eq!(first(&["status", "-f", "csv"]), "fact,value");
    assert_eq!(first(&["count", "oil sold"]), "1\t1");
    assert_eq!(sandbox.run(&["search", "oil wind", "--any", "-c"]).stdout, "2\n");
    sandbox.write(".pundit/config.toml", "[status]\nfields = [\"value\"]\n");
    assert_eq!(first(&["status", "-f", "csv"]), "value");
}
