//! Webpack Encore: `public/build/manifest.json` and `entrypoints.json`.

use serde_json::Value;

use super::shape::{entry, flat, object};
use super::{Entry, Format, Hash};

/// A flat map from `build/app.css` to `/build/app.3f2a9c1b.css`, or the URLs of each entry; the hash is of the bundle.
pub(super) static FORMAT: Format = Format {
    tool: "Webpack Encore",
    files: &["manifest.json", "entrypoints.json"],
    helpers: &["asset", "encore_entry_link_tags", "encore_entry_script_tags"],
    hash: Hash::Processed,
    read,
};

fn read(value: &Value) -> Option<Vec<Entry>> {
    entrypoints(value).or_else(|| manifest(value))
}

fn manifest(value: &Value) -> Option<Vec<Entry>> {
    let pairs = flat(value)?;
    let in_same_folder = |(name, url): &(&str, &str)| {
        let folder =
            |path: &str| path.trim_start_matches('/').split_once('/').map(|(first, _)| first.to_owned());
        folder(name).is_some() && folder(name) == folder(url)
    };
    pairs.iter().all(in_same_folder).then(|| pairs.iter().map(|(name, url)| entry(name, url)).collect())
}

fn entrypoints(value: &Value) -> Option<Vec<Entry>> {
    let mut entries = Vec::new();
    for (name, files) in object(value, "entrypoints")? {
        let urls = ["js", "css"].iter().filter_map(|kind| files.get(kind)?.as_array()).flatten();
        entries.extend(urls.filter_map(Value::as_str).map(|url| entry(name, url)));
    }
    Some(entries)
}
