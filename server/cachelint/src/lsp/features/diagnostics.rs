//! Findings as diagnostics.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use cachelint_ide::{Checked, Snapshot, Tag};
use cachelint_lint::{Finding, Level, Related, map_each};
use ropey::Rope;
use serde_json::json;
use tower_lsp::ls_types::{
    Diagnostic, DiagnosticRelatedInformation, DiagnosticSeverity, DiagnosticTag, Location, NumberOrString,
    Range,
};

use crate::lsp::positions;
use crate::lsp::session::query::Shared;

/// The findings of a document as they were last shown.
#[derive(Debug, Default)]
pub struct Shown {
    all: Arc<Vec<Diagnostic>>,
    sections: Vec<ShownSection>,
}

/// The findings of a section as they were last shown.
#[derive(Debug)]
struct ShownSection {
    findings: Arc<Vec<Finding>>,
    /// The line on which the section began.
    line: u32,
    /// The first of its diagnostics; each finding has one.
    first: usize,
}

/// The findings of a source whose text is `rope`, in its order.
pub fn of(snapshot: &Snapshot, checked: &Checked, rope: &Rope, shared: &Shared) -> Vec<Diagnostic> {
    let all = again(snapshot, checked, rope, shared, &mut Shown::default());
    Arc::unwrap_or_clone(all)
}

/// The same for a document that is edited: `shown` is how it was shown last, and then now.
pub fn again(
    snapshot: &Snapshot,
    checked: &Checked,
    rope: &Rope,
    shared: &Shared,
    shown: &mut Shown,
) -> Arc<Vec<Diagnostic>> {
    let places = RelatedPlaces { snapshot, shared, own: (&checked.path, rope), others: Mutex::default() };
    let key = |findings: &Arc<Vec<Finding>>| Arc::as_ptr(findings).addr();
    let known: HashMap<_, _> = shown.sections.iter().map(|it| (key(&it.findings), it)).collect();
    let mut first = 0;
    let sections = checked.report.findings.sections().iter().map(|section| {
        let line = positions::position(rope, section.start, shared.encoding).line;
        let findings = Arc::clone(&section.items);
        let now = ShownSection { findings, line, first };
        first += section.items.len();
        (section.start, now, known.get(&key(&section.items)).copied())
    });
    let sections: Vec<_> = sections.collect();
    let one_by_one = sections.iter().flat_map(|(start, now, last)| {
        let each = now.findings.iter().enumerate();
        each.map(|(number, finding)| {
            (*start, now.line, finding, last.map(|last| (last, last.first + number)))
        })
    });
    let all = map_each(one_by_one.collect(), |(start, line, finding, last)| {
        let known = last.and_then(|(last, number)| Some(moved(shown.all.get(number)?, last.line, line)));
        known.unwrap_or_else(|| of_one(finding, start, rope, shared, &places))
    });
    let all = Arc::new(all);
    let sections = sections.into_iter().map(|(_, now, _)| now).collect();
    *shown = Shown { all: Arc::clone(&all), sections };
    all
}

/// A diagnostic of a section that began on line `from` and now begins on line `to`.
fn moved(diagnostic: &Diagnostic, from: u32, to: u32) -> Diagnostic {
    let mut diagnostic = diagnostic.clone();
    let Range { start, end } = &mut diagnostic.range;
    [start, end].into_iter().for_each(|position| position.line = position.line + to - from);
    diagnostic
}

/// A finding of the section at `start`.
fn of_one(
    finding: &Finding,
    start: usize,
    rope: &Rope,
    shared: &Shared,
    places: &RelatedPlaces<'_>,
) -> Diagnostic {
    let client = &shared.client;
    let found = cachelint_ide::diagnostic(finding);
    let related = found.related.into_iter().filter(|_| client.related_information);
    let related: Vec<_> = related.filter_map(|related| places.information(related)).collect();
    let tags: Vec<_> = found.tags.iter().filter(|_| client.diagnostic_tags).map(tag).collect();
    Diagnostic {
        range: positions::range(rope, found.span.shifted(start), shared.encoding),
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
