//! The binary as people run it: real files in a temporary folder, its output and its exit status.
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a failing helper fails its test")]

mod bad_input;
mod baseline;
mod code;
mod config;
mod fixing;
mod formats;
mod history;
#[path = "../repository.rs"]
mod repository;
mod selection;
mod site;
mod stylesheets;
mod usage;
