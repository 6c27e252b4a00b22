//! What git's history tells of files: when a commit changed them last, and whether a version that is written by hand stood
//! in its source before. It is read by gix; git itself is never run, and nothing is fetched.

mod walk;

use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use cachelint_lint::{Asset, Judgement, Resolved, Sectioned, Status};
use dashmap::DashMap;
use gix::{ObjectId, Repository};
use memchr::memmem;

use crate::digest;
use crate::shown::slashed;
use crate::{Analysis, Project};
use walk::Last;

/// What is known of the last commit that changed a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LastChange {
    /// There is one.
    Commit {
        /// When it was committed.
        when: SystemTime,
        /// SHA-256 of the file as committed, under the line endings of its configuration.
        sha256: [u8; 32],
    },
    /// The clone is shallow, and its history ends before.
    Shallow,
    /// The file is in no commit, or too many lie between, or the repository can't be read.
    Unknown,
}

/// A version that a source writes by hand.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ByHand {
    /// The source, absolute.
    pub source: PathBuf,
    /// The asset, absolute.
    pub asset: PathBuf,
    /// The text of the reference with the characters around it: in another text of the source, it is that version and no
    /// longer one.
    pub text: String,
}

/// What is to be read of the history of one project.
#[derive(Debug, Default)]
struct Wanted<'a> {
    assets: Vec<&'a Path>,
    versions: Vec<&'a ByHand>,
}

/// What was read of the histories of projects.
#[derive(Debug, Default)]
pub(crate) struct Histories {
    by_project: DashMap<PathBuf, Arc<History>>,
}

/// What was read of the history of one project.
#[derive(Clone, Debug, Default)]
struct History {
    /// The newest commit, of which all of it is true.
    head: Option<ObjectId>,
    changes: HashMap<PathBuf, LastChange>,
    /// By source, whether the version stood in it before the last change of its asset.
    versions: HashMap<PathBuf, HashMap<ByHand, bool>>,
}

impl LastChange {
    /// When it was committed, where the asset is still what was committed.
    pub fn of(&self, asset: &Asset) -> Option<SystemTime> {
        match self {
            Self::Commit { when, sha256 } if asset.digests.as_ref()?.sha256 == *sha256 => Some(*when),
            _ => None,
        }
    }
}

impl Project {
    /// The last change of the file at `path` (absolute), as far as [`Project::read_history`] read it.
    pub fn last_change(&self, path: &Path) -> Option<LastChange> {
        self.history_of(path)?.changes.get(path).copied()
    }

    /// The versions that a source writes by hand and whose history was not read yet.
    pub fn unread_versions(
        &self,
        analysis: &Analysis,
        text: &str,
        judgements: &Sectioned<Judgement>,
    ) -> Vec<ByHand> {
        let history = self.history_of(&analysis.path);
        let judged = analysis.resolved.placed().zip(judgements.placed());
        let manual = judged.filter(|(_, (_, judgement))| judgement.status == Status::Manual);
        let all = manual.filter_map(|((start, resolved), _)| by_hand(&analysis.path, text, resolved, start));
        all.filter(|version| history.as_ref().is_none_or(|history| !history.knows(version))).collect()
    }

    /// Reads the history of `assets` and `versions`, in one walk for each project; what was read before and is still true is
    /// not read again. It takes as long as some thousand commits take. Whether [`Project::recall`] says something else now.
    pub fn read_history(&self, assets: &[PathBuf], versions: &[ByHand]) -> bool {
        let mut by_project: HashMap<PathBuf, Wanted<'_>> = HashMap::new();
        for asset in assets {
            by_project.entry(self.project_of(asset)).or_default().assets.push(asset);
        }
        for version in versions {
            by_project.entry(self.project_of(&version.source)).or_default().versions.push(version);
        }
        let mut is_news = false;
        for (project, wanted) in by_project {
            let before = self.world.histories.of(&project).unwrap_or_default();
            let Some(history) = self.read_on(&project, &before, wanted) else { continue };
            is_news |= history.older() != before.older();
            self.world.histories.by_project.insert(project, Arc::new(history));
        }
        is_news
    }

    /// Says of each reference of a source whether its asset changed under its version, as far as that was read.
    pub fn recall(&self, analysis: &mut Analysis, text: &str) {
        let Some(history) = self.history_of(&analysis.path) else { return };
        let Some(versions) = history.versions.get(&analysis.path) else { return };
        let stood = analysis.resolved.placed().enumerate().filter_map(|(number, (start, resolved))| {
            let version = by_hand(&analysis.path, text, resolved, start)?;
            let asset = versions.get(&version).filter(|stood| **stood).and(resolved.asset())?;
            Some((number, history.changes.get(&*asset.path)?.of(asset)?))
        });
        let stood: Vec<_> = stood.collect();
        for (number, when) in stood {
            analysis.resolved[number].changed_since = Some(when);
        }
    }

    /// `before`, where it is still true, and what is wanted beside it; `None` where that is all in it.
    fn read_on(&self, top: &Path, before: &History, mut wanted: Wanted<'_>) -> Option<History> {
        let reader = walk::open(top).map(|repository| Reader { project: self, top, repository });
        let head = reader.as_ref().and_then(|reader| Some(reader.repository.head_id().ok()?.detach()));
        let is_same = before.head == head;
        wanted.assets.retain(|asset| !is_same || !before.changes.contains_key(*asset));
        wanted.versions.retain(|version| !is_same || !before.knows(version));
        if is_same && wanted.assets.is_empty() && wanted.versions.is_empty() {
            return None;
        }
        let mut history = if is_same { before.clone() } else { History::default() };
        history.head = head;
        let of_versions = wanted.versions.iter().map(|version| version.asset.as_path());
        let assets: BTreeSet<&Path> = wanted.assets.iter().copied().chain(of_versions).collect();
        let lasts = reader.as_ref().zip(head).map(|(reader, head)| reader.last_changes(head, &assets));
        let lasts = lasts.unwrap_or_default();
        let last = |asset: &Path| reader.as_ref().zip(lasts.get(asset));
        for version in wanted.versions {
            let stood = last(&version.asset).is_some_and(|(reader, last)| reader.stood(last, version));
            history.versions.entry(version.source.clone()).or_default().insert(version.clone(), stood);
        }
        for asset in assets {
            let change = last(asset).and_then(|(reader, last)| reader.change(asset, last));
            history.changes.insert(asset.to_owned(), change.unwrap_or(LastChange::Unknown));
        }
        Some(history)
    }

    fn history_of(&self, path: &Path) -> Option<Arc<History>> {
        self.world.histories.of(&self.project_of(path))
    }

    fn project_of(&self, path: &Path) -> PathBuf {
        self.world.project_of(path.parent().unwrap_or(path))
    }
}

/// The repository of a project that is being read.
struct Reader<'a> {
    project: &'a Project,
    /// The project folder.
    top: &'a Path,
    repository: Repository,
}

impl Reader<'_> {
    /// Which commit changed each of the assets last; those that lie outside the repository are left out.
    fn last_changes<'a>(&self, head: ObjectId, assets: &BTreeSet<&'a Path>) -> HashMap<&'a Path, Last> {
        let inside = assets.iter().filter_map(|&asset| Some((asset, self.path_of(asset)?)));
        let (assets, paths): (Vec<&Path>, Vec<String>) = inside.unzip();
        let paths: Vec<&str> = paths.iter().map(String::as_str).collect();
        assets.into_iter().zip(walk::last_changes(&self.repository, head, &paths)).collect()
    }

    /// Whether the version stood in its source where its asset still had another content.
    fn stood(&self, last: &Last, version: &ByHand) -> bool {
        let (Last::Commit(commit), Some(path)) = (last, self.path_of(&version.source)) else { return false };
        let mut texts = commit.before.iter().filter_map(|&tree| walk::file(&self.repository, tree, &path));
        texts.any(|text| memmem::find(&text, version.text.as_bytes()).is_some())
    }

    fn change(&self, asset: &Path, last: &Last) -> Option<LastChange> {
        let Last::Commit(commit) = last else {
            return matches!(last, Last::Shallow).then_some(LastChange::Shallow);
        };
        let config = self.project.config(asset).unwrap_or_default();
        let content = walk::content(&self.repository, commit.file)?;
        let sha256 = digest::of_bytes(asset, &content, digest::Wanted::of(&config)).ok()?;
        Some(LastChange::Commit { when: commit.when, sha256 })
    }

    /// The path of a file below the project folder, with `/`, links resolved.
    fn path_of(&self, file: &Path) -> Option<String> {
        let world = &self.project.world;
        let real = world.real(file)?;
        let below = real.strip_prefix(world.real_folder(self.top)?).ok()?;
        below.to_str().is_some().then(|| slashed(below))
    }
}

impl Histories {
    fn of(&self, project: &Path) -> Option<Arc<History>> {
        self.by_project.get(project).map(|entry| Arc::clone(&entry))
    }
}

impl History {
    /// The versions that are older than their assets, and the changes of these.
    fn older(&self) -> HashMap<&ByHand, Option<&LastChange>> {
        let all = self.versions.values().flatten().filter(|(_, stood)| **stood);
        all.map(|(version, _)| (version, self.changes.get(&version.asset))).collect()
    }

    fn knows(&self, version: &ByHand) -> bool {
        self.versions.get(&version.source).is_some_and(|read| read.contains_key(version))
    }
}

/// The version of a reference of the section at `start`, if its text and the characters around it can be told.
fn by_hand(source: &Path, text: &str, resolved: &Resolved, start: usize) -> Option<ByHand> {
    let asset = resolved.asset()?.path.to_path_buf();
    let span = resolved.reference.span.shifted(start);
    let before = text.get(..span.start)?.chars().next_back().map_or(0, char::len_utf8);
    let after = text.get(span.end..)?.chars().next().map_or(0, char::len_utf8);
    let text = text[span.start - before..span.end + after].to_owned();
    Some(ByHand { source: source.to_owned(), asset, text })
}
