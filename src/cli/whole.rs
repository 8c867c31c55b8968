//! Output in whole lines, whatever happens: interrupted, a program leaves no half line behind.

use std::io::{self, Write};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use signal_hook::SigId;
use signal_hook::flag::{register, register_conditional_shutdown};
use signal_hook::low_level::unregister;

/// Held while lines are handed to the system.
static GATE: Mutex<()> = Mutex::new(());

/// Whether the process may end where it is: not in the middle of a line.
static BETWEEN_LINES: LazyLock<Arc<AtomicBool>> = LazyLock::new(|| Arc::new(AtomicBool::new(true)));

/// Whether it was interrupted in the middle of a line.
static INTERRUPTED: LazyLock<Arc<AtomicBool>> = LazyLock::new(Arc::default);

/// What is done when it is interrupted.
static ACTIONS: Mutex<Vec<SigId>> = Mutex::new(Vec::new());

/// The code of a process that was interrupted.
const CODE: i32 = 130;

/// Ctrl-C, and what systems send to programs that are to end.
const SIGNALS: &[i32] = &[
    signal_hook::consts::SIGINT,
    signal_hook::consts::SIGTERM,
    #[cfg(not(windows))]
    signal_hook::consts::SIGHUP,
];

/// Ends the process at Ctrl-C, between two lines; the second time also where nobody reads the line that is being written. Nothing else has to be
/// put in order: an index is as its last commit left it, and the system lets go of locks.
///
/// No thread waits for it: to start one would take a tenth of the time of a search.
pub(super) fn end_when_interrupted() {
    let mut actions = ACTIONS.lock().unwrap_or_else(PoisonError::into_inner);
    for &signal in SIGNALS {
        // One after the other in this order. Where there is no such signal, the system ends the process.
        actions.extend(register_conditional_shutdown(signal, CODE, Arc::clone(&BETWEEN_LINES)));
        actions.extend(register_conditional_shutdown(signal, CODE, Arc::clone(&INTERRUPTED)));
        actions.extend(register(signal, Arc::clone(&INTERRUPTED)));
    }
}

#[expect(clippy::exit, reason = "an interruption ends the process wherever it is")]
fn end() {
    std::process::exit(CODE);
}

/// Leaves interruptions to the pager, which has its own way with them.
fn leave_to_the_pager() {
    ACTIONS.lock().unwrap_or_else(PoisonError::into_inner).drain(..).for_each(|id| {
        unregister(id);
    });
}

/// Hands on whole lines.
pub(super) struct Whole<W: Write> {
    inner: W,
    buffer: Vec<u8>,
    /// Where the last line ends that is whole: nobody looks twice for it in a line that is long.
    whole: usize,
}

/// How much is kept before lines are handed on, in bytes.
const FULL: usize = 65_536;

/// The longest line that is kept back, in bytes.
const LONGEST: usize = 1 << 24;

impl<W: Write> Whole<W> {
    pub(super) fn new(inner: W) -> Self {
        Self { inner, buffer: Vec::with_capacity(FULL), whole: 0 }
    }

    fn hand_on(&mut self, until: usize) -> io::Result<()> {
        let gate = GATE.lock();
        BETWEEN_LINES.store(false, Ordering::SeqCst);
        let result = self.inner.write_all(self.buffer.get(..until).unwrap_or_default()).and_then(|()| self.inner.flush());
        BETWEEN_LINES.store(true, Ordering::SeqCst);
        if INTERRUPTED.load(Ordering::SeqCst) {
            end();
        }
        drop(gate);
        self.buffer.drain(..until);
        self.whole = 0;
        result
    }
}

impl<W: Write> Write for Whole<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if let Some(at) = bytes.iter().rposition(|byte| matches!(byte, b'\n' | 0)) {
            self.whole = self.buffer.len() + at + 1;
        }
        self.buffer.extend_from_slice(bytes);
        if self.buffer.len() >= FULL && self.whole > 0 {
            self.hand_on(self.whole)?;
        } else if self.buffer.len() >= LONGEST {
            self.hand_on(self.buffer.len())?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.hand_on(self.buffer.len())
    }
}

/// Output for a terminal: as it is where it fits, else in a pager.
pub(super) struct Paged {
    /// What has been written while it still fits.
    buffer: Vec<u8>,
    /// The lines of the terminal that this takes, and the bytes of the last.
    lines: usize,
    column: usize,
    size: (usize, usize),
    command: Vec<String>,
    child: Option<Child>,
}

impl Paged {
    /// Output for a terminal of so many columns and lines, in the pager `command` where it is longer.
    pub(super) fn new(size: (usize, usize), command: Vec<String>) -> Self {
        Self { buffer: Vec::new(), lines: 0, column: 0, size, command, child: None }
    }

    fn start(&mut self) -> io::Result<()> {
        let Some((program, arguments)) = self.command.split_first() else { return Ok(()) };
        let mut command = Command::new(program);
        command.args(arguments).stdin(Stdio::piped());
        // With colours, and at once where it fits after all.
        if std::env::var_os("LESS").is_none() {
            command.env("LESS", "-FRX");
        }
        match command.spawn() {
            Ok(child) => {
                leave_to_the_pager();
                // It is waited for also where it takes no more than a part of this.
                let child = self.child.insert(child);
                match &mut child.stdin {
                    Some(stdin) => stdin.write_all(&std::mem::take(&mut self.buffer)),
                    None => Ok(()),
                }
            }
            // Without pager the terminal has to do.
            Err(_) => {
                self.command.clear();
                io::stdout().lock().write_all(&std::mem::take(&mut self.buffer))
            }
        }
    }

    /// Counts the lines that `bytes` take. A line that is wider than the terminal takes several; its bytes are no fewer than its columns.
    fn count(&mut self, bytes: &[u8]) {
        for line in bytes.split_inclusive(|byte| *byte == b'\n') {
            self.column += line.len();
            if line.ends_with(b"\n") {
                self.lines += 1 + (self.column - 1).saturating_sub(1) / self.size.0.max(1);
                self.column = 0;
            }
        }
    }
}

impl Write for Paged {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if let Some(stdin) = self.child.as_mut().and_then(|child| child.stdin.as_mut()) {
            stdin.write_all(bytes)?;
            return Ok(bytes.len());
        }
        if self.command.is_empty() {
            io::stdout().lock().write_all(bytes)?;
            return Ok(bytes.len());
        }
        self.buffer.extend_from_slice(bytes);
        self.count(bytes);
        if self.lines >= self.size.1 {
            self.start()?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        match self.child.as_mut().and_then(|child| child.stdin.as_mut()) {
            Some(stdin) => stdin.flush(),
            None => Ok(()),
        }
    }
}

impl Drop for Paged {
    fn drop(&mut self) {
        match &mut self.child {
            Some(child) => {
                drop(child.stdin.take());
                // The user reads, and goes when it is enough.
                drop(child.wait());
            }
            None => {
                let mut out = io::stdout().lock();
                drop(out.write_all(&self.buffer).and_then(|()| out.flush()));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// What was handed on, one time after the other.
    #[derive(Default)]
    struct Handed(Vec<Vec<u8>>);

    impl Write for Handed {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.push(bytes.to_vec());
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn what_fits_the_terminal_is_not_paged() {
        let mut paged = Paged::new((20, 5), vec!["no-such-pager".to_owned()]);
        // In parts, as it is written.
        for part in ["a", " line", "\n", "one that is wider than 20 columns", "\n", "\n"] {
            paged.count(part.as_bytes());
        }
        assert_eq!((paged.lines, paged.column), (4, 0));
    }

    proptest! {
        #[test]
        fn whole_lines_are_handed_on_and_nothing_is_lost(
            lines in prop::collection::vec((0_usize..40_000, prop::sample::select(vec!["", "\n", "\0", "\na"])), 1..40),
        ) {
            let mut whole = Whole::new(Handed::default());
            let mut written = Vec::new();
            for (length, end) in lines {
                let bytes = ["x".repeat(length).as_str(), end].concat();
                whole.write_all(bytes.as_bytes()).unwrap();
                written.extend_from_slice(bytes.as_bytes());
                prop_assert!(whole.buffer.len() < FULL || !whole.buffer.iter().any(|byte| matches!(byte, b'\n' | 0)));
            }
            prop_assert!(whole.inner.0.iter().all(|handed| handed.ends_with(b"\n") || handed.ends_with(b"\0")));
            whole.flush().unwrap();
            prop_assert_eq!(whole.inner.0.concat(), written);
        }
    }
}
