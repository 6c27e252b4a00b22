//! The faces of cachelint: the terminal and the editor; neither knows the other.

pub mod cli;
pub mod lsp;
