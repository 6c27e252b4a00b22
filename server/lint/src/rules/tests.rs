//! What the rules say: messages and levels as data.

use std::sync::Arc;

use cachelint_syntax::{Dialect, SourceKind};

use crate::testing::resolve;
use crate::{Finding, Input, Level, Missing, RootKind, Settings, Target, check};

/// The only finding of `text`, whose only reference names `target`.
fn finding(text: &str, target: Target) -> Option<Finding> {
    let (extraction, mut resolved) = resolve(text);
    resolved[0].target = target;
    let settings = Settings::default();
    let input = Input {
        text,
        before: "",
        kind: SourceKind::Template,
        dialect: Dialect::Jinja,
        extraction: &extraction,
        resolved: &resolved,
        imports: &[],
        settings: &settings,
        elsewhere: None,
    };
    let mut findings = check(&input).findings;
    assert!(findings.len() < 2);
    findings.pop()
}

fn missing(certain: bool, excuse: Option<&str>, looked_in: &[&str]) -> Target {
    Target::Missing(Arc::new(Missing {
        name: "css/stlye.css".to_owned(),
        looked_in: looked_in.iter().map(|&folder| folder.to_owned()).collect(),
        sought: Arc::default(),
        certain,
        is_folder: false,
        excuse: excuse.map(str::to_owned),
        suggestion: Some("css/style.css".to_owned()),
    }))
}

const PAGE: &str = r#"<link rel=stylesheet href="/static/css/stlye.css">"#;

#[test]
fn a_missing_file_is_an_error_only_where_absence_is_certain() {
    let table = [
        (missing(true, None, &["static/"]), Some(Level::Error)),
        (missing(false, None, &["static/"]), Some(Level::Info)),
        (missing(true, Some("made from css/stlye.scss"), &["static/"]), None),
        (missing(false, None, &[]), None),
    ];
    for (target, expected) in table {
        assert_eq!(finding(PAGE, target).map(|finding| finding.level), expected);
    }
}

#[test]
fn a_missing_file_is_named_with_the_folders_and_the_nearest_name() {
    let table: [(&[&str], &str); 4] = [
        (&["static/"], "css/stlye.css is not in static/. Did you mean css/style.css?"),
        (
            &["static/", "blog/static/"],
            "css/stlye.css is not in static/ or blog/static/. Did you mean css/style.css?",
        ),
        (&["a/", "b/", "c/"], "css/stlye.css is not in a/, b/ or c/. Did you mean css/style.css?"),
        (
            &["a/", "b/", "c/", "d/"],
            "css/stlye.css is not in a/, b/ or 2 other folders. Did you mean css/style.css?",
        ),
    ];
    for (folders, expected) in table {
        let found = finding(PAGE, missing(true, None, folders)).unwrap();
        assert_eq!(found.message, expected);
        assert_eq!(found.fixes[0].title, "Change to style.css");
        assert_eq!(found.fixes[0].edits[0].span.of(PAGE), "stlye.css");
    }
}

#[test]
fn a_name_in_another_case_is_said_to_be_one() {
    let text = r#"<link rel=stylesheet href="/static/css/Style.css">"#;
    let asset = |root| crate::Asset {
        name: "css/Style.css".to_owned(),
        case_on_disk: Some("css/style.css".to_owned()),
        root,
        ..crate::testing::asset("css/Style.css")
    };
    let of = |root| finding(text, Target::Asset(Arc::new(asset(root)))).unwrap();
    assert_eq!(
        of(RootKind::Configured).message,
        "css/Style.css is css/style.css on disk; this fails on Linux"
    );
    assert_eq!(
        [RootKind::Configured, RootKind::Guessed].map(|root| of(root).level),
        [Level::Error, Level::Warning]
    );
}

#[test]
fn stylesheets_and_scripts_are_warnings_and_the_rest_is_information() {
    let table = [
        ("a.css", Level::Warning),
        ("a.mjs", Level::Warning),
        ("a.png", Level::Info),
        ("a.woff2", Level::Info),
        ("a.mp4", Level::Info),
        ("a.pdf", Level::Info),
    ];
    for (name, expected) in table {
        let target = Target::Asset(Arc::new(crate::testing::asset(name)));
        let found = finding(&format!("<link rel=stylesheet href=\"{name}\">"), target).unwrap();
        assert_eq!((found.rule, found.level), ("unversioned-reference", expected), "{name}");
        assert_eq!(
            found.message,
            format!("{name} has no version in its URL; browsers may keep an old copy after it changes")
        );
    }
}

#[test]
fn versions_are_named_as_they_are_written() {
    let table = [
        ("a.css?v=1a2b3c4d", "?v=1a2b3c4d is out of date: a.css is now 3f3f3f3f"),
        ("a.css?v=1", "?v=1 is kept by hand and does not change with a.css"),
        (
            "{{ url_for('static', filename='a.css', v='1a2b3c4d') }}",
            "v='1a2b3c4d' is out of date: a.css is now 3f3f3f3f",
        ),
        ("a.css?20240601", "?20240601 is kept by hand and does not change with a.css"),
    ];
    for (url, expected) in table {
        let target = Target::Asset(Arc::new(crate::testing::asset("a.css")));
        assert_eq!(
            finding(&format!("<link rel=stylesheet href=\"{url}\">"), target).unwrap().message,
            expected
        );
    }
}
