//! Small projects written as one text: files headed by `//- path`, a cursor at `$0`.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use cachelint_project::{Options, Project, disk};
use tempfile::TempDir;

use crate::{Checked, FileEdits, Snapshot, check};

/// A project on disk, checked, with a place in one of its files.
pub(crate) struct Fixture {
    folder: TempDir,
    /// The project.
    pub(crate) snapshot: Snapshot,
    /// The file that holds the cursor, or the first, absolute.
    pub(crate) path: PathBuf,
    /// Its text.
    pub(crate) text: String,
    /// The cursor: a byte offset.
    pub(crate) offset: usize,
}

/// Sets up a project with a `.git`; its HTML and CSS files are its sources.
pub(crate) fn fixture(text: &str) -> Fixture {
    let folder = TempDir::new().unwrap();
    let root = disk::canonical(folder.path()).unwrap();
    disk::write(&root.join(".git/HEAD"), "ref: refs/heads/main\n").unwrap();
    let mut cursor = None;
    let mut sources = Vec::new();
    for (name, content) in files(text) {
        let path = root.join(name);
        let plain = content.replacen("$0", "", 1);
        disk::write(&path, &plain).unwrap();
        if let Some(offset) = content.find("$0") {
            cursor = Some((path.clone(), plain.clone(), offset));
        }
        if is_source(&path) {
            sources.push((path, plain));
        }
    }
    let mut snapshot = Snapshot::new(Arc::new(Project::open(&root, &Options::default()).unwrap()));
    check_all(&mut snapshot, &sources);
    snapshot.known.across = Some(snapshot.records().map(|record| Arc::clone(&record.used)).collect());
    check_all(&mut snapshot, &sources);
    let first = sources.first().map(|(path, text)| (path.clone(), text.clone(), 0));
    let (path, text, offset) = cursor.or(first).unwrap();
    Fixture { folder, snapshot, path, text, offset }
}

fn check_all(snapshot: &mut Snapshot, sources: &[(PathBuf, String)]) {
    for (path, text) in sources {
        let checked =
            check(&snapshot.project, &snapshot.known, path, None, Arc::from(text.as_str()), None).unwrap();
        snapshot.insert(Arc::new(checked));
    }
}

/// The files with their contents.
fn files(text: &str) -> Vec<(&str, String)> {
    let file =
        |part: &'_ str| part.split_once('\n').map(|(_, content)| content.to_owned()).unwrap_or_default();
    text.split("//- ")
        .skip(1)
        .map(|part| (part.lines().next().unwrap_or_default().trim(), file(part)))
        .collect()
}

fn is_source(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "html" || extension == "css")
}

impl Fixture {
    /// The source that holds the cursor.
    pub(crate) fn checked(&self) -> Arc<Checked> {
        self.snapshot.checked(&self.path).unwrap()
    }

    /// The path of a file of the project.
    pub(crate) fn file(&self, name: &str) -> PathBuf {
        self.snapshot.project.root().join(name)
    }

    /// A text without the folder of this run.
    pub(crate) fn anonymous(&self, text: &str) -> String {
        text.replace(&*self.snapshot.project.root().to_string_lossy(), "")
            .replace(&*self.folder.path().to_string_lossy(), "")
    }

    /// Every file that edits change: its name and the lines that are new.
    pub(crate) fn rendered(&self, all: &[FileEdits]) -> String {
        let each = all.iter().map(|file| {
            let before = file.before.as_deref().unwrap_or_default();
            let after = cachelint_lint::edits::apply(before, &file.edits);
            let new = |line: &&str| !before.lines().any(|old| old == *line);
            let lines: String = after.lines().filter(new).flat_map(|line| ["  ", line, "\n"]).collect();
            let created = if file.before.is_none() { " (new)" } else { "" };
            format!("{}{created}\n{lines}", self.snapshot.project.shown(&file.path))
        });
        each.collect()
    }
}
