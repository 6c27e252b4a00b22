//! A file that was not found: where it was looked for, what excuses its absence, and what is there instead.

use std::collections::{BTreeSet, VecDeque};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use cachelint_lint::{Missing, RootKind, Target, closest};
use dashmap::DashMap;

use super::locate::{Location, Places};
use super::{Context, excuse, path};
use crate::folders::Folders;

/// How many names a suggestion is chosen from.
const CANDIDATES: usize = 200;
/// How many folders are searched for them.
const FOLDERS: usize = 100;

/// In how many folders a file is looked for by its whole path when others change; in more it is by its name.
const NEAR: usize = 4;

/// `name` is in none of `places`.
pub(super) fn target(context: &Context<'_>, places: &Places, name: &str) -> Target {
    let folders = &context.world.folders;
    let locations: Vec<&Location> =
        places.all.iter().filter(|location| location.below(name).is_some()).collect();
    if may_be_packaged(context, &locations, name) {
        return Target::Unknown("an installed package may serve it".to_owned());
    }
    let holds_files = |location: &&Location| !location.listing(folders).entries.is_empty();
    if let Some(location) = locations.iter().find(|location| location.listing(folders).unreadable) {
        return Target::Unchecked(format!("{} could not be read", location.shown(context.directory)));
    }
    let configured = |location: &&Location| location.root == RootKind::Configured;
    Target::Missing(Arc::new(Missing {
        name: name.to_owned(),
        looked_in: match locations.len() == places.all.len() {
            true => places.shown(context.directory),
            false => locations.iter().map(|location| location.shown(context.directory)).collect(),
        },
        sought: sought(&locations, name),
        certain: !locations.is_empty()
            && locations.iter().all(configured)
            && locations.iter().any(holds_files),
        is_folder: false,
        excuse: excuse::excuse(context, &locations, name),
        suggestion: suggestion(context, &locations, name),
    }))
}

/// The files that would be `name`: in the first folders each, in the others by their name alone.
fn sought(locations: &[&Location], name: &str) -> Arc<[Arc<Path>]> {
    let (near, far) = locations.split_at(locations.len().min(NEAR));
    let near = near.iter().filter_map(|it| Some(Arc::from(path::joined(&it.folder, it.below(name)?))));
    let far: BTreeSet<&str> = far.iter().filter_map(|location| location.below(name)).collect();
    near.chain(far.into_iter().map(|below| Arc::from(Path::new(below)))).collect()
}

/// Whether `name` begins with a folder that none of the project's own holds, where installed packages are served at
/// the same URL.
fn may_be_packaged(context: &Context<'_>, locations: &[&Location], name: &str) -> bool {
    let Some((first, _)) = name.split_once('/') else { return false };
    let own = |location: &&Location| {
        let listing = || location.listing(&context.world.folders);
        !location.prefix.is_empty() || listing().entries.get(first) == Some(&true)
    };
    context.view.serves_packages() && !locations.iter().any(own)
}

/// The name most likely meant: of those in the same folder below one of the locations, and those anywhere below them, the
/// nearest folders first; all with the extension of `name`.
fn suggestion(context: &Context<'_>, locations: &[&Location], name: &str) -> Option<String> {
    let folders = &context.world.folders;
    let unprefixed = || locations.iter().filter(|location| location.prefix.is_empty());
    let extension = extension(name);
    let folder = name.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut same = Vec::new();
    for location in unprefixed().filter(|location| !location.lacks_folder(folder) || folder.is_empty()) {
        add(folders, &path::joined(&location.folder, folder), folder, extension, &mut same);
    }
    let mut anywhere: Vec<Arc<[String]>> = Vec::new();
    let mut left = CANDIDATES - same.len();
    for location in unprefixed() {
        if left == 0 {
            break;
        }
        let names = context.world.names.below(folders, &location.folder, extension);
        left = left.saturating_sub(names.len());
        anywhere.push(names);
    }
    let candidates = same.iter().chain(anywhere.iter().flat_map(|names| names.iter()));
    closest(name, candidates.map(String::as_str).take(CANDIDATES)).map(str::to_owned)
}

/// The names below folders by their extension, as far as they were asked for: `css/style.css`.
#[derive(Debug, Default)]
pub(crate) struct Names {
    by_folder: DashMap<(PathBuf, String), Arc<[String]>>,
}

impl Names {
    /// The names below `root` with that extension, the nearest folders first, bounded.
    fn below(&self, folders: &Folders, root: &Path, extension: &str) -> Arc<[String]> {
        let key = (root.to_owned(), extension.to_owned());
        if let Some(names) = self.by_folder.get(&key).map(|entry| Arc::clone(&entry)) {
            return names;
        }
        let names: Arc<[String]> = below(folders, root, extension).into();
        self.by_folder.insert(key, Arc::clone(&names));
        names
    }

    /// Forgets all names.
    pub(crate) fn forget(&self) {
        self.by_folder.clear();
    }
}

fn below(folders: &Folders, root: &Path, extension: &str) -> Vec<String> {
    let mut names = Vec::new();
    let mut waiting = VecDeque::from([String::new()]);
    let mut left = FOLDERS;
    while let Some(folder) = waiting.pop_front().filter(|_| left > 0 && names.len() < CANDIDATES) {
        left -= 1;
        let path = path::joined(root, &folder);
        add(folders, &path, &folder, extension, &mut names);
        let listing = folders.list(&path);
        let deeper = listing.entries.iter().filter(|(_, is_folder)| **is_folder);
        waiting.extend(deeper.map(|(name, _)| below_folder(&folder, name)));
    }
    names
}

/// Adds the files of `path` that have the extension, as `folder` and their names.
fn add(folders: &Folders, path: &Path, folder: &str, wanted: &str, names: &mut Vec<String>) {
    let listing = folders.list(path);
    let files = listing.entries.iter().filter(|(_, is_folder)| !**is_folder).map(|(name, _)| name);
    let alike = files.filter(|name| extension(name) == wanted);
    names.extend(alike.take(CANDIDATES - names.len()).map(|name| below_folder(folder, name)));
}

fn extension(name: &str) -> &str {
    name.rsplit_once('.').map_or("", |(_, extension)| extension)
}

fn below_folder(folder: &str, name: &str) -> String {
    if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") }
}
