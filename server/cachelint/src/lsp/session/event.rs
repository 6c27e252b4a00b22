//! Events: everything that can happen to a session.

use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use cachelint_ide::{Checked, Record, Snapshot};
use cachelint_project::config::Base;
use cachelint_project::{Config, ConfigError, Project};
use serde_json::Value;
use tower_lsp::ls_types::{
    Diagnostic, DidChangeTextDocumentParams, ExecuteCommandParams, InitializeParams, InitializeResult,
    ProgressToken, TextDocumentItem, TraceValue, Uri, WorkspaceEdit, WorkspaceFoldersChangeEvent,
};

use super::jobs::Kept;
use super::precedence::Turn;
use super::query::{Query, Reply};
use super::watching::ToWatch;

/// Something that happened. The editor's messages come first, then what workers, watchers and timers say.
#[derive(Debug)]
pub enum Event {
    /// The first request.
    Initialize(Box<InitializeParams>, Reply<InitializeResult>),
    /// The editor is ready for requests of ours.
    Initialized,
    /// The end is near: nothing is begun any more.
    Shutdown,
    /// A document was opened.
    Opened(TextDocumentItem),
    /// A document was edited.
    Changed(DidChangeTextDocumentParams),
    /// A document was written to disk.
    Saved(Uri),
    /// A document was closed.
    Closed(Uri),
    /// A language feature is asked for.
    Asked(Query),
    /// A command is to be run.
    Execute(ExecuteCommandParams, Reply<Option<Value>>),
    /// The editor's settings changed; with their values, where it sends them.
    SettingsChanged(Value),
    /// Folders were added to the workspace or removed.
    FoldersChanged(WorkspaceFoldersChangeEvent),
    /// Files were created, changed, renamed or removed: absolute paths.
    FilesChanged(Vec<PathBuf>),
    /// Someone lost patience with a progress.
    ProgressCancelled(ProgressToken),
    /// How much the editor wants to be told.
    Trace(TraceValue),
    /// A worker is done with a part of its job, or all of it.
    Worked(Worked),
    /// A timer rang.
    Due(Timer),
    /// The editor answered a request of ours, or its time is up.
    Answered(Then, std::result::Result<Value, String>),
    /// The inbox is empty: now is the time to begin what costs.
    Quiet,
}

/// What workers say.
#[derive(Debug)]
pub enum Worked {
    /// A folder's project was opened, over what the editor sets.
    Opened(FolderId, Base, Arc<Project>),
    /// An open document was checked.
    Checked {
        /// The document.
        uri: Uri,
        /// The edition of its text.
        edition: u64,
        /// The generation of its folder's project.
        generation: u64,
        /// What is kept of it for the next check.
        kept: Box<Kept>,
        /// What came of it.
        outcome: Outcome,
        /// Has others give way until this is taken in.
        turn: Turn,
    },
    /// Sources on disk were checked.
    Rechecked {
        /// Their folder.
        folder: FolderId,
        /// The generation of its project.
        generation: u64,
        /// The sources that are there, with their findings as the editor shows them where that is wanted.
        checked: Vec<(Record, Vec<Diagnostic>)>,
        /// Those that are no more, or can't be read.
        gone: Vec<PathBuf>,
        /// Whether these were the last of the job.
        last: bool,
        /// The configuration error met on the way.
        error: Option<ConfigError>,
    },
    /// A scan went on: sources done, of all.
    Scanning(FolderId, usize, usize),
    /// A scan ended; `None` where it was cancelled.
    Scanned(FolderId, u64, Option<Box<Scan>>),
    /// The findings of closed sources as the editor shows them: of a folder, in a generation of its project.
    Reported(FolderId, u64, Vec<(PathBuf, Vec<Diagnostic>)>),
    /// What is said of the project's code, with the findings as the editor shows them: of a folder, in a generation of its
    /// project.
    CodeChecked(FolderId, u64, Vec<(Checked, Vec<Diagnostic>)>),
    /// A report came to its end.
    ReportEnded(FolderId),
    /// What git's history tells was read: of a folder, in a generation of its project; whether something else is to be said
    /// of its sources now.
    HistoryRead(FolderId, u64, bool),
    /// The edits that a command asked for; `None` where it was cancelled.
    Edits(CommandId, Option<Edited>),
    /// A command's job went on: done, of all.
    Progress(CommandId, usize, usize),
    /// A rule's documentation was written to a file, or not.
    Documented(CommandId, &'static str, Option<PathBuf>),
    /// A job panicked: what it was, and the message.
    Failed(Failed, String),
}

/// What came of checking a document.
#[derive(Debug)]
pub enum Outcome {
    /// It was checked.
    Checked {
        /// What is known of it.
        checked: Arc<Checked>,
        /// What is kept of it when it is closed.
        record: Box<Record>,
        /// Its findings as the editor shows them.
        diagnostics: Arc<Vec<Diagnostic>>,
        /// The error of the configuration that should be in force; the last good one was used.
        error: Option<ConfigError>,
    },
    /// It is no source.
    NoSource,
    /// No configuration is in force for it that could be read.
    NoConfig(ConfigError),
    /// The check panicked.
    Panicked,
}

/// All that a scan found.
#[derive(Debug)]
pub struct Scan {
    /// The project with all its sources.
    pub snapshot: Snapshot,
    /// The configuration in force in its folder.
    pub config: Arc<Config>,
    /// The folders to watch, where we were the ones who do as it began.
    pub folders: Option<ToWatch>,
    /// What was passed over or could not be read, for the log.
    pub notes: Vec<String>,
    /// The first configuration error.
    pub error: Option<ConfigError>,
}

/// Edits for the editor to apply.
#[derive(Debug)]
pub struct Edited {
    /// The files, with the version of the document that each edit was made for.
    pub files: Vec<(PathBuf, Option<i32>)>,
    /// The edits; `None` where the editor can't apply them.
    pub edit: Option<WorkspaceEdit>,
}

/// A job that panicked.
#[derive(Clone, Debug)]
pub enum Failed {
    /// Checking a document: its edition, and its folder's generation.
    Check(Uri, u64, u64),
    /// Checking sources on disk.
    Recheck(FolderId, u64),
    /// Scanning.
    Scan(FolderId, u64),
    /// Opening a folder, with its root.
    Open(PathBuf),
    /// Reporting the findings of closed sources.
    Report(FolderId),
    /// Reading what git's history tells.
    History(FolderId),
    /// Answering a request; its method. The request is answered with an error.
    Answer(&'static str),
    /// A command.
    Command(CommandId),
}

impl fmt::Display for Failed {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Check(uri, ..) => formatter.write_str(uri.as_str()),
            Self::Recheck(..) | Self::Report(_) => formatter.write_str("checking closed files"),
            Self::Scan(..) => formatter.write_str("looking for references"),
            Self::History(_) => formatter.write_str("reading git's history"),
            Self::Open(root) => write!(formatter, "{}", root.display()),
            Self::Answer(method) => formatter.write_str(method),
            Self::Command(_) => formatter.write_str("a command"),
        }
    }
}

/// A folder of the session; never used for another again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FolderId(pub u64);

/// A command that is being run; never used for another again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CommandId(pub u64);

/// What a timer is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Timer {
    /// The typing in a document paused, if this is still its edition.
    TypingPaused(Uri, u64),
    /// What sources wait for settled, if no more came since.
    Settled(u64),
}

impl Timer {
    /// How long it runs.
    pub const fn duration(&self) -> Duration {
        match self {
            Self::TypingPaused(..) => Duration::from_millis(300),
            Self::Settled(_) => Duration::from_millis(500),
        }
    }
}

/// What an answer of the editor is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Then {
    /// Nothing depends on it.
    Nothing,
    /// The editor's settings: first those of the session, then those of each of these folders.
    TakeSettings(Vec<FolderId>),
    /// File watching is registered, or the editor refused.
    Watch,
    /// A progress may begin.
    BeginScan(FolderId),
    /// A command's progress may be shown.
    ShowCommand(CommandId),
    /// A command's edits were applied, or not.
    EndCommand(CommandId),
    /// Someone chose to update an asset wherever it is named, or not.
    UpdateAsset(PathBuf),
}
