//! The binary: hands over to the face that is asked for.

use std::process::ExitCode;

use cachelint::cli::{self, Next};
use cachelint::lsp::{self, Channel};

fn main() -> ExitCode {
    match cli::main() {
        Next::End(code) => code,
        Next::Serve { tcp } => serve(tcp.map_or(Channel::Stdio, Channel::Tcp)),
    }
}

/// Ends the process at once: standard input may still be open and waited for.
fn serve(channel: Channel) -> ExitCode {
    let code = lsp::main(channel).unwrap_or_else(|error| {
        tracing::error!("{error:#}");
        2
    });
    std::process::exit(code)
}
