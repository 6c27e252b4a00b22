//! webassets and Flask-Assets: `.webassets-manifest`, written by `ASSETS_MANIFEST = 'json'`.

use serde_json::Value;

use super::shape::{entry, is_hex};
use super::{Entry, Format, Hash};

const PLACE: &str = "%(version)s";

/// The name of each bundle's output, with a place for the version, and the version: a hash of what the bundle became.
pub(super) static FORMAT: Format =
    Format { tool: "webassets", files: &[".webassets-manifest"], helpers: &[], hash: Hash::Processed, read };

fn read(value: &Value) -> Option<Vec<Entry>> {
    let mut entries = Vec::new();
    for (name, version) in value.as_object()? {
        let version = version.as_str().filter(|version| is_hex(version, version.len()))?;
        if name.contains(PLACE) {
            let plain = [".", "-", "_"]
                .iter()
                .fold(name.clone(), |name, separator| name.replace(&format!("{separator}{PLACE}"), ""));
            entries.push(entry(&plain, &name.replace(PLACE, version)));
        }
    }
    Some(entries)
}
