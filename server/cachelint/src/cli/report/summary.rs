//! The end of a report: what was found, counted.

use std::collections::BTreeMap;
use std::io::{self, Write};

use cachelint_lint::{Applicability, Level, Status};

use super::Run;
use crate::cli::apply::applicable;
use crate::cli::output::BOLD;

/// What a run came to, counted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Summary {
    /// Sources that were read.
    pub(crate) files: usize,
    /// Sources with a finding.
    pub(crate) files_with_findings: usize,
    /// Findings by level.
    pub(crate) levels: BTreeMap<Level, usize>,
    /// Findings that have a safe fix.
    pub(crate) fixable: usize,
    /// Findings whose only fixes are unsafe.
    pub(crate) unsafely_fixable: usize,
    /// Fixes that were applied.
    pub(crate) fixed: usize,
    /// Sources that fixes changed.
    pub(crate) files_fixed: usize,
    /// What could not be read or written.
    pub(crate) failures: usize,
    /// References by status.
    pub(crate) statuses: BTreeMap<Status, usize>,
}

impl Summary {
    /// Counts what `run` came to.
    pub(crate) fn of(run: &Run) -> Self {
        let mut summary = Self { files: run.files.len(), failures: run.failures.len(), ..Self::default() };
        for file in &run.files {
            summary.files_with_findings += usize::from(!file.findings.is_empty());
            summary.files_fixed += usize::from(file.fixed > 0);
            summary.fixed += file.fixed;
            for finding in &file.findings {
                *summary.levels.entry(finding.level).or_default() += 1;
                let safe = applicable(finding, Applicability::Safe).is_some();
                summary.fixable += usize::from(safe);
                summary.unsafely_fixable += usize::from(!safe && !finding.fixes.is_empty());
            }
            for judged in &file.references {
                *summary.statuses.entry(judged.status).or_default() += 1;
            }
        }
        summary
    }

    /// How many findings there are.
    pub(crate) fn findings(&self) -> usize {
        self.levels.values().sum()
    }

    /// How many references there are.
    pub(crate) fn references(&self) -> usize {
        self.statuses.values().sum()
    }
}

/// Writes the summary of findings.
pub(super) fn findings(summary: &Summary, out: &mut impl Write) -> io::Result<()> {
    if summary.fixed > 0 {
        let (fixed, files) = (count(summary.fixed, "reference"), count(summary.files_fixed, "file"));
        writeln!(out, "Fixed {fixed} in {files}")?;
    }
    let files = count(summary.files, "file");
    if summary.files == 0 && summary.failures > 0 {
        return Ok(());
    }
    if summary.findings() == 0 {
        return writeln!(out, "{BOLD}Nothing to report{BOLD:#} in {files}");
    }
    let levels: Vec<String> =
        summary.levels.iter().rev().map(|(level, number)| level_count(*level, *number)).collect();
    let found = levels.join(", ");
    write!(out, "{BOLD}Found {found}{BOLD:#} in {} of {files}", summary.files_with_findings)?;
    writeln!(out, "{}", fixable(summary))
}

fn fixable(summary: &Summary) -> String {
    match (summary.fixable, summary.unsafely_fixable) {
        (0, 0) => String::new(),
        (safe, 0) => format!("; {safe} fixable with --fix"),
        (0, risky) => format!("; {risky} fixable with fix --unsafe-fixes"),
        (safe, risky) => format!("; {safe} fixable with --fix, {risky} more with fix --unsafe-fixes"),
    }
}

/// Writes the summary of references.
pub(super) fn references(summary: &Summary, out: &mut impl Write) -> io::Result<()> {
    let (references, files) = (count(summary.references(), "reference"), count(summary.files, "file"));
    write!(out, "{BOLD}{references}{BOLD:#} in {files}")?;
    let known = Status::ALL.iter().filter_map(|status| Some((status, summary.statuses.get(status)?)));
    for (number, (status, times)) in known.enumerate() {
        write!(out, "{} {times} {}", if number == 0 { ":" } else { "," }, status.name())?;
    }
    writeln!(out)
}

fn level_count(level: Level, number: usize) -> String {
    match level {
        Level::Info => format!("{number} info"),
        level => count(number, level.name()),
    }
}

/// A number and its noun: `1 file`, `2 files`.
pub(crate) fn count(number: usize, noun: &str) -> String {
    format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
}
