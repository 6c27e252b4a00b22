//! Propshaft: `public/assets/.manifest.json`.

use serde_json::Value;

use super::shape::{entry, flat, hashed, is_hex, text};
use super::{Entry, Format, Hash};

/// Names with their `digested_path`, formerly a flat map; the hash is of the file, what it refers to, and a setting.
pub(super) static FORMAT: Format =
    Format { tool: "Propshaft", files: &[".manifest.json"], helpers: &[], hash: Hash::Processed, read };

fn read(value: &Value) -> Option<Vec<Entry>> {
    let of_pair = |(name, entry_of): (&String, &Value)| Some(entry(name, text(entry_of, "digested_path")?));
    let digested = || value.as_object()?.iter().map(of_pair).collect::<Option<Vec<_>>>();
    digested().or_else(|| hashed(flat(value)?, '-', |hash| is_hex(hash, 8)))
}
