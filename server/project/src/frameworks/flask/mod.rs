//! Flask and Quart: applications, blueprints, hooks and extensions.

mod apps;
mod blueprints;
mod caching;
mod extensions;
mod hooks;
mod reach;

#[cfg(test)]
mod tests;

use std::path::{Path, PathBuf};

use super::{App, Code, nearest, only};
use crate::python::fold::{Place, Value};
use crate::python::syntax::{Call, Module, Scope};
use hooks::Found;

/// Words of which a Python file that matters holds one.
pub(super) const WORDS: &[&str] = &[
    "Flask(",
    "Quart(",
    "(Flask",
    "(Quart",
    "Blueprint",
    "url_defaults",
    "context_processor",
    "template_global",
    "jinja_env",
    "flask.url_for",
    "after_request",
    "after_app_request",
    "SEND_FILE_MAX_AGE_DEFAULT",
    "WhiteNoise(",
    "FlaskStaticDigest",
    "flask_cdn",
    "flask_rev",
    "flask_manifest",
    "flask_fingerprint",
    "flask_cache",
    "flask_vite_assets",
];

/// Classes whose calls make applications and blueprints; projects derive their own.
pub(super) const BASES: &[&str] = &["Flask", "Quart", "APIFlask", "Blueprint", "APIBlueprint"];

/// The applications of a project, with what its blueprints, hooks and extensions add.
pub(super) fn read(code: &Code<'_>) -> Vec<App> {
    let mut apps = apps::read(code);
    if apps.is_empty() {
        return apps;
    }
    let blueprints = blueprints::read(code);
    for blueprint in &blueprints {
        let near = nearest(&apps, &blueprint.module.path);
        for app in only(&mut apps, &near) {
            blueprints::add(&blueprints, blueprint, app);
        }
    }
    for module in &code.program.modules {
        let own = reach::of_module(code, &apps, module);
        let (extensions, caching) =
            (extensions::read(code, module), caching::read(code, module, &blueprints));
        for app in only(&mut apps, &own) {
            app.versions.extend(extensions.iter().cloned());
            app.caching.extend(caching.iter().cloned());
        }
        for Found { receiver, versions } in hooks::read(code, module, &blueprints) {
            let own = match receiver {
                Some(receiver) => reach::of_name(code, &apps, module, &receiver),
                None => reach::of_module(code, &apps, module),
            };
            only(&mut apps, &own).for_each(|app| app.versions.push(versions.clone()));
        }
    }
    apps
}

/// The folder of an argument that names one, from `base`: `Ok(None)` where it is `None` or not given without a default,
/// an error where it is known only when it runs.
fn folder_argument(
    place: &Place<'_>,
    call: &Call,
    (position, name): (usize, &str),
    default: Option<&str>,
    base: &Path,
) -> Result<Option<PathBuf>, ()> {
    let Some(argument) = call.argument(position, name) else {
        return if call.unpacks { Err(()) } else { Ok(default.map(|name| base.join(name))) };
    };
    match place.fold(argument) {
        Value::None => Ok(None),
        value => value.as_path().map(|path| Some(crate::absolute(base, &path))).ok_or(()),
    }
}

/// The text of an argument; `Ok(None)` where it is `None` or not given, an error where it is known only when it runs.
fn text_argument(place: &Place<'_>, call: &Call, argument: (usize, &str)) -> Result<Option<String>, ()> {
    let Some(argument) = call.argument(argument.0, argument.1) else {
        return if call.unpacks { Err(()) } else { Ok(None) };
    };
    match place.fold(argument) {
        Value::None => Ok(None),
        value => value.as_text().map(Some).ok_or(()),
    }
}

fn place<'a>(code: &'a Code<'a>, module: &'a Module, scope: &'a Scope) -> Place<'a> {
    Place { program: &code.program, module, scope }
}
