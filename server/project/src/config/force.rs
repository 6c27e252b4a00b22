//! From the layers of a configuration to what is in force.

use std::collections::BTreeMap;
use std::path::Path;

use cachelint_lint::{Level, Levels, Settings, VersionSettings};
use cachelint_syntax::{Delimiters, Dialect, ExtractSettings, Helper, HelperKind, PathArgument};

use super::file::{File, Folders, HelperEntry, PathEntry};
use super::globs::{PathGlobs, glob_set};
use super::layer::Layer;
use super::values::{GlobText, LevelName, RuleName};
use super::{Config, DialectGlob, StaticRoot, commented};
use crate::doctor::{Provenance, ValueFact};

const EXEMPT: &str = "**/{email,emails,mail,newsletter}*/**";
const MAX_HASH_SIZE: u64 = 64_000_000;

/// What `layers` (what is extended first) put in force over the defaults.
pub(super) fn in_force(layers: &[Layer]) -> Config {
    Config {
        file: layers.iter().rev().find_map(|layer| layer.file.clone()),
        templates: globs(layers, |keys| keys.templates.as_deref()),
        exclude: globs(layers, |keys| keys.exclude.as_deref()).unwrap_or_default(),
        exempt: globs(layers, |keys| keys.exempt.as_deref()).unwrap_or_else(exempt_by_default),
        exempt_reason: match last(layers, |keys| keys.exempt.clone()) {
            Some(_) => "the configuration exempts this template",
            None => "an e-mail template",
        },
        ignore_assets: glob_set(ignored(layers).iter().map(|glob| glob.0.as_str())),
        static_roots: static_roots(layers),
        dialects: dialects(layers),
        extract: extract(layers),
        delimiters: layers.iter().any(|layer| layer.keys.delimiters.is_some()),
        levels: levels(layers),
        overrides: overrides(layers),
        strategy: last(layers, |keys| keys.strategy.clone()).map(|name| name.0).unwrap_or_default(),
        query_ignored_by: query_ignored_by(layers),
        version: version(layers),
        line_endings: last(layers, |keys| keys.line_endings.clone()).map(|name| name.0).unwrap_or_default(),
        max_hash_size: last(layers, |keys| keys.max_hash_size).map_or(MAX_HASH_SIZE, |size| size.0),
        values: values(layers),
    }
}

impl Config {
    /// What judging the source at `path` needs to know, the habit apart.
    pub fn settings(&self, path: &Path) -> Settings {
        let mut by_rule: BTreeMap<String, Level> = self.levels.iter().cloned().collect();
        let overrides = self.overrides.iter().filter(|(globs, _)| globs.matches(path));
        by_rule.extend(overrides.flat_map(|(_, levels)| levels.iter().cloned()));
        Settings {
            strategy: self.strategy,
            version: self.version.clone(),
            query_ignored_by: self.query_ignored_by.clone(),
            levels: Levels { by_rule, ..Levels::default() },
            exempt: self.exempt.matches(path).then(|| self.exempt_reason.to_owned()),
            ..Settings::default()
        }
    }
}

fn last<T>(layers: &[Layer], key: impl Fn(&File) -> Option<T>) -> Option<T> {
    layers.iter().rev().find_map(|layer| key(&layer.keys))
}

fn globs(layers: &[Layer], key: impl Fn(&File) -> Option<&[GlobText]>) -> Option<PathGlobs> {
    layers.iter().rev().find_map(|layer| Some(PathGlobs::new(&layer.folder, key(&layer.keys)?)))
}

fn exempt_by_default() -> PathGlobs {
    PathGlobs::new(Path::new("/"), &[GlobText(EXEMPT.to_owned())])
}

fn ignored(layers: &[Layer]) -> Vec<GlobText> {
    last(layers, |keys| keys.ignore_assets.clone()).unwrap_or_default()
}

fn static_roots(layers: &[Layer]) -> Vec<StaticRoot> {
    let mut by_url = BTreeMap::new();
    for layer in layers {
        for (url, folders) in layer.keys.static_roots.iter().flatten() {
            let root = StaticRoot {
                url: url.0.clone(),
                folders: folders
                    .iter()
                    .map(|folder| crate::absolute(&layer.folder, Path::new(folder)))
                    .collect(),
                origin: origin(layer, &url.0),
            };
            by_url.insert(&url.0, root);
        }
    }
    let mut roots: Vec<StaticRoot> = by_url.into_values().collect();
    roots.sort_by_key(|root| std::cmp::Reverse(root.url.len()));
    roots
}

impl Folders {
    pub(super) fn iter(&self) -> impl Iterator<Item = &str> {
        match self {
            Self::One(folder) => std::slice::from_ref(folder),
            Self::Several(folders) => folders.as_slice(),
        }
        .iter()
        .map(String::as_str)
    }
}

fn dialects(layers: &[Layer]) -> Vec<DialectGlob> {
    let mut all = Vec::new();
    for layer in layers.iter().rev() {
        let mut globs: Vec<_> = layer.keys.dialects.iter().flatten().collect();
        globs.sort_by_key(|(glob, _)| std::cmp::Reverse(glob.0.len()));
        all.extend(globs.into_iter().map(|(glob, dialect)| dialect_glob(&layer.folder, glob, dialect.0)));
    }
    all
}

fn dialect_glob(folder: &Path, glob: &GlobText, dialect: Dialect) -> DialectGlob {
    DialectGlob { globs: PathGlobs::new(folder, [glob]), dialect, text: glob.0.clone() }
}

fn extract(layers: &[Layer]) -> ExtractSettings {
    let mut settings = ExtractSettings::default();
    for helper in last(layers, |keys| keys.helpers.clone()).unwrap_or_default() {
        settings.helpers.add(helper_of(&helper));
    }
    if let Some(names) = last(layers, |keys| keys.lazy_attributes.clone()) {
        settings.lazy_attributes = names.iter().map(|name| name.to_ascii_lowercase()).collect();
    }
    settings.delimiters = delimiters(layers);
    settings
}

fn delimiters(layers: &[Layer]) -> Delimiters {
    let pair = |key: fn(&super::file::Delimiters) -> Option<(String, String)>| {
        last(layers, |keys| keys.delimiters.as_ref().and_then(key))
    };
    let standard = Delimiters::default();
    Delimiters {
        statement: pair(|all| all.statement.clone()).unwrap_or(standard.statement),
        output: pair(|all| all.output.clone()).unwrap_or(standard.output),
        comment: pair(|all| all.comment.clone()).unwrap_or(standard.comment),
    }
}

fn helper_of(entry: &HelperEntry) -> Helper {
    let path = match (&entry.path, entry.kind.0) {
        (_, HelperKind::Filter) => PathArgument::Input,
        (_, HelperKind::Prefix) => PathArgument::Following,
        (_, HelperKind::Block) => PathArgument::None,
        (None, _) => PathArgument::Position(0),
        (Some(PathEntry::Position(number)), _) => PathArgument::Position(*number),
        (Some(PathEntry::Name(name)), _) => match name.as_str() {
            "endpoint" => PathArgument::Endpoint(&["filename", "path"]),
            "none" => PathArgument::None,
            keyword => PathArgument::Keyword(keyword.to_owned()),
        },
    };
    Helper { name: entry.name.clone(), kind: entry.kind.0, path, versioning: entry.versions.0 }
}

fn levels(layers: &[Layer]) -> Vec<(String, Level)> {
    let mut by_rule = BTreeMap::new();
    for layer in layers {
        by_rule.extend(plain_levels(layer.keys.levels.iter().flatten()));
    }
    by_rule.into_iter().collect()
}

fn plain_levels<'a>(
    levels: impl IntoIterator<Item = (&'a RuleName, &'a LevelName)>,
) -> impl Iterator<Item = (String, Level)> {
    levels.into_iter().map(|(rule, level)| (rule.0.clone(), level.0))
}

fn overrides(layers: &[Layer]) -> Vec<(PathGlobs, Vec<(String, Level)>)> {
    let Some(layer) = layers.iter().rev().find(|layer| layer.keys.overrides.is_some()) else {
        return Vec::new();
    };
    let entries = layer.keys.overrides.iter().flatten();
    entries
        .map(|entry| (PathGlobs::new(&layer.folder, &entry.paths), plain_levels(&entry.levels).collect()))
        .collect()
}

fn query_ignored_by(layers: &[Layer]) -> Option<String> {
    let cdn = last(layers, |keys| keys.cdn.clone()).map(|name| name.0);
    let by_default = cdn.and_then(|cdn| cdn.ignores_query).unwrap_or(false);
    let ignored = last(layers, |keys| keys.cdn_ignores_query).unwrap_or(by_default);
    ignored.then(|| cdn.map_or("the CDN", |cdn| cdn.shown).to_owned())
}

fn version(layers: &[Layer]) -> VersionSettings {
    let standard = VersionSettings::default();
    let version = |keys: &File| keys.version.clone().unwrap_or_default();
    VersionSettings {
        source: last(layers, |keys| version(keys).source).map_or(standard.source, |name| name.0),
        algorithm: last(layers, |keys| version(keys).algorithm).map_or(standard.algorithm, |name| name.0),
        length: last(layers, |keys| version(keys).length).map_or(standard.length, |length| length.0),
        parameter: last(layers, |keys| version(keys).parameter).unwrap_or(standard.parameter),
    }
}

/// Every value: the defaults, then what each layer writes in their place or adds.
fn values(layers: &[Layer]) -> Vec<ValueFact> {
    let mut values: Vec<ValueFact> = commented::defaults()
        .map(|(key, value)| ValueFact { key, value, origin: said_by("default") })
        .collect();
    for layer in layers {
        for written in &layer.written {
            let fact = ValueFact {
                key: written.key.clone(),
                value: written.value.clone(),
                origin: place(layer, written.line),
            };
            match values.iter_mut().find(|value| value.key == written.key) {
                Some(value) => *value = fact,
                None => values.push(fact),
            }
        }
    }
    values
}

fn origin(layer: &Layer, url: &str) -> Provenance {
    let keys =
        [url, url.trim_end_matches('/')].map(|url| format!("static-roots.{}", commented::toml_key(url)));
    let written = layer.written.iter().find(|written| keys.contains(&written.key));
    written.map_or_else(|| said_by(&layer.shown()), |written| place(layer, written.line))
}

fn place(layer: &Layer, line: usize) -> Provenance {
    Provenance { what: None, place: Some((layer.shown(), line)) }
}

fn said_by(what: &str) -> Provenance {
    Provenance { what: Some(what.to_owned()), place: None }
}
