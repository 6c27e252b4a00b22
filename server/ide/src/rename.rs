//! Renamed assets and folders: the references follow, and the versions of stylesheets that change thereby.

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use cachelint_lint::{Asset, Edit, Resolved, literal_path};
use cachelint_project::browse::encoded;
use cachelint_syntax::{Literal, Reference};

use crate::changes::{Plan, change};
use crate::{Checked, FileEdits, Record, Snapshot};

/// The edits that make references follow files and folders renamed from → to (absolute), asked before they are: paths are
/// the old ones. What no root serves any more is left as it is.
pub fn rename_files(snapshot: &Snapshot, renames: &[(PathBuf, PathBuf)]) -> Vec<FileEdits> {
    let renames = Renames(renames);
    let own = |checked: &Checked| {
        let each = checked.analysis.resolved.iter();
        each.filter_map(|resolved| Some(vec![follow(snapshot, checked, resolved, &renames)?])).collect()
    };
    let moves = |path: &Path| renames.of(path).is_some();
    let concerns = |record: &Record| {
        moves(&record.path) || record.uses.iter().any(|one| one.is_asset && moves(&one.file))
    };
    let plan = Plan { concerns: &concerns, own: &own, wanted: &|_| false };
    change(snapshot, &plan, &mut |_, _| ControlFlow::Continue(())).unwrap_or_default()
}

/// Files and folders with their new paths.
struct Renames<'a>(&'a [(PathBuf, PathBuf)]);

impl Renames<'_> {
    /// Where a file will be; `None` where it stays.
    fn of(&self, path: &Path) -> Option<PathBuf> {
        self.0.iter().find_map(|(from, to)| {
            let below = path.strip_prefix(from).ok()?;
            Some(if below.as_os_str().is_empty() { to.clone() } else { to.join(below) })
        })
    }
}

/// The edit that makes one reference follow.
fn follow(
    snapshot: &Snapshot,
    checked: &Checked,
    resolved: &Resolved,
    renames: &Renames<'_>,
) -> Option<Edit> {
    let asset = resolved.asset().filter(|asset| asset.case_on_disk.is_none())?;
    let path = literal_path(&resolved.reference)?;
    let (new_asset, new_source) = (renames.of(&asset.path), renames.of(&checked.path));
    if resolved.reference.helper().is_none() && is_relative(&path) {
        if new_asset.is_none() && new_source.is_none() {
            return None;
        }
        let source = new_source.as_deref().unwrap_or(&checked.path);
        let name = relative(source.parent()?, new_asset.as_deref().unwrap_or(&asset.path))?;
        return replace(checked, &resolved.reference, &path, &asset.name, &name);
    }
    let new_asset = new_asset?;
    if let Some(name) = below(&root(asset)?, &new_asset) {
        return replace(checked, &resolved.reference, &path, &asset.name, &name);
    }
    elsewhere(snapshot, checked, resolved, asset, &new_asset)
}

fn is_relative(path: &Literal) -> bool {
    !path.text.trim_start().starts_with('/') && !path.text.contains("://")
}

/// The folder that an asset's name starts from.
fn root(asset: &Asset) -> Option<PathBuf> {
    let depth = asset.name.split('/').count();
    let root = asset.path.ancestors().nth(depth)?;
    (below(root, &asset.path)? == asset.name).then(|| root.to_owned())
}

/// An asset that moves to another root: one behind the same URL for a helper, any for a literal.
fn elsewhere(
    snapshot: &Snapshot,
    checked: &Checked,
    resolved: &Resolved,
    asset: &Asset,
    new_asset: &Path,
) -> Option<Edit> {
    let path = literal_path(&resolved.reference)?;
    let served = snapshot.project.served(&checked.path);
    let prefix = asset.url.strip_suffix(&encoded(&asset.name))?;
    let mut there = served.iter().filter_map(|served| Some((served, below(&served.folder, new_asset)?)));
    if resolved.reference.helper().is_some() {
        let (_, name) = there.find(|(served, _)| served.url == prefix)?;
        return replace(checked, &resolved.reference, &path, &asset.name, &name);
    }
    let (served, name) = there.next()?;
    let tail = format!("{prefix}{}", asset.name);
    let written = format!("{}{name}", served.url);
    replace(checked, &resolved.reference, &path, &tail, &written)
}

/// The edit that writes `new` where the path ends in `old` (both decoded).
fn replace(checked: &Checked, reference: &Reference, path: &Literal, old: &str, new: &str) -> Option<Edit> {
    let helper = reference.helper().is_some();
    let text = path.text.trim_end();
    let written = [old.to_owned(), encoded(old)].into_iter().find(|old| text.ends_with(old.as_str()))?;
    let start = text.len() - written.len();
    let span = path.slice(start, text.len()).span;
    let new = if helper { in_call(checked, path, new)? } else { in_url(reference, new) };
    (span.of(&checked.text) != new).then_some(Edit { span, text: new })
}

/// A name within a string of a template block; `None` where the quote would end it.
fn in_call(checked: &Checked, path: &Literal, name: &str) -> Option<String> {
    let quote = checked.text.get(..path.span.start)?.chars().next_back()?;
    (!name.contains([quote, '\\'])).then(|| name.to_owned())
}

/// A name within a URL, escaped so that it stands in any attribute and any `url()`.
pub(crate) fn in_url(reference: &Reference, name: &str) -> String {
    let url = encoded_anywhere(name);
    if reference.quoting.entities { url.replace('&', "&amp;") } else { url }
}

/// A name as a URL path that no quote or parenthesis ends.
pub(crate) fn encoded_anywhere(name: &str) -> String {
    encoded(name).replace('\'', "%27").replace('(', "%28").replace(')', "%29")
}

/// `path` below `folder`, with `/`.
fn below(folder: &Path, path: &Path) -> Option<String> {
    let below = path.strip_prefix(folder).ok()?;
    let parts: Vec<_> = below.iter().map(|part| part.to_string_lossy()).collect();
    Some(parts.join("/"))
}

/// The way from `folder` to `path`, with `/`; `None` on another drive.
fn relative(folder: &Path, path: &Path) -> Option<String> {
    let shared = folder.ancestors().find(|above| path.starts_with(above))?;
    let up = folder.strip_prefix(shared).ok()?.iter().count();
    Some("../".repeat(up) + &below(shared, path)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_relative_path_leads_up_and_down() {
        let check = |folder: &str, path: &str, expected: &str| {
            assert_eq!(relative(Path::new(folder), Path::new(path)).unwrap(), expected);
        };
        check("/a/b", "/a/b/c.css", "c.css");
        check("/a/b", "/a/c/d.css", "../c/d.css");
        check("/a/b/c", "/d.css", "../../../d.css");
    }
}
