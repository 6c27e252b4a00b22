//! Where to look for a file: the folders behind a URL, in order.

use std::path::{Path, PathBuf};

use cachelint_lint::RootKind;

use super::Context;
use crate::config::StaticRoot;
use crate::folders::{Case, Found, Sought};
use crate::frameworks::Root;

/// A folder behind a URL prefix.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Location {
    /// The folder.
    pub(super) folder: PathBuf,
    /// The URL prefix it is served at, with its trailing slash.
    pub(super) url: String,
    /// What the paths of its files start with, with its trailing slash; empty for most.
    pub(super) prefix: String,
    /// How it came to be known.
    pub(super) root: RootKind,
}

/// A file found in a location.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Hit<'a> {
    /// Where it was found.
    pub(super) location: &'a Location,
    /// What was found.
    pub(super) found: Found,
}

impl Location {
    /// What `name` is below the folder; `None` where it has not its prefix.
    pub(super) fn below<'a>(&self, name: &'a str) -> Option<&'a str> {
        name.strip_prefix(&self.prefix)
    }

    /// A file below the folder under its whole name.
    fn whole(&self, found: Found) -> Found {
        Found { case_on_disk: found.case_on_disk.map(|below| format!("{}{below}", self.prefix)), ..found }
    }
}

/// Looks for `name` (normalised) in `locations`: in exact case in all of them, then in any case. What would lie
/// outside the project is a hit too, the last, and found to be so by who opens it.
pub(super) fn look<'a>(context: &Context<'_>, locations: &'a [Location], name: &str) -> Option<Hit<'a>> {
    if name.is_empty() {
        return None;
    }
    let mut outside = None;
    for case in [Case::Exact, Case::Any] {
        for location in locations {
            let Some(below) = location.below(name) else { continue };
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
pub(super) fn statics(context: &Context<'_>) -> Vec<Location> {
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
    };
    folders.iter().map(location).collect()
}

/// One folder that a plain page reads from.
pub(super) fn of_page(folder: &Path, url: &str) -> Location {
    Location { folder: folder.to_owned(), url: url.to_owned(), prefix: String::new(), root: RootKind::Page }
}
