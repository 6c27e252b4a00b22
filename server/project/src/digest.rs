//! Digests: what a version is cut from, read by streaming and kept by path and stamp.

use std::io;

/// Why a file has no digest.
#[derive(Debug, thiserror::Error)]
pub enum DigestError {
    /// The file is not there (any more).
    #[error("no such file")]
    Vanished,
    /// A folder, FIFO, socket or device.
    #[error("not a regular file")]
    NotAFile,
    /// It changed each time it was read.
    #[error("it keeps changing while it is read")]
    Unsteady,
    /// The system's error.
    #[error("{0}")]
    Io(io::Error),
}
