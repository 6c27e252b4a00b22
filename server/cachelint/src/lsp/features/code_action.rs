//! Code actions, with their edits at once, or when they are chosen.

use std::sync::Arc;

use cachelint_ide::{Action, Effect, Work};
use cachelint_syntax::Span;
use serde_json::{Value, json};
use tower_lsp::ls_types::{
    CodeAction, CodeActionKind, CodeActionOrCommand, CodeActionParams, Command, Diagnostic, WorkspaceEdit,
};

use super::edits::workspace_edit;
use crate::lsp::positions;
use crate::lsp::session::query::View;

/// The actions in the range, of the kinds that are asked for.
pub fn code_actions(view: &View, params: &CodeActionParams) -> Option<Vec<CodeActionOrCommand>> {
    let document = view.document.as_ref()?;
    let span = positions::span(&document.rope, params.range, view.shared.encoding)?;
    let only = params.context.only.as_deref().unwrap_or_default();
    let only: Vec<&str> = only.iter().map(CodeActionKind::as_str).collect();
    let snapshots = view.folders.iter().map(|folder| &folder.snapshot);
    let of_asset = snapshots.flat_map(|it| cachelint_ide::actions_of_asset(it, &document.path, &only));
    let actions = of_source(view, span, &only).into_iter().chain(of_asset);
    let actions = actions.filter_map(|action| code_action(view, action, &params.context.diagnostics));
    Some(actions.map(CodeActionOrCommand::CodeAction).collect())
}

/// The edit of an action that was chosen; one that has its edit keeps it, for some editors ask of that too (Neovim).
pub fn resolve(view: &View, mut action: CodeAction) -> CodeAction {
    let work = action.data.as_ref().and_then(|data| serde_json::from_value::<Work>(data.clone()).ok());
    if let Some(work) = work {
        action.edit = edit(view, &work);
    }
    action
}

fn of_source(view: &View, span: Span, only: &[&str]) -> Vec<Action> {
    let source = view.checked().map(|(_, checked, snapshot)| (Arc::clone(checked), snapshot));
    let source = source.or_else(|| view.code());
    let found = source.map(|(checked, snapshot)| cachelint_ide::actions(snapshot, &checked, span, only));
    found.unwrap_or_default()
}

fn code_action(view: &View, action: Action, given: &[Diagnostic]) -> Option<CodeAction> {
    let client = &view.shared.client;
    let mut built = CodeAction {
        kind: Some(CodeActionKind::new(action.kind.name())),
        is_preferred: (client.preferred_actions && action.preferred).then_some(true),
        diagnostics: action.finding.and_then(|number| ended(view, number, given)),
        title: action.title,
        ..CodeAction::default()
    };
    match action.effect {
        Effect::Edits(files) => built.edit = Some(workspace_edit(&files, &view.shared)?),
        Effect::Deferred(work) if client.resolves_edits => built.data = serde_json::to_value(work).ok(),
        Effect::Deferred(work) => built.edit = Some(edit(view, &work)?),
        Effect::CopyHash(hash) => {
            built.command = Some(command(&built.title, "cachelint.copyHash", json!(hash)));
        }
        Effect::CopyUrl(url) => {
            built.command = Some(command(&built.title, "cachelint.copyUrl", json!(url)));
        }
        Effect::ExplainRule(rule) => {
            built.command = Some(command(&built.title, "cachelint.explainRule", json!(rule)));
        }
    }
    Some(built)
}

/// The diagnostic that an action ends: the editor's own copy, or ours.
fn ended(view: &View, number: usize, given: &[Diagnostic]) -> Option<Vec<Diagnostic>> {
    let document = view.document.as_ref()?;
    let checked = document.checked.clone().or_else(|| view.code().map(|(checked, _)| checked))?;
    let finding = checked.report.findings.get(number)?;
    let range = view.range(document, finding.span);
    let all = given.iter().chain(document.shown.iter());
    let mut alike = all.filter(|it| it.range == range && it.message == finding.message);
    alike.next().map(|diagnostic| vec![diagnostic.clone()])
}

/// The edits of deferred work, in the first folder that has any.
fn edit(view: &View, work: &Work) -> Option<WorkspaceEdit> {
    let snapshots = view.folders.iter().map(|folder| &folder.snapshot);
    let mut edits = snapshots.map(|snapshot| cachelint_ide::resolve(snapshot, work));
    let files = edits.find(|files| !files.is_empty())?;
    workspace_edit(&files, &view.shared)
}

fn command(title: &str, name: &str, argument: Value) -> Command {
    Command { title: title.to_owned(), command: name.to_owned(), arguments: Some(vec![argument]) }
}
