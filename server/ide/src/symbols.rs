//! Document symbols: the references of a source.

use cachelint_syntax::Span;

use crate::Checked;

/// A reference in an outline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Symbol {
    /// What it names.
    pub name: String,
    /// Its form and status.
    pub detail: String,
    /// The tag or block that holds it: byte offsets.
    pub span: Span,
    /// The reference itself, within the span.
    pub selection: Span,
}

/// The references of a source, in order.
pub fn symbols(checked: &Checked) -> Vec<Symbol> {
    let _ = checked;
    Vec::new()
}
