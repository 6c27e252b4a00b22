//! Findings as diagnostics.

use std::collections::HashMap;
use std::path::PathBuf;

use cachelint_ide::{Checked, Snapshot, Tag};
use cachelint_lint::{Level, Related};
use ropey::Rope;
use serde_json::json;
use tower_lsp::ls_types::{
    Diagnostic, DiagnosticRelatedInformation, DiagnosticSeverity, DiagnosticTag, Location, NumberOrString,
};

use crate::lsp::positions;
use crate::lsp::session::query::Shared;

/// The findings of a source whose text is `rope`, in its order.
pub fn of(snapshot: &Snapshot, checked: &Checked, rope: &Rope, shared: &Shared) -> Vec<Diagnostic> {
    let found = cachelint_ide::diagnostics(checked);
    let texts = HashMap::from([(checked.path.to_path_buf(), Some(rope.clone()))]);
    let mut related = RelatedPlaces { snapshot, shared, texts };
    found.into_iter().map(|diagnostic| of_one(diagnostic, rope, shared, &mut related)).collect()
}

fn of_one(
    found: cachelint_ide::Diagnostic,
    rope: &Rope,
    shared: &Shared,
    places: &mut RelatedPlaces<'_>,
) -> Diagnostic {
    let client = &shared.client;
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
        data: found.fixable.then(|| json!({ "fixable": true })),
    }
}

/// Turns places in other files into what an editor shows. Each file is read once.
struct RelatedPlaces<'a> {
    snapshot: &'a Snapshot,
    shared: &'a Shared,
    texts: HashMap<PathBuf, Option<Rope>>,
}

impl RelatedPlaces<'_> {
    fn information(&mut self, related: Related) -> Option<DiagnosticRelatedInformation> {
        let uri = self.shared.uri(&related.path)?;
        let snapshot = self.snapshot;
        let read = |path: &PathBuf| snapshot.text(path).map(|text| Rope::from_str(&text));
        let text = self.texts.entry(related.path).or_insert_with_key(read).as_ref();
        let range = text.map(|rope| positions::range(rope, related.span, self.shared.encoding));
        let location = Location { uri, range: range.unwrap_or_default() };
        Some(DiagnosticRelatedInformation { location, message: related.message })
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
