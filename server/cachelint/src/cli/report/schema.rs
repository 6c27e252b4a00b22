//! The shape of everything that is written as JSON.
//!
//! Paths are relative to the working directory, with `/`. Bytes count from 0 (a byte order mark included), lines
//! and columns from 1, columns in characters. Ends are exclusive.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// The version of these shapes.
pub(crate) const VERSION: u32 = 1;

/// What `check` and `fix` write.
#[derive(Debug, Serialize)]
pub(crate) struct Report<'a> {
    pub(crate) version: u32,
    pub(crate) findings: Vec<Finding<'a>>,
    pub(crate) summary: ReportSummary<'a>,
}

/// What `references` writes.
#[derive(Debug, Serialize)]
pub(crate) struct Listing<'a> {
    pub(crate) version: u32,
    pub(crate) references: Vec<Reference<'a>>,
    pub(crate) summary: ListingSummary<'a>,
}

/// One finding.
#[derive(Debug, Serialize)]
pub(crate) struct Finding<'a> {
    pub(crate) path: &'a str,
    pub(crate) rule: &'a str,
    pub(crate) level: &'a str,
    pub(crate) message: &'a str,
    pub(crate) help: Option<&'a str>,
    pub(crate) start: Position,
    pub(crate) end: Position,
    /// The source text of the reference.
    pub(crate) url: &'a str,
    pub(crate) asset: Option<String>,
    /// Other places that explain it.
    pub(crate) related: Vec<Related<'a>>,
    /// `safe`, `unsafe`, or null without a fix.
    pub(crate) applicability: Option<&'a str>,
    /// The edits of the fix that would be applied: the first safe one, else the first; empty without any.
    pub(crate) edits: Vec<Edit<'a>>,
}

/// Another place that explains a finding.
#[derive(Debug, Serialize)]
pub(crate) struct Related<'a> {
    pub(crate) path: String,
    pub(crate) message: &'a str,
    pub(crate) start: Position,
    pub(crate) end: Position,
}

/// One reference.
#[derive(Debug, Serialize)]
pub(crate) struct Reference<'a> {
    pub(crate) path: &'a str,
    pub(crate) status: &'a str,
    pub(crate) form: String,
    pub(crate) place: &'a str,
    pub(crate) reason: Option<&'a str>,
    pub(crate) start: Position,
    pub(crate) end: Position,
    /// The source text of the reference.
    pub(crate) url: &'a str,
    pub(crate) asset: Option<String>,
}

/// A place in a source.
#[derive(Debug, Serialize)]
pub(crate) struct Position {
    pub(crate) byte: usize,
    pub(crate) line: usize,
    pub(crate) column: usize,
}

/// A replacement of the bytes from `start` to `end`.
#[derive(Debug, Serialize)]
pub(crate) struct Edit<'a> {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) text: &'a str,
}

/// The counts of `check` and `fix`.
#[derive(Debug, Serialize)]
pub(crate) struct ReportSummary<'a> {
    /// Sources that were read.
    pub(crate) files: usize,
    pub(crate) findings: usize,
    /// Findings by level.
    pub(crate) levels: BTreeMap<&'a str, usize>,
    /// Findings with a safe fix.
    pub(crate) fixable: usize,
    /// Fixes that were applied.
    pub(crate) fixed: usize,
    /// References by status.
    pub(crate) statuses: BTreeMap<&'a str, usize>,
    /// What could not be read or written.
    pub(crate) failures: &'a [String],
}

/// The counts of `references`.
#[derive(Debug, Serialize)]
pub(crate) struct ListingSummary<'a> {
    /// Sources that were read.
    pub(crate) files: usize,
    pub(crate) references: usize,
    /// References by status.
    pub(crate) statuses: BTreeMap<&'a str, usize>,
    /// What could not be read.
    pub(crate) failures: &'a [String],
}

/// What `doctor` writes.
#[derive(Debug, Serialize)]
pub(crate) struct Doctor<'a> {
    pub(crate) version: u32,
    /// The version of cachelint.
    pub(crate) cachelint: &'a str,
    /// The project folder.
    pub(crate) root: &'a str,
    /// The configurations in force; the first is the working directory's.
    pub(crate) configs: Vec<Config<'a>>,
    pub(crate) applications: Vec<Application<'a>>,
    pub(crate) static_roots: Vec<StaticRoot<'a>>,
    pub(crate) manifests: Vec<Manifest<'a>>,
    /// What serves `style.css` for `style.3f2a9c1b.css`; null where nothing is known to.
    pub(crate) hashed_names: Option<Origin<'a>>,
    /// The rules that would, by server; empty where one is there, or the strategy asks for none.
    pub(crate) missing_rules: BTreeMap<&'a str, &'a str>,
    /// The template languages, the most frequent first.
    pub(crate) dialects: Vec<Decided<'a>>,
    /// What was passed over and why.
    pub(crate) notes: &'a [String],
    /// What could not be read.
    pub(crate) failures: &'a [String],
}

/// Where a fact comes from.
#[derive(Debug, Serialize)]
pub(crate) struct Origin<'a> {
    /// What says it: a name in the code, `default`, a convention in words; null for a line of a configuration.
    pub(crate) what: Option<&'a str>,
    /// Null where no file says it; so is the line.
    pub(crate) path: Option<&'a str>,
    pub(crate) line: Option<usize>,
}

/// One configuration.
#[derive(Debug, Serialize)]
pub(crate) struct Config<'a> {
    /// Null for the defaults.
    pub(crate) path: Option<&'a str>,
    /// How many sources it is in force for.
    pub(crate) sources: usize,
    pub(crate) values: Vec<InForce<'a>>,
}

/// One value in force.
#[derive(Debug, Serialize)]
pub(crate) struct InForce<'a> {
    /// `version.length`.
    pub(crate) key: &'a str,
    /// As TOML.
    pub(crate) value: &'a str,
    pub(crate) origin: Origin<'a>,
}

/// One application that the project's code makes.
#[derive(Debug, Serialize)]
pub(crate) struct Application<'a> {
    pub(crate) folder: &'a str,
    pub(crate) origin: Origin<'a>,
    pub(crate) facts: Vec<Fact<'a>>,
}

/// What the code of an application says of versions and caching.
#[derive(Debug, Serialize)]
pub(crate) struct Fact<'a> {
    /// A sentence.
    pub(crate) says: &'a str,
    pub(crate) origin: Origin<'a>,
}

/// One static root.
#[derive(Debug, Serialize)]
pub(crate) struct StaticRoot<'a> {
    /// The prefix; null where it is known only when the application runs.
    pub(crate) url: Option<&'a str>,
    /// In the order they are looked in.
    pub(crate) folders: &'a [String],
    /// Whether installed packages add theirs.
    pub(crate) packaged: bool,
    pub(crate) origin: Origin<'a>,
}

/// One manifest of a build.
#[derive(Debug, Serialize)]
pub(crate) struct Manifest<'a> {
    pub(crate) path: &'a str,
    /// What writes it.
    pub(crate) tool: &'a str,
    pub(crate) entries: usize,
    /// Whether it can be told that a source changed since.
    pub(crate) verifiable: bool,
}

/// Sources that share a template language for the same reason.
#[derive(Debug, Serialize)]
pub(crate) struct Decided<'a> {
    pub(crate) dialect: &'a str,
    /// What decided it.
    pub(crate) reason: &'a str,
    pub(crate) sources: usize,
    /// One of them.
    pub(crate) example: &'a str,
}

/// A baseline.
#[derive(Debug, Deserialize, Serialize)]
pub(crate) struct Baseline {
    pub(crate) version: u32,
    pub(crate) findings: Vec<Known>,
}

/// Findings that a baseline knows: those of one rule in one source that share the text of their URL.
#[derive(Debug, Deserialize, Serialize)]
pub(crate) struct Known {
    /// Relative to the baseline's folder.
    pub(crate) path: String,
    pub(crate) rule: String,
    pub(crate) url: String,
    /// How many; one where it is left out.
    #[serde(default = "one", skip_serializing_if = "is_one")]
    pub(crate) count: usize,
}

const fn one() -> usize {
    1
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
const fn is_one(count: &usize) -> bool {
    *count == 1
}
