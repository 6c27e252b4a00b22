//! Annotations of GitHub Actions: workflow commands that mark the lines of a change.

use std::fmt::{self, Display};
use std::io::{self, Write};
use std::iter;

use cachelint_lint::Level;
use cachelint_syntax::Span;

use super::{Checked, Lines, Run, related};

/// Writes an annotation for each finding.
pub(crate) fn findings(run: &Run, file: &Checked, lines: &Lines<'_>, out: &mut impl Write) -> io::Result<()> {
    for finding in &file.findings {
        let command = match finding.level {
            Level::Error => "error",
            Level::Warning => "warning",
            Level::Info | Level::Hint | Level::Off => "notice",
        };
        let place = Place { file, lines, span: finding.span };
        let related = related::places(run, finding);
        let text: Vec<String> =
            iter::once(finding.message.clone()).chain(related.iter().map(ToString::to_string)).collect();
        writeln!(out, "::{command} {place},title={}::{}", property(finding.rule), data(&text.join("\n")))?;
    }
    Ok(())
}

/// Writes a notice for each reference.
pub(crate) fn references(file: &Checked, lines: &Lines<'_>, out: &mut impl Write) -> io::Result<()> {
    for judged in &file.references {
        let reference = &judged.resolved.reference;
        let place = Place { file, lines, span: reference.span };
        let text = format!("{} {}", reference.form(), reference.span.of(&file.text));
        writeln!(out, "::notice {place},title={}::{}", judged.status.name(), data(&text))?;
    }
    Ok(())
}

struct Place<'a> {
    file: &'a Checked,
    lines: &'a Lines<'a>,
    span: Span,
}

impl Display for Place<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (start, end) = (self.lines.position(self.span.start), self.lines.position(self.span.end));
        write!(out, "file={},line={},endLine={}", property(&self.file.shown), start.line, end.line)?;
        if start.line == end.line {
            write!(out, ",col={},endColumn={}", start.column, end.column)?;
        }
        Ok(())
    }
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
