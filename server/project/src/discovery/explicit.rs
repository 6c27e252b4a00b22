//! Paths named on the command line: taken always, whatever ignores them.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::{Discovery, is_source, types, walk};
use crate::disk::{self, Kind};
use crate::{Analysis, Project};

/// Takes one path (absolute).
pub(super) fn take(project: &Project, path: &Path, discovery: &mut Discovery) {
    let shown = || project.shown(path);
    match disk::kind(path) {
        Err(error) => discovery.failures.push(format!("{}: skipped, {}", shown(), disk::plain(&error))),
        Ok(Kind::Folder) => walk::below(project, path, discovery),
        Ok(Kind::Other) => discovery.failures.push(format!("{}: skipped, not a regular file", shown())),
        Ok(Kind::File) => take_file(project, path, discovery),
    }
}

fn take_file(project: &Project, path: &Path, discovery: &mut Discovery) {
    let config = project.config(path).unwrap_or_default();
    if is_source(config.templates.as_ref(), path) || is_source(None, path) {
        discovery.sources.push(path.to_owned());
    } else if types::is_asset(path) {
        discovery.assets.push(path.to_owned());
    } else {
        discovery
            .notes
            .push(format!("{}: skipped, neither a template nor an asset by its name", project.shown(path)));
    }
}

/// Adds the sources of the project that refer to one of the explicit assets.
pub(super) fn select(project: &Project, discovery: &mut Discovery) {
    let mut all = Discovery::default();
    walk::below(project, project.root(), &mut all);
    let assets: BTreeSet<PathBuf> =
        discovery.assets.iter().filter_map(|asset| project.world.real(asset)).collect();
    let words: Vec<&str> = discovery.assets.iter().filter_map(|asset| word(asset)).collect();
    let selected = all.sources.into_par_iter().filter(|source| {
        let Ok(text) = project.read(source) else { return false };
        words.iter().any(|word| text.contains(word))
            && project.analyse(source, &text).is_ok_and(|analysis| refers_to(project, &analysis, &assets))
    });
    discovery.sources.par_extend(selected);
}

/// Whether a reference of `analysis` names one of `assets` (links resolved).
fn refers_to(project: &Project, analysis: &Analysis, assets: &BTreeSet<PathBuf>) -> bool {
    let named = analysis.resolved.iter().filter_map(|resolved| resolved.asset());
    named.into_iter().any(|asset| project.world.real(&asset.path).is_some_and(|real| assets.contains(&real)))
}

/// The longest run of letters and digits in a file's name, which every way of writing the name holds.
fn word(asset: &Path) -> Option<&str> {
    let stem = asset.file_stem()?.to_str()?;
    stem.split(|character: char| !character.is_ascii_alphanumeric()).max_by_key(|word| word.len())
}
