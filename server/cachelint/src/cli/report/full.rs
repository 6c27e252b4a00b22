//! With the source and carets under what is meant, for people at a terminal.

use std::borrow::Cow;
use std::io::{self, Write};
use std::ops::Range;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level as Title, Origin, Renderer, Snippet};
use anstream::adapter::strip_str;
use anstyle::Style;
use cachelint_lint::{Finding, Level, Status};
use cachelint_syntax::Span;

use super::{Checked, Lines, Run, related};
use crate::cli::output::{BOLD, ERROR, INFO, NOTE, WARNING, printable};

/// What counts as a long line, in bytes.
const LONG: usize = 2000;

/// How much of a long line is shown on either side of what is meant, in bytes.
const AROUND: usize = 120;

/// How much of a reference is shown, in bytes.
const MEANT: usize = 480;

/// Writes each finding with its source.
pub(crate) fn findings(
    run: &Run,
    file: &Checked,
    lines: &Lines<'_>,
    width: usize,
    out: &mut impl Write,
) -> io::Result<()> {
    let renderer = Renderer::styled().decor_style(DecorStyle::Ascii).term_width(width);
    for finding in &file.findings {
        let rendered = renderer.render(&[group(run, file, lines, finding)]);
        for line in rendered.lines().filter(|line| !is_separator(line)) {
            writeln!(out, "{line}")?;
        }
        writeln!(out)?;
    }
    Ok(())
}

/// Whether a line only sets a place and its cut source apart.
fn is_separator(line: &str) -> bool {
    line.contains(":::") && strip_str(line).to_string().trim() == ":::"
}

fn group<'a>(run: &Run, file: &'a Checked, lines: &Lines<'_>, finding: &'a Finding) -> Group<'a> {
    let excerpt = excerpt(lines, &file.text, finding.span);
    let path = printable(&file.shown);
    let snippet = Snippet::source(excerpt.text)
        .line_start(excerpt.line)
        .annotation(AnnotationKind::Primary.span(excerpt.meant));
    let title = title(finding.level).primary_title(printable(&finding.message)).id(finding.rule);
    let mut group = if excerpt.is_cut {
        title.element(Origin::path(path).line(excerpt.line).char_column(excerpt.column)).element(snippet)
    } else {
        title.element(snippet.path(path))
    };
    for place in related::places(run, finding) {
        group = group.element(Title::NOTE.message(printable(&place.to_string())));
    }
    match &finding.help {
        Some(help) => group.element(Title::HELP.message(printable(help))),
        None => group,
    }
}

fn title(level: Level) -> Title<'static> {
    match level {
        Level::Error => Title::ERROR,
        Level::Warning => Title::WARNING,
        Level::Info | Level::Off => Title::INFO,
        Level::Hint => Title::INFO.with_name(Level::Hint.name()),
    }
}

/// The lines of a source that are shown for a span.
struct Excerpt<'a> {
    text: Cow<'a, str>,
    /// What is meant, in bytes of `text`.
    meant: Range<usize>,
    /// Where what is meant starts in the source, both from 1.
    line: usize,
    column: usize,
    /// Whether the lines are not shown from their start.
    is_cut: bool,
}

/// Cuts the lines of `span` out of `text`; of a line as long as a minified page only the part around it.
fn excerpt<'a>(lines: &Lines<'_>, text: &'a str, span: Span) -> Excerpt<'a> {
    let place = lines.position(span.start);
    let meant = Span::new(span.start, text.floor_char_boundary(span.end.min(span.start + MEANT)));
    let whole = lines.span_of(meant);
    let is_cut = whole.len() > LONG;
    let (mut start, mut end) = (whole.start, whole.end.max(meant.end));
    if is_cut {
        start = start.max(text.floor_char_boundary(meant.start.saturating_sub(AROUND)));
        end = meant.end.max(end.min(text.ceil_char_boundary(meant.end + AROUND)));
    }
    if text[start..].starts_with('\u{feff}') {
        start += '\u{feff}'.len_utf8();
    }
    Excerpt {
        text: lone_returns_as_newlines(&text[start..end]),
        meant: meant.start.max(start) - start..meant.end.max(start) - start,
        line: place.line,
        column: place.column,
        is_cut,
    }
}

/// A `\r` alone ends a line for us and not for the renderer.
fn lone_returns_as_newlines(text: &str) -> Cow<'_, str> {
    if !text.contains('\r') {
        return Cow::Borrowed(text);
    }
    let mut bytes = text.as_bytes().to_vec();
    for at in 0..bytes.len() {
        if bytes[at] == b'\r' && bytes.get(at + 1) != Some(&b'\n') {
            bytes[at] = b'\n';
        }
    }
    Cow::Owned(String::from_utf8_lossy(&bytes).into_owned())
}

/// Writes the references of a source as a table below its path.
pub(crate) fn references(file: &Checked, lines: &Lines<'_>, out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "{BOLD}{}{BOLD:#}", printable(&file.shown))?;
    for judged in &file.references {
        let reference = &judged.resolved.reference;
        let place = lines.position(reference.span.start);
        let style = status_style(judged.status);
        writeln!(
            out,
            "  {:>9} {style}{:<12}{style:#} {:<24} {}{}",
            format!("{}:{}", place.line, place.column),
            judged.status.name(),
            reference.form(),
            printable(reference.span.of(&file.text)),
            judged.reason.as_ref().map(|reason| format!(" ({})", printable(reason))).unwrap_or_default()
        )?;
    }
    writeln!(out)
}

const fn status_style(status: Status) -> Style {
    match status {
        Status::Stale | Status::Missing => ERROR,
        Status::Unversioned | Status::Manual => WARNING,
        Status::Versioned | Status::Runtime => NOTE,
        Status::Unverifiable | Status::Unknown => INFO,
        Status::External | Status::Dynamic | Status::Exempt | Status::Inert | Status::Unchecked => {
            Style::new()
        }
    }
}
