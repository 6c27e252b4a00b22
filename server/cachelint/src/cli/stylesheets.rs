//! Stylesheets that pages load: what their `url()` and `@import` name is judged, and kept current, too.

use std::collections::{BTreeSet, HashSet};
use std::path::{Path, PathBuf};

use cachelint_lint::AssetKind;
use rayon::prelude::*;

use super::arguments::Selection;
use super::session::Session;
use super::sources::{Loaded, Sources};

/// Folders of other people's stylesheets, which nobody edits in place.
const VENDOR: [&str; 9] = [
    "vendor",
    "vendors",
    "lib",
    "libs",
    "third-party",
    "third_party",
    "plugins",
    "node_modules",
    "bower_components",
];

/// Adds to `sources` the stylesheets below the paths of `selection` that they load, however deep, and that name files.
pub(crate) fn add(session: &Session, selection: &Selection, sources: &mut Sources) {
    if selection.stdin_filename.is_some() {
        return;
    }
    let tops: Vec<PathBuf> = match selection.paths.as_slice() {
        [] => vec![session.directory.clone()],
        paths => paths.iter().map(|path| session.absolute(path)).collect(),
    };
    let is_below = |path: &Path| tops.iter().any(|top| path.starts_with(top));
    let mut seen: HashSet<PathBuf> = HashSet::new();
    let mut waiting = loaded_by(&sources.loaded);
    while !waiting.is_empty() {
        waiting.retain(|path| is_below(path) && seen.insert(path.clone()));
        let read: Vec<Loaded> = waiting.par_iter().filter_map(|path| read(session, path)).collect();
        waiting = loaded_by(&read);
        sources.loaded.extend(read.into_iter().filter(names_file));
    }
    sources.loaded.sort_by(|a, b| a.path.cmp(&b.path));
    sources.loaded.dedup_by(|a, b| a.path == b.path);
}

/// The stylesheets that `sources` load and that are the project's own.
fn loaded_by(sources: &[Loaded]) -> BTreeSet<PathBuf> {
    let loading = sources.iter().flat_map(|source| &source.analysis.resolved);
    let loading =
        loading.filter(|found| !found.reference.enclosing.bundle && found.reference.inert.is_none());
    let named = loading.filter_map(|found| found.asset());
    let sheets = named.filter(|asset| {
        !asset.ignored && AssetKind::of(&asset.name) == AssetKind::Stylesheet && !is_vendor(&asset.name)
    });
    sheets.map(|asset| asset.path.clone()).collect()
}

/// Whether a stylesheet of that name (below its static root) is a copy of somebody else's.
fn is_vendor(name: &str) -> bool {
    name.ends_with(".min.css") || name.split('/').any(|folder| VENDOR.contains(&folder))
}

/// Whether a stylesheet names a file of the project.
fn names_file(sheet: &Loaded) -> bool {
    sheet.analysis.resolved.iter().any(|found| found.asset().is_some())
}

/// A stylesheet that may name files. One that can't be read is an asset like any other.
fn read(session: &Session, path: &Path) -> Option<Loaded> {
    let text = session.project.read(path).inspect_err(|error| tracing::debug!("{error}")).ok()?;
    let is_released = text.trim_start_matches('\u{feff}').starts_with("/*!");
    if is_released || !(text.contains("url(") || text.contains("@import")) {
        return None;
    }
    let analysis = session.project.analyse(path, &text).ok()?;
    Some(Loaded { path: path.to_owned(), text, analysis })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copies_of_released_stylesheets_are_left_alone() {
        let table = [
            ("css/style.css", false),
            ("library/style.css", false),
            ("bootstrap.min.css", true),
            ("vendor/fa/css/all.css", true),
            ("lib/a.css", true),
        ];
        for (name, expected) in table {
            assert_eq!(is_vendor(name), expected, "{name}");
        }
    }
}
