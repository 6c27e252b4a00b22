//! Language features: each takes its parameters apart, asks the core, and puts the answer together.

pub mod code_action;
pub mod code_lens;
pub mod completion;
pub mod definition;
pub mod diagnostics;
pub mod document_link;
pub mod document_symbol;
pub mod edits;
pub mod explain;
pub mod hover;
pub mod inlay_hint;
pub mod pull;
pub mod references;
pub mod rename_files;
