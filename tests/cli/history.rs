//! Versions kept by hand, and what git's history tells of them.

use expect_test::expect;

use crate::repository::{commit, cut_before};
use crate::site::Site;

const PAGE: &str = "<link rel=\"stylesheet\" href=\"style.css?v=1\">\n";
const DAY: u64 = 20_524;

/// A site whose stylesheet changed twice under its version, in a clone that holds the last `depth` commits.
fn site(depth: usize) -> Site {
    let site = Site::new(&[("index.html", PAGE), ("style.css", "b {}\n")]);
    let folder = site.path("");
    let first = commit(&folder, DAY - 90, &[], &[("index.html", PAGE), ("style.css", "a {}\n")]);
    let second = commit(&folder, DAY, &[first], &[("style.css", "b {}\n")]);
    let third = commit(&folder, DAY + 1, &[second], &[("other.txt", "")]);
    if depth == 1 {
        cut_before(&folder, third);
    }
    site
}

#[test]
fn a_version_that_is_older_than_its_file_is_said_to_be() {
    expect![[r#"
        exit 1
        --- stdout
        warning[manual-version]: ?v=1 is older than style.css (changed 12 Mar 2026); browsers may keep the old file
         --> index.html:1:40
          |
        1 | <link rel="stylesheet" href="style.css?v=1">
          |                                        ^^^
          |
          = help: replace ?v=1 with ?v=aef72dbb

        Found 1 warning in 1 of 1 file; 1 fixable with --fix
    "#]]
    .assert_eq(&site(3).run("check").shown());
}

#[test]
fn a_shallow_clone_is_said_and_gives_no_such_sentence() {
    expect![[r#"
        exit 1
        --- stdout
        warning[manual-version]: ?v=1 is kept by hand and does not change with style.css
         --> index.html:1:40
          |
        1 | <link rel="stylesheet" href="style.css?v=1">
          |                                        ^^^
          |
          = help: replace ?v=1 with ?v=aef72dbb

        Found 1 warning in 1 of 1 file; 1 fixable with --fix
        --- stderr
        note: history ends at a shallow clone: which versions kept by hand are older than their files is not known
    "#]]
    .assert_eq(&site(1).run("check").shown());
}
