//! One JSON document, for programs.

use std::io::{self, Write};
use std::path::Path;

use cachelint_lint::Applicability;
use cachelint_syntax::LineColumn;
use serde::Serialize;

use super::schema::{self, VERSION};
use super::{Checked, Judged, Lines, Run, Summary, related};
use crate::cli::apply::applicable;

/// Writes the findings of a run.
pub(crate) fn findings(run: &Run, out: &mut impl Write) -> io::Result<()> {
    let counts = Summary::of(run);
    let document = schema::Report {
        version: VERSION,
        findings: run.files.iter().flat_map(|file| findings_of(run, file)).collect(),
        summary: schema::ReportSummary {
            files: counts.files,
            findings: counts.findings(),
            levels: counts.levels.iter().map(|(level, number)| (level.name(), *number)).collect(),
            fixable: counts.fixable,
            fixed: counts.fixed,
            statuses: counts.statuses.iter().map(|(status, number)| (status.name(), *number)).collect(),
            failures: &run.failures,
        },
    };
    write(&document, out)
}

/// Writes the references of a run.
pub(crate) fn references(run: &Run, out: &mut impl Write) -> io::Result<()> {
    let counts = Summary::of(run);
    let document = schema::Listing {
        version: VERSION,
        references: run.files.iter().flat_map(|file| references_of(run, file)).collect(),
        summary: schema::ListingSummary {
            files: counts.files,
            references: counts.references(),
            statuses: counts.statuses.iter().map(|(status, number)| (status.name(), *number)).collect(),
            failures: &run.failures,
        },
    };
    write(&document, out)
}

pub(super) fn write(document: &impl Serialize, out: &mut impl Write) -> io::Result<()> {
    serde_json::to_writer(&mut *out, document)?;
    writeln!(out)
}

fn finding<'a>(
    run: &Run,
    file: &'a Checked,
    lines: &Lines<'_>,
    finding: &'a cachelint_lint::Finding,
) -> schema::Finding<'a> {
    let fix = applicable(finding, Applicability::Safe).or(finding.fixes.first());
    schema::Finding {
        path: &file.shown,
        rule: finding.rule,
        level: finding.level.name(),
        message: &finding.message,
        help: finding.help.as_deref(),
        start: position(lines, finding.span.start),
        end: position(lines, finding.span.end),
        url: &finding.url,
        asset: finding.asset.as_deref().map(|asset| shown(run, asset)),
        related: related::places(run, finding).into_iter().map(place).collect(),
        applicability: fix.map(|fix| fix.applicability.name()),
        edits: fix.map(|fix| fix.edits.iter().map(edit).collect()).unwrap_or_default(),
    }
}

fn findings_of<'a>(run: &Run, file: &'a Checked) -> Vec<schema::Finding<'a>> {
    let lines = Lines::of(file);
    file.findings.iter().map(|found| finding(run, file, &lines, found)).collect()
}

fn references_of<'a>(run: &Run, file: &'a Checked) -> Vec<schema::Reference<'a>> {
    let lines = Lines::of(file);
    file.references.iter().map(|judged| reference(run, file, &lines, judged)).collect()
}

fn reference<'a>(
    run: &Run,
    file: &'a Checked,
    lines: &Lines<'_>,
    judged: &'a Judged,
) -> schema::Reference<'a> {
    let reference = &judged.resolved.reference;
    schema::Reference {
        path: &file.shown,
        status: judged.status.name(),
        form: reference.form(),
        place: reference.place.name(),
        reason: judged.reason.as_deref(),
        start: position(lines, reference.span.start),
        end: position(lines, reference.span.end),
        url: reference.span.of(&file.text),
        asset: judged.resolved.asset().map(|asset| shown(run, &asset.path)),
    }
}

fn shown(run: &Run, path: &Path) -> String {
    cachelint_project::shown(&run.directory, path)
}

fn position(lines: &Lines<'_>, offset: usize) -> schema::Position {
    at(offset, lines.position(offset))
}

const fn at(byte: usize, place: LineColumn) -> schema::Position {
    schema::Position { byte, line: place.line, column: place.column }
}

fn place(place: related::Place<'_>) -> schema::Related<'_> {
    schema::Related {
        start: at(place.span.start, place.start),
        end: at(place.span.end, place.end),
        path: place.shown,
        message: place.message,
    }
}

fn edit(edit: &cachelint_lint::Edit) -> schema::Edit<'_> {
    schema::Edit { start: edit.span.start, end: edit.span.end, text: &edit.text }
}
