//! From a reference to its file: document links and go to definition.

use std::path::Path;
use std::sync::Arc;

use cachelint_lint::{Resolved, literal_path};
use cachelint_syntax::Span;

use crate::{Checked, Snapshot};

/// A part of a source that opens a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// The part: byte offsets.
    pub span: Span,
    /// The file, absolute.
    pub target: Arc<Path>,
    /// What it is, for people.
    pub tooltip: String,
}

/// Where a reference leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Definition {
    /// The path in the reference: byte offsets.
    pub origin: Span,
    /// The file, absolute; it is opened at its start.
    pub target: Arc<Path>,
}

/// The links of a source, in the order of their spans.
pub fn links(snapshot: &Snapshot, checked: &Checked) -> Vec<Link> {
    let each = checked.analysis.resolved.iter().filter_map(|resolved| {
        let asset = resolved.asset()?;
        let tooltip = format!("Open {}", snapshot.project.shown(&asset.path));
        Some(Link { span: path_span(resolved), target: Arc::clone(&asset.path), tooltip })
    });
    each.collect()
}

/// Where the reference at `offset` leads.
pub fn definition(checked: &Checked, offset: usize) -> Option<Definition> {
    let (resolved, _) = checked.reference_at(offset)?;
    Some(Definition { origin: path_span(&resolved), target: Arc::clone(&resolved.asset()?.path) })
}

/// The path as written, or the whole reference where it is not written in one piece.
fn path_span(resolved: &Resolved) -> Span {
    let path = literal_path(&resolved.reference).map(|literal| literal.span);
    path.filter(|span| !span.is_empty()).unwrap_or(resolved.reference.span)
}
