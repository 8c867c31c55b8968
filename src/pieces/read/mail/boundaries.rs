//! Parts of a mail that nothing closes, since the file was cut off or a program forgot: what stands in the last of them would be lost.

use foldhash::HashMap;
use mail_parser::{Message, MimeHeaders, PartType};

/// Deeper parts in parts are left as they are.
const DEEPEST: usize = 64;

/// `bytes` with a closing line for all parts that `message` opens and nothing closes; none where there are no such parts.
pub(super) fn closed(message: &Message<'_>, bytes: &[u8]) -> Option<Vec<u8>> {
    // How deep the parts of each boundary are, while they are open.
    let mut levels = declared(message);
    let (mut open, mut closed): (Vec<&[u8]>, Vec<u8>) = (Vec::new(), Vec::new());
    let (mut at, mut copied) = (0, 0);
    for line in bytes.split_inclusive(|&byte| byte == b'\n') {
        let start = at;
        at += line.len();
        let Some(marked) = line.trim_ascii_end().strip_prefix(b"--") else { continue };
        let is_next = levels.contains_key(marked);
        let boundary = if is_next { marked } else { marked.strip_suffix(b"--").unwrap_or_default() };
        let Some(level) = levels.get_mut(boundary) else { continue };
        let Some(level) = *level else {
            if is_next {
                *level = Some(open.len());
                open.push(boundary);
            }
            continue;
        };
        if open.len() > level + 1 {
            closed.extend_from_slice(bytes.get(copied..start)?);
            copied = start;
            close(&mut open, level + 1, &mut levels, &mut closed);
        }
        if !is_next {
            open.truncate(level);
            levels.insert(boundary, None);
        }
    }
    if closed.is_empty() && open.is_empty() || open.len() > DEEPEST {
        return None;
    }
    closed.extend_from_slice(bytes.get(copied..)?);
    close(&mut open, 0, &mut levels, &mut closed);
    Some(closed)
}

/// Closes all parts that are open from `level` on, the innermost first.
fn close<'b>(open: &mut Vec<&'b [u8]>, level: usize, levels: &mut HashMap<&'b [u8], Option<usize>>, closed: &mut Vec<u8>) {
    for boundary in open.drain(level..).rev() {
        closed.extend([b"\r\n--", boundary, b"--\r\n"].concat());
        levels.insert(boundary, None);
    }
}

/// The boundaries that a message, and those that are parts of it, say they have.
fn declared<'m>(message: &'m Message<'_>) -> HashMap<&'m [u8], Option<usize>> {
    let (mut found, mut messages) = (HashMap::default(), vec![message]);
    while let Some(message) = messages.pop() {
        for part in &message.parts {
            if let PartType::Message(inner) = &part.body {
                messages.push(inner);
            }
            let kind = part.content_type().filter(|kind| kind.ctype() == "multipart");
            found.extend(kind.and_then(|kind| kind.attribute("boundary")).map(|boundary| (boundary.as_bytes(), None)));
        }
    }
    found
}
