//! Hover over a reference.

use std::time::SystemTime;

use cachelint_ide::Facts;
use tower_lsp::ls_types::{Hover, HoverContents, HoverParams, MarkupContent, MarkupKind};

use crate::lsp::session::query::View;
use crate::lsp::uris;

/// What is known of the reference at the position.
pub fn hover(view: &View, params: &HoverParams) -> Option<Hover> {
    let (document, checked, snapshot) = view.checked()?;
    let offset = view.offset(document, params.text_document_position_params.position)?;
    let asset = checked.reference_at(offset).and_then(|(resolved, _)| resolved.asset());
    let changed = asset.and_then(|asset| disk::stamp(&asset.path).ok()).and_then(|stamp| changed(&stamp));
    let facts = Facts { now: Some(SystemTime::now()), changed, written: None };
    let hover = cachelint_ide::hover(snapshot, checked, offset, &facts)?;
    Some(Hover {
        range: Some(view.range(document, hover.span)),
        contents: HoverContents::Markup(markup(&hover, view.shared.client.markdown_hover)),
    })
}

/// A hover as the editor can show it.
pub(super) fn markup(hover: &cachelint_ide::Hover, markdown: bool) -> MarkupContent {
    if markdown {
        let uri = |path: &std::path::Path| uris::of_line(path, None);
        return MarkupContent { kind: MarkupKind::Markdown, value: hover.markdown(&uri) };
    }
    MarkupContent { kind: MarkupKind::PlainText, value: hover.plain() }
}
