//! Each report format, for findings and for references.

use expect_test::{Expect, expect};

use crate::site::Site;

const PAGE: &str = "\u{feff}<!doctype html>\r
<p>Größe</p><link rel=\"stylesheet\" href=\"/static/css/style.css\">\r
<script src=\"{{ url_for('static', filename='app.js') }}\"></script>\r
<img src=\"/static/logo.png?v=1\">\r
<img src=\"https://example.com/x.png\">\r
";

fn site() -> Site {
    Site::new(&[
        ("templates/page.html", PAGE),
        ("static/css/style.css", "body {}"),
        ("static/app.js", "alert(1)"),
        ("static/logo.png", "no picture"),
    ])
}

fn check(arguments: &str, expected: &Expect) {
    expected.assert_eq(&site().run(arguments).shown());
}

#[test]
fn the_full_report_shows_the_source() {
    check(
        "check",
        &expect![[r#"
        exit 1
        --- stdout
        warning[unversioned-reference]: css/style.css has no version in its URL; browsers may keep an old copy after it changes
         --> templates/page.html:2:42
          |
        2 | <p>Größe</p><link rel="stylesheet" href="/static/css/style.css">
          |                                          ^^^^^^^^^^^^^^^^^^^^^
          |
          = help: add ?v=62368a1a

        warning[unversioned-reference]: app.js has no version in its URL; browsers may keep an old copy after it changes
         --> templates/page.html:3:17
          |
        3 | <script src="{{ url_for('static', filename='app.js') }}"></script>
          |                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
          |
          = help: add v='6e11c72f'

        warning[manual-version]: ?v=1 is kept by hand and does not change with logo.png
         --> templates/page.html:4:28
          |
        4 | <img src="/static/logo.png?v=1">
          |                            ^^^
          |
          = help: replace ?v=1 with ?v=9ed97c95

        Found 3 warnings in 1 of 1 file; 3 fixable with --fix
    "#]],
    );
}

#[test]
fn a_concise_report_has_a_line_for_each_finding() {
    check(
        "check --output-format concise",
        &expect![[r#"
        exit 1
        --- stdout
        templates/page.html:2:42: warning: css/style.css has no version in its URL; browsers may keep an old copy after it changes [unversioned-reference]
        templates/page.html:3:17: warning: app.js has no version in its URL; browsers may keep an old copy after it changes [unversioned-reference]
        templates/page.html:4:28: warning: ?v=1 is kept by hand and does not change with logo.png [manual-version]
        Found 3 warnings in 1 of 1 file; 3 fixable with --fix
    "#]],
    );
    check(
        "check --output-format concise --quiet",
        &expect![[r#"
        exit 1
        --- stdout
        templates/page.html:2:42: warning: css/style.css has no version in its URL; browsers may keep an old copy after it changes [unversioned-reference]
        templates/page.html:3:17: warning: app.js has no version in its URL; browsers may keep an old copy after it changes [unversioned-reference]
        templates/page.html:4:28: warning: ?v=1 is kept by hand and does not change with logo.png [manual-version]
    "#]],
    );
}

#[test]
fn github_gets_annotations() {
    check(
        "check --output-format github",
        &expect![[r#"
        exit 1
        --- stdout
        ::warning file=templates/page.html,line=2,endLine=2,col=42,endColumn=63,title=unversioned-reference::css/style.css has no version in its URL; browsers may keep an old copy after it changes
        ::warning file=templates/page.html,line=3,endLine=3,col=17,endColumn=53,title=unversioned-reference::app.js has no version in its URL; browsers may keep an old copy after it changes
        ::warning file=templates/page.html,line=4,endLine=4,col=28,endColumn=31,title=manual-version::?v=1 is kept by hand and does not change with logo.png
        Found 3 warnings in 1 of 1 file; 3 fixable with --fix
    "#]],
    );
}

#[test]
fn json_is_one_document() {
    check(
        "check --output-format json",
        &expect![[r#"
            exit 1
            --- stdout
            {"version":1,"findings":[{"path":"templates/page.html","rule":"unversioned-reference","level":"warning","message":"css/style.css has no version in its URL; browsers may keep an old copy after it changes","help":"add ?v=62368a1a","start":{"byte":63,"line":2,"column":42},"end":{"byte":84,"line":2,"column":63},"url":"/static/css/style.css","asset":"static/css/style.css","related":[],"applicability":"safe","edits":[{"start":84,"end":84,"text":"?v=62368a1a"}]},{"path":"templates/page.html","rule":"unversioned-reference","level":"warning","message":"app.js has no version in its URL; browsers may keep an old copy after it changes","help":"add v='6e11c72f'","start":{"byte":104,"line":3,"column":17},"end":{"byte":140,"line":3,"column":53},"url":"url_for('static', filename='app.js')","asset":"static/app.js","related":[],"applicability":"safe","edits":[{"start":139,"end":139,"text":", v='6e11c72f'"}]},{"path":"templates/page.html","rule":"manual-version","level":"warning","message":"?v=1 is kept by hand and does not change with logo.png","help":"replace ?v=1 with ?v=9ed97c95","start":{"byte":183,"line":4,"column":28},"end":{"byte":186,"line":4,"column":31},"url":"/static/logo.png?v=1","asset":"static/logo.png","related":[],"applicability":"safe","edits":[{"start":185,"end":186,"text":"9ed97c95"}]}],"summary":{"files":1,"findings":3,"levels":{"warning":3},"fixable":3,"fixed":0,"statuses":{"external":1,"manual":1,"unversioned":2},"failures":[]}}
        "#]],
    );
}

#[test]
fn references_come_in_each_format_too() {
    check(
        "references",
        &expect![[r#"
        exit 0
        --- stdout
        templates/page.html
               2:42 unversioned  link[stylesheet].href    /static/css/style.css
               3:17 unversioned  call:url_for             url_for('static', filename='app.js')
               4:11 manual       img.src                  /static/logo.png?v=1 (?v=1 is kept by hand)
               5:11 external     img.src                  https://example.com/x.png

        4 references in 1 file: 2 unversioned, 1 manual, 1 external
    "#]],
    );
    check(
        "list --output-format concise",
        &expect![[r#"
        exit 0
        --- stdout
        templates/page.html:2:42: unversioned link[stylesheet].href /static/css/style.css
        templates/page.html:3:17: unversioned call:url_for url_for('static', filename='app.js')
        templates/page.html:4:11: manual img.src /static/logo.png?v=1
        templates/page.html:5:11: external img.src https://example.com/x.png
        4 references in 1 file: 2 unversioned, 1 manual, 1 external
    "#]],
    );
    check(
        "references --output-format github",
        &expect![[r#"
        exit 0
        --- stdout
        ::notice file=templates/page.html,line=2,endLine=2,col=42,endColumn=63,title=unversioned::link[stylesheet].href /static/css/style.css
        ::notice file=templates/page.html,line=3,endLine=3,col=17,endColumn=53,title=unversioned::call:url_for url_for('static', filename='app.js')
        ::notice file=templates/page.html,line=4,endLine=4,col=11,endColumn=31,title=manual::img.src /static/logo.png?v=1
        ::notice file=templates/page.html,line=5,endLine=5,col=11,endColumn=36,title=external::img.src https://example.com/x.png
        4 references in 1 file: 2 unversioned, 1 manual, 1 external
    "#]],
    );
    check(
        "references --output-format json",
        &expect![[r#"
        exit 0
        --- stdout
        {"version":1,"references":[{"path":"templates/page.html","status":"unversioned","form":"link[stylesheet].href","place":"link[stylesheet].href","reason":null,"start":{"byte":63,"line":2,"column":42},"end":{"byte":84,"line":2,"column":63},"url":"/static/css/style.css","asset":"static/css/style.css"},{"path":"templates/page.html","status":"unversioned","form":"call:url_for","place":"script.src","reason":null,"start":{"byte":104,"line":3,"column":17},"end":{"byte":140,"line":3,"column":53},"url":"url_for('static', filename='app.js')","asset":"static/app.js"},{"path":"templates/page.html","status":"manual","form":"img.src","place":"img.src","reason":"?v=1 is kept by hand","start":{"byte":166,"line":4,"column":11},"end":{"byte":186,"line":4,"column":31},"url":"/static/logo.png?v=1","asset":"static/logo.png"},{"path":"templates/page.html","status":"external","form":"img.src","place":"img.src","reason":null,"start":{"byte":200,"line":5,"column":11},"end":{"byte":225,"line":5,"column":36},"url":"https://example.com/x.png","asset":null}],"summary":{"files":1,"references":4,"statuses":{"external":1,"manual":1,"unversioned":2},"failures":[]}}
    "#]],
    );
}

#[test]
fn colour_is_for_terminals_and_those_who_ask() {
    let colours = |arguments: &str| site().run(arguments).stdout.contains("\u{1b}[");
    assert_eq!(
        [colours("check"), colours("check --color never"), colours("check --color always")],
        [false, false, true]
    );
    assert!(!colours("check --color always --output-format json"));
}

#[test]
fn the_order_is_the_same_with_any_number_of_threads() {
    let site = site();
    for number in 0..40 {
        site.write(&format!("templates/{number}/page.html"), PAGE);
    }
    let one = site.run("check --output-format concise --jobs 1").stdout;
    assert_eq!(one.lines().count(), 41 * 3 + 1);
    assert_eq!(site.run("check --output-format concise --jobs 4").stdout, one);
}

#[test]
fn a_minified_page_is_shown_in_part() {
    let site = site();
    let page = format!("<p>{}<script src=\"/static/app.js\"></script>{}", "x".repeat(5000), "y".repeat(5000));
    site.write("templates/page.html", page);
    expect![[r#"
        exit 1
        --- stdout
        warning[unversioned-reference]: app.js has no version in its URL; browsers may keep an old copy after it changes
         --> templates/page.html:1:5017
          |
        1 | ...xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx<script src="/static/app.js"></script>yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy...
          |                                                              ^^^^^^^^^^^^^^
          |
          = help: add ?v=6e11c72f

        Found 1 warning in 1 of 1 file; 1 fixable with --fix
    "#]].assert_eq(&site.run("check").shown());
}

#[test]
fn references_that_the_project_decides_are_counted_in_one_line() {
    let site = Site::new(&[
        ("manage.py", "import django"),
        ("templates/page.html", "{% load static %}<script src=\"{% static 'a.js' %}\"></script>"),
        ("static/a.js", "1"),
    ]);
    expect![[r#"
        exit 0
        --- stdout
        Nothing to report in 1 file
        --- stderr
        note: 1 reference not judged, the project's own code decides the URL; cachelint references lists them as unknown
    "#]].assert_eq(&site.run("check").shown());
}

#[test]
fn other_places_that_explain_a_finding_are_named() {
    let site = Site::new(&[
        ("templates/page.html", "<script src=\"/static/app.js?v=1\"></script>"),
        ("templates/base.html", "<p>\n<script src=\"/static/app.js?v={{ version }}\"></script>"),
        ("templates/shop.html", "<script src=\"/static/app.js?v=2\"></script>"),
        ("static/app.js", "alert(1)"),
    ]);
    let check = |arguments: &str, expected: &Expect| expected.assert_eq(&site.run(arguments).shown());
    check(
        "check templates/page.html",
        &expect![[r#"
        exit 1
        --- stdout
        warning[mixed-versions]: app.js has ?v=1 here and ?v=2 in templates/shop.html; browsers keep both, and one may be old
         --> templates/page.html:1:29
          |
        1 | <script src="/static/app.js?v=1"></script>
          |                             ^^^
          |
          = note: templates/shop.html:1:29: ?v=2 here
          = help: replace ?v=1 with ?v=6e11c72f

        Found 1 warning in 1 of 1 file; 1 fixable with --fix
    "#]],
    );
    check(
        "check templates/page.html --output-format concise",
        &expect![[r#"
        exit 1
        --- stdout
        templates/page.html:1:29: warning: app.js has ?v=1 here and ?v=2 in templates/shop.html; browsers keep both, and one may be old [mixed-versions]
        Found 1 warning in 1 of 1 file; 1 fixable with --fix
    "#]],
    );
    check(
        "check templates/page.html --output-format github",
        &expect![[r#"
        exit 1
        --- stdout
        ::warning file=templates/page.html,line=1,endLine=1,col=29,endColumn=32,title=mixed-versions::app.js has ?v=1 here and ?v=2 in templates/shop.html; browsers keep both, and one may be old%0Atemplates/shop.html:1:29: ?v=2 here
        Found 1 warning in 1 of 1 file; 1 fixable with --fix
    "#]],
    );
    check(
        "check templates/page.html --output-format json",
        &expect![[r#"
        exit 1
        --- stdout
        {"version":1,"findings":[{"path":"templates/page.html","rule":"mixed-versions","level":"warning","message":"app.js has ?v=1 here and ?v=2 in templates/shop.html; browsers keep both, and one may be old","help":"replace ?v=1 with ?v=6e11c72f","start":{"byte":28,"line":1,"column":29},"end":{"byte":31,"line":1,"column":32},"url":"/static/app.js?v=1","asset":"static/app.js","related":[{"path":"templates/shop.html","message":"?v=2 here","start":{"byte":28,"line":1,"column":29},"end":{"byte":31,"line":1,"column":32}}],"applicability":"safe","edits":[{"start":30,"end":31,"text":"6e11c72f"}]}],"summary":{"files":1,"findings":1,"levels":{"warning":1},"fixable":1,"fixed":0,"statuses":{"manual":1},"failures":[]}}
    "#]],
    );
    check(
        "fix --output-format concise",
        &expect![[r#"
        exit 0
        --- stdout
        Fixed 2 references in 2 files
        Nothing to report in 3 files
    "#]],
    );
}
