//! The walk: templates below a folder, as git sees them, in parallel.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use ignore::{DirEntry, Error, WalkBuilder, WalkState};

use super::{Discovery, is_source, passed_over};
use crate::{Project, disk};

/// Adds the templates below `top` to `discovery`.
pub(super) fn below(project: &Project, top: &Path, discovery: &mut Discovery) {
    let found = Mutex::new(Discovery::default());
    walker(top).build_parallel().run(|| {
        Box::new(|entry| {
            let (state, outcome) = visit(project, entry);
            if let Some(outcome) = outcome {
                add(&mut found.lock().unwrap_or_else(PoisonError::into_inner), outcome);
            }
            state
        })
    });
    let found = found.into_inner().unwrap_or_else(PoisonError::into_inner);
    discovery.sources.extend(found.sources);
    discovery.passed_over.extend(found.passed_over);
    discovery.failures.extend(found.failures);
}

fn walker(top: &Path) -> WalkBuilder {
    let mut walker = WalkBuilder::new(top);
    walker.follow_links(true).require_git(false);
    walker
}

/// What came of one entry.
enum Outcome {
    Source(PathBuf),
    PassedOver(String),
    Failure(String),
}

fn add(discovery: &mut Discovery, outcome: Outcome) {
    match outcome {
        Outcome::Source(path) => discovery.sources.push(path),
        Outcome::PassedOver(line) => discovery.passed_over.push(line),
        Outcome::Failure(line) => discovery.failures.push(line),
    }
}

fn visit(project: &Project, entry: Result<DirEntry, Error>) -> (WalkState, Option<Outcome>) {
    let entry = match entry {
        Ok(entry) => entry,
        Err(error) => return (WalkState::Continue, failure(project, &error)),
    };
    let path = entry.path();
    if entry.depth() > 0 && entry.path_is_symlink() && !stays(project, path) {
        let note = format!("{}: skipped, a link that leaves the project folder", project.shown(path));
        return (WalkState::Skip, Some(Outcome::PassedOver(note)));
    }
    if entry.file_type().is_some_and(|kind| kind.is_dir()) {
        let reason = (entry.depth() > 0).then(|| passed_over::reason(project, path)).flatten();
        let note =
            reason.map(|reason| Outcome::PassedOver(format!("{}/: skipped, {reason}", project.shown(path))));
        return (if note.is_some() { WalkState::Skip } else { WalkState::Continue }, note);
    }
    (WalkState::Continue, source(project, &entry))
}

fn source(project: &Project, entry: &DirEntry) -> Option<Outcome> {
    let path = entry.path();
    // A wrong configuration is named when the sources are tidied; until then the defaults find them.
    let config = project.config(path).unwrap_or_default();
    if !is_source(config.templates.as_ref(), path) {
        return None;
    }
    if config.exclude.matches(path) {
        return Some(Outcome::PassedOver(format!(
            "{}: skipped, the configuration excludes it",
            project.shown(path)
        )));
    }
    match entry.file_type().is_some_and(|kind| kind.is_file()) {
        true => Some(Outcome::Source(path.to_owned())),
        false => Some(Outcome::Failure(format!("{}: skipped, not a regular file", project.shown(path)))),
    }
}

/// Whether a link stays in the project folder.
fn stays(project: &Project, path: &Path) -> bool {
    let top = project.world.project_of(path.parent().unwrap_or(path));
    let (real, top) = (project.world.real(path), project.world.real_folder(&top));
    real.zip(top).is_none_or(|(real, top)| real.starts_with(top))
}

/// What can't be read fails the run, a link to nothing only under a template's name.
fn failure(project: &Project, error: &Error) -> Option<Outcome> {
    let (path, reason) = cause(error, None)?;
    let vanished = error.io_error().is_some_and(|error| error.kind() == ErrorKind::NotFound);
    if vanished && !is_source(None, &path) {
        return None;
    }
    Some(Outcome::Failure(format!("{}: skipped, {reason}", project.shown(&path))))
}

/// The path and the reason of a walker's error; `None` for what concerns ignore files alone.
fn cause(error: &Error, path: Option<&Path>) -> Option<(PathBuf, String)> {
    match error {
        Error::WithPath { path, err } => cause(err, Some(path)),
        Error::WithDepth { err, .. } | Error::WithLineNumber { err, .. } => cause(err, path),
        Error::Loop { child, .. } => Some((child.clone(), "a link back to a folder above it".to_owned())),
        Error::Io(error) => Some((path?.to_owned(), disk::plain(error))),
        _ => None,
    }
}
