//! Folders as the disk spells them: cached listings, and lookups in exact case on every file system.

use std::collections::{BTreeMap, BTreeSet};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use dashmap::DashMap;

use crate::disk;

/// The listings read so far.
#[derive(Debug, Default)]
pub(crate) struct Folders {
    listings: DashMap<PathBuf, Arc<Listing>>,
}

/// What a folder holds: by name, whether it is a folder (links followed).
#[derive(Debug, Default)]
pub(crate) struct Listing {
    /// The entries by name.
    pub(crate) entries: BTreeMap<String, bool>,
    /// The names of those that are links.
    pub(crate) links: BTreeSet<String>,
    /// Whether the folder is there and could not be read.
    pub(crate) unreadable: bool,
}

/// A file found below a folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Found {
    /// Where it is, as the disk spells it.
    pub(crate) path: PathBuf,
    /// The name below the folder as the disk spells it, where that differs from what was asked for.
    pub(crate) case_on_disk: Option<String>,
}

/// How names are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Case {
    /// As they are.
    Exact,
    /// In upper or lower case; as they are where that is found.
    Any,
}

/// What came of looking for a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Sought {
    /// It is there.
    Found(Found),
    /// It would lie where nothing is opened.
    Outside(PathBuf),
    /// It is not there.
    Nothing,
}

impl Folders {
    /// What `folder` holds; nothing where it is missing.
    pub(crate) fn list(&self, folder: &Path) -> Arc<Listing> {
        if let Some(listing) = self.listings.get(folder).map(|entry| Arc::clone(&entry)) {
            return listing;
        }
        let listing = Arc::new(Listing::read(folder));
        self.listings.insert(folder.to_owned(), Arc::clone(&listing));
        listing
    }

    /// Whether `folder` holds a file of that name.
    pub(crate) fn has_file(&self, folder: &Path, name: &str) -> bool {
        self.list(folder).entries.get(name) == Some(&false)
    }

    /// Whether `folder` holds a folder of that name.
    pub(crate) fn has_folder(&self, folder: &Path, name: &str) -> bool {
        self.list(folder).entries.get(name) == Some(&true)
    }

    /// Whether there is a file at `path`.
    pub(crate) fn is_file(&self, path: &Path) -> bool {
        self.kind(path) == Some(false)
    }

    /// Whether there is a folder at `path`.
    pub(crate) fn is_folder(&self, path: &Path) -> bool {
        self.kind(path) == Some(true)
    }

    /// Whether what is at `path` is a folder; `None` where nothing is.
    fn kind(&self, path: &Path) -> Option<bool> {
        let name = path.file_name()?.to_str()?;
        self.list(path.parent()?).entries.get(name).copied()
    }

    /// Whether `path` itself is a link.
    pub(crate) fn is_link(&self, path: &Path) -> bool {
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        path.parent().is_some_and(|folder| self.list(folder).links.contains(name))
    }

    /// The file at `name` (parts joined by `/`, none of them `.` or `..`) below `folder`. No folder is listed that is
    /// not `inside`.
    pub(crate) fn find(
        &self,
        folder: &Path,
        name: &str,
        case: Case,
        inside: impl Fn(&Path) -> bool,
    ) -> Sought {
        let mut path = folder.to_owned();
        let mut spelled = Vec::new();
        let mut parts = name.split('/').peekable();
        while let Some(part) = parts.next() {
            if !inside(&path) {
                path.push(part);
                path.extend(parts);
                return Sought::Outside(path);
            }
            let is_folder = parts.peek().is_some();
            let Some(on_disk) = self.list(&path).spelling(part, is_folder, case) else {
                return Sought::Nothing;
            };
            path.push(&on_disk);
            spelled.push(on_disk);
        }
        let spelled = spelled.join("/");
        Sought::Found(Found { path, case_on_disk: (spelled != name).then_some(spelled) })
    }

    /// Forgets every listing.
    pub(crate) fn forget(&self) {
        self.listings.clear();
    }
}

impl Listing {
    fn read(folder: &Path) -> Self {
        match disk::list(folder) {
            Ok(names) => Self {
                links: names.iter().filter(|entry| entry.is_link).map(|entry| entry.name.clone()).collect(),
                entries: names.into_iter().map(|entry| (entry.name, entry.is_folder)).collect(),
                unreadable: false,
            },
            Err(error) => Self { unreadable: error.kind() == ErrorKind::PermissionDenied, ..Self::default() },
        }
    }

    /// How the disk spells the entry `name`.
    pub(crate) fn spelling(&self, name: &str, is_folder: bool, case: Case) -> Option<String> {
        if self.entries.get(name) == Some(&is_folder) {
            return Some(name.to_owned());
        }
        if case == Case::Exact {
            return None;
        }
        let lower = name.to_lowercase();
        let alike = |other: &&String| match name.is_ascii() && other.is_ascii() {
            true => other.eq_ignore_ascii_case(name),
            false => other.to_lowercase() == lower,
        };
        self.entries.iter().filter(|(_, is)| **is == is_folder).map(|(other, _)| other).find(alike).cloned()
    }
}
