//! Laravel Mix: `mix-manifest.json`.

use serde_json::Value;

use super::shape::{entry, flat};
use super::{Entry, Format, Hash};

/// A flat map of URL paths, with `?id=` and a hash of what the build made behind those that are versioned.
pub(super) static FORMAT: Format = Format {
    tool: "Laravel Mix",
    files: &["mix-manifest.json"],
    helpers: &["mix"],
    hash: Hash::Processed,
    read,
};

fn read(value: &Value) -> Option<Vec<Entry>> {
    let pairs = flat(value)?;
    let is_own = |(name, url): &(&str, &str)| name.starts_with('/') && url.starts_with('/');
    pairs.iter().all(is_own).then(|| pairs.iter().map(|(name, url)| entry(name, url)).collect())
}
