//! Stylesheets on disk that hold versions themselves.

use expect_test::expect;

use crate::site::Site;

const PAGE: &str = "<link rel=\"stylesheet\" href=\"/static/css/site.css\">\n";

#[test]
fn leaves_are_fixed_before_what_refers_to_them() {
    let site = Site::new(&[
        ("templates/page.html", PAGE),
        ("static/css/site.css", "@import \"theme.css?v=0badc0de\";\nbody {}\n"),
        ("static/css/theme.css", "body { background: url(../paper.png?v=0badc0de) }\n"),
        ("static/paper.png", "no picture"),
    ]);
    expect![[r#"
        exit 1
        --- stdout
        static/css/site.css:1:20: error: ?v=0badc0de is out of date: theme.css is now 3c4b9b71 [stale-version]
        static/css/theme.css:1:37: error: ?v=0badc0de is out of date: ../paper.png is now 9ed97c95 [stale-version]
        templates/page.html:1:30: warning: css/site.css has no version in its URL; browsers may keep an old copy after it changes [unversioned-reference]
        Found 2 errors, 1 warning in 3 of 3 files; 3 fixable with --fix
    "#]].assert_eq(&site.run("check --output-format concise").shown());
    expect![[r#"
        exit 0
        --- stdout
        static/css/site.css:1:10: stale css-import theme.css?v=0badc0de
        static/css/theme.css:1:24: stale css-url ../paper.png?v=0badc0de
        templates/page.html:1:30: unversioned link[stylesheet].href /static/css/site.css
        3 references in 3 files: 1 unversioned, 2 stale
    "#]]
    .assert_eq(&site.run("references --output-format concise").shown());
    let diff = site.run("fix --diff");
    assert_eq!(site.run("fix").status, 0);
    expect![[r#"
        exit 0
        --- stdout
        Nothing to report in 3 files
    "#]]
    .assert_eq(&site.run("fix").shown());
    let mut found: Vec<String> = site
        .run("hash static/css/site.css static/css/theme.css static/paper.png")
        .stdout
        .lines()
        .map(|line| format!("?v={}", &line[..8]))
        .collect();
    found.dedup();
    assert!(found.len() == 3 && found.iter().all(|version| diff.stdout.contains(version)), "{}", diff.stdout);
}

#[test]
fn a_cycle_is_left_alone_and_said() {
    let site = Site::new(&[
        ("templates/page.html", PAGE),
        ("static/css/site.css", "@import \"theme.css?v=0badc0de\";\n"),
        (
            "static/css/theme.css",
            "@import \"site.css?v=0badc0de\";\nb { background: url(/static/p.png?v=1) }\n",
        ),
        ("static/p.png", "no picture"),
    ]);
    expect![[r#"
        exit 1
        --- stdout
        error[stale-version]: ?v=0badc0de is out of date: theme.css is now 221ac58e
         --> static/css/site.css:1:20
          |
        1 | @import "theme.css?v=0badc0de";
          |                    ^^^^^^^^^^
          |
          = help: the file refers back to this one: a version of either changes the other

        error[stale-version]: ?v=0badc0de is out of date: site.css is now af0adc28
         --> static/css/theme.css:1:19
          |
        1 | @import "site.css?v=0badc0de";
          |                   ^^^^^^^^^^
          |
          = help: the file refers back to this one: a version of either changes the other

        Fixed 2 references in 2 files
        Found 2 errors in 2 of 3 files
    "#]]
    .assert_eq(&site.run("fix").shown());
    assert_eq!(site.read("static/css/site.css"), "@import \"theme.css?v=0badc0de\";\n");
    assert!(
        site.read("static/css/theme.css")
            .starts_with("@import \"site.css?v=0badc0de\";\nb { background: url(/static/p.png?v=")
    );
    assert!(!site.run("fix").stdout.contains("Fixed"));
}

#[test]
fn other_peoples_stylesheets_are_left_alone() {
    let font = "@font-face { src: url(font.woff?v=4.7.0) }";
    let site = Site::new(&[
        (
            "templates/page.html",
            "<link rel=stylesheet href=\"/static/vendor/fa.css?v=1\"><link rel=stylesheet href=\"/static/all.css?v=1\">",
        ),
        ("static/vendor/fa.css", font),
        ("static/all.css", &format!("/*! Font */ {font}")),
        ("static/font.woff", "f"),
        ("static/vendor/font.woff", "f"),
    ]);
    site.run("fix");
    assert_eq!(site.read("static/vendor/fa.css"), font);
    assert_eq!(site.read("static/all.css"), format!("/*! Font */ {font}"));
}
