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

/// Looks for `name` (normalised) in `locations`: in exact case in all of them, then in any case. What would lie
/// outside the project is a hit too, the last, and found to be so by who opens it.
pub(super) fn look<'a>(context: &Context<'_>, locations: &'a [Location], name: &str) -> Option<Hit<'a>> {
    if name.is_empty() {
        return None;
    }
    let mut outside = None;
    for case in [Case::Exact, Case::Any] {
        for location in locations {
            match context.world.folders.find(&location.folder, name, case, |folder| context.is_inside(folder))
            {
                Sought::Found(found) => return Some(Hit { location, found }),
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
/// ones, else those that conventions suggest.
pub(super) fn statics(context: &Context<'_>) -> Vec<Location> {
    let configured = &context.config.static_roots;
    let named = |root: &&StaticRoot| root.url.ends_with("/static/");
    if configured.is_empty() {
        return guessed("/static/", &context.suggested.statics);
    }
    match configured.iter().find(named) {
        Some(root) => behind(root),
        None => configured.iter().flat_map(behind).collect(),
    }
}

/// The folders behind `/`: configured, or `public/`.
pub(super) fn publics(context: &Context<'_>) -> Vec<Location> {
    match context.config.static_roots.is_empty() {
        true => guessed("/", &context.suggested.publics),
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
            root: RootKind::Code,
        })
    };
    roots.into_iter().flat_map(behind).collect()
}

/// Folders that a convention puts behind `url`.
pub(super) fn guessed(url: &str, folders: &[PathBuf]) -> Vec<Location> {
    let location =
        |folder: &PathBuf| Location { folder: folder.clone(), url: url.to_owned(), root: RootKind::Guessed };
    folders.iter().map(location).collect()
}

/// One folder that a plain page reads from.
pub(super) fn of_page(folder: &Path, url: &str) -> Location {
    Location { folder: folder.to_owned(), url: url.to_owned(), root: RootKind::Page }
}
