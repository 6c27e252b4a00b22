//! Phoenix: `priv/static/cache_manifest.json` of `mix phx.digest`.

use serde_json::Value;

use super::shape::{hash, object, pairs};
use super::{Entry, Format, Hash};

/// `latest` maps names to digested ones; the MD5 in a name is that of the file before its URLs are rewritten.
pub(super) static FORMAT: Format =
    Format { tool: "Phoenix", files: &["cache_manifest.json"], helpers: &[], hash: Hash::Source, read };

fn read(value: &Value) -> Option<Vec<Entry>> {
    object(value, "digests")?;
    let latest = pairs(object(value, "latest")?)?;
    let entry = |(name, output): (&str, &str)| Entry {
        name: name.to_owned(),
        output: output.to_owned(),
        digest: hash(name, output, '-').map(str::to_owned),
    };
    Some(latest.into_iter().map(entry).collect())
}
