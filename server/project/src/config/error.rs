//! Errors of a configuration: file, line, column, and the nearest valid key for an unknown one.

use std::path::{Path, PathBuf};

/// Why a configuration is not in force: file, line and column (both from 1, the column in characters), and what is wrong.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}{}: {message}", file.display(), place(*position))]
pub struct ConfigError {
    /// The file, absolute.
    pub file: PathBuf,
    /// Line and column, where the error has a place in the file.
    pub position: Option<(usize, usize)>,
    /// What is wrong.
    pub message: String,
}

fn place(position: Option<(usize, usize)>) -> String {
    position.map_or_else(String::new, |(line, column)| format!(":{line}:{column}"))
}

impl ConfigError {
    /// An error without a place.
    pub(crate) fn whole(file: &Path, message: impl Into<String>) -> Self {
        Self { file: file.to_owned(), position: None, message: message.into() }
    }

    /// The error at byte `offset` of `text`.
    pub(crate) fn at(file: &Path, text: &str, offset: usize, message: impl Into<String>) -> Self {
        Self { position: Some(line_column(text, offset)), ..Self::whole(file, message) }
    }

    /// What the TOML reader says, in our words.
    pub(crate) fn of_toml(file: &Path, text: &str, error: &toml::de::Error) -> Self {
        let message = in_our_words(error.message());
        match error.span() {
            Some(span) => Self::at(file, text, span.start, message),
            None => Self::whole(file, message),
        }
    }
}

/// Line and column of a byte offset, both from 1, the column in characters.
pub(crate) fn line_column(text: &str, offset: usize) -> (usize, usize) {
    let before = text.get(..offset).unwrap_or(text);
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    (before.matches('\n').count() + 1, before[line_start..].chars().count() + 1)
}

/// Serde's list of every valid key becomes the nearest one.
fn in_our_words(message: &str) -> String {
    let unknown = message.strip_prefix("unknown field `").and_then(|rest| rest.split_once('`'));
    let Some((key, expected)) = unknown else { return message.trim_end().replace('\n', ", ") };
    let valid: Vec<&str> = expected.split('`').skip(1).step_by(2).collect();
    match nearest(key, valid.iter().copied()) {
        Some(near) => format!("unknown key `{key}`; did you mean `{near}`?"),
        None => format!("unknown key `{key}`; valid keys are {}", valid.join(", ")),
    }
}

/// The name most like `text`, if one is alike at all.
pub(crate) fn nearest<'a>(text: &str, names: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let scored = names.map(|name| (strsim::jaro_winkler(&text.replace('_', "-"), name), name));
    let best = scored.max_by(|one, other| one.0.total_cmp(&other.0))?;
    (best.0 >= 0.75).then_some(best.1)
}
