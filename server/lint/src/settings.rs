//! What the rules are given of the configuration, as plain values.

use std::collections::BTreeMap;
use std::path::PathBuf;

use crate::{Level, Origin};

/// What judging one source needs to know.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    /// How a version is written.
    pub version: VersionSettings,
    /// The levels of the rules for this source.
    pub levels: Levels,
    /// How this project already versions by hand.
    pub habit: Habit,
    /// Why the source as a whole is exempt (an e-mail template, say); `None` where it is judged.
    pub exempt: Option<String>,
    /// Whether the project may rewrite what this source names: Django's storages and bundlers do in stylesheets.
    pub rewrites_css: bool,
    /// The CDN that leaves queries out of its cache key, for people; `None` where queries tell URLs apart.
    pub query_ignored_by: Option<String>,
    /// Whose `url_for` the calls in this source are.
    pub url_for: UrlFor,
    /// What writes the URLs of static files in this source; `None` where that is not known.
    pub helper: Option<StaticHelper>,
    /// Which fix is preferred.
    pub strategy: Strategy,
    /// Where a rule was found that serves `style.css` for `style.3f2a9c1b.css`; looked for only where the strategy wants
    /// such names.
    pub hashed_names: Option<HashedNames>,
    /// Names in this source that nothing in the project defines, so that they are empty.
    pub undefined: Vec<String>,
    /// A helper of the project that takes what `url_for` takes and adds a version.
    pub versioning_helper: Option<String>,
}

/// The helper that writes the URLs of static files in a source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StaticHelper {
    /// How it is written.
    pub form: HelperForm,
    /// What it makes URLs for, in the order they are looked in.
    pub mounts: Vec<Mount>,
}

/// How a helper for static files is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum HelperForm {
    /// `url_for('static', filename='a.css')`.
    Filename,
    /// `url_for('static', path='a.css')`.
    Path,
    /// `{% static 'a.css' %}`.
    Tag,
}

/// Static files that a helper makes URLs for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mount {
    /// Their endpoint: `static`, `admin.static`; of no meaning to a tag.
    pub endpoint: String,
    /// Their URL prefix, with its trailing slash.
    pub url: String,
    /// The folders that they are in, absolute; empty where any will do.
    pub folders: Vec<PathBuf>,
    /// What adds a version to the URLs that the helper makes for them, if something does.
    pub versioned: Option<Origin>,
}

/// Whose function `url_for` is: what keywords it takes for a static file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum UrlFor {
    /// Flask's or Quart's: `filename`, and any other keyword becomes part of the query.
    Flask,
    /// Starlette's or FastAPI's: `path`, and any other keyword is an error.
    Starlette,
    /// Not known; fixes take it for Flask's.
    LikeFlask,
    /// Another's, or none.
    #[default]
    Other,
}

/// The URLs in whose file names the server takes a hash out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HashedNames {
    /// How their paths begin; empty for all.
    pub prefix: String,
    /// The extensions of their files, where the rule names some.
    pub extensions: Option<Vec<String>>,
}

/// Which of the forms of a version is preferred where it is possible.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Strategy {
    /// What the project does already: its helper, then hashes in file names, then the form it writes by hand, then
    /// the query.
    #[default]
    Auto,
    /// A query: `?v=3f2a9c1b`.
    Query,
    /// A hash in the file name: `style.3f2a9c1b.css`.
    FileName,
    /// A helper of the project.
    Helper,
}

/// How a version is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VersionSettings {
    /// What it is made of.
    pub source: VersionSource,
    /// The digest of the content that it is cut from.
    pub algorithm: Algorithm,
    /// How many hexadecimal characters of it are written (4 to 64).
    pub length: usize,
    /// The query parameter that holds it.
    pub parameter: String,
}

/// What a version is made of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum VersionSource {
    /// A digest of the file's content.
    #[default]
    Content,
    /// The id that git gives the content.
    Git,
    /// When the file was modified, where the application adds the version as it runs; a digest of the content in literals,
    /// for a time differs from checkout to checkout.
    Modified,
}

/// A digest algorithm.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Algorithm {
    /// SHA-256.
    #[default]
    Sha256,
    /// SHA-1.
    Sha1,
    /// MD5.
    Md5,
}

/// The level of each rule where the configuration changes it; a rule's own level holds elsewhere.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Levels {
    /// By rule name.
    pub by_rule: BTreeMap<String, Level>,
    /// The rules that run (`--select`); all where `None`.
    pub selected: Option<Vec<String>>,
    /// The rules that do not run (`--ignore`).
    pub ignored: Vec<String>,
}

/// The form in which a project already writes versions by hand.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Habit {
    /// The parameter it uses for content versions or expressions (`v`, `cachebust`); `None` without a habit.
    pub parameter: Option<String>,
    /// The expression it appends, as source text (`{{ version }}`); `None` where it writes literals.
    pub expression: Option<String>,
    /// Whether it writes hashes in file names that the server takes out again.
    pub in_name: bool,
}

impl Default for VersionSettings {
    fn default() -> Self {
        Self {
            source: VersionSource::Content,
            algorithm: Algorithm::Sha256,
            length: 8,
            parameter: "v".to_owned(),
        }
    }
}

impl Levels {
    /// The level of a rule whose own is `own`; [`Level::Off`] where it does not run.
    pub fn of(&self, rule: &str, own: Level) -> Level {
        let named = |names: &[String]| names.iter().any(|name| name == rule);
        let selected = self.selected.as_deref().is_none_or(named);
        if !selected || named(&self.ignored) {
            return Level::Off;
        }
        self.by_rule.get(rule).copied().unwrap_or(own)
    }
}
