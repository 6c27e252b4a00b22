//! The caches of one run, shared between threads: what was listed, read and hashed so far.

use std::collections::VecDeque;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use dashmap::{DashMap, DashSet};

use crate::dialect::{self, Around};
use crate::digest::DigestCache;
use crate::folders::Folders;
use crate::frameworks::Facts;
use crate::history::Histories;
use crate::ignored::Ignored;
use crate::manifests::Manifests;
use crate::once::PerProject;
use crate::resolve::{Names, Places};
use crate::roots::Conventions;
use crate::serving::Serving;
use crate::surroundings::{Evidence, Surroundings};
use crate::undefined::Defined;
use crate::{boundary, disk};

/// The caches of one run. Answers are values.
#[derive(Debug, Default)]
pub(crate) struct World {
    /// The project folder of the directory the run was started for.
    pub(crate) project: PathBuf,
    /// Listings.
    pub(crate) folders: Folders,
    /// Ignore files.
    pub(crate) ignored: Ignored,
    /// Digests.
    pub(crate) digests: DigestCache,
    /// Frameworks.
    pub(crate) surroundings: Surroundings,
    /// Static roots by convention.
    pub(crate) conventions: Conventions,
    /// Names that suggestions are chosen from.
    pub(crate) names: Names,
    /// What the project's code says.
    pub(crate) facts: Facts,
    /// Manifests of builds.
    pub(crate) manifests: Manifests,
    /// Rules of servers.
    pub(crate) serving: Serving,
    /// What git's history tells.
    pub(crate) histories: Histories,
    /// What projects define for their templates.
    pub(crate) defined: PerProject<Arc<Defined>>,
    /// The folders behind `/static/`, by the folder of the sources.
    pub(crate) statics: DashMap<PathBuf, Arc<Places>>,
    around: DashMap<PathBuf, Arc<Around>>,
    projects: DashMap<PathBuf, PathBuf>,
    real: DashMap<PathBuf, Option<Arc<Path>>>,
    imports: DashMap<PathBuf, bool>,
    sheets: DashMap<PathBuf, Arc<[PathBuf]>>,
    /// When it was made or last forgot: a number that no other moment of any world has.
    moment: AtomicU64,
    /// Paths of assets, each kept once however many references name it.
    paths: DashSet<Arc<Path>>,
    below: PerProject<Option<Evidence>>,
}

/// Folders that hold no code of the project.
const PASSED_OVER: [&str; 10] = [
    "node_modules",
    "bower_components",
    "site-packages",
    "__pycache__",
    "venv",
    "env",
    "htmlcov",
    "target",
    "dist",
    "build",
];

/// Whether a folder of that name holds no code of the project.
pub(crate) fn is_passed_over(name: &str) -> bool {
    name.starts_with('.') || PASSED_OVER.contains(&name)
}

impl World {
    /// Empty caches for the project at `project`.
    pub(crate) fn new(project: PathBuf) -> Self {
        Self { project, moment: next_moment().into(), ..Self::default() }
    }

    /// Names the time since the world was made or last forgot: what was found out in another may not hold any more.
    pub(crate) fn moment(&self) -> u64 {
        self.moment.load(Ordering::Relaxed)
    }

    /// The project folder of the sources in `folder`.
    pub(crate) fn project_of(&self, folder: &Path) -> PathBuf {
        if folder.starts_with(&self.project) {
            return self.project.clone();
        }
        if let Some(project) = self.projects.get(folder).map(|entry| entry.clone()) {
            return project;
        }
        let project = boundary::project_folder(folder);
        self.projects.insert(folder.to_owned(), project.clone());
        project
    }

    /// What stands around the sources of `folder`.
    pub(crate) fn around(&self, project: &Path, folder: &Path) -> Arc<Around> {
        if let Some(around) = self.around.get(folder).map(|entry| Arc::clone(&entry)) {
            return around;
        }
        let around = Arc::new(dialect::around(self, project, folder));
        self.around.insert(folder.to_owned(), Arc::clone(&around));
        around
    }

    /// The path with every link resolved; `None` where that fails (a link to nothing, a loop).
    pub(crate) fn real(&self, path: &Path) -> Option<PathBuf> {
        let (folder, name) = (path.parent()?, path.file_name()?);
        if disk::is_link(path) {
            return disk::canonical(path).ok();
        }
        Some(self.real_folder(folder)?.join(name))
    }

    /// The folder with every link resolved.
    pub(crate) fn real_folder(&self, folder: &Path) -> Option<Arc<Path>> {
        if let Some(real) = self.real.get(folder).map(|entry| entry.clone()) {
            return real;
        }
        let real = disk::canonical(folder).ok().map(Arc::from);
        self.real.insert(folder.to_owned(), real.clone());
        real
    }

    /// What the Python of a project tells, where none stands above the templates.
    pub(crate) fn below(&self, project: &Path, read: impl FnOnce() -> Option<Evidence>) -> Option<Evidence> {
        self.below.get(project, read)
    }

    /// Whether the script at `path` imports others, which `read` finds out.
    pub(crate) fn imports(&self, path: &Path, read: impl FnOnce() -> bool) -> bool {
        if let Some(imports) = self.imports.get(path).map(|entry| *entry) {
            return imports;
        }
        let imports = read();
        self.imports.insert(path.to_owned(), imports);
        imports
    }

    /// The path of an asset: the same for all references that name it.
    pub(crate) fn shared(&self, path: &Path) -> Arc<Path> {
        if let Some(shared) = self.paths.get(path) {
            return Arc::clone(&shared);
        }
        let shared: Arc<Path> = Arc::from(path);
        self.paths.insert(Arc::clone(&shared));
        shared
    }

    /// The stylesheets that the one at `path` refers to, which `read` finds out.
    pub(crate) fn sheets(&self, path: &Path, read: impl FnOnce() -> Arc<[PathBuf]>) -> Arc<[PathBuf]> {
        if let Some(sheets) = self.sheets.get(path).map(|entry| Arc::clone(&entry)) {
            return sheets;
        }
        let sheets = read();
        self.sheets.insert(path.to_owned(), Arc::clone(&sheets));
        sheets
    }

    /// Visits `top` and the folders below it, the nearest first, at most `limit`, and never through a link. `visit`
    /// says whether to go on below a folder.
    pub(crate) fn walk_folders(&self, top: &Path, limit: usize, mut visit: impl FnMut(&Path) -> bool) {
        let mut waiting = VecDeque::from([top.to_owned()]);
        let mut left = limit;
        while let Some(folder) = waiting.pop_front() {
            if left == 0 {
                return;
            }
            left -= 1;
            if !visit(&folder) {
                continue;
            }
            let listing = self.folders.list(&folder);
            let own = |name: &String| !is_passed_over(name) && !listing.links.contains(name);
            let below = listing.entries.iter().filter(|(name, is_folder)| **is_folder && own(name));
            waiting.extend(below.map(|(name, _)| folder.join(name)));
        }
    }

    /// Forgets everything but the digests, which are kept by their files' stamps, the last manifests that could be read,
    /// and what git's history tells, which is kept by its newest commit.
    pub(crate) fn forget(&self) {
        self.folders.forget();
        self.ignored.forget();
        self.surroundings.forget();
        self.conventions.forget();
        self.names.forget();
        self.facts.forget();
        self.manifests.forget();
        self.serving.forget();
        self.defined.forget();
        self.statics.clear();
        self.around.clear();
        self.projects.clear();
        self.real.clear();
        self.imports.clear();
        self.sheets.clear();
        self.below.forget();
        self.moment.store(next_moment(), Ordering::Relaxed);
    }
}

fn next_moment() -> u64 {
    static LAST: AtomicU64 = AtomicU64::new(0);
    LAST.fetch_add(1, Ordering::Relaxed) + 1
}
