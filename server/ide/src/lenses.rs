//! Code lenses: a line above a source or an asset that counts and offers.

use std::path::Path;

use cachelint_lint::Status;
use cachelint_syntax::Span;

use crate::actions::{is_stale_in, stale_sources};
use crate::edits::safe_fix;
use crate::words::{counted, kind_of};
use crate::{Checked, Snapshot, Work};

/// A line above the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lens {
    /// Where: byte offsets.
    pub span: Span,
    /// What people read: `12 assets, 3 unversioned: fix all`.
    pub title: String,
    /// What a click does; nothing where there is nothing to do.
    pub work: Option<Work>,
}

/// The lenses of a source: one at its top that counts its assets.
pub fn lenses(_: &Snapshot, checked: &Checked) -> Vec<Lens> {
    let assets = checked.references().filter(|(resolved, _)| resolved.asset().is_some()).count();
    if assets == 0 {
        return Vec::new();
    }
    let states = [Status::Unversioned, Status::Stale, Status::Manual];
    let counts = states.into_iter().filter_map(|status| counted_status(checked, status));
    let title = std::iter::once(counted(assets, "asset")).chain(counts).collect::<Vec<_>>().join(", ");
    let fixable = checked.report.findings.iter().any(|finding| safe_fix(finding).is_some());
    let work = fixable.then(|| Work::FixAll { path: checked.path.to_path_buf(), version: checked.version });
    let title = if fixable { format!("{title}: fix all") } else { title };
    vec![Lens { span: Span::empty(0), title, work }]
}

fn counted_status(checked: &Checked, status: Status) -> Option<String> {
    let count = checked.report.judgements.iter().filter(|judgement| judgement.status == status).count();
    (count > 0).then(|| format!("{count} {}", status.name()))
}

/// The lens of an asset (absolute) that is open itself; `None` where nothing names it.
pub fn asset_lens(snapshot: &Snapshot, path: &Path) -> Option<Lens> {
    let users: Vec<_> = snapshot.users_of(path).map(|record| &**record).collect();
    if users.is_empty() {
        return None;
    }
    let used = counted(users.len(), kind_of(users.iter().copied()));
    let stale = users.iter().filter(|record| is_stale_in(record, path)).count();
    let title =
        if stale > 0 { format!("used by {used}, stale in {stale}") } else { format!("used by {used}") };
    let work = (stale_sources(snapshot, path) > 0).then(|| Work::UpdateAsset { asset: path.to_owned() });
    Some(Lens { span: Span::empty(0), title, work })
}
