//! Input that can't be read, or was made to break a reader: it is named, and the rest is still checked.

use std::time::{Duration, Instant};

use expect_test::{Expect, expect};

use crate::site::Site;

const PAGE: &str = "<script src=\"/static/a.js\"></script>\n";

/// A site with one sound template and whatever `add` makes of it.
fn check(add: impl FnOnce(&Site), expected: &Expect) {
    let site = Site::new(&[("templates/sound.html", PAGE), ("static/a.js", "a")]);
    add(&site);
    expected.assert_eq(&site.run("check --output-format concise").shown());
}

#[test]
fn text_that_is_not_utf_8_is_skipped() {
    check(
        |site| site.write("templates/latin.html", b"<p>Gr\xf6\xdfe</p>"),
        &expect![[r#"
        exit 2
        --- stdout
        templates/sound.html:1:14: warning: a.js has no version in its URL; browsers may keep an old copy after it changes [unversioned-reference]
        Found 1 warning in 1 of 1 file; 1 fixable with --fix
        --- stderr
        error: templates/latin.html: skipped, not UTF-8 at byte 5
    "#]],
    );
}

#[test]
fn a_binary_file_is_skipped() {
    check(
        |site| site.write("templates/binary.html", b"<p>\0</p>"),
        &expect![[r#"
        exit 1
        --- stdout
        templates/sound.html:1:14: warning: a.js has no version in its URL; browsers may keep an old copy after it changes [unversioned-reference]
        Found 1 warning in 1 of 1 file; 1 fixable with --fix
        --- stderr
        note: templates/binary.html: skipped, a binary file
    "#]],
    );
}

#[test]
fn a_file_beyond_50_mb_is_skipped() {
    check(
        |site| site.write("templates/huge.html", vec![b' '; 50_000_001]),
        &expect![[r#"
        exit 2
        --- stdout
        templates/sound.html:1:14: warning: a.js has no version in its URL; browsers may keep an old copy after it changes [unversioned-reference]
        Found 1 warning in 1 of 1 file; 1 fixable with --fix
        --- stderr
        error: templates/huge.html: skipped, 51 MB are more than the 50 MB that are read
    "#]],
    );
}

#[cfg(unix)]
#[test]
fn a_fifo_is_never_opened() {
    let make = |site: &Site| {
        let path = site.path("templates/pipe.html");
        assert!(std::process::Command::new("mkfifo").arg(path).status().unwrap().success());
    };
    check(
        make,
        &expect![[r#"
        exit 2
        --- stdout
        templates/sound.html:1:14: warning: a.js has no version in its URL; browsers may keep an old copy after it changes [unversioned-reference]
        Found 1 warning in 1 of 1 file; 1 fixable with --fix
        --- stderr
        error: templates/pipe.html: skipped, not a regular file
    "#]],
    );
}

#[cfg(unix)]
#[test]
fn a_symlink_loop_ends() {
    use std::os::unix::fs::symlink;
    check(
        |site| symlink("..", site.path("templates/up")).unwrap(),
        &expect![[r#"
        exit 2
        --- stdout
        templates/sound.html:1:14: warning: a.js has no version in its URL; browsers may keep an old copy after it changes [unversioned-reference]
        Found 1 warning in 1 of 1 file; 1 fixable with --fix
        --- stderr
        error: templates/up: skipped, a link back to a folder above it
    "#]],
    );
    check(
        |site| symlink("self.html", site.path("templates/self.html")).unwrap(),
        &expect![[r#"
        exit 2
        --- stdout
        templates/sound.html:1:14: warning: a.js has no version in its URL; browsers may keep an old copy after it changes [unversioned-reference]
        Found 1 warning in 1 of 1 file; 1 fixable with --fix
        --- stderr
        error: templates/self.html: skipped, too many levels of symbolic links
    "#]],
    );
}

#[cfg(unix)]
#[test]
fn a_link_to_nothing_is_said() {
    use std::os::unix::fs::symlink;
    check(
        |site| symlink("gone.html", site.path("templates/link.html")).unwrap(),
        &expect![[r#"
        exit 2
        --- stdout
        templates/sound.html:1:14: warning: a.js has no version in its URL; browsers may keep an old copy after it changes [unversioned-reference]
        Found 1 warning in 1 of 1 file; 1 fixable with --fix
        --- stderr
        error: templates/link.html: skipped, no such file or directory
    "#]],
    );
}

#[cfg(unix)]
#[test]
fn what_may_not_be_read_is_said() {
    use std::os::unix::fs::PermissionsExt as _;
    let site =
        Site::new(&[("templates/sound.html", PAGE), ("templates/locked.html", PAGE), ("static/a.js", "a")]);
    let locked = site.path("templates/locked.html");
    std::fs::set_permissions(&locked, std::fs::Permissions::from_mode(0o000)).unwrap();
    let outcome = site.run("check --output-format concise");
    std::fs::set_permissions(&locked, std::fs::Permissions::from_mode(0o644)).unwrap();
    if outcome.stdout.contains("locked.html") {
        println!("skipped: this user may read every file");
        return;
    }
    assert_eq!(outcome.status, 2);
    assert!(outcome.stderr.contains("templates/locked.html: Permission denied"), "{}", outcome.stderr);
    assert!(outcome.stdout.contains("templates/sound.html:1:14"));
}

#[test]
fn a_file_that_is_not_there_fails_and_the_rest_is_checked() {
    let site = Site::new(&[("templates/sound.html", PAGE), ("static/a.js", "a")]);
    let outcome = site.run("check --output-format concise templates/gone.html templates/sound.html");
    expect![[r#"
        exit 2
        --- stdout
        templates/sound.html:1:14: warning: a.js has no version in its URL; browsers may keep an old copy after it changes [unversioned-reference]
        Found 1 warning in 1 of 1 file; 1 fixable with --fix
        --- stderr
        error: templates/gone.html: skipped, no such file or directory
    "#]].assert_eq(&outcome.shown());
}

#[test]
fn nesting_without_end_does_not_hold_the_run_up() {
    let deep = 100_000;
    let soups = [
        "<div>".repeat(deep),
        "<".repeat(deep),
        "{{".repeat(deep),
        "{% if x %}".repeat(deep),
        format!("<a href=\"{{{{ {} }}}}\">", "(".repeat(deep)),
        format!("<a href='{}'>", "{{ '".repeat(deep)),
        format!("<style>{}</style>", "a{".repeat(deep)),
        format!("<script>{}</script>", "[".repeat(deep)),
        format!("<p style=\"{}\">", "url(".repeat(deep)),
        "<svg><style><!--".repeat(deep),
    ];
    for soup in soups {
        let site = Site::new(&[("templates/sound.html", PAGE), ("static/a.js", "a")]);
        site.write("templates/soup.html", &soup);
        let start = Instant::now();
        let outcome = site.run("check --output-format concise");
        let shown = &soup[..30];
        assert!(outcome.stdout.contains("templates/sound.html:1:14"), "{shown}: {}", outcome.shown());
        assert!(start.elapsed() < Duration::from_secs(20), "{shown}: {:?}", start.elapsed());
    }
}
