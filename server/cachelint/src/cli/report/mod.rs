//! What a run came to, as values; one file for each form it is written in.

pub(crate) mod concise;
pub(crate) mod diff;
pub(crate) mod facts;
pub(crate) mod full;
pub(crate) mod github;
pub(crate) mod json;
mod related;
pub(crate) mod schema;
mod summary;

use std::io::{self, Write};
use std::path::PathBuf;

use cachelint_lint::{Finding, Level, Resolved, Status};
use cachelint_syntax::{LineColumn, LineIndex, Span};

pub(crate) use summary::{Summary, count};

use super::Exit;
use super::arguments::Format;

/// What a run came to: its sources in the order of their paths, and what went wrong.
#[derive(Debug, Default)]
pub(crate) struct Run {
    /// The working directory: shown paths start from it.
    pub(crate) directory: PathBuf,
    /// The sources that were read.
    pub(crate) files: Vec<Checked>,
    /// What could not be read or written, for people; one is enough for exit 2.
    pub(crate) failures: Vec<String>,
}

/// A source with what is reported of it.
#[derive(Debug, Default)]
pub(crate) struct Checked {
    /// The source, absolute.
    pub(crate) path: PathBuf,
    /// The source relative to the working directory, with `/`.
    pub(crate) shown: String,
    /// Its text, as far as fixes went; spans are of this.
    pub(crate) text: String,
    /// What was found, in the order of the text.
    pub(crate) findings: Vec<Finding>,
    /// Its references with what is known of each, in the order of the text.
    pub(crate) references: Vec<Judged>,
    /// How many fixes were applied.
    pub(crate) fixed: usize,
}

/// A reference with what is known of it.
#[derive(Debug)]
pub(crate) struct Judged {
    /// The reference and what it names.
    pub(crate) resolved: Resolved,
    /// What is known of it.
    pub(crate) status: Status,
    /// Why, for people.
    pub(crate) reason: Option<String>,
}

/// How a report is to look.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Look {
    /// The form.
    pub(crate) format: Format,
    /// How wide a line may be, in columns.
    pub(crate) width: usize,
    /// Whether a summary ends the report.
    pub(crate) summary: bool,
}

impl Run {
    /// How the process ends: a failure beats findings, and findings count from level `least`.
    pub(crate) fn exit(&self, least: Level) -> Exit {
        let counts = |file: &Checked| file.findings.iter().any(|finding| finding.level >= least);
        match () {
            () if !self.failures.is_empty() => Exit::Failed,
            () if self.files.iter().any(counts) => Exit::Findings,
            () => Exit::Clean,
        }
    }
}

/// Writes the findings of a run.
pub(crate) fn write_findings(run: &Run, look: Look, out: &mut impl Write) -> io::Result<()> {
    match look.format {
        Format::Json => return json::findings(run, out),
        Format::Full => each_file(run, |file, lines| full::findings(run, file, lines, look.width, out)),
        Format::Concise => each_file(run, |file, lines| concise::findings(file, lines, out)),
        Format::Github => each_file(run, |file, lines| github::findings(run, file, lines, out)),
    }?;
    if look.summary { summary::findings(&Summary::of(run), out) } else { Ok(()) }
}

/// Writes the references of a run.
pub(crate) fn write_references(run: &Run, look: Look, out: &mut impl Write) -> io::Result<()> {
    match look.format {
        Format::Json => return json::references(run, out),
        Format::Full => each_file(run, |file, lines| full::references(file, lines, out)),
        Format::Concise => each_file(run, |file, lines| concise::references(file, lines, out)),
        Format::Github => each_file(run, |file, lines| github::references(file, lines, out)),
    }?;
    if look.summary { summary::references(&Summary::of(run), out) } else { Ok(()) }
}

/// The colour of a level.
const fn level_style(level: Level) -> anstyle::Style {
    match level {
        Level::Error => super::output::ERROR,
        Level::Warning => super::output::WARNING,
        Level::Info | Level::Hint | Level::Off => super::output::INFO,
    }
}

fn each_file(run: &Run, mut write: impl FnMut(&Checked, &Lines<'_>) -> io::Result<()>) -> io::Result<()> {
    run.files
        .iter()
        .filter(|file| !file.findings.is_empty() || !file.references.is_empty())
        .try_for_each(|file| write(file, &Lines::of(file)))
}

/// Where the lines of a source are.
#[derive(Debug)]
pub(crate) struct Lines<'a> {
    text: &'a str,
    index: LineIndex,
}

impl<'a> Lines<'a> {
    pub(crate) fn of(file: &'a Checked) -> Self {
        Self { text: &file.text, index: LineIndex::new(&file.text) }
    }

    /// The place of a byte offset, for people.
    pub(crate) fn position(&self, offset: usize) -> LineColumn {
        self.index.position(self.text, offset)
    }

    /// The lines that hold `span`, without the last line's end.
    pub(crate) fn span_of(&self, span: Span) -> Span {
        let line = |offset: usize| self.index.line_of(offset.min(self.text.len()));
        let start = self.index.line_start(line(span.start)).unwrap_or(0);
        let end = self.index.line_start(line(span.end.max(span.start)) + 1).unwrap_or(self.text.len());
        let ended = Span::new(start, end).of(self.text);
        Span::new(start, start + ended.trim_end_matches(['\r', '\n']).len())
    }
}
