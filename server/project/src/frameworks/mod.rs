//! What a project's own code says of its static files: which folders it serves, where, and who adds versions.

pub(crate) mod bundlers;
mod caching;
pub(crate) mod django;
pub(crate) mod flask;
mod globals;
mod packages;
pub(crate) mod starlette;
#[cfg(test)]
mod testing;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use cachelint_lint::Origin;
use dashmap::DashMap;

use crate::once::PerProject;
use crate::python::Program;
use crate::python::syntax::Module;
use crate::shown;
use crate::surroundings::Framework;
use crate::world::World;

/// A framework: the words without which a Python file can't matter to it, and its reader.
struct Reader {
    words: &'static [&'static str],
    /// Classes that projects derive their own from: calls of those count as calls of these.
    bases: &'static [&'static str],
    read: fn(&Code<'_>) -> Vec<App>,
}

/// The frameworks, one line each.
const READERS: &[Reader] = &[
    Reader { words: flask::WORDS, bases: flask::BASES, read: flask::read },
    Reader { words: starlette::WORDS, bases: starlette::BASES, read: starlette::read },
    Reader { words: django::WORDS, bases: &[], read: django::read },
];

/// The Python of a project, as the readers see it.
#[derive(Debug)]
pub(crate) struct Code<'a> {
    /// The project folder.
    pub(crate) project: &'a Path,
    /// Its modules that can matter.
    pub(crate) program: Program<'a>,
}

/// One application, and what its code says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct App {
    /// Its framework.
    pub(crate) framework: Framework,
    /// The folder of its code: the templates nearest to it are its own.
    pub(crate) folder: PathBuf,
    /// The folders its templates are read from, where the code names them.
    pub(crate) templates: Vec<PathBuf>,
    /// The static roots, in the order they are looked in.
    pub(crate) roots: Vec<Root>,
    /// The folders that a build fills from the roots (Django's `STATIC_ROOT`): served, never a source.
    pub(crate) collected: Vec<PathBuf>,
    /// What raises an error for a name that is in none of its roots (Django's manifest storages), where those are all
    /// that it collects.
    pub(crate) strict: Option<Strict>,
    /// The manifests that it names.
    pub(crate) manifests: Vec<Manifest>,
    /// The folder below its static roots that its helpers write to, where it names one.
    pub(crate) written: Option<Written>,
    /// Who adds versions when a page is rendered.
    pub(crate) versions: Vec<Versions>,
    /// What it says of caching.
    pub(crate) caching: Vec<Caching>,
    /// What makes it.
    pub(crate) origin: Origin,
}

impl App {
    /// An application of which nothing else is known yet.
    fn new(framework: Framework, folder: PathBuf, origin: Origin) -> Self {
        Self {
            framework,
            folder,
            templates: Vec::new(),
            roots: Vec::new(),
            collected: Vec::new(),
            strict: None,
            manifests: Vec::new(),
            written: None,
            versions: Vec::new(),
            caching: Vec::new(),
            origin,
        }
    }
}

/// A storage that raises an error for a name that its manifest lacks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Strict {
    /// The storage.
    pub(crate) origin: Origin,
    /// Whether installed packages that were not found may bring files.
    pub(crate) packaged: bool,
}

/// The manifest of a build that code names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Manifest {
    /// The file, absolute.
    pub(crate) path: PathBuf,
    /// What writes it, by the name of its format.
    pub(crate) tool: &'static str,
    /// A helper that reads it.
    pub(crate) helper: &'static str,
    /// What names it.
    pub(crate) origin: Origin,
}

/// A folder below the static roots that is filled when pages are rendered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Written {
    /// Its path below the root: `CACHE`.
    pub(crate) folder: String,
    /// What names it.
    pub(crate) origin: Origin,
}

/// A static root that code names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Root {
    /// The endpoint or mount that makes its URLs: `static`, `admin.static`; `None` for Django's, which has one.
    pub(crate) endpoint: Option<String>,
    /// The URL prefix, with its trailing slash: `/static/`; `None` where it is known only when it runs.
    pub(crate) url: Option<String>,
    /// What the paths of its files start with, with its trailing slash: the prefix of a pair in Django's
    /// `STATICFILES_DIRS`; empty for all others.
    pub(crate) prefix: String,
    /// The folders behind it, absolute, in the order they are looked in.
    pub(crate) folders: Vec<PathBuf>,
    /// Whether installed packages serve files there too, so that absence proves nothing.
    pub(crate) packaged: bool,
    /// What names it.
    pub(crate) origin: Origin,
}

/// Something that makes the URLs of a helper carry a version, or says that they carry none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Versions {
    /// The helper as templates call it: `url_for`, `static`.
    pub(crate) helper: String,
    /// The endpoints whose URLs it makes.
    pub(crate) reach: Reach,
    /// The templates it is there for.
    pub(crate) pages: Pages,
    /// Whether they carry a version, or certainly none.
    pub(crate) versioned: bool,
    /// The arguments that it leaves as a call writes them: `v` of `if 'v' not in values`.
    pub(crate) keeps: Vec<String>,
    /// Whether it is the context of a page, which macros imported without context do not see.
    pub(crate) in_context: bool,
    /// What it is.
    pub(crate) origin: Origin,
}

/// Which endpoints something applies to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Reach {
    /// All static files.
    All,
    /// The endpoint `static` alone, no blueprint's.
    Application,
    /// One blueprint's.
    Blueprint(String),
}

/// Which templates something applies to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Pages {
    /// All of the application.
    All,
    /// Those below a folder, and those whose names the module holds.
    Some {
        /// The folders.
        folders: Vec<PathBuf>,
        /// The text of the module that renders them.
        named_in: Arc<str>,
    },
}

/// What code says of how long browsers keep static files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Caching {
    /// Whether they may.
    pub(crate) keep: Keep,
    /// What says so.
    pub(crate) origin: Origin,
}

/// Whether browsers may keep static files without asking for them again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Keep {
    /// They may.
    Allowed,
    /// They may not: `no-store`, `no-cache`, or a `max-age` of 0, wherever the application runs.
    Forbidden,
    /// It is said, but what is known only when it runs.
    Unknown,
}

/// What the code says to the templates of one folder: that of their application, or of all that it may be.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct View {
    /// The applications.
    pub(crate) apps: Vec<App>,
}

/// The facts read so far, by project, and the views of them by project and folder.
#[derive(Debug, Default)]
pub(crate) struct Facts {
    by_project: PerProject<Arc<Vec<App>>>,
    views: DashMap<(PathBuf, PathBuf), Arc<View>>,
    bundlers: DashMap<PathBuf, Arc<Vec<bundlers::Proof>>>,
}

impl Facts {
    /// Forgets all facts.
    pub(crate) fn forget(&self) {
        self.by_project.forget();
        self.views.clear();
        self.bundlers.clear();
    }
}

/// The applications of a project.
pub(crate) fn apps(world: &World, project: &Path) -> Arc<Vec<App>> {
    world.facts.by_project.get(project, || Arc::new(read(world, project)))
}

fn read(world: &World, project: &Path) -> Vec<App> {
    let all = |of: fn(&Reader) -> &[&'static str]| READERS.iter().flat_map(of).copied().collect::<Vec<_>>();
    let (words, bases) = (all(|reader| reader.words), all(|reader| reader.bases));
    let mut program = Program::read(world, project, &words);
    let own = derived(&program, &bases);
    if own.len() > bases.len() {
        let calls: Vec<String> = own.iter().map(|class| format!("{class}(")).collect();
        let words: Vec<&str> = words.into_iter().chain(calls.iter().map(String::as_str)).collect();
        program = Program::read(world, project, &words);
    }
    let code = Code { project, program };
    let apps: Vec<App> = READERS.iter().flat_map(|reader| (reader.read)(&code)).collect();
    without_tests(apps, project)
}

/// Those that no test makes, unless there are no others.
fn without_tests(mut apps: Vec<App>, project: &Path) -> Vec<App> {
    let is_test = |name: &str| matches!(name, "test" | "tests" | "conftest.py") || name.starts_with("test_");
    let of_test = |app: &App| {
        let below = app.origin.path.strip_prefix(project).unwrap_or(&app.origin.path);
        below.iter().any(|part| part.to_str().is_some_and(is_test))
    };
    if !apps.iter().all(of_test) {
        apps.retain(|app| !of_test(app));
    }
    apps
}

/// The names of the classes that derive from one of `bases`, at any remove, and the bases themselves.
fn derived(program: &Program<'_>, bases: &[&str]) -> Vec<String> {
    let last = |name: &str| name.rsplit('.').next().unwrap_or(name).to_owned();
    let mut names: Vec<String> = bases.iter().map(|&base| base.to_owned()).collect();
    loop {
        let classes = program.modules.iter().flat_map(|module| &module.classes);
        let new: Vec<String> = classes
            .filter(|class| !names.contains(&class.name))
            .filter(|class| class.bases.iter().any(|base| names.contains(&last(base))))
            .map(|class| class.name.clone())
            .collect();
        if new.is_empty() {
            return names;
        }
        names.extend(new);
    }
}

/// What the code says to the templates of `folder`.
pub(crate) fn view(world: &World, project: &Path, folder: &Path) -> Arc<View> {
    let key = (project.to_owned(), folder.to_owned());
    if let Some(view) = world.facts.views.get(&key).map(|entry| Arc::clone(&entry)) {
        return view;
    }
    let view = Arc::new(View { apps: of_folder(&apps(world, project), folder) });
    world.facts.views.insert(key, Arc::clone(&view));
    view
}

/// The applications that the templates of `folder` may belong to: those that read templates from there, the deepest
/// folder first, else those whose code is nearest.
fn of_folder(apps: &[App], folder: &Path) -> Vec<App> {
    let depth = |path: &PathBuf| path.components().count();
    let reads = |app: &App| app.templates.iter().filter(|top| folder.starts_with(top)).map(depth).max();
    let near = |app: &App| shared_depth(&app.folder, folder);
    let (deepest, nearest) = (apps.iter().filter_map(reads).max(), apps.iter().map(near).max());
    let own = |app: &&App| if deepest.is_some() { reads(app) == deepest } else { Some(near(app)) == nearest };
    apps.iter().filter(own).cloned().collect()
}

/// For each of `apps` whether a module most likely belongs to it: to those that it makes, else to those whose code is
/// nearest.
fn nearest(apps: &[App], module: &Path) -> Vec<bool> {
    let own = |app: &App| app.origin.path == module;
    if apps.iter().any(own) {
        return apps.iter().map(own).collect();
    }
    let depth = |app: &App| shared_depth(&app.folder, module);
    let most = apps.iter().map(depth).max();
    apps.iter().map(|app| Some(depth(app)) == most).collect()
}

/// Those of `apps` that `chosen` says.
fn only<'a>(apps: &'a mut [App], chosen: &'a [bool]) -> impl Iterator<Item = &'a mut App> {
    apps.iter_mut().zip(chosen).filter(|(_, is_chosen)| **is_chosen).map(|(app, _)| app)
}

/// The URL prefix that `/`-joined `parts` make, with slashes at both ends.
fn url_prefix(parts: &[&str]) -> String {
    let each = parts.iter().flat_map(|part| part.split('/')).filter(|part| !part.is_empty());
    each.fold("/".to_owned(), |url, part| url + part + "/")
}

/// How many folders two paths share.
pub(crate) fn shared_depth(one: &Path, other: &Path) -> usize {
    one.components().zip(other.components()).take_while(|(one, other)| one == other).count()
}

impl View {
    /// The roots of an endpoint.
    pub(crate) fn of_endpoint(&self, endpoint: &str) -> Vec<&Root> {
        self.roots().filter(|root| root.endpoint.as_deref() == Some(endpoint)).collect()
    }

    /// All roots, those of one application after those of another.
    pub(crate) fn roots(&self) -> impl Iterator<Item = &Root> {
        self.apps.iter().flat_map(|app| &app.roots)
    }

    /// Those of `folders`, which conventions suggest behind `/static/`, that no build fills and that are not known to be
    /// behind it anyway.
    pub(crate) fn unnamed(&self, folders: &[PathBuf]) -> Vec<PathBuf> {
        let statics = self.roots().filter(|root| root.endpoint.is_none()).flat_map(|root| &root.folders);
        let known: Vec<_> = statics.chain(self.apps.iter().flat_map(|app| &app.collected)).collect();
        folders.iter().filter(|folder| !known.contains(folder)).cloned().collect()
    }

    /// Those of `folders`, which conventions suggest behind `/static/`, that the code says nothing of.
    pub(crate) fn unserved(&self, folders: &[PathBuf]) -> Vec<PathBuf> {
        let named: Vec<_> = self.roots().flat_map(|root| &root.folders).collect();
        self.unnamed(folders).into_iter().filter(|folder| !named.contains(&folder)).collect()
    }

    /// What raises an error for a name that is in none of the roots, where all applications that these are have one.
    pub(crate) fn strict(&self) -> Option<&Strict> {
        match self.apps.as_slice() {
            [app] => app.strict.as_ref(),
            _ => None,
        }
    }

    /// Whether installed packages may have files at the URLs of the static roots.
    pub(crate) fn serves_packages(&self) -> bool {
        self.roots().any(|root| root.packaged)
    }

    /// A helper that takes what Flask's `url_for` takes, has another name, and adds a version.
    pub(crate) fn versioning_helper(&self) -> Option<String> {
        const LIKE_URL_FOR: [&str; 2] = ["static_url_for", "hashed_url_for"];
        let all = self.apps.iter().flat_map(|app| &app.versions).filter(|it| it.versioned);
        all.map(|it| it.helper.clone()).find(|helper| LIKE_URL_FOR.contains(&helper.as_str()))
    }

    /// What adds a version to the URLs that `helper` makes for `endpoint`, if it is the context of `page` alone: nothing
    /// does where that context is not handed on.
    pub(crate) fn versions_by_context(
        &self,
        helper: &str,
        endpoint: Option<&str>,
        page: &Path,
    ) -> Option<&Versions> {
        let mut all =
            self.apps.iter().flat_map(|app| &app.versions).filter(|it| it.versioned && it.helper == helper);
        let own = self.versions(helper, endpoint, page).filter(|it| it.versioned)?;
        all.all(|it| it.in_context).then_some(own)
    }

    /// What adds a version to the URLs that `helper` makes for `endpoint` in `template`, or says that nothing does.
    pub(crate) fn versions(
        &self,
        helper: &str,
        endpoint: Option<&str>,
        template: &Path,
    ) -> Option<&Versions> {
        let all = self.apps.iter().flat_map(|app| &app.versions);
        let own =
            all.filter(|it| it.helper == helper && it.reach.covers(endpoint) && it.pages.hold(template));
        own.max_by_key(|it| it.versioned)
    }
}

impl Reach {
    fn covers(&self, endpoint: Option<&str>) -> bool {
        match (self, endpoint) {
            (Self::All, _) | (_, None) => true,
            (Self::Application, Some(endpoint)) => endpoint == "static",
            (Self::Blueprint(name), Some(endpoint)) => {
                endpoint == ".static" || endpoint.strip_suffix(".static") == Some(name)
            }
        }
    }
}

impl Pages {
    fn hold(&self, template: &Path) -> bool {
        match self {
            Self::All => true,
            Self::Some { folders, named_in } => {
                let name = template.file_name().map(|name| name.to_string_lossy());
                folders.iter().any(|folder| template.starts_with(folder))
                    || name.is_some_and(|name| named_in.contains(&*name))
            }
        }
    }
}

impl Code<'_> {
    /// A place in a module as provenance.
    pub(crate) fn origin(&self, module: &Module, line: usize, what: impl Into<String>) -> Origin {
        shown::origin(self.project, &module.path, line, what)
    }
}
