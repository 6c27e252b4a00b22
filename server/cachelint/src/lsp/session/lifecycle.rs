//! The beginning and the end: what the editor can do, what is offered to it, and what is asked of it first.

use std::sync::Arc;

use tower_lsp::ls_types::request::{RegisterCapability, WorkspaceConfiguration};
use tower_lsp::ls_types::{
    ConfigurationItem, ConfigurationParams, InitializeParams, InitializeResult, Registration,
    RegistrationParams, ServerInfo, TraceValue, Uri,
};

use super::event::Then;
use super::query::Reply;
use super::{Effect, Session};
use crate::lsp::client::Client;
use crate::lsp::offer::offer;
use crate::lsp::positions::Encoding;
use crate::lsp::uris;

impl Session {
    pub(super) fn initialize(
        &mut self,
        params: InitializeParams,
        reply: Reply<InitializeResult>,
        effects: &mut Vec<Effect>,
    ) {
        self.client = Arc::new(Client::of(&params.capabilities));
        let general = params.capabilities.general.as_ref();
        self.encoding =
            Encoding::negotiated(general.and_then(|general| general.position_encodings.as_deref()));
        self.trace = params.trace.unwrap_or(TraceValue::Off);
        if let Some(options) = &params.initialization_options {
            self.take_settings(options, effects);
        }
        for uri in roots(&params) {
            self.add_folder(&uri);
        }
        effects.extend(params.process_id.map(Effect::WatchProcess));
        let result = InitializeResult {
            capabilities: offer(&self.client, self.encoding),
            server_info: Some(ServerInfo {
                name: "cachelint".to_owned(),
                version: Some(env!("CARGO_PKG_VERSION").to_owned()),
            }),
            offset_encoding: None,
        };
        effects.push(Effect::Welcome(reply, Box::new(result)));
    }

    pub(super) fn initialized(&mut self, effects: &mut Vec<Effect>) {
        self.is_initialized = true;
        self.ask_settings(effects);
        let mut registrations = Vec::new();
        if self.client.registers_configuration {
            registrations.push(registration("workspace/didChangeConfiguration", Some("cachelint")));
        }
        if !registrations.is_empty() {
            let params = RegistrationParams { registrations };
            effects.push(Effect::request::<RegisterCapability>(&params, Then::Nothing));
        }
        self.watch(effects);
        self.open_folders(effects);
    }

    pub(super) fn shut_down(&mut self) {
        self.is_shut_down = true;
        self.cancel_all();
    }

    /// Asks for the settings, where the editor answers such questions.
    pub(super) fn ask_settings(&self, effects: &mut Vec<Effect>) {
        if self.client.has_configuration {
            let item = |scope_uri| ConfigurationItem { scope_uri, section: Some("cachelint".to_owned()) };
            let folders = self.folders.iter().filter(|(_, folder)| folder.in_workspace);
            let (ids, uris): (Vec<_>, Vec<_>) =
                folders.map(|(id, folder)| (*id, uris::of_path(&folder.root))).unzip();
            let params = ConfigurationParams { items: [None].into_iter().chain(uris).map(item).collect() };
            effects.push(Effect::request::<WorkspaceConfiguration>(&params, Then::TakeSettings(ids)));
        }
    }
}

fn registration(method: &str, section: Option<&str>) -> Registration {
    Registration {
        id: format!("cachelint:{method}"),
        method: method.to_owned(),
        register_options: section.map(|section| serde_json::json!({ "section": section })),
    }
}

/// The folders of a workspace; older editors name but one.
#[expect(deprecated, reason = "some editors still send nothing else")]
fn roots(params: &InitializeParams) -> Vec<Uri> {
    if let Some(folders) = params.workspace_folders.as_ref().filter(|folders| !folders.is_empty()) {
        return folders.iter().map(|folder| folder.uri.clone()).collect();
    }
    let path = params.root_path.as_deref().and_then(|path| uris::of_path(path.as_ref()));
    params.root_uri.clone().or(path).into_iter().collect()
}
