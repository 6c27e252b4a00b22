//! The storage of static files, which decides whether their URLs carry a version.

use cachelint_lint::Origin;

use super::settings::{Binding, Settings};
use crate::frameworks::{Pages, Reach, Versions};
use crate::python::Value;
use crate::python::syntax::{Class, Expression, Module};

/// Helpers that ask the storage for a URL, and the application that brings them; Django's own needs none.
const HELPERS: [(&str, Option<&str>); 3] =
    [("static", None), ("stylesheet", Some("pipeline")), ("javascript", Some("pipeline"))];
/// Parts of the names of storages that put a hash into file names: Django's and those of packages derived from them.
const VERSIONED: [&str; 5] =
    ["Manifest", "Hashed", "CachedFilesMixin", "CachedStaticFilesStorage", "PipelineCachedStorage"];
/// Storages that leave names as they are.
const PLAIN: [&str; 6] = [
    "StaticFilesStorage",
    "CompressedStaticFilesStorage",
    "GzipStaticFilesStorage",
    "PipelineStorage",
    "NonPackagingPipelineStorage",
    "S3StaticStorage",
];
/// How many classes of the project are followed to the storage they derive from.
const LONGEST_CHAIN: usize = 8;

/// Storages that raise an error for a name that their manifest lacks, and add no files of their own to it as pipeline's do.
const STRICT: [&str; 4] = [
    "ManifestStaticFilesStorage",
    "CompressedManifestStaticFilesStorage",
    "S3ManifestStaticStorage",
    "ManifestFilesMixin",
];

/// What the URLs of a storage are made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Naming {
    /// Names as they are.
    Plain,
    /// Names with a hash.
    Hashed {
        /// Whether a name that its manifest lacks raises an error.
        strict: bool,
    },
}

/// A storage that settings name, and what its URLs are made of, where that is known.
struct Backend {
    naming: Option<Naming>,
    origin: Origin,
}

/// What the storage does for the helpers that use it. Where branches name several, one that versions is taken for
/// production's.
pub(super) fn read(settings: &Settings<'_>) -> Vec<Versions> {
    let mut backends = backends(settings);
    backends.extend(default(settings).filter(|_| backends.is_empty()));
    let versioned = backends.iter().find(|backend| backend.is_versioned());
    let plain = || {
        let all = backends.iter().all(|backend| backend.naming == Some(Naming::Plain));
        backends.first().filter(|_| all && settings.are_deployed())
    };
    let Some(decisive) = versioned.or_else(plain) else { return Vec::new() };
    let installed = settings.members("INSTALLED_APPS");
    let is_installed = |app: &str| installed.iter().any(|(_, it)| *it == Value::Text(app.to_owned()));
    let helpers = HELPERS.iter().filter(|(_, app)| app.is_none_or(is_installed));
    let versions = |(helper, _): &(&str, Option<&str>)| Versions {
        helper: (*helper).to_owned(),
        reach: Reach::All,
        pages: Pages::All,
        versioned: decisive.is_versioned(),
        keeps: Vec::new(),
        in_context: false,
        origin: decisive.origin.clone(),
    };
    helpers.map(versions).collect()
}

/// The storage that raises an error for a name that its manifest lacks, if it does so wherever the project is deployed.
pub(super) fn strict(settings: &Settings<'_>) -> Option<Origin> {
    let is_lenient =
        settings.bindings("WHITENOISE_MANIFEST_STRICT").iter().any(|it| it.value() != Value::Boolean(true));
    let backends = if is_lenient || !settings.are_deployed() { Vec::new() } else { backends(settings) };
    let mut versioned = backends.into_iter().filter(Backend::is_versioned);
    let first = versioned.next()?;
    let is_strict = |backend: &Backend| backend.naming == Some(Naming::Hashed { strict: true });
    (is_strict(&first) && versioned.all(|other| is_strict(&other))).then_some(first.origin)
}

/// The storages that `STORAGES` and, before Django 5.1, `STATICFILES_STORAGE` name.
fn backends(settings: &Settings<'_>) -> Vec<Backend> {
    let storages = settings.bindings("STORAGES").into_iter().filter_map(|binding| {
        let name = of_storages(&binding)?;
        Some(backend(settings, &binding, &name))
    });
    let older = settings.bindings("STATICFILES_STORAGE").into_iter().map(|binding| {
        let name = binding.value();
        backend(settings, &binding, &name)
    });
    storages.chain(older).collect()
}

/// The storage that an assignment to `STORAGES` or to a part of it gives to static files; `None` where it is about others.
fn of_storages(binding: &Binding<'_>) -> Option<Value> {
    let (mut keys, mut target) = (Vec::new(), &binding.assignment.target);
    while let Expression::Subscript(object, key) = target {
        keys.insert(0, key.text()?);
        target = object;
    }
    let wanted = ["staticfiles", "BACKEND"];
    if !wanted.starts_with(&keys) {
        return None;
    }
    let value =
        wanted[keys.len()..].iter().try_fold(&binding.assignment.value, |value, key| entry(value, key));
    Some(value.map_or(Value::Unknown, |value| binding.fold(value)))
}

/// The value under a key of a dictionary that is written out.
pub(super) fn entry<'a>(value: &'a Expression, key: &str) -> Option<&'a Expression> {
    let Expression::Dictionary(pairs) = value else { return None };
    pairs.iter().rev().find(|(name, _)| name.text() == Some(key)).map(|(_, value)| value)
}

fn backend(settings: &Settings<'_>, binding: &Binding<'_>, name: &Value) -> Backend {
    let Value::Text(name) = name else {
        return Backend { naming: None, origin: binding.origin("STATICFILES_STORAGE") };
    };
    let class = last(name);
    Backend { naming: by_path(settings, name), origin: binding.origin_of(class, class) }
}

/// Django's own storage, where nothing sets another.
fn default(settings: &Settings<'_>) -> Option<Backend> {
    let is_set = ["STORAGES", "STATICFILES_STORAGE"].iter().any(|name| !settings.bindings(name).is_empty());
    let at = settings.bindings("STATIC_URL").pop().filter(|_| !is_set)?;
    Some(Backend {
        naming: Some(Naming::Plain),
        origin: at.origin_of("StaticFilesStorage by default", "STATIC_URL"),
    })
}

/// What the storage at a dotted path makes URLs of: by its name, or by what its class derives from.
fn by_path(settings: &Settings<'_>, path: &str) -> Option<Naming> {
    let home = path.rsplit_once('.').and_then(|(module, _)| settings.module(module));
    match home {
        Some(home) => by_class(settings, &home, last(path), LONGEST_CHAIN),
        None => by_name(last(path)),
    }
}

fn by_name(class: &str) -> Option<Naming> {
    if VERSIONED.iter().any(|part| class.contains(part)) {
        return Some(Naming::Hashed { strict: STRICT.contains(&class) });
    }
    PLAIN.contains(&class).then_some(Naming::Plain)
}

/// A class of the project: with a hash where one of its bases is; plain where all are and it makes no URLs itself.
fn by_class(settings: &Settings<'_>, module: &Module, name: &str, left: usize) -> Option<Naming> {
    let left = left.checked_sub(1)?;
    let Some(class) = module.classes.iter().find(|class| class.name == name) else {
        return imported(settings, module, name, left);
    };
    let bases: Vec<Option<Naming>> =
        class.bases.iter().map(|base| by_class(settings, module, last(base), left)).collect();
    if bases.iter().any(|base| matches!(base, Some(Naming::Hashed { .. }))) {
        let known =
            bases.iter().all(|base| base.is_some_and(|base| base != Naming::Hashed { strict: false }));
        return Some(Naming::Hashed { strict: known && !is_lenient(module, class) });
    }
    let plain = !bases.is_empty()
        && bases.iter().all(|base| *base == Some(Naming::Plain))
        && !makes_urls(module, class);
    plain.then_some(Naming::Plain)
}

/// A class that `module` does not define: of another module of the project, else told by its name.
fn imported(settings: &Settings<'_>, module: &Module, name: &str, left: usize) -> Option<Naming> {
    let import = module.imports.iter().find(|import| import.alias == name);
    let original = import.and_then(|import| import.name.as_deref()).unwrap_or(name);
    match import.and_then(|import| settings.imported(module, &import.module)) {
        Some(home) => by_class(settings, &home, original, left),
        None => by_name(original),
    }
}

/// Whether a class defines what decides the URLs of a storage.
fn makes_urls(module: &Module, class: &Class) -> bool {
    defines(module, class, &["url", "stored_name", "hashed_name", "get_available_name", "file_hash"])
}

/// Whether a class may take a name that its manifest lacks.
fn is_lenient(module: &Module, class: &Class) -> bool {
    const LENIENT: [&str; 6] = ["url", "_url", "_stored_name", "stored_name", "hashed_name", "__init__"];
    let is_set = module.assignments.iter().any(|it| {
        it.target.dotted().is_some_and(|name| name == "manifest_strict" || name == "self.manifest_strict")
            && it.scope.first() == Some(&class.name)
            && it.value != Expression::Boolean(true)
    });
    is_set || defines(module, class, &LENIENT)
}

/// Whether a class defines a method of one of these names.
fn defines(module: &Module, class: &Class, names: &[&str]) -> bool {
    let own = module.functions.iter().filter(|it| it.scope == [class.name.as_str()]);
    own.into_iter().any(|it| names.contains(&it.name.as_str()))
}

fn last(path: &str) -> &str {
    path.rsplit('.').next().unwrap_or(path)
}

impl Backend {
    fn is_versioned(&self) -> bool {
        matches!(self.naming, Some(Naming::Hashed { .. }))
    }
}
