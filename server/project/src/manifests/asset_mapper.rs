//! Symfony's `AssetMapper`: `public/assets/manifest.json`.

use serde_json::Value;

use super::shape::{flat, hashed, is_hex};
use super::{Entry, Format, Hash};

/// A flat map from names to URLs that hold seven characters of base64url, formerly 32 of hexadecimal; the hash is of
/// the compiled file.
pub(super) static FORMAT: Format = Format {
    tool: "AssetMapper",
    files: &["manifest.json"],
    helpers: &["asset"],
    hash: Hash::Processed,
    read,
};

fn read(value: &Value) -> Option<Vec<Entry>> {
    let pairs = flat(value)?;
    let rooted = pairs.iter().all(|(name, url)| !name.starts_with('/') && url.starts_with('/'));
    hashed(pairs, '-', is_hash).filter(|_| rooted)
}

fn is_hash(hash: &str) -> bool {
    let base64 = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    is_hex(hash, 32) || (hash.len() == 7 && hash.bytes().all(base64))
}
