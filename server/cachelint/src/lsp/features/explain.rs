//! A rule's documentation, as a file that an editor can open, or as a message.

use std::path::PathBuf;

use cachelint_lint::rules;
use cachelint_project::disk;

/// Writes a rule's documentation into the user's cache folder, unless it stands there; `None` where that can't be done.
pub fn write(name: &str) -> Option<PathBuf> {
    let doc = rules::find(name)?.doc;
    let file = dirs::cache_dir()?.join("cachelint/rules").join(format!("{name}.md"));
    if disk::read_text(&file).is_ok_and(|text| text == doc) {
        return Some(file);
    }
    disk::write(&file, doc).ok().map(|()| file)
}

/// What a rule is about: the text before its examples.
pub fn summary(name: &str) -> String {
    let doc = rules::find(name).map_or("", |rule| rule.doc);
    doc.split("\n## ").next().unwrap_or_default().trim().to_owned()
}
