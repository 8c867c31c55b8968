//! Mailboxes: messages one after another, each behind a line that begins with `From `.

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
            let begins = after_blank && line.starts_with(b"From ");
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

/// Passes over the rest of a line of which `line` was taken.
fn skip_line(reader: &mut impl BufRead, line: &[u8]) -> io::Result<()> {
    if !line.ends_with(b"\n") {
        reader.skip_until(b'\n')?;
    }
    Ok(())
}
