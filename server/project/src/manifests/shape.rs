//! Shapes that several formats share: flat maps, and names with a hash in them.

use cachelint_lint::AssetKind;
use serde_json::{Map, Value};

use super::Entry;

/// The object at `key`.
pub(super) fn object<'a>(value: &'a Value, key: &str) -> Option<&'a Map<String, Value>> {
    value.get(key)?.as_object()
}

/// The text at `key`.
pub(super) fn text<'a>(value: &'a Value, key: &str) -> Option<&'a str> {
    value.get(key)?.as_str()
}

/// The pairs of a map from names of files to names of files, and of nothing else: a web app manifest is none.
pub(super) fn flat(value: &Value) -> Option<Vec<(&str, &str)>> {
    pairs(value.as_object()?)
}

/// The pairs of a map whose values are all names of files.
pub(super) fn pairs(map: &Map<String, Value>) -> Option<Vec<(&str, &str)>> {
    map.iter()
        .map(|(name, output)| Some((name.as_str(), output.as_str().filter(|it| is_file(it))?)))
        .collect()
}

fn is_file(name: &str) -> bool {
    AssetKind::of(name.split(['?', '#']).next().unwrap_or(name)) != AssetKind::Page
}

/// An entry without a digest.
pub(super) fn entry(name: &str, output: &str) -> Entry {
    Entry { name: name.to_owned(), output: output.to_owned(), digest: None }
}

/// The pairs as entries, if each output is its name with a hash that `is_hash` knows behind `separator`.
pub(super) fn hashed(
    pairs: Vec<(&str, &str)>,
    separator: char,
    is_hash: fn(&str) -> bool,
) -> Option<Vec<Entry>> {
    let is_own = |&(name, output): &(&str, &str)| hash(name, output, separator).is_some_and(is_hash);
    pairs.iter().all(is_own).then(|| pairs.iter().map(|(name, output)| entry(name, output)).collect())
}

/// What stands in the file name of `output` between the stem of `name`, a separator, and its extension.
pub(super) fn hash<'a>(name: &str, output: &'a str, separator: char) -> Option<&'a str> {
    let (name, output) = (file_name(name), file_name(output));
    name.rmatch_indices('.').find_map(|(at, _)| {
        let rest = output.strip_prefix(&name[..at])?.strip_suffix(&name[at..])?;
        rest.strip_prefix(separator).filter(|hash| !hash.is_empty())
    })
}

/// What stands behind the last slash.
pub(super) fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// Whether all of it is hexadecimal, `length` characters.
pub(super) fn is_hex(text: &str, length: usize) -> bool {
    text.len() == length && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}
