//! What a person sets in an editor: it holds where no configuration file says otherwise.

use std::path::Path;

use serde_json::{Map, Value, json};

use super::file::{File, Folders};
use super::layer::Layer;
use crate::disk;

/// Keys of the configuration that are set elsewhere than in its files.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Base(Map<String, Value>);

impl Base {
    /// Sets `key` (as a file writes it); null or an empty value unsets it. What is wrong changes nothing, and the rest of
    /// a table counts beside it. Answers with a sentence for each, in which the key is called `name`.
    pub fn set(&mut self, key: &str, name: &str, value: &Value) -> Vec<String> {
        let mut wrong = Vec::new();
        let right = match value {
            Value::Object(entries) => {
                let mut right = entries.clone();
                right.retain(|entry, value| {
                    let said = read(key, &json!({ entry: value }));
                    wrong.extend(said.as_ref().err().map(|said| format!("{name}.{entry}: {said}")));
                    said.is_ok()
                });
                Value::Object(right)
            }
            Value::Null => Value::Null,
            other => match read(key, other) {
                Ok(_) => other.clone(),
                Err(said) => return vec![format!("{name}: {said}")],
            },
        };
        if is_empty(&right) {
            self.0.remove(key);
        } else {
            self.0.insert(key.to_owned(), right);
        }
        wrong
    }

    /// The layer below the files of a project in `folder`. Of the static roots it has those that are there: who sets
    /// them means some project, and not each that is opened.
    pub(super) fn layer(&self, folder: &Path) -> Layer {
        let mut keys: File = serde_json::from_value(Value::Object(self.0.clone())).unwrap_or_default();
        if let Some(roots) = &mut keys.static_roots {
            let is_there = |name: &str| disk::is_folder(&crate::absolute(folder, Path::new(name)));
            roots.retain(|_, folders: &mut Folders| folders.iter().any(is_there));
        }
        Layer { file: None, folder: folder.to_owned(), keys, written: Vec::new() }
    }
}

fn read(key: &str, value: &Value) -> Result<File, String> {
    serde_json::from_value(json!({ key: value })).map_err(in_our_words)
}

/// What the JSON reader says of a value, in the words of settings.
fn in_our_words(error: serde_json::Error) -> String {
    let message = error.to_string();
    let parts = message.strip_prefix("invalid type: ").and_then(|rest| rest.split_once(", expected "));
    let Some((found, expected)) = parts else { return message };
    let expected = match expected {
        "a map" => "an object",
        "a sequence" => "a list",
        other => other,
    };
    format!("must be {expected}, not {found}")
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Array(items) => items.is_empty(),
        Value::Object(entries) => entries.is_empty(),
        _ => false,
    }
}
