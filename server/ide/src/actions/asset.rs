//! Actions on an asset: its version wherever it is named, its digest, its URL.

use std::path::Path;

use cachelint_lint::{Asset, Finding, hex};

use super::{Action, ActionKind, Effect, Work};
use crate::edits::safe_fix;
use crate::hover::versioned_url;
use crate::words::{counted, kind_of};
use crate::{Checked, Snapshot};

/// Updates an asset's version in every source where it is stale; `None` where it is in none.
pub(super) fn update(snapshot: &Snapshot, path: &Path) -> Option<Action> {
    let stale: Vec<_> = stale_in(snapshot, path).collect();
    let name = stale.first()?.naming(path).next()?.0.asset()?.name.clone();
    let files = counted(stale.len(), kind_of(stale.iter().copied()));
    Some(Action {
        title: format!("Update {name} in {files}"),
        kind: ActionKind::Source,
        preferred: false,
        finding: None,
        effect: Effect::Deferred(Work::UpdateAsset { asset: path.to_owned() }),
    })
}

/// Puts the whole digest in the clipboard.
pub(super) fn copy_hash(asset: &Asset) -> Option<Action> {
    let digests = asset.digests.as_ref()?;
    Some(Action {
        title: "Copy SHA-256".to_owned(),
        kind: ActionKind::Source,
        preferred: false,
        finding: None,
        effect: Effect::CopyHash(hex(&digests.sha256)),
    })
}

/// Puts the URL with its version in the clipboard.
pub(super) fn copy_url(checked: &Checked, asset: &Asset) -> Option<Action> {
    Some(Action {
        title: "Copy versioned URL".to_owned(),
        kind: ActionKind::Source,
        preferred: false,
        finding: None,
        effect: Effect::CopyUrl(versioned_url(checked, asset)?),
    })
}

/// In how many sources an asset's version is out of date and can be updated.
pub(crate) fn stale_sources(snapshot: &Snapshot, path: &Path) -> usize {
    stale_in(snapshot, path).count()
}

/// Whether a source holds a version of an asset that is out of date.
pub(crate) fn is_stale_in(checked: &Checked, path: &Path) -> bool {
    checked.report.findings.iter().any(|finding| is_stale(finding, path))
}

/// Whether a finding says that a version of an asset is out of date.
pub(super) fn is_stale(finding: &Finding, path: &Path) -> bool {
    finding.rule == "stale-version" && finding.asset.as_deref() == Some(path)
}

fn stale_in<'a>(snapshot: &'a Snapshot, path: &'a Path) -> impl Iterator<Item = &'a Checked> {
    let fixable = |finding: &Finding| is_stale(finding, path) && safe_fix(finding).is_some();
    let users = snapshot.users_of(path).map(|checked| &**checked);
    users.filter(move |checked| checked.report.findings.iter().any(fixable))
}
