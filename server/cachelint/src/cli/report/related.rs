//! Other places that explain a finding, where they are in their files.

use std::borrow::Cow;
use std::fmt::{self, Display};

use cachelint_lint::{Finding, Related};
use cachelint_project::disk;
use cachelint_syntax::{LineColumn, LineIndex, Span};

use super::Run;

/// Another place that explains a finding.
#[derive(Debug)]
pub(crate) struct Place<'a> {
    /// The file relative to the working directory, with `/`.
    pub(crate) shown: String,
    /// The bytes.
    pub(crate) span: Span,
    /// Where they start.
    pub(crate) start: LineColumn,
    /// Where they end.
    pub(crate) end: LineColumn,
    /// What it has to do with the finding.
    pub(crate) message: &'a str,
}

/// The other places of a finding; those in files that can't be read any more are left out.
pub(crate) fn places<'a>(run: &Run, finding: &'a Finding) -> Vec<Place<'a>> {
    finding.related.iter().filter_map(|related| place(run, related)).collect()
}

fn place<'a>(run: &Run, related: &'a Related) -> Option<Place<'a>> {
    let known = run.files.binary_search_by(|file| file.path.cmp(&related.path)).ok();
    let text = match known {
        Some(number) => Cow::Borrowed(run.files[number].text.as_str()),
        None => Cow::Owned(disk::read_text(&related.path).ok()?),
    };
    let index = LineIndex::new(&text);
    Some(Place {
        shown: cachelint_project::shown(&run.directory, &related.path),
        span: related.span,
        start: index.position(&text, related.span.start),
        end: index.position(&text, related.span.end),
        message: &related.message,
    })
}

impl Display for Place<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}:{}:{}: {}", self.shown, self.start.line, self.start.column, self.message)
    }
}
