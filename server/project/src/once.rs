//! What is found out of each project once, however many threads ask for it.

use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use dashmap::DashMap;

/// One answer for each project. Who finds it out must not wait for work of the thread pool: a thread that waits there takes
/// up other work, which may ask for the same answer and wait for itself.
#[derive(Debug)]
pub(crate) struct PerProject<T>(DashMap<PathBuf, Arc<OnceLock<T>>>);

impl<T> Default for PerProject<T> {
    fn default() -> Self {
        Self(DashMap::new())
    }
}

impl<T: Clone> PerProject<T> {
    /// The answer for the project at `project`, which `find` gives to who asks first; others wait for it.
    pub(crate) fn get(&self, project: &Path, find: impl FnOnce() -> T) -> T {
        let once = Arc::clone(&self.0.entry(project.to_owned()).or_default());
        once.get_or_init(find).clone()
    }

    /// Forgets all answers.
    pub(crate) fn forget(&self) {
        self.0.clear();
    }
}
