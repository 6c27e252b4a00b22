//! Flask-Static-Digest and Flask-Cache-Manifest: `cache_manifest.json` in each static folder.

use serde_json::Value;

use super::shape::{flat, hash, hashed, is_hex};
use super::{Entry, Format, Hash};

/// A flat map; the 32 hexadecimal characters in a name are the MD5 of the file, which stays beside its copy.
pub(super) static FORMAT: Format = Format {
    tool: "Flask-Static-Digest",
    files: &["cache_manifest.json"],
    helpers: &["static_url_for", "hashed_url_for"],
    hash: Hash::Source,
    read,
};

fn read(value: &Value) -> Option<Vec<Entry>> {
    let entries = hashed(flat(value)?, '-', |hash| is_hex(hash, 32))?;
    let with_digest = |entry: Entry| {
        let digest = hash(&entry.name, &entry.output, '-').map(str::to_owned);
        Entry { digest, ..entry }
    };
    Some(entries.into_iter().map(with_digest).collect())
}
