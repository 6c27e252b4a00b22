//! Actions by title, and the texts they make.

use cachelint_syntax::Span;
use expect_test::{Expect, expect};

use super::{Action, Effect, actions, actions_of_asset, resolve};
use crate::FileEdits;
use crate::fixture::{Fixture, fixture};

const FLASK: &str = "\
//- app.py
import flask
app = flask.Flask(__name__)
//- static/css/style.css
body {}
//- static/js/app.js
1
";
const DJANGO: &str = "\
//- manage.py
import django
//- static/css/style.css
body {}
";
const FASTAPI: &str = "\
//- main.py
from fastapi import FastAPI
app = FastAPI()
//- static/css/style.css
body {}
";

fn all(fixture: &Fixture, only: &[&str]) -> Vec<Action> {
    actions(&fixture.snapshot, &fixture.checked(), Span::empty(fixture.offset), only)
}

fn edits(fixture: &Fixture, action: &Action) -> Vec<FileEdits> {
    match &action.effect {
        Effect::Edits(edits) => edits.clone(),
        Effect::Deferred(work) => resolve(&fixture.snapshot, work),
        Effect::CopyHash(_) | Effect::CopyUrl(_) | Effect::ExplainRule(_) => Vec::new(),
    }
}

fn titles(fixture: &Fixture, only: &[&str]) -> String {
    let line = |action: &Action| {
        format!("{}{} ({})\n", if action.preferred { "★ " } else { "" }, action.title, action.kind.name())
    };
    all(fixture, only).iter().map(line).collect()
}

/// What the action whose title begins with `title` makes of the files.
fn check(text: &str, title: &str, expected: &Expect) {
    let fixture = fixture(text);
    let all = all(&fixture, &[]);
    let Some(action) = all.iter().find(|action| action.title.starts_with(title)) else {
        return expected.assert_eq("not offered\n");
    };
    expected.assert_eq(&format!("{}\n{}", action.title, fixture.rendered(&edits(&fixture, action))));
}

#[test]
fn a_finding_offers_its_fix_first() {
    let text = format!(
        "{FLASK}//- templates/a.html\n<link rel=\"stylesheet\" href=\"/static/css/style.css$0\">\n<script src=\"/static/js/app.js\"></script>\n"
    );
    let fixture = fixture(&text);
    expect![[r"
        ★ Add ?v=a06fd750 (quickfix)
        Fix all 2 unversioned-reference findings in this file (quickfix)
        Ignore on this line (quickfix)
        Ignore in this file (quickfix)
        Ignore css/style.css in cachelint.toml (quickfix)
        Explain unversioned-reference (quickfix)
        Use url_for('static', filename='css/style.css') (refactor.rewrite)
        Copy SHA-256 (source.cachelint)
        Copy versioned URL (source.cachelint)
        Fix everything safe in this file (source.fixAll.cachelint)
    "]]
    .assert_eq(&titles(&fixture, &[]));
    assert_eq!(
        titles(&fixture, &["source.fixAll"]),
        "Fix everything safe in this file (source.fixAll.cachelint)\n"
    );
    assert_eq!(titles(&fixture, &["refactor.extract"]), "");
}

#[test]
fn fixes_and_suppressions_are_written() {
    let text = format!(
        "{FLASK}//- templates/a.html\n{{% extends 'b' %}}\n<link rel=\"stylesheet\" href=\"/static/css/style.css$0\">\n<script src=\"/static/js/app.js\"></script>\n"
    );
    check(
        &text,
        "Add",
        &expect![[r#"
        Add ?v=a06fd750
        templates/a.html
          <link rel="stylesheet" href="/static/css/style.css?v=a06fd750">
    "#]],
    );
    check(
        &text,
        "Fix everything",
        &expect![[r#"
        Fix everything safe in this file
        templates/a.html
          <link rel="stylesheet" href="/static/css/style.css?v=a06fd750">
          <script src="/static/js/app.js?v=4355a46b"></script>
    "#]],
    );
    check(
        &text,
        "Ignore on this line",
        &expect![[r#"
        Ignore on this line
        templates/a.html
          {# cachelint: ignore[unversioned-reference] #}
    "#]],
    );
    check(
        &text,
        "Ignore in this file",
        &expect![[r#"
        Ignore in this file
        templates/a.html
          {# cachelint: ignore-file[unversioned-reference] #}
    "#]],
    );
    check(
        &text,
        "Ignore css",
        &expect![[r#"
        Ignore css/style.css in cachelint.toml
        cachelint.toml (new)
          ignore-assets = ["css/style.css"]
    "#]],
    );
}

#[test]
fn an_asset_is_ignored_in_the_configuration_in_force() {
    let text = format!(
        "{FLASK}//- pyproject.toml\n[tool.cachelint] # ours\n\n[tool.ruff]\n//- templates/a.html\n<script src=\"/static/js/ap$0p.js\"></script>\n"
    );
    check(
        &text,
        "Ignore js",
        &expect![[r#"
        Ignore js/app.js in pyproject.toml
        pyproject.toml
          ignore-assets = ["js/app.js"]
    "#]],
    );
    let text = format!("{FLASK}//- templates/a.html\n<script src=\"/static/js/gone$0.js\"></script>\n");
    check(
        &text,
        "This file",
        &expect![[r#"
        This file is built: ignore it in cachelint.toml
        cachelint.toml (new)
          ignore-assets = ["js/gone.js"]
    "#]],
    );
}

#[test]
fn an_asset_is_updated_wherever_it_is_stale() {
    let text = format!(
        "{FLASK}//- templates/a.html\n<link rel=stylesheet href=\"/static/css/style.css?v=1a2b3c4d$0\">\n//- templates/b.html\n<link rel=stylesheet href=\"/static/css/style.css?v=11111111\">\n//- templates/c.html\n<link rel=stylesheet href=\"/static/css/style.css\">\n"
    );
    check(
        &text,
        "Update css",
        &expect![[r#"
        Update css/style.css in 2 templates
        templates/a.html
          <link rel=stylesheet href="/static/css/style.css?v=a06fd750">
        templates/b.html
          <link rel=stylesheet href="/static/css/style.css?v=a06fd750">
    "#]],
    );
    let fixture = fixture(&text);
    let of_asset = actions_of_asset(&fixture.snapshot, &fixture.file("static/css/style.css"), &[]);
    let titles: Vec<_> = of_asset.iter().map(|action| action.title.as_str()).collect();
    assert_eq!(titles, ["Update css/style.css in 2 templates", "Copy SHA-256"]);
    assert!(actions_of_asset(&fixture.snapshot, &fixture.file("static/js/app.js"), &[]).is_empty());
}

#[test]
fn the_helper_is_offered_where_it_versions_the_url() {
    let changed = |code: &str, reference: &str| {
        let text = format!(
            "//- app.py\nfrom flask import Flask\n{code}\n//- static/a.css\nbody {{}}\n//- templates/a.html\n<link rel=stylesheet href=\"{reference}\">\n"
        );
        let fixture = fixture(&text);
        let all = all(&fixture, &[]);
        let title = "Version all static URLs of this app (edits app.py)";
        let action = all.iter().find(|action| action.title == title)?;
        Some(fixture.rendered(&edits(&fixture, action)).lines().next()?.to_owned())
    };
    let call = "{{ url_for('static', filename='a.css')$0 }}";
    assert_eq!(changed("app = Flask(__name__)", call).as_deref(), Some("app.py"));
    assert_eq!(changed("app = Flask(__name__)", "/static/a.css$0"), None);
    assert_eq!(changed("app = wrap(Flask(__name__))", call), None);
}

#[test]
fn literals_become_calls_in_flask() {
    let check = |line: &str, expected: &Expect| {
        check(&format!("{FLASK}//- templates/a.html\n{line}\n"), "Use", expected);
    };
    check(
        "<link rel='stylesheet' href='/static/css/style.css?v=1$0'>",
        &expect![[r#"
        Use url_for("static", filename="css/style.css", v="1")
        templates/a.html
          <link rel='stylesheet' href='{{ url_for("static", filename="css/style.css", v="1") }}'>
    "#]],
    );
    check(
        "<link rel=\"stylesheet\" href=\"/static/css/style.css?a[]=1#x$0\">",
        &expect![[r#"
        Use url_for('static', filename='css/style.css')
        templates/a.html
          <link rel="stylesheet" href="{{ url_for('static', filename='css/style.css') }}?a[]=1#x">
    "#]],
    );
    check(
        "<link rel=\"stylesheet\" href=\"{{ url_for('static', filename='css/style.css')$0 }}\">",
        &expect![[r#"
        not offered
    "#]],
    );
    check(
        "<link rel=\"stylesheet\" href=\"{{ '/static/css/style.css'$0 }}\">",
        &expect![[r#"
        not offered
    "#]],
    );
    check(
        "{% raw %}<link rel=\"stylesheet\" href=\"/static/css/style.css$0\">{% endraw %}",
        &expect![[r#"
        not offered
    "#]],
    );
}

#[test]
fn literals_become_tags_in_django() {
    let check = |text: &str, expected: &Expect| {
        check(&format!("{DJANGO}//- templates/a.html\n{text}\n"), "Use", expected);
    };
    check(
        "{% extends 'b.html' %}\n{% block x %}<link rel=\"stylesheet\" href=\"/static/css/style.css?v=1$0\">{% endblock %}",
        &expect![[r#"
        Use {% static 'css/style.css' %} and load static
        templates/a.html
          {% load static %}
          {% block x %}<link rel="stylesheet" href="{% static 'css/style.css' %}?v=1">{% endblock %}
    "#]],
    );
    check(
        "{% load i18n static %}\n<link rel=\"stylesheet\" href=\"/static/css/style.css$0\">",
        &expect![[r#"
        Use {% static 'css/style.css' %}
        templates/a.html
          <link rel="stylesheet" href="{% static 'css/style.css' %}">
    "#]],
    );
    check(
        "{# {% load static %} #}\n<link rel=\"stylesheet\" href=\"/static/css/style.css$0\">{{ x }}",
        &expect![[r#"
        Use {% static 'css/style.css' %} and load static
        templates/a.html
          {% load static %}
          <link rel="stylesheet" href="{% static 'css/style.css' %}">{{ x }}
    "#]],
    );
}

#[test]
fn literals_become_calls_in_fastapi_outside_macros() {
    let check = |text: &str, expected: &Expect| {
        check(&format!("{FASTAPI}//- templates/a.html\n{text}\n"), "Use", expected);
    };
    check(
        "<link rel=\"stylesheet\" href=\"/static/css/style.css$0\">{{ x }}",
        &expect![[r#"
        Use url_for('static', path='css/style.css')
        templates/a.html
          <link rel="stylesheet" href="{{ url_for('static', path='css/style.css') }}">{{ x }}
    "#]],
    );
    check(
        "{% macro m() %}<link rel=\"stylesheet\" href=\"/static/css/style.css$0\">{% endmacro %}",
        &expect![[r#"
        not offered
    "#]],
    );
}

#[test]
fn work_for_an_older_text_does_nothing() {
    let fixture =
        fixture(&format!("{FLASK}//- templates/a.html\n<script src=\"/static/js/app.js\"></script>\n"));
    let work = super::Work::FixAll { path: fixture.path.clone(), version: Some(3) };
    assert_eq!(resolve(&fixture.snapshot, &work), []);
}
