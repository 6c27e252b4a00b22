//! The binary as people run it: real files in a temporary folder, its output and its exit status.
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a failing helper fails its test")]

mod site;
mod usage;
