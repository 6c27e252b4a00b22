//! Django: `staticfiles.json` of `ManifestStaticFilesStorage`, in `STATIC_ROOT`.

use serde_json::Value;

use super::shape::{entry, object, pairs, text};
use super::{Entry, Format, Hash};

/// Versions 1.0 and 1.1; the hash is of the file after its URLs are rewritten. Who makes the URLs is for the settings
/// to say, so no helper is named here.
pub(super) static FORMAT: Format = Format {
    tool: "Django's collectstatic",
    files: &["staticfiles.json"],
    helpers: &[],
    hash: Hash::Processed,
    read,
};

fn read(value: &Value) -> Option<Vec<Entry>> {
    if !matches!(text(value, "version")?, "1.0" | "1.1") {
        return None;
    }
    let paths = pairs(object(value, "paths")?)?;
    Some(paths.into_iter().map(|(name, output)| entry(name, output)).collect())
}
