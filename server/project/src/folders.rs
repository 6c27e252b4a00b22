//! Folders as the disk spells them: cached listings, and lookups in exact case on every file system.

use std::collections::BTreeMap;
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

impl Folders {
    /// What `folder` holds; nothing where it is missing.
    pub(crate) fn list(&self, folder: &Path) -> Arc<Listing> {
        if let Some(listing) = self.listings.get(folder).map(|entry| Arc::clone(&entry)) {
            return listing;
        }
        let listing = Arc::new(match disk::list(folder) {
            Ok(names) => Listing { entries: names.into_iter().collect(), unreadable: false },
            Err(error) => Listing {
                entries: BTreeMap::new(),
                unreadable: error.kind() == std::io::ErrorKind::PermissionDenied,
            },
        });
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

    /// The file at `name` (parts joined by `/`, none of them `.` or `..`) below `folder`.
    pub(crate) fn find_exactly(&self, folder: &Path, name: &str) -> Option<Found> {
        self.find(folder, name, exactly)
    }

    /// The same, in upper or lower case.
    pub(crate) fn find_in_any_case(&self, folder: &Path, name: &str) -> Option<Found> {
        self.find(folder, name, in_any_case)
    }

    fn find(&self, folder: &Path, name: &str, choose: Choose) -> Option<Found> {
        let mut path = folder.to_owned();
        let mut spelled = Vec::new();
        let (folders, last) =
            name.rsplit_once('/').map_or((None, name), |(before, last)| (Some(before), last));
        for part in folders.into_iter().flat_map(|before| before.split('/')) {
            let on_disk = choose(&self.list(&path), part, true)?;
            path.push(&on_disk);
            spelled.push(on_disk);
        }
        let on_disk = choose(&self.list(&path), last, false)?;
        path.push(&on_disk);
        spelled.push(on_disk);
        let spelled = spelled.join("/");
        Some(Found { path, case_on_disk: (spelled != name).then_some(spelled) })
    }

    /// Forgets every listing.
    pub(crate) fn forget(&self) {
        self.listings.clear();
    }
}

type Choose = fn(&Listing, &str, bool) -> Option<String>;

fn exactly(listing: &Listing, name: &str, folder: bool) -> Option<String> {
    (listing.entries.get(name) == Some(&folder)).then(|| name.to_owned())
}

fn in_any_case(listing: &Listing, name: &str, folder: bool) -> Option<String> {
    let lower = name.to_lowercase();
    let exact = exactly(listing, name, folder);
    exact.or_else(|| {
        let mut alike =
            listing.entries.iter().filter(|(other, is)| **is == folder && other.to_lowercase() == lower);
        alike.next().map(|(other, _)| other.clone())
    })
}
