//! Changes over many sources: stylesheets before those that name them, for a change makes a new digest.

use std::collections::{HashMap, HashSet};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use cachelint_lint::edits::{apply, together};
use cachelint_lint::{Digests, Edit, Finding, Kept, Report, Target};
use cachelint_project::order;
use cachelint_syntax::SourceKind;

use crate::edits::safe_fix;
use crate::snapshot::input;
use crate::workspace::Progress;
use crate::{Checked, FileEdits, Record, Snapshot};

/// What is to be changed.
pub(crate) struct Plan<'a> {
    /// Which sources it may change by itself; others change only with what they name.
    pub(crate) concerns: &'a dyn Fn(&Record) -> bool,
    /// Edits of its own to a source, whatever the rules say.
    pub(crate) own: &'a dyn Fn(&Checked) -> Vec<Vec<Edit>>,
    /// Which findings are fixed where that is safe.
    pub(crate) wanted: &'a dyn Fn(&Finding) -> bool,
}

/// The edits of a plan over all sources of a snapshot, by file; `None` where `progress` broke off. Versions of files
/// that the plan itself changes follow.
pub(crate) fn change(snapshot: &Snapshot, plan: &Plan<'_>, progress: Progress<'_>) -> Option<Vec<FileEdits>> {
    let order = leaves_first(snapshot);
    let mut change = Change { snapshot, plan, digests: HashMap::new(), waiting: waiting(&order) };
    let mut all = Vec::new();
    for (number, record) in order.iter().enumerate() {
        all.extend(change.of_record(record));
        if progress(number + 1, order.len()) == ControlFlow::Break(()) {
            return None;
        }
    }
    all.sort_by(|one, other| one.path.cmp(&other.path));
    Some(all)
}

/// A change under way.
struct Change<'a> {
    snapshot: &'a Snapshot,
    plan: &'a Plan<'a>,
    /// The new digests of the files changed so far, by their path.
    digests: HashMap<PathBuf, Digests>,
    /// The stylesheets and scripts that are still to be changed: to write a version of one would write a wrong one.
    waiting: HashSet<Arc<Path>>,
}

impl Change<'_> {
    fn of_record(&mut self, record: &Record) -> Option<FileEdits> {
        let follows = || record.uses.iter().any(|one| self.digests.contains_key(&*one.file));
        let concerned = (self.plan.concerns)(record) || follows();
        let checked = concerned.then(|| self.snapshot.checked(&record.path)).flatten();
        let edits = checked.and_then(|checked| FileEdits::of(&checked, self.of_source(&checked)));
        self.waiting.remove(&record.path);
        edits
    }

    fn of_source(&mut self, checked: &Checked) -> Vec<Edit> {
        let report = self.report(checked);
        let fixable = report.findings.iter().filter(|finding| self.is_wanted(finding));
        let fixes = fixable.filter_map(safe_fix).map(|fix| fix.edits.clone());
        let all: Vec<_> = (self.plan.own)(checked).into_iter().chain(fixes).collect();
        let (edits, _) = together(all.iter().map(Vec::as_slice));
        if !edits.is_empty() && checked.analysis.kind != SourceKind::Template {
            let digests = self.snapshot.project.digests_of_text(&checked.path, &apply(&checked.text, &edits));
            self.digests.insert(checked.path.to_path_buf(), digests);
        }
        edits
    }

    fn is_wanted(&self, finding: &Finding) -> bool {
        let Some(asset) = &finding.asset else { return (self.plan.wanted)(finding) };
        if self.waiting.contains(&**asset) {
            return false;
        }
        let follows = finding.rule == "stale-version" && self.digests.contains_key(&**asset);
        follows || (self.plan.wanted)(finding)
    }

    /// What the rules say of a source once the files changed so far are on disk.
    fn report(&self, checked: &Checked) -> Arc<Report> {
        let changed = |target: &Target| match target {
            Target::Asset(asset) => self.digests.get(&*asset.path),
            _ => None,
        };
        if !checked.analysis.resolved.placed().any(|(_, resolved)| changed(&resolved.target).is_some()) {
            return Arc::clone(&checked.report);
        }
        let mut analysis = (*checked.analysis).clone();
        for resolved in analysis.resolved.iter_mut() {
            let Some(digests) = changed(&resolved.target).cloned() else { continue };
            if let Target::Asset(asset) = &mut resolved.target {
                Arc::make_mut(asset).digests = Some(digests);
            }
        }
        let shown = self.snapshot.project.shown(&checked.path);
        let (_, report) = self.snapshot.known.check(
            &checked.path,
            &shown,
            &input(&checked.text, &analysis),
            &mut Kept::default(),
        );
        Arc::new(report)
    }
}

fn waiting(order: &[&Arc<Record>]) -> HashSet<Arc<Path>> {
    let assets = order.iter().filter(|record| record.kind != SourceKind::Template);
    assets.map(|record| Arc::clone(&record.path)).collect()
}

/// All sources, each after those it names; within a cycle by path.
fn leaves_first(snapshot: &Snapshot) -> Vec<&Arc<Record>> {
    let named = |path| {
        let uses = snapshot.record(path)?.uses.iter();
        Some(uses.filter(|one| one.is_asset).map(|one| &*one.file))
    };
    let order = order::leaves_first(snapshot.records().map(|record| &*record.path), named);
    order.into_iter().filter_map(|path| snapshot.record(path)).collect()
}
