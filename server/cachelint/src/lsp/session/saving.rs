//! Saved assets: what names them is checked again, and brought up to date where the settings say so.

use std::collections::HashMap;
use std::path::PathBuf;

use tower_lsp::ls_types::request::ShowMessageRequest;
use tower_lsp::ls_types::{MessageActionItem, MessageType, ShowMessageRequestParams, Uri};

use super::event::Then;
use super::{Effect, Session};
use crate::lsp::settings::UpdateOnSave;

impl Session {
    pub(super) fn saved(&mut self, uri: &Uri) {
        let Some(document) = self.documents.get(uri).filter(|document| document.is_file) else { return };
        let path = document.path.clone();
        self.changed_files.insert(path.clone());
        if self.settings.update_on_asset_save != UpdateOnSave::Never && self.users_of(&path) > 0 {
            self.updates.insert(path);
        }
    }

    /// Brings up to date what names the saved assets, once that was checked again.
    pub(super) fn begin_updates(&mut self, effects: &mut Vec<Effect>) {
        if self.updates.is_empty() || !self.is_settled() {
            return;
        }
        for asset in std::mem::take(&mut self.updates) {
            match self.settings.update_on_asset_save {
                UpdateOnSave::Never => {}
                UpdateOnSave::Always => self.update_asset(asset, effects),
                UpdateOnSave::Ask => self.offer_update(asset, effects),
            }
        }
    }

    fn offer_update(&mut self, asset: PathBuf, effects: &mut Vec<Effect>) {
        let found = self
            .folders
            .values()
            .find_map(|folder| cachelint_ide::update_of_asset(folder.snapshot.as_ref()?, &asset));
        let Some(action) = found else { return };
        let choice =
            |title: &str| MessageActionItem { title: title.to_owned(), properties: HashMap::default() };
        let params = ShowMessageRequestParams {
            typ: MessageType::INFO,
            message: format!("{}?", action.title),
            actions: Some(vec![choice(UPDATE), choice("Not now")]),
        };
        effects.push(Effect::request::<ShowMessageRequest>(&params, Then::UpdateAsset(asset)));
    }

    /// How many sources name an asset.
    fn users_of(&self, asset: &std::path::Path) -> usize {
        let snapshots = self.folders.values().filter_map(|folder| folder.snapshot.as_ref());
        snapshots.map(|snapshot| snapshot.affected_by(asset).count()).sum()
    }
}

/// The title of the choice that updates.
pub(super) const UPDATE: &str = "Update";
