//! A file that was not found: where it was looked for, what excuses its absence, and what is there instead.

use std::collections::VecDeque;
use std::path::Path;

use cachelint_lint::{Missing, RootKind, Target};

use super::locate::Location;
use super::{Context, excuse, path};
use crate::folders::Folders;

/// How many names a suggestion is chosen from.
const CANDIDATES: usize = 200;
/// How many folders are searched for them.
const FOLDERS: usize = 100;

/// `name` is in none of `locations`.
pub(super) fn target(context: &Context<'_>, locations: &[Location], name: &str) -> Target {
    let folders = &context.world.folders;
    let holds_files = |location: &Location| !folders.list(&location.folder).entries.is_empty();
    let unreadable = locations.iter().find(|location| folders.list(&location.folder).unreadable);
    if let Some(location) = unreadable {
        return Target::Unchecked(format!(
            "{} could not be read",
            path::shown(context.project, &location.folder)
        ));
    }
    let configured = |location: &Location| location.root == RootKind::Configured;
    Target::Missing(Missing {
        name: name.to_owned(),
        looked_in: locations.iter().map(|location| path::shown(context.project, &location.folder)).collect(),
        certain: !locations.is_empty()
            && locations.iter().all(configured)
            && locations.iter().any(holds_files),
        excuse: locations.iter().find_map(|location| excuse::excuse(context, &location.folder, name)),
        candidates: candidates(folders, locations, name),
    })
}

/// Names below the same roots: the same folder and extension first, then the same extension, the nearest folders first.
fn candidates(folders: &Folders, locations: &[Location], name: &str) -> Vec<String> {
    let mut names = Vec::new();
    for location in locations {
        same_folder(folders, &location.folder, name, &mut names);
    }
    let mut left = FOLDERS;
    for location in locations {
        below(folders, &location.folder, name, &mut names, &mut left);
    }
    names.truncate(CANDIDATES);
    names
}

fn same_folder(folders: &Folders, root: &Path, name: &str, names: &mut Vec<String>) {
    let folder = name.rsplit_once('/').map_or("", |(folder, _)| folder);
    add(folders, &path::joined(root, folder), folder, name, names);
}

fn below(folders: &Folders, root: &Path, name: &str, names: &mut Vec<String>, left: &mut usize) {
    let mut waiting = VecDeque::from([String::new()]);
    while let Some(folder) = waiting.pop_front() {
        if *left == 0 || names.len() >= CANDIDATES {
            return;
        }
        *left -= 1;
        let path = path::joined(root, &folder);
        add(folders, &path, &folder, name, names);
        let listing = folders.list(&path);
        let deeper = listing.entries.iter().filter(|(_, is_folder)| **is_folder);
        waiting.extend(
            deeper.map(|(name, _)| if folder.is_empty() { name.clone() } else { format!("{folder}/{name}") }),
        );
    }
}

/// Adds the files of `path` that have the extension of `name`, as `folder` and their names.
fn add(folders: &Folders, path: &Path, folder: &str, name: &str, names: &mut Vec<String>) {
    let extension = name.rsplit_once('.').map(|(_, extension)| extension);
    let listing = folders.list(path);
    let alike = listing.entries.iter().filter(|(other, is_folder)| {
        !**is_folder && other.rsplit_once('.').map(|(_, other)| other) == extension
    });
    for (other, _) in alike {
        let candidate = if folder.is_empty() { other.clone() } else { format!("{folder}/{other}") };
        if names.len() < CANDIDATES && !names.contains(&candidate) {
            names.push(candidate);
        }
    }
}
