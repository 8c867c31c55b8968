//! Mailboxes: messages one after another, each behind a line that names its sender and when it came: `From jane@example.org Tue Mar  5 10:00:00 2024`.

use std::io::{self, BufRead, BufReader, Read};

use super::{Content, Flow, Place, Unpacker, With};
use crate::pieces::{Format, Reason, Skipped};

impl Unpacker<'_> {
    pub(super) fn mailbox(&mut self, place: &Place, reader: &mut dyn Read) -> Flow {
        let limit = self.limits.record;
        let mut reader = BufReader::new(reader);
        let (mut message, mut with, mut size) = (Vec::new(), With::default(), 0);
        let (mut number, mut after_blank) = (0, true);
        loop {
            number += 1;
            let mut line = Vec::new();
            // Of a line without end no more is held than a message may have.
            let read = (&mut reader).take(limit as u64 + 1).read_until(b'\n', &mut line);
            let ended = match read {
                Ok(read) => read == 0,
                Err(error) => return self.failed(place, &error),
            };
            // Of the first line nothing is asked: what stands below it is to be read, whatever wrote it.
            let begins = after_blank && line.starts_with(b"From ") && (number == 1 || is_envelope(&line));
            if ended || begins {
                if size > 0 {
                    let content = if size > limit {
                        let skipped = Skipped { line: with.line, ..Skipped::file(Reason::TooLarge { limit: limit as u64 }) };
                        Content::LeftOut(skipped)
                    } else {
                        Content::Whole { format: Format::Mail, bytes: std::mem::take(&mut message), with: with.clone() }
                    };
                    self.give(place, content)?;
                }
                if ended {
                    return Flow::Continue(());
                }
                with = With { record: Some(with.record.unwrap_or_default() + 1), line: Some(number), ..With::default() };
                (message, size, after_blank) = (Vec::new(), 0, false);
                continue;
            }
            after_blank = line.trim_ascii().is_empty();
            // ">From " at the beginning of a line was "From " in the message.
            let quoted = line.iter().position(|&byte| byte != b'>').unwrap_or_default();
            let from = usize::from(quoted > 0 && line.get(quoted..).is_some_and(|rest| rest.starts_with(b"From ")));
            size += line.len();
            if size <= limit {
                message.extend_from_slice(line.get(from..).unwrap_or_default());
            } else {
                message = Vec::new();
                if let Err(error) = skip_line(&mut reader, &line) {
                    return self.failed(place, &error);
                }
            }
        }
    }
}

/// Whether a line that begins with `From ` names a sender and a time, or nothing but an address. "From Tuesday on …" may begin a paragraph.
fn is_envelope(line: &[u8]) -> bool {
    const DAYS: [&[u8]; 7] = [b"Mon", b"Tue", b"Wed", b"Thu", b"Fri", b"Sat", b"Sun"];
    let words: Vec<&[u8]> =
        line.split(|byte| byte.is_ascii_whitespace() || *byte == b',').filter(|word| !word.is_empty()).skip(1).collect();
    let Some((sender, date)) = words.split_first() else { return false };
    let is_address = sender.contains(&b'@');
    let has = |is: fn(&[u8]) -> bool| date.iter().any(|word| is(word));
    if date.is_empty() { is_address } else { has(is_time) && has(is_year) && (is_address || date.iter().any(|word| DAYS.contains(word))) }
}

/// Whether a word is a time of day: `10:00` or `10:00:00`, perhaps with more behind it.
fn is_time(word: &[u8]) -> bool {
    matches!(word, [b'0'..=b'9', b':', b'0'..=b'9', b'0'..=b'9', ..] | [b'0'..=b'2', b'0'..=b'9', b':', b'0'..=b'9', b'0'..=b'9', ..])
}

/// Whether a word is a year, or a date that begins with it.
fn is_year(word: &[u8]) -> bool {
    matches!(word, [b'1' | b'2', b'0'..=b'9', b'0'..=b'9', b'0'..=b'9'] | [b'1' | b'2', b'0'..=b'9', b'0'..=b'9', b'0'..=b'9', b'-', ..])
}

/// Passes over the rest of a line of which `line` was taken.
fn skip_line(reader: &mut impl BufRead, line: &[u8]) -> io::Result<()> {
    if !line.ends_with(b"\n") {
        reader.skip_until(b'\n')?;
    }
    Ok(())
}
