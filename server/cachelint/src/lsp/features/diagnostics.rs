//! Findings as diagnostics.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use cachelint_ide::{Checked, Snapshot, Tag};
use cachelint_lint::{Finding, Level, Related, map_each};
use ropey::Rope;
use serde_json::json;
use tower_lsp::ls_types::{
    Diagnostic, DiagnosticRelatedInformation, DiagnosticSeverity, DiagnosticTag, Location, NumberOrString,
};

use crate::lsp::positions;
use crate::lsp::session::query::Shared;

/// The findings of a source whose text is `rope`, in its order.
pub fn of(snapshot: &Snapshot, checked: &Checked, rope: &Rope, shared: &Shared) -> Vec<Diagnostic> {
    let places = RelatedPlaces { snapshot, shared, own: (&checked.path, rope), others: Mutex::default() };
    map_each(checked.report.findings.iter().collect(), |finding| of_one(finding, rope, shared, &places))
}

fn of_one(finding: &Finding, rope: &Rope, shared: &Shared, places: &RelatedPlaces<'_>) -> Diagnostic {
    let client = &shared.client;
    let found = cachelint_ide::diagnostic(finding);
    let related = found.related.into_iter().filter(|_| client.related_information);
    let related: Vec<_> = related.filter_map(|related| places.information(related)).collect();
    let tags: Vec<_> = found.tags.iter().filter(|_| client.diagnostic_tags).map(tag).collect();
    Diagnostic {
        range: positions::range(rope, found.span, shared.encoding),
        severity: Some(severity(found.level)),
        code: Some(NumberOrString::String(found.rule.to_owned())),
        code_description: None,
        source: Some("cachelint".to_owned()),
        message: found.message,
        related_information: (!related.is_empty()).then_some(related),
        tags: (!tags.is_empty()).then_some(tags),
        data: found.fixable.then(|| json!("fixable")),
    }
}

/// Turns places in sources into what an editor shows. Each other file is read once.
struct RelatedPlaces<'a> {
    snapshot: &'a Snapshot,
    shared: &'a Shared,
    own: (&'a Path, &'a Rope),
    others: Mutex<HashMap<PathBuf, Option<Rope>>>,
}

impl RelatedPlaces<'_> {
    fn information(&self, related: Related) -> Option<DiagnosticRelatedInformation> {
        let uri = self.shared.uri(&related.path)?;
        let encoding = self.shared.encoding;
        let range = match self.own {
            (path, rope) if path.as_os_str() == related.path.as_os_str() => {
                Some(positions::range(rope, related.span, encoding))
            }
            _ => self.other(related.path).map(|rope| positions::range(&rope, related.span, encoding)),
        };
        let location = Location { uri, range: range.unwrap_or_default() };
        Some(DiagnosticRelatedInformation { location, message: related.message })
    }

    fn other(&self, path: PathBuf) -> Option<Rope> {
        let mut others = self.others.lock().unwrap_or_else(PoisonError::into_inner);
        let read = |path: &PathBuf| self.snapshot.text(path).map(|text| Rope::from_str(&text));
        others.entry(path).or_insert_with_key(read).clone()
    }
}

fn severity(level: Level) -> DiagnosticSeverity {
    match level {
        Level::Error => DiagnosticSeverity::ERROR,
        Level::Warning => DiagnosticSeverity::WARNING,
        Level::Info => DiagnosticSeverity::INFORMATION,
        Level::Hint | Level::Off => DiagnosticSeverity::HINT,
    }
}

fn tag(tag: &Tag) -> DiagnosticTag {
    match tag {
        Tag::Unnecessary => DiagnosticTag::UNNECESSARY,
    }
}
