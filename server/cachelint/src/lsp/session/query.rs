//! Queries: language features asked of a session, answered from an owned view of it.

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use cachelint_ide::{Checked, Snapshot};
use cachelint_syntax::Span;
use ropey::Rope;
use tower_lsp::jsonrpc::{Error, Result};
use tower_lsp::ls_types::{Diagnostic, Position, Range, Uri};

use crate::lsp::client::Client;
use crate::lsp::positions::{self, Encoding};
use crate::lsp::settings::Settings;
use crate::lsp::uris;

/// A way back to who asked.
pub trait Way<T>: Send {
    /// Answers.
    fn send(self: Box<Self>, answer: Result<T>);

    /// Whether nobody waits any more: the request was cancelled.
    fn is_abandoned(&self) -> bool;
}

/// The way back to who asked. Dropped unused, the request is answered with an internal error.
pub struct Reply<T>(Box<dyn Way<T>>);

impl<T> Reply<T> {
    /// A way back.
    pub fn new(way: impl Way<T> + 'static) -> Self {
        Self(Box::new(way))
    }

    /// Answers.
    pub fn send(self, answer: Result<T>) {
        self.0.send(answer);
    }

    /// Whether nobody waits any more: the request was cancelled.
    pub fn is_abandoned(&self) -> bool {
        self.0.is_abandoned()
    }
}

impl<T> fmt::Debug for Reply<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Reply")
    }
}

/// What must be there before a query is answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Needs {
    /// The newest text of a document.
    Text(Uri),
    /// The findings in the newest text of a document, with all that is known to have changed on disk.
    Checked(Uri),
    /// Every folder scanned.
    Workspace,
    /// Every folder scanned, and no check running or due.
    Settled,
    /// Whatever is known by now.
    Nothing,
}

/// A language feature that is asked for.
pub struct Query {
    /// The method, for the log.
    pub method: &'static str,
    /// What must be there first.
    pub needs: Needs,
    answer: Box<dyn FnOnce(Result<View>) + Send>,
}

impl Query {
    /// A query that `feature` answers.
    pub fn new<T: 'static>(
        method: &'static str,
        needs: Needs,
        reply: Reply<T>,
        feature: impl FnOnce(&View) -> T + Send + 'static,
    ) -> Self {
        let answer = move |view: Result<View>| reply.send(view.map(|view| feature(&view)));
        Self { method, needs, answer: Box::new(answer) }
    }

    /// Answers from a view.
    pub fn run(self, view: View) {
        (self.answer)(Ok(view));
    }

    /// Refuses.
    pub fn refuse(self, error: Error) {
        (self.answer)(Err(error));
    }
}

impl fmt::Debug for Query {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Query({}, {:?})", self.method, self.needs)
    }
}

/// What does not belong to one document.
#[derive(Clone, Debug, Default)]
pub struct Shared {
    /// What the editor can do.
    pub client: Arc<Client>,
    /// What it counts columns in.
    pub encoding: Encoding,
    /// Its settings.
    pub settings: Arc<Settings>,
    /// The URIs of the open documents, as the editor writes them, by path.
    pub open: Arc<BTreeMap<PathBuf, Uri>>,
}

/// A session at one moment, as a feature sees it.
#[derive(Clone, Debug, Default)]
pub struct View {
    /// What does not belong to one document.
    pub shared: Shared,
    /// The document that is asked about.
    pub document: Option<DocumentView>,
    /// The folders' sources; the document's folder comes first.
    pub folders: Vec<FolderView>,
}

/// A folder at one moment.
#[derive(Clone, Debug)]
pub struct FolderView {
    /// Its sources.
    pub snapshot: Snapshot,
    /// Whether the findings of closed sources are reported.
    pub is_whole: bool,
    /// The result id of the findings of sources that `results` does not name.
    pub first_result: u64,
    /// The result ids of the findings of sources that were checked after the scan.
    pub results: Arc<BTreeMap<Arc<Path>, u64>>,
    /// The files of its code of which something is said, or was.
    pub code: Arc<BTreeMap<Arc<Path>, Code>>,
}

/// A file of the project's code with what is said of it.
#[derive(Clone, Debug)]
pub struct Code {
    /// The findings in its text.
    pub checked: Arc<Checked>,
    /// The findings as the editor shows them.
    pub diagnostics: Arc<Vec<Diagnostic>>,
    /// Names those findings.
    pub result: u64,
}

/// A document at one moment.
#[derive(Clone, Debug)]
pub struct DocumentView {
    /// Its URI as the editor writes it.
    pub uri: Uri,
    /// The path it is analysed under, absolute.
    pub path: PathBuf,
    /// Its version in the editor.
    pub version: i32,
    /// Its text.
    pub rope: Rope,
    /// The findings in that text; `None` where it can't be analysed.
    pub checked: Option<Arc<Checked>>,
    /// Its findings as the editor shows them now.
    pub shown: Arc<Vec<Diagnostic>>,
    /// Names those findings.
    pub result: u64,
}

impl View {
    /// The document as a file of the project's code, where what is said of that is of its text.
    pub fn code(&self) -> Option<(Arc<Checked>, &Snapshot)> {
        let (document, folder) = (self.document.as_ref()?, self.folders.first()?);
        let code = folder.code.get(document.path.as_path())?;
        let checked = Checked { version: Some(document.version), ..(*code.checked).clone() };
        (document.rope == *checked.text).then(|| (Arc::new(checked), &folder.snapshot))
    }

    /// The document with its findings and its folder's sources, where all of that is known.
    pub fn checked(&self) -> Option<(&DocumentView, &Arc<Checked>, &Snapshot)> {
        let document = self.document.as_ref()?;
        Some((document, document.checked.as_ref()?, &self.folders.first()?.snapshot))
    }

    /// The byte offset of a position in the document.
    pub fn offset(&self, document: &DocumentView, position: Position) -> Option<usize> {
        positions::offset(&document.rope, position, self.shared.encoding).ok()
    }

    /// The range of a span of the document.
    pub fn range(&self, document: &DocumentView, span: Span) -> Range {
        positions::range(&document.rope, span, self.shared.encoding)
    }
}

impl Shared {
    /// The URI of a file: the editor's own where it is open.
    pub fn uri(&self, path: &Path) -> Option<Uri> {
        self.open.get(path).cloned().or_else(|| uris::of_path(path))
    }
}
