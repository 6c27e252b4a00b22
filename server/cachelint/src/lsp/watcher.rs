//! A watcher of our own, for editors that don't watch files: by the system, or by polling when its watches run out.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use cachelint_project::disk;
use notify::event::ModifyKind;
use notify::{Config, ErrorKind, EventKind, PollWatcher, RecommendedWatcher, RecursiveMode, Watcher as _};
use tokio::sync::mpsc;

use super::session::Event;

const POLL_PERIOD: Duration = Duration::from_secs(1);
/// By how much the clock of files may lag behind that of programs: what Linux stamps files with moves in ticks.
const COARSEST_CLOCK: Duration = Duration::from_millis(20);

/// Watches folders on a thread of its own, for the system may take its time. Ends when it is dropped.
#[derive(Debug)]
pub struct Watcher {
    orders: std::sync::mpsc::Sender<Vec<PathBuf>>,
}

/// What watches single folders, each with what lies directly in it.
#[derive(Debug, Default)]
struct Watches {
    by_system: Option<RecommendedWatcher>,
    by_polling: Option<PollWatcher>,
}

impl Watcher {
    /// A watcher that tells the inbox of changes from now on. `warn` is told what people should know.
    pub fn new(inbox: mpsc::UnboundedSender<Event>, warn: impl Fn(String) + Send + 'static) -> Self {
        let (orders, received) = std::sync::mpsc::channel::<Vec<PathBuf>>();
        let start = SystemTime::now() - COARSEST_CLOCK;
        std::thread::spawn(move || {
            let mut watches = Watches::default();
            let mut seen = HashSet::new();
            for folders in received {
                let told = watches.watch(&folders, &inbox);
                // What changed before its folder was watched the first time was told by nobody; one that comes again is
                // told by the folder above.
                let new = folders.iter().filter(|folder| seen.insert((*folder).clone()));
                let missed: Vec<PathBuf> =
                    new.flat_map(|folder| disk::changed_since(folder, start)).collect();
                if !missed.is_empty() {
                    inbox.send(Event::FilesChanged(missed)).ok();
                }
                told.unwrap_or_else(&warn);
            }
        });
        Self { orders }
    }

    /// Watches more folders.
    pub fn watch(&self, folders: Vec<PathBuf>) {
        self.orders.send(folders).ok();
    }
}

impl Watches {
    /// Watches more folders; changes come as events. Fails once where the system watches no more: from then on
    /// folders are polled.
    fn watch(&mut self, folders: &[PathBuf], inbox: &mpsc::UnboundedSender<Event>) -> Result<(), String> {
        let mut said = Ok(());
        for folder in folders {
            if self.by_polling.is_none() && self.watch_by_system(folder, inbox).is_ok() {
                continue;
            }
            if self.by_polling.is_none() {
                said = Err("the system watches no more folders; changes are noticed by polling".to_owned());
            }
            self.poll(folder, inbox);
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

/// How much of a folder that came is listed at most.
const MOST_LISTED: usize = 10_000;

/// What is only read did not change. What a folder holds that came, or was moved here, was told to nobody: it is told
/// with the folder.
fn handler(inbox: &mpsc::UnboundedSender<Event>) -> impl Fn(notify::Result<notify::Event>) + Send + use<> {
    let inbox = inbox.clone();
    move |event| {
        let Ok(event) = event else { return };
        if event.kind.is_access() || event.paths.is_empty() {
            return;
        }
        let mut paths = event.paths;
        if matches!(event.kind, EventKind::Create(_) | EventKind::Modify(ModifyKind::Name(_))) {
            add_contents(&mut paths);
        }
        inbox.send(Event::FilesChanged(paths)).ok();
    }
}

/// Adds what the folders among `paths` hold, links not followed.
fn add_contents(paths: &mut Vec<PathBuf>) {
    let mut next = 0;
    while let Some(folder) = paths.get(next).filter(|_| paths.len() < MOST_LISTED).cloned() {
        next += 1;
        if !disk::is_link(&folder) {
            let listed = disk::list(&folder).unwrap_or_default();
            paths.extend(listed.into_iter().map(|entry| folder.join(entry.name)));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Waits until it is told that `file` changed.
    fn wait_for(file: &Path, events: &mut mpsc::UnboundedReceiver<Event>) {
        let is_told =
            |event: &Event| matches!(event, Event::FilesChanged(paths) if paths.iter().any(|it| it == file));
        let told = async { while !events.recv().await.as_ref().is_some_and(is_told) {} };
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
        runtime.block_on(async { tokio::time::timeout(Duration::from_secs(30), told).await }).unwrap();
    }

    #[test]
    fn what_a_new_folder_holds_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let (inbox, mut events) = mpsc::unbounded_channel();
        let mut watcher = Watches::default();
        watcher.watch(&[folder.path().join("site")], &inbox).unwrap();
        disk::write(&folder.path().join("built/css/a.css"), "a").unwrap();
        watcher.watch(&[folder.path().to_owned()], &inbox).unwrap();
        std::process::Command::new("mv").arg("built").arg("site").current_dir(&folder).status().unwrap();
        wait_for(&folder.path().join("site/css/a.css"), &mut events);
    }

    #[test]
    fn what_changed_before_its_folder_was_watched_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let (inbox, mut events) = mpsc::unbounded_channel();
        let watcher = Watcher::new(inbox, |message| panic!("{message}"));
        disk::write(&folder.path().join("a.css"), "a").unwrap();
        watcher.watch(vec![folder.path().to_owned()]);
        wait_for(&folder.path().join("a.css"), &mut events);
    }

    #[test]
    fn folders_are_polled_when_the_system_watches_no_more() {
        let folder = tempfile::tempdir().unwrap();
        let (inbox, mut events) = mpsc::unbounded_channel();
        let mut watcher = Watches::default();
        let refused = folder.path().join("x".repeat(300));
        assert!(watcher.watch(std::slice::from_ref(&refused), &inbox).unwrap_err().contains("polling"));
        assert_eq!(watcher.watch(&[refused, folder.path().to_owned()], &inbox), Ok(()), "said once");
        disk::write(&folder.path().join("a.css"), "a").unwrap();
        wait_for(&folder.path().join("a.css"), &mut events);
    }
}
