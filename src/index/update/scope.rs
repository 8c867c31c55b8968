//! What part of which root a path means.

use std::path::{Path, PathBuf};

use crate::index::roots::{is_gone, normal};
use crate::index::{Error, Options, Root, Roots};
use crate::pieces::name::{self, slashed};

/// A root, or a part of one, that is to be brought up to date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Scope {
    /// The root's number.
    pub(super) root: u32,
    /// Where the root is.
    pub(super) base: PathBuf,
    /// The path from the root of what is meant; "" for all of it.
    pub(super) inside: String,
}

impl Scope {
    /// Where on this machine lies what is meant.
    pub(super) fn place(&self) -> PathBuf {
        if self.inside.is_empty() { self.base.clone() } else { self.base.join(name::path(&self.inside)) }
    }

    /// Whether a path from the root lies in it.
    pub(super) fn covers(&self, path: &str) -> bool {
        self.inside.is_empty() || path == self.inside || path.strip_prefix(&self.inside).is_some_and(|rest| rest.starts_with('/'))
    }
}

/// What is to be brought up to date.
#[derive(Clone, Copy, Debug)]
pub(super) enum Of<'p> {
    /// What the user names: known roots, parts of them or new ones; all known roots if nothing is named.
    Named(&'p [PathBuf]),
    /// What was seen to change in known roots. Links are not followed, and what lies in no root is left alone.
    Changed(&'p [PathBuf]),
}

/// The parts of `roots` that `of` means, and the numbers of roots that are no more: see [`named`]. As `options` say, roots that are gone
/// are taken off.
pub(super) fn scopes(of: Of<'_>, roots: &mut Roots, home: &Path, options: &Options) -> Result<(Vec<Scope>, Vec<u32>), Error> {
    match of {
        Of::Named(paths) => named(paths, roots, home, options),
        Of::Changed(paths) => Ok((changed(paths, roots, home)?, Vec::new())),
    }
}

/// The parts of `roots` that lie at `paths`.
fn changed(paths: &[PathBuf], roots: &Roots, home: &Path) -> Result<Vec<Scope>, Error> {
    let mut scopes = Vec::new();
    for root in roots.all() {
        let base = root.absolute(home);
        let inside = paths.iter().filter_map(|path| path.strip_prefix(&base).ok());
        let parts = inside.map(|inside| Scope { root: root.number, base: base.clone(), inside: slashed(inside) });
        let before = scopes.len();
        scopes.extend(parts);
        if scopes.len() > before && is_gone(&base) {
            return Err(Error::RootGone(base));
        }
    }
    Ok(scopes)
}

/// What the user's paths mean: parts of known roots, or new roots. `roots` is changed to hold the new ones; roots that lie under a new one
/// are taken off, and their numbers given back, since what they held is indexed under the new one. Without paths, all known roots. As
/// `options` say, roots that are gone are taken off likewise.
fn named(paths: &[PathBuf], roots: &mut Roots, home: &Path, options: &Options) -> Result<(Vec<Scope>, Vec<u32>), Error> {
    let gone: Vec<(u32, PathBuf)> =
        roots.all().iter().map(|root| (root.number, root.absolute(home))).filter(|(_, base)| is_gone(base)).collect();
    let mut absorbed = Vec::new();
    if options.prune {
        for (number, _) in &gone {
            roots.remove(*number);
            absorbed.push(*number);
        }
    }
    if paths.is_empty() {
        if let Some((_, base)) = gone.into_iter().find(|_| !options.prune) {
            return Err(Error::RootGone(base));
        }
        let all = roots.all().iter().map(|root| Scope { root: root.number, base: root.absolute(home), inside: String::new() });
        return Ok((all.collect(), absorbed));
    }
    let mut scopes: Vec<Scope> = Vec::new();
    for path in paths {
        let absolute = absolute(path);
        let known = roots.all().iter().find_map(|root| {
            let base = root.absolute(home);
            let inside = absolute.strip_prefix(&base).ok()?;
            Some(Scope { root: root.number, inside: slashed(inside), base })
        });
        let scope = match known {
            // A root that is gone altogether is more likely an unplugged disk than a wish to forget everything.
            Some(scope) if is_gone(&scope.base) => return Err(Error::RootGone(scope.base)),
            Some(scope) if is_hidden(&scope.inside) => {
                return Err(Error::Hidden { part: scope.place(), root: scope.base });
            }
            Some(scope) => scope,
            None if options.prune && gone.iter().any(|(_, base)| absolute.starts_with(base)) => continue,
            None if !absolute.exists() => return Err(Error::NoSuchPath(path.clone())),
            None => {
                let mut under = Vec::new();
                // What is hidden in a folder is no part of it.
                let inside = |root: &Root| root.absolute(home).strip_prefix(&absolute).map(slashed).ok();
                for root in roots.all().iter().filter(|root| inside(root).is_some_and(|inside| !is_hidden(&inside))) {
                    if !options.said.speaks_of(&root.choice) {
                        return Err(Error::RootWithin { root: root.absolute(home), around: absolute });
                    }
                    under.push(root.number);
                }
                // The new root is added first, so that it gets a number that no other had.
                let root = roots.add(&absolute, home);
                for &number in &under {
                    roots.remove(number);
                    scopes.retain(|scope| scope.root != number);
                }
                absorbed.extend(under);
                Scope { root, base: absolute, inside: String::new() }
            }
        };
        if !scopes.contains(&scope) {
            scopes.push(scope);
        }
    }
    // A part of a scope that is there as a whole would be walked twice.
    let all = scopes.clone();
    scopes.retain(|scope| !all.iter().any(|other| other != scope && other.root == scope.root && other.covers(&scope.inside)));
    Ok((scopes, absorbed))
}

/// Whether a path from a root leads to what is hidden.
fn is_hidden(inside: &str) -> bool {
    inside.split('/').any(|part| part.starts_with('.'))
}

/// `path` from the file system's root, without links as far as it exists.
fn absolute(path: &Path) -> PathBuf {
    std::fs::canonicalize(path).unwrap_or_else(|_| std::path::absolute(path).map_or_else(|_| path.to_owned(), |path| normal(&path)))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::super::Said;
    use super::*;

    #[test]
    fn paths_mean_parts_of_known_roots_or_new_roots() {
        let dir = tempfile::tempdir().unwrap();
        let home = dir.path().canonicalize().unwrap();
        fs::create_dir_all(home.join("a/b")).unwrap();
        fs::write(home.join("a/x.md"), "x").unwrap();
        let prune = Options { prune: true, ..Options::default() };
        let mut roots = Roots::default();
        let (found, _) = named(&[home.join("a/b")], &mut roots, &home, &Options::default()).unwrap();
        assert_eq!((found[0].root, found[0].inside.as_str()), (0, ""));
        // A folder around a root takes its place, unless that forgets what was said of the root.
        let said = |map: &[&str]| map.iter().map(|&rule| rule.to_owned()).collect::<Vec<_>>();
        let mut chosen = roots.clone();
        chosen.choice_mut(0).unwrap().map = said(&["title=hl"]);
        let around = |options: &Options| named(&[home.join("a")], &mut chosen.clone(), &home, options);
        assert!(matches!(around(&Options::default()), Err(Error::RootWithin { .. })));
        for map in [&["title=hl"][..], &[""]] {
            let said = Said { map: Some(said(map)), ..Said::default() };
            assert!(around(&Options { said, ..Options::default() }).is_ok());
        }
        let (found, absorbed) = named(&[home.join("a"), home.join("a/b")], &mut roots, &home, &Options::default()).unwrap();
        assert_eq!((found.len(), found[0].root, absorbed), (1, 1, vec![0]));
        let (found, _) = named(&[home.join("a/x.md"), home.join("a/gone.md")], &mut roots, &home, &Options::default()).unwrap();
        assert_eq!(found.iter().map(|scope| scope.inside.as_str()).collect::<Vec<_>>(), ["x.md", "gone.md"]);
        assert!(found[0].covers("x.md") && !found[0].covers("x.md.bak"));
        assert!(matches!(named(&[home.join("a/.b/x.md")], &mut roots, &home, &Options::default()), Err(Error::Hidden { .. })));
        // One that is hidden in it stays.
        let mut hidden = Roots::default();
        fs::create_dir_all(home.join("a/.b")).unwrap();
        named(&[home.join("a/.b")], &mut hidden, &home, &Options::default()).unwrap();
        let (found, absorbed) = named(&[home.join("a"), home.join("a/.b")], &mut hidden, &home, &Options::default()).unwrap();
        assert_eq!((found.iter().map(|scope| scope.root).collect::<Vec<_>>(), absorbed), (vec![1, 0], vec![]));
        assert!(matches!(named(&[home.join("nowhere")], &mut roots, &home, &Options::default()), Err(Error::NoSuchPath(_))));
        fs::remove_dir_all(home.join("a")).unwrap();
        assert!(matches!(named(&[], &mut roots, &home, &Options::default()), Err(Error::RootGone(_))));
        assert!(matches!(named(&[home.join("a/x.md")], &mut roots, &home, &Options::default()), Err(Error::RootGone(_))));
        assert_eq!(named(&[home.join("a/x.md")], &mut roots.clone(), &home, &prune).unwrap(), (vec![], vec![1]));
        let (found, absorbed) = named(&[], &mut roots, &home, &prune).unwrap();
        assert_eq!((found.len(), absorbed, roots.all().len()), (0, vec![1], 0));
    }

    #[test]
    fn what_has_changed_is_a_part_of_known_roots_and_nothing_else() {
        let dir = tempfile::tempdir().unwrap();
        let home = dir.path().canonicalize().unwrap();
        fs::create_dir_all(home.join("a/b")).unwrap();
        let mut roots = Roots::default();
        named(&[home.join("a")], &mut roots, &home, &Options::default()).unwrap();
        let paths = ["a/b", "a/gone.md", "else/x.md", "ab"].map(|path| home.join(path));
        let found = changed(&paths, &roots, &home).unwrap();
        assert_eq!(found.iter().map(|scope| scope.inside.as_str()).collect::<Vec<_>>(), ["b", "gone.md"]);
        fs::remove_dir_all(home.join("a")).unwrap();
        assert!(matches!(changed(&paths, &roots, &home), Err(Error::RootGone(_))));
        assert_eq!(changed(&paths[2..], &roots, &home).unwrap(), []);
    }
}
