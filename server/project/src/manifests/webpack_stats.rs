//! webpack-bundle-tracker: `webpack-stats.json`, which django-webpack-loader reads.

use serde_json::Value;

use super::shape::{entry, text};
use super::{Entry, Format, Hash};

/// `chunks` names the files of each bundle, `assets` what is known of each file; the hash is of the bundle.
pub(super) static FORMAT: Format = Format {
    tool: "webpack-bundle-tracker",
    files: &["webpack-stats.json", "webpack-stats-*.json", "webpack-stats.*.json"],
    helpers: &["render_bundle", "render_static", "webpack_static", "webpack_asset"],
    hash: Hash::Processed,
    read,
};

fn read(value: &Value) -> Option<Vec<Entry>> {
    let chunks = value.get("chunks")?.as_object().filter(|_| text(value, "status") == Some("done"))?;
    let mut entries = Vec::new();
    for (name, files) in chunks {
        entries.extend(files.as_array()?.iter().filter_map(|file| Some(entry(name, &output(value, file)?))));
    }
    let named = value.get("assets").and_then(Value::as_object).into_iter().flatten();
    for (file, asset) in named {
        let source = text(asset, "sourceFilename").unwrap_or(file);
        entries.extend(output(value, &Value::from(file.as_str())).map(|output| entry(source, &output)));
    }
    Some(entries)
}

/// The URL of a file of a bundle: since version 1 the bundle has its name, before it had all that is known of it.
fn output(stats: &Value, file: &Value) -> Option<String> {
    let name = file.as_str().or_else(|| text(file, "name"))?;
    let asset = file.as_str().and_then(|name| stats.get("assets")?.get(name)).unwrap_or(file);
    let prefix = text(stats, "publicPath").filter(|path| *path != "auto");
    let url = text(asset, "publicPath").map(str::to_owned);
    Some(url.or_else(|| Some(prefix?.to_owned() + name)).unwrap_or_else(|| name.to_owned()))
}
