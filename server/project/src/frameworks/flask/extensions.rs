//! Flask extensions that add versions, told by their import and what they are initialised with.

use std::sync::Arc;

use crate::frameworks::{Code, Pages, Reach, Versions};
use crate::python::syntax::{Expression, Module};

/// An extension: the package it is imported from, the helper whose URLs it versions, and what must be set for that.
struct Extension {
    package: &'static str,
    helper: &'static str,
    reach: Reach,
    wants: Option<&'static str>,
}

const fn extension(package: &'static str, helper: &'static str, reach: Reach) -> Extension {
    Extension { package, helper, reach, wants: None }
}

const fn with_key(package: &'static str, helper: &'static str, key: &'static str) -> Extension {
    Extension { package, helper, reach: Reach::All, wants: Some(key) }
}

/// The extensions whose source was read for what they replace.
static EXTENSIONS: &[Extension] = &[
    extension("flask_static_digest", "static_url_for", Reach::All),
    extension("flask_cache_manifest", "hashed_url_for", Reach::All),
    with_key("flask_cache_manifest", "url_for", "CACHE_MANIFEST_REPLACE_URL_FOR"),
    extension("flask_cachebuster", "url_for", Reach::Application),
    extension("flask_cache_buster", "url_for", Reach::Application),
    extension("flask_fingerprint", "url_for", Reach::All),
    extension("flask_rev", "url_for", Reach::All),
    extension("flask_manifest", "url_for", Reach::All),
    extension("flask_cdn", "url_for", Reach::All),
    extension("flask_vite_assets", "url_for", Reach::All),
];

/// What the extensions that `module` makes add.
pub(super) fn read(code: &Code<'_>, module: &Arc<Module>) -> Vec<Versions> {
    let each = EXTENSIONS.iter().filter_map(|extension| {
        let import = module.imports.iter().find(|import| {
            import.module == extension.package && import.name.as_ref().is_some_and(|name| starts_upper(name))
        })?;
        let made = module.calls.iter().find(|site| site.call.method() == Some(&import.alias))?;
        let wanted = extension.wants.is_none_or(|key| is_set(code, key));
        wanted.then(|| Versions {
            helper: extension.helper.to_owned(),
            reach: extension.reach.clone(),
            pages: Pages::All,
            versioned: true,
            keeps: Vec::new(),
            in_context: false,
            origin: code.origin(module, made.line, import.alias.clone()),
        })
    });
    each.collect()
}

fn starts_upper(name: &str) -> bool {
    name.starts_with(|letter: char| letter.is_ascii_uppercase())
}

/// Whether some module sets the configuration key to `True`.
fn is_set(code: &Code<'_>, key: &str) -> bool {
    code.program.modules.iter().flat_map(|module| &module.assignments).any(|assignment| {
        let named = match &assignment.target {
            Expression::Subscript(_, index) => index.text() == Some(key),
            target => target.dotted().as_deref() == Some(key),
        };
        named && assignment.value == Expression::Boolean(true)
    })
}
