//! Fixing sources: stylesheets first, leaves before those that refer to them, then templates side by side.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use cachelint_lint::{Applicability, Fix, Report};
use cachelint_project::{Analysis, ConfigError, disk};
use rayon::prelude::*;

use super::apply::{ROUNDS, applicable, to_fixed_point};
use super::job::Job;
use super::report::Checked;
use super::session::shown_error;
use super::sources::Loaded;

/// Where fixed texts go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Target {
    /// Over the sources.
    Sources,
    /// Nowhere: the run only goes on as if they had been written.
    Nowhere,
}

/// A source with its fixes applied.
#[derive(Debug)]
pub(crate) struct Fixed {
    /// Its text as it was read.
    pub(crate) before: String,
    /// Its text as it is now, and what remains to be said of it.
    pub(crate) after: Checked,
    /// Why it could not be fixed, for people.
    pub(crate) failure: Option<String>,
}

/// Applies the fixes of `job` that need no more than `most`. The answer stands in the order of the job's sources.
pub(crate) fn fix_all(job: &Job<'_>, most: Applicability, target: Target) -> Vec<Fixed> {
    let loaded = &job.sources.loaded;
    job.known(); // By all processors, so before they share the sources: one that waits for it could not help.
    let sheets = sheets_leaves_first(job);
    let mut fixed: HashMap<PathBuf, Fixed> = HashMap::new();
    for sheet in &sheets {
        fixed.insert(sheet.path.clone(), fix_one(job, sheet, most, target));
    }
    let rest = loaded.par_iter().filter(|source| !fixed.contains_key(&source.path));
    let rest: Vec<_> = rest.map(|source| (source.path.clone(), fix_one(job, source, most, target))).collect();
    fixed.extend(rest);
    let mut fixed = loaded.iter().filter_map(|source| fixed.remove(&source.path)).collect();
    say_anew(job, &mut fixed);
    fixed
}

/// Says again what was said of several sources, now that all of them have changed.
fn say_anew(job: &Job<'_>, fixed: &mut Vec<Fixed>) {
    let depends = |source: &Fixed| source.after.findings.iter().any(|finding| !finding.related.is_empty());
    if !fixed.iter().any(depends) {
        return;
    }
    let analyse = |after: &Checked| job.session.project.analyse(&after.path, &after.text).ok();
    let changed = fixed.par_iter().filter(|source| source.before != source.after.text);
    let uses: Vec<_> = changed
        .filter_map(|source| Some(job.uses(&source.after.path, &source.after.text, &analyse(&source.after)?)))
        .collect();
    let known = job.known().with(uses);
    fixed.par_iter_mut().filter(|source| depends(source)).for_each(|source| {
        let after = &source.after;
        let Some(analysis) = analyse(after) else { return };
        let report = job.check(&after.path, &after.text, &analysis, &known);
        source.after =
            Checked { fixed: after.fixed, ..job.checked(&after.path, &after.text, &analysis, report) };
    });
}

fn sheets_leaves_first<'a>(job: &'a Job<'_>) -> Vec<&'a Loaded> {
    let by_path: HashMap<&Path, &Loaded> =
        job.sources.loaded.iter().map(|source| (source.path.as_path(), source)).collect();
    job.graph.leaves_first().iter().filter_map(|sheet| by_path.get(sheet.as_path()).copied()).collect()
}

fn fix_one(job: &Job<'_>, source: &Loaded, most: Applicability, target: Target) -> Fixed {
    match settle(job, source, most) {
        Ok(Some(after)) => commit(job, source, after, target),
        Ok(None) => untouched(job, source, unsettled(job, source)),
        Err(error) => untouched(job, source, error.to_string()),
    }
}

/// Judges and changes the text until nothing is left to change; `None` where that does not come to an end.
fn settle(job: &Job<'_>, source: &Loaded, most: Applicability) -> Result<Option<Checked>, ConfigError> {
    let mut last: Option<(Analysis, Report)> = None;
    let fixed = to_fixed_point(&source.text, |text| {
        let analysis = job.session.project.analyse(&source.path, text)?;
        let report = job.check(&source.path, text, &analysis, job.known());
        let fixes: Vec<Fix> =
            report.findings.iter().filter_map(|finding| applicable(finding, most)).cloned().collect();
        last = Some((analysis, report));
        Ok(fixes)
    })?;
    let settled = last.filter(|_| fixed.settled);
    Ok(settled.map(|(analysis, report)| Checked {
        fixed: fixed.applied,
        ..job.checked(&source.path, &fixed.text, &analysis, report)
    }))
}

fn unsettled(job: &Job<'_>, source: &Loaded) -> String {
    let shown = job.session.shown(&source.path);
    format!("{shown}: its fixes still change the file after {ROUNDS} rounds; it was left alone")
}

fn commit(job: &Job<'_>, source: &Loaded, after: Checked, target: Target) -> Fixed {
    if after.text != source.text {
        match target {
            Target::Nowhere => job.session.project.pretend(&source.path, &after.text),
            Target::Sources => {
                if let Err(error) = disk::replace(&source.path, &source.text, &after.text) {
                    let error = shown_error(&job.session.directory, error);
                    return untouched(job, source, error.to_string());
                }
            }
        }
    }
    Fixed { before: source.text.clone(), after, failure: None }
}

fn untouched(job: &Job<'_>, source: &Loaded, failure: String) -> Fixed {
    Fixed { before: source.text.clone(), after: as_read(job, source), failure: Some(failure) }
}

fn as_read(job: &Job<'_>, source: &Loaded) -> Checked {
    let report = job.check(&source.path, &source.text, &source.analysis, job.known());
    job.checked(&source.path, &source.text, &source.analysis, report)
}
