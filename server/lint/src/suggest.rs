//! Did you mean: the name nearest to one that was not found.

use crate::version::names::{NameVersion, path_version};

/// The most edits by which a suggestion may differ.
const MOST_EDITS: usize = 3;

/// The candidate that was most likely meant. In this order: a name in the same folder with the same extension, then
/// any, that differs by at most one edit in four characters of the name, and at most [`MOST_EDITS`] (two neighbours
/// swapped are one edit); the same name under another fingerprint; the same file name in another folder.
pub fn closest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let wanted = Wanted::of(name);
    let ranked = candidates.into_iter().filter_map(|candidate| Some((wanted.rank(candidate)?, candidate)));
    ranked.min().map(|(_, candidate)| candidate)
}

/// A text to be compared with many others.
struct Compared<'a> {
    text: &'a str,
    letters: [u8; 32],
}

/// The name that candidates are for.
struct Wanted<'a> {
    name: Compared<'a>,
    /// Without its folder.
    file: Compared<'a>,
    /// Without its fingerprint, where it has one.
    plain: Option<(&'a str, &'a str)>,
    /// By how many edits a candidate may differ.
    bound: usize,
}

impl<'a> Wanted<'a> {
    fn of(name: &'a str) -> Self {
        Self {
            name: Compared::of(name),
            file: Compared::of(file(name)),
            plain: without_fingerprint(name),
            bound: bound(file(name)),
        }
    }

    /// How near a candidate is: the kind of nearness, then the number of edits; `None` if it is not.
    fn rank(&self, candidate: &str) -> Option<(u8, usize)> {
        let name = self.name.text;
        let neighbours = || folder(name) == folder(candidate) && extension(name) == extension(candidate);
        if let Some(edits) = self.file.edits(file(candidate), self.bound).filter(|_| neighbours()) {
            return Some((0, edits));
        }
        if self.plain.is_some() && without_fingerprint(candidate) == self.plain {
            return Some((1, 0));
        }
        if let Some(edits) = self.name.edits(candidate, self.bound) {
            return Some((2, edits));
        }
        (self.file.text == file(candidate)).then(|| (3, strsim::damerau_levenshtein(name, candidate)))
    }
}

impl<'a> Compared<'a> {
    fn of(text: &'a str) -> Self {
        Self { text, letters: letters(text) }
    }

    /// By how many edits another text differs, if by no more than `most`. Of texts that are far apart, as most are, their
    /// lengths or letters tell: an edit adds or removes a letter, or makes another of it.
    fn edits(&self, other: &str, most: usize) -> Option<usize> {
        let width = if self.text.is_ascii() && other.is_ascii() { 1 } else { 4 };
        let most_bytes = width * most;
        if self.text.len().abs_diff(other.len()) > most_bytes {
            return None;
        }
        let apart =
            self.letters.iter().zip(letters(other)).map(|(one, other)| usize::from(one.abs_diff(other)));
        if apart.sum::<usize>() > 2 * most_bytes {
            return None;
        }
        Some(strsim::damerau_levenshtein(self.text, other)).filter(|&edits| edits <= most)
    }
}

/// How often each letter stands in a text, several counted as one: enough to tell most texts apart.
fn letters(text: &str) -> [u8; 32] {
    let mut letters = [0_u8; 32];
    text.bytes().for_each(|byte| {
        let count = &mut letters[usize::from(byte % 32)];
        *count = count.saturating_add(1);
    });
    letters
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
