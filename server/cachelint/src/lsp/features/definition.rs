//! Go to definition: from a reference to its asset.

use tower_lsp::ls_types::{
    GotoDefinitionParams, GotoDefinitionResponse, Location, LocationLink, Position, Range,
};

use crate::lsp::session::query::View;

/// The asset that the reference at the position names.
pub fn definition(view: &View, params: &GotoDefinitionParams) -> Option<GotoDefinitionResponse> {
    let (document, checked, _) = view.checked()?;
    let offset = view.offset(document, params.text_document_position_params.position)?;
    let definition = cachelint_ide::definition(checked, offset)?;
    let target_uri = view.shared.uri(&definition.target)?;
    let start = Range { start: Position::default(), end: Position::default() };
    if !view.shared.client.definition_links {
        return Some(Location { uri: target_uri, range: start }.into());
    }
    let link = LocationLink {
        origin_selection_range: Some(view.range(document, definition.origin)),
        target_uri,
        target_range: start,
        target_selection_range: start,
    };
    Some(GotoDefinitionResponse::Link(vec![link]))
}
