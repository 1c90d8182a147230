//! Whether a pattern matches, as far as both sides are known.

/// The three answers. They are ordered, so the least of several is the answer for all of them together, and the greatest is
/// that for any of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fit {
    /// It certainly does not match.
    Never,
    /// It may match.
    Maybe,
    /// It certainly matches.
    Always,
}

impl Fit {
    /// The answer for the opposite.
    #[must_use]
    pub fn negated(self) -> Fit {
        match self {
            Fit::Never => Fit::Always,
            Fit::Maybe => Fit::Maybe,
            Fit::Always => Fit::Never,
        }
    }
}
