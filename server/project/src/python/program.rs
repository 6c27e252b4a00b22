//! The Python of a project: which files can matter, and which file an import means.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::{panic, thread};

use dashmap::DashMap;

use super::parse::parse;
use super::syntax::{Import, Module};
use crate::world::World;
use crate::{boundary, disk};

/// The modules of a project that can matter, and those they import.
#[derive(Debug)]
pub(crate) struct Program<'a> {
    /// The caches of the run.
    pub(crate) world: &'a World,
    project: &'a Path,
    /// The modules that hold one of the words, by path.
    pub(crate) modules: Vec<Arc<Module>>,
    loaded: DashMap<PathBuf, Option<Arc<Module>>>,
}

/// How many folders of a project are searched for Python files.
const FOLDERS: usize = 50_000;
/// How many where nothing marks a project, as around a page in the folder of downloads.
const FOLDERS_UNMARKED: usize = 100;
/// How many files are worth a thread.
const LEAST_FILES: usize = 16;
/// The largest file that is read, in bytes; generated code and data are larger.
const LARGEST: u64 = 1_000_000;

impl<'a> Program<'a> {
    /// The modules below `project` whose text holds one of `words`.
    pub(crate) fn read(world: &'a World, project: &'a Path, words: &[&str]) -> Self {
        let files = files(world, project);
        let read = |file: &PathBuf| {
            let text = text(world, project, file)?;
            let mentions =
                words.iter().any(|word| memchr::memmem::find(text.as_bytes(), word.as_bytes()).is_some());
            mentions.then(|| Arc::new(parse(file, text)))
        };
        let modules = on_all_processors(&files, read);
        let loaded = modules.iter().map(|module| (module.path.clone(), Some(Arc::clone(module)))).collect();
        Self { world, project, modules, loaded }
    }

    /// The module that `import` makes known under its alias, if it is one of the project.
    pub(crate) fn module_of(&self, from: &Module, import: &Import) -> Option<Arc<Module>> {
        match &import.name {
            None => self.imported(from, &import.module),
            Some(name) => {
                let dot = if import.module.ends_with('.') { "" } else { "." };
                self.imported(from, &format!("{}{dot}{name}", import.module))
            }
        }
    }

    /// The module that `name` (with its dots, where it is relative) means in `from`.
    pub(crate) fn imported(&self, from: &Module, name: &str) -> Option<Arc<Module>> {
        let dots = name.bytes().take_while(|&byte| byte == b'.').count();
        let own = from.path.parent()?;
        let below = name[dots..].replace('.', "/");
        if dots > 0 {
            return self.at(own.ancestors().nth(dots - 1)?, &below);
        }
        let mut above = own.ancestors().take_while(|above| above.starts_with(self.project));
        above.find_map(|folder| self.at(folder, &below))
    }

    /// The module or package at `name` (parts joined by `/`) below `folder`.
    fn at(&self, folder: &Path, name: &str) -> Option<Arc<Module>> {
        let file = if name.is_empty() { None } else { self.load(&folder.join(format!("{name}.py"))) };
        file.or_else(|| self.load(&folder.join(name).join("__init__.py")))
    }

    fn load(&self, file: &Path) -> Option<Arc<Module>> {
        if let Some(loaded) = self.loaded.get(file).map(|entry| entry.clone()) {
            return loaded;
        }
        let is_there = file
            .parent()
            .zip(file.file_name())
            .is_some_and(|(folder, name)| self.world.folders.has_file(folder, &name.to_string_lossy()));
        let text = if is_there { text(self.world, self.project, file) } else { None };
        let module = text.map(|text| Arc::new(parse(file, text)));
        self.loaded.insert(file.to_owned(), module.clone());
        module
    }
}

/// What `read` gives of each file, in their order. Threads of their own, none of the pool's: see [`PerProject`].
///
/// [`PerProject`]: crate::once::PerProject
fn on_all_processors<T: Send>(files: &[PathBuf], read: impl Fn(&PathBuf) -> Option<T> + Sync) -> Vec<T> {
    let workers = thread::available_parallelism().map_or(1, usize::from);
    let part = files.len().div_ceil(workers).max(LEAST_FILES);
    if files.len() <= part {
        return files.iter().filter_map(read).collect();
    }
    let read = &read;
    thread::scope(|scope| {
        let parts: Vec<_> = files
            .chunks(part)
            .map(|part| scope.spawn(move || part.iter().filter_map(read).collect::<Vec<_>>()))
            .collect();
        parts
            .into_iter()
            .flat_map(|part| part.join().unwrap_or_else(|panic| panic::resume_unwind(panic)))
            .collect()
    })
}

/// What `read` gives of the text of each Python file below `project`; `None` for one that can't be read.
pub(crate) fn of_each<T: Send>(
    world: &World,
    project: &Path,
    read: impl Fn(Option<&str>) -> T + Sync,
) -> Vec<T> {
    on_all_processors(&files(world, project), |file| Some(read(text(world, project, file).as_deref())))
}

/// The Python files below `project`, sorted; those of installed packages and those git ignores left out.
fn files(world: &World, project: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let limit = if boundary::is_marked(project) { FOLDERS } else { FOLDERS_UNMARKED };
    world.walk_folders(project, limit, |folder| {
        let listing = world.folders.list(folder);
        if listing.entries.contains_key("pyvenv.cfg")
            || world.ignored.is_ignored(project, &folder.join("__init__.py"))
        {
            return false;
        }
        let own = listing.entries.iter().filter(|(name, is_folder)| !**is_folder && super::is_source(name));
        files.extend(own.map(|(name, _)| folder.join(name)));
        true
    });
    files.sort_unstable();
    files
}

/// The text of a module, unless it is too large, no text or outside the project.
fn text(world: &World, project: &Path, file: &Path) -> Option<String> {
    let real = world.real(file)?;
    let inside = world.real_folder(project).is_some_and(|project| real.starts_with(project));
    let size = disk::stamp(file).ok()?.size;
    if !inside || size > LARGEST {
        return None;
    }
    disk::read_text(file).ok()
}
