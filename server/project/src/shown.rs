//! Paths as people and programs are shown them: relative to the folder a run was started in, with `/`.

use std::path::{Component, Path, PathBuf};

use cachelint_lint::Origin;

/// `path` (absolute) seen from `directory` (absolute), with `/`: `templates/base.html`, `../shared/base.html`.
pub fn shown(directory: &Path, path: &Path) -> String {
    let common = directory.components().zip(path.components()).take_while(|(a, b)| a == b).count();
    if common == 0 {
        return slashed(path);
    }
    let up = directory.components().skip(common).map(|_| Component::ParentDir);
    let relative: PathBuf = up.chain(path.components().skip(common)).collect();
    if relative.as_os_str().is_empty() { ".".to_owned() } else { slashed(&relative) }
}

/// A path with `/` between its parts on every system.
pub(crate) fn slashed(path: &Path) -> String {
    let text = path.to_string_lossy();
    if cfg!(windows) { text.replace('\\', "/") } else { text.into_owned() }
}

/// `path` as a project's own files are named: below its folder, whole where it is not.
pub(crate) fn below(project: &Path, path: &Path) -> String {
    slashed(path.strip_prefix(project).unwrap_or(path))
}

/// A line (from 1) of a project's file as provenance.
pub(crate) fn origin(project: &Path, path: &Path, line: usize, what: impl Into<String>) -> Origin {
    Origin { path: path.to_owned(), shown: below(project, path), line, what: what.into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_seen_from_the_working_directory() {
        let seen = |path: &str| shown(Path::new("/home/me/site"), Path::new(path));
        assert_eq!(
            ["/home/me/site/a/b.html", "/home/me/site", "/home/me/other/x.css", "/home/me", "/srv/x.css"]
                .map(seen),
            ["a/b.html", ".", "../other/x.css", "..", "../../../srv/x.css"]
        );
    }
}
