//! Names of files as text, and back.
//!
//! Paths in an index are text, and nearly all names are. Of one that is not UTF-8, each byte that does not fit becomes NUL, which no name holds, and
//! its two digits: so no two names become the same text, and the text tells the name.

use std::borrow::Cow;
use std::ffi::{OsStr, OsString};
use std::fmt::Write;
use std::path::{Path, PathBuf};

/// Stands before the digits of a byte.
const ESCAPE: char = '\0';

/// A name, or a path, as text.
#[must_use]
pub fn text(name: &OsStr) -> String {
    if let Some(name) = name.to_str() {
        return name.to_owned();
    }
    let mut text = String::new();
    for chunk in name.as_encoded_bytes().utf8_chunks() {
        text.push_str(chunk.valid());
        for byte in chunk.invalid() {
            // Writing to a string does not fail.
            let _: std::fmt::Result = write!(text, "{ESCAPE}{byte:02x}");
        }
    }
    text
}

/// A path from somewhere as text, with `/` between its parts on every system.
#[must_use]
pub fn slashed(path: &Path) -> String {
    path.iter().map(text).collect::<Vec<_>>().join("/")
}

/// The path of which `text` is the text.
#[must_use]
pub fn path(text: &str) -> PathBuf {
    let mut parts = text.split(ESCAPE);
    let mut bytes = parts.next().unwrap_or_default().as_bytes().to_vec();
    for part in parts {
        let digits = part.get(..2).and_then(|digits| u8::from_str_radix(digits, 16).ok());
        bytes.extend(digits);
        bytes.extend_from_slice(part.get(2..).unwrap_or_default().as_bytes());
    }
    os_string(bytes).into()
}

/// The text of a name as people are shown it.
#[must_use]
pub fn shown(text: &str) -> Cow<'_, str> {
    if text.contains(ESCAPE) { text.replace(ESCAPE, "\\x").into() } else { text.into() }
}

/// Whether this is the text of a name that is not UTF-8.
#[must_use]
pub fn is_foreign(text: &str) -> bool {
    text.contains(ESCAPE)
}

#[cfg(unix)]
fn os_string(bytes: Vec<u8>) -> OsString {
    std::os::unix::ffi::OsStringExt::from_vec(bytes)
}

#[cfg(not(unix))]
fn os_string(bytes: Vec<u8>) -> OsString {
    String::from_utf8_lossy(&bytes).into_owned().into()
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn no_two_names_have_one_text_and_each_is_told_by_its_own() {
        let names: [&[u8]; 7] =
            [b"a.txt", "甲\u{FFFD}.txt".as_bytes(), b"\xff.txt", b"\xfe.txt", b"\\xff.txt", b"d\xe7\xe8/\xb0\xa1e5", b"ff"];
        let texts: std::collections::BTreeSet<String> = names.iter().map(|name| text(&os_string(name.to_vec()))).collect();
        assert_eq!(texts.len(), names.len());
        for name in names {
            let name = os_string(name.to_vec());
            assert_eq!(path(&text(&name)), PathBuf::from(name));
        }
        assert_eq!(shown(&text(&os_string(b"a\xff.txt".to_vec()))), "a\\xff.txt");
    }
}
