//! The last resort: a panic while one file or one rule is worked on ends only that work. What the panic says is not kept,
//! since it may quote a file; where in the code it was, is.

use std::cell::RefCell;
use std::panic::{self, AssertUnwindSafe};

/// A panic that was caught: where in the code it was, if that is known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Panic(Option<String>);

impl Panic {
    /// The file and the line of the code that panicked; `None` if [`install_hook`] was not called before.
    pub fn place(&self) -> Option<&str> {
        self.0.as_deref()
    }
}

thread_local! {
    static PLACE: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Installs a panic hook for the process that prints nothing and notes where the code panicked.
pub fn install_hook() {
    panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(|place| format!("{}:{}", place.file(), place.line()));
        PLACE.set(place);
    }));
}

/// Does some work.
///
/// # Errors
/// The panic that ended it.
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
}
