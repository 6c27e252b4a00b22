//! Files on disk for the tests of this crate.
#![expect(clippy::disallowed_methods, reason = "tests lay out files")]

use std::fs;
use std::path::{Path, PathBuf};

use crate::{Options, Project};

/// A folder of files that is removed in the end.
#[derive(Debug)]
pub(crate) struct Site {
    folder: tempfile::TempDir,
}

/// What `run` gives where permissions hold, even where the tests run as root.
#[cfg(target_os = "linux")]
pub(crate) fn unprivileged<T: Send>(run: impl FnOnce() -> T + Send) -> T {
    use rustix::thread::{CapabilitySet, capabilities, set_capabilities};
    std::thread::scope(|scope| {
        let bound = scope.spawn(|| {
            let mut sets = capabilities(None).unwrap();
            sets.effective -= CapabilitySet::DAC_OVERRIDE | CapabilitySet::DAC_READ_SEARCH;
            set_capabilities(None, sets).unwrap();
            run()
        });
        bound.join().unwrap()
    })
}

impl Site {
    /// A folder with `files`; a path that ends in `/` is a folder.
    pub(crate) fn new(files: &[(&str, &str)]) -> Self {
        let site = Self { folder: tempfile::tempdir().unwrap() };
        site.folder(".git");
        for (path, text) in files {
            if path.ends_with('/') { site.folder(path) } else { site.write(path, text.as_bytes()) }
        }
        site
    }

    /// The path of a file, links resolved.
    pub(crate) fn path(&self, path: &str) -> PathBuf {
        let root = fs::canonicalize(self.folder.path()).unwrap();
        if path.is_empty() { root } else { root.join(path) }
    }

    /// Writes a file.
    pub(crate) fn write(&self, path: &str, bytes: &[u8]) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }

    /// Makes a folder.
    pub(crate) fn folder(&self, path: &str) {
        fs::create_dir_all(self.path(path)).unwrap();
    }

    /// Removes a folder that holds nothing.
    pub(crate) fn remove_folder(&self, path: &str) {
        fs::remove_dir(self.path(path)).unwrap();
    }

    /// Makes a link at `path` to `target`.
    #[cfg(unix)]
    pub(crate) fn link(&self, path: &str, target: impl AsRef<Path>) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::os::unix::fs::symlink(target, path).unwrap();
    }

    /// Sets the permissions of a file or folder.
    #[cfg(unix)]
    pub(crate) fn mode(&self, path: &str, mode: u32) {
        use std::os::unix::fs::PermissionsExt;
        fs::set_permissions(self.path(path), fs::Permissions::from_mode(mode)).unwrap();
    }

    /// The permissions of a file.
    #[cfg(unix)]
    pub(crate) fn mode_of(&self, path: &str) -> u32 {
        use std::os::unix::fs::PermissionsExt;
        fs::metadata(self.path(path)).unwrap().permissions().mode() & 0o777
    }

    /// Makes a FIFO.
    #[cfg(unix)]
    pub(crate) fn fifo(&self, path: &str) {
        use rustix::fs::{CWD, FileType, Mode, mknodat};
        mknodat(CWD, self.path(path), FileType::Fifo, Mode::from_raw_mode(0o644), 0).unwrap();
    }

    /// Its bytes.
    pub(crate) fn bytes(&self, path: &str) -> Vec<u8> {
        fs::read(self.path(path)).unwrap()
    }

    /// The names in a folder.
    pub(crate) fn names(&self, path: &str) -> Vec<String> {
        crate::disk::list(&self.path(path)).unwrap().into_iter().map(|entry| entry.name).collect()
    }

    /// The project opened at its top.
    pub(crate) fn project(&self) -> Project {
        Project::open(&self.path(""), &Options::default()).unwrap()
    }
}
