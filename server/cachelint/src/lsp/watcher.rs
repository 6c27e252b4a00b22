//! A watcher of our own, for editors that don't watch files: by the system, or by polling when its watches run out.

use std::path::{Path, PathBuf};
use std::time::Duration;

use notify::{Config, ErrorKind, PollWatcher, RecommendedWatcher, RecursiveMode, Watcher as _};
use tokio::sync::mpsc;

use super::session::Event;

const POLL_PERIOD: Duration = Duration::from_secs(1);

/// Watches single folders, each with what lies directly in it.
#[derive(Debug, Default)]
pub struct Watcher {
    by_system: Option<RecommendedWatcher>,
    by_polling: Option<PollWatcher>,
}

impl Watcher {
    /// Watches more folders; changes come as events. Fails once where the system watches no more: from then on
    /// folders are polled.
    pub fn watch(
        &mut self,
        folders: Vec<PathBuf>,
        inbox: &mpsc::UnboundedSender<Event>,
    ) -> Result<(), String> {
        let mut said = Ok(());
        for folder in folders {
            if self.by_polling.is_none() && self.watch_by_system(&folder, inbox).is_ok() {
                continue;
            }
            if self.by_polling.is_none() {
                said = Err("the system watches no more folders; changes are noticed by polling".to_owned());
            }
            self.poll(&folder, inbox);
        }
        said
    }

    /// A folder that is gone by now is no failure.
    fn watch_by_system(&mut self, folder: &Path, inbox: &mpsc::UnboundedSender<Event>) -> notify::Result<()> {
        let watcher = match &mut self.by_system {
            Some(watcher) => watcher,
            none => none.insert(RecommendedWatcher::new(handler(inbox), Config::default())?),
        };
        match watcher.watch(folder, RecursiveMode::NonRecursive) {
            Err(error) if matches!(error.kind, ErrorKind::PathNotFound) => Ok(()),
            result => result,
        }
    }

    fn poll(&mut self, folder: &Path, inbox: &mpsc::UnboundedSender<Event>) {
        if self.by_polling.is_none() {
            let config = Config::default().with_poll_interval(POLL_PERIOD);
            self.by_polling = PollWatcher::new(handler(inbox), config).ok();
        }
        if let Some(Err(error)) =
            self.by_polling.as_mut().map(|watcher| watcher.watch(folder, RecursiveMode::NonRecursive))
        {
            tracing::warn!("{}: {error}; it is not watched", folder.display());
        }
    }
}

/// What is only read did not change.
fn handler(inbox: &mpsc::UnboundedSender<Event>) -> impl Fn(notify::Result<notify::Event>) + Send + use<> {
    let inbox = inbox.clone();
    move |event| {
        let Ok(event) = event else { return };
        if !event.kind.is_access() && !event.paths.is_empty() {
            inbox.send(Event::FilesChanged(event.paths)).ok();
        }
    }
}
