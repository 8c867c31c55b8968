//! The message after a panic: that the index is damaged, if it is, else the panic's own.

use std::panic::PanicHookInfo;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use super::Failure;
use crate::index::{Error, READER, check};

/// What the first panic says.
static SAID: Mutex<Option<String>> = Mutex::new(None);

/// The index that is read or written.
static IN_USE: Mutex<Option<PathBuf>> = Mutex::new(None);

/// The thread in which the engine commits. A panic there ends the process.
const COMMITTING: &str = "segment_updater";

/// Notes which index is read or written from now on.
pub(super) fn using(path: &Path) {
    *IN_USE.lock().unwrap_or_else(PoisonError::into_inner) = Some(path.to_owned());
}

/// Keeps what panics say until it is known what they mean. What other people's files make readers do is told as a skip.
pub(super) fn hold_back() {
    std::panic::set_hook(Box::new(|panic| match std::thread::current().name() {
        Some(READER) => {}
        name => {
            note(panic);
            if name == Some(COMMITTING) {
                end();
            }
        }
    }));
}

fn note(panic: &PanicHookInfo<'_>) {
    SAID.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert_with(|| panic.to_string());
}

/// Ends the process, in which something has panicked.
#[expect(clippy::exit, reason = "the engine would end it without a word")]
fn end() {
    // Not in the thread that panics: there a second panic, which a damaged index may bring, would end all.
    drop(std::thread::spawn(|| failure().report()).join());
    std::process::exit(3);
}

/// Why the program was stopped. Only here it is worth reading all of the index to find out.
pub(super) fn failure() -> Failure {
    let index = IN_USE.lock().unwrap_or_else(PoisonError::into_inner).take();
    let said = SAID.lock().unwrap_or_else(PoisonError::into_inner).take();
    if let Some(path) = index {
        match check(&path) {
            Ok(faults) => {
                if let Some(fault) = faults.first() {
                    return Error::Damaged { path, what: fault.to_string() }.into();
                }
            }
            Err(error) => return error.into(),
        }
    }
    let said = said.unwrap_or_else(|| "caused by a file that was read".to_owned());
    Failure::index(format!("internal error: {said}"))
        .hint("please report this, with the command and the line above; what was committed to the index is safe")
}
