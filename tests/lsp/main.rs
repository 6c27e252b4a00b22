//! The language server: its session as scripts of events, its protocol in memory, its process over real pipes.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test ends where it fails")]
#![expect(clippy::cast_possible_truncation, reason = "columns of short lines")]

mod profiles;
#[path = "../repository.rs"]
mod repository;
mod site;

mod process;
mod protocol;
mod session;
mod text;
