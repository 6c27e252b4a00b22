//! The language server: its session as scripts of events, its protocol in memory, its process over real pipes.

#![expect(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test ends where it fails")]
#![expect(clippy::print_stdout, reason = "a test says what it skips")]

mod profiles;
mod site;

mod process;
mod protocol;
mod session;
mod text;
