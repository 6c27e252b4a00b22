//! What the editor answers to requests of ours.

use serde_json::Value;
use tower_lsp::ls_types::ApplyWorkspaceEditResponse;

use super::event::Then;
use super::saving::UPDATE;
use super::{Effect, Session};

impl Session {
    pub(super) fn answered(&mut self, then: Then, answer: Result<Value, String>, effects: &mut Vec<Effect>) {
        match then {
            Then::Nothing => {}
            Then::TakeSettings(folders) => {
                if let Ok(Value::Array(values)) = answer {
                    self.take_answered_settings(&values, &folders, effects);
                }
            }
            Then::Watch => self.watching(answer.is_err(), effects),
            Then::BeginScan(folder) if answer.is_ok() => self.show_scan(folder, effects),
            Then::ShowCommand(command) if answer.is_ok() => self.show_command(command, effects),
            Then::BeginScan(_) | Then::ShowCommand(_) => {}
            Then::EndCommand(command) => self.end_command(command, applied(answer), effects),
            Then::UpdateAsset(asset) => {
                if answer.is_ok_and(|choice| choice.get("title").and_then(Value::as_str) == Some(UPDATE)) {
                    self.update_asset(asset, effects);
                }
            }
        }
    }
}

/// An edit that the editor did not apply is an error of the command that made it.
fn applied(answer: Result<Value, String>) -> Result<Option<Value>, String> {
    let answer = answer?;
    match serde_json::from_value::<ApplyWorkspaceEditResponse>(answer) {
        Ok(response) if !response.applied => {
            Err(response.failure_reason.unwrap_or_else(|| "the editor did not apply the edit".to_owned()))
        }
        _ => Ok(None),
    }
}
