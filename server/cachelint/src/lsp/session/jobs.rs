//! Jobs: work on owned values beside the session; each comes back as events.

use std::cell::LazyCell;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use cachelint_ide::{Checked, FileEdits, Record, Snapshot, Work};
use cachelint_lint::Known;
use cachelint_project::config::Base;
use cachelint_project::{ConfigError, Options, Project, stylesheets};
use cachelint_syntax::SourceKind;
use ropey::Rope;
use tower_lsp::ls_types::{Diagnostic, Uri};

use super::event::{CommandId, Edited, Event, Failed, FolderId, Outcome, Worked};
use super::history::HistoryJob;
use super::precedence::Turn;
use super::query::{Query, Shared, View};
use super::scan::{self, ScanJob};
use crate::lsp::features;

/// Work to be done beside the session.
#[derive(Debug)]
pub enum Job {
    /// Open the project of a folder, over what the editor sets.
    Open(FolderId, PathBuf, Base),
    /// Check an open document.
    Check(Box<CheckJob>),
    /// Check sources on disk.
    Recheck(Box<RecheckJob>),
    /// Find and check all sources of a folder.
    Scan(Box<ScanJob>),
    /// Show the findings of closed sources.
    Report(Box<ReportJob>),
    /// Answer a query.
    Answer(Query, Box<View>),
    /// Compute edits for a command.
    Edits(Box<EditsJob>),
    /// Read what git's history tells.
    History(Box<HistoryJob>),
    /// Write a rule's documentation to a file.
    Document(CommandId, &'static str),
}

/// Told to a job that it is no longer wanted.
pub type Cancel = Arc<AtomicBool>;

/// A project to check with.
#[derive(Clone, Debug)]
pub struct Judge {
    /// The project.
    pub project: Arc<Project>,
    /// The project as it was when its configuration could last be read.
    pub fallback: Option<Arc<Project>>,
    /// What its sources say together.
    pub known: Known,
}

/// An open document to check.
#[derive(Debug)]
pub struct CheckJob {
    /// The document.
    pub uri: Uri,
    /// The path it is analysed under.
    pub path: PathBuf,
    /// Whether its name or language says that it is a source; else the configuration may.
    pub is_source: bool,
    /// Its version in the editor.
    pub version: i32,
    /// The edition of its text.
    pub edition: u64,
    /// Its text.
    pub text: Rope,
    /// What the last check left.
    pub kept: Box<Kept>,
    /// The generation of its folder's project.
    pub generation: u64,
    /// What it is checked with.
    pub judge: Judge,
    /// The other sources, for related places.
    pub snapshot: Snapshot,
    /// How the findings are shown.
    pub shared: Shared,
    /// Has others give way.
    pub turn: Turn,
}

/// What is kept of a document between its edits: handed from one check to the next.
#[derive(Debug, Default)]
pub struct Kept {
    /// What was found out.
    pub found: cachelint_ide::Kept,
    /// How it was shown.
    pub shown: features::diagnostics::Shown,
}

/// Sources on disk to check.
#[derive(Debug)]
pub struct RecheckJob {
    /// Their folder.
    pub folder: FolderId,
    /// The generation of its project.
    pub generation: u64,
    /// The sources, absolute.
    pub paths: Vec<PathBuf>,
    /// What they are checked with.
    pub judge: Judge,
    /// The folder's sources.
    pub snapshot: Snapshot,
    /// How the findings are shown, where they are.
    pub shared: Option<Shared>,
    /// Set when the answers are no longer wanted.
    pub cancel: Cancel,
}

/// A folder whose code is to be checked, and whose closed sources' findings are to be told.
#[derive(Debug)]
pub struct ReportJob {
    /// The folder.
    pub folder: FolderId,
    /// The generation of its project.
    pub generation: u64,
    /// Its sources.
    pub snapshot: Snapshot,
    /// How the findings are shown.
    pub shared: Shared,
    /// What is told of.
    pub told: Told,
}

/// What a report tells of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Told {
    /// The code and all closed sources.
    All,
    /// The code.
    Code,
}

/// Edits to compute for a command.
#[derive(Debug)]
pub struct EditsJob {
    /// The command.
    pub command: CommandId,
    /// The folders it concerns.
    pub snapshots: Vec<Snapshot>,
    /// What is to be done; `None` for everything safe.
    pub work: Option<Work>,
    /// How the editor takes them.
    pub shared: Shared,
    /// Set when the edits are no longer wanted.
    pub cancel: Cancel,
}

/// How many sources are told of at once.
const BATCH: usize = 64;

impl Job {
    /// What is said of it if it panics.
    pub fn failed(&self) -> Failed {
        match self {
            Self::Open(_, root, _) => Failed::Open(root.clone()),
            Self::Check(job) => Failed::Check(job.uri.clone(), job.edition, job.generation),
            Self::Recheck(job) => Failed::Recheck(job.folder, job.generation),
            Self::Scan(job) => Failed::Scan(job.folder, job.generation),
            Self::Report(job) => Failed::Report(job.folder),
            Self::Answer(query, _) => Failed::Answer(query.method),
            Self::History(job) => Failed::History(job.folder),
            Self::Edits(job) => Failed::Command(job.command),
            Self::Document(command, _) => Failed::Command(*command),
        }
    }

    /// Does it. It may take long, and read the disk.
    pub fn run(self, tell: &(dyn Fn(Event) + Sync)) {
        match self {
            Self::Open(folder, root, base) => open(folder, &root, base, tell),
            Self::Check(job) => tell(Event::Worked(check(*job))),
            Self::Recheck(job) => recheck(*job, tell),
            Self::Scan(job) => scan::run(&job, tell),
            Self::Report(job) => report(&job, tell),
            Self::Answer(query, view) => query.run(*view),
            Self::History(job) => {
                let is_news = job.run();
                tell(Event::Worked(Worked::HistoryRead(job.folder, job.generation, is_news)));
            }
            Self::Edits(job) => tell(Event::Worked(edits(*job, tell))),
            Self::Document(command, rule) => {
                let file = features::explain::write(rule);
                tell(Event::Worked(Worked::Documented(command, rule, file)));
            }
        }
    }
}

impl Judge {
    /// Checks a text. Where its configuration can't be read, the last good one counts, and the error is answered beside.
    pub fn check(
        &self,
        path: &Path,
        version: Option<i32>,
        text: &Arc<str>,
        mut kept: Option<&mut cachelint_ide::Kept>,
    ) -> Result<(Checked, Option<ConfigError>), ConfigError> {
        let mut with = |project| {
            cachelint_ide::check(project, &self.known, path, version, Arc::clone(text), kept.as_deref_mut())
        };
        with(&self.project).map(|checked| (checked, None)).or_else(|error| {
            let last_good = self.fallback.as_deref().ok_or_else(|| error.clone())?;
            with(last_good).map(|checked| (checked, Some(error)))
        })
    }
}

/// Whether a source on disk is looked at: a template, or a stylesheet that names files.
pub(super) fn is_looked_at(project: &Project, checked: &Checked) -> bool {
    checked.analysis.kind == SourceKind::Template
        || project.is_template(&checked.path)
        || stylesheets::may_name_files(&checked.text) && stylesheets::names_file(&checked.analysis)
}

/// Fails only for a configuration that is named on the command line, and none is.
fn open(folder: FolderId, root: &Path, base: Base, tell: &dyn Fn(Event)) {
    let options = Options { base, ..Options::default() };
    if let Ok(project) = Project::open(root, &options) {
        tell(Event::Worked(Worked::Opened(folder, options.base, Arc::new(project))));
    }
}

fn check(mut job: CheckJob) -> Worked {
    let outcome = match job.is_source || job.judge.project.is_template(&job.path) {
        true => check_source(&mut job),
        false => Outcome::NoSource,
    };
    let CheckJob { uri, edition, generation, kept, turn, .. } = job;
    Worked::Checked { uri, edition, generation, kept, outcome, turn }
}

fn check_source(job: &mut CheckJob) -> Outcome {
    let text: Arc<str> = Arc::from(job.text.to_string());
    match job.judge.check(&job.path, Some(job.version), &text, Some(&mut job.kept.found)) {
        Err(error) => Outcome::NoConfig(error),
        Ok((checked, error)) => {
            let shown = &mut job.kept.shown;
            let (diagnostics, record) = rayon::join(
                || features::diagnostics::again(&job.snapshot, &checked, &job.text, &job.shared, shown),
                || Record::of(&checked),
            );
            let (checked, record) = (Arc::new(checked), Box::new(record));
            Outcome::Checked { checked, record, diagnostics, error }
        }
    }
}

fn recheck(job: RecheckJob, tell: &dyn Fn(Event)) {
    let (paths, gone) = selected(&job);
    if !gone.is_empty() {
        tell(Event::Worked(rechecked(&job, Vec::new(), gone, false, None)));
    }
    let mut batches = paths.chunks(BATCH).peekable();
    loop {
        let paths = batches.next().filter(|_| !job.cancel.load(Ordering::Relaxed)).unwrap_or_default();
        let last = paths.is_empty() || batches.peek().is_none();
        tell(Event::Worked(recheck_batch(&job, paths, last)));
        if last {
            return;
        }
    }
}

/// The sources to check, and those that are none (any more): of templates that are new, what is no part of the project;
/// of all else, what no source loads.
fn selected(job: &RecheckJob) -> (Vec<PathBuf>, Vec<PathBuf>) {
    let discovered = LazyCell::new(|| job.judge.project.discover(&[]).sources);
    job.paths.iter().cloned().partition(|path| {
        if !job.judge.project.is_template(path) {
            return job.snapshot.is_loaded(path);
        }
        job.snapshot.record(path).is_some() || discovered.binary_search(path).is_ok()
    })
}

fn recheck_batch(job: &RecheckJob, paths: &[PathBuf], last: bool) -> Worked {
    let mut checked = Vec::new();
    let mut gone = Vec::new();
    let mut first_error = None;
    for path in paths {
        let Ok(text) = job.judge.project.read(path) else {
            gone.push(path.clone());
            continue;
        };
        match job.judge.check(path, None, &Arc::from(text), None) {
            Ok((source, _)) if !is_looked_at(&job.judge.project, &source) => gone.push(path.clone()),
            Ok((source, error)) => {
                let shown = job.shared.as_ref().map(|shared| shown(&job.snapshot, &source, shared));
                checked.push((Record::of(&source), shown.unwrap_or_default()));
                first_error = first_error.or(error);
            }
            Err(error) => first_error = first_error.or(Some(error)),
        }
    }
    rechecked(job, checked, gone, last, first_error)
}

fn rechecked(
    job: &RecheckJob,
    checked: Vec<(Record, Vec<Diagnostic>)>,
    gone: Vec<PathBuf>,
    last: bool,
    error: Option<ConfigError>,
) -> Worked {
    let (folder, generation) = (job.folder, job.generation);
    Worked::Rechecked { folder, generation, checked, gone, last, error }
}

fn report(job: &ReportJob, tell: &dyn Fn(Event)) {
    if job.told == Told::All {
        report_sources(job, tell);
    }
    let code = job.snapshot.code().into_iter().map(|checked| {
        let shown = shown(&job.snapshot, &checked, &job.shared);
        (checked, shown)
    });
    tell(Event::Worked(Worked::CodeChecked(job.folder, job.generation, code.collect())));
    tell(Event::Worked(Worked::ReportEnded(job.folder)));
}

fn report_sources(job: &ReportJob, tell: &dyn Fn(Event)) {
    let open = &job.shared.open;
    let closed = job.snapshot.records().filter(|record| !open.contains_key(&*record.path));
    let is_flagged = job.snapshot.flagged();
    let flagged: Vec<_> = closed.filter(|record| is_flagged(record)).collect();
    for batch in flagged.chunks(BATCH) {
        let checked = batch.iter().filter_map(|record| job.snapshot.checked(&record.path));
        let found =
            checked.map(|checked| (checked.path.to_path_buf(), shown(&job.snapshot, &checked, &job.shared)));
        tell(Event::Worked(Worked::Reported(job.folder, job.generation, found.collect())));
    }
}

fn shown(snapshot: &Snapshot, checked: &Checked, shared: &Shared) -> Vec<Diagnostic> {
    features::diagnostics::of(snapshot, checked, &Rope::from_str(&checked.text), shared)
}

fn edits(job: EditsJob, tell: &dyn Fn(Event)) -> Worked {
    let wanted = || !job.cancel.load(Ordering::Relaxed);
    let mut all: Vec<FileEdits> = Vec::new();
    for snapshot in &job.snapshots {
        let edits = match &job.work {
            Some(work) => Some(cachelint_ide::resolve(snapshot, work)),
            None => cachelint_ide::fix_workspace(snapshot, &mut |done, of| {
                tell(Event::Worked(Worked::Progress(job.command, done, of)));
                if wanted() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
            }),
        };
        match edits.filter(|_| wanted()) {
            Some(edits) => all.extend(edits),
            None => return Worked::Edits(job.command, None),
        }
    }
    let files = all.iter().map(|file| (file.path.clone(), file.version)).collect();
    let edit = features::edits::workspace_edit(&all, &job.shared);
    Worked::Edits(job.command, Some(Edited { files, edit }))
}
