//! Settings of the editor, and what depends on them.

use std::sync::Arc;

use serde_json::Value;
use tower_lsp::ls_types::notification::ShowMessage;
use tower_lsp::ls_types::request::{CodeLensRefresh, InlayHintRefreshRequest};
use tower_lsp::ls_types::{MessageType, ShowMessageParams};

use super::event::Then;
use super::{Effect, Session};

impl Session {
    /// The settings changed: editors that answer questions are asked, the others have sent them along.
    pub(super) fn settings_changed(&mut self, value: &Value, effects: &mut Vec<Effect>) {
        if self.client.has_configuration {
            self.ask_settings(effects);
        } else {
            self.take_settings(value, effects);
        }
    }

    /// Takes settings; what is wrong is said once, and changes nothing.
    pub(super) fn take_settings(&mut self, value: &Value, effects: &mut Vec<Effect>) {
        let (settings, wrong) = self.settings.read(value);
        for message in wrong {
            if self.said.insert(message.clone()) {
                let params = ShowMessageParams { typ: MessageType::WARNING, message };
                effects.push(Effect::notify::<ShowMessage>(&params));
            }
        }
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
