//! What an editor looks for on disk: the folders behind URLs, what they hold, facts of single files.

use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use cachelint_lint::{Digests, stamp};

use crate::digest::{self, Wanted};
use crate::{Project, disk, frameworks, resolve, roots};

/// A folder and the URL prefix that serves it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Served {
    /// The URL prefix, with its trailing slash: `/static/`, `https://cdn.example.com/`.
    pub url: String,
    /// The folder, absolute.
    pub folder: PathBuf,
}

/// A file or folder in a folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its name.
    pub name: String,
    /// Whether it is a folder (links followed).
    pub is_folder: bool,
}

/// Facts of one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileFacts {
    /// Its size in bytes.
    pub size: u64,
    /// When it was last written.
    pub modified: SystemTime,
}

impl Project {
    /// The folders that serve URLs to the source at `path`, in the order they are looked in: configured, or named by
    /// the project's code, then suggested by conventions.
    pub fn served(&self, path: &Path) -> Vec<Served> {
        let path = self.absolute(path);
        let folder = path.parent().unwrap_or(&path);
        let config = self.config_of_folder(folder).unwrap_or_default();
        let behind = |url: &str, folders: &[PathBuf]| {
            let served = |folder: &PathBuf| Served { url: url.to_owned(), folder: folder.clone() };
            folders.iter().map(served).collect::<Vec<_>>()
        };
        if !config.static_roots.is_empty() {
            return config.static_roots.iter().flat_map(|root| behind(&root.url, &root.folders)).collect();
        }
        let top = self.world.project_of(folder);
        let view = frameworks::view(&self.world, &top, folder);
        let of_code = view.roots().filter_map(|root| Some((root.url.as_ref()?, root)));
        let mut served: Vec<Served> =
            of_code.flat_map(|(url, root)| behind(&format!("{url}{}", root.prefix), &root.folders)).collect();
        let suggested = roots::suggested(&self.world, &top, folder);
        served.extend(behind("/static/", &view.unnamed(&suggested.statics)));
        served.extend(behind("/", &suggested.publics));
        served
    }

    /// What `folder` (absolute) holds, by name; nothing where it is missing or lies outside the project folder,
    /// links resolved.
    pub fn entries(&self, folder: &Path) -> Vec<Entry> {
        let top = self.world.real_folder(&self.world.project_of(folder));
        let inside =
            self.world.real_folder(folder).is_some_and(|real| top.is_some_and(|top| real.starts_with(top)));
        if !inside {
            return Vec::new();
        }
        let listing = self.world.folders.list(folder);
        let entry = |(name, &is_folder): (&String, &bool)| Entry { name: name.clone(), is_folder };
        listing.entries.iter().map(entry).collect()
    }

    /// Facts of the file at `path`; `None` where there is no regular file.
    pub fn file_facts(&self, path: &Path) -> Option<FileFacts> {
        let path = self.absolute(path);
        disk::kind(&path).ok().filter(|kind| *kind == disk::Kind::File)?;
        let stamp = disk::stamp(&path).ok()?;
        let nanoseconds = u64::try_from(stamp.modified).ok()?;
        Some(FileFacts {
            size: stamp.size,
            modified: SystemTime::UNIX_EPOCH + Duration::from_nanos(nanoseconds),
        })
    }

    /// The digests that the file at `path` would have if it held `text`.
    pub fn digests_of_text(&self, path: &Path, text: &str) -> Digests {
        let path = self.absolute(path);
        let config = self.config(&path).unwrap_or_default();
        digest::of_text(&path, text, Wanted { others: true, ..Wanted::of(&config) })
    }

    /// The version that is written for the file at `path` now, under the configuration in force for it.
    pub fn current_version(&self, path: &Path) -> Option<String> {
        let digests = self.digest(path).ok()?;
        stamp(&digests, &self.config(path).unwrap_or_default().version)
    }
}

/// `name` (decoded, with `/`) as a URL path writes it.
pub fn encoded(name: &str) -> String {
    resolve::encoded(name)
}
