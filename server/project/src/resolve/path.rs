//! URL paths as paths of files: decoded, normalised, never escaping.

use std::path::{Path, PathBuf};

use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, utf8_percent_encode};

/// What a URL path can't hold as it is (WHATWG URL, path percent-encode set, and `%`).
const ENCODED: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'}');

/// `path` with its percent-encoding resolved; `None` where that gives no text.
pub(super) fn decoded(path: &str) -> Option<String> {
    let decoded = percent_decode_str(path).decode_utf8().ok()?;
    (!decoded.contains('\0')).then(|| decoded.into_owned())
}

/// `name` as a URL path writes it.
pub(crate) fn encoded(name: &str) -> String {
    utf8_percent_encode(name, ENCODED).to_string()
}

/// `path` without empty parts and `.`, each `..` taking the part before it; one too many has no effect.
pub(super) fn normalised(path: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// Where a relative `path` leads from `folder`, below `project`: the name below the project folder; `None` where it
/// leaves the project.
pub(super) fn below_project(project: &Path, folder: &Path, path: &str) -> Option<String> {
    let start = folder.strip_prefix(project).ok()?;
    let mut parts: Vec<String> = start.iter().map(|part| part.to_string_lossy().into_owned()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part.to_owned()),
        }
    }
    Some(parts.join("/"))
}

/// `folder` and `name`, whose parts are joined by `/`.
pub(super) fn joined(folder: &Path, name: &str) -> PathBuf {
    let mut path = folder.to_owned();
    path.extend(name.split('/').filter(|part| !part.is_empty()));
    path
}
