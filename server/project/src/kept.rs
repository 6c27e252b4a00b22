//! What is kept of a document between its edits, so that what did not change is not found out again.

use std::sync::Arc;

use cachelint_lint::Resolved;
use cachelint_syntax::{Place, Reference, Sections, SourceKind};

use crate::Analysis;

/// What is kept of a document between its edits: handed from one analysis to the next.
#[derive(Debug, Default)]
pub struct Kept {
    /// The sections of its last text.
    pub(crate) sections: Sections,
    last: Option<Arc<Analysis>>,
}

impl Kept {
    /// Keeps the last analysis.
    pub fn remember(&mut self, analysis: &Arc<Analysis>) {
        self.last = Some(Arc::clone(analysis));
    }

    /// The last analysis, where nothing but the text tells it from one of which `now` is known so far.
    pub(crate) fn last(&self, now: &Analysis) -> Option<&Analysis> {
        self.last.as_deref().filter(|last| is_alike(last, now))
    }
}

fn is_alike(last: &Analysis, now: &Analysis) -> bool {
    let facts = |it: &Analysis| (it.moment, it.kind, it.dialect, it.is_rendered, it.extraction.macros_only());
    last.kind == SourceKind::Template
        && facts(last) == facts(now)
        && last.path == now.path
        && last.framework == now.framework
        && last.extraction.base == now.extraction.base
}

/// The references before an edit that stand for those after it: from the top and from the end as far as they name the
/// same.
pub(crate) fn aligned<'a>(before: &'a [Resolved], now: &[Reference]) -> Vec<Option<&'a Resolved>> {
    let mut pairs = vec![None; now.len()];
    let (mut first, mut last) = (0, before.len());
    let mut top = 0;
    while top < now.len() {
        match before.get(first) {
            Some(old) if old.reference.names_the_same(&now[top]) => {
                pairs[top] = Some(old);
                first += 1;
            }
            _ if may_be_left_out(&now[top]) => {}
            _ => break,
        }
        top += 1;
    }
    for at in (top..now.len()).rev() {
        match before[first..last].last() {
            Some(old) if old.reference.names_the_same(&now[at]) => {
                pairs[at] = Some(old);
                last -= 1;
            }
            _ if may_be_left_out(&now[at]) => {}
            _ => break,
        }
    }
    pairs
}

/// Whether an analysis may leave a reference out: it keeps strings of scripts only where they name a file.
fn may_be_left_out(reference: &Reference) -> bool {
    reference.place == Place::ScriptString
}
