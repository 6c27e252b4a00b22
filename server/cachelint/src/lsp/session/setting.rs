//! Settings of the editor, and what depends on them.

use std::sync::Arc;

use cachelint_project::config::Base;
use serde_json::Value;
use tower_lsp::ls_types::notification::ShowMessage;
use tower_lsp::ls_types::request::{CodeLensRefresh, InlayHintRefreshRequest};
use tower_lsp::ls_types::{MessageType, ShowMessageParams};

use super::event::{FolderId, Then};
use super::{Effect, Session};
use crate::lsp::settings::Settings;

impl Session {
    /// The settings changed: editors that answer questions are asked, the others have sent them along.
    pub(super) fn settings_changed(&mut self, value: &Value, effects: &mut Vec<Effect>) {
        if self.client.has_configuration {
            self.ask_settings(effects);
        } else {
            self.take_settings(value, effects);
        }
    }

    /// Takes settings that hold for the whole session.
    pub(super) fn take_settings(&mut self, value: &Value, effects: &mut Vec<Effect>) {
        self.take_answered_settings(std::slice::from_ref(value), &[], effects);
    }

    /// Takes settings: the first hold for the session, the others for one of its `folders` each, as far as they can.
    pub(super) fn take_answered_settings(
        &mut self,
        values: &[Value],
        folders: &[FolderId],
        effects: &mut Vec<Effect>,
    ) {
        let Some((whole, of_folders)) = values.split_first() else { return };
        let settings = self.read_settings(whole, effects);
        self.put_in_force(settings, effects);
        let of_folders: Vec<_> = folders.iter().zip(of_folders).collect();
        let ids: Vec<_> = self.folders.keys().copied().collect();
        for id in ids {
            let own = of_folders.iter().find(|(folder, _)| **folder == id);
            let settings = own.map(|(_, value)| self.read_settings(value, effects));
            let base = settings.map_or_else(|| self.settings.base.clone(), |settings| settings.base);
            self.set_base(id, base, effects);
        }
    }

    /// Reads settings; what is wrong is said once, and changes nothing.
    fn read_settings(&mut self, value: &Value, effects: &mut Vec<Effect>) -> Settings {
        let (settings, wrong) = self.settings.read(value);
        for message in wrong {
            if self.said.insert(message.clone()) {
                let params = ShowMessageParams { typ: MessageType::WARNING, message };
                effects.push(Effect::notify::<ShowMessage>(&params));
            }
        }
        settings
    }

    fn put_in_force(&mut self, settings: Settings, effects: &mut Vec<Effect>) {
        if *self.settings == settings {
            return;
        }
        let before = std::mem::replace(&mut self.settings, Arc::new(settings));
        self.show_images();
        if before.workspace_diagnostics != self.settings.workspace_diagnostics {
            self.report_closed_sources(effects);
        }
        let now = &self.settings;
        self.refresh(before.inlay_hints || now.inlay_hints, before.code_lens || now.code_lens, effects);
    }

    /// Opens a folder's project anew, where the editor now sets something else for it.
    fn set_base(&mut self, id: FolderId, base: Base, effects: &mut Vec<Effect>) {
        let Some(folder) = self.folders.get_mut(&id).filter(|folder| folder.base != base) else { return };
        folder.base = base;
        if folder.generation > 0 {
            self.reopen(id, effects);
        }
    }

    /// Asks the editor to ask again for what stands within the text, as far as that is shown.
    pub(super) fn refresh_views(&self, effects: &mut Vec<Effect>) {
        self.refresh(self.settings.inlay_hints, self.settings.code_lens, effects);
    }

    fn refresh(&self, hints: bool, lenses: bool, effects: &mut Vec<Effect>) {
        if self.is_initialized && hints && self.client.refreshes_hints {
            effects.push(Effect::request::<InlayHintRefreshRequest>(&(), Then::Nothing));
        }
        if self.is_initialized && lenses && self.client.refreshes_lenses {
            effects.push(Effect::request::<CodeLensRefresh>(&(), Then::Nothing));
        }
    }

    /// Tells the folders whether hovers may show images.
    pub(super) fn show_images(&mut self) {
        let image_preview = self.settings.image_preview.unwrap_or(self.client.markdown_hover);
        for folder in self.folders.values_mut() {
            if let Some(snapshot) = &mut folder.snapshot {
                snapshot.preferences.image_preview = image_preview;
            }
        }
    }
}
