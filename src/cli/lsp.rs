//! `ecslint lsp`.

use tokio::runtime::Builder;

use crate::cli::exit::{CLEAN, Failure};
use crate::lsp::{self, End};

/// Serves an editor. The exit status is the protocol's: 0 after `shutdown` and `exit`, 1 for any other end.
pub(super) fn run() -> Result<u8, Failure> {
    let runtime = Builder::new_multi_thread().enable_all().worker_threads(2).build()?;
    let end = runtime.block_on(lsp::serve());
    // An editor may keep standard input open, and a thread that reads it never ends by itself.
    runtime.shutdown_background();
    Ok(match end {
        End::Requested => CLEAN,
        End::Abrupt => 1,
    })
}
