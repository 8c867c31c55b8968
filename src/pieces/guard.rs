//! Files are strangers', and much of what reads them is somebody else's work.

use std::panic::{AssertUnwindSafe, catch_unwind};

use super::Reason;

/// What `work` on somebody's file gives. What it does not foresee costs that file, or what of it was at hand, and not the run.
///
/// # Errors
/// When it panics. What it was about to change may then be half changed, and is to be made anew.
pub fn guarded<T>(work: impl FnOnce() -> T) -> Result<T, Reason> {
    catch_unwind(AssertUnwindSafe(work)).map_err(|_| Reason::Reader("it stopped unexpectedly".to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_panics_is_told_and_what_does_not_is_given() {
        let number = |text: &str| guarded(|| text.parse::<u8>().unwrap());
        assert!(number("7") == Ok(7) && matches!(number("seven"), Err(Reason::Reader(_))));
    }
}
