//! gulp-rev and its like: `rev-manifest.json`.

use serde_json::Value;

use super::shape::{entry, flat};
use super::{Entry, Format, Hash};

/// A flat map; the hash is of the file as the build had it, which need not lie anywhere.
pub(super) static FORMAT: Format =
    Format { tool: "gulp-rev", files: &["rev-manifest.json"], helpers: &[], hash: Hash::Processed, read };

fn read(value: &Value) -> Option<Vec<Entry>> {
    Some(flat(value)?.into_iter().map(|(name, output)| entry(name, output)).collect())
}
