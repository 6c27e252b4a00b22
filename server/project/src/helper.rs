//! The run-time helper: a function, written into the code of a Flask application, that versions all its static URLs.

use std::path::{Path, PathBuf};

use cachelint_lint::{Algorithm, Edit, Origin, VersionSettings, VersionSource};
use cachelint_syntax::Span;
use thiserror::Error;

use crate::frameworks::{self, App};
use crate::python;
use crate::surroundings::Framework;
use crate::{Project, disk};

/// The helper as it is written for an application that cuts versions as this tool does by default.
const HELPER: &str = include_str!("helper.py.in");
/// Its name.
const NAME: &str = "add_static_versions";

/// The helper put into the code of an application.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Addition {
    /// The file, absolute.
    pub path: PathBuf,
    /// Its text as it was read.
    pub before: String,
    /// What puts the helper in.
    pub edit: Edit,
    /// What makes the application.
    pub origin: Origin,
}

/// Why no helper is put in.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum HelperError {
    /// There is nothing to put it behind.
    #[error("no Flask application was found here")]
    NoApplication,
    /// It is not known which is meant.
    #[error("there are several Flask applications: name the file of one of them ({0})")]
    Several(String),
    /// Static URLs have versions already; what adds them.
    #[error("static URLs of this application are versioned already by {}", .0.phrase())]
    Versioned(Origin),
    /// No edit is sure to be right.
    #[error("{}:{}: the application is not given a name in a statement of its own, so the helper can't be put behind it", .0.shown, .0.line)]
    NotExact(Origin),
    /// The file can't be read.
    #[error("{0} can't be read")]
    Unreadable(String),
}

impl Project {
    /// The helper for the Flask application that `file` (absolute) makes, or for the only one of the project.
    ///
    /// # Errors
    /// The helper is there already, or it is not known where it belongs.
    pub fn helper_in(&self, file: Option<&Path>) -> Result<Addition, HelperError> {
        let apps = frameworks::apps(&self.world, self.root());
        self.helper_of(apps.iter().filter(|app| file.is_none_or(|file| app.origin.path == file)))
    }

    /// The helper for the Flask application that the template at `path` (absolute) belongs to.
    ///
    /// # Errors
    /// The helper is there already, or it is not known where it belongs.
    pub fn helper_for(&self, path: &Path) -> Result<Addition, HelperError> {
        let folder = path.parent().unwrap_or(path);
        let top = self.world.project_of(folder);
        self.helper_of(frameworks::view(&self.world, &top, folder).apps.iter())
    }

    fn helper_of<'a>(&self, apps: impl Iterator<Item = &'a App>) -> Result<Addition, HelperError> {
        let apps: Vec<&App> = apps.filter(|app| app.framework == Framework::Flask).collect();
        let [app] = apps.as_slice() else {
            let each = apps.iter().map(|app| format!("{}:{}", app.origin.shown, app.origin.line));
            let several = each.collect::<Vec<_>>().join(", ");
            return Err(if apps.is_empty() {
                HelperError::NoApplication
            } else {
                HelperError::Several(several)
            });
        };
        if let Some(versions) = app.versions.iter().find(|it| it.helper == "url_for" && it.versioned) {
            return Err(HelperError::Versioned(versions.origin.clone()));
        }
        let unreadable = |_| HelperError::Unreadable(app.origin.shown.clone());
        let before = disk::read_text(&app.origin.path).map_err(unreadable)?;
        let settings = self.config(&app.origin.path).unwrap_or_default().settings(&app.origin.path);
        let edit = edit(&before, &app.origin, &settings.version);
        let edit = edit.ok_or_else(|| HelperError::NotExact(app.origin.clone()))?;
        Ok(Addition { path: app.origin.path.clone(), before, edit, origin: app.origin.clone() })
    }
}

/// The edit that puts the helper behind the statement that makes the application; `None` where that is not a plain
/// assignment on lines of its own.
fn edit(text: &str, origin: &Origin, settings: &VersionSettings) -> Option<Edit> {
    let module = python::parse(&origin.path, text.to_owned());
    let mut sites = module.calls.iter().filter(|site| site.line == origin.line);
    let site = sites.find(|site| site.call.name().is_some_and(|name| origin.what == format!("{name}(…)")))?;
    let name = site.bound_to.as_deref()?;
    let line = text[..site.span.start].rfind('\n').map_or(0, |end| end + 1);
    let before = &text[line..site.span.start];
    let indent = &before[..before.len() - before.trim_start().len()];
    let target = before.trim().strip_suffix('=')?.split(':').next()?;
    let end = site.span.end + text[site.span.end..].find('\n').unwrap_or(text.len() - site.span.end);
    let rest = text[site.span.end..end].trim();
    let is_alone = target.trim() == name && (rest.is_empty() || rest.starts_with('#'));
    (is_alone && !text.contains(NAME)).then(|| Edit {
        span: Span::empty(end - usize::from(text[..end].ends_with('\r'))),
        text: written(text, end, indent, name, settings),
    })
}

/// The text that is put in at the end of a line, at `end`.
fn written(text: &str, end: usize, indent: &str, name: &str, settings: &VersionSettings) -> String {
    let newline = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let apart = if indent.is_empty() { "\n\n\n" } else { "\n\n" };
    let helper: String = helper(settings).trim_end().lines().fold(String::new(), |all, line| {
        let indent = if line.is_empty() { "" } else { indent };
        let start = if all.is_empty() { "" } else { "\n" };
        all + start + indent + line
    });
    let next = text[end..].lines().nth(1).unwrap_or_default();
    let gap = if next.trim().is_empty() { "" } else { "\n" };
    format!("{apart}{helper}{apart}{indent}{NAME}({name}){gap}").replace('\n', newline)
}

/// The helper with the source, digest, length and parameter of a project.
fn helper(settings: &VersionSettings) -> String {
    let (parameter, length) = (&settings.parameter, settings.length);
    let digest = match (settings.source, settings.algorithm) {
        (VersionSource::Modified, _) => return of_time(parameter),
        (VersionSource::Git, _) => BLOB,
        (VersionSource::Content, Algorithm::Sha256) => SHA256,
        (VersionSource::Content, Algorithm::Sha1) => "hashlib.sha1(file.read())",
        (VersionSource::Content, Algorithm::Md5) => "hashlib.md5(file.read())",
    };
    HELPER
        .replace(SHA256, digest)
        .replace("parameter, length = \"v\", 8", &format!("parameter, length = \"{parameter}\", {length}"))
}

/// How the helper makes a digest, as it is written.
const SHA256: &str = "hashlib.sha256(file.read())";
/// How it makes the id that git gives a file.
const BLOB: &str = "hashlib.sha1(b\"blob %d\\0\" % size + file.read())";

/// The helper that takes the time of a file for its version, in seconds.
fn of_time(parameter: &str) -> String {
    let digest = HELPER.find("    @functools.lru_cache").zip(HELPER.find("    def version("));
    let (before, after) = digest.map_or((HELPER, ""), |(start, end)| (&HELPER[..start], &HELPER[end..]));
    [before, after]
        .concat()
        .replace("    import functools\n    import hashlib\n", "")
        .replace("parameter, length = \"v\", 8", &format!("parameter = \"{parameter}\""))
        .replace("            found = os.stat(path)\n", "")
        .replace("digest(path, found.st_mtime_ns, found.st_size)", "str(int(os.stat(path).st_mtime))")
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::*;
    use crate::testing::Site;

    /// What becomes of `app.py`, the helper itself left out.
    fn check(text: &str) -> Result<String, String> {
        let site = Site::new(&[("app.py", text)]);
        let project = site.project();
        let addition = project.helper_in(None).map_err(|error| error.to_string())?;
        let after = cachelint_lint::edits::apply(&addition.before, &[addition.edit]);
        let (before, rest) = after.split_once("def add_static_versions").unwrap();
        let (_, rest) = rest.split_once("return response").unwrap();
        Ok(format!("{before}…{rest}"))
    }

    #[test]
    fn the_helper_stands_behind_the_statement_that_makes_the_application() {
        let table = [
            ("app = Flask(__name__)\n", "app = Flask(__name__)\n\n\n…\n\n\nadd_static_versions(app)\n"),
            ("app = Flask(__name__)", "app = Flask(__name__)\n\n\n…\n\n\nadd_static_versions(app)"),
            (
                "app: Flask = flask.Flask(\n    __name__,\n)  # ours\napp.run()\n",
                "app: Flask = flask.Flask(\n    __name__,\n)  # ours\n\n\n…\n\n\nadd_static_versions(app)\n\napp.run()\n",
            ),
            (
                "def make():\r\n    app = Flask(__name__)\r\n\r\n    return app\r\n",
                "def make():\r\n    app = Flask(__name__)\r\n\r\n    …\r\n\r\n    add_static_versions(app)\r\n\r\n    return app\r\n",
            ),
            (
                "class Server:\n    def __init__(self):\n        self.app = Flask(__name__)\n",
                "class Server:\n    def __init__(self):\n        self.app = Flask(__name__)\n\n        …\n\n        add_static_versions(self.app)\n",
            ),
        ];
        for (text, expected) in table {
            assert_eq!(check(text).as_deref(), Ok(expected), "{text}");
        }
    }

    #[test]
    fn where_no_edit_is_sure_nothing_is_put_in() {
        let not_exact = "app.py:1: the application is not given a name in a statement of its own, so the helper can't be put behind it";
        let table = [
            ("app = wrap(Flask(__name__))\n", not_exact),
            ("a = app = Flask(__name__)\n", not_exact),
            ("app = Flask(__name__); app.run()\n", not_exact),
            ("if 1: app = Flask(__name__)\n", not_exact),
            ("import os\n", "no Flask application was found here"),
            (
                "a = Flask(__name__)\nb = Flask(__name__)\n",
                "there are several Flask applications: name the file of one of them (app.py:1, app.py:2)",
            ),
        ];
        for (text, expected) in table {
            assert_eq!(check(text), Err(expected.to_owned()), "{text}");
        }
    }

    #[test]
    fn the_helper_is_known_once_it_is_there_and_is_not_put_in_twice() {
        for source in ["content", "git", "mtime"] {
            let config = format!("version.source = \"{source}\"\n");
            let site = Site::new(&[("app.py", "app = Flask(__name__)\n"), ("cachelint.toml", &config)]);
            let addition = site.project().helper_in(None).unwrap();
            site.write("app.py", cachelint_lint::edits::apply(&addition.before, &[addition.edit]).as_bytes());
            let error = site.project().helper_in(None).unwrap_err();
            assert!(
                matches!(&error, HelperError::Versioned(origin) if origin.what == "add_static_version"),
                "{source}: {error}"
            );
        }
    }

    #[test]
    fn the_helper_cuts_versions_as_the_project_does() {
        use VersionSource::{Content, Git, Modified};
        let helper = |source, algorithm| {
            helper(&VersionSettings { source, algorithm, length: 12, parameter: "hash".to_owned() })
        };
        let md5 = helper(Content, Algorithm::Md5);
        assert!(md5.contains("hashlib.md5(") && md5.contains("parameter, length = \"hash\", 12"));
        let git = helper(Git, Algorithm::Md5);
        assert!(
            git.contains("return hashlib.sha1(b\"blob %d\\0\" % size + file.read()).hexdigest()[:length]")
        );
        expect![[r#"
            def add_static_versions(app):
                """Adds a version to the URLs of static files, which changes with the file; browsers keep what has one for a year."""
                import os

                from flask import request
                from werkzeug.utils import safe_join

                parameter = "hash"

                def version(endpoint, filename):
                    blueprint, _, name = (endpoint or "").rpartition(".")
                    owner = app.blueprints.get(blueprint) if blueprint else app
                    if name != "static" or not filename or owner is None or owner.static_folder is None:
                        return None
                    path = safe_join(owner.static_folder, filename)
                    if path is None:
                        return None
                    try:
                        return str(int(os.stat(path).st_mtime))
                    except (OSError, ValueError):
                        return None
        "#]].assert_eq(helper(Modified, Algorithm::Sha256).split("\n    @app").next().unwrap());
        assert_eq!(super::helper(&VersionSettings::default()), HELPER);
    }
}
