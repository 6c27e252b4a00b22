//! What is said of a project's code, once its templates are judged.

use expect_test::expect;

use crate::site::Site;

/// A Flask application whose three static URLs carry no version.
fn site() -> Site {
    let page = "<img src=\"{{ url_for('static', filename='a.png') }}\">\n".repeat(3);
    Site::new(&[
        ("web/app.py", "from flask import Flask\n\napp = Flask(__name__)\n"),
        ("web/templates/page.html", &page),
        ("web/static/a.png", "no picture"),
    ])
}

/// What `check` says of no-versioning, one line each.
fn said(site: &Site, arguments: &str) -> Vec<String> {
    let lines = site.run(&format!("check --quiet --output-format concise {arguments}")).stdout;
    lines.lines().filter(|line| line.ends_with("[no-versioning]")).map(str::to_owned).collect()
}

#[test]
fn every_format_names_the_place_in_the_python_file() {
    let site = site();
    expect![[r#"
        exit 0
        --- stdout
        info[no-versioning]: 3 static URLs of this application carry no version, and nothing adds one when a page is rendered
         --> web/app.py:3:7
          |
        3 | app = Flask(__name__)
          |       ^^^^^
          |
          = help: let a function here version all of them: cachelint add-helper flask web/app.py

        Found 1 info in 1 of 2 files
    "#]]
    .assert_eq(&site.run("check --select no-versioning").shown());
    expect![[r#"
        exit 0
        --- stdout
        ::notice file=web/app.py,line=3,endLine=3,col=7,endColumn=12,title=no-versioning::3 static URLs of this application carry no version, and nothing adds one when a page is rendered
        Found 1 info in 1 of 2 files
    "#]]
    .assert_eq(&site.run("check --select no-versioning --output-format github").shown());
    let document = site.run("check --select no-versioning --output-format json").stdout;
    let document: serde_json::Value = serde_json::from_str(&document).unwrap();
    let finding = &document["findings"][0];
    assert_eq!((&finding["path"], &finding["url"]), (&"web/app.py".into(), &"Flask".into()));
    assert_eq!(finding["start"], serde_json::json!({ "byte": 31, "line": 3, "column": 7 }));
}

#[test]
fn it_is_said_where_the_run_is_about_the_file_and_the_rule_is_on() {
    let site = site();
    for (arguments, expected) in [
        ("", 1),
        (".", 1),
        ("web", 1),
        ("web/templates", 0),
        ("--ignore no-versioning", 0),
        ("--select stale-version", 0),
    ] {
        assert_eq!(said(&site, arguments).len(), expected, "{arguments}");
    }
    assert_eq!(site.run("check --select no-versioning --fail-on info").status, 1);
    for (configuration, expected) in [
        ("[levels]\nno-versioning = \"off\"\n", 0),
        ("[levels]\nno-versioning = \"warning\"\n", 1),
        ("strategy = \"query\"\n", 0),
        ("exclude = [\"web/app.py\"]\n", 0),
    ] {
        site.write("cachelint.toml", configuration);
        assert_eq!(said(&site, "").len(), expected, "{configuration}");
    }
}

#[test]
fn a_baseline_knows_it_and_a_fix_ends_it() {
    let site = site();
    site.run("check --write-baseline known.json");
    assert!(
        site.read("known.json").contains(r#"{"path":"web/app.py","rule":"no-versioning","url":"Flask"}"#)
    );
    assert_eq!(said(&site, "--baseline known.json"), [""; 0]);
    assert_eq!(said(&site, "--fix"), [""; 0]);
}

#[test]
fn the_helper_names_the_versions_that_it_would_double_and_a_fix_takes_them_out() {
    let site = site();
    let by_hand = "<img src=\"{{ url_for('static', filename='a.png') }}?v={{ release }}\">\n<img src=\"{{ url_for('static', filename='a.png') }}?v=1\">\n";
    site.write("web/templates/old.html", by_hand);
    let note = "note: 2 versions behind url_for would stand beside the one it adds: web/templates/old.html:1, web/templates/old.html:2; cachelint fix takes it out\n";
    assert!(site.run("add-helper flask --diff").stderr.contains(note));
    assert!(site.run("add-helper flask").stderr.contains(note));
    expect![[r#"
        exit 0
        --- stdout
        web/templates/old.html:1:53: info: ?v=… stands behind the version that url_for adds (add_static_version, web/app.py:37): the URL has two ? [double-version]
        web/templates/old.html:2:53: info: ?v=1 stands behind the version that url_for adds (add_static_version, web/app.py:37): the URL has two ? [double-version]
        Found 2 info in 1 of 2 files; 2 fixable with --fix
    "#]]
    .assert_eq(&site.run("check --output-format concise").shown());
    site.run("fix");
    assert_eq!(
        site.read("web/templates/old.html"),
        "<img src=\"{{ url_for('static', filename='a.png') }}\">\n".repeat(2)
    );
    assert_eq!(said(&site, ""), [""; 0]);
}
