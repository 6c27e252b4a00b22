//! Sprockets: `.sprockets-manifest-<hash>.json`, before version 3 `manifest-<hash>.json`.

use serde_json::Value;

use super::shape::{entry, object, pairs};
use super::{Entry, Format, Hash};

/// `assets` maps names to fingerprinted ones; the hash is of what the pipeline made.
pub(super) static FORMAT: Format = Format {
    tool: "Sprockets",
    files: &[".sprockets-manifest-*.json", "manifest-*.json"],
    helpers: &[],
    hash: Hash::Processed,
    read,
};

fn read(value: &Value) -> Option<Vec<Entry>> {
    object(value, "files")?;
    let assets = pairs(object(value, "assets")?)?;
    Some(assets.into_iter().map(|(name, output)| entry(name, output)).collect())
}
