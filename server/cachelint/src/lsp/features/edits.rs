//! Edits of files as a workspace edit, as good as the editor can apply it.

use std::collections::HashMap;

use cachelint_ide::FileEdits;
use ropey::Rope;
use tower_lsp::ls_types::{
    CreateFile, DocumentChangeOperation, DocumentChanges, OneOf, OptionalVersionedTextDocumentIdentifier,
    Position, Range, ResourceOp, TextDocumentEdit, TextEdit, Uri, WorkspaceEdit,
};

use crate::lsp::positions;
use crate::lsp::session::query::Shared;

/// Edits of several files; `None` where a file would have to be created, and the editor can't.
pub fn workspace_edit(files: &[FileEdits], shared: &Shared) -> Option<WorkspaceEdit> {
    if shared.client.document_changes {
        let operations: Option<Vec<_>> = files.iter().map(|file| operations(file, shared)).collect();
        let operations = operations?.into_iter().flatten().collect();
        let document_changes = Some(DocumentChanges::Operations(operations));
        return Some(WorkspaceEdit { document_changes, ..WorkspaceEdit::default() });
    }
    let changes: Option<HashMap<Uri, Vec<TextEdit>>> = files
        .iter()
        .map(|file| Some((shared.uri(&file.path)?, text_edits(file, file.before.as_deref()?, shared))))
        .collect();
    Some(WorkspaceEdit { changes: Some(changes?), ..WorkspaceEdit::default() })
}

fn operations(file: &FileEdits, shared: &Shared) -> Option<Vec<DocumentChangeOperation>> {
    let uri = shared.uri(&file.path)?;
    let create = file.before.is_none().then(|| {
        let create = CreateFile { uri: uri.clone(), options: None, annotation_id: None };
        DocumentChangeOperation::Op(ResourceOp::Create(create))
    });
    if create.is_some() && !shared.client.creates_files {
        return None;
    }
    let edits = text_edits(file, file.before.as_deref().unwrap_or_default(), shared);
    let edit = DocumentChangeOperation::Edit(TextDocumentEdit {
        text_document: OptionalVersionedTextDocumentIdentifier { uri, version: file.version },
        edits: edits.into_iter().map(OneOf::Left).collect(),
    });
    Some(create.into_iter().chain([edit]).collect())
}

fn text_edits(file: &FileEdits, before: &str, shared: &Shared) -> Vec<TextEdit> {
    let rope = Rope::from_str(before);
    let start = Range { start: Position::default(), end: Position::default() };
    let range = |span| if before.is_empty() { start } else { positions::range(&rope, span, shared.encoding) };
    file.edits.iter().map(|edit| TextEdit { range: range(edit.span), new_text: edit.text.clone() }).collect()
}
