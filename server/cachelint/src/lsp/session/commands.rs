//! Commands that are being run: each answered when it is done, shown while it lasts, ended when it is cancelled.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use cachelint_ide::Work;
use serde_json::{Value, json};
use tower_lsp::ls_types::notification::ShowMessage;
use tower_lsp::ls_types::request::{ApplyWorkspaceEdit, ShowDocument, WorkDoneProgressCreate};
use tower_lsp::ls_types::{
    ApplyWorkspaceEditParams, ExecuteCommandParams, MessageType, ProgressToken, ShowDocumentParams,
    ShowMessageParams, WorkDoneProgressCreateParams,
};

use super::event::{CommandId, Edited, FolderId, Then};
use super::jobs::{Cancel, EditsJob, Job};
use super::query::Reply;
use super::scanning::{begin, end, progress, report, token};
use super::{Effect, Session};
use crate::lsp::commands::Command;
use crate::lsp::{features, uris};

/// The commands that are being run.
pub(super) type Commands = BTreeMap<CommandId, Running>;

/// A command that is being run.
#[derive(Debug)]
pub(super) struct Running {
    command: Command,
    reply: Option<Reply<Option<Value>>>,
    cancel: Cancel,
    /// Names its progress, where the editor shows one.
    token: Option<ProgressToken>,
    has_begun: bool,
}

impl Running {
    /// Whether its answer is how many findings there are.
    pub(super) fn counts_findings(&self) -> bool {
        self.has_begun && self.command == Command::CheckWorkspace
    }
}

impl Session {
    pub(super) fn execute(
        &mut self,
        params: ExecuteCommandParams,
        reply: Reply<Option<Value>>,
        effects: &mut Vec<Effect>,
    ) {
        match Command::read(&params.command, &params.arguments) {
            Err(error) => effects.push(Effect::Reply(reply, Err(error))),
            Ok(command) => {
                let id = self.run(command, params.work_done_progress_params.work_done_token);
                self.commands.entry(id).and_modify(|running| running.reply = Some(reply));
            }
        }
    }

    /// Brings up to date whatever names an asset.
    pub(super) fn update_asset(&mut self, asset: PathBuf, effects: &mut Vec<Effect>) {
        self.run(Command::UpdateAsset(asset), None);
        self.begin_commands(effects);
    }

    fn run(&mut self, command: Command, token: Option<ProgressToken>) -> CommandId {
        let id = CommandId(self.number());
        let cancel = Arc::new(AtomicBool::new(false));
        self.commands.insert(id, Running { command, reply: None, cancel, token, has_begun: false });
        id
    }

    /// Begins the commands that have what they need.
    pub(super) fn begin_commands(&mut self, effects: &mut Vec<Effect>) {
        let ids: Vec<_> = self.commands.iter().filter(|(_, it)| !it.has_begun).map(|(&id, _)| id).collect();
        for id in ids {
            let settled = self.is_settled();
            let Some(running) = self.commands.get_mut(&id) else { continue };
            let is_edit = matches!(
                running.command,
                Command::FixWorkspace | Command::UpdateAsset(_) | Command::Apply(_)
            );
            if is_edit && !settled {
                continue;
            }
            running.has_begun = true;
            let command = running.command.clone();
            self.begin_command(id, command, effects);
        }
    }

    fn begin_command(&mut self, id: CommandId, command: Command, effects: &mut Vec<Effect>) {
        match command {
            Command::FixWorkspace => self.compute_edits(id, None, effects),
            Command::UpdateAsset(asset) => self.compute_edits(id, Some(Work::UpdateAsset { asset }), effects),
            Command::Apply(work) => self.compute_edits(id, Some(work), effects),
            Command::CheckWorkspace => self.check_workspace(effects),
            Command::CopyHash(hash) => {
                effects.push(message(MessageType::INFO, format!("SHA-256: {hash}")));
                self.end_command(id, Ok(Some(Value::String(hash))), effects);
            }
            Command::CopyUrl(url) => {
                effects.push(message(MessageType::INFO, url.clone()));
                self.end_command(id, Ok(Some(Value::String(url))), effects);
            }
            Command::ExplainRule(name) => match cachelint_lint::rules::find(&name) {
                Some(rule) => effects.push(Effect::Run(Job::Document(id, rule.name))),
                None => self.end_command(id, Err(format!("there is no rule {name}")), effects),
            },
        }
    }

    fn compute_edits(&mut self, command: CommandId, work: Option<Work>, effects: &mut Vec<Effect>) {
        if !self.client.applies_edits {
            return self.end_command(command, Err("this editor does not apply edits".to_owned()), effects);
        }
        let shared = self.shared();
        let Some(running) = self.commands.get(&command) else { return };
        match &running.token {
            Some(token) => effects.push(progress(token.clone(), begin(TITLE, true))),
            None if self.client.progress && work.is_none() => {
                let params = WorkDoneProgressCreateParams { token: token_of(command) };
                effects.push(Effect::request::<WorkDoneProgressCreate>(&params, Then::ShowCommand(command)));
            }
            None => {}
        }
        let cancel = Arc::clone(&running.cancel);
        let folders = self.folders.values().filter(|folder| folder.in_workspace || work.is_some());
        let snapshots = folders.filter_map(|folder| folder.snapshot.clone()).collect();
        let job = EditsJob { command, snapshots, work, shared, cancel };
        effects.push(Effect::Run(Job::Edits(Box::new(job))));
    }

    /// The editor shows the progress of a command.
    pub(super) fn show_command(&mut self, id: CommandId, effects: &mut Vec<Effect>) {
        let Some(running) = self.commands.get_mut(&id) else { return };
        running.token = Some(token_of(id));
        effects.push(progress(token_of(id), begin(TITLE, true)));
    }

    /// The edits of a command are there: they are applied, unless what they are for was edited meanwhile.
    pub(super) fn command_edits(&mut self, id: CommandId, edits: Option<Edited>, effects: &mut Vec<Effect>) {
        let abandoned =
            self.commands.get(&id).and_then(|it| it.reply.as_ref()).is_some_and(Reply::is_abandoned);
        let Some(edited) = edits.filter(|_| !abandoned) else {
            return self.end_command(id, Ok(None), effects);
        };
        if edited.files.is_empty() {
            effects.push(message(MessageType::INFO, "There is nothing to fix".to_owned()));
            return self.end_command(id, Ok(None), effects);
        }
        let stale = edited.files.iter().find(|(path, version)| {
            let document = self.open.get(path).and_then(|uri| self.documents.get(uri));
            document.is_some_and(|document| Some(document.version) != *version)
        });
        if let Some((path, _)) = stale {
            let reason = format!("{} was edited meanwhile; nothing was changed", path.display());
            effects.push(message(MessageType::WARNING, reason.clone()));
            return self.end_command(id, Err(reason), effects);
        }
        let Some(edit) = edited.edit else {
            return self.end_command(id, Err("this editor does not create files".to_owned()), effects);
        };
        let params = ApplyWorkspaceEditParams { label: Some("cachelint".to_owned()), edit };
        effects.push(Effect::request::<ApplyWorkspaceEdit>(&params, Then::EndCommand(id)));
    }

    pub(super) fn command_progress(&self, id: CommandId, done: usize, of: usize, effects: &mut Vec<Effect>) {
        let token = self.commands.get(&id).and_then(|running| running.token.clone());
        effects.extend(token.map(|token| progress(token, report(done, of))));
    }

    /// Scans all folders again, and reports what is found in them, open or not.
    fn check_workspace(&mut self, effects: &mut Vec<Effect>) {
        let ids: Vec<_> = self.folders.keys().copied().collect();
        for id in ids {
            let Some(folder) = self.folders.get_mut(&id) else { continue };
            folder.asked_whole = folder.in_workspace;
            // What a scan that is ended here found, or did not, is late.
            folder.generation += 1;
            if let Some(project) = &folder.project {
                project.forget();
            }
            self.recheck_open(id);
            self.begin_scan(id, effects);
        }
    }

    /// Answers the commands that wait for scans, when all is checked and told.
    pub(super) fn end_checks(&mut self, effects: &mut Vec<Effect>) {
        if !self.is_settled() || self.folders.values().any(|folder| folder.reports > 0) {
            return;
        }
        let checks = self.commands.iter().filter(|(_, it)| it.counts_findings());
        let ids: Vec<_> = checks.map(|(&id, _)| id).collect();
        let snapshots = self.folders.values().filter(|folder| folder.in_workspace);
        let records =
            snapshots.filter_map(|it| it.snapshot.as_ref()).flat_map(cachelint_ide::Snapshot::records);
        let (files, findings) =
            records.fold((0, 0), |(files, findings), it| (files + 1, findings + it.findings));
        for id in ids {
            self.end_command(id, Ok(Some(json!({ "files": files, "findings": findings }))), effects);
        }
    }

    /// A rule's documentation is there: it is shown as a document, or as a message.
    pub(super) fn documented(
        &mut self,
        id: CommandId,
        rule: &'static str,
        file: Option<PathBuf>,
        effects: &mut Vec<Effect>,
    ) {
        let uri = file.and_then(|file| uris::of_path(&file)).filter(|_| self.client.shows_documents);
        if let Some(uri) = uri {
            let params =
                ShowDocumentParams { uri, external: Some(false), take_focus: Some(true), selection: None };
            effects.push(Effect::request::<ShowDocument>(&params, Then::EndCommand(id)));
            return;
        }
        effects.push(message(MessageType::INFO, features::explain::summary(rule)));
        self.end_command(id, Ok(None), effects);
    }

    /// Someone lost patience.
    pub(super) fn progress_cancelled(&mut self, cancelled: &ProgressToken) {
        for running in self.commands.values().filter(|running| running.token.as_ref() == Some(cancelled)) {
            running.cancel.store(true, Ordering::Relaxed);
        }
        let scans: Vec<FolderId> =
            self.folders.keys().copied().filter(|&id| token(id) == *cancelled).collect();
        scans.into_iter().for_each(|id| self.cancel_folder(id));
    }

    /// Ends all that runs.
    pub(super) fn cancel_all(&mut self) {
        for running in self.commands.values() {
            running.cancel.store(true, Ordering::Relaxed);
        }
        let ids: Vec<_> = self.folders.keys().copied().collect();
        ids.into_iter().for_each(|id| self.cancel_folder(id));
    }

    /// A command is done, or failed.
    pub(super) fn end_command(
        &mut self,
        id: CommandId,
        answer: Result<Option<Value>, String>,
        effects: &mut Vec<Effect>,
    ) {
        let Some(running) = self.commands.remove(&id) else { return };
        let edits = !matches!(running.command, Command::CheckWorkspace);
        effects
            .extend(running.token.filter(|_| running.has_begun && edits).map(|token| progress(token, end())));
        let answer = answer.map_err(|message| tower_lsp::jsonrpc::Error {
            message: message.into(),
            ..tower_lsp::jsonrpc::Error::new(tower_lsp::jsonrpc::ErrorCode::ServerError(-32803))
        });
        effects.extend(running.reply.map(|reply| Effect::Reply(reply, answer)));
    }
}

const TITLE: &str = "Updating references";

fn token_of(id: CommandId) -> ProgressToken {
    ProgressToken::String(format!("cachelint/command/{}", id.0))
}

fn message(typ: MessageType, message: String) -> Effect {
    Effect::notify::<ShowMessage>(&ShowMessageParams { typ, message })
}
