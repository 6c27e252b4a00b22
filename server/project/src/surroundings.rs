//! What stands around a template: the frameworks that the files of a folder name, found by cheap byte searches.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use dashmap::DashMap;

use crate::disk;
use crate::folders::Folders;
use crate::python;

/// A framework or generator whose templates we read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Framework {
    /// Flask.
    Flask,
    /// Quart.
    Quart,
    /// FastAPI.
    FastApi,
    /// Starlette.
    Starlette,
    /// Django.
    Django,
    /// Jinja by itself, or by a tool that reads its templates so (Sphinx, `MkDocs`, aiohttp).
    Jinja,
    /// Tornado.
    Tornado,
    /// Nunjucks, by itself or as Eleventy's engine for HTML.
    Nunjucks,
    /// Symfony or Twig by itself.
    Twig,
    /// Jekyll.
    Jekyll,
    /// Zola.
    Zola,
}

/// A framework and what names it, for people: `app.py imports flask`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Evidence {
    /// The framework.
    pub(crate) framework: Framework,
    /// What names it.
    pub(crate) reason: String,
}

/// What the files of one folder tell.
#[derive(Clone, Debug, Default)]
pub(crate) struct Facts {
    /// The frameworks they name, each once.
    pub(crate) frameworks: Vec<Evidence>,
    /// Whether one of them makes the application (`Flask(`, `FastAPI(`).
    pub(crate) creates_app: bool,
    /// Openings of Jinja blocks that one of them sets; an empty one where it can't be read.
    pub(crate) openings: Vec<Opening>,
}

/// An opening delimiter that Python code gives to Jinja.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Opening {
    /// The delimiter; empty where it is no literal.
    pub(crate) text: String,
    /// Where it is set, for people: `app.py sets variable_start_string`.
    pub(crate) reason: String,
}

/// The facts read so far, by folder.
#[derive(Debug, Default)]
pub(crate) struct Surroundings {
    by_folder: DashMap<PathBuf, Arc<Facts>>,
}

/// How much of a file is searched, in bytes.
const HEAD: u64 = 256 * 1024;
/// How many Python files of a folder are searched.
const PYTHON_FILES: usize = 60;

impl Surroundings {
    /// What the files of `folder` tell.
    pub(crate) fn of(&self, folders: &Folders, folder: &Path) -> Arc<Facts> {
        if let Some(facts) = self.by_folder.get(folder).map(|entry| Arc::clone(&entry)) {
            return facts;
        }
        let facts = Arc::new(read(folders, folder));
        self.by_folder.insert(folder.to_owned(), Arc::clone(&facts));
        facts
    }

    /// Forgets all facts.
    pub(crate) fn forget(&self) {
        self.by_folder.clear();
    }
}

fn read(folders: &Folders, folder: &Path) -> Facts {
    let mut facts = Facts::default();
    let listing = folders.list(folder);
    let names =
        || listing.entries.iter().filter(|(_, is_folder)| !**is_folder).map(|(name, _)| name.as_str());
    for name in names().filter(|name| python::is_source(name)).take(PYTHON_FILES) {
        if let Some(bytes) = disk::read_head(&folder.join(name), HEAD) {
            python::search(name, &bytes, &mut facts);
        }
    }
    for &(name, recognise) in OTHERS {
        if listing.entries.get(name) != Some(&false) {
            continue;
        }
        let bytes = disk::read_head(&folder.join(name), HEAD).unwrap_or_default();
        if let Some((framework, reason)) = recognise(&bytes) {
            facts.add(framework, format!("{name} {reason}"));
        }
    }
    facts
}

impl Facts {
    /// Adds a framework, unless it is known already.
    pub(crate) fn add(&mut self, framework: Framework, reason: String) {
        if !self.frameworks.iter().any(|evidence| evidence.framework == framework) {
            self.frameworks.push(Evidence { framework, reason });
        }
    }
}

type Recognise = fn(&[u8]) -> Option<(Framework, &'static str)>;

/// Files of other languages and tools that tell how a project's templates are read.
const OTHERS: &[(&str, Recognise)] = &[
    ("package.json", |bytes| has(bytes, "\"nunjucks\"").then_some((Framework::Nunjucks, "names nunjucks"))),
    (".eleventy.js", eleventy),
    ("eleventy.config.js", eleventy),
    ("eleventy.config.mjs", eleventy),
    ("eleventy.config.cjs", eleventy),
    ("composer.json", |bytes| {
        let twig = has(bytes, "\"symfony/") || has(bytes, "\"twig/");
        twig.then_some((Framework::Twig, "requires Symfony or Twig"))
    }),
    ("_config.yml", |_| Some((Framework::Jekyll, "configures Jekyll"))),
    ("config.toml", zola),
    ("zola.toml", zola),
    ("theme.toml", |bytes| has(bytes, "min_version").then_some((Framework::Zola, "describes a Zola theme"))),
    ("mkdocs.yml", |_| Some((Framework::Jinja, "configures MkDocs"))),
    ("mkdocs_theme.yml", |_| Some((Framework::Jinja, "describes a MkDocs theme"))),
    ("theme.conf", |bytes| has(bytes, "[theme]").then_some((Framework::Jinja, "describes a Sphinx theme"))),
    ("ansible.cfg", |_| Some((Framework::Jinja, "configures Ansible"))),
    ("requirements.txt", requirements),
    ("Pipfile", requirements),
    ("pyproject.toml", requirements),
    ("setup.cfg", requirements),
];

fn eleventy(bytes: &[u8]) -> Option<(Framework, &'static str)> {
    let (_, engine) = split_once(bytes, "htmlTemplateEngine")?;
    let engine = &engine[..engine.len().min(40)];
    (has(engine, "\"njk\"") || has(engine, "'njk'"))
        .then_some((Framework::Nunjucks, "makes Nunjucks Eleventy's engine for HTML"))
}

fn zola(bytes: &[u8]) -> Option<(Framework, &'static str)> {
    let named = |key: &str| bytes.split(|&byte| byte == b'\n').any(|line| line.starts_with(key.as_bytes()));
    named("base_url").then_some((Framework::Zola, "configures Zola"))
}

/// What a project depends on, where none of its imports was seen.
fn requirements(bytes: &[u8]) -> Option<(Framework, &'static str)> {
    const NAMES: [(&str, Framework, &str); 6] = [
        ("flask", Framework::Flask, "requires flask"),
        ("quart", Framework::Quart, "requires quart"),
        ("fastapi", Framework::FastApi, "requires fastapi"),
        ("django", Framework::Django, "requires django"),
        ("starlette", Framework::Starlette, "requires starlette"),
        ("tornado", Framework::Tornado, "requires tornado"),
    ];
    let names: Vec<String> = bytes.split(|&byte| byte == b'\n').filter_map(required).collect();
    NAMES
        .into_iter()
        .find(|(name, ..)| names.iter().any(|required| required == name))
        .map(|(_, framework, reason)| (framework, reason))
}

/// The package that a line of a requirements file or a dependency list names, in lower case.
fn required(line: &[u8]) -> Option<String> {
    let line = line.trim_ascii_start();
    let line = line.strip_prefix(b"\"").or_else(|| line.strip_prefix(b"'")).unwrap_or(line);
    let end = line.iter().position(|byte| !byte.is_ascii_alphanumeric() && *byte != b'-' && *byte != b'_');
    let name = &line[..end.unwrap_or(line.len())];
    (!name.is_empty()).then(|| String::from_utf8_lossy(name).to_ascii_lowercase())
}

fn has(bytes: &[u8], needle: &str) -> bool {
    memchr::memmem::find(bytes, needle.as_bytes()).is_some()
}

fn split_once<'a>(bytes: &'a [u8], needle: &str) -> Option<(&'a [u8], &'a [u8])> {
    let at = memchr::memmem::find(bytes, needle.as_bytes())?;
    Some((&bytes[..at], &bytes[at + needle.len()..]))
}
