//! Adoption on an old code base: what is there now is known, what comes is new.

use expect_test::expect;

use crate::site::Site;

const PAGE: &str = "<script src=\"/static/a.js\"></script>\n<script src=\"/static/a.js\"></script>\n<script src=\"/static/b.js\"></script>\n";

#[test]
fn lines_may_move_and_what_comes_is_new() {
    let site = Site::new(&[("templates/page.html", PAGE), ("static/a.js", "a"), ("static/b.js", "b")]);
    expect![[r#"
        exit 0
        --- stderr
        note: 3 findings written to .ci/known.json; read it with --baseline
    "#]]
    .assert_eq(&site.run("check --write-baseline .ci/known.json").shown());
    expect![[r#"
        {"version":1,"findings":[
        {"path":"../templates/page.html","rule":"unversioned-reference","url":"/static/a.js","count":2},
        {"path":"../templates/page.html","rule":"unversioned-reference","url":"/static/b.js"}
        ]}
    "#]]
    .assert_eq(&site.read(".ci/known.json"));
    site.write("templates/page.html", format!("<p>\n\n\n{PAGE}"));
    expect![[r#"
        exit 0
        --- stdout
        Nothing to report in 1 file
    "#]]
    .assert_eq(&site.run("check --baseline .ci/known.json").shown());
    site.write("templates/page.html", format!("{PAGE}{PAGE}"));
    expect![[r#"
        exit 1
        --- stdout
        templates/page.html:4:14: warning: a.js has no version in its URL; browsers may keep an old copy after it changes [unversioned-reference]
        templates/page.html:5:14: warning: a.js has no version in its URL; browsers may keep an old copy after it changes [unversioned-reference]
        templates/page.html:6:14: warning: b.js has no version in its URL; browsers may keep an old copy after it changes [unversioned-reference]
        Found 3 warnings in 1 of 1 file; 3 fixable with --fix
    "#]].assert_eq(&site.run("check --output-format concise --baseline .ci/known.json").shown());
}

#[test]
fn a_baseline_that_is_none_exits_with_2() {
    let site = Site::new(&[("templates/page.html", PAGE), ("known.json", "{\"version\":2,\"findings\":[]}")]);
    expect![[r#"
        exit 2
        --- stderr
        error: --baseline known.json: written by another version of cachelint; write it anew with --write-baseline
    "#]].assert_eq(&site.run("check --baseline known.json").shown());
    expect![[r#"
        exit 2
        --- stderr
        error: --baseline: nowhere.json: skipped, no such file or directory
    "#]]
    .assert_eq(&site.run("check --baseline nowhere.json").shown());
    expect![[r#"
        exit 2
        --- stderr
        error: --baseline templates/page.html: not a baseline that --write-baseline wrote: expected value at line 1 column 1
    "#]].assert_eq(&site.run("check --baseline templates/page.html").shown());
}
