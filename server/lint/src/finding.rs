//! Findings: what a rule reports, and the fixes that end it.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use cachelint_syntax::Span;

/// How much a finding matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Level {
    /// Not reported.
    Off,
    /// Shown in editors only where one looks.
    Hint,
    /// Worth knowing.
    Info,
    /// Worth changing; fails `cachelint check` by default.
    Warning,
    /// Wrong now.
    Error,
}

/// One report of a rule at a span.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The rule's name.
    pub rule: &'static str,
    /// How much it matters, with the settings applied.
    pub level: Level,
    /// Where: the reference, or the part of it that is wrong.
    pub span: Span,
    /// What is wrong and why it matters, without a final period.
    pub message: String,
    /// What to do about it, for the terminal; `None` where the message says all.
    pub help: Option<String>,
    /// The source text of the reference.
    pub url: String,
    /// The asset on disk, if one was found.
    pub asset: Option<Arc<Path>>,
    /// Other places that matter.
    pub related: Vec<Related>,
    /// Fixes, the preferred one first.
    pub fixes: Vec<Fix>,
}

/// Another place that explains a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Related {
    /// The file.
    pub path: PathBuf,
    /// Where in it.
    pub span: Span,
    /// What it has to do with the finding.
    pub message: String,
}

/// Whether a fix may be applied without being looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Applicability {
    /// The page loads the same file as before; `cachelint fix` applies it.
    Safe,
    /// It may change what the page does; applied only with `--unsafe-fixes` or by hand in an editor.
    Unsafe,
}

/// Edits that end a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What it does, in a few words: ``Add ?v=3f2a9c1b``.
    pub title: String,
    /// Whether it may be applied unseen.
    pub applicability: Applicability,
    /// The edits, in the order of their spans, none overlapping another.
    pub edits: Vec<Edit>,
}

/// A replacement of one range of the source.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Edit {
    /// What is replaced (empty to insert).
    pub span: Span,
    /// What takes its place.
    pub text: String,
}

impl Level {
    /// All of them, the least first.
    pub const ALL: [Self; 5] = [Self::Off, Self::Hint, Self::Info, Self::Warning, Self::Error];

    /// Its name in configuration and output.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::Hint => "hint",
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }

    /// The level of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|level| level.name() == name)
    }
}

impl Applicability {
    /// Its name in output.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Safe => "safe",
            Self::Unsafe => "unsafe",
        }
    }
}
