//! Findings as diagnostics.

use cachelint_ide::{Checked, Snapshot, Tag};
use cachelint_lint::Level;
use ropey::Rope;
use serde_json::json;
use tower_lsp::ls_types::{
    Diagnostic, DiagnosticRelatedInformation, DiagnosticSeverity, DiagnosticTag, Location, NumberOrString,
};

use super::references::location;
use crate::lsp::positions;
use crate::lsp::session::query::Shared;

/// The findings of a source whose text is `rope`, in its order.
pub fn of(snapshot: &Snapshot, checked: &Checked, rope: &Rope, shared: &Shared) -> Vec<Diagnostic> {
    let found = cachelint_ide::diagnostics(snapshot, checked);
    found.into_iter().map(|diagnostic| of_one(diagnostic, rope, shared)).collect()
}

fn of_one(found: cachelint_ide::Diagnostic, rope: &Rope, shared: &Shared) -> Diagnostic {
    let client = &shared.client;
    let related = found.related.iter().filter_map(|(place, message)| {
        let Location { uri, range } = location(place, shared)?;
        Some(DiagnosticRelatedInformation { location: Location { uri, range }, message: message.clone() })
    });
    let related: Vec<_> = if client.related_information { related.collect() } else { Vec::new() };
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
        data: found.fixable.then(|| json!({ "fixable": true })),
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
