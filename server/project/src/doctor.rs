//! Facts for `cachelint doctor`: what is in force, and where each value, root and dialect came from.

use std::path::PathBuf;

/// What is in force and where it came from.
#[derive(Clone, Debug, Default)]
pub struct Doctor {
    /// The project folder.
    pub root: PathBuf,
    /// The configurations in force with their values, the outermost first; the first is the directory's own.
    pub configs: Vec<ConfigFacts>,
    /// The static roots.
    pub roots: Vec<RootFact>,
    /// The dialects of the sources, the most frequent first.
    pub dialects: Vec<DialectFact>,
    /// What was passed over and why, one line each.
    pub notes: Vec<String>,
    /// What could not be read.
    pub failures: Vec<String>,
}

/// One configuration with its values.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ConfigFacts {
    /// Its file as shown to people; `None` for the defaults.
    pub file: Option<String>,
    /// How many sources it is in force for.
    pub sources: usize,
    /// The values, in the order of the documentation.
    pub values: Vec<ValueFact>,
}

/// One value in force.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ValueFact {
    /// Its key: `version.length`.
    pub key: String,
    /// Its value, as TOML.
    pub value: String,
    /// `default`, or file and line: `cachelint.toml:3`.
    pub origin: String,
}

/// One static root.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RootFact {
    /// The URL prefix: `/static/`.
    pub url: String,
    /// The folders behind it, as shown to people, in the order they are looked in.
    pub folders: Vec<String>,
    /// Where it came from: `cachelint.toml:3`, `convention: static/ beside templates/`.
    pub origin: String,
}

/// Sources that share a dialect for the same reason.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DialectFact {
    /// The dialect's name.
    pub dialect: &'static str,
    /// What decided it: `app.py imports flask`.
    pub reason: String,
    /// How many sources.
    pub sources: usize,
    /// One of them, as shown to people.
    pub example: String,
}
