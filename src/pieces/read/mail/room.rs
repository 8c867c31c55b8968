//! Room for messages in messages: the library follows them down to the last when it lets go of them, and the stack with it.

use std::thread;

use mail_parser::decoders::base64::base64_decode;

use crate::pieces::Reason;

/// More lines than this that may begin a part are refused: each takes some hundred bytes, though nothing is in it.
const PARTS: usize = 500_000;

/// More parameters than this in a field that says what a part is are refused: the library compares each with all before it.
const PARAMETERS: usize = 5_000;

/// More messages than this in one are refused. Digests have some hundred at the most.
const MESSAGES: usize = 1_000;

/// So often the library looks into what is packed in what is packed.
const PACKED: usize = 3;

/// The most bytes that copies of packed messages may take, if each holds all behind it: those the library copies.
const COPIES: usize = 1 << 28;

/// The stack, in bytes, where how many there are is not to be seen. It takes no memory until it is needed.
const STACK: usize = 1 << 30;

/// What `work` gives, which parses the mail in `bytes`.
pub(in crate::pieces::read) fn with_room<T: Send>(bytes: &[u8], work: impl FnOnce() -> Result<T, Reason> + Send) -> Result<T, Reason> {
    let parts = bytes.split(|&byte| byte == b'\n').filter(|line| line.starts_with(b"--")).count();
    if parts > PARTS {
        return Err(Reason::Broken(format!("more than {PARTS} parts")));
    }
    if parameters(bytes) > PARAMETERS {
        return Err(Reason::Broken(format!("more than {PARAMETERS} parameters in a field")));
    }
    match messages(bytes) {
        0 => work(),
        count if count > MESSAGES || packed(bytes, PACKED).is_none() => {
            Err(Reason::Broken(format!("more than {MESSAGES} messages in one, or too large ones")))
        }
        _ => thread::scope(|scope| {
            let thread = thread::Builder::new().stack_size(STACK).spawn_scoped(scope, work);
            let thread = thread.map_err(|error| Reason::Unreadable(error.to_string()))?;
            thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
        }),
    }
}

/// The most parameters in a field that says what a part is (RFC 2045, 5.1), more or less. A field goes on in lines that begin with a space.
fn parameters(bytes: &[u8]) -> usize {
    let (mut most, mut count, mut is_field) = (0, 0, false);
    for line in bytes.split(|&byte| byte == b'\n') {
        if !line.first().is_some_and(|byte| matches!(byte, b' ' | b'\t')) {
            is_field = line.get(..8).is_some_and(|name| name.eq_ignore_ascii_case(b"content-"));
            count = 0;
        }
        if is_field {
            count += line.iter().filter(|&&byte| byte == b';').count();
            most = most.max(count);
        }
    }
    most
}

/// How many messages at the most are to be seen when parts of a mail are unpacked, so many times at the most; `None` if they are too many, or too large
/// together.
///
/// It is not told which parts are packed. All of the mail is taken for quoted and for base 64, from each of the four letters that a group of the
/// latter may begin with: what is packed is one of these, and of the rest comes nothing that looks like a message.
fn packed(bytes: &[u8], times: usize) -> Option<usize> {
    let Some(times) = times.checked_sub(1) else { return Some(0) };
    let letters: Vec<u8> = bytes.iter().copied().filter(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/')).collect();
    let groups = |from: usize| {
        let letters = letters.get(from..).unwrap_or_default();
        base64_decode(letters.get(..letters.len() / 4 * 4).unwrap_or_default()).unwrap_or_default()
    };
    std::iter::once(unquoted(bytes)).chain((0..4).map(groups)).try_fold(0, |most, inner| {
        let count = messages(&inner);
        let is_small = count <= MESSAGES && count.saturating_mul(inner.len()) <= COPIES;
        match count {
            0 => Some(most),
            count => is_small.then(|| packed(&inner, times)).flatten().map(|deeper| most.max(count).max(deeper)),
        }
    })
}

/// Bytes that were written as quoted-printable (RFC 2045, 6.7), however badly.
fn unquoted(bytes: &[u8]) -> Vec<u8> {
    let digit = |byte: &u8| char::from(*byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    let mut out = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while let Some((first, behind)) = rest.split_first() {
        rest = behind;
        match (first, behind) {
            (b'=', [b'\r', b'\n', more @ ..] | [b'\n', more @ ..]) => rest = more,
            (b'=', [high, low, more @ ..]) if let (Some(high), Some(low)) = (digit(high), digit(low)) => {
                out.push(high << 4 | low);
                rest = more;
            }
            _ => out.push(*first),
        }
    }
    out
}

/// How many messages, or lists of them, are in a mail at the most, as far as it is not packed.
fn messages(bytes: &[u8]) -> usize {
    let behind = bytes.iter().enumerate().filter(|(_, byte)| matches!(byte, b'/' | b')'));
    let named = behind.filter_map(|(at, _)| bytes.get(at + 1..)?.trim_ascii_start().get(..6));
    named.filter(|name| ["rfc822", "global", "digest"].iter().any(|kind| name.eq_ignore_ascii_case(kind.as_bytes()))).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_of_a_field_are_counted() {
        for (mail, expected) in [
            ("Content-Type: text/plain; charset=utf-8\r\n\r\na; b; c; d", 1),
            ("Subject: a; b; c\r\ncontent-type: a;b=c;\r\n d=e;\r\n\tf=g\r\nX: ;;;;", 3),
            ("", 0),
        ] {
            assert_eq!(parameters(mail.as_bytes()), expected, "{mail}");
        }
        let many = format!("Content-Type: text/plain; {}\r\n\r\nWords.", "a=b; ".repeat(PARAMETERS));
        assert!(with_room(many.as_bytes(), || Ok(())).is_err());
    }

    #[test]
    fn what_is_packed_is_counted() {
        let messages = |times: usize| "Content-Type: message/rfc822\r\n\r\n".repeat(times);
        let quoted = |text: &str| text.bytes().map(|byte| format!("={byte:02X}")).collect::<Vec<_>>().concat();
        let in_letters = |text: &str| {
            let letter = |six: u8| char::from(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"[usize::from(six & 63)]);
            let group = |group: &[u8]| match *group {
                [a, b, c] => vec![letter(a >> 2), letter(a << 4 | b >> 4), letter(b << 2 | c >> 6), letter(c)],
                _ => Vec::new(),
            };
            text.as_bytes().chunks(3).flat_map(group).collect::<String>()
        };
        for head in ["", "a", "ab", "abc"] {
            for text in [quoted(&messages(20)), in_letters(&messages(20)), in_letters(&(messages(1) + &quoted(&messages(20))))] {
                let count = packed(format!("{head}\r\n\r\n{text}").as_bytes(), PACKED);
                assert!(count.is_some_and(|count| (19..=21).contains(&count)), "{count:?}: {text}");
            }
            assert_eq!(packed(format!("{head}{}", in_letters(&messages(MESSAGES + 2))).as_bytes(), PACKED), None);
        }
        assert_eq!(packed(quoted(&(messages(100) + &"a".repeat(COPIES / 100))).as_bytes(), PACKED), None);
        assert_eq!(packed(b"Words.", PACKED), Some(0));
    }

    #[test]
    fn messages_are_counted_however_they_are_written() {
        let count = |text: &str| messages(text.as_bytes());
        assert_eq!(count("Content-Type: message/rfc822\r\n\r\nContent-Type: Message/ (a) RFC822\r\n\r\nContent-Type: multipart/digest"), 3);
        assert_eq!(packed(b"Content-Type: message/rfc822\r\n\r\nWords.", PACKED), Some(1));
        assert_eq!(count("Content-Type: text/plain\r\n\r\nA global digest of rfc822, and/or more"), 0);
    }
}
