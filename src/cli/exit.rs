//! How a run ends: its exit code, or what kept it from its work.

use std::io;

use crate::report::plain::one_line;
use crate::suggest::nearest;

/// What ends a run before its work is done. Whatever is wrong in a user's documents is a finding instead.
#[derive(Debug)]
pub(in crate::cli) enum Failure {
    /// Writing or starting failed.
    Io(io::Error),
    /// The command line asks for something that does not exist; says what.
    Usage(String),
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Failure {
        Failure::Io(error)
    }
}

/// Nothing at or above the level that fails a run.
pub(in crate::cli) const CLEAN: u8 = 0;
/// There are findings.
pub(in crate::cli) const FINDINGS: u8 = 1;
/// It could not run, or not in full.
pub(in crate::cli) const FAILED: u8 = 2;

/// Says that there is no `what` of a name, and which other name was perhaps meant, or where all of them are listed.
pub(in crate::cli) fn nothing_named<'n>(
    what: &str,
    name: &str,
    names: impl IntoIterator<Item = &'n str>,
    list: &str,
) -> Failure {
    let near = nearest(name, names);
    let advice =
        near.map_or_else(|| format!("`{list}` lists them all"), |near| format!("did you mean `{near}`?"));
    Failure::Usage(format!("there is no {what} `{}`; {advice}", one_line(name)))
}
