//! The static folders that conventions suggest, where neither configuration nor code names them.

use std::cmp::Reverse;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use dashmap::DashMap;

use crate::frameworks::shared_depth;
use crate::once::PerProject;
use crate::surroundings::Framework;
use crate::world::World;

/// The folders that conventions suggest to the sources of one folder.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Suggested {
    /// Behind `/static/`, in the order they are looked in.
    pub(crate) statics: Vec<PathBuf>,
    /// Behind `/`: `public/`, and Zola's `static/`.
    pub(crate) publics: Vec<PathBuf>,
    /// The folders above the source that hold an `index.html`, the nearest first, then the project folder: where
    /// a plain site may begin.
    pub(crate) sites: Vec<PathBuf>,
    /// The source's folder and those above it, up to the project folder.
    pub(crate) above: Vec<PathBuf>,
}

/// The suggestions made so far, by the folder of the sources, and the static folders by project.
#[derive(Debug, Default)]
pub(crate) struct Conventions {
    by_folder: DashMap<PathBuf, Arc<Suggested>>,
    statics: PerProject<Arc<Vec<PathBuf>>>,
}

/// How many folders of a project are searched for static folders.
const FOLDERS: usize = 20_000;
/// The folder that conventions serve at `/static/`.
const STATIC: &str = "static";

impl Conventions {
    /// Forgets all suggestions.
    pub(crate) fn forget(&self) {
        self.by_folder.clear();
        self.statics.forget();
    }
}

/// The folders that conventions suggest to the sources of `folder`.
pub(crate) fn suggested(world: &World, project: &Path, folder: &Path) -> Arc<Suggested> {
    let cache = &world.conventions.by_folder;
    if let Some(suggested) = cache.get(folder).map(|entry| Arc::clone(&entry)) {
        return suggested;
    }
    let suggested = Arc::new(suggest(world, project, folder));
    cache.insert(folder.to_owned(), Arc::clone(&suggested));
    suggested
}

fn suggest(world: &World, project: &Path, folder: &Path) -> Suggested {
    let framework = world.around(project, folder).framework.as_ref().map(|evidence| evidence.framework);
    let above: Vec<PathBuf> =
        folder.ancestors().take_while(|above| above.starts_with(project)).map(Path::to_owned).collect();
    let named = |name: &'static str| {
        above
            .iter()
            .filter(move |above| world.folders.has_folder(above, name))
            .map(move |above| above.join(name))
    };
    let zola = (framework == Some(Framework::Zola)).then(|| named(STATIC)).into_iter().flatten();
    let publics = zola.chain(named("public")).collect();
    let index = above.iter().filter(|above| world.folders.has_file(above, "index.html"));
    let mut sites: Vec<PathBuf> = index.cloned().collect();
    if sites.last().is_none_or(|last| last != project) {
        sites.push(project.to_owned());
    }
    Suggested { statics: statics(world, project, folder, framework), publics, sites, above }
}

/// The static folders beside and above the templates, that of the application first; in a Django project those of
/// the other apps follow, and where none stands above the template those of the nearest folder that has some below.
fn statics(world: &World, project: &Path, folder: &Path, framework: Option<Framework>) -> Vec<PathBuf> {
    let above = folder.ancestors().take_while(|above| above.starts_with(project));
    let beside =
        above.filter(|above| world.folders.has_folder(above, STATIC)).map(|above| above.join(STATIC));
    let mut statics: Vec<PathBuf> = beside.collect();
    statics.sort_by_key(|statics| !makes_app(world, statics));
    let others = || {
        let mut others = all_statics(world, project).to_vec();
        others.retain(|other| !statics.contains(other));
        others.sort_by_key(|other| (Reverse(shared_depth(other, folder)), other.components().count()));
        others
    };
    match framework {
        Some(Framework::Django) => {
            let others = others();
            statics.extend(others);
        }
        _ if statics.is_empty() => {
            let mut others = others();
            let nearest = others.first().map(|first| shared_depth(first, folder));
            others.retain(|other| Some(shared_depth(other, folder)) == nearest);
            statics = others;
        }
        _ => {}
    }
    statics
}

fn makes_app(world: &World, statics: &Path) -> bool {
    statics.parent().is_some_and(|package| world.surroundings.of(&world.folders, package).creates_app)
}

/// Every folder `static` of a project, none of them inside another.
pub(crate) fn all_statics(world: &World, project: &Path) -> Arc<Vec<PathBuf>> {
    world.conventions.statics.get(project, || {
        let mut statics = Vec::new();
        world.walk_folders(project, FOLDERS, |folder| {
            let found = folder.file_name().is_some_and(|name| name == STATIC);
            if found {
                statics.push(folder.to_owned());
            }
            !found
        });
        Arc::new(statics)
    })
}
