//! What settings say of builds: where django-vite and django-webpack-loader read manifests, where django-compressor
//! writes.

use super::settings::{Binding, Settings};
use super::statics::absolute;
use super::storage::entry;
use crate::frameworks::{Manifest, Written};
use crate::python::Value;
use crate::python::syntax::Expression;

/// A setting with a configuration for each build, its key for the manifest, the tool that writes that, and a helper that
/// reads it.
const CONFIGURATIONS: [(&str, &str, &str, &str); 2] = [
    ("DJANGO_VITE", "manifest_path", "Vite", "vite_asset"),
    ("WEBPACK_LOADER", "STATS_FILE", "webpack-bundle-tracker", "render_bundle"),
];
/// The setting of django-vite before version 3.
const VITE_MANIFEST: &str = "DJANGO_VITE_MANIFEST_PATH";

/// The manifests that settings name.
pub(super) fn manifests(settings: &Settings<'_>) -> Vec<Manifest> {
    let mut found = Vec::new();
    for (name, key, tool, helper) in CONFIGURATIONS {
        for binding in settings.bindings(name) {
            let Expression::Dictionary(configurations) = &binding.assignment.value else { continue };
            let paths = configurations.iter().filter_map(|(_, configuration)| entry(configuration, key));
            let manifest = |path: &Expression| manifest(settings, &binding, path, (key, tool, helper));
            found.extend(paths.filter_map(manifest));
        }
    }
    for binding in settings.bindings(VITE_MANIFEST) {
        let path = &binding.assignment.value;
        found.extend(manifest(settings, &binding, path, (VITE_MANIFEST, "Vite", "vite_asset")));
    }
    found
}

fn manifest(
    settings: &Settings<'_>,
    binding: &Binding<'_>,
    path: &Expression,
    (key, tool, helper): (&str, &'static str, &'static str),
) -> Option<Manifest> {
    let path = absolute(settings, &binding.fold(path))?;
    Some(Manifest { path, tool, helper, origin: binding.origin_of(key, key) })
}

/// The folder that django-compressor writes to, where settings name another than `CACHE`.
pub(super) fn written(settings: &Settings<'_>) -> Option<Written> {
    const SETTING: &str = "COMPRESS_OUTPUT_DIR";
    let binding = settings.bindings(SETTING).pop()?;
    let Value::Text(folder) = binding.value() else { return None };
    let folder = folder.trim_matches('/').to_owned();
    (!folder.is_empty()).then(|| Written { folder, origin: binding.origin(SETTING) })
}
