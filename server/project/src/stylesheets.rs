//! Stylesheets that pages load: what their `url()` and `@import` name is judged, and kept current, too.

use std::path::Path;

use cachelint_lint::{AssetKind, Resolved};

use crate::Analysis;

/// Folders of other people's stylesheets, which nobody edits in place.
const VENDOR: [&str; 9] = [
    "vendor",
    "vendors",
    "lib",
    "libs",
    "third-party",
    "third_party",
    "plugins",
    "node_modules",
    "bower_components",
];

/// The stylesheet (absolute) that a reference loads, if it is one of the project's own.
pub fn loaded(resolved: &Resolved) -> Option<&Path> {
    let reference = &resolved.reference;
    let asset = resolved.asset().filter(|_| !reference.enclosing.bundle && reference.inert.is_none())?;
    let is_own =
        !asset.ignored && AssetKind::of(&asset.name) == AssetKind::Stylesheet && !is_vendor(&asset.name);
    is_own.then_some(&asset.path)
}

/// Whether a stylesheet of that name (below its static root) is a copy of somebody else's.
fn is_vendor(name: &str) -> bool {
    name.ends_with(".min.css") || name.split('/').any(|folder| VENDOR.contains(&folder))
}

/// Whether the text of a stylesheet may name files and is no copy of a released one.
pub fn may_name_files(text: &str) -> bool {
    let is_released = text.trim_start_matches('\u{feff}').starts_with("/*!");
    !is_released && (text.contains("url(") || text.contains("@import"))
}

/// Whether a stylesheet names a file of the project.
pub fn names_file(analysis: &Analysis) -> bool {
    analysis.resolved.iter().any(|found| found.asset().is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copies_of_released_stylesheets_are_left_alone() {
        let table = [
            ("css/style.css", false),
            ("library/style.css", false),
            ("bootstrap.min.css", true),
            ("vendor/fa/css/all.css", true),
            ("lib/a.css", true),
        ];
        for (name, expected) in table {
            assert_eq!(is_vendor(name), expected, "{name}");
        }
        assert!(may_name_files("p { background: url(a.png) }"));
        assert!(!may_name_files("\u{feff}/*! v5 */ p { background: url(a.png) }"));
        assert!(!may_name_files("p {}"));
    }
}
