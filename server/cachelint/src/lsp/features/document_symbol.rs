//! Document symbols: the references of a document.

use tower_lsp::ls_types::{DocumentSymbol, DocumentSymbolResponse, Location, SymbolInformation, SymbolKind};

use crate::lsp::session::query::View;

/// The references of the document, in order.
pub fn document_symbols(view: &View) -> Option<DocumentSymbolResponse> {
    let (document, checked, _) = view.checked()?;
    let symbols = cachelint_ide::symbols(checked);
    if view.shared.client.symbol_trees {
        let nested = symbols.into_iter().map(|symbol| {
            #[expect(deprecated, reason = "the field must be given")]
            DocumentSymbol {
                name: symbol.name,
                detail: Some(symbol.detail),
                kind: SymbolKind::FILE,
                tags: None,
                deprecated: None,
                range: view.range(document, symbol.span),
                selection_range: view.range(document, symbol.selection),
                children: None,
            }
        });
        return Some(DocumentSymbolResponse::Nested(nested.collect()));
    }
    let flat = symbols.into_iter().map(|symbol| {
        let location = Location { uri: document.uri.clone(), range: view.range(document, symbol.selection) };
        #[expect(deprecated, reason = "the field must be given")]
        SymbolInformation {
            name: symbol.name,
            kind: SymbolKind::FILE,
            tags: None,
            deprecated: None,
            location,
            container_name: Some(symbol.detail),
        }
    });
    Some(DocumentSymbolResponse::Flat(flat.collect()))
}
