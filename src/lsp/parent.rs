//! Watches the process that started the server: an editor that is killed sends no `exit`, and its child processes may
//! keep the streams open.

use std::time::Duration;

/// Interval between checks of the editor's process.
const OFTEN: Duration = Duration::from_secs(2);

/// Waits until the process has ended. Waits indefinitely if there is no process ID or if the platform is not
/// supported.
pub(super) async fn gone(process: Option<u32>) {
    let Some(process) = process.filter(|process| lives(*process).is_some()) else {
        return std::future::pending().await;
    };
    while lives(process) != Some(false) {
        tokio::time::sleep(OFTEN).await;
    }
}

/// Whether a process is alive; a process that may not be queried is.
#[cfg(unix)]
fn lives(process: u32) -> Option<bool> {
    let process = rustix::process::Pid::from_raw(i32::try_from(process).ok()?)?;
    Some(rustix::process::test_kill_process(process) != Err(rustix::io::Errno::SRCH))
}

/// Always true: not supported on this platform, where the server ends with its input.
#[cfg(not(unix))]
fn lives(_: u32) -> Option<bool> {
    None
}
