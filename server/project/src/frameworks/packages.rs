//! Installed packages, where a virtual environment stands in the project: the folders that hold them.

use std::path::{Path, PathBuf};

use crate::world::World;

/// Names that virtual environments are given.
const ENVIRONMENTS: [&str; 5] = [".venv", "venv", ".env", "env", "virtualenv"];

/// The `site-packages` folders of the virtual environments in the folders from `from` up to `project`.
pub(super) fn folders(world: &World, project: &Path, from: &Path) -> Vec<PathBuf> {
    let above = from.ancestors().take_while(|above| above.starts_with(project));
    let environments = above.flat_map(|above| ENVIRONMENTS.map(|name| above.join(name)));
    environments
        .filter(|folder| world.folders.has_file(folder, "pyvenv.cfg"))
        .flat_map(|folder| of(world, &folder))
        .collect()
}

/// Those of one environment: `lib/python3.13/site-packages`, on Windows `Lib/site-packages`.
fn of(world: &World, environment: &Path) -> Vec<PathBuf> {
    let libraries = [environment.join("lib"), environment.join("Lib")];
    let pythons = libraries.iter().flat_map(|library| {
        let listing = world.folders.list(library);
        let own =
            listing.entries.keys().filter(|name| name.starts_with("python")).map(|name| library.join(name));
        own.chain([library.clone()]).collect::<Vec<_>>()
    });
    pythons
        .map(|python| python.join("site-packages"))
        .filter(|folder| !world.folders.list(folder).entries.is_empty())
        .collect()
}
