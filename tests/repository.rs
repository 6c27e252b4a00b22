//! Small git repositories whose commits have known times.

use std::path::Path;

use gix::objs::tree::EntryKind;
use gix::{ObjectId, Repository};

/// Adds a commit to the repository in `folder`, which is made where there is none: the tree of the first of `parents` with
/// `files` changed, committed on the day `day` after 1 January 1970. It becomes the newest; the working folder stays as it
/// is.
pub(crate) fn commit(folder: &Path, day: u64, parents: &[ObjectId], files: &[(&str, &str)]) -> ObjectId {
    let repository = open(folder);
    let before = parents.first().map(|parent| repository.find_commit(*parent).unwrap().tree_id().unwrap());
    let before = before.map_or_else(|| repository.empty_tree().id, gix::Id::detach);
    let mut tree = repository.edit_tree(before).unwrap();
    for (path, text) in files {
        let file = repository.write_blob(text).unwrap();
        tree.upsert(*path, EntryKind::Blob, file).unwrap();
    }
    let tree = tree.write().unwrap().detach();
    let time = format!("{} +0000", day * 86_400);
    let who = gix::actor::SignatureRef { name: "a".into(), email: "a@example.com".into(), time: &time };
    let commit = repository.new_commit_as(who, who, "message", tree, parents.iter().copied()).unwrap().id;
    write(&folder.join(".git/HEAD"), &format!("{commit}\n"));
    commit
}

/// Makes the repository what a shallow clone is: nothing before `commit` is there.
pub(crate) fn cut_before(folder: &Path, commit: ObjectId) {
    for parent in open(folder).find_commit(commit).unwrap().parent_ids() {
        let name = parent.to_string();
        std::fs::remove_file(folder.join(".git/objects").join(&name[..2]).join(&name[2..])).unwrap();
    }
    write(&folder.join(".git/shallow"), &format!("{commit}\n"));
}

fn open(folder: &Path) -> Repository {
    if !folder.join(".git/objects").exists() {
        std::fs::remove_dir_all(folder.join(".git")).ok();
        gix::init(folder).unwrap();
    }
    gix::open_opts(folder, gix::open::Options::isolated()).unwrap()
}

#[expect(clippy::disallowed_methods, reason = "a test lays out its repository")]
fn write(path: &Path, text: &str) {
    std::fs::write(path, text).unwrap();
}
