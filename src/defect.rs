//! The last resort: a panic in one rule or one file is a finding, and all else is still told. What the panic says is
//! told nobody, since it may quote a file; where in the code it was, is.

use std::cell::RefCell;
use std::panic::{self, AssertUnwindSafe};

use crate::diagnostic::{Diagnostic, Severity};
use crate::span::Span;

/// The name that such findings go by. It is no rule: nothing selects, ignores or accepts it.
pub const INTERNAL_ERROR: &str = "internal-error";

/// Where in the code something panicked, if that is known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Defect(Option<String>);

thread_local! {
    static PLACE: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Has panics of this process say nothing by themselves, and note their places.
pub fn keep_quiet() {
    panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(|place| format!("{}:{}", place.file(), place.line()));
        PLACE.set(place);
    }));
}

/// Does some work; a panic in it is a defect.
///
/// # Errors
/// The defect.
pub fn caught<T>(work: impl FnOnce() -> T) -> Result<T, Defect> {
    panic::catch_unwind(AssertUnwindSafe(work)).map_err(|_| Defect(PLACE.take()))
}

impl Defect {
    /// The finding about it; `what` has ended early: "the rule `x`".
    pub(crate) fn finding(&self, what: &str, at: Span) -> Diagnostic {
        Diagnostic {
            rule: INTERNAL_ERROR,
            severity: Severity::Error,
            message: format!("{what} ended early by a defect of ecslint, so not all is found here"),
            span: at,
            labels: Vec::new(),
            help: Some(self.to_string()),
            fix: None,
        }
    }
}

impl std::fmt::Display for Defect {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let repository = env!("CARGO_PKG_REPOSITORY");
        let place = self.0.as_deref().unwrap_or("an unknown place");
        write!(f, "please report it at {repository}/issues: ecslint {}, {place}", env!("CARGO_PKG_VERSION"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::span::FileId;

    #[test]
    fn a_panic_tells_its_place_and_not_what_it_says() {
        keep_quiet();
        let defect = caught(|| panic!("tr0mb0ne")).expect_err("it panics");
        let found = defect.finding("the rule `x`", Span::new(FileId(0), 0, 0));
        let said = format!("{} {}", found.message, found.help.unwrap_or_default());
        assert!(
            said.contains("the rule `x`") && said.contains("/issues") && said.contains("defect.rs:"),
            "{said}"
        );
        assert!(!said.contains("tr0mb0ne"), "{said}");
        assert_eq!(caught(|| 1), Ok(1));
    }
}
