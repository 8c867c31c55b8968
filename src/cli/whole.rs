//! Output in whole lines, whatever happens: interrupted, a program leaves no half line behind.

use std::io::{self, Write};
use std::process::{Child, Command, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// Held while lines are handed to the system. An interruption waits for it.
static GATE: Mutex<()> = Mutex::new(());

/// Whether a pager is shown. It has its own way with interruptions.
static PAGING: AtomicBool = AtomicBool::new(false);

/// The code of a process that was interrupted.
const INTERRUPTED: i32 = 130;

/// How long an interruption waits for a line that nobody reads.
const PATIENCE: Duration = Duration::from_secs(1);

/// Ends the process at Ctrl-C, between two lines. Nothing else has to be put in order: an index is as its last commit left it, and the system
/// lets go of locks.
pub(super) fn end_when_interrupted() {
    #[expect(clippy::exit, reason = "an interruption ends the process wherever it is")]
    let end = || {
        if PAGING.load(Ordering::Relaxed) {
            return;
        }
        let until = Instant::now() + PATIENCE;
        let gate = loop {
            match GATE.try_lock() {
                Err(std::sync::TryLockError::WouldBlock) if Instant::now() < until => std::thread::yield_now(),
                gate => break gate,
            }
        };
        // Held to the end, so that no line begins.
        std::mem::forget(gate);
        std::process::exit(INTERRUPTED);
    };
    // Where there is no such signal, the system ends the process.
    drop(ctrlc::set_handler(end));
}

/// Hands on whole lines.
pub(super) struct Whole<W: Write> {
    inner: W,
    buffer: Vec<u8>,
}

/// How much is kept before lines are handed on, in bytes.
const FULL: usize = 65_536;

/// The longest line that is kept back, in bytes.
const LONGEST: usize = 1 << 24;

impl<W: Write> Whole<W> {
    pub(super) fn new(inner: W) -> Self {
        Self { inner, buffer: Vec::with_capacity(FULL) }
    }

    fn hand_on(&mut self, until: usize) -> io::Result<()> {
        let gate = GATE.lock();
        let result = self.inner.write_all(self.buffer.get(..until).unwrap_or_default()).and_then(|()| self.inner.flush());
        drop(gate);
        self.buffer.drain(..until);
        result
    }
}

impl<W: Write> Write for Whole<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.buffer.extend_from_slice(bytes);
        if self.buffer.len() >= FULL {
            let end = self.buffer.iter().rposition(|byte| matches!(byte, b'\n' | 0)).map(|at| at + 1);
            if let Some(until) = end.or((self.buffer.len() >= LONGEST).then_some(self.buffer.len())) {
                self.hand_on(until)?;
            }
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
    lines: usize,
    size: (usize, usize),
    command: Vec<String>,
    child: Option<Child>,
}

impl Paged {
    /// Output for a terminal of so many columns and lines, in the pager `command` where it is longer.
    pub(super) fn new(size: (usize, usize), command: Vec<String>) -> Self {
        Self { buffer: Vec::new(), lines: 0, size, command, child: None }
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
            Ok(mut child) => {
                PAGING.store(true, Ordering::Relaxed);
                if let Some(stdin) = &mut child.stdin {
                    stdin.write_all(&std::mem::take(&mut self.buffer))?;
                }
                self.child = Some(child);
            }
            // Without pager the terminal has to do.
            Err(_) => self.command.clear(),
        }
        Ok(())
    }
}

impl Write for Paged {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if let Some(stdin) = self.child.as_mut().and_then(|child| child.stdin.as_mut()) {
            stdin.write_all(bytes)?;
            return Ok(bytes.len());
        }
        self.buffer.extend_from_slice(bytes);
        let (width, height) = self.size;
        self.lines += bytes.split_inclusive(|byte| *byte == b'\n').map(|line| 1 + line.len() / width.max(1)).sum::<usize>();
        if self.lines >= height && !self.command.is_empty() {
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
                PAGING.store(false, Ordering::Relaxed);
            }
            None => {
                let mut out = io::stdout().lock();
                drop(out.write_all(&self.buffer).and_then(|()| out.flush()));
            }
        }
    }
}
