//! Did you mean: the name nearest to one that was not found.

use crate::version::names::{NameVersion, path_version};

/// The most edits by which a suggestion may differ.
const MOST_EDITS: usize = 3;

/// The candidate that was most likely meant. In this order: a name in the same folder with the same extension, then
/// any, that differs by at most one edit in four characters of the name, and at most [`MOST_EDITS`] (two neighbours
/// swapped are one edit); the same name under another fingerprint; the same file name in another folder.
pub fn closest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let plain = without_fingerprint(name);
    let ranked =
        candidates.into_iter().filter_map(|candidate| Some((rank(name, plain, candidate)?, candidate)));
    ranked.min().map(|(_, candidate)| candidate)
}

/// How near a candidate is to a name, which is `plain` without its fingerprint: the kind of nearness, then the number
/// of edits; `None` if it is not.
fn rank(name: &str, plain: Option<(&str, &str)>, candidate: &str) -> Option<(u8, usize)> {
    let bound = bound(file(name));
    let neighbours = folder(name) == folder(candidate) && extension(name) == extension(candidate);
    if neighbours && let Some(edits) = edits(file(name), file(candidate), bound) {
        return Some((0, edits));
    }
    if plain.is_some() && without_fingerprint(candidate) == plain {
        return Some((1, 0));
    }
    if let Some(edits) = edits(name, candidate, bound) {
        return Some((2, edits));
    }
    (file(name) == file(candidate)).then(|| (3, strsim::damerau_levenshtein(name, candidate)))
}

/// By how many edits two names differ, if by no more than `most`. Of names that are far apart, as most are, their
/// lengths or letters tell: an edit adds or removes a letter, or makes another of it.
fn edits(one: &str, other: &str, most: usize) -> Option<usize> {
    let width = if one.is_ascii() && other.is_ascii() { 1 } else { 4 };
    let most_bytes = width * most;
    if one.len().abs_diff(other.len()) > most_bytes || letters_apart(one, other) > 2 * most_bytes {
        return None;
    }
    Some(strsim::damerau_levenshtein(one, other)).filter(|&edits| edits <= most)
}

/// How many bytes of either the other lacks, in whatever order they stand.
fn letters_apart(one: &str, other: &str) -> usize {
    let mut counts = [0_i32; 256];
    one.bytes().for_each(|byte| counts[usize::from(byte)] += 1);
    other.bytes().for_each(|byte| counts[usize::from(byte)] -= 1);
    counts.iter().map(|count| count.unsigned_abs() as usize).sum()
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
            assert_eq!(closest(name, names), expected, "{name}");
        }
    }
}
