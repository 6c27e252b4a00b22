//! References with what the project says of them.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use cachelint_syntax::{Import, Reference, Span};

use crate::version::most_telling;
use crate::{Asset, Settings, Written};

/// A reference and what it names.
#[derive(Clone, Debug, PartialEq)]
pub struct Resolved {
    /// The reference.
    pub reference: Reference,
    /// Every value that it carries ([`all_written`](crate::all_written)).
    pub written: Vec<Written>,
    /// What it names.
    pub target: Target,
    /// Why the configuration leaves it alone (`ignore-assets`), for people; `None` where it is judged.
    pub exempt: Option<String>,
    /// What the project says of the URL that its helper makes; [`AtRuntime::Unread`] without a helper.
    pub at_runtime: AtRuntime,
    /// What the manifest of a build says of it; `None` where none lists it.
    pub listed: Option<Listed>,
    /// The file name of the copy that a build put beside the asset, where a manifest lists it: `app.3f2a9c1b.css`.
    pub copy: Option<String>,
    /// Whether its file name holds a hash that the name on disk does not: the server takes it out.
    pub is_stripped: bool,
    /// When a commit changed the asset, where git's history shows that the reference was there before, its version
    /// included; `None` where that is not so, or was not looked at.
    pub changed_since: Option<SystemTime>,
}

/// What the manifest of a build says of the file that a reference names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// The manifest and the line of its entry; `what` names the tool that wrote it: `Vite's manifest`.
    pub origin: Origin,
    /// The name it is listed under: `css/app.css`, `src/main.js`.
    pub name: String,
    /// The file name of what it was built into: `app.3f2a9c1b.css`.
    pub output: String,
    /// Whether the reference and the disk agree with the manifest.
    pub state: ListedState,
}

/// Whether a reference and the disk agree with a manifest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ListedState {
    /// They do, and the hash in the name is that of the source as it is now.
    Fresh,
    /// They do; whether the source changed since cannot be verified.
    Unverifiable,
    /// The reference names what an earlier build made; the manifest lists another file in its place.
    Superseded,
    /// What the manifest lists is not there.
    Absent,
    /// The source changed after the manifest was written.
    Outdated,
}

/// What the project's own code, settings or manifests say of the URL that a helper makes, or that a bundler rewrites.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum AtRuntime {
    /// Nothing that was read decides it.
    #[default]
    Unread,
    /// The URL carries a version when the page is rendered; what adds it.
    Versioned(Origin),
    /// The URL carries none; what says so.
    Plain(Origin),
    /// The URL carries what the call writes; without that argument it would carry a version, added by this.
    Kept(Origin),
}

/// The function that adds the versions in the run-time helper which this tool writes, as its [`Origin::what`].
pub const HELPER_HOOK: &str = "add_static_version";

/// A place in the project's own files that decides something.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Origin {
    /// The file, absolute.
    pub path: PathBuf,
    /// The file as people are shown it: `app/__init__.py`.
    pub shown: String,
    /// The line, from 1.
    pub line: usize,
    /// What stands there, for people: `hashed_static_file`, `ManifestStaticFilesStorage`.
    pub what: String,
}

impl Origin {
    /// `hashed_static_file, app/__init__.py:31`.
    pub fn phrase(&self) -> String {
        format!("{}, {}:{}", self.what, self.shown, self.line)
    }
}

/// An import of macros without the context of their page, though it is that context which adds a version to their URLs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlainImport {
    /// The statement.
    pub import: Import,
    /// What adds the version where the context is handed on.
    pub origin: Origin,
    /// The references of the macros that are used here and carry no version therefore; at least one.
    pub uses: Vec<PlainUse>,
}

/// A reference in a macro that carries no version where the macro is imported without context.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlainUse {
    /// The template that defines the macro, absolute.
    pub path: PathBuf,
    /// The reference.
    pub span: Span,
    /// The helper that makes its URL: `url_for`.
    pub helper: String,
    /// The name of the asset: `css/style.css`.
    pub asset: String,
}

/// What a reference names.
#[derive(Clone, Debug, PartialEq)]
pub enum Target {
    /// A local static file.
    Asset(Arc<Asset>),
    /// A file of a static root that is not there.
    Missing(Arc<Missing>),
    /// A file that is not looked at: it lies outside the project, or could not be read. Why, for people.
    Unchecked(String),
    /// Another host.
    External,
    /// Known only when the page is rendered. Why, for people.
    Dynamic(String),
    /// The project decides, and what decides was not read. Why, for people.
    Unknown(String),
    /// No static file: a page, a route. Why, for people.
    Page(String),
}

/// An asset that was looked for and not found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Missing {
    /// The path below the static root: `css/stlye.css`.
    pub name: String,
    /// The folders looked in, as people are shown them, with a trailing `/`; empty where no static root serves the URL.
    /// References that were looked for in the same folders share them.
    pub looked_in: Arc<[String]>,
    /// The files that would be it: in the first few of the folders, absolute; for the others the name below any of them.
    pub sought: Arc<[Arc<Path>]>,
    /// Whether absence is certain: a configured root that exists and holds files.
    pub certain: bool,
    /// Why absence proves nothing: git-ignored, build output, or made from a source beside it.
    pub excuse: Option<String>,
    /// Whether it is a folder.
    pub is_folder: bool,
    /// The name below the same root that was most likely meant ([`closest`](crate::closest)).
    pub suggestion: Option<String>,
}

impl Resolved {
    /// The asset, if it was found.
    pub fn asset(&self) -> Option<&Asset> {
        match &self.target {
            Target::Asset(asset) => Some(asset),
            _ => None,
        }
    }

    /// The version that it carries, as [`most_telling`] has it.
    pub fn version(&self, settings: &Settings) -> Option<&Written> {
        most_telling(&self.written, settings)
    }

    /// The values that it carries beside its path, in the order of the source.
    pub(crate) fn beside_path(&self) -> impl Iterator<Item = &Written> {
        self.written.iter().filter(|written| written.is_replaceable())
    }
}
