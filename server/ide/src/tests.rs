//! The smaller features on small projects.

use std::ops::ControlFlow;
use std::path::Path;

use cachelint_syntax::Span;
use expect_test::{Expect, expect};

use crate::fixture::{Fixture, fixture};
use crate::{
    asset_lens, definition, diagnostic, fix_workspace, hints, lenses, links, references_at, references_to,
    rename_files, symbols,
};

const SITE: &str = "\
//- app.py
import flask
app = flask.Flask(__name__)
//- static/css/style.css
@import url(base.css);
body { background: url('../img/back.png?v=9b4ddb4c') }
//- static/css/base.css
p {}
//- static/img/back.png
png
//- templates/a.html
<link rel=stylesheet href=\"{{ url_for('static', filename='css/style.css', v='1a2b3c4d')$0 }}\">
<img src=\"/static/img/back.png\">
<!-- <img src=\"/static/img/back.png\"> -->
//- templates/sub/b.html
<img src=\"/static/img/back.png?v=22222222\">
<img src=\"/static/img/gone.png\">
";

fn lines(all: impl IntoIterator<Item = String>) -> String {
    all.into_iter().map(|line| line + "\n").collect()
}

#[test]
fn each_finding_is_a_diagnostic() {
    let fixture = fixture(SITE);
    let found: Vec<_> = fixture.checked().report.findings.iter().map(diagnostic).collect();
    let shown =
        found.iter().map(|it| format!("{} {} {}", it.rule, it.level.name(), it.span.of(&fixture.text)));
    expect![[r#"
        stale-version error v='1a2b3c4d'
        mixed-versions warning /static/img/back.png
    "#]]
    .assert_eq(&lines(shown));
}

#[test]
fn links_lead_from_the_path_to_the_file() {
    let fixture = fixture(SITE);
    let links = links(&fixture.snapshot, &fixture.checked());
    let shown = links.iter().map(|link| format!("{}: {}", link.span.of(&fixture.text), link.tooltip));
    expect![[r"
        css/style.css: Open static/css/style.css
        /static/img/back.png: Open static/img/back.png
        /static/img/back.png: Open static/img/back.png
    "]]
    .assert_eq(&lines(shown));
    let found = definition(&fixture.checked(), fixture.offset).unwrap();
    assert_eq!(*found.target, fixture.file("static/css/style.css"));
    assert_eq!(definition(&fixture.checked(), fixture.text.len()), None);
}

#[test]
fn references_are_found_from_a_template_and_from_an_asset() {
    let fixture = fixture(SITE);
    let show = |found: Vec<crate::Location>| {
        let line = |it: &crate::Location| {
            let text = it.text.as_deref().unwrap_or_default();
            format!("{} {}", fixture.snapshot.project.shown(&it.path), it.span.of(text))
        };
        lines(found.iter().map(line))
    };
    expect![[r"
        static/css/style.css ../img/back.png?v=9b4ddb4c
        templates/a.html /static/img/back.png
        templates/a.html /static/img/back.png
        templates/sub/b.html /static/img/back.png?v=22222222
    "]]
    .assert_eq(&show(references_to(&fixture.snapshot, &fixture.file("static/img/back.png"))));
    let at_cursor = references_at(&fixture.snapshot, &fixture.checked(), fixture.offset).unwrap();
    assert_eq!(at_cursor.len(), 1);
    assert_eq!(references_at(&fixture.snapshot, &fixture.checked(), fixture.text.len()), None);
}

#[test]
fn a_file_that_appears_affects_those_that_looked_for_it() {
    let mut fixture = fixture(SITE);
    let affected = |fixture: &Fixture, name: &str| {
        let sources = fixture
            .snapshot
            .affected_by(&fixture.file(name))
            .map(|it| fixture.snapshot.project.shown(&it.path));
        sources.collect::<Vec<_>>()
    };
    assert_eq!(affected(&fixture, "static/img/gone.png"), ["templates/sub/b.html"]);
    assert_eq!(affected(&fixture, "static/css/base.css"), ["static/css/style.css"]);
    fixture.snapshot.remove(&fixture.file("templates/sub/b.html"));
    assert!(affected(&fixture, "static/img/gone.png").is_empty());
    assert_eq!(affected(&fixture, "static/img/back.png"), ["static/css/style.css", "templates/a.html"]);
}

#[test]
fn a_file_that_appears_in_one_of_many_folders_affects_those_that_looked_for_its_name() {
    let apps = (0..9).map(|number| format!("//- app{number}/static/css/a.css\np {{}}\n"));
    let page = "//- pages/a.html\n<link rel=stylesheet href=\"/static/css/gone.css\">\n";
    let fixture = fixture(&(apps.collect::<String>() + page));
    let affected = |name: &str| fixture.snapshot.affected_by(&fixture.file(name)).count();
    for number in 0..9 {
        assert_eq!(affected(&format!("app{number}/static/css/gone.css")), 1, "{number}");
        assert_eq!(affected(&format!("app{number}/static/css/other.css")), 0, "{number}");
    }
    assert_eq!(
        fixture.snapshot.record(&fixture.file("pages/a.html")).unwrap().uses.len(),
        5,
        "four folders and the name"
    );
    assert!(fixture.snapshot.named_files().all(|file| file.is_absolute()));
}

#[test]
fn hints_show_the_version_that_is_not_written() {
    let fixture = fixture(SITE);
    let whole = Span::new(0, fixture.text.len());
    let hints = hints(&fixture.snapshot, &fixture.checked(), whole);
    let shown = hints.iter().map(|hint| format!("{} {}", hint.label, hint.tooltip));
    expect![[r"
        bba5bbb1 static/css/style.css is now bba5bbb1
        33d8344a static/img/back.png is now 33d8344a
    "]]
    .assert_eq(&lines(shown));
}

#[test]
fn the_outline_lists_the_references() {
    let fixture = fixture(SITE);
    let shown =
        symbols(&fixture.checked()).into_iter().map(|symbol| format!("{} ({})", symbol.name, symbol.detail));
    expect![[r"
        css/style.css (call:url_for · stale)
        img/back.png (img.src · unversioned)
        img/back.png (img.src · inert)
    "]]
    .assert_eq(&lines(shown));
}

#[test]
fn lenses_count_and_offer() {
    let fixture = fixture(SITE);
    let lens = lenses(&fixture.snapshot, &fixture.checked()).remove(0);
    assert_eq!(
        (lens.title.as_str(), lens.work.is_some()),
        ("3 assets, 1 unversioned, 1 stale: fix all", true)
    );
    let of_asset = |name: &str| asset_lens(&fixture.snapshot, &fixture.file(name)).map(|lens| lens.title);
    assert_eq!(of_asset("static/css/style.css").unwrap(), "used by 1 template, stale in 1");
    assert_eq!(of_asset("static/img/back.png").unwrap(), "used by 3 files, stale in 2");
    assert_eq!(of_asset("app.py"), None);
}

fn renamed(text: &str, renames: &[(&str, &str)], expected: &Expect) {
    let fixture = fixture(text);
    let paths: Vec<_> = renames.iter().map(|(from, to)| (fixture.file(from), fixture.file(to))).collect();
    expected.assert_eq(&fixture.rendered(&rename_files(&fixture.snapshot, &paths)));
}

#[test]
fn references_follow_a_renamed_file_and_versions_follow_the_stylesheet() {
    let text = SITE.replace("v='1a2b3c4d'", "v='bba5bbb1'");
    renamed(
        &text,
        &[("static/img/back.png", "static/img/it's new.png")],
        &expect![[r#"
        static/css/style.css
          body { background: url('../img/it%27s%20new.png?v=9b4ddb4c') }
        templates/a.html
          <link rel=stylesheet href="{{ url_for('static', filename='css/style.css', v='e0d7b13b') }}">
          <img src="/static/img/it%27s%20new.png">
          <!-- <img src="/static/img/it%27s%20new.png"> -->
        templates/sub/b.html
          <img src="/static/img/it%27s%20new.png?v=22222222">
    "#]],
    );
}

#[test]
fn references_follow_a_renamed_folder() {
    renamed(
        SITE,
        &[("static/css", "static/styles/all")],
        &expect![[r#"
        static/css/style.css
          body { background: url('../../img/back.png?v=9b4ddb4c') }
        templates/a.html
          <link rel=stylesheet href="{{ url_for('static', filename='styles/all/style.css', v='9b46bb1a') }}">
    "#]],
    );
    renamed(
        SITE,
        &[("static/css", "elsewhere")],
        &expect![[r#"
            static/css/style.css
              body { background: url('../static/img/back.png?v=9b4ddb4c') }
            templates/a.html
              <link rel=stylesheet href="{{ url_for('static', filename='css/style.css', v='c705cdfd') }}">
        "#]],
    );
}

#[test]
fn the_whole_project_is_fixed_stylesheets_first() {
    let fixture = fixture(SITE);
    let edits = fix_workspace(&fixture.snapshot, &mut |_, _| ControlFlow::Continue(())).unwrap();
    expect![[r#"
        static/css/style.css
          @import url(base.css?v=c9dd3e14);
          body { background: url('../img/back.png?v=33d8344a') }
        templates/a.html
          <link rel=stylesheet href="{{ url_for('static', filename='css/style.css', v='c7daefb1') }}">
          <img src="/static/img/back.png?v=33d8344a">
        templates/sub/b.html
          <img src="/static/img/back.png?v=33d8344a">
    "#]]
    .assert_eq(&fixture.rendered(&edits));
    assert_eq!(fix_workspace(&fixture.snapshot, &mut |_, _| ControlFlow::Break(())), None);
}

#[test]
fn a_clone_of_a_snapshot_keeps_what_it_knew() {
    let mut fixture = fixture(SITE);
    let before = fixture.snapshot.clone();
    let path = fixture.path.clone();
    fixture.snapshot.remove(&path);
    assert!(before.record(&path).is_some());
    assert!(fixture.snapshot.record(&path).is_none());
    assert_eq!(fixture.snapshot.records().count() + 1, before.records().count());
    assert!(before.named_files().any(|file| **file == *Path::new(&fixture.file("static/css/style.css"))));
}
