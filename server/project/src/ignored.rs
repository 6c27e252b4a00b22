//! What git ignores, asked of single paths.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use dashmap::DashMap;
use ignore::gitignore::{Gitignore, GitignoreBuilder};

use crate::disk;

/// The ignore files read so far, by their folder.
#[derive(Debug, Default)]
pub(crate) struct Ignored {
    by_folder: DashMap<PathBuf, Arc<Gitignore>>,
    /// What the files of a folder are asked of.
    chains: DashMap<PathBuf, Arc<Chain>>,
}

/// The ignore files that say something, from a folder up to the top, the nearest first.
#[derive(Debug)]
struct Chain {
    top: PathBuf,
    rules: Vec<Arc<Gitignore>>,
}

impl Ignored {
    /// Whether the file at `path` is ignored by an ignore file between `root` and itself; it need not exist.
    pub(crate) fn is_ignored(&self, root: &Path, path: &Path) -> bool {
        let Some(folder) = path.parent() else { return false };
        let chain = self.chain(root, folder);
        let mut answers = chain.rules.iter().map(|rules| rules.matched_path_or_any_parents(path, false));
        answers.find(|answer| !answer.is_none()).is_some_and(|answer| answer.is_ignore())
    }

    fn chain(&self, root: &Path, folder: &Path) -> Arc<Chain> {
        let known = self.chains.get(folder).map(|entry| Arc::clone(&entry));
        if let Some(chain) = known.filter(|chain| chain.top.as_os_str() == root.as_os_str()) {
            return chain;
        }
        let above = folder.ancestors().take_while(|folder| folder.starts_with(root));
        let rules = above.map(|folder| self.rules(root, folder)).filter(|rules| !rules.is_empty()).collect();
        let chain = Arc::new(Chain { top: root.to_owned(), rules });
        self.chains.insert(folder.to_owned(), Arc::clone(&chain));
        chain
    }

    fn rules(&self, root: &Path, folder: &Path) -> Arc<Gitignore> {
        if let Some(rules) = self.by_folder.get(folder).map(|entry| Arc::clone(&entry)) {
            return rules;
        }
        let rules = Arc::new(read_rules(root, folder));
        self.by_folder.insert(folder.to_owned(), Arc::clone(&rules));
        rules
    }

    /// Forgets every ignore file.
    pub(crate) fn forget(&self) {
        self.by_folder.clear();
        self.chains.clear();
    }
}

fn read_rules(root: &Path, folder: &Path) -> Gitignore {
    let mut builder = GitignoreBuilder::new(folder);
    let exclude = (folder == root).then(|| folder.join(".git/info/exclude"));
    for file in exclude.into_iter().chain([folder.join(".gitignore")]) {
        let Ok(text) = disk::read_text(&file) else { continue };
        for line in text.lines() {
            // A line that git can't read either has no effect there.
            builder.add_line(Some(file.clone()), line).map(|_| ()).unwrap_or_default();
        }
    }
    builder.build().unwrap_or_else(|_| Gitignore::empty())
}
