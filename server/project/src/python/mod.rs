//! Python sources: read for what they say of templates and static files, never run.

pub(crate) mod clues;
pub(crate) mod fold;
mod parse;
pub(crate) mod program;
pub(crate) mod syntax;

pub(crate) use clues::{is_source, search};
pub(crate) use fold::Value;
pub(crate) use parse::parse;
pub(crate) use program::{Program, of_each};
