//! Code lenses: counts above a template or an asset, with what to do about them.

use tower_lsp::ls_types::{CodeLens, Command};

use crate::lsp::session::query::{DocumentView, View};

/// The lenses of the document; none unless the settings ask for them.
pub fn code_lenses(view: &View) -> Option<Vec<CodeLens>> {
    let document = view.document.as_ref().filter(|_| view.shared.settings.code_lens)?;
    let of_source = view.checked().map(|(_, checked, snapshot)| cachelint_ide::lenses(snapshot, checked));
    let snapshots = view.folders.iter().map(|folder| &folder.snapshot);
    let of_asset = snapshots.filter_map(|snapshot| cachelint_ide::asset_lens(snapshot, &document.path));
    let lenses = of_source.into_iter().flatten().chain(of_asset);
    Some(lenses.map(|lens| code_lens(view, document, lens)).collect())
}

fn code_lens(view: &View, document: &DocumentView, lens: cachelint_ide::Lens) -> CodeLens {
    let work = lens.work.and_then(|work| serde_json::to_value(work).ok());
    // A command without a name is shown and does nothing.
    let command = if work.is_some() { "cachelint.apply" } else { "" };
    CodeLens {
        range: view.range(document, lens.span),
        command: Some(Command {
            title: lens.title,
            command: command.to_owned(),
            arguments: work.map(|work| vec![work]),
        }),
        data: None,
    }
}
