//! Findings as an editor shows them.

use cachelint_lint::{Finding, Level, Related};
use cachelint_syntax::Span;

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
    /// Other places that explain it.
    pub related: Vec<Related>,
    /// Whether a quick fix ends it.
    pub fixable: bool,
}

/// How a finding is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tag {
    /// Faded: the text may go.
    Unnecessary,
}

/// A finding as an editor shows it.
pub fn diagnostic(finding: &Finding) -> Diagnostic {
    let unnecessary = (finding.rule == "unused-suppression").then_some(Tag::Unnecessary);
    Diagnostic {
        span: finding.span,
        rule: finding.rule,
        level: finding.level,
        message: finding.message.clone(),
        tags: unnecessary.into_iter().collect(),
        related: finding.related.clone(),
        fixable: !finding.fixes.is_empty(),
    }
}
