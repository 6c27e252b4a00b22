//! Create React App: `asset-manifest.json`.

use cachelint_lint::AssetKind;
use serde_json::Value;

use super::shape::{entry, object, pairs};
use super::{Entry, Format, Hash};

/// `files` maps names to URLs; the hash is of the bundle.
pub(super) static FORMAT: Format = Format {
    tool: "Create React App",
    files: &["asset-manifest.json"],
    helpers: &[],
    hash: Hash::Processed,
    read,
};

fn read(value: &Value) -> Option<Vec<Entry>> {
    value.get("entrypoints")?.as_array()?;
    let mut files = object(value, "files")?.clone();
    files.retain(|name, _| AssetKind::of(name) != AssetKind::Page);
    Some(pairs(&files)?.into_iter().map(|(name, url)| entry(name, url)).collect())
}
