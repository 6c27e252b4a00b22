//! The stylesheets that the sources of a run load are sources, too.

use std::collections::{BTreeSet, HashSet};
use std::path::{Path, PathBuf};

use cachelint_project::stylesheets;
use rayon::prelude::*;

use super::session::Session;
use super::sources::{Loaded, Sources};

/// Adds to `sources` the stylesheets that they load, however deep, that the run is about, and that name files.
pub(crate) fn add(session: &Session, sources: &mut Sources) {
    let mut seen: HashSet<PathBuf> = HashSet::new();
    let mut waiting = loaded_by(&sources.loaded);
    while !waiting.is_empty() {
        waiting.retain(|path| sources.cover(path) && seen.insert(path.clone()));
        let read: Vec<Loaded> = waiting.par_iter().filter_map(|path| read(session, path)).collect();
        waiting = loaded_by(&read);
        sources.loaded.extend(read.into_iter().filter(|sheet| stylesheets::names_file(&sheet.analysis)));
    }
    sources.loaded.sort_by(|a, b| a.path.cmp(&b.path));
    sources.loaded.dedup_by(|a, b| a.path == b.path);
}

/// The stylesheets that `sources` load and that are the project's own.
fn loaded_by(sources: &[Loaded]) -> BTreeSet<PathBuf> {
    let references = sources.iter().flat_map(|source| &source.analysis.resolved);
    references.filter_map(stylesheets::loaded).map(Path::to_owned).collect()
}

/// A stylesheet that may name files. One that can't be read is an asset like any other.
fn read(session: &Session, path: &Path) -> Option<Loaded> {
    let text = session.project.read(path).inspect_err(|error| tracing::debug!("{error}")).ok()?;
    if !stylesheets::may_name_files(&text) {
        return None;
    }
    let analysis = session.project.analyse(path, &text).ok()?;
    Some(Loaded { path: path.to_owned(), text, analysis })
}
