//! The files and folders that may follow what is typed.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use cachelint_project::{Entry, Served};
use cachelint_syntax::SourceKind;
use percent_encoding::percent_decode_str;

use super::context::{Kind, Typed};
use super::{CompletionItem, ItemKind};
use crate::Snapshot;
use crate::rename::encoded_anywhere;

/// The items: folders first, then files, each by name.
pub(super) fn items(
    snapshot: &Snapshot,
    source: &Path,
    text: &str,
    typed: &Typed<'_>,
) -> Vec<CompletionItem> {
    let mut found = Found::default();
    let typed_folder = &typed.value[..typed.value.rfind('/').map_or(0, |slash| slash + 1)];
    let folder = percent_decode_str(typed_folder).decode_utf8_lossy();
    match typed.kind {
        Kind::Path | Kind::Following => {
            below_statics(snapshot, source, folder.trim_start_matches('/'), &mut found);
        }
        Kind::Attribute | Kind::Css => {
            below_roots(snapshot, source, &folder, &mut found);
            if !folder.starts_with('/') && reads_own_folder(snapshot, source, text) {
                beside(snapshot, source, &folder, &mut found);
            }
        }
    }
    let end = closing(text, typed);
    let folders = found.folders.into_iter().map(|(name, path)| (name + "/", ItemKind::Folder, path));
    let files = found.files.into_iter().map(|(name, path)| (name, ItemKind::File, path));
    folders.chain(files).filter_map(|(name, kind, path)| item(typed, name, kind, path, end)).collect()
}

/// Files and folders by name.
#[derive(Default)]
struct Found {
    folders: BTreeMap<String, PathBuf>,
    files: BTreeMap<String, PathBuf>,
}

impl Found {
    /// Adds what `folder` holds; of two of one name the first is served.
    fn add(&mut self, snapshot: &Snapshot, folder: &Path) {
        let shown = |entry: &Entry| !entry.name.starts_with('.');
        for entry in snapshot.project.entries(folder).into_iter().filter(shown) {
            let path = folder.join(&entry.name);
            let kind = if entry.is_folder { &mut self.folders } else { &mut self.files };
            kind.entry(entry.name).or_insert(path);
        }
    }
}

/// What helpers read from: the roots behind `/static/`, or all where none is of that name.
fn below_statics(snapshot: &Snapshot, source: &Path, folder: &str, found: &mut Found) {
    let served = snapshot.project.served(source);
    let named = |served: &&Served| served.url.ends_with("/static/");
    let any = served.iter().any(|served| named(&served));
    for served in served.iter().filter(|served| !any || named(served)) {
        if let Some(folder) = joined(&served.folder, folder) {
            found.add(snapshot, &folder);
        }
    }
}

/// What the roots serve at a URL, and the roots further down.
fn below_roots(snapshot: &Snapshot, source: &Path, folder: &str, found: &mut Found) {
    for served in snapshot.project.served(source) {
        if let Some(folder) = folder.strip_prefix(&served.url).and_then(|below| joined(&served.folder, below))
        {
            found.add(snapshot, &folder);
        } else if let Some(deeper) = served.url.strip_prefix(folder).filter(|_| folder.ends_with('/')) {
            let next = deeper.split('/').next().unwrap_or_default();
            found.folders.entry(next.to_owned()).or_insert_with(|| served.folder.clone());
        } else if folder.is_empty() && served.url.len() > 1 {
            let whole = served.url.trim_end_matches('/').to_owned();
            found.folders.entry(whole).or_insert_with(|| served.folder.clone());
        }
    }
}

/// What a URL relative to the source's own folder may name.
fn beside(snapshot: &Snapshot, source: &Path, folder: &str, found: &mut Found) {
    let Some(own) = source.parent() else { return };
    found.add(snapshot, &snapshot.project.absolute(&own.join(folder)));
    if let Some(name) = source.file_name().filter(|_| folder.trim_start_matches("./").is_empty()) {
        found.files.remove(&*name.to_string_lossy());
    }
}

/// Whether relative URLs start from the source's folder: in stylesheets, and in pages that no template engine renders.
fn reads_own_folder(snapshot: &Snapshot, source: &Path, text: &str) -> bool {
    let known = snapshot.checked(source);
    let stylesheet = known.as_ref().map_or_else(
        || source.extension().is_some_and(|extension| extension == "css"),
        |checked| checked.analysis.kind != SourceKind::Template,
    );
    let framework = known.is_some_and(|checked| checked.analysis.framework.is_some());
    stylesheet || !(framework || text.contains("{%") || text.contains("{{"))
}

/// `folder` with `below` (parts joined by `/`); `None` where that leads upwards.
fn joined(folder: &Path, below: &str) -> Option<PathBuf> {
    let parts = || below.split('/').filter(|part| !part.is_empty() && *part != ".");
    (!parts().any(|part| part == "..")).then(|| parts().fold(folder.to_owned(), |path, part| path.join(part)))
}

/// The quote that is still to be written behind a file.
fn closing(text: &str, typed: &Typed<'_>) -> Option<char> {
    let rest = &text[typed.segment(text).end..];
    typed.quote.filter(|&quote| !rest.starts_with([quote, '?', '#', '/']))
}

fn item(
    typed: &Typed<'_>,
    label: String,
    kind: ItemKind,
    path: PathBuf,
    end: Option<char>,
) -> Option<CompletionItem> {
    let mut insert = match typed.kind {
        Kind::Path if label.contains(['\'', '"', '\\']) => return None,
        Kind::Path => label.clone(),
        Kind::Css => encoded_anywhere(&label),
        Kind::Attribute | Kind::Following => encoded_anywhere(&label).replace('&', "&amp;"),
    };
    insert.extend(end.filter(|_| kind == ItemKind::File));
    Some(CompletionItem { label, kind, insert, path })
}
