use std::path::{Component, Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::pieces::name;

/// A folder or file that was indexed, with everything under it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Root {
    /// Its number, which its pieces carry.
    pub number: u32,
    /// Where it is, as [`name`] has it: relative to the folder that holds the index where it lies in there, so that the two can move together; else
    /// absolute.
    pub path: String,
    /// What of it is read, and how.
    #[serde(default)]
    pub choice: Choice,
    /// Whether not all of it has been read since it was named: a run is under way, or was stopped.
    #[serde(default, skip_serializing_if = "is_read")]
    pub unread: bool,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for it so")]
const fn is_read(unread: &bool) -> bool {
    !*unread
}

/// What of a root is read, and how: said once, and kept for every later update.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// Patterns of which a file has to match one, if there are any.
    pub include: Vec<String>,
    /// Patterns of which a file may match none.
    pub exclude: Vec<String>,
    /// What fields of records are taken for, each as `title=headline`.
    pub map: Vec<String>,
}

/// The roots of an index.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Roots(Vec<Root>);

impl Roots {
    /// All, in the order in which they were first indexed.
    #[must_use]
    pub fn all(&self) -> &[Root] {
        &self.0
    }

    /// The root with this number.
    #[must_use]
    pub fn get(&self, number: u32) -> Option<&Root> {
        self.0.iter().find(|root| root.number == number)
    }

    /// Adds a root at the absolute `path`, for an index that lies in `home`, and gives its number.
    pub fn add(&mut self, path: &Path, home: &Path) -> u32 {
        let number = self.0.iter().map(|root| root.number + 1).max().unwrap_or_default();
        let path = match path.strip_prefix(home) {
            Ok(inside) if inside.as_os_str().is_empty() => ".".to_owned(),
            Ok(inside) => name::text(inside.as_os_str()),
            Err(_) => name::text(path.as_os_str()),
        };
        self.0.push(Root { number, path, choice: Choice::default(), unread: true });
        number
    }

    /// Whether there are any, and not all of one has been read yet.
    #[must_use]
    pub fn are_unread(&self) -> bool {
        self.0.iter().any(|root| root.unread)
    }

    /// Notes that all of root `number` is read now.
    pub(super) fn read(&mut self, number: u32) {
        self.0.iter_mut().filter(|root| root.number == number).for_each(|root| root.unread = false);
    }

    /// These roots as they are until what is to be read has been: those that are not among the roots `before`, or were not read then, are not
    /// read yet.
    pub(super) fn until_read(&self, before: &Self) -> Self {
        let mut roots = self.clone();
        roots.0.iter_mut().for_each(|root| root.unread = before.get(root.number).is_none_or(|before| before.unread));
        roots
    }

    /// What of root `number` is read, and how, to be changed.
    pub fn choice_mut(&mut self, number: u32) -> Option<&mut Choice> {
        self.0.iter_mut().find(|root| root.number == number).map(|root| &mut root.choice)
    }

    /// Takes a root off.
    pub fn remove(&mut self, number: u32) {
        self.0.retain(|root| root.number != number);
    }

    /// The id of a piece at `path` in root `number`: with several roots the root's name comes first; a root that is a file is its own name.
    #[must_use]
    pub fn display(&self, number: u32, path: &str) -> String {
        let id = match self.get(number) {
            Some(root) if self.0.len() > 1 => {
                let name = self.name(root);
                if name == path { name } else { format!("{name}/{path}") }
            }
            _ => path.to_owned(),
        };
        if name::is_foreign(&id) { name::shown(&id).into_owned() } else { id }
    }

    /// The name of a root, told apart from others of the same name by a number.
    fn name(&self, root: &Root) -> String {
        let base =
            |root: &Root| Path::new(&root.path).file_name().map_or_else(|| root.path.clone(), |name| name.to_string_lossy().into_owned());
        let name = base(root);
        let before = self.0.iter().take_while(|other| other.number != root.number).filter(|other| base(other) == name).count();
        if before == 0 { name } else { format!("{name}#{}", before + 1) }
    }
}

impl Root {
    /// Where it is, for an index that lies in `home`.
    #[must_use]
    pub fn absolute(&self, home: &Path) -> PathBuf {
        normal(&home.join(name::path(&self.path)))
    }
}

/// Whether nothing is at `path`; where that cannot be told, something is.
pub(super) fn is_gone(path: &Path) -> bool {
    matches!(path.try_exists(), Ok(false))
}

/// `path` without `.` and, as far as it can be told without asking the disk, `..`.
pub(super) fn normal(path: &Path) -> PathBuf {
    let mut out = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir if matches!(out.components().next_back(), Some(Component::Normal(_))) => {
                out.pop();
            }
            part => out.push(part),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roots_move_with_their_index() {
        let mut roots = Roots::default();
        roots.add(Path::new("/a/b"), Path::new("/a/b"));
        roots.add(Path::new("/a/b/c"), Path::new("/a/b"));
        roots.add(Path::new("/x/c"), Path::new("/a/b"));
        let moved: Vec<_> = roots.all().iter().map(|root| root.absolute(Path::new("/new"))).collect();
        assert_eq!(moved, [Path::new("/new"), Path::new("/new/c"), Path::new("/x/c")]);
    }

    #[test]
    fn names_come_first_where_there_are_several() {
        let mut roots = Roots::default();
        roots.add(Path::new("/a/news"), Path::new("/home"));
        assert_eq!(roots.display(0, "x.md"), "x.md");
        roots.add(Path::new("/b/news"), Path::new("/home"));
        roots.add(Path::new("/b/one.md"), Path::new("/home"));
        assert_eq!(roots.display(0, "x.md"), "news/x.md");
        assert_eq!(roots.display(1, "x.md"), "news#2/x.md");
        assert_eq!(roots.display(2, "one.md"), "one.md");
    }
}
