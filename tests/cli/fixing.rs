//! What `fix` writes, and what it leaves as it is.

use expect_test::expect;

use crate::site::{Outcome, Site, unprivileged};

const ASSETS: [(&str, &str); 3] =
    [("static/a.css", "a {}"), ("static/b.js", "b()"), ("static/c.png", "no picture")];

fn site(page: &str) -> Site {
    let site = Site::new(&ASSETS);
    site.write("templates/page.html", page);
    site
}

#[test]
fn a_second_fix_changes_nothing() {
    let pages = [
        "<link rel=\"stylesheet\" href=\"/static/a.css\">\r\n<script src=\"/static/b.js?v=1\"></script>\r\n",
        "\u{feff}<link rel=\"stylesheet\" href=\"/static/a.css\">",
        "<script src=\"{{ url_for('static', filename='b.js') }}\"></script>\r<p>\n\n",
        "<img srcset=\"/static/c.png 1x, /static/c.png?v=0badc0de 2x\" src='/static/c.png#é'>",
    ];
    for page in pages {
        let site = site(page);
        assert_eq!(site.run("fix").status, 0, "{page}");
        let fixed = site.read("templates/page.html");
        assert_ne!(fixed, page);
        let again = site.run("fix");
        assert_eq!(again.stdout, "Nothing to report in 1 file\n", "{page}");
        assert_eq!(site.read("templates/page.html"), fixed);
    }
}

#[test]
fn every_other_byte_stays() {
    let page =
        "\u{feff}<p>\r\n\t<script src=\"/static/b.js\"></script>\r\n\r\u{2028} é\0".replace('\0', "\u{b}");
    let site = site(&page);
    let outcome = site.run("fix");
    assert_eq!(outcome.stdout, "Fixed 1 reference in 1 file\nNothing to report in 1 file\n");
    let expected = page.replace("b.js", "b.js?v=85a1c0ab");
    let fixed = site.read("templates/page.html");
    let version = fixed.split("?v=").nth(1).unwrap();
    assert_eq!(fixed, expected.replace("85a1c0ab", &version[..8]));
}

#[test]
fn a_diff_shows_the_change_and_makes_none() {
    let page =
        "<p>\r\n<link rel=\"stylesheet\" href=\"/static/a.css\">\r\n<script src=\"/static/b.js\"></script>";
    let site = site(page);
    expect![[r#"
        exit 1
        --- stdout
        --- a/templates/page.html
        +++ b/templates/page.html
        @@ -1,3 +1,3 @@
         <p>\r
        -<link rel="stylesheet" href="/static/a.css">\r
        -<script src="/static/b.js"></script>
        \ No newline at end of file
        +<link rel="stylesheet" href="/static/a.css?v=9a4487cc">\r
        +<script src="/static/b.js?v=71fdb8d8"></script>
        \ No newline at end of file
        --- stderr
        note: 2 references in 1 file would change
    "#]]
    .assert_eq(&site.run("fix --diff").shown());
    assert_eq!(site.read("templates/page.html"), page);
    site.run("fix");
    expect![[r#"
        exit 0
        --- stderr
        note: nothing would change
    "#]]
    .assert_eq(&site.run("fix --diff").shown());
}

#[test]
fn copies_leave_the_sources_alone() {
    let site = site("<script src=\"/static/b.js\"></script>\n");
    site.write("templates/sub/plain.html", "<p>\n");
    expect![[r#"
        exit 0
        --- stdout
        Fixed 1 reference in 1 file
        Nothing to report in 2 files
        --- stderr
        note: 2 copies written below deploy/now
    "#]]
    .assert_eq(&site.run("fix --out deploy/now").shown());
    assert_eq!(site.read("templates/page.html"), "<script src=\"/static/b.js\"></script>\n");
    expect![[r#"
        <script src="/static/b.js?v=71fdb8d8"></script>
    "#]]
    .assert_eq(&site.read("deploy/now/templates/page.html"));
    assert_eq!(site.read("deploy/now/templates/sub/plain.html"), "<p>\n");
    let again = site.run("fix --out deploy/now");
    assert!(again.stderr.contains("2 copies written below deploy/now"), "{}", again.shown());
}

#[test]
fn standard_input_comes_back_fixed() {
    let site = site("");
    let input = "<script src=\"/static/b.js\"></script>\r\n";
    let outcome = site.run_with_input("fix --stdin-filename templates/new.html", input);
    expect![[r#"
        exit 0
        --- stdout
        <script src="/static/b.js?v=71fdb8d8"></script>\r
    "#]]
    .assert_eq(&outcome.shown());
    let outcome =
        site.run_with_input("check --output-format concise --stdin-filename templates/new.html", input);
    expect![[r#"
        exit 1
        --- stdout
        templates/new.html:1:14: warning: b.js has no version in its URL; browsers may keep an old copy after it changes [unversioned-reference]
        Found 1 warning in 1 of 1 file; 1 fixable with --fix
    "#]].assert_eq(&outcome.shown());
    assert_eq!(site.run_with_input("check --stdin-filename templates/new.html", "<p>").status, 0);
}

#[test]
fn one_asset_can_be_fixed_alone() {
    let site = site("<script src=\"/static/b.js\"></script>\n<link rel=stylesheet href=\"/static/a.css\">\n");
    expect![[r#"
        exit 0
        --- stdout
        Fixed 1 reference in 1 file
        Nothing to report in 1 file
    "#]]
    .assert_eq(&site.run("fix --asset static/a.css").shown());
    expect![[r#"
        <script src="/static/b.js"></script>
        <link rel=stylesheet href="/static/a.css?v=9a4487cc">
    "#]]
    .assert_eq(&site.read("templates/page.html"));
    expect![[r#"
        exit 2
        --- stderr
        error: --asset static/no.css: no such file
    "#]]
    .assert_eq(&site.run("fix --asset static/no.css").shown());
}

#[test]
fn unsafe_fixes_want_to_be_asked_for() {
    let page = "{% set logo = url_for('static', filename='b.js') %}\n";
    let site = site(page);
    assert_eq!(site.run("fix").status, 1);
    assert_eq!(site.read("templates/page.html"), page);
    assert_eq!(site.run("fix --unsafe-fixes").status, 0);
    assert_ne!(site.read("templates/page.html"), page);
}

#[test]
fn macros_are_imported_with_the_context_where_that_is_asked_for() {
    let site = site("{% import 'm.html' as m %}{{ m.a() }}{% from 'm.html' import a without context %}\n");
    let app = "from flask import Flask, url_for\napp = Flask(__name__)\n\n@app.context_processor\n\
               def names():\n    return {'url_for': versioned}\n\n\
               def versioned(endpoint, **values):\n    return url_for(endpoint, v=of(values['filename']), **values)\n";
    site.write("app.py", app);
    site.write(
        "templates/m.html",
        "{% macro a() %}<script src=\"{{ url_for('static', filename='b.js') }}\"></script>{% endmacro %}\n",
    );
    assert_eq!(site.run("check -q").status, 1);
    assert_eq!(site.run("fix --unsafe-fixes").status, 0);
    assert_eq!(
        site.read("templates/page.html"),
        "{% import 'm.html' as m with context %}{{ m.a() }}{% from 'm.html' import a with context %}\n"
    );
    assert_eq!(site.run("check -q").status, 0);
}

#[test]
fn check_with_fix_reports_what_remains() {
    let site =
        site("<script src=\"/static/b.js\"></script>\n{% set x = url_for('static', filename='a.css') %}\n");
    expect![[r#"
        exit 1
        --- stdout
        templates/page.html:2:12: warning: a.css has no version in its URL; browsers may keep an old copy after it changes [unversioned-reference]
        Fixed 1 reference in 1 file
        Found 1 warning in 1 of 1 file; 1 fixable with fix --unsafe-fixes
    "#]].assert_eq(&site.run("check --fix --output-format concise").shown());
}

#[test]
fn a_project_keeps_the_form_it_writes_by_hand() {
    let site = site("<h1>{{ title }}</h1><script src=\"/static/b.js\"></script>\n");
    for name in ["one", "two", "three"] {
        let page = "<link rel=\"stylesheet\" href=\"/static/a.css?v={{ version }}\">\n";
        site.write(&format!("templates/{name}.html"), page);
    }
    site.run("fix templates/page.html");
    assert_eq!(
        site.read("templates/page.html"),
        "<h1>{{ title }}</h1><script src=\"/static/b.js?v={{ version }}\"></script>\n"
    );
}

#[cfg(unix)]
#[test]
fn links_stay_links_and_modes_stay() {
    use std::os::unix::fs::{PermissionsExt as _, symlink};
    let site = site("<script src=\"/static/b.js\"></script>\n");
    let target = site.path("templates/page.html");
    std::fs::set_permissions(&target, std::fs::Permissions::from_mode(0o640)).unwrap();
    symlink("page.html", site.path("templates/link.html")).unwrap();
    assert_eq!(site.run("fix templates/link.html").status, 0);
    assert!(site.path("templates/link.html").is_symlink());
    assert!(site.read("templates/page.html").contains("?v="));
    assert_eq!(target.metadata().unwrap().permissions().mode() & 0o777, 0o640);
}

/// Stops `fix` once it has written the first of many files, lets `interfere` deal with one it has not come to, and
/// gives what the run then comes to. Files that the run was quicker with are no test: it is done again.
#[cfg(unix)]
fn fix_with_interference(interfere: impl Fn(&Site, &str)) -> (Site, String, Outcome) {
    use rustix::process::{Pid, Signal, WaitOptions, kill_process, waitpid};

    const PAGE: &str = "<script src=\"/static/b.js\"></script>\n";
    let names: Vec<String> = (0..200).map(|number| format!("templates/{number:03}.html")).collect();
    loop {
        let site = Site::new(&ASSETS);
        names.iter().for_each(|name| site.write(name, PAGE));
        let is_fixed = |name: &String| site.read(name) != PAGE;
        let mut child = site.spawn("", "fix --jobs 1");
        let process = Pid::from_child(&child);
        while !names.iter().any(is_fixed) {
            assert!(child.try_wait().unwrap().is_none(), "the run ended before it fixed anything");
        }
        kill_process(process, Signal::STOP).unwrap();
        let stopped = waitpid(Some(process), WaitOptions::UNTRACED).unwrap();
        let left = names.iter().rev().find(|name| !is_fixed(name));
        let (Some(_), Some(left)) = (stopped.filter(|(_, status)| status.stopped()), left) else { continue };
        interfere(&site, left);
        kill_process(process, Signal::CONT).unwrap();
        let outcome = Outcome::of(child);
        return (site, left.clone(), outcome);
    }
}

#[cfg(unix)]
#[test]
fn a_file_that_changed_since_it_was_read_is_left_alone() {
    let (site, name, outcome) = fix_with_interference(|site, name| site.write(name, "<p>edited meanwhile\n"));
    assert_eq!(outcome.status, 2, "{}", outcome.shown());
    assert_eq!(outcome.stderr, format!("error: {name}: left alone, it changed since it was read\n"));
    assert!(outcome.stdout.contains("Fixed 199 references in 199 files\n"), "{}", outcome.stdout);
    assert_eq!(site.read(&name), "<p>edited meanwhile\n");
}

#[cfg(unix)]
#[test]
fn a_file_that_is_gone_is_not_made_again() {
    let (site, name, outcome) =
        fix_with_interference(|site, name| std::fs::remove_file(site.path(name)).unwrap());
    assert_eq!(outcome.status, 2, "{}", outcome.shown());
    assert_eq!(outcome.stderr, format!("error: {name}: not written, no such file or directory\n"));
    assert!(outcome.stdout.contains("Fixed 199 references in 199 files\n"), "{}", outcome.stdout);
    assert!(!site.path(&name).exists());
}

#[cfg(target_os = "linux")]
#[test]
fn what_may_not_be_written_is_named_and_the_rest_is_fixed() {
    let page = "<script src=\"/static/b.js\"></script>\n";
    let site = site(page);
    site.write("templates/locked.html", page);
    site.write("shut/templates/page.html", page);
    site.set_mode("templates/locked.html", 0o444);
    site.set_mode("shut/templates", 0o555);
    let outcome = unprivileged(|| site.run("fix --quiet"));
    assert_eq!(outcome.status, 2);
    let said = "error: shut/templates/page.html: not written, permission denied\n\
                error: templates/locked.html: not written, permission denied\n";
    assert_eq!(outcome.stderr, said);
    assert_eq!(
        (site.read("shut/templates/page.html"), site.read("templates/locked.html")),
        (page.into(), page.into())
    );
    assert_ne!(site.read("templates/page.html"), page);
}
