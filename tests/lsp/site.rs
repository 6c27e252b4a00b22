//! A small Flask site in a folder of its own.

use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

/// A site; its folder goes with it.
pub(crate) struct Site {
    folder: TempDir,
}

/// What the site's page says.
pub(crate) const PAGE: &str = "<link rel=\"stylesheet\" href=\"{{ url_for('static', filename='css/site.css') }}\">\n\
<script src=\"/static/app.js\"></script>\n\
<p>text</p>\n";

impl Site {
    /// A site with a page that names a stylesheet and a script, and another that names the stylesheet.
    pub(crate) fn new() -> Self {
        let site = Self { folder: TempDir::with_prefix("cachelint-site-").unwrap() };
        site.write("app.py", "from flask import Flask\napp = Flask(__name__)\n");
        site.write("static/css/site.css", "body { color: red }\n");
        site.write("static/app.js", "console.log(1)\n");
        site.write("templates/page.html", PAGE);
        let other = "<link rel=\"stylesheet\" href=\"{{ url_for('static', filename='css/site.css') }}\">\n";
        site.write("templates/other.html", other);
        site
    }

    /// The folder.
    pub(crate) fn root(&self) -> PathBuf {
        self.folder.path().canonicalize().unwrap()
    }

    /// A file of the site, absolute.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.root().join(name)
    }

    /// The URI of a file of the site.
    pub(crate) fn uri(&self, name: &str) -> String {
        uri(&self.path(name))
    }

    /// Writes a file of the site.
    #[expect(clippy::disallowed_methods, reason = "a test lays out files")]
    pub(crate) fn write(&self, name: &str, text: &str) {
        let path = self.folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// Removes a file of the site.
    pub(crate) fn remove(&self, name: &str) {
        fs::remove_file(self.folder.path().join(name)).unwrap();
    }

    /// The first 8 hexadecimal digits of the SHA-256 of a file of the site.
    pub(crate) fn version(&self, name: &str) -> String {
        let project =
            cachelint_project::Project::open(&self.root(), &cachelint_project::Options::default()).unwrap();
        let digests = project.digest(&self.path(name)).unwrap();
        digests.sha256.iter().take(4).map(|byte| format!("{byte:02x}")).collect()
    }
}

/// The `file:` URI of a path.
pub(crate) fn uri(path: &Path) -> String {
    cachelint::lsp::uris::of_path(path).unwrap().as_str().to_owned()
}
