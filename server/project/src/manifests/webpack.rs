//! webpack's plugins: webpack-manifest-plugin, webpack-assets-manifest, and what Flask-Webpack reads.

use serde_json::Value;

use super::shape::{entry, flat, object, pairs, text};
use super::{Entry, Format, Hash};

/// A flat map from names to URLs, one from names to objects with `src`, or `assets` below a `publicPath`; the hash is
/// of the bundle.
pub(super) static FORMAT: Format = Format {
    tool: "webpack",
    files: &["manifest.json", "assets-manifest.json", "webpack-manifest.json"],
    helpers: &["asset", "asset_url_for", "webpack", "webpack_asset"],
    hash: Hash::Processed,
    read,
};

fn read(value: &Value) -> Option<Vec<Entry>> {
    let map = || Some(flat(value)?.into_iter().map(|(name, output)| entry(name, output)).collect());
    map().or_else(|| below_path(value)).or_else(|| with_src(value))
}

fn below_path(value: &Value) -> Option<Vec<Entry>> {
    let path = text(value, "publicPath")?;
    let assets = pairs(object(value, "assets")?)?;
    Some(assets.into_iter().map(|(name, output)| entry(name, &format!("{path}{output}"))).collect())
}

fn with_src(value: &Value) -> Option<Vec<Entry>> {
    let files = value.as_object()?.iter().filter(|(name, _)| *name != "entrypoints");
    files.map(|(name, file)| Some(entry(name, text(file, "src")?))).collect()
}
