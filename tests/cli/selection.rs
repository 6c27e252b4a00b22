//! Which files, which rules, and what they mean for the exit status.

use expect_test::expect;

use crate::site::Site;

const STALE: &str = "<script src=\"/static/a.js?v=0badc0de\"></script>\n";
const PICTURE: &str = "<img src=\"/static/c.png\">\n";

fn site() -> Site {
    Site::new(&[
        ("templates/stale.html", STALE),
        ("templates/picture.html", PICTURE),
        ("static/a.js", "a"),
        ("static/c.png", "c"),
    ])
}

#[test]
fn the_exit_status_follows_the_level() {
    let table = [
        ("check", 1),
        ("check templates/picture.html", 0),
        ("check --fail-on info templates/picture.html", 1),
        ("check --fail-on error templates/stale.html", 1),
        ("check --ignore stale-version", 0),
        ("check --select unversioned-reference", 0),
        ("check --select stale-version,unversioned-reference", 1),
        ("check templates/nothing.html", 2),
        ("check README", 2),
        ("references", 0),
        ("fix", 0),
        ("check", 0),
    ];
    let site = site();
    for (arguments, status) in table {
        let outcome = site.run(arguments);
        assert_eq!(outcome.status, status, "{arguments}\n{}", outcome.shown());
    }
}

#[test]
fn an_asset_stands_for_the_templates_that_refer_to_it() {
    expect![[r#"
        exit 1
        --- stdout
        templates/stale.html:1:27: error: ?v=0badc0de is out of date: a.js is now ca978112 [stale-version]
        Found 1 error in 1 of 1 file; 1 fixable with --fix
    "#]]
    .assert_eq(&site().run("check --output-format concise static/a.js").shown());
}

#[test]
fn paths_are_shown_from_the_working_directory() {
    let site = site();
    site.write("cachelint.toml", "static-roots = { \"/static/\" = \"static\" }\n");
    site.write("blog/templates/post.html", "<script src=\"/static/b.js\"></script>\n");
    expect![[r#"
        exit 1
        --- stdout
        templates/post.html:1:14: error: b.js is not in ../static/. Did you mean a.js? [missing-asset]
        Found 1 error in 1 of 1 file; 1 fixable with fix --unsafe-fixes
    "#]]
    .assert_eq(&site.run_in("blog", "check --output-format concise").shown());
    site.write("blog/cachelint.toml", "extend = \"../cachelint.toml\"\nexclud = []\n");
    expect![[r#"
        exit 2
        --- stderr
        error: ../blog/cachelint.toml:2:1: unknown key `exclud`; did you mean `exclude`?
    "#]]
    .assert_eq(&site.run_in("static", "check --config ../blog/cachelint.toml").shown());
}

#[test]
fn unknown_types_are_passed_over_with_a_note() {
    let site = site();
    site.write("notes.xyz", "x");
    expect![[r#"
        exit 0
        --- stdout
        templates/picture.html:1:11: info: c.png has no version in its URL; browsers may keep an old copy after it changes [unversioned-reference]
        Found 1 info in 1 of 1 file; 1 fixable with --fix
        --- stderr
        note: notes.xyz: skipped, neither a template nor an asset by its name
    "#]]
        .assert_eq(&site.run("check notes.xyz templates/picture.html --output-format concise").shown());
    expect![[r#"
        exit 2
        --- stderr
        note: notes.xyz: skipped, neither a template nor an asset by its name
        error: no template found in the paths given
    "#]]
    .assert_eq(&site.run("check notes.xyz").shown());
}

#[test]
fn what_the_walk_passes_over_is_said_when_asked() {
    let site = site();
    site.write("node_modules/x/a.html", STALE);
    let noted = |arguments: &str| site.run(arguments).stderr.contains("node_modules/: skipped");
    assert_eq!([noted("check"), noted("check --verbose")], [false, true]);
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    use std::process::{Command, Stdio};
    let site = site();
    for number in 0..400 {
        site.write(&format!("templates/{number}.html"), STALE);
    }
    let mut child = Command::new(env!("CARGO_BIN_EXE_cachelint"))
        .arg("check")
        .current_dir(site.path("."))
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), output.stderr.len()), (Some(1), 0));
}
