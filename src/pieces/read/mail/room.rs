//! Room for messages in messages: the library follows them down to the last when it lets go of them, and the stack with it.

use std::thread;

use crate::pieces::Reason;

/// More messages than this in one are refused. Digests have some hundred at the most.
const MESSAGES: usize = 1_000;

/// The stack, in bytes, where how many there are is not to be seen. It takes no memory until it is needed.
const STACK: usize = 1 << 30;

/// What `work` gives, which parses the mail in `bytes`.
pub(in crate::pieces::read) fn with_room<T: Send>(bytes: &[u8], work: impl FnOnce() -> Result<T, Reason> + Send) -> Result<T, Reason> {
    match messages(bytes) {
        0 => work(),
        count if count > MESSAGES => Err(Reason::Broken(format!("more than {MESSAGES} messages in one"))),
        // They may be packed, and hold others that are.
        _ => thread::scope(|scope| {
            let thread = thread::Builder::new().stack_size(STACK).spawn_scoped(scope, work);
            let thread = thread.map_err(|error| Reason::Unreadable(error.to_string()))?;
            thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
        }),
    }
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
    fn messages_are_counted_however_they_are_written() {
        let count = |text: &str| messages(text.as_bytes());
        assert_eq!(count("Content-Type: message/rfc822\r\n\r\nContent-Type: Message/ (a) RFC822\r\n\r\nContent-Type: multipart/digest"), 3);
        assert_eq!(count("Content-Type: text/plain\r\n\r\nA global digest of rfc822, and/or more"), 0);
    }
}
