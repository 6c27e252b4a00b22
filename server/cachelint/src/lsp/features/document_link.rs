//! Document links to assets.

use tower_lsp::ls_types::DocumentLink;

use crate::lsp::session::query::View;

/// The references of the document that lead to a file.
pub fn document_links(view: &View) -> Option<Vec<DocumentLink>> {
    let (document, checked, snapshot) = view.checked()?;
    let links = cachelint_ide::links(snapshot, checked).into_iter().map(|link| DocumentLink {
        range: view.range(document, link.span),
        target: view.shared.uri(&link.target),
        tooltip: view.shared.client.link_tooltips.then_some(link.tooltip),
        data: None,
    });
    Some(links.collect())
}
