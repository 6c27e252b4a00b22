//! Hover: what is known of a reference, in at most four lines.

use std::path::{Path, PathBuf};
use std::time::SystemTime;

use cachelint_syntax::Span;

use crate::{Checked, Snapshot};

/// What is known beside the snapshot: computed behind, shown where it is there.
#[derive(Clone, Copy, Debug, Default)]
pub struct Facts {
    /// The time now; without it no age is shown.
    pub now: Option<SystemTime>,
    /// When the asset changed last, by its history or its modification time.
    pub changed: Option<SystemTime>,
    /// When the version was written, by the history of the source.
    pub written: Option<SystemTime>,
}

/// A hover.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hover {
    /// The reference: byte offsets.
    pub span: Span,
    /// At most four lines of pieces.
    pub lines: Vec<Vec<Piece>>,
    /// An image to show below them, absolute.
    pub image: Option<PathBuf>,
}

/// A piece of a hover's line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// Text as it is.
    Text(String),
    /// Text that stands out.
    Strong(String),
    /// A link to a file, at a line from 1 if one is named.
    Link {
        /// What people read.
        text: String,
        /// The file, absolute.
        path: PathBuf,
        /// The line, from 1.
        line: Option<usize>,
    },
}

impl Hover {
    /// As Markdown; `uri` makes the address of a file.
    pub fn markdown(&self, uri: &dyn Fn(&Path) -> String) -> String {
        let _ = uri;
        String::new()
    }

    /// As plain text, for editors that show no Markdown.
    pub fn plain(&self) -> String {
        String::new()
    }
}

/// The hover at `offset`. It reads nothing: what costs comes with `facts`.
pub fn hover(snapshot: &Snapshot, checked: &Checked, offset: usize, facts: &Facts) -> Option<Hover> {
    let _ = (snapshot, checked, offset, facts);
    None
}
