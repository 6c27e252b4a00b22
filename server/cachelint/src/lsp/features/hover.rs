//! Hover over a reference.

use std::path::Path;
use std::time::{Duration, SystemTime};

use cachelint_ide::Facts;
use cachelint_project::disk;
use tower_lsp::ls_types::{Hover, HoverContents, HoverParams, MarkupContent, MarkupKind};

use crate::lsp::session::query::View;
use crate::lsp::uris;

/// What is known of the reference at the position.
pub fn hover(view: &View, params: &HoverParams) -> Option<Hover> {
    let (document, checked, snapshot) = view.checked()?;
    let offset = view.offset(document, params.text_document_position_params.position)?;
    let hovered = checked.reference_at(offset);
    let asset = hovered.as_ref().and_then(|(resolved, _)| resolved.asset());
    let facts = Facts {
        now: Some(SystemTime::now()),
        modified: asset.and_then(|asset| modified(&asset.path)),
        change: asset.and_then(|asset| snapshot.project.last_change(&asset.path)),
    };
    let hover = cachelint_ide::hover(snapshot, checked, offset, &facts)?;
    Some(Hover {
        range: Some(view.range(document, hover.span)),
        contents: HoverContents::Markup(markup(&hover, view.shared.client.markdown_hover)),
    })
}

/// When a file was last modified.
fn modified(path: &Path) -> Option<SystemTime> {
    let nanoseconds = disk::stamp(path).ok()?.modified;
    Some(SystemTime::UNIX_EPOCH + Duration::from_nanos(u64::try_from(nanoseconds).ok().filter(|&it| it > 0)?))
}

/// A hover as the editor can show it.
pub(super) fn markup(hover: &cachelint_ide::Hover, markdown: bool) -> MarkupContent {
    if markdown {
        let uri = |path: &Path| uris::of_line(path, None);
        return MarkupContent { kind: MarkupKind::Markdown, value: hover.markdown(&uri) };
    }
    MarkupContent { kind: MarkupKind::PlainText, value: hover.plain() }
}
