//! The edits of deferred work.

use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;

use cachelint_lint::Finding;
use cachelint_lint::edits::together;
use cachelint_project::helper::Addition;

use super::{Work, configure};
use crate::changes::{Plan, change};
use crate::edits::safe_fix;
use crate::record::is_stale;
use crate::{FileEdits, Record, Snapshot};

/// The edits of deferred work, by file; empty where nothing is left to do, or the source has moved on.
pub fn resolve(snapshot: &Snapshot, work: &Work) -> Vec<FileEdits> {
    match work {
        Work::FixAll { path, version } => fix(snapshot, path, *version, &|_| true).into_iter().collect(),
        Work::FixRule { path, version, rule } => {
            fix(snapshot, path, *version, &|finding| finding.rule == rule).into_iter().collect()
        }
        Work::UpdateAsset { asset } => {
            let wanted = |finding: &Finding| is_stale(finding) && finding.asset.as_deref() == Some(asset);
            let concerns = |record: &Record| record.naming(asset).next().is_some();
            let plan = Plan { concerns: &concerns, own: &|_| Vec::new(), wanted: &wanted };
            change(snapshot, &plan, &mut |_, _| ControlFlow::Continue(())).unwrap_or_default()
        }
        Work::AddHelper { path } => add_helper(snapshot, path).into_iter().collect(),
        Work::IgnoreAsset { path, name } => {
            configure::ignore_asset(snapshot, path, name).into_iter().collect()
        }
    }
}

/// What is safe of the wanted findings of a source that still has that version.
fn fix(
    snapshot: &Snapshot,
    path: &Path,
    version: Option<i32>,
    wanted: &dyn Fn(&Finding) -> bool,
) -> Option<FileEdits> {
    let checked = snapshot.checked(path).filter(|checked| checked.version == version)?;
    let fixes = checked.report.findings.iter().filter(|finding| wanted(finding)).filter_map(safe_fix);
    FileEdits::of(&checked, together(fixes.map(|fix| fix.edits.as_slice())).0)
}

fn add_helper(snapshot: &Snapshot, path: &Path) -> Option<FileEdits> {
    let Addition { path, before, edit, .. } = snapshot.project.helper_for(path).ok()?;
    Some(FileEdits { path, version: None, before: Some(Arc::from(before)), edits: vec![edit] })
}
