//! `ecslint lsp`.

use tokio::runtime::Builder;

use crate::cli::exit::{CLEAN, Failure};
use crate::lsp::{self, End};

/// Runs the language server. Exit status as the protocol defines it: 0 after `shutdown` and `exit`, 1 otherwise.
pub(super) fn run() -> Result<u8, Failure> {
    let runtime = Builder::new_multi_thread().enable_all().worker_threads(2).build()?;
    let end = runtime.block_on(lsp::serve());
    // The editor may keep standard input open, and a thread that is blocked reading it never ends.
    runtime.shutdown_background();
    Ok(match end {
        End::Requested => CLEAN,
        End::Abrupt => 1,
    })
}
