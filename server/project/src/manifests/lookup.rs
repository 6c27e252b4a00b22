//! From a name or a URL's path to the entry of a manifest.

use std::path::{Path, PathBuf};

use cachelint_lint::build_hash;

use super::{FORMATS, Manifest, Output, is_safe};

/// Whether the helper of that name (with or without its receiver) looks names up in manifests.
pub(crate) fn is_helper(name: &str) -> bool {
    FORMATS.iter().any(|format| format.helpers.contains(&last(name)))
}

fn last(name: &str) -> &str {
    name.rsplit('.').next().unwrap_or(name)
}

impl Manifest {
    /// Whether the helper of that name looks names up in it.
    pub(crate) fn is_read_by(&self, helper: &str) -> bool {
        self.format.helpers.contains(&last(helper))
    }

    /// What `name` was built into.
    pub(crate) fn of_name(&self, name: &str) -> Option<&Output> {
        let plain = |name: &str| name.trim_start_matches('/').to_owned();
        let name = plain(name);
        self.outputs.iter().find(|output| plain(&output.name) == name)
    }

    /// The output that a URL's path ends in; `file` is what the path was found to name.
    pub(crate) fn of_path(&self, path: &str, file: Option<&Path>) -> Option<&Output> {
        let named = |output: &&Output| split(&output.url).1 == split(path).1;
        self.outputs.iter().filter(|output| output.is_hashed).filter(named).find(|output| match file {
            Some(file) => self.file(output).is_none_or(|own| own == file),
            None => ends_in(path, &output.url),
        })
    }

    /// The only output that has the hash of now where the file name of a URL's path has another.
    pub(crate) fn in_place_of(&self, path: &str, file: Option<&Path>) -> Option<&Output> {
        let (folder, name) = split(path);
        let hash = build_hash(name)?;
        let differs = |output: &&Output| {
            let (_, own) = split(&output.url);
            build_hash(own).is_some_and(|own_hash| {
                own_hash == hash
                    && own[own_hash.clone()] != name[hash.clone()]
                    && own[..hash.start] == name[..hash.start]
                    && own[hash.end..] == name[hash.end..]
            })
        };
        let mut all = self.outputs.iter().filter(differs).filter(|output| match file {
            Some(file) => self.file(output).is_some_and(|own| own.parent() == file.parent()),
            None => self.is_in(output, folder),
        });
        let first = all.next()?;
        all.all(|other| other.url == first.url).then_some(first)
    }

    /// Whether a URL's folder is that of an output: the whole of it, or the end with the folder's name on disk.
    fn is_in(&self, output: &Output, folder: &str) -> bool {
        let own = split(&output.url).0;
        if own.starts_with('/') {
            return own.trim_matches('/') == folder.trim_matches('/');
        }
        let on_disk = self.file(output).and_then(|file| file.parent()?.file_name().map(ToOwned::to_owned));
        ends_in(folder, own) && on_disk.is_some_and(|name| name == split(folder).1)
    }

    /// Where an output lies; `None` where its URL does not tell.
    pub(crate) fn file(&self, output: &Output) -> Option<PathBuf> {
        output.below.as_ref().map(|below| self.base.join(below))
    }

    /// Where the source of an output lies, if that is beside it.
    pub(crate) fn source(&self, output: &Output) -> Option<PathBuf> {
        is_safe(&output.name).then(|| self.base.join(&output.name))
    }
}

/// The folder of a path, without its last slash, and the file name.
fn split(path: &str) -> (&str, &str) {
    path.rsplit_once('/').unwrap_or(("", path))
}

/// Whether the last parts of a path are those of `end`.
fn ends_in(path: &str, end: &str) -> bool {
    let (path, end) = (path.trim_matches('/'), end.trim_matches('/'));
    let before = path.strip_suffix(end);
    before.is_some_and(|before| end.is_empty() || before.is_empty() || before.ends_with('/'))
}
