//! The scan: every source of a folder found and checked, beside the edits of the open ones.

use std::collections::BTreeSet;
use std::num::NonZero;
use std::panic::{self, AssertUnwindSafe};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use cachelint_ide::{Record, Snapshot};
use cachelint_lint::{Across, Habit, HabitCount, Known, Settings};
use cachelint_project::ConfigError;

use super::event::{Event, FolderId, Scan, Worked};
use super::jobs::{self, Cancel, Judge};
use super::precedence::Precedence;
use super::watching::ToWatch;

/// A folder to scan.
#[derive(Debug)]
pub struct ScanJob {
    /// The folder.
    pub folder: FolderId,
    /// The generation of its project.
    pub generation: u64,
    /// What the sources are checked with.
    pub judge: Judge,
    /// Set when the scan is no longer wanted.
    pub cancel: Cancel,
    /// Whom it gives way to.
    pub precedence: Precedence,
    /// Whether we are the ones who watch the folders.
    pub watches: bool,
}

impl ScanJob {
    /// The records of a pass, for work on all of them that gives way between one and the next.
    fn records<'a>(&self, pass: &'a Pass) -> impl Iterator<Item = &'a Record> {
        pass.records.iter().inspect(|_| self.precedence.give_way())
    }
}

/// How many sources are done between two reports of progress.
const STEP: usize = 256;

/// Scans, and tells how far it is.
pub fn run(job: &ScanJob, tell: &(dyn Fn(Event) + Sync)) {
    // Threads have the priority of the one that begins them: those that large documents are checked on must not be begun
    // by the scan.
    rayon::spawn(|| ());
    let behind = || {
        step_back();
        scan(job, tell)
    };
    let scan = thread::scope(|scope| scope.spawn(behind).join());
    let scan = scan.unwrap_or_else(|cause| panic::resume_unwind(cause));
    tell(Event::Worked(Worked::Scanned(job.folder, job.generation, scan)));
}

/// What is found; `None` where it was cancelled.
fn scan(job: &ScanJob, tell: &(dyn Fn(Event) + Sync)) -> Option<Box<Scan>> {
    let found = job.judge.project.discover(&[]);
    check_project(job, &found.sources, tell).map(|(pass, known)| {
        let give_way = || job.precedence.give_way();
        let mut snapshot = Snapshot::of(Arc::clone(&job.judge.project), pass.records, give_way);
        snapshot.fallback.clone_from(&job.judge.fallback);
        snapshot.known = known;
        let config = job.judge.project.config(&job.judge.project.directory().join("x")).unwrap_or_default();
        let notes = found.notes.into_iter().chain(found.failures).chain(pass.notes).collect();
        let folders = job.watches.then(|| ToWatch::of(job.judge.project.directory(), &snapshot));
        Box::new(Scan { snapshot, config, folders, notes, error: pass.error })
    })
}

/// Checks all sources and the stylesheets that they load; then again those that write versions as it is the project's
/// habit. `None` where it was cancelled. What rules across files say is looked at where someone asks for it.
fn check_project(job: &ScanJob, sources: &[PathBuf], tell: &(dyn Fn(Event) + Sync)) -> Option<(Pass, Known)> {
    let mut judge = Judge { known: Known::default(), ..job.judge.clone() };
    let mut pass = Pass::default();
    let mut seen: BTreeSet<PathBuf> = sources.iter().cloned().collect();
    let mut waiting = sources.to_vec();
    while !waiting.is_empty() {
        pass.extend(check_all(job, &judge, &waiting, tell)?);
        let is_new =
            |sheet: &PathBuf| sheet.starts_with(job.judge.project.directory()) && !seen.contains(sheet);
        let sheets = job.records(&pass).flat_map(Record::sheets).map(|sheet| sheet.to_path_buf());
        waiting = sheets.filter(is_new).collect::<BTreeSet<_>>().into_iter().collect();
        seen.extend(waiting.iter().cloned());
    }
    judge.known.habit = Arc::new(pass.habit());
    if let Some(parameter) = judge.known.habit.parameter.clone() {
        let writing = job.records(&pass).filter(|record| record.used.writes(&parameter));
        let writing: Vec<_> = writing.map(|record| record.path.to_path_buf()).collect();
        pass.replace(check_all(job, &judge, &writing, tell)?.records);
    }
    let across: Across = job.records(&pass).map(|record| Arc::clone(&record.used)).collect();
    judge.known.across = Some(across);
    Some((pass, judge.known))
}

#[derive(Default)]
struct Pass {
    records: Vec<Record>,
    forms: HabitCount,
    /// The settings that say which form is a habit.
    settings: Option<Settings>,
    notes: Vec<String>,
    error: Option<ConfigError>,
}

/// Checks all `sources`; `None` where it was cancelled.
fn check_all(
    job: &ScanJob,
    judge: &Judge,
    sources: &[PathBuf],
    tell: &(dyn Fn(Event) + Sync),
) -> Option<Pass> {
    let next = AtomicUsize::new(0);
    let passes: Vec<Pass> = thread::scope(|scope| {
        let worker = || check_some(job, judge, sources, &next, tell);
        let workers: Vec<_> = (0..workers()).map(|_| scope.spawn(worker)).collect();
        workers.into_iter().filter_map(|worker| worker.join().ok()).collect()
    });
    let mut all = Pass::default();
    passes.into_iter().for_each(|pass| all.extend(pass));
    (!job.cancel.load(Ordering::Relaxed)).then_some(all)
}

/// How many threads scan: one on each processor where they step back behind the edits, else one processor is left free.
fn workers() -> usize {
    let processors = thread::available_parallelism().map_or(1, NonZero::get);
    if cfg!(target_os = "linux") { processors } else { processors.saturating_sub(1).max(1) }
}

/// Has the edits go first on the processors of this thread and of those it begins. Only Linux has a priority for each thread.
fn step_back() {
    #[cfg(target_os = "linux")]
    rustix::process::nice(10).map_or_else(|error| tracing::debug!("no lower priority: {error}"), |_| ());
}

fn check_some(
    job: &ScanJob,
    judge: &Judge,
    sources: &[PathBuf],
    next: &AtomicUsize,
    tell: &(dyn Fn(Event) + Sync),
) -> Pass {
    let mut pass = Pass::default();
    while !job.cancel.load(Ordering::Relaxed) {
        job.precedence.give_way();
        let number = next.fetch_add(1, Ordering::Relaxed);
        let Some(path) = sources.get(number) else { break };
        if number.is_multiple_of(STEP) {
            tell(Event::Worked(Worked::Scanning(job.folder, number, sources.len())));
        }
        // One source that breaks the analysis must not cost the others.
        let checked = panic::catch_unwind(AssertUnwindSafe(|| check_one(judge, path, &mut pass)));
        if checked.is_err() {
            pass.notes.push(format!("{}: the analysis panicked; the file was skipped", path.display()));
        }
    }
    pass
}

fn check_one(judge: &Judge, path: &Path, pass: &mut Pass) {
    let text = match judge.project.read(path) {
        Ok(text) => Arc::from(text),
        Err(error) => return pass.notes.push(error.to_string()),
    };
    match judge.check(path, None, &text, None) {
        Ok((checked, _)) if !jobs::is_looked_at(&judge.project, &checked) => {}
        Ok((checked, error)) => {
            pass.forms.add(&checked.text, &checked.analysis.resolved, &checked.analysis.settings);
            pass.settings.get_or_insert_with(|| checked.analysis.settings.clone());
            pass.records.push(Record::of(&checked));
            pass.error = pass.error.take().or(error);
        }
        Err(error) => pass.error = pass.error.take().or(Some(error)),
    }
}

impl Pass {
    fn extend(&mut self, other: Self) {
        self.records.extend(other.records);
        self.records.sort_by(|one, other| one.path.cmp(&other.path));
        self.forms.merge(other.forms);
        self.settings = self.settings.take().or(other.settings);
        self.notes.extend(other.notes);
        self.error = self.error.take().or(other.error);
    }

    /// Takes in records of its sources in place of those it has.
    fn replace(&mut self, records: Vec<Record>) {
        for record in records {
            if let Ok(place) = self.records.binary_search_by(|other| other.path.cmp(&record.path)) {
                self.records[place] = record;
            }
        }
    }

    fn habit(&self) -> Habit {
        self.settings.as_ref().map(|settings| self.forms.clone().habit(settings)).unwrap_or_default()
    }
}
