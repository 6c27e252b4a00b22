//! Code actions: fixes, suppressions, conversions, updates.

mod asset;
mod configure;
mod convert;
mod finding;
#[cfg(test)]
mod tests;
mod work;

use std::path::{Path, PathBuf};

use cachelint_syntax::Span;
use serde::{Deserialize, Serialize};

use crate::edits::safe_fix;
use crate::{Checked, FileEdits, Snapshot};

pub use asset::update_of_asset;
pub(crate) use asset::{is_stale_in, stale_sources};
pub use work::resolve;

/// Something that can be done at a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Action {
    /// What it does, in a few words.
    pub title: String,
    /// Its kind.
    pub kind: ActionKind,
    /// Whether it is the one to choose; at most one of a finding is.
    pub preferred: bool,
    /// The finding it ends: its number in the source's report (and in its diagnostics).
    pub finding: Option<usize>,
    /// What happens when it is chosen.
    pub effect: Effect,
}

/// The kind of an action.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ActionKind {
    /// It ends a finding.
    QuickFix,
    /// It writes the same in another form.
    Rewrite,
    /// It fixes what is safe in the whole source.
    FixAll,
    /// It concerns the whole source or its asset.
    Source,
}

/// What happens when an action is chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Files are edited.
    Edits(Vec<FileEdits>),
    /// Files are edited; [`resolve`] computes how.
    Deferred(Work),
    /// The digest is put in the clipboard: 64 hexadecimal characters.
    CopyHash(String),
    /// The URL with its version is put in the clipboard.
    CopyUrl(String),
    /// A rule's documentation is shown.
    ExplainRule(&'static str),
}

/// Edits that are computed only when they are asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "work", rename_all = "camelCase")]
pub enum Work {
    /// Everything safe in a source.
    FixAll {
        /// The source, absolute.
        path: PathBuf,
        /// The version it must still have.
        version: Option<i32>,
    },
    /// Everything safe that one rule found in a source.
    FixRule {
        /// The source, absolute.
        path: PathBuf,
        /// The version it must still have.
        version: Option<i32>,
        /// The rule.
        rule: String,
    },
    /// An asset's version in every source that names it.
    UpdateAsset {
        /// The asset, absolute.
        asset: PathBuf,
    },
    /// The run-time helper put into the application of a source.
    AddHelper {
        /// The source, absolute.
        path: PathBuf,
    },
    /// An asset ignored in the configuration of a source.
    IgnoreAsset {
        /// The source, absolute.
        path: PathBuf,
        /// The asset's name below its static root.
        name: String,
    },
}

impl ActionKind {
    /// Its hierarchical name, as editors filter by.
    pub const fn name(self) -> &'static str {
        match self {
            Self::QuickFix => "quickfix",
            Self::Rewrite => "refactor.rewrite",
            Self::FixAll => "source.fixAll.cachelint",
            Self::Source => "source.cachelint",
        }
    }

    /// Whether it is asked for: `only` is empty, or names it or a kind above it.
    pub fn is_wanted(self, only: &[&str]) -> bool {
        let below = |wanted: &&str| {
            self.name().strip_prefix(wanted).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        };
        only.is_empty() || only.iter().any(below)
    }
}

/// The actions at `span` of a source, those that end its findings first; `only` names the kinds that are asked for
/// (all if empty).
pub fn actions(snapshot: &Snapshot, checked: &Checked, span: Span, only: &[&str]) -> Vec<Action> {
    let site = Site { snapshot, checked };
    let mut all = Vec::new();
    for (number, finding) in checked.report.findings.iter().enumerate() {
        if touches(finding.span, span) {
            all.extend(finding::actions(&site, number, finding));
        }
    }
    let touched = checked.references().filter(|(resolved, _)| touches(resolved.reference.span, span));
    let mut seen = Vec::new();
    for (resolved, _) in touched {
        all.extend(convert::action(&site, resolved));
        let Some(asset) = resolved.asset().filter(|asset| !seen.contains(&&asset.path)) else { continue };
        seen.push(&asset.path);
        all.extend(update_of_asset(snapshot, &asset.path));
        all.extend(asset::copy_hash(asset));
        all.extend(asset::copy_url(checked, asset));
    }
    all.extend(fix_all(checked));
    all.retain(|action| action.kind.is_wanted(only));
    all
}

/// The actions of an asset that is open itself: update it wherever it is named, copy its digest. Nothing where no
/// source names it.
pub fn actions_of_asset(snapshot: &Snapshot, path: &Path, only: &[&str]) -> Vec<Action> {
    let copy = || {
        let checked = snapshot.users_of(path).find_map(|record| snapshot.checked(&record.path))?;
        let mut assets = checked.references().filter_map(|(resolved, _)| resolved.asset());
        assets.find(|asset| *asset.path == *path).and_then(asset::copy_hash)
    };
    let mut all: Vec<_> = update_of_asset(snapshot, path).into_iter().chain(copy()).collect();
    all.retain(|action| action.kind.is_wanted(only));
    all
}

/// A source and what is known around it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Site<'a> {
    pub(crate) snapshot: &'a Snapshot,
    pub(crate) checked: &'a Checked,
}

/// Whether two spans share a byte or an end.
const fn touches(one: Span, other: Span) -> bool {
    one.start <= other.end && other.start <= one.end
}

fn fix_all(checked: &Checked) -> Option<Action> {
    checked.report.findings.iter().any(|finding| safe_fix(finding).is_some()).then(|| Action {
        title: "Fix everything safe in this file".to_owned(),
        kind: ActionKind::FixAll,
        preferred: false,
        finding: None,
        effect: Effect::Deferred(Work::FixAll { path: checked.path.to_path_buf(), version: checked.version }),
    })
}
