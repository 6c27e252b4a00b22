//! Completion of asset paths. The text before the cursor decides, so that it works while the rest is unfinished.

mod context;
mod items;
#[cfg(test)]
mod tests;

use std::path::{Path, PathBuf};

use cachelint_syntax::Span;

use crate::hover::{about_file, image_of_file};
use crate::{Hover, Snapshot};

/// What may be written at a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completion {
    /// What an item replaces: byte offsets, from the start of the last path segment to the end of what is typed of it.
    pub span: Span,
    /// The items: folders first, then files, each by name.
    pub items: Vec<CompletionItem>,
}

/// One thing that may be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CompletionItem {
    /// What people read: the name of the file, or of the folder with `/`.
    pub label: String,
    /// What it is.
    pub kind: ItemKind,
    /// What takes the place of the span: escaped for where it stands, with the closing quote where it lacks.
    pub insert: String,
    /// The file or folder, absolute.
    pub path: PathBuf,
}

/// What a completion item is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ItemKind {
    /// A folder: completion goes on behind it.
    Folder,
    /// A file.
    File,
}

/// The asset paths that may be written at `offset` of `text`, the newest text of the source at `path` (absolute);
/// `None` where none is meant.
pub fn completion(snapshot: &Snapshot, path: &Path, text: &str, offset: usize) -> Option<Completion> {
    let config = snapshot.project.config(path).unwrap_or_default();
    let typed = context::typed(text, offset, &config.extract)?;
    let items = items::items(snapshot, path, text, &typed);
    (!items.is_empty()).then(|| Completion { span: typed.segment(text), items })
}

/// What is shown beside an item: its size, its current version, an image. The span is empty. `None` for a folder.
pub fn completion_details(snapshot: &Snapshot, item: &Path) -> Option<Hover> {
    let size = snapshot.project.file_facts(item)?.size;
    let image = image_of_file(snapshot.preferences, item, size);
    Some(Hover { span: Span::default(), lines: about_file(snapshot, item, size), image })
}
