//! What git's history tells of files, in real repositories.

use std::collections::HashMap;
use std::time::SystemTime;

use gix::ObjectId;

use crate::history::LastChange;
use crate::repository::{commit, cut_before};
use crate::testing::Site;

/// A commit: its name, its day, its parents, what it changed.
type Commit<'a> = (&'a str, u64, &'a [&'a str], &'a [(&'a str, &'a str)]);

/// Commits to the repository of `site`; the last is the newest.
fn commit_all(site: &Site, commits: &[Commit<'_>]) -> HashMap<String, ObjectId> {
    let mut ids: HashMap<String, ObjectId> = HashMap::new();
    for (name, day, parents, files) in commits {
        let parents: Vec<ObjectId> = parents.iter().map(|parent| ids[*parent]).collect();
        ids.insert((*name).to_owned(), commit(&site.path(""), *day, &parents, files));
    }
    ids
}

fn day(time: SystemTime) -> u64 {
    time.duration_since(SystemTime::UNIX_EPOCH).unwrap().as_secs() / 86_400
}

fn last_change(site: &Site, path: &str) -> String {
    let project = site.project();
    project.read_history(&[site.path(path)], &[]);
    match project.last_change(&site.path(path)).unwrap() {
        LastChange::Commit { when, .. } => format!("day {}", day(when)),
        other => format!("{other:?}").to_lowercase(),
    }
}

#[test]
fn the_commit_that_changed_a_file_last_is_found_as_git_log_finds_it() {
    let table: &[(&str, &[Commit<'_>], &str)] = &[
        ("in its only commit", &[("a", 1, &[], &[("css/a.css", "1")])], "day 1"),
        (
            "behind commits of other files",
            &[
                ("a", 1, &[], &[("css/a.css", "1")]),
                ("b", 2, &["a"], &[("css/a.css", "2")]),
                ("c", 3, &["b"], &[("css/b.css", "1"), ("x", "1")]),
            ],
            "day 2",
        ),
        (
            "the change back",
            &[
                ("a", 1, &[], &[("css/a.css", "1")]),
                ("b", 2, &["a"], &[("css/a.css", "2")]),
                ("c", 3, &["b"], &[("css/a.css", "1")]),
            ],
            "day 3",
        ),
        (
            "on the branch that was merged",
            &[
                ("a", 1, &[], &[("css/a.css", "1")]),
                ("branch", 2, &["a"], &[("css/a.css", "2")]),
                ("main", 3, &["a"], &[("x", "1")]),
                ("merge", 4, &["main", "branch"], &[("css/a.css", "2")]),
            ],
            "day 2",
        ),
        (
            "a merge that made a content of its own",
            &[
                ("a", 1, &[], &[("css/a.css", "1")]),
                ("branch", 2, &["a"], &[("css/a.css", "2")]),
                ("main", 3, &["a"], &[("css/a.css", "3")]),
                ("merge", 4, &["main", "branch"], &[("css/a.css", "4")]),
            ],
            "day 4",
        ),
        (
            "commits whose clocks were wrong",
            &[
                ("a", 9, &[], &[("css/a.css", "1")]),
                ("b", 5, &["a"], &[("css/a.css", "2")]),
                ("c", 1, &["b"], &[("x", "1")]),
            ],
            "day 5",
        ),
        ("in no commit", &[("a", 1, &[], &[("css/b.css", "1")])], "unknown"),
        ("a folder of that name", &[("a", 1, &[], &[("css/a.css/b", "1")])], "unknown"),
        ("no commit at all", &[], "unknown"),
    ];
    for (what, commits, expected) in table {
        let site = Site::new(&[("css/a.css", "now")]);
        commit_all(&site, commits);
        assert_eq!(last_change(&site, "css/a.css"), *expected, "{what}");
    }
}

#[test]
fn a_shallow_clone_knows_only_what_it_holds() {
    let site = Site::new(&[("a.css", ""), ("b.css", "")]);
    let commits = commit_all(
        &site,
        &[
            ("a", 1, &[], &[("a.css", "1"), ("b.css", "1")]),
            ("b", 2, &["a"], &[("x", "1")]),
            ("c", 3, &["b"], &[("b.css", "2")]),
        ],
    );
    cut_before(&site.path(""), commits["b"]);
    assert_eq!(last_change(&site, "a.css"), "shallow");
    assert_eq!(last_change(&site, "b.css"), "day 3");
}

#[test]
fn a_linked_worktree_has_the_history_of_its_repository() {
    let main = Site::new(&[]);
    let first = commit(&main.path(""), 1, &[], &[("a.css", "1")]);
    commit(&main.path(""), 2, &[first], &[("a.css", "2")]);
    let linked = Site::new(&[("a.css", "1")]);
    main.write(".git/worktrees/linked/HEAD", format!("{first}\n").as_bytes());
    main.write(".git/worktrees/linked/commondir", b"../..\n");
    let there = linked.path(".git").display().to_string();
    main.write(".git/worktrees/linked/gitdir", format!("{there}\n").as_bytes());
    linked.remove_folder(".git");
    let repository = main.path(".git/worktrees/linked").display().to_string();
    linked.write(".git", format!("gitdir: {repository}\n").as_bytes());
    assert_eq!(last_change(&linked, "a.css"), "day 1");
}

#[test]
fn what_was_read_is_read_anew_when_there_is_a_newer_commit() {
    let site = Site::new(&[("a.css", "")]);
    let first = commit_all(&site, &[("a", 1, &[], &[("a.css", "1")])])["a"];
    let project = site.project();
    let read = || {
        project.read_history(&[site.path("a.css")], &[]);
        project.last_change(&site.path("a.css"))
    };
    assert_eq!(project.last_change(&site.path("a.css")), None);
    let before = read();
    assert_eq!(before, read());
    commit(&site.path(""), 2, &[first], &[("a.css", "2")]);
    assert_ne!(before, read());
}

/// The day since which the asset is another under its version, by what the page and the stylesheet are now.
fn changed_since(commits: &[Commit<'_>], page: &str, css: &str) -> Option<u64> {
    let site = Site::new(&[("page.html", page), ("a.css", css)]);
    commit_all(&site, commits);
    let project = site.project();
    let mut analysis = project.analyse(&site.path("page.html"), page).unwrap();
    let judge = |resolved| cachelint_lint::judge(resolved, &analysis.settings);
    let judgements = analysis.resolved.iter().map(judge).collect();
    let versions = project.unread_versions(&analysis, page, &judgements);
    assert_eq!(versions.len(), 1, "{page}");
    let is_news = project.read_history(&[], &versions);
    assert!(project.unread_versions(&analysis, page, &judgements).is_empty());
    project.recall(&mut analysis, page);
    let since = analysis.resolved[0].changed_since.map(day);
    assert!(is_news || since.is_none());
    assert!(!project.read_history(&[], &versions), "nothing is read twice");
    since
}

#[test]
fn a_version_is_older_than_its_file_only_where_it_stood_there_before() {
    const ONE: &str = "<link rel=stylesheet href=\"a.css?v=1\">";
    const TWO: &str = "<link rel=stylesheet href=\"a.css?v=2\">";
    let with = |line: &str| format!("<p>text</p>{line}");
    let edited = with(ONE);
    let longer = ONE.replace("v=1", "v=12");
    let first: Commit<'_> = ("a", 1, &[], &[("a.css", "1"), ("page.html", ONE)]);
    let changed: Commit<'_> = ("b", 5, &["a"], &[("a.css", "2")]);
    let table: &[(&str, &[Commit<'_>], &str, &str, Option<u64>)] = &[
        ("the file changed, the version did not", &[first, changed], ONE, "2", Some(5)),
        ("the page was edited elsewhere, and not saved", &[first, changed], &edited, "2", Some(5)),
        (
            "the page was edited elsewhere by a later commit",
            &[first, changed, ("c", 7, &["b"], &[("page.html", &edited)])],
            &edited,
            "2",
            Some(5),
        ),
        (
            "on a branch",
            &[
                first,
                ("branch", 3, &["a"], &[("a.css", "2")]),
                ("main", 4, &["a"], &[("page.html", &edited)]),
                ("merge", 5, &["main", "branch"], &[("a.css", "2")]),
            ],
            &edited,
            "2",
            Some(3),
        ),
        ("both were never changed", &[first], ONE, "1", None),
        (
            "both changed together",
            &[first, ("b", 5, &["a"], &[("a.css", "2"), ("page.html", TWO)])],
            TWO,
            "2",
            None,
        ),
        (
            "the version was changed after the file",
            &[first, changed, ("c", 6, &["b"], &[("page.html", TWO)])],
            TWO,
            "2",
            None,
        ),
        ("the version was changed and not committed", &[first, changed], TWO, "2", None),
        ("the file was changed and not committed", &[first, changed], ONE, "3", None),
        (
            "a longer version stood there",
            &[("a", 1, &[], &[("a.css", "1"), ("page.html", &longer)]), changed],
            ONE,
            "2",
            None,
        ),
        (
            "the file came, or was moved there, after the version",
            &[("a", 1, &[], &[("old/a.css", "1"), ("page.html", ONE)]), ("b", 5, &["a"], &[("a.css", "1")])],
            ONE,
            "1",
            None,
        ),
        ("the page is in no commit", &[("a", 1, &[], &[("a.css", "1")]), changed], ONE, "2", None),
        ("nothing is", &[], ONE, "2", None),
    ];
    for (what, commits, page, css, expected) in table {
        assert_eq!(changed_since(commits, page, css), *expected, "{what}");
    }
}
