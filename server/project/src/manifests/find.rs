//! Where manifests lie: also in the folders that builds write to, which hold no sources.

use std::path::{Path, PathBuf};

use super::is_manifest_name;
use crate::world::World;

/// How many folders of a project are searched, the nearest to its top first.
const FOLDERS: usize = 5_000;
/// Folders of build output, which are searched although they hold no code of the project.
const BUILT: [&str; 3] = ["dist", "build", ".vite"];

/// The files of a project that may be manifests, by path; links are not followed.
pub(super) fn candidates(world: &World, project: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    search(world, project, &mut FOLDERS.clone(), &mut found);
    found.sort_unstable();
    found
}

fn search(world: &World, top: &Path, left: &mut usize, found: &mut Vec<PathBuf>) {
    world.walk_folders(top, *left, |folder| {
        *left = left.saturating_sub(1);
        let listing = world.folders.list(folder);
        let own = listing.entries.iter().filter(|(name, _)| !listing.links.contains(*name));
        for (name, is_folder) in own {
            match is_folder {
                false if is_manifest_name(name) => found.push(folder.join(name)),
                true if BUILT.contains(&name.as_str()) => search(world, &folder.join(name), left, found),
                _ => {}
            }
        }
        *left > 0
    });
}
