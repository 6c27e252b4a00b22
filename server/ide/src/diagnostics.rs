//! Findings as an editor shows them.

use cachelint_lint::Level;
use cachelint_syntax::Span;

use crate::{Checked, Location, Snapshot};

/// A finding as an editor shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Where: byte offsets.
    pub span: Span,
    /// The rule's name.
    pub rule: &'static str,
    /// How much it matters; never [`Level::Off`].
    pub level: Level,
    /// What is wrong and why it matters.
    pub message: String,
    /// How it is drawn.
    pub tags: Vec<Tag>,
    /// Other places that explain it, with what each has to do with it.
    pub related: Vec<(Location, String)>,
    /// Whether a quick fix ends it.
    pub fixable: bool,
}

/// How a finding is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tag {
    /// Faded: the text may go.
    Unnecessary,
}

/// The findings of a source, in the order of their spans.
pub fn diagnostics(snapshot: &Snapshot, checked: &Checked) -> Vec<Diagnostic> {
    let _ = (snapshot, checked);
    Vec::new()
}
