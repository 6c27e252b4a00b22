//! Django: the settings in force, the folders that its finders look in, and the storage that makes the URLs.

mod builds;
mod settings;
mod statics;
mod storage;

#[cfg(test)]
mod tests;

use super::{App, Caching, Code, Keep, Strict};
use crate::python::Value;
use crate::surroundings::Framework;
use settings::Settings;

/// Words of which a Python file that matters holds one.
pub(super) const WORDS: &[&str] = &[
    "DJANGO_SETTINGS_MODULE",
    "INSTALLED_APPS",
    "ROOT_URLCONF",
    "STATIC_URL",
    "STATIC_ROOT",
    "STATICFILES_",
    "STORAGES",
    "DJANGO_VITE",
    "WEBPACK_LOADER",
    "COMPRESS_OUTPUT_DIR",
    "from .base import",
    "from .common import",
    "from .settings import",
];

/// The Django projects, each with the settings that are most likely in force where it is deployed.
pub(super) fn read(code: &Code<'_>) -> Vec<App> {
    settings::read(code).iter().map(|settings| app(settings)).collect()
}

fn app(settings: &Settings<'_>) -> App {
    let statics = statics::read(settings);
    App {
        framework: Framework::Django,
        folder: settings.folder.clone(),
        templates: statics.templates,
        roots: statics.roots,
        collected: statics.collected,
        strict: storage::strict(settings)
            .filter(|_| statics.complete)
            .map(|origin| Strict { origin, packaged: statics.packaged }),
        manifests: builds::manifests(settings),
        written: builds::written(settings),
        versions: storage::read(settings),
        caching: caching(settings).into_iter().collect(),
        origin: settings.origin(),
    }
}

/// How long `WhiteNoise` lets browsers keep files whose URLs carry no version.
fn caching(settings: &Settings<'_>) -> Option<Caching> {
    let age = settings.bindings("WHITENOISE_MAX_AGE").pop()?;
    let Value::Integer(seconds) = age.value() else { return None };
    let keep = if seconds > 0 { Keep::Allowed } else { Keep::Forbidden };
    Some(Caching { keep, origin: age.origin("WHITENOISE_MAX_AGE") })
}
