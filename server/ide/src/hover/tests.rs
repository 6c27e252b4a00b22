//! Hovers as they are rendered.

use std::path::Path;
use std::time::{Duration, SystemTime};

use cachelint_project::LastChange;
use expect_test::{Expect, expect};

use super::{Facts, hover};
use crate::fixture::fixture;

const NOW: u64 = 1_773_273_600;
const DAY: u64 = 86_400;

fn at(seconds: u64) -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_secs(seconds)
}

fn check_with(text: &str, facts: &Facts, expected: &Expect) {
    let fixture = fixture(text);
    let hover = hover(&fixture.snapshot, &fixture.checked(), fixture.offset, facts);
    let shown = hover.map_or("nothing\n".to_owned(), |hover| {
        assert!(hover.lines.len() <= 4);
        hover.markdown(&|path| fixture.snapshot.project.shown(path)).replace("  \n", "\n") + "\n"
    });
    expected.assert_eq(&fixture.anonymous(&shown));
}

fn check(text: &str, expected: &Expect) {
    check_with(
        text,
        &Facts { now: Some(at(NOW)), modified: Some(at(NOW - 2 * DAY)), change: None },
        expected,
    );
}

const FLASK: &str =
    "//- app.py\nimport flask\napp = flask.Flask(__name__)\n//- static/css/style.css\nbody {}\n";

#[test]
fn a_reference_without_a_version_shows_the_file_and_the_url_to_come() {
    check(
        &format!(
            "{FLASK}//- templates/a.html\n<link rel=stylesheet href=\"{{{{ url_for('static', filename='css/st$0yle.css') }}}}\">\n"
        ),
        &expect![[r"
            **css/style.css** · no version in the URL
            File now a06fd750 · 8 bytes · changed 2 days ago
            Versioned: /static/css/style.css?v=a06fd750
            [Open](static/css/style.css) · in 1 template
        "]],
    );
}

#[test]
fn a_version_out_of_date_shows_both_versions() {
    check(
        &format!(
            "{FLASK}//- templates/a.html\n<link rel=stylesheet href=\"/static/css/style.css?v=1a2b3c4d$0\">\n//- templates/b.html\n<link rel=stylesheet href=\"/static/css/style.css\">\n"
        ),
        &expect![[r"
            **css/style.css** · version out of date
            Written 1a2b3c4d → now a06fd750
            Changed 2 days ago · in 2 templates
            [Open](static/css/style.css) · 8 bytes
        "]],
    );
}

#[test]
fn a_version_kept_by_hand_shows_what_history_tells() {
    let text =
        format!("{FLASK}//- templates/a.html\n<link rel=stylesheet href=\"/static/css/style.css?v=1$0\">\n");
    check(
        &text,
        &expect![[r#"
        **css/style.css** · version kept by hand
        ?v=1 does not change with the file
        File now a06fd750 · 8 bytes · changed 2 days ago
        [Open](static/css/style.css) · in 1 template
    "#]],
    );
    let shallow = Facts { change: Some(LastChange::Shallow), ..Facts::default() };
    check_with(
        &text,
        &shallow,
        &expect![[r#"
        **css/style.css** · version kept by hand
        ?v=1 does not change with the file · history ends at a shallow clone
        File now a06fd750 · 8 bytes
        [Open](static/css/style.css) · in 1 template
    "#]],
    );
}

#[test]
fn a_file_that_is_what_was_committed_shows_when_that_was() {
    let page = "//- templates/a.html\n<link rel=stylesheet href=\"/static/css/style.css$0\">\n";
    let text = format!("{FLASK}{page}");
    let check = |committed: &str, expected: &Expect| {
        let sha256 = fixture(&text).snapshot.project.digests_of_text(Path::new("a.css"), committed).sha256;
        let change = Some(LastChange::Commit { when: at(NOW - 100 * DAY), sha256 });
        let facts = Facts { now: Some(at(NOW)), modified: Some(at(NOW)), change };
        check_with(&text, &facts, expected);
    };
    check(
        "body {}\n",
        &expect![[r#"
        **css/style.css** · no version in the URL
        File now a06fd750 · 8 bytes · changed 2 Dec 2025 (3 months ago)
        Versioned: /static/css/style.css?v=a06fd750
        [Open](static/css/style.css) · in 1 template
    "#]],
    );
    check(
        "body { color: red }\n",
        &expect![[r#"
        **css/style.css** · no version in the URL
        File now a06fd750 · 8 bytes · changed just now
        Versioned: /static/css/style.css?v=a06fd750
        [Open](static/css/style.css) · in 1 template
    "#]],
    );
}

#[test]
fn a_missing_file_shows_where_it_was_looked_for() {
    check(
        &format!("{FLASK}//- templates/a.html\n<link rel=stylesheet href=\"/static/css/stlye.css$0\">\n"),
        &expect![[r"
            **css/stlye.css** · not found
            Looked in static/
            Closest: css/style.css
        "]],
    );
}

#[test]
fn what_is_left_alone_says_why() {
    let check =
        |line: &str, expected: &Expect| check(&format!("{FLASK}//- templates/a.html\n{line}\n"), expected);
    check(
        "<link rel=stylesheet href=\"/static/{{ theme$0 }}.css\">",
        &expect![[r"
        **Not checked** · theme is known only when the page is rendered
    "]],
    );
    check(
        "<link rel=stylesheet href=\"/static/css/style.css?v={{ version$0 }}\">",
        &expect![[r"
        **css/style.css** · versioned at run time
        The version is an expression
        File now a06fd750 (the URL's value is the app's own)
        [Open](static/css/style.css) · in 1 template
    "]],
    );
    check(
        "<!-- <link rel=stylesheet href=\"/static/css/style.css$0\"> -->",
        &expect![[r"
        **css/style.css** · not loaded from here
        In an HTML comment
        8 bytes · changed 2 days ago
        [Open](static/css/style.css) · in 1 template
    "]],
    );
    check(
        "<script src=\"https://cdn.example.com/a$0.js\"></script>",
        &expect![[r"
        **Not checked** · on another host
    "]],
    );
    check(
        "<a href=\"/about$0\">About</a>",
        &expect![[r"
        nothing
    "]],
    );
    check(
        "<p>text$0</p>",
        &expect![[r"
        nothing
    "]],
    );
}

#[test]
fn a_current_version_is_said_to_be() {
    check(
        &format!(
            "{FLASK}//- templates/a.html\n<link rel=stylesheet href=\"/static/css/style.css?v=a06fd750$0\">\n"
        ),
        &expect![[r"
            **css/style.css** · version up to date
            File now a06fd750 · 8 bytes · changed 2 days ago
            [Open](static/css/style.css) · in 1 template
        "]],
    );
}

#[test]
fn small_images_are_shown_where_the_editor_wants_them() {
    let mut fixture = fixture("//- static/i.png\npng\n//- templates/a.html\n<img src=\"/static/i.png$0\">\n");
    let image = |fixture: &crate::fixture::Fixture| {
        hover(&fixture.snapshot, &fixture.checked(), fixture.offset, &Facts::default()).unwrap().image
    };
    assert_eq!(image(&fixture), None);
    fixture.snapshot.preferences.image_preview = true;
    assert_eq!(image(&fixture), Some(fixture.file("static/i.png")));
}

#[test]
fn what_adds_a_version_at_run_time_is_named_with_its_line_whether_the_file_is_found_or_not() {
    let app = "//- app.py\napp = Flask(__name__)\n@app.url_defaults\ndef stamped(endpoint, values):\n    if endpoint == 'static':\n        values['v'] = 1\n//- static/css/style.css\nbody {}\n//- templates/a.html\n";
    let flask = |name: &str| {
        format!("{app}<link rel=stylesheet href=\"{{{{ url_for('static', filename={name}) }}}}\">\n")
    };
    check(
        &flask("'css/st$0yle.css'"),
        &expect![[r#"
        **css/style.css** · versioned at run time
        By stamped, [app.py:3](app.py#L3)
        File now a06fd750 (the URL's value is the app's own)
        [Open](static/css/style.css) · in 1 template
    "#]],
    );
    check(
        &flask("'css/go$0ne.css'"),
        &expect![[r#"
            **css/gone.css** · not found
            Looked in static/
            Versioned at run time by stamped, [app.py:3](app.py#L3)
        "#]],
    );
    check(
        &flask("the$0me"),
        &expect![[r#"
            **Not checked** · theme is known only when the page is rendered
            Versioned at run time by stamped, [app.py:3](app.py#L3)
        "#]],
    );
    let project = "//- manage.py\nos.environ['DJANGO_SETTINGS_MODULE'] = 'shop.settings'\n//- shop/settings.py\nINSTALLED_APPS = ['shop', 'other']\n\nSTATICFILES_STORAGE = 'django.contrib.staticfiles.storage.ManifestStaticFilesStorage'\n//- shop/static/a.css\nbody {}\n//- shop/templates/a.html\n{% load static %}";
    let django = |name: &str| format!("{project}<link rel=stylesheet href=\"{{% static {name} %}}\">\n");
    check(
        &django("'a.c$0ss'"),
        &expect![[r#"
        **a.css** · versioned in production
        By ManifestStaticFilesStorage, [shop/settings.py:3](shop/settings.py#L3)
        With DEBUG the URL stays plain
        [Open](shop/static/a.css) · in 1 template
    "#]],
    );
    check(
        &django("'other/a.c$0ss'"),
        &expect![[r#"
        **other/a.css** · versioned in production
        By ManifestStaticFilesStorage, [shop/settings.py:3](shop/settings.py#L3)
        With DEBUG the URL stays plain
    "#]],
    );
    let collected = format!(
        "{}//- collected/staticfiles.json\n{{\n\"paths\": {{\n\"a.css\": \"a.db37b280241c.css\"\n}}, \"version\": \"1.1\"}}\n//- shop/templates/a.html\n",
        project
            .replace("\nSTATICFILES", "STATIC_ROOT = 'collected'\nSTATICFILES")
            .split("//- shop/templates")
            .next()
            .unwrap()
    );
    check(
        &format!("{collected}{{% load static %}}<link rel=stylesheet href=\"{{% static 'a.c$0ss' %}}\">\n"),
        &expect![[r#"
            **a.css** · versioned in production
            By ManifestStaticFilesStorage, [shop/settings.py:3](shop/settings.py#L3)
            Without DEBUG a.db37b280241c.css, [collected/staticfiles.json:3](collected/staticfiles.json#L3)
            [Open](shop/static/a.css) · in 1 template
        "#]],
    );
}
