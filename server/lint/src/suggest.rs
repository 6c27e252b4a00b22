//! Did you mean: the name nearest to one that was not found.

use crate::version::names::{NameVersion, path_version};

/// The most edits by which a suggestion may differ.
const MOST_EDITS: usize = 3;

/// The candidate that was most likely meant. In this order: a name in the same folder with the same extension, then
/// any, that differs by at most one edit in four characters of the name, and at most [`MOST_EDITS`] (two neighbours
/// swapped are one edit); the same name under another fingerprint; the same file name in another folder.
pub fn closest<'a>(name: &str, candidates: &'a [String]) -> Option<&'a str> {
    let ranked = candidates.iter().filter_map(|candidate| Some((rank(name, candidate)?, candidate.as_str())));
    ranked.min().map(|(_, candidate)| candidate)
}

/// How near a candidate is: the kind of nearness, then the number of edits; `None` if it is not.
fn rank(name: &str, candidate: &str) -> Option<(u8, usize)> {
    let neighbours = folder(name) == folder(candidate) && extension(name) == extension(candidate);
    let edits = strsim::damerau_levenshtein(file(name), file(candidate));
    if neighbours && edits <= bound(file(name)) {
        return Some((0, edits));
    }
    if without_fingerprint(name).is_some_and(|plain| without_fingerprint(candidate) == Some(plain)) {
        return Some((1, 0));
    }
    let edits = strsim::damerau_levenshtein(name, candidate);
    if edits <= bound(file(name)) {
        return Some((2, edits));
    }
    (file(name) == file(candidate)).then_some((3, edits))
}

fn bound(name: &str) -> usize {
    (name.chars().count() / 4).clamp(1, MOST_EDITS)
}

fn folder(name: &str) -> &str {
    name.rsplit_once('/').map_or("", |(folder, _)| folder)
}

fn file(name: &str) -> &str {
    name.rsplit_once('/').map_or(name, |(_, file)| file)
}

fn extension(name: &str) -> &str {
    name.rsplit_once('.').map_or("", |(_, extension)| extension)
}

fn without_fingerprint(name: &str) -> Option<(&str, &str)> {
    let (version, range) = path_version(name)?;
    (version == NameVersion::Fingerprint).then(|| (&name[..range.start], &name[range.end..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_name_is_suggested() {
        let names =
            ["css/style.css", "css/styles.css", "css/print.css", "js/app.3f2a9c1b.js", "img/logo.png"];
        let names = names.map(String::from);
        let table = [
            ("css/stlye.css", Some("css/style.css")),
            ("css/style.scss", Some("css/style.css")),
            ("cs/style.css", Some("css/style.css")),
            ("style.css", Some("css/style.css")),
            ("logo.png", Some("img/logo.png")),
            ("js/app.00ff11aa.js", Some("js/app.3f2a9c1b.js")),
            ("css/theme.css", None),
            ("a.css", None),
        ];
        for (name, expected) in table {
            assert_eq!(closest(name, &names), expected, "{name}");
        }
    }
}
