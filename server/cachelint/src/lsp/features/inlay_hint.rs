//! Inlay hints: the current version behind each reference.

use tower_lsp::ls_types::{InlayHint, InlayHintLabel, InlayHintParams, InlayHintTooltip};

use crate::lsp::positions;
use crate::lsp::session::query::View;

/// The hints in the range; none unless the settings ask for them.
pub fn inlay_hints(view: &View, params: &InlayHintParams) -> Option<Vec<InlayHint>> {
    if !view.shared.settings.inlay_hints {
        return None;
    }
    let (document, checked, snapshot) = view.checked()?;
    let encoding = view.shared.encoding;
    let span = positions::span(&document.rope, params.range, encoding)?;
    let hints = cachelint_ide::hints(snapshot, checked, span).into_iter().map(|hint| InlayHint {
        position: positions::position(&document.rope, hint.offset, encoding),
        label: InlayHintLabel::String(hint.label),
        kind: None,
        text_edits: None,
        tooltip: Some(InlayHintTooltip::String(hint.tooltip)),
        padding_left: Some(true),
        padding_right: None,
        data: None,
    });
    Some(hints.collect())
}
