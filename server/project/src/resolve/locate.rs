//! Where to look for a file: the folders behind a URL, in order.

use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use cachelint_lint::RootKind;

use super::Context;
use crate::config::StaticRoot;
use crate::folders::{Case, Folders, Found, Listing, Sought};
use crate::frameworks::Root;

/// A folder behind a URL prefix.
#[derive(Clone, Debug)]
pub(super) struct Location {
    /// The folder.
    pub(super) folder: PathBuf,
    /// The URL prefix it is served at, with its trailing slash.
    pub(super) url: String,
    /// What the paths of its files start with, with its trailing slash; empty for most.
    pub(super) prefix: String,
    /// How it came to be known.
    pub(super) root: RootKind,
    /// What it holds, where it was listed already.
    pub(super) top: Option<Arc<Listing>>,
}

/// Folders to look in, in order.
#[derive(Debug, Default)]
pub(crate) struct Places {
    pub(super) all: Vec<Location>,
    /// As people are shown them.
    shown: OnceLock<Arc<[String]>>,
}

impl From<Vec<Location>> for Places {
    fn from(all: Vec<Location>) -> Self {
        Self { all, shown: OnceLock::new() }
    }
}

impl Places {
    /// The folders as people are shown them, with a trailing `/`.
    pub(super) fn shown(&self, directory: &Path) -> Arc<[String]> {
        let shown = || self.all.iter().map(|location| location.shown(directory)).collect();
        Arc::clone(self.shown.get_or_init(shown))
    }
}

/// A file found in a location.
#[derive(Clone, Debug)]
pub(super) struct Hit<'a> {
    /// Where it was found.
    pub(super) location: &'a Location,
    /// What was found.
    pub(super) found: Found,
}

impl Location {
    /// As people are shown it, with a trailing `/`.
    pub(super) fn shown(&self, directory: &Path) -> String {
        crate::shown::shown(directory, &self.folder) + "/"
    }

    /// What it holds.
    pub(super) fn listing(&self, folders: &Folders) -> Arc<Listing> {
        self.top.clone().unwrap_or_else(|| folders.list(&self.folder))
    }

    /// Whether it certainly does not hold the file or folder that `below`, a path below it, begins with.
    pub(super) fn lacks(&self, below: &str, case: Case) -> bool {
        let (first, is_folder) = below.split_once('/').map_or((below, false), |(first, _)| (first, true));
        self.top.as_ref().is_some_and(|top| top.spelling(first, is_folder, case).is_none())
    }

    /// What `name` is below the folder; `None` where it has not its prefix.
    pub(super) fn below<'a>(&self, name: &'a str) -> Option<&'a str> {
        name.strip_prefix(&self.prefix)
    }

    /// Whether it certainly holds no folder that `below`, a path below it, begins with.
    pub(super) fn lacks_folder(&self, below: &str) -> bool {
        let first = below.split('/').next().unwrap_or_default();
        self.top.as_ref().is_some_and(|top| top.entries.get(first) != Some(&true))
    }

    /// A file below the folder under its whole name.
    fn whole(&self, found: Found) -> Found {
        Found { case_on_disk: found.case_on_disk.map(|below| format!("{}{below}", self.prefix)), ..found }
    }
}

/// Looks for `name` (normalised) in `locations`: in exact case in all of them, then in any case. What would lie
/// outside the project is a hit too, the last, and found to be so by who opens it.
pub(super) fn look<'a>(
    context: &Context<'_>,
    locations: impl IntoIterator<Item = &'a Location, IntoIter: Clone>,
    name: &str,
) -> Option<Hit<'a>> {
    let locations = locations.into_iter();
    if name.is_empty() {
        return None;
    }
    let mut outside = None;
    for case in [Case::Exact, Case::Any] {
        for location in locations.clone() {
            let Some(below) = location.below(name).filter(|below| !location.lacks(below, case)) else {
                continue;
            };
            let inside = |folder: &Path| context.is_inside(folder);
            match context.world.folders.find(&location.folder, below, case, inside) {
                Sought::Found(found) => return Some(Hit { location, found: location.whole(found) }),
                Sought::Outside(path) if outside.is_none() => {
                    outside = Some(Hit { location, found: Found { path, case_on_disk: None } });
                }
                Sought::Outside(_) | Sought::Nothing => {}
            }
        }
    }
    outside
}

/// The folders behind `/static/`, which helpers read from: the configured root of that name, else all configured
/// ones, else those that Django's settings name and then those that conventions suggest.
pub(super) fn statics<'a>(context: &Context<'a>) -> &'a Places {
    context.statics.get_or_init(|| {
        let cache = &context.world.statics;
        if let Some(known) = cache.get(context.folder).map(|entry| Arc::clone(&entry)) {
            return known;
        }
        let mut all = all_statics(context);
        for location in &mut all {
            let is_inside = context.is_inside(&location.folder);
            location.top = is_inside.then(|| context.world.folders.list(&location.folder));
        }
        let places = Arc::new(Places::from(all));
        cache.insert(context.folder.to_owned(), Arc::clone(&places));
        places
    })
}

fn all_statics(context: &Context<'_>) -> Vec<Location> {
    let configured = &context.config.static_roots;
    let of_static = |root: &&StaticRoot| root.url.ends_with("/static/");
    if configured.is_empty() {
        let mut locations = named(context.view.roots().filter(|root| root.endpoint.is_none()));
        locations.extend(guessed("/static/", &context.view.unnamed(&context.suggested.statics)));
        return locations;
    }
    match configured.iter().find(of_static) {
        Some(root) => behind(root),
        None => configured.iter().flat_map(behind).collect(),
    }
}

/// The folders behind `/`: configured, or `public/`.
pub(super) fn publics(context: &Context<'_>) -> Vec<Location> {
    match context.config.static_roots.is_empty() {
        true => {
            let mut locations =
                context.bundler.map(|bundler| guessed("/", &bundler.publics)).unwrap_or_default();
            locations.extend(guessed("/", &context.suggested.publics));
            locations
        }
        false => context.config.static_roots.iter().filter(|root| root.url == "/").flat_map(behind).collect(),
    }
}

/// The folders above the source, for names that a theme or a site gives relative to its own top.
pub(super) fn above(context: &Context<'_>) -> Vec<Location> {
    guessed("/", &context.suggested.above)
}

/// The folders behind a configured root.
pub(super) fn behind(root: &StaticRoot) -> Vec<Location> {
    let location = |folder: &PathBuf| Location {
        folder: folder.clone(),
        url: root.url.clone(),
        prefix: String::new(),
        root: RootKind::Configured,
        top: None,
    };
    root.folders.iter().map(location).collect()
}

/// The folders behind roots that the project's code names.
pub(super) fn named<'a>(roots: impl IntoIterator<Item = &'a Root>) -> Vec<Location> {
    let behind = |root: &'a Root| {
        let url = root.url.clone().unwrap_or_else(|| "/static/".to_owned());
        root.folders.iter().map(move |folder| Location {
            folder: folder.clone(),
            url: url.clone(),
            prefix: root.prefix.clone(),
            root: RootKind::Code,
            top: None,
        })
    };
    roots.into_iter().flat_map(behind).collect()
}

/// Folders that a convention puts behind `url`.
pub(super) fn guessed(url: &str, folders: &[PathBuf]) -> Vec<Location> {
    let location = |folder: &PathBuf| Location {
        folder: folder.clone(),
        url: url.to_owned(),
        prefix: String::new(),
        root: RootKind::Guessed,
        top: None,
    };
    folders.iter().map(location).collect()
}

/// One folder that a plain page reads from.
pub(super) fn of_page(folder: &Path, url: &str) -> Location {
    Location {
        folder: folder.to_owned(),
        url: url.to_owned(),
        prefix: String::new(),
        root: RootKind::Page,
        top: None,
    }
}
