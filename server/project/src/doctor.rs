//! Facts for `cachelint doctor`: what is in force, and where each value, root and dialect came from.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::path::{Path, PathBuf};

use cachelint_lint::{Origin, Strategy};
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
    /// What serves `style.css` for `style.3f2a9c1b.css`; `None` where nothing is known to.
    pub serves_hashed_names: Option<Provenance>,
    /// The rules that would, by server, where nothing does and the configuration wants such names.
    pub missing_rules: Vec<(&'static str, String)>,
    /// The dialects of the sources, the most frequent first.
    pub dialects: Vec<DialectFact>,
    /// What was passed over and why, one line each.
    pub notes: Vec<String>,
    /// What could not be read.
    pub failures: Vec<String>,
}

/// Where a fact comes from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Provenance {
    /// What says it, for people: `hashed_static_file`, `default`, `convention: public/ above the templates`; `None` where it
    /// is a line of a configuration.
    pub what: Option<String>,
    /// The file as shown to people, and the line, from 1; `None` where no file says it.
    pub place: Option<(String, usize)>,
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
    /// Who says so.
    pub origin: Provenance,
}

/// One application, and what its code says of versions and caching.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AppFact {
    /// Its folder, as shown to people.
    pub folder: String,
    /// What makes it.
    pub origin: Provenance,
    /// What its code says, as sentences, each with what says it.
    pub says: Vec<(String, Provenance)>,
}

/// One static root.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RootFact {
    /// The URL prefix: `/static/`; `None` where it is known only when the application runs.
    pub url: Option<String>,
    /// The folders behind it, as shown to people, in the order they are looked in.
    pub folders: Vec<String>,
    /// Whether installed packages add theirs.
    pub packaged: bool,
    /// Who says so.
    pub origin: Provenance,
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
        serves_hashed_names: serving::rule(&project.world, project.root())
            .map(|rule| project.provenance(&rule.origin)),
        notes: [discovery.notes, discovery.passed_over].concat(),
        failures: discovery.failures,
        ..Doctor::default()
    };
    let config = project.config_of_folder(project.directory()).unwrap_or_default();
    if doctor.serves_hashed_names.is_none() && config.strategy == Strategy::FileName {
        let mut prefixes = doctor.roots.iter().filter_map(|root| root.url.as_deref());
        let prefix = prefixes.find(|url| url.starts_with('/'));
        doctor.missing_rules = serving::rules(prefix.unwrap_or("/"), config.version.length);
    }
    dialects(project, &discovery.sources, &mut doctor);
    doctor
}

fn apps(project: &Project) -> Vec<AppFact> {
    let fact = |app: &App| {
        let versions = app.versions.iter().map(|it| (versions(it), project.provenance(&it.origin)));
        let caching = app.caching.iter().filter_map(|it| {
            let says = match it.keep {
                Keep::Allowed => "browsers may keep static files",
                Keep::Forbidden => "browsers ask for static files each time",
                Keep::Unknown => return None,
            };
            Some((says.to_owned(), project.provenance(&it.origin)))
        });
        let all = versions.chain(caching).chain(builds(project, app));
        let mut says: Vec<(String, Provenance)> = all.collect();
        says.dedup();
        AppFact { folder: project.shown(&app.folder), origin: project.provenance(&app.origin), says }
    };
    frameworks::apps(&project.world, project.root()).iter().map(fact).collect()
}

/// `vite_asset reads frontend/dist/manifest.json`, and where files are written.
fn builds(project: &Project, app: &App) -> Vec<(String, Provenance)> {
    let manifests = app.manifests.iter().map(|it| {
        let absent = if project.world.folders.is_file(&it.path) { "" } else { ", which is not there" };
        (format!("{} reads {}{absent}", it.helper, project.shown(&it.path)), project.provenance(&it.origin))
    });
    let written = app.written.iter().map(|it| {
        (
            format!("{{% compress %}} writes to {}/ below the static root", it.folder),
            project.provenance(&it.origin),
        )
    });
    manifests.chain(written).collect()
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
    let all_shown =
        |folders: &[PathBuf]| folders.iter().map(|folder| project.shown(folder)).collect::<Vec<_>>();
    let config = project.config_of_folder(folder).unwrap_or_default();
    if !config.static_roots.is_empty() {
        let fact = |root: &crate::config::StaticRoot| RootFact {
            url: Some(root.url.clone()),
            folders: all_shown(&root.folders),
            packaged: false,
            origin: project.shown_origin(&root.origin),
        };
        return config.static_roots.iter().map(fact).collect();
    }
    let top = project.world.project_of(folder);
    let (view, suggested) =
        (frameworks::view(&project.world, &top, folder), roots::suggested(&project.world, &top, folder));
    let of_code = view.roots().map(|root| of_code(project, root, all_shown(&root.folders)));
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
        url: Some(url.to_owned()),
        folders: all_shown(folders),
        packaged: false,
        origin: Provenance { what: Some(origin.to_owned()), place: None },
    });
    of_code.chain(guessed).collect()
}

fn of_code(project: &Project, root: &Root, folders: Vec<String>) -> RootFact {
    RootFact {
        url: root.url.as_ref().map(|url| format!("{url}{}", root.prefix)),
        folders,
        packaged: root.packaged,
        origin: project.provenance(&root.origin),
    }
}

impl Project {
    /// What a configuration says, with its file as people are shown it.
    pub(crate) fn shown_origin(&self, origin: &Provenance) -> Provenance {
        let place = origin.place.as_ref().map(|(file, line)| (self.shown(Path::new(file)), *line));
        Provenance { what: origin.what.clone(), place }
    }

    fn provenance(&self, origin: &Origin) -> Provenance {
        Provenance { what: Some(origin.what.clone()), place: Some((self.shown(&origin.path), origin.line)) }
    }
}

impl fmt::Display for Provenance {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { what, place } = self;
        formatter.write_str(what.as_deref().unwrap_or_default())?;
        let Some((file, line)) = place else { return Ok(()) };
        write!(formatter, "{}{file}:{line}", if what.is_some() { ", " } else { "" })
    }
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
