//! Hover: what is known of a reference, in at most four lines.

mod lines;
mod render;
#[cfg(test)]
mod tests;

use std::path::PathBuf;
use std::time::SystemTime;

use cachelint_lint::{Asset, AssetKind};
use cachelint_project::LastChange;
use cachelint_syntax::Span;

use crate::{Checked, Preferences, Snapshot};

pub(crate) use lines::{about_file, versioned_url};

/// What is known beside the snapshot: computed behind, shown where it is there.
#[derive(Clone, Copy, Debug, Default)]
pub struct Facts {
    /// The time now; without it no age is shown.
    pub now: Option<SystemTime>,
    /// When the asset was last modified on disk.
    pub modified: Option<SystemTime>,
    /// What git's history tells of the asset, where that was read.
    pub change: Option<LastChange>,
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

/// The largest image that is shown, in bytes.
const LARGEST_IMAGE: u64 = 200_000;

/// The hover at `offset`. It reads nothing: what costs comes with `facts`. `None` where there is no reference, or one
/// that names no file.
pub fn hover(snapshot: &Snapshot, checked: &Checked, offset: usize, facts: &Facts) -> Option<Hover> {
    let (resolved, judgement) = checked.reference_at(offset)?;
    let lines =
        lines::lines(&lines::View { snapshot, checked, resolved: &resolved, judgement: &judgement, facts })?;
    let image = resolved.asset().and_then(|asset| image_of(snapshot.preferences, asset));
    Some(Hover { span: resolved.reference.span, lines, image })
}

fn image_of(preferences: Preferences, asset: &Asset) -> Option<PathBuf> {
    let small = AssetKind::of(&asset.name) == AssetKind::Image && asset.size <= LARGEST_IMAGE;
    (preferences.image_preview && small).then(|| asset.path.to_path_buf())
}

/// The image to show of a file that no reference may name yet.
pub(crate) fn image_of_file(preferences: Preferences, path: &std::path::Path, size: u64) -> Option<PathBuf> {
    let image = AssetKind::of(&path.to_string_lossy()) == AssetKind::Image;
    (preferences.image_preview && image && size <= LARGEST_IMAGE).then(|| path.to_owned())
}
