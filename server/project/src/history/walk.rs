//! One walk back through git's commits for many files: which commit changed each of them last.

use std::collections::{BTreeMap, HashSet};
use std::path::Path;
use std::time::{Duration, SystemTime};

use gix::{ObjectId, Repository};

/// How many commits are looked at; a file that none of them changed is unknown.
const MOST_COMMITS: usize = 10_000;
/// How much of what was unpacked is kept for the next commit, in bytes.
const OBJECT_CACHE: usize = 16_000_000;
/// The largest file that is read out of a commit, in bytes.
const LARGEST_FILE: u64 = 50_000_000;

/// Which commit changed a file last.
#[derive(Debug)]
pub(super) enum Last {
    /// This one.
    Commit(Commit),
    /// One that a shallow clone does not have.
    Shallow,
    /// None that was found: no commit holds the file, it is older than all that was looked at, or can't be read.
    Unknown,
}

/// The commit that changed a file last.
#[derive(Debug)]
pub(super) struct Commit {
    /// When it was committed.
    pub(super) when: SystemTime,
    /// The file as it has it, which is as the newest commit has it.
    pub(super) file: ObjectId,
    /// The trees of its parents where these hold another content of the file; none where it added the file.
    pub(super) before: Vec<ObjectId>,
}

/// The repository whose working folder is `folder`; that of a linked worktree lies elsewhere. Neither the user's
/// configuration nor the environment is read.
pub(super) fn open(folder: &Path) -> Option<Repository> {
    let mut repository: Repository = gix::open::Options::isolated().open(folder).ok()?.into();
    repository.object_cache_size(OBJECT_CACHE);
    Some(repository)
}

/// The content of the file at `path` in `tree`; `None` where there is none, or one beyond the limit.
pub(super) fn file(repository: &Repository, tree: ObjectId, path: &str) -> Option<Vec<u8>> {
    let entry = repository.find_tree(tree).ok()?.lookup_entry(path.split('/')).ok()??;
    entry.mode().is_blob().then(|| content(repository, entry.object_id()))?
}

/// The content of a file; `None` where it is beyond the limit, or not there.
pub(super) fn content(repository: &Repository, file: ObjectId) -> Option<Vec<u8>> {
    let size = repository.find_header(file).ok()?.size();
    if size > LARGEST_FILE {
        return None;
    }
    Some(repository.find_blob(file).ok()?.take_data())
}

/// A file on its way back through the commits.
#[derive(Clone, Debug)]
struct Traced<'a> {
    /// Which of the files asked for it is.
    index: usize,
    /// The parts of its path.
    parts: Vec<&'a str>,
    /// Its content in the newest commit, and in every one it was traced through.
    file: ObjectId,
    /// What stands at its path in the tree that was read last.
    there: Option<ObjectId>,
    /// The trees of parents that hold another content.
    before: Vec<ObjectId>,
}

/// The files that were traced back to a commit, by its time in seconds since 1970 and its id.
type Waiting<'a> = BTreeMap<(i64, ObjectId), Vec<Traced<'a>>>;

/// Which commit changed each of the files at `paths` (below the working folder, with `/`) last, as `git log` without
/// options has it: of a merge only the first parent that holds the same content is followed.
pub(super) fn last_changes(repository: &Repository, head: ObjectId, paths: &[&str]) -> Vec<Last> {
    let mut found: Vec<Last> = paths.iter().map(|_| Last::Unknown).collect();
    let shallow = shallow(repository);
    let mut waiting = Waiting::new();
    begin(repository, head, paths, &mut waiting);
    for _ in 0..MOST_COMMITS {
        let Some(((_, commit), traced)) = waiting.pop_last() else { break };
        if shallow.contains(&commit) {
            traced.iter().for_each(|file| found[file.index] = Last::Shallow);
            continue;
        }
        for (index, commit) in step(repository, commit, traced, &mut waiting).unwrap_or_default() {
            found[index] = Last::Commit(commit);
        }
    }
    found
}

/// The commits whose parents a shallow clone does not have.
fn shallow(repository: &Repository) -> HashSet<ObjectId> {
    let commits = repository.shallow_commits().ok().flatten();
    commits.iter().flat_map(|commits| commits.iter()).copied().collect()
}

/// The files that the newest commit holds wait for it.
fn begin<'a>(
    repository: &Repository,
    head: ObjectId,
    paths: &[&'a str],
    waiting: &mut Waiting<'a>,
) -> Option<()> {
    let of_path = |(index, path): (usize, &&'a str)| {
        let parts = path.split('/').collect();
        Traced { index, parts, file: head, there: None, before: Vec::new() }
    };
    let mut traced: Vec<Traced<'_>> = paths.iter().enumerate().map(of_path).collect();
    traced.sort_by(|a, b| a.parts.cmp(&b.parts));
    let commit = repository.find_commit(head).ok()?;
    look(repository, None, commit.tree_id().ok()?.detach(), 0, &mut traced)?;
    let held = traced.into_iter().filter_map(|file| Some(Traced { file: file.there?, ..file }));
    waiting.insert((commit.time().ok()?.seconds, head), held.collect());
    Some(())
}

/// Files that a parent of `commit` holds with the same content wait for it; the others the commit changed. `None` where it
/// can't be read.
fn step<'a>(
    repository: &Repository,
    commit: ObjectId,
    mut traced: Vec<Traced<'a>>,
    waiting: &mut Waiting<'a>,
) -> Option<Vec<(usize, Commit)>> {
    let commit = repository.find_commit(commit).ok()?;
    let tree = commit.tree_id().ok()?.detach();
    traced.sort_by(|a, b| a.parts.cmp(&b.parts));
    for parent in commit.parent_ids() {
        let parent = repository.find_commit(parent).ok()?;
        let parents = parent.tree_id().ok()?.detach();
        traced.iter_mut().for_each(|file| file.there = None);
        look(repository, Some(tree), parents, 0, &mut traced)?;
        let (same, others): (Vec<_>, Vec<_>) =
            traced.into_iter().partition(|file| file.there == Some(file.file));
        if !same.is_empty() {
            waiting.entry((parent.time().ok()?.seconds, parent.id)).or_default().extend(same);
        }
        traced = others;
        for file in traced.iter_mut().filter(|file| file.there.is_some()) {
            file.before.push(parents);
        }
    }
    let when = u64::try_from(commit.time().ok()?.seconds).ok()?;
    let when = SystemTime::UNIX_EPOCH + Duration::from_secs(when);
    let changed = |file: Traced<'a>| (file.index, Commit { when, file: file.file, before: file.before });
    Some(traced.into_iter().map(changed).collect())
}

/// Looks what stands at the paths of `traced` (sorted) in the tree `theirs`, `depth` folders down. Where it is `ours`, the
/// tree that the files were traced to, nothing is read: the same stands there. `None` where a tree can't be read.
fn look(
    repository: &Repository,
    ours: Option<ObjectId>,
    theirs: ObjectId,
    depth: usize,
    traced: &mut [Traced<'_>],
) -> Option<()> {
    if ours == Some(theirs) {
        traced.iter_mut().for_each(|file| file.there = Some(file.file));
        return Some(());
    }
    let theirs = repository.find_tree(theirs).ok()?;
    let ours = ours.and_then(|ours| repository.find_tree(ours).ok());
    for files in traced.chunk_by_mut(|a, b| a.parts.get(depth) == b.parts.get(depth)) {
        let Some(name) = files[0].parts.get(depth).copied() else { continue };
        let Some(entry) = theirs.find_entry(name) else { continue };
        if entry.mode().is_tree() {
            let ours = ours.as_ref().and_then(|ours| ours.find_entry(name)).map(|entry| entry.object_id());
            look(repository, ours, entry.object_id(), depth + 1, files)?;
        } else if entry.mode().is_blob() {
            let here = files.iter_mut().filter(|file| file.parts.len() == depth + 1);
            here.for_each(|file| file.there = Some(entry.object_id()));
        }
    }
    Some(())
}
