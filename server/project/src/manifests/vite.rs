//! Vite: `.vite/manifest.json`, before version 5 `manifest.json`.

use serde_json::Value;

use super::shape::{entry, text};
use super::{Entry, Format, Hash};

/// Each source with its `file`, and the stylesheets and files that come with it; the hash is of the bundle.
pub(super) static FORMAT: Format = Format {
    tool: "Vite",
    files: &["manifest.json"],
    helpers: &[
        "vite_asset",
        "vite_asset_url",
        "vite_preload_asset",
        "vite_legacy_asset",
        "vite",
        "vite_static",
        "vitejs",
        "vitecss",
    ],
    hash: Hash::Processed,
    read,
};

fn read(value: &Value) -> Option<Vec<Entry>> {
    let mut entries = Vec::new();
    for (name, chunk) in value.as_object()? {
        entries.push(entry(name, text(chunk, "file")?));
        let beside = ["css", "assets"].iter().filter_map(|key| chunk.get(key)?.as_array()).flatten();
        entries.extend(beside.filter_map(Value::as_str).map(|output| entry(name, output)));
    }
    Some(entries)
}
