//! Actions on an asset: its version wherever it is named, its digest, its URL.

use std::path::Path;

use cachelint_lint::{Asset, hex};

use super::{Action, ActionKind, Effect, Work};
use crate::hover::versioned_url;
use crate::words::{counted, kind_of};
use crate::{Checked, Record, Snapshot, Use};

/// Updates an asset's version in every source where it is stale; `None` where it is in none. It is told from the
/// records alone.
pub fn update_of_asset(snapshot: &Snapshot, path: &Path) -> Option<Action> {
    let stale: Vec<_> = stale_in(snapshot, path).collect();
    let name = &stale.first()?.naming(path).find_map(|one| one.stale.as_ref())?.name;
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
pub(crate) fn is_stale_in(record: &Record, path: &Path) -> bool {
    record.naming(path).any(|one| one.stale.is_some())
}

fn stale_in<'a>(snapshot: &'a Snapshot, path: &'a Path) -> impl Iterator<Item = &'a Record> {
    let is_fixable = |one: &Use| one.stale.as_ref().is_some_and(|stale| stale.is_fixable);
    let users = snapshot.users_of(path).map(|record| &**record);
    users.filter(move |record| record.naming(path).any(is_fixable))
}
