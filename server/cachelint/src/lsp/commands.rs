//! Commands by name, and their arguments.

use std::path::PathBuf;

use cachelint_ide::Work;
use serde_json::Value;
use tower_lsp::jsonrpc::{Error, Result};
use tower_lsp::ls_types::Uri;

use super::uris;

/// A command with its arguments.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Fix everything safe in the workspace.
    FixWorkspace,
    /// Report the findings of the whole workspace.
    CheckWorkspace,
    /// Bring an asset's version up to date wherever it is named: `[path or URI]`.
    UpdateAsset(PathBuf),
    /// Tell a digest, for the clipboard: `[64 hexadecimal characters]`.
    CopyHash(String),
    /// Tell a URL with its version, for the clipboard: `[URL]`.
    CopyUrl(String),
    /// Show what a rule is about: `[name]`.
    ExplainRule(String),
    /// Apply deferred edits, as code lenses and actions name them.
    Apply(Work),
}

impl Command {
    /// The names of all commands.
    pub const NAMES: [&'static str; 7] = [
        "cachelint.fixWorkspace",
        "cachelint.checkWorkspace",
        "cachelint.updateAsset",
        "cachelint.copyHash",
        "cachelint.copyUrl",
        "cachelint.explainRule",
        "cachelint.apply",
    ];

    /// Reads a command.
    pub fn read(name: &str, arguments: &[Value]) -> Result<Self> {
        let text = || match arguments {
            [Value::String(text), ..] => Ok(text.clone()),
            _ => Err(Error::invalid_params(format!("{name} takes a text"))),
        };
        match name {
            "cachelint.fixWorkspace" => Ok(Self::FixWorkspace),
            "cachelint.checkWorkspace" => Ok(Self::CheckWorkspace),
            "cachelint.updateAsset" => text().map(|text| Self::UpdateAsset(file(&text))),
            "cachelint.copyHash" => text().map(Self::CopyHash),
            "cachelint.copyUrl" => text().map(Self::CopyUrl),
            "cachelint.explainRule" => text().map(Self::ExplainRule),
            "cachelint.apply" => {
                let work = arguments.first().cloned().and_then(|work| serde_json::from_value(work).ok());
                work.map(Self::Apply).ok_or_else(|| Error::invalid_params(format!("{name} takes work to do")))
            }
            _ => Err(Error::invalid_params(format!("there is no command {name}"))),
        }
    }
}

/// A file named by its URI or its path.
fn file(text: &str) -> PathBuf {
    let escaped = uris::escaped(text).unwrap_or_else(|| text.to_owned());
    let uri = escaped.parse::<Uri>().ok();
    uri.and_then(|uri| uris::path_of(&uri)).unwrap_or_else(|| PathBuf::from(text))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn commands_are_read_with_their_arguments() {
        let read = |name: &str, argument: Value| Command::read(name, &[argument]).ok();
        assert_eq!(read("cachelint.fixWorkspace", Value::Null), Some(Command::FixWorkspace));
        assert_eq!(read("cachelint.copyHash", json!("ab")), Some(Command::CopyHash("ab".to_owned())));
        assert_eq!(
            read("cachelint.updateAsset", json!("file:///a%20b.css")),
            Some(Command::UpdateAsset("/a b.css".into()))
        );
        assert_eq!(
            read("cachelint.updateAsset", json!("/a b.css")),
            Some(Command::UpdateAsset("/a b.css".into()))
        );
        let work = json!({"work": "updateAsset", "asset": "/a.css"});
        assert_eq!(
            read("cachelint.apply", work),
            Some(Command::Apply(Work::UpdateAsset { asset: "/a.css".into() }))
        );
        for (name, argument) in
            [("cachelint.copyHash", json!(1)), ("cachelint.apply", json!("x")), ("other", json!("x"))]
        {
            assert_eq!(read(name, argument), None, "{name}");
        }
    }
}
