//! Records: the little that is kept of every source, whether an editor has it open or not.

use std::collections::HashMap;
use std::ffi::OsStr;
use std::path::Path;
use std::sync::Arc;

use cachelint_lint::{Finding, Resolved, Tally, Target, Uses};
use cachelint_project::stylesheets;
use cachelint_syntax::{SourceKind, Span};

use crate::Checked;
use crate::edits::safe_fix;

/// What is kept of a source. Of one that no editor has open it is all: its text and analysis are read again where they
/// are asked for ([`Snapshot::checked`](crate::Snapshot::checked)).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// The source, absolute.
    pub path: Arc<Path>,
    /// What it is written in.
    pub kind: SourceKind,
    /// The files that it names or looks for, in the order of its references.
    pub uses: Box<[Use]>,
    /// The assets that it uses, for rules across files.
    pub used: Arc<Uses>,
    /// How its references fare, for rules about applications.
    pub tally: Tally,
    /// How many findings there are in it; after a scan, those of rules across files are not among them yet.
    pub findings: usize,
    /// Whether comments in it silence rules.
    pub suppresses: bool,
}

/// A file as a source names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Use {
    /// The file, absolute; or a name that was looked for in many folders, relative to any of them.
    pub file: Arc<Path>,
    /// The reference: byte offsets.
    pub span: Span,
    /// Whether the file is an asset that was found; else it was looked for in vain.
    pub is_asset: bool,
    /// Whether the asset is built: git ignores it, or a manifest lists it.
    pub is_output: bool,
    /// Whether the asset is a stylesheet of the project's own that is loaded: it is a source, too.
    pub loads: bool,
    /// That a finding says its version is out of date.
    pub stale: Option<Box<Stale>>,
}

/// A version that is out of date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stale {
    /// The asset's path below its static root.
    pub name: String,
    /// Whether a fix that may be applied unseen brings it up to date.
    pub is_fixable: bool,
}

impl Record {
    /// What is kept of a source.
    pub fn of(checked: &Checked) -> Self {
        let stale = stale_assets(checked);
        let mut uses = Vec::with_capacity(checked.analysis.resolved.len());
        checked.placed().for_each(|(start, resolved, _)| add_uses(resolved, start, &stale, &mut uses));
        Self {
            path: Arc::clone(&checked.path),
            kind: checked.analysis.kind,
            uses: uses.into_boxed_slice(),
            used: Arc::clone(&checked.uses),
            tally: Tally::of(checked.placed().map(|(_, resolved, judgement)| (resolved, judgement.status))),
            findings: checked.report.findings.len(),
            suppresses: !checked.analysis.extraction.comments.is_empty(),
        }
    }

    /// The files that it names or looks for, in the order of its references.
    pub fn files(&self) -> impl Iterator<Item = &Arc<Path>> {
        self.uses.iter().map(|one| &one.file)
    }

    /// The stylesheets of the project's own that it loads.
    pub fn sheets(&self) -> impl Iterator<Item = &Arc<Path>> {
        self.uses.iter().filter(|one| one.loads).map(|one| &one.file)
    }

    /// Whether both name the same files in the same order, compared as they are spelled.
    pub fn names_the_same(&self, other: &Self) -> bool {
        let same = |(one, other): (&Arc<Path>, &Arc<Path>)| {
            Arc::ptr_eq(one, other) || one.as_os_str() == other.as_os_str()
        };
        self.uses.len() == other.uses.len() && self.files().zip(other.files()).all(same)
    }

    /// The references that name the asset at `path`.
    pub fn naming<'a>(&'a self, path: &'a Path) -> impl Iterator<Item = &'a Use> {
        self.uses.iter().filter(move |one| one.is_asset && *one.file == *path)
    }
}

/// Whether a finding says that the version of its asset is out of date.
pub(crate) fn is_stale(finding: &Finding) -> bool {
    finding.rule == "stale-version"
}

/// The assets whose versions are out of date, and whether that may be fixed unseen.
fn stale_assets(checked: &Checked) -> HashMap<&OsStr, bool> {
    let mut stale = HashMap::new();
    for (_, finding) in checked.report.findings.placed().filter(|(_, finding)| is_stale(finding)) {
        let Some(asset) = finding.asset.as_deref().map(Path::as_os_str) else { continue };
        *stale.entry(asset).or_default() |= safe_fix(finding).is_some();
    }
    stale
}

/// Adds the files that a reference of the section at `start` names or looks for.
fn add_uses(resolved: &Resolved, start: usize, stale: &HashMap<&OsStr, bool>, uses: &mut Vec<Use>) {
    let span = resolved.reference.span.shifted(start);
    match &resolved.target {
        Target::Asset(asset) => uses.push(Use {
            file: Arc::clone(&asset.path),
            span,
            is_asset: true,
            is_output: asset.ignored || resolved.listed.is_some(),
            loads: stylesheets::loaded(resolved).is_some(),
            stale: stale
                .get(asset.path.as_os_str())
                .map(|&is_fixable| Box::new(Stale { name: asset.name.clone(), is_fixable })),
        }),
        Target::Missing(missing) => uses.extend(missing.sought.iter().map(|file| Use {
            file: Arc::clone(file),
            span,
            is_asset: false,
            is_output: false,
            loads: false,
            stale: None,
        })),
        _ => {}
    }
}
