//! Inlay hints: the short current version behind each reference that does not show it.

use cachelint_lint::stamp;
use cachelint_syntax::Span;

use crate::{Checked, Snapshot};

/// A hint within the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hint {
    /// Behind which byte it stands.
    pub offset: usize,
    /// What people read: `3f2a9c1b`.
    pub label: String,
    /// More, for people.
    pub tooltip: String,
}

/// The hints of the references that end in `span`, in order.
pub fn hints(snapshot: &Snapshot, checked: &Checked, span: Span) -> Vec<Hint> {
    let settings = &checked.analysis.settings.version;
    let inside = checked.references().filter(|(resolved, _)| {
        let end = resolved.reference.span.end;
        span.start <= end && end <= span.end
    });
    let each = inside.filter_map(|(resolved, _)| {
        let asset = resolved.asset()?;
        let label = stamp(asset.digests.as_ref()?, settings)?;
        let reference = resolved.reference.span;
        if reference.of(&checked.text).contains(&label) {
            return None;
        }
        let tooltip = format!("{} is now {label}", snapshot.project.shown(&asset.path));
        Some(Hint { offset: reference.end, label, tooltip })
    });
    each.collect()
}
