//! What editors say they can do, as far as it matters here.

use serde_json::{Value, json};

/// An editor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Profile {
    VsCode,
    Neovim,
    Helix,
    Emacs,
    Zed,
    /// One that can next to nothing.
    Bare,
}

impl Profile {
    /// All of them.
    pub(crate) const ALL: [Self; 6] =
        [Self::VsCode, Self::Neovim, Self::Helix, Self::Emacs, Self::Zed, Self::Bare];

    /// Whether it pulls diagnostics, and again when asked to.
    pub(crate) fn pulls(self) -> bool {
        let capabilities = self.capabilities();
        let can = |ability: &str| capabilities.pointer(ability).is_some();
        can("/textDocument/diagnostic") && can("/workspace/diagnostics/refreshSupport")
    }

    /// Whether it watches files when asked to.
    pub(crate) fn watches(self) -> bool {
        let ability = "/workspace/didChangeWatchedFiles/dynamicRegistration";
        self.capabilities().pointer(ability) == Some(&Value::Bool(true))
    }

    /// Its capabilities.
    pub(crate) fn capabilities(self) -> Value {
        match self {
            Self::VsCode => vs_code(),
            Self::Neovim => neovim(),
            Self::Helix => helix(),
            Self::Emacs => emacs(),
            Self::Zed => zed(),
            Self::Bare => json!({}),
        }
    }
}

fn actions() -> Value {
    json!({
        "codeActionLiteralSupport": {"codeActionKind": {"valueSet": ["", "quickfix", "refactor", "source"]}},
        "isPreferredSupport": true, "dataSupport": true, "resolveSupport": {"properties": ["edit"]},
    })
}

fn vs_code() -> Value {
    json!({
        "general": {"positionEncodings": ["utf-16"]},
        "window": {"workDoneProgress": true, "showMessage": {}, "showDocument": {"support": true}},
        "workspace": {
            "applyEdit": true, "configuration": true, "workspaceFolders": true,
            "workspaceEdit": {"documentChanges": true, "resourceOperations": ["create", "rename", "delete"]},
            "didChangeConfiguration": {"dynamicRegistration": true},
            "didChangeWatchedFiles": {"dynamicRegistration": true, "relativePatternSupport": true},
            "fileOperations": {"willRename": true, "didRename": true},
            "diagnostics": {"refreshSupport": true}, "inlayHint": {"refreshSupport": true}, "codeLens": {"refreshSupport": true},
        },
        "textDocument": {
            "publishDiagnostics": {"relatedInformation": true, "versionSupport": false, "tagSupport": {"valueSet": [1, 2]}},
            "diagnostic": {"dynamicRegistration": true, "relatedDocumentSupport": false},
            "hover": {"contentFormat": ["markdown", "plaintext"]}, "codeAction": actions(),
            "definition": {"linkSupport": true}, "documentLink": {"tooltipSupport": true},
            "documentSymbol": {"hierarchicalDocumentSymbolSupport": true},
            "completion": {"completionItem": {"documentationFormat": ["markdown", "plaintext"]}},
        },
    })
}

fn neovim() -> Value {
    json!({
        "general": {"positionEncodings": ["utf-8", "utf-16", "utf-32"]},
        "window": {"workDoneProgress": true, "showMessage": {}, "showDocument": {"support": true}},
        "workspace": {
            "applyEdit": true, "configuration": true, "workspaceFolders": true,
            "workspaceEdit": {"resourceOperations": ["rename", "create", "delete"]},
            "didChangeConfiguration": {"dynamicRegistration": false},
            "didChangeWatchedFiles": {"dynamicRegistration": false, "relativePatternSupport": true},
            "inlayHint": {"refreshSupport": true},
        },
        "textDocument": {
            "publishDiagnostics": {"relatedInformation": true, "tagSupport": {"valueSet": [1, 2]}},
            "diagnostic": {"dynamicRegistration": false},
            "hover": {"contentFormat": ["markdown", "plaintext"]}, "codeAction": actions(),
            "definition": {"linkSupport": true}, "documentSymbol": {"hierarchicalDocumentSymbolSupport": true},
        },
    })
}

fn helix() -> Value {
    json!({
        "general": {"positionEncodings": ["utf-8", "utf-32", "utf-16"]},
        "window": {"workDoneProgress": true, "showDocument": {"support": true}},
        "workspace": {
            "applyEdit": true, "configuration": true, "workspaceFolders": true,
            "workspaceEdit": {"documentChanges": true, "resourceOperations": ["create", "rename", "delete"]},
            "didChangeConfiguration": {"dynamicRegistration": false},
            "didChangeWatchedFiles": {"dynamicRegistration": true, "relativePatternSupport": false},
            "fileOperations": {"willRename": true, "didRename": true},
        },
        "textDocument": {
            "publishDiagnostics": {"versionSupport": true, "tagSupport": {"valueSet": [1, 2]}},
            "hover": {"contentFormat": ["markdown"]}, "codeAction": actions(),
        },
    })
}

fn emacs() -> Value {
    json!({
        "general": {"positionEncodings": ["utf-32", "utf-8", "utf-16"]},
        "window": {"workDoneProgress": true, "showDocument": {"support": true}},
        "workspace": {
            "applyEdit": true, "configuration": true, "workspaceFolders": true,
            "workspaceEdit": {"documentChanges": true}, "didChangeWatchedFiles": {"dynamicRegistration": true},
        },
        "textDocument": {
            "publishDiagnostics": {"relatedInformation": false, "tagSupport": {"valueSet": [1, 2]}},
            "hover": {"contentFormat": ["markdown", "plaintext"]}, "codeAction": actions(),
        },
    })
}

fn zed() -> Value {
    json!({
        "general": {"positionEncodings": ["utf-16"]},
        "window": {"workDoneProgress": true, "showMessage": {}},
        "workspace": {
            "applyEdit": true, "configuration": true, "workspaceFolders": true,
            "workspaceEdit": {"documentChanges": true, "resourceOperations": ["create", "rename", "delete"]},
            "didChangeConfiguration": {"dynamicRegistration": true},
            "didChangeWatchedFiles": {"dynamicRegistration": true, "relativePatternSupport": true},
            "diagnostics": {"refreshSupport": true}, "inlayHint": {"refreshSupport": true}, "codeLens": {"refreshSupport": true},
        },
        "textDocument": {
            "diagnostic": {"dynamicRegistration": true, "relatedDocumentSupport": true},
            "hover": {"contentFormat": ["markdown"]}, "codeAction": actions(), "definition": {"linkSupport": true},
        },
    })
}
