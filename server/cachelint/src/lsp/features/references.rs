//! Find references: from a template's reference, or from an open asset.

use ropey::Rope;
use tower_lsp::ls_types::{Location, Position, Range, ReferenceParams};

use crate::lsp::positions;
use crate::lsp::session::query::{Shared, View};

/// Every place that names the asset at the position, or the asset that is open itself.
pub fn references(view: &View, params: &ReferenceParams) -> Option<Vec<Location>> {
    let document = view.document.as_ref()?;
    let at = params.text_document_position.position;
    let of_reference = view.checked().and_then(|(_, checked, snapshot)| {
        cachelint_ide::references_at(snapshot, checked, view.offset(document, at)?)
    });
    let found = of_reference.unwrap_or_else(|| {
        let snapshots = view.folders.iter().map(|folder| &folder.snapshot);
        snapshots.flat_map(|snapshot| cachelint_ide::references_to(snapshot, &document.path)).collect()
    });
    Some(found.iter().filter_map(|place| location(place, &view.shared)).collect())
}

/// A place in a file as the editor counts it.
pub(super) fn location(place: &cachelint_ide::Location, shared: &Shared) -> Option<Location> {
    let start = Range { start: Position::default(), end: Position::default() };
    let range = place
        .text
        .as_deref()
        .map_or(start, |text| positions::range(&Rope::from_str(text), place.span, shared.encoding));
    Some(Location { uri: shared.uri(&place.path)?, range })
}
