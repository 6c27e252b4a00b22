//! Completion of asset paths.

use std::path::{Path, PathBuf};

use cachelint_ide::ItemKind;
use serde_json::{Value, json};
use tower_lsp::ls_types::{
    CompletionItem, CompletionItemKind, CompletionParams, CompletionResponse, CompletionTextEdit,
    Documentation, TextEdit,
};

use super::hover::markup;
use crate::lsp::session::query::View;

/// The asset paths that may stand at the position. The newest text counts, whatever is known of its findings.
pub fn completion(view: &View, params: &CompletionParams) -> Option<CompletionResponse> {
    let document = view.document.as_ref()?;
    let snapshot = &view.folders.first()?.snapshot;
    let offset = view.offset(document, params.text_document_position.position)?;
    let text = document.rope.to_string();
    let completion = cachelint_ide::completion(snapshot, &document.path, &text, offset)?;
    let range = view.range(document, completion.span);
    let items = completion.items.into_iter().enumerate().map(|(number, item)| CompletionItem {
        kind: Some(kind(item.kind)),
        sort_text: Some(format!("{number:05}")),
        filter_text: Some(item.label.clone()),
        text_edit: Some(CompletionTextEdit::Edit(TextEdit { range, new_text: item.insert })),
        data: Some(json!({ "path": item.path, "document": document.path })),
        label: item.label,
        ..CompletionItem::default()
    });
    Some(CompletionResponse::Array(items.collect()))
}

/// What is shown beside an item.
pub fn resolve(view: &View, mut item: CompletionItem) -> CompletionItem {
    let field =
        |name| item.data.as_ref().and_then(|data| data.get(name)).and_then(Value::as_str).map(PathBuf::from);
    let (Some(path), Some(document)) = (field("path"), field("document")) else { return item };
    let details = folder_of(view, &document).and_then(|it| cachelint_ide::completion_details(it, &path));
    let markdown = view.shared.client.markdown_completion;
    item.documentation = details.map(|details| Documentation::MarkupContent(markup(&details, markdown)));
    item
}

fn folder_of<'a>(view: &'a View, document: &Path) -> Option<&'a cachelint_ide::Snapshot> {
    let snapshots = view.folders.iter().map(|folder| &folder.snapshot);
    let mut holding = snapshots.filter(|snapshot| document.starts_with(snapshot.project.directory()));
    holding.next()
}

fn kind(kind: ItemKind) -> CompletionItemKind {
    match kind {
        ItemKind::Folder => CompletionItemKind::FOLDER,
        ItemKind::File => CompletionItemKind::FILE,
    }
}
