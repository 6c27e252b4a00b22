//! Facts for `cachelint doctor`: what is in force, and where each value, root and dialect came from.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use cachelint_lint::Strategy;
use rayon::prelude::*;

use crate::frameworks::{self, App, Keep, Reach, Root, Versions};
use crate::manifests::{self, Hash, Manifest};
use crate::{Config, Project, roots, serving};

/// What is in force and where it came from.
#[derive(Clone, Debug, Default)]
pub struct Doctor {
    /// The project folder.
    pub root: PathBuf,
    /// The configurations in force with their values; the first is the directory's own.
    pub configs: Vec<ConfigFacts>,
    /// The applications that the project's code makes.
    pub apps: Vec<AppFact>,
    /// The static roots.
    pub roots: Vec<RootFact>,
    /// The manifests of builds.
    pub manifests: Vec<ManifestFact>,
    /// What serves `style.css` for `style.3f2a9c1b.css`, for people; `None` where nothing is known to.
    pub serves_hashed_names: Option<String>,
    /// The rules that would, by server, where nothing does and the configuration wants such names.
    pub missing_rules: Vec<(&'static str, String)>,
    /// The dialects of the sources, the most frequent first.
    pub dialects: Vec<DialectFact>,
    /// What was passed over and why, one line each.
    pub notes: Vec<String>,
    /// What could not be read.
    pub failures: Vec<String>,
}

/// One configuration with its values.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ConfigFacts {
    /// Its file as shown to people; `None` for the defaults.
    pub file: Option<String>,
    /// How many sources it is in force for.
    pub sources: usize,
    /// The values, in the order of the documentation.
    pub values: Vec<ValueFact>,
}

/// One value in force.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ValueFact {
    /// Its key: `version.length`.
    pub key: String,
    /// Its value, as TOML.
    pub value: String,
    /// `default`, or file and line: `cachelint.toml:3`.
    pub origin: String,
}

/// One application, and what its code says of versions and caching.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AppFact {
    /// Its folder, as shown to people.
    pub folder: String,
    /// What makes it, and where: `Flask(…), app/__init__.py:31`.
    pub origin: String,
    /// What its code says, as sentences, each with what says it, and where.
    pub says: Vec<(String, String)>,
}

/// One static root.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RootFact {
    /// The URL prefix: `/static/`.
    pub url: String,
    /// The folders behind it, as shown to people, in the order they are looked in.
    pub folders: Vec<String>,
    /// Where it came from: `cachelint.toml:3`, `convention: static/ beside templates/`.
    pub origin: String,
}

/// One manifest of a build.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ManifestFact {
    /// The file as shown to people.
    pub file: String,
    /// What writes it: `Vite`.
    pub tool: &'static str,
    /// How many entries it has.
    pub entries: usize,
    /// Whether its hashes are those of sources, so that it can be told whether one changed since.
    pub is_verifiable: bool,
}

/// Sources that share a dialect for the same reason.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DialectFact {
    /// The dialect's name.
    pub dialect: &'static str,
    /// What decided it: `app.py imports flask`.
    pub reason: String,
    /// How many sources.
    pub sources: usize,
    /// One of them, as shown to people.
    pub example: String,
}

/// What is in force for the sources below the directory of `project`.
pub(crate) fn doctor(project: &Project) -> Doctor {
    let discovery = project.discover(&[]);
    let mut doctor = Doctor {
        root: project.root().to_owned(),
        configs: configs(project, &discovery.sources),
        apps: apps(project),
        roots: static_roots(project, &discovery.sources),
        manifests: manifests(project),
        serves_hashed_names: serving::rule(&project.world, project.root()).map(|rule| rule.origin.phrase()),
        notes: [discovery.notes, discovery.passed_over].concat(),
        failures: discovery.failures,
        ..Doctor::default()
    };
    let config = project.config_of_folder(project.directory()).unwrap_or_default();
    if doctor.serves_hashed_names.is_none() && config.strategy == Strategy::FileName {
        let prefix = doctor.roots.iter().map(|root| root.url.as_str()).find(|url| url.starts_with('/'));
        doctor.missing_rules = serving::rules(prefix.unwrap_or("/"), config.version.length);
    }
    dialects(project, &discovery.sources, &mut doctor);
    doctor
}

fn apps(project: &Project) -> Vec<AppFact> {
    let fact = |app: &App| {
        let versions = app.versions.iter().map(|it| (versions(it), it.origin.phrase()));
        let caching = app.caching.iter().filter_map(|it| {
            let says = match it.keep {
                Keep::Allowed => "browsers may keep static files",
                Keep::Forbidden => "browsers ask for static files each time",
                Keep::Unknown => return None,
            };
            Some((says.to_owned(), it.origin.phrase()))
        });
        let mut says: Vec<(String, String)> = versions.chain(caching).collect();
        says.dedup();
        AppFact { folder: project.shown(&app.folder), origin: app.origin.phrase(), says }
    };
    frameworks::apps(&project.world, project.root()).iter().map(fact).collect()
}

/// `url_for adds a version to static files`.
fn versions(it: &Versions) -> String {
    let adds = if it.versioned { "adds a version to" } else { "adds no version to" };
    let reach = match &it.reach {
        Reach::All => "static files".to_owned(),
        Reach::Application => "the static files of the application, not to those of blueprints".to_owned(),
        Reach::Blueprint(name) => format!("the static files of the blueprint {name}"),
    };
    format!("{} {adds} {reach}", it.helper)
}

fn manifests(project: &Project) -> Vec<ManifestFact> {
    let found = manifests::of_project(&project.world, project.root());
    let fact = |manifest: &Manifest| ManifestFact {
        file: project.shown(&manifest.path),
        tool: manifest.format.tool,
        entries: manifest.outputs.len(),
        is_verifiable: manifest.format.hash == Hash::Source,
    };
    found.manifests.iter().map(|manifest| fact(manifest)).collect()
}

fn configs(project: &Project, sources: &[PathBuf]) -> Vec<ConfigFacts> {
    let mut all: Vec<ConfigFacts> = Vec::new();
    let own = project.config_of_folder(project.directory()).ok();
    all.extend(own.map(|config| config_facts(project, &config)));
    for config in sources.iter().filter_map(|source| project.config(source).ok()) {
        let facts = config_facts(project, &config);
        let number = all.iter().position(|other| other.file == facts.file).unwrap_or_else(|| {
            all.push(facts);
            all.len() - 1
        });
        all[number].sources += 1;
    }
    all
}

fn config_facts(project: &Project, config: &Config) -> ConfigFacts {
    let shown =
        |value: &ValueFact| ValueFact { origin: project.shown_origin(&value.origin), ..value.clone() };
    ConfigFacts {
        file: config.file.as_ref().map(|file| project.shown(file)),
        sources: 0,
        values: config.values.iter().map(shown).collect(),
    }
}

fn static_roots(project: &Project, sources: &[PathBuf]) -> Vec<RootFact> {
    let folders: BTreeSet<&Path> = sources.iter().filter_map(|source| source.parent()).collect();
    let mut all = Vec::new();
    for folder in folders {
        for fact in roots_of(project, folder) {
            if !all.contains(&fact) {
                all.push(fact);
            }
        }
    }
    all
}

fn roots_of(project: &Project, folder: &Path) -> Vec<RootFact> {
    let shown = |folders: &[PathBuf]| folders.iter().map(|folder| project.shown(folder)).collect::<Vec<_>>();
    let config = project.config_of_folder(folder).unwrap_or_default();
    if !config.static_roots.is_empty() {
        let fact = |root: &crate::config::StaticRoot| RootFact {
            url: root.url.clone(),
            folders: shown(&root.folders),
            origin: project.shown_origin(&root.origin),
        };
        return config.static_roots.iter().map(fact).collect();
    }
    let top = project.world.project_of(folder);
    let (view, suggested) =
        (frameworks::view(&project.world, &top, folder), roots::suggested(&project.world, &top, folder));
    let of_code = view.roots().map(|root| of_code(root, shown(&root.folders)));
    let guessed = [
        (
            "/static/",
            &view.unserved(&suggested.statics),
            "convention: static/ beside or above the templates, or of another app",
        ),
        ("/", &suggested.publics, "convention: public/ above the templates"),
    ];
    let found = guessed.into_iter().filter(|(_, folders, _)| !folders.is_empty());
    let guessed = found.map(|(url, folders, origin)| RootFact {
        url: url.to_owned(),
        folders: shown(folders),
        origin: origin.to_owned(),
    });
    of_code.chain(guessed).collect()
}

fn of_code(root: &Root, mut folders: Vec<String>) -> RootFact {
    folders.extend(root.packaged.then(|| "installed packages".to_owned()));
    let url = match &root.url {
        Some(url) => format!("{url}{}", root.prefix),
        None => "a URL known only when it runs".to_owned(),
    };
    RootFact { url, folders, origin: root.origin.phrase() }
}

/// Adds the dialects of `sources`, and what of them is not analysed or can't be read.
fn dialects(project: &Project, sources: &[PathBuf], doctor: &mut Doctor) {
    let decided: Vec<_> = sources.par_iter().map(|source| decided(project, source)).collect();
    let mut facts: BTreeMap<(&'static str, String), DialectFact> = BTreeMap::new();
    for (source, decided) in sources.iter().zip(decided) {
        match decided {
            Ok((dialect, reason, not_analysed)) => {
                let example = project.shown(source);
                doctor.notes.extend(not_analysed.map(|reason| format!("{example}: not analysed, {reason}")));
                let fact = DialectFact { dialect, reason: reason.clone(), sources: 0, example };
                facts.entry((dialect, reason)).or_insert(fact).sources += 1;
            }
            Err(line) => doctor.failures.push(line),
        }
    }
    doctor.dialects = facts.into_values().collect();
    doctor.dialects.sort_by_key(|fact| Reverse(fact.sources));
}

type Decided = (&'static str, String, Option<String>);

fn decided(project: &Project, source: &Path) -> Result<Decided, String> {
    let text = project.read(source).map_err(|error| error.to_string())?;
    let analysis = project.analyse(source, &text).map_err(|error| error.to_string())?;
    Ok((analysis.dialect.name(), analysis.dialect_reason, analysis.not_analysed))
}
