//! The editor's process and the pipe to it: when it ends without a word, so does the server.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Notify;

const PERIOD: Duration = Duration::from_millis(400);

/// Tells when the process of that number has ended. Where that can't be seen, the end of the input tells.
pub(super) async fn wait_for_end(number: u32, ended: Arc<Notify>) {
    while is_alive(number) {
        tokio::time::sleep(PERIOD).await;
    }
    ended.notify_one();
}

/// A process that may not be signalled is there.
#[cfg(unix)]
fn is_alive(number: u32) -> bool {
    let process = i32::try_from(number).ok().and_then(rustix::process::Pid::from_raw);
    process.is_none_or(|process| rustix::process::test_kill_process(process) != Err(rustix::io::Errno::SRCH))
}

#[cfg(not(unix))]
fn is_alive(_: u32) -> bool {
    true
}

/// Lets standard output, where it is a pipe, take the findings of most documents at once: else what writes them waits for the
/// editor every 64 KiB. Only Linux has pipes of any length; more than this is for the superuser.
pub(super) fn widen_output() {
    #[cfg(target_os = "linux")]
    rustix::pipe::fcntl_setpipe_size(std::io::stdout(), 1 << 20)
        .map_or_else(|error| tracing::debug!("the pipe to the editor stays as it is: {error}"), |_| ());
}
