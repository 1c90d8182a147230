//! Watches the process that started the server: an editor that is killed says no `exit`, and may leave the streams
//! open in children of its own.

use std::time::Duration;

/// How often the editor's process is looked for.
const OFTEN: Duration = Duration::from_secs(2);

/// Waits until the process is gone; for ever where it has no number, or where the system cannot tell.
pub(super) async fn gone(process: Option<u32>) {
    let Some(process) = process.filter(|process| lives(*process).is_some()) else {
        return std::future::pending().await;
    };
    while lives(process) != Some(false) {
        tokio::time::sleep(OFTEN).await;
    }
}

/// Whether a process lives; one that is not ours to ask does.
#[cfg(unix)]
fn lives(process: u32) -> Option<bool> {
    let process = rustix::process::Pid::from_raw(i32::try_from(process).ok()?)?;
    Some(rustix::process::test_kill_process(process) != Err(rustix::io::Errno::SRCH))
}

/// Whether a process lives: not known here, where the end of the input has to do.
#[cfg(not(unix))]
fn lives(_: u32) -> Option<bool> {
    None
}
