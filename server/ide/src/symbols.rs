//! Document symbols: the references of a source.

use cachelint_lint::{Judgement, Resolved, Target};
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

/// The references of a source that name a file, in order.
pub fn symbols(checked: &Checked) -> Vec<Symbol> {
    let named = checked.references().filter(|(resolved, _)| {
        !matches!(resolved.target, Target::Page(_)) && !resolved.reference.span.is_empty()
    });
    named.map(|(resolved, judgement)| symbol(&checked.text, resolved, judgement)).collect()
}

fn symbol(text: &str, resolved: &Resolved, judgement: &Judgement) -> Symbol {
    let selection = resolved.reference.span;
    let name = match &resolved.target {
        Target::Asset(asset) => asset.name.clone(),
        Target::Missing(missing) => missing.name.clone(),
        _ => selection.of(text).split_whitespace().collect::<Vec<_>>().join(" "),
    };
    Symbol {
        name,
        detail: format!("{} · {}", resolved.reference.form(), judgement.status.name()),
        span: resolved.reference.container.to(selection),
        selection,
    }
}
