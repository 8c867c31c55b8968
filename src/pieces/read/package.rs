//! Documents that are zips of XML files: Word, `PowerPoint`, `OpenOffice`, EPUB.

use std::borrow::Cow;
use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use super::Limits;
use super::xml::{Node, walk};
use crate::pieces::decode::{declared, decode};
use crate::pieces::piece::one_line;
use crate::pieces::{Date, Piece, Reason};

/// How many bytes the files of a packed document say that they have together; 0 if it cannot be opened.
pub(in crate::pieces) fn unpacked_size(bytes: &[u8]) -> usize {
    let Ok(mut archive) = ZipArchive::new(Cursor::new(bytes)) else { return 0 };
    let sizes = (0..archive.len()).map(|at| archive.by_index_raw(at).map_or(0, |file| file.size()));
    usize::try_from(sizes.fold(0, u64::saturating_add)).unwrap_or(usize::MAX)
}

/// An opened document.
pub(super) struct Package {
    archive: ZipArchive<Cursor<Vec<u8>>>,
    /// How many bytes may still come out of it.
    left: u64,
    allowed: u64,
}

impl Package {
    pub(super) fn open(bytes: Vec<u8>, limits: &Limits) -> Result<Self, Reason> {
        let allowed = limits.expanded.min(limits.file);
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| reason(&error))?;
        Ok(Self { archive, left: allowed, allowed })
    }

    /// The names of its files, in their order in the archive.
    pub(super) fn names(&self) -> Vec<String> {
        self.archive.file_names().flatten().map(Cow::into_owned).collect()
    }

    /// The bytes of a file in it; `None` if there is none of this name.
    pub(super) fn bytes(&mut self, name: &str) -> Result<Option<Vec<u8>>, Reason> {
        let file = match self.archive.by_name(name) {
            Ok(file) => file,
            Err(ZipError::FileNotFound) => return Ok(None),
            Err(error) => return Err(reason(&error)),
        };
        let mut bytes = Vec::new();
        file.take(self.left + 1).read_to_end(&mut bytes).map_err(|error| Reason::Broken(error.to_string()))?;
        // What was too large once would be unpacked in vain again, however often it is asked for.
        let left = self.left.checked_sub(bytes.len() as u64);
        self.left = left.unwrap_or(0);
        left.map(|_| Some(bytes)).ok_or(Reason::Expands(self.allowed))
    }

    /// The text of a file in it.
    pub(super) fn text(&mut self, name: &str) -> Result<Option<String>, Reason> {
        let Some(bytes) = self.bytes(name)? else { return Ok(None) };
        let declared = declared(&bytes);
        decode(bytes, declared.as_deref()).map(|(text, _)| Some(text))
    }

    /// The text of a file without which it is no document.
    pub(super) fn needed(&mut self, name: &str) -> Result<String, Reason> {
        self.text(name)?.ok_or_else(|| Reason::Broken(format!("{name} is missing from it")))
    }

    /// What the properties of an Office document say: title, author, date.
    pub(super) fn properties(&mut self, name: &str, depth: usize) -> Piece {
        let mut piece = Piece::default();
        let Ok(Some(text)) = self.text(name) else { return piece };
        let mut value = String::new();
        let read = walk(&text, depth, &mut |node| match node {
            Node::Open(..) => value.clear(),
            Node::Text(text) => value.push_str(text),
            Node::Close(name) => {
                let said = value.trim();
                match name {
                    "title" if !said.is_empty() && !is_default_title(said) => piece.title = Some(one_line(said)),
                    "creator" | "initial-creator" if piece.authors.is_empty() => piece.authors = author(said).into_iter().collect(),
                    "created" | "creation-date" => piece.date = Date::parse(said),
                    "language" => piece.language = crate::text::Language::parse(said),
                    _ => {}
                }
                value.clear();
            }
        });
        // What stands before a break counts.
        read.ok();
        piece
    }
}

/// What programs call an author of whom they know nothing, and themselves.
const NOBODY: [&str; 32] = [
    "admin",
    "administrador",
    "administrateur",
    "administrator",
    "anonymous",
    "apache poi",
    "author",
    "default user",
    "guest",
    "microsoft",
    "microsoft corporation",
    "microsoft office user",
    "openpyxl",
    "owner",
    "python-docx",
    "root",
    "un-named",
    "unknown",
    "unknown author",
    "unspecified",
    "user",
    "usuario",
    "usuario de windows",
    "utilisateur windows",
    "windows user",
    "windows-benutzer",
    "пользователь",
    "пользователь windows",
    "作者",
    "用户",
    "微软用户",
    "使用者",
];

/// The author that the properties of a document name, unless a program gave that name.
pub(super) fn author(said: &str) -> Option<String> {
    let name = one_line(said);
    let folded = name.to_lowercase();
    let bare = folded.trim_matches(['(', ')']);
    (!bare.is_empty() && !NOBODY.contains(&bare)).then_some(name)
}

/// A title that a program gave.
pub(super) fn is_default_title(title: &str) -> bool {
    let lower = title.to_lowercase();
    ["microsoft word", "untitled", "slide 1", "powerpoint presentation", "document1", "无标题", "無標題"]
        .iter()
        .any(|start| lower.starts_with(start))
        || [".doc", ".docx", ".pdf", ".indd", ".qxd", ".dvi", ".tex"].iter().any(|ending| lower.ends_with(ending))
}

fn reason(error: &ZipError) -> Reason {
    match error {
        ZipError::UnsupportedArchive(what) if what.contains("assword") => Reason::Encrypted,
        ZipError::InvalidPassword => Reason::Encrypted,
        error => Reason::Broken(error.to_string()),
    }
}
