use std::fmt::Write;

use super::harness::project;

/// Compares `given` with the committed file `tests/it/golden/NAME`, so that what changes shows in a change's diff.
///
/// On a difference, what was given is put under `target/golden`, to be read and then taken.
pub fn check(name: &str, given: &str) {
    check_in("tests/it/golden", name, given);
}

/// The same for a committed file in `folder` of the project.
pub fn check_in(folder: &str, name: &str, given: &str) {
    let committed = project().join(folder).join(name);
    let expected = std::fs::read_to_string(&committed).unwrap_or_default();
    if expected == given {
        return;
    }
    let fresh = project().join("target/golden").join(name);
    std::fs::create_dir_all(fresh.parent().unwrap()).unwrap();
    std::fs::write(&fresh, given).unwrap();
    let mut differences = String::new();
    let (old, new): (Vec<&str>, Vec<&str>) = (expected.lines().collect(), given.lines().collect());
    for line in old.iter().filter(|line| !new.contains(line)) {
        writeln!(differences, "- {line}").unwrap();
    }
    for line in new.iter().filter(|line| !old.contains(line)) {
        writeln!(differences, "+ {line}").unwrap();
    }
    panic!("{name} has changed:\n{differences}\nif it should: cp target/golden/{name} {folder}/{name}");
}
