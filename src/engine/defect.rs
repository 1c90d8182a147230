//! Findings about internal errors of ecslint: a panic ends only the work in which it happened.

use crate::diagnostic::{Diagnostic, Severity};
use crate::panic_guard::Panic;
use crate::source::Span;

/// The name of findings about internal errors. It is not a rule, so it cannot be selected, ignored, or suppressed.
pub const INTERNAL_ERROR: &str = "internal-error";

/// The finding about work that an internal error ended; `what` names the work: "the rule `x`".
pub(super) fn defect(panic: &Panic, what: &str, at: Span) -> Diagnostic {
    Diagnostic {
        rule: INTERNAL_ERROR,
        severity: Severity::Error,
        message: format!("{what} failed with an internal error of ecslint, so findings may be missing"),
        span: at,
        labels: Vec::new(),
        help: Some(request_for_report(panic)),
        fix: None,
        resources: Vec::new(),
    }
}

/// Asks the user to report an internal error.
pub fn request_for_report(panic: &Panic) -> String {
    let repository = env!("CARGO_PKG_REPOSITORY");
    let place = panic.place().unwrap_or("unknown location");
    format!("please report it at {repository}/issues: ecslint {}, {place}", env!("CARGO_PKG_VERSION"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::panic_guard::{catch, install_hook};
    use crate::source::FileId;

    #[test]
    fn a_defect_tells_its_place_and_not_what_it_says() {
        install_hook();
        let panic = catch(|| panic!("tr0mb0ne")).expect_err("it panics");
        let found = defect(&panic, "the rule `x`", Span::new(FileId(0), 0, 0));
        let text = format!("{} {}", found.message, found.help.unwrap_or_default());
        assert!(
            text.contains("the rule `x`") && text.contains("/issues") && text.contains("defect.rs:"),
            "{text}"
        );
        assert!(!text.contains("tr0mb0ne"), "{text}");
    }
}
