//! Diagnostics that the editor pulls: of a document, of the workspace.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use ropey::Rope;
use serde_json::json;
use tower_lsp::ls_types::{
    Diagnostic, DocumentDiagnosticParams, DocumentDiagnosticReport, DocumentDiagnosticReportResult,
    FullDocumentDiagnosticReport, RelatedFullDocumentDiagnosticReport,
    RelatedUnchangedDocumentDiagnosticReport, UnchangedDocumentDiagnosticReport, Uri,
    WorkspaceDiagnosticParams, WorkspaceDiagnosticReport, WorkspaceDiagnosticReportResult,
    WorkspaceDocumentDiagnosticReport, WorkspaceFullDocumentDiagnosticReport,
    WorkspaceUnchangedDocumentDiagnosticReport,
};

use super::diagnostics;
use crate::lsp::session::query::{FolderView, View};

/// What is reported of a document.
#[derive(Debug)]
pub struct DocumentReport {
    result: u64,
    /// Its findings; `None` where they are what the editor has.
    items: Option<Arc<Vec<Diagnostic>>>,
}

/// The findings of the document, or that they are what the editor has.
pub fn document(view: &View, params: &DocumentDiagnosticParams) -> DocumentReport {
    let document = view.document.as_ref();
    let result = document.map_or(0, |it| it.result);
    let items = || document.map(|it| Arc::clone(&it.shown)).unwrap_or_default();
    let has_them = is_same(result, params.previous_result_id.as_deref());
    DocumentReport { result, items: (!has_them).then(items) }
}

impl DocumentReport {
    /// The answer, in which what `enclose` makes of the findings stands for them.
    pub fn answer(
        self,
        enclose: impl FnOnce(Arc<Vec<Diagnostic>>) -> Vec<Diagnostic>,
    ) -> DocumentDiagnosticReportResult {
        let report: DocumentDiagnosticReport = match self.items {
            Some(items) => RelatedFullDocumentDiagnosticReport {
                related_documents: None,
                full_document_diagnostic_report: full(self.result, enclose(items)),
            }
            .into(),
            None => RelatedUnchangedDocumentDiagnosticReport {
                related_documents: None,
                unchanged_document_diagnostic_report: unchanged(self.result),
            }
            .into(),
        };
        report.into()
    }
}

/// How many reports are sent at once to an editor that takes partial results.
const PART: usize = 256;

/// The findings of all closed sources, as far as they are reported. With `tell`, they go there in parts
/// (each a value of `$/progress`), and the answer is empty.
pub fn workspace(
    view: &View,
    params: &WorkspaceDiagnosticParams,
    tell: Option<&dyn Fn(serde_json::Value)>,
) -> WorkspaceDiagnosticReportResult {
    let previous = params.previous_result_ids.iter().map(|it| (&it.uri, it.value.as_str())).collect();
    let whole = view.folders.iter().filter(|folder| folder.is_whole);
    let mut items: Vec<_> = whole.flat_map(|folder| of_folder(view, folder, &previous)).collect();
    if let Some(tell) = tell {
        for part in items.chunks(PART) {
            tell(json!({ "items": part }));
        }
        items.clear();
    }
    WorkspaceDiagnosticReport { items }.into()
}

fn of_folder<'a>(
    view: &'a View,
    folder: &'a FolderView,
    previous: &'a BTreeMap<&Uri, &str>,
) -> impl Iterator<Item = WorkspaceDocumentDiagnosticReport> + 'a {
    let is_closed = |path: &Path| !view.shared.open.contains_key(path);
    let records = folder.snapshot.records().filter(move |record| is_closed(&record.path));
    let is_flagged = folder.snapshot.flagged();
    let sources = records.filter_map(move |record| {
        let result = folder.results.get(&record.path).copied().unwrap_or(folder.first_result);
        let items = || {
            let checked = folder.snapshot.checked(&record.path)?;
            let rope = Rope::from_str(&checked.text);
            Some(diagnostics::of(&folder.snapshot, &checked, &rope, &view.shared))
        };
        of_file(view, &record.path, result, is_flagged(record), previous, items)
    });
    let code = folder.code.iter().filter(move |(path, _)| is_closed(path));
    sources.chain(code.filter_map(move |(path, code)| {
        let items = || Some(code.diagnostics.to_vec());
        of_file(view, path, code.result, !code.diagnostics.is_empty(), previous, items)
    }))
}

/// The report of a closed file whose findings `result` names; `None` where it has none and the editor has none of it.
fn of_file(
    view: &View,
    path: &Path,
    result: u64,
    is_flagged: bool,
    previous: &BTreeMap<&Uri, &str>,
    items: impl FnOnce() -> Option<Vec<Diagnostic>>,
) -> Option<WorkspaceDocumentDiagnosticReport> {
    let uri = view.shared.uri(path)?;
    let previous = previous.get(&uri).copied();
    if !is_flagged && previous.is_none() {
        return None;
    }
    if is_same(result, previous) {
        let unchanged_document_diagnostic_report = unchanged(result);
        let report = WorkspaceUnchangedDocumentDiagnosticReport {
            uri,
            version: None,
            unchanged_document_diagnostic_report,
        };
        return Some(report.into());
    }
    let items = if is_flagged { items()? } else { Vec::new() };
    let full_document_diagnostic_report = full(result, items);
    Some(WorkspaceFullDocumentDiagnosticReport { uri, version: None, full_document_diagnostic_report }.into())
}

fn is_same(result: u64, previous: Option<&str>) -> bool {
    previous.and_then(|previous| previous.parse().ok()) == Some(result)
}

fn full(result: u64, items: Vec<Diagnostic>) -> FullDocumentDiagnosticReport {
    FullDocumentDiagnosticReport { result_id: Some(result.to_string()), items }
}

fn unchanged(result: u64) -> UnchangedDocumentDiagnosticReport {
    UnchangedDocumentDiagnosticReport { result_id: result.to_string() }
}
