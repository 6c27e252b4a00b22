//! The binary: names the faces of cachelint and hands over to the one that is asked for.

mod cli;

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::main()
}
