//! From a source's text to its references, resolved.

use std::path::PathBuf;

use cachelint_lint::{Resolved, Settings};
use cachelint_syntax::{Dialect, Extraction, SourceKind};

/// A source with its references resolved.
#[derive(Clone, Debug, Default)]
pub struct Analysis {
    /// The source, absolute.
    pub path: PathBuf,
    /// The template language.
    pub dialect: Dialect,
    /// What decided the language, for people: `app.py imports flask`.
    pub dialect_reason: String,
    /// What it is written in.
    pub kind: SourceKind,
    /// What it holds; empty where it was not analysed.
    pub extraction: Extraction,
    /// Its references with what they name, in the order of `extraction.references`.
    pub resolved: Vec<Resolved>,
    /// The settings of its nearest configuration, without the project's habit.
    pub settings: Settings,
    /// Why the source was not analysed, for people; `None` where it was.
    pub not_analysed: Option<String>,
}
