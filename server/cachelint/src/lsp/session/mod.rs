//! The session: one owner of all state; events in, effects out; no clock, no thread, no disk.

pub mod effect;
pub mod event;
pub mod history;
pub mod jobs;
pub mod query;
pub mod scan;

mod answers;
mod asking;
mod checking;
mod code;
mod commands;
mod documents;
mod files;
mod folders;
mod lifecycle;
pub mod precedence;
mod publishing;
mod saving;
mod scanning;
mod setting;
mod watching;

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tower_lsp::ls_types::{FileSystemWatcher, MessageType, TraceValue, Uri};

use super::client::Client;
use super::positions::Encoding;
use super::settings::Settings;
use commands::Commands;
use documents::Document;
pub use effect::Effect;
pub use event::Event;
use event::{FolderId, Timer, Worked};
use folders::Folder;
use precedence::Precedence;
use query::{Query, Shared};

/// All that the server knows.
#[derive(Debug, Default)]
pub struct Session {
    client: Arc<Client>,
    encoding: Encoding,
    settings: Arc<Settings>,
    trace: TraceValue,
    is_initialized: bool,
    is_shut_down: bool,
    documents: BTreeMap<Uri, Document>,
    open: Arc<BTreeMap<PathBuf, Uri>>,
    folders: BTreeMap<FolderId, Folder>,
    commands: Commands,
    /// Queries that wait for scans.
    waiting: Vec<Query>,
    /// The last number given to an edition of a text, a folder, a command or a result.
    last_number: u64,
    /// Whom a scan gives way to.
    precedence: Precedence,
    /// Sources whose files or neighbours may still change, and which timer waits for them.
    unsettled: BTreeMap<FolderId, HashSet<Arc<Path>>>,
    settling: u64,
    /// Whether the editor pulls the findings of closed sources: known once it has.
    pulls_workspace: bool,
    /// The edition of each document whose findings the editor pulled last.
    pulled: BTreeMap<Uri, u64>,
    /// Whether it should pull again.
    wants_refresh: bool,
    /// Files that changed since this was looked at last.
    changed_files: BTreeSet<PathBuf>,
    /// Saved assets that what names them is to follow.
    updates: BTreeSet<PathBuf>,
    /// What the editor was asked to watch, and whether it refused.
    watchers_registered: Vec<FileSystemWatcher>,
    watch_refused: bool,
    /// The folders that we watch.
    watched: HashSet<PathBuf>,
    /// What was said once and is not said again.
    said: BTreeSet<String>,
}

impl Session {
    /// Takes in one event, and answers with what is to be done.
    pub fn handle(&mut self, event: Event) -> Vec<Effect> {
        let mut effects = Vec::new();
        self.dispatch(event, &mut effects);
        effects
    }

    fn dispatch(&mut self, event: Event, effects: &mut Vec<Effect>) {
        match event {
            Event::Initialize(params, reply) => self.initialize(*params, reply, effects),
            Event::Initialized => self.initialized(effects),
            Event::Shutdown => self.shut_down(),
            Event::Opened(item) => self.opened(item, effects),
            Event::Changed(params) => self.changed(params, effects),
            Event::Saved(uri) => self.saved(&uri),
            Event::Closed(uri) => self.closed(&uri, effects),
            Event::Asked(query) => self.ask(query, effects),
            Event::Execute(params, reply) => self.execute(params, reply, effects),
            Event::SettingsChanged(value) => self.settings_changed(&value, effects),
            Event::FoldersChanged(change) => self.folders_changed(change, effects),
            Event::FilesChanged(paths) => self.files_changed(&paths),
            Event::ProgressCancelled(token) => self.progress_cancelled(&token),
            Event::Trace(trace) => self.trace = trace,
            Event::Worked(worked) => self.worked(worked, effects),
            Event::Due(Timer::TypingPaused(uri, edition)) => self.typing_paused(&uri, edition, effects),
            Event::Due(Timer::Settled(number)) => self.settled(number),
            Event::Answered(then, answer) => self.answered(then, answer, effects),
            Event::Quiet => self.begin_work(effects),
        }
    }

    fn worked(&mut self, worked: Worked, effects: &mut Vec<Effect>) {
        match worked {
            Worked::Opened(folder, base, project) => self.folder_opened(folder, &base, project, effects),
            Worked::Checked { uri, edition, generation, kept, outcome, turn } => {
                self.keep(&uri, kept);
                self.checked(&uri, edition, generation, outcome, effects);
                drop(turn);
            }
            Worked::Rechecked { folder, generation, checked, gone, last, error } => {
                if error.is_some() {
                    self.config_errors(folder, error, effects);
                }
                self.rechecked(folder, generation, checked, &gone, last, effects);
            }
            Worked::Scanning(folder, done, of) => self.scanning(folder, done, of, effects),
            Worked::Scanned(folder, generation, scan) => self.scanned(folder, generation, scan, effects),
            Worked::Reported(folder, generation, found) => self.reported(folder, generation, found, effects),
            Worked::CodeChecked(folder, generation, found) => {
                self.code_checked(folder, generation, found, effects);
            }
            Worked::ReportEnded(folder) => self.report_ended(folder),
            Worked::HistoryRead(folder, generation, is_news) => {
                self.history_read(folder, Some(generation), is_news);
            }
            Worked::Edits(command, edits) => self.command_edits(command, edits, effects),
            Worked::Progress(command, done, of) => self.command_progress(command, done, of, effects),
            Worked::Documented(command, rule, file) => self.documented(command, rule, file, effects),
            Worked::Failed(failed, message) => self.failed(failed, &message, effects),
        }
    }

    /// What features see of the session apart from documents.
    fn shared(&self) -> Shared {
        Shared {
            client: Arc::clone(&self.client),
            encoding: self.encoding,
            settings: Arc::clone(&self.settings),
            open: Arc::clone(&self.open),
        }
    }

    /// A number that was never given before.
    fn number(&mut self) -> u64 {
        self.last_number += 1;
        self.last_number
    }

    /// Logs what was not logged before.
    fn log_once(&mut self, level: MessageType, message: String, effects: &mut Vec<Effect>) {
        if self.said.insert(message.clone()) {
            effects.push(Effect::Log(level, message));
        }
    }
}
