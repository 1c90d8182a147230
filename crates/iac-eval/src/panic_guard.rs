//! Panic isolation: a panic ends only the work on one file or one rule. The panic message is dropped because it can
//! quote a file; the code location is kept.

use std::cell::RefCell;
use std::panic::{self, AssertUnwindSafe};

/// A caught panic, with its code location if known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Panic(Option<String>);

impl Panic {
    /// The source file and line of the panic; `None` if [`install_hook`] was not called before.
    pub fn place(&self) -> Option<&str> {
        self.0.as_deref()
    }
}

thread_local! {
    static PLACE: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Installs a process-wide panic hook that prints nothing and records the location of the panic.
pub fn install_hook() {
    panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(|place| format!("{}:{}", place.file(), place.line()));
        PLACE.set(place);
    }));
}

/// Ends the work around it, up to the next [`catch`]. This is not a panic: no hook runs, and nothing is wrong with the work.
pub fn stop() -> ! {
    panic::resume_unwind(Box::new(()))
}

/// Runs `work` and catches a panic.
///
/// # Errors
/// Returns the [`Panic`] if `work` panicked or was stopped.
pub fn catch<T>(work: impl FnOnce() -> T) -> Result<T, Panic> {
    panic::catch_unwind(AssertUnwindSafe(work)).map_err(|_| Panic(PLACE.take()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_says_where_it_was() {
        install_hook();
        let caught = catch(|| panic!("tr0mb0ne")).expect_err("it panics");
        assert!(caught.place().is_some_and(|place| place.contains("panic_guard.rs:")), "{caught:?}");
        assert_eq!(catch(|| 1), Ok(1));
    }

    #[test]
    fn work_that_is_stopped_ends_without_a_panic() {
        install_hook();
        assert_eq!(catch(|| stop()), Err(Panic(None)));
        assert_eq!(catch(|| 1), Ok(1));
    }
}
