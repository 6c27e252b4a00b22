//! One configuration file as read: its keys, and where each of them stands.

use std::path::{Path, PathBuf};

use serde::Deserialize;
use toml::de::{DeTable, DeValue};

use super::commented::toml_key;
use super::error::{ConfigError, line_column};
use super::file::File;
use super::mismatch;
use crate::disk;

/// The name of a configuration file of our own.
pub const OWN_NAME: &str = "cachelint.toml";
/// The name of a file that may hold ours as a table.
pub const SHARED_NAME: &str = "pyproject.toml";

/// Tables whose keys are values of their own.
const TABLES: [&str; 5] = ["version", "static-roots", "dialects", "delimiters", "levels"];

/// One configuration file, or what is set elsewhere.
#[derive(Clone, Debug)]
pub(crate) struct Layer {
    /// The file, absolute; `None` for what is set elsewhere.
    pub(crate) file: Option<PathBuf>,
    /// The folder its paths start from, absolute.
    pub(crate) folder: PathBuf,
    /// Its keys.
    pub(crate) keys: File,
    /// Its values as written, with their lines.
    pub(crate) written: Vec<Written>,
}

/// One value as written.
#[derive(Clone, Debug)]
pub(crate) struct Written {
    /// Its key: `version.length`.
    pub(crate) key: String,
    /// Its text.
    pub(crate) value: String,
    /// Its line, from 1.
    pub(crate) line: usize,
}

#[derive(Deserialize)]
struct Shared {
    tool: Option<Tools>,
}

#[derive(Deserialize)]
struct Tools {
    cachelint: Option<File>,
}

impl Layer {
    /// What people know it as.
    pub(crate) fn shown(&self) -> String {
        self.file
            .as_ref()
            .map_or_else(|| "the editor's settings".to_owned(), |file| file.display().to_string())
    }
}

/// Reads a configuration; `None` for a `pyproject.toml` without our table.
pub(crate) fn read(file: &Path) -> Result<Option<Layer>, ConfigError> {
    let text = disk::read_text(file).map_err(|error| ConfigError::whole(file, error.reason.to_string()))?;
    let shared = file.file_name().is_some_and(|name| name == SHARED_NAME);
    if shared && !text.contains("cachelint") {
        return Ok(None);
    }
    let table = DeTable::parse(&text).map_err(|error| ConfigError::of_toml(file, &text, &error))?;
    let of_toml = |error| match own(table.get_ref(), shared).and_then(mismatch::in_file) {
        Some((offset, message)) => ConfigError::at(file, &text, offset, message),
        None => ConfigError::of_toml(file, &text, &error),
    };
    let keys = match shared {
        true => toml::from_str::<Shared>(&text).map_err(of_toml)?.tool.and_then(|tool| tool.cachelint),
        false => Some(toml::from_str::<File>(&text).map_err(of_toml)?),
    };
    let Some(keys) = keys else { return Ok(None) };
    let written = own(table.get_ref(), shared).map_or_else(Vec::new, |own| written(&text, own));
    let folder = file.parent().unwrap_or(Path::new("/")).to_owned();
    Ok(Some(Layer { file: Some(file.to_owned()), folder, keys, written }))
}

/// The table that holds our keys.
fn own<'a, 'text>(table: &'a DeTable<'text>, shared: bool) -> Option<&'a DeTable<'text>> {
    match shared {
        true => subtable(table, "tool").and_then(|tool| subtable(tool, "cachelint")),
        false => Some(table),
    }
}

fn written(text: &str, own: &DeTable<'_>) -> Vec<Written> {
    let mut all = Vec::new();
    for (key, value) in own {
        match value.get_ref() {
            DeValue::Table(inner) if TABLES.contains(&key.get_ref().as_ref()) => {
                all.extend(inner.iter().map(|(name, value)| Written {
                    key: format!("{}.{}", key.get_ref(), toml_key(name.get_ref())),
                    value: text[value.span()].to_owned(),
                    line: line_column(text, name.span().start).0,
                }));
            }
            _ => all.push(Written {
                key: key.get_ref().to_string(),
                value: text[value.span()].to_owned(),
                line: line_column(text, key.span().start).0,
            }),
        }
    }
    all.sort_by_key(|written| written.line);
    all
}

fn subtable<'a, 'text>(table: &'a DeTable<'text>, key: &str) -> Option<&'a DeTable<'text>> {
    table.get(key)?.get_ref().as_table()
}
