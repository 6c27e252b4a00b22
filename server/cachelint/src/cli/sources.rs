//! From the paths of the command line to sources that are read and analysed.

use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use cachelint_project::{Analysis, Discovery, disk};
use cachelint_syntax::LineIndex;
use rayon::prelude::*;

use super::arguments::Selection;
use super::progress::Progress;
use super::report::count;
use super::session::Session;

/// The sources of a run, and what went wrong on the way to them.
#[derive(Debug, Default)]
pub(crate) struct Sources {
    /// Those that could be read and analysed, in the order of their paths.
    pub(crate) loaded: Vec<Loaded>,
    /// Whether they are all that there is below the working directory.
    pub(crate) whole: bool,
    /// The files and folders that the run is about, absolute; none for a text on standard input.
    tops: Vec<PathBuf>,
    /// What was passed over and why, for people.
    pub(crate) notes: Vec<String>,
    /// What could not be read, for people.
    pub(crate) failures: Vec<String>,
}

/// A source that was read and analysed.
#[derive(Debug)]
pub(crate) struct Loaded {
    /// The source, absolute.
    pub(crate) path: PathBuf,
    /// Its text.
    pub(crate) text: String,
    /// What it holds.
    pub(crate) analysis: Analysis,
}

/// What became of one source.
enum Outcome {
    Loaded(Box<Loaded>),
    Note(String),
    Failure(String),
}

/// Reads and analyses what `selection` names.
pub(crate) fn load(session: &Session, selection: &Selection) -> anyhow::Result<Sources> {
    match &selection.stdin_filename {
        Some(path) => from_stdin(session, &session.absolute(path)),
        None if selection.paths.is_empty() => Ok(all(session)),
        None => Ok(from_paths(session, &selection.paths)),
    }
}

/// Reads and analyses all that there is below the working directory.
pub(crate) fn all(session: &Session) -> Sources {
    let tops = vec![session.directory.clone()];
    Sources { whole: true, tops, ..read(session, session.project.discover(&[])) }
}

fn from_paths(session: &Session, paths: &[PathBuf]) -> Sources {
    let absolute: Vec<PathBuf> = paths.iter().map(|path| session.absolute(path)).collect();
    let discovery = session.project.discover(&absolute);
    let nothing_found = discovery.nothing_found;
    let mut sources = read(session, discovery);
    if nothing_found {
        sources.failures.push("no template found in the paths given".to_owned());
    }
    Sources { tops: absolute, ..sources }
}

fn from_stdin(session: &Session, path: &Path) -> anyhow::Result<Sources> {
    let mut bytes = Vec::new();
    io::stdin().lock().read_to_end(&mut bytes).context("standard input")?;
    let text = disk::text(bytes).context("standard input")?;
    let mut sources = Sources::default();
    sources.push(analyse(session, path, text));
    Ok(sources)
}

fn read(session: &Session, discovery: Discovery) -> Sources {
    let progress = Progress::new(discovery.sources.len());
    let outcomes: Vec<Outcome> = discovery
        .sources
        .par_iter()
        .map(|path| {
            let outcome = read_one(session, path);
            progress.advance();
            outcome
        })
        .collect();
    let notes = if session.global.verbose {
        [discovery.passed_over, discovery.notes].concat()
    } else {
        discovery.notes
    };
    let mut sources = Sources { notes, failures: discovery.failures, ..Sources::default() };
    for outcome in outcomes {
        sources.push(outcome);
    }
    sources
}

fn read_one(session: &Session, path: &Path) -> Outcome {
    match session.project.read(path) {
        Ok(text) => analyse(session, path, text),
        Err(error) => Outcome::Failure(error.to_string()),
    }
}

fn analyse(session: &Session, path: &Path, text: String) -> Outcome {
    match session.project.analyse(path, &text) {
        Err(error) => Outcome::Failure(error.to_string()),
        Ok(Analysis { not_analysed: Some(reason), .. }) => {
            Outcome::Note(format!("{}: not analysed: {reason}", session.shown(path)))
        }
        Ok(analysis) => Outcome::Loaded(Box::new(Loaded { path: path.to_owned(), text, analysis })),
    }
}

impl Loaded {
    /// Says of the parts that could not be read where the first of them is.
    pub(crate) fn unread(&self, session: &Session) -> Option<String> {
        let skipped = &self.analysis.extraction.skipped;
        let first = skipped.first()?;
        let place = LineIndex::new(&self.text).position(&self.text, first.span.start);
        let (line, column) = (place.line, place.column);
        let others = match skipped.len() - 1 {
            0 => String::new(),
            others => format!(" (and {} more)", count(others, "part")),
        };
        let shown = session.shown(&self.path);
        Some(format!("{shown}:{line}:{column}: skipped a part that is {}{others}", first.reason))
    }
}

impl Sources {
    /// Whether the run is about the file at `path` (absolute).
    pub(crate) fn cover(&self, path: &Path) -> bool {
        self.tops.iter().any(|top| path.starts_with(top))
    }

    fn push(&mut self, outcome: Outcome) {
        match outcome {
            Outcome::Loaded(loaded) => self.loaded.push(*loaded),
            Outcome::Note(note) => self.notes.push(note),
            Outcome::Failure(failure) => self.failures.push(failure),
        }
    }
}
