//! Suppressions as data: a source, and the rules that still speak.

use std::path::Path;

use cachelint_syntax::{Dialect, SourceKind};

use crate::testing::resolve;
use crate::{Across, Applicability, Elsewhere, Finding, Input, Level, Settings, Uses, check, suppression};

fn findings(text: &str, settings: &Settings) -> Vec<Finding> {
    let (extraction, resolved) = resolve(text);
    let own = &Uses::none(Path::new("page.html"), "page.html");
    check(&Input {
        text,
        before: "",
        kind: SourceKind::Template,
        dialect: Dialect::Plain,
        extraction: &extraction,
        resolved: &resolved,
        imports: &[],
        settings,
        elsewhere: Some(Elsewhere { own, across: &Across::default() }),
    })
    .findings
    .into_vec()
}

fn rules(text: &str) -> Vec<&'static str> {
    findings(text, &Settings::default()).iter().map(|finding| finding.rule).collect()
}

const TAG: &str = "<link rel=stylesheet href=\"a.css\">";

#[test]
fn a_comment_silences_its_line_the_next_tag_a_range_or_the_file() {
    let silent = [
        "TAG <!-- cachelint: ignore -->",
        "<!-- cachelint: ignore --> TAG",
        "<!-- cachelint: ignore[unversioned-reference] a reason -->\nTAG",
        "<!-- cachelint: ignore -->\n\n<link rel=stylesheet\n  href=\"a.css\">",
        "<link rel=stylesheet\n  href=\"a.css\"> <!-- cachelint: ignore -->",
        "<!-- cachelint: ignore-next-line -->\nTAG",
        "<p> <!-- cachelint: ignore-next-line -->\n<link rel=stylesheet\n  href=\"a.css\">",
        "TAG\n<!-- cachelint: ignore-file -->",
        "<!-- cachelint: off -->\nTAG\nTAG",
        "{# cachelint: ignore #}\n{% set x = url_for('static', filename='a.css') %}",
        "<style>\n/* cachelint: ignore */\np { background: url(a.png) }\n</style>",
        "<!-- cachelint: off[unversioned-reference] -->TAG<!-- cachelint: on -->",
        "<!--cachelint:ignore[ unversioned-reference ]-->TAG",
    ];
    for text in silent {
        let text = text.replace("TAG", TAG);
        assert!(!rules(&text).contains(&"unversioned-reference"), "{text}");
        assert!(!rules(&text).contains(&"unused-suppression"), "{text}");
    }
}

#[test]
fn a_comment_silences_nothing_else() {
    let heard = [
        ("TAG\n<!-- cachelint: ignore -->", vec!["unversioned-reference", "unused-suppression"]),
        (
            "<!-- cachelint: ignore[stale-version] -->\nTAG",
            vec!["unused-suppression", "unversioned-reference"],
        ),
        ("<!-- cachelint: ignore -->\nTAG\nTAG", vec!["unversioned-reference"]),
        ("<!-- cachelint: off -->TAG<!-- cachelint: on -->TAG", vec!["unversioned-reference"]),
        ("<!-- cachelint: ignore -->\ntext TAG TAG", vec!["unversioned-reference"]),
        ("<!-- cachelint: on -->TAG", vec!["unused-suppression", "unversioned-reference"]),
        ("<!-- cachelint: ignore[unversioned-reference, stale-version] -->\nTAG", vec!["unused-suppression"]),
        (
            "<!-- cachelint: ignore[unversioned] -->\nTAG",
            vec!["invalid-suppression", "unversioned-reference"],
        ),
        ("<!-- cachelint: ignored -->\nTAG", vec!["invalid-suppression", "unversioned-reference"]),
        (
            "<!-- cachelint: ignore[stale-version -->\nTAG",
            vec!["invalid-suppression", "unversioned-reference"],
        ),
    ];
    for (text, expected) in heard {
        let text = text.replace("TAG", TAG);
        assert_eq!(rules(&text), expected, "{text}");
    }
}

#[test]
fn the_nearest_word_or_rule_is_named() {
    let message = |text: &str| findings(text, &Settings::default())[0].message.clone();
    let table = [
        ("<!-- cachelint: ingore -->", "ingore is no instruction. Did you mean ignore?"),
        (
            "<!-- cachelint: ignore[stale-versions] -->",
            "stale-versions is no rule. Did you mean stale-version?",
        ),
        ("<!-- cachelint: ignore[E501] -->", "E501 is no rule"),
        ("<!-- cachelint: ignore[] -->", "a rule's name is missing in the list"),
    ];
    for (text, expected) in table {
        assert_eq!(message(text), expected);
    }
}

#[test]
fn a_suppression_of_a_rule_that_did_not_run_is_not_unused() {
    let mut settings = Settings::default();
    settings.levels.selected = Some(vec!["stale-version".to_owned(), "unused-suppression".to_owned()]);
    let text = format!("<!-- cachelint: ignore[unversioned-reference] -->\n{TAG}<!-- cachelint: ignore -->");
    assert_eq!(findings(&text, &settings), []);
    settings.levels.selected = None;
    settings.levels.by_rule.insert("unversioned-reference".to_owned(), Level::Off);
    assert_eq!(findings(&text, &settings), []);
}

#[test]
fn an_unused_comment_is_removed_with_its_line() {
    let table = [
        ("<p>\n  <!-- cachelint: ignore -->\r\n<p>", "<p>\n<p>", Applicability::Safe),
        ("<p> <!-- cachelint: ignore -->\n<p>", "<p>\n<p>", Applicability::Unsafe),
    ];
    for (before, after, applicability) in table {
        let found = findings(before, &Settings::default());
        let fix = &found[0].fixes[0];
        let mut text = before.to_owned();
        text.replace_range(fix.edits[0].span.start..fix.edits[0].span.end, &fix.edits[0].text);
        assert_eq!((text.as_str(), fix.applicability), (after, applicability));
    }
}

#[test]
fn the_comment_that_the_tool_writes_silences_the_finding() {
    let table = [
        (
            Dialect::Plain,
            "<p>\r\n  TAG",
            "<p>\r\n  <!-- cachelint: ignore[unversioned-reference] -->\r\n  TAG",
        ),
        (Dialect::Plain, "<p>TAG", "<p><!-- cachelint: ignore[unversioned-reference] --> TAG"),
        (Dialect::Django, "{{ x }}\nTAG", "{{ x }}\n{# cachelint: ignore[unversioned-reference] #}\nTAG"),
    ];
    for (dialect, before, after) in table {
        let (before, after) = (before.replace("TAG", TAG), after.replace("TAG", TAG));
        let (extraction, resolved) = resolve(&before);
        let reference = &resolved[0].reference;
        let kind = SourceKind::Template;
        let edit =
            suppression(&before, kind, dialect, &extraction, reference, "unversioned-reference").unwrap();
        let mut text = before.clone();
        text.insert_str(edit.span.start, &edit.text);
        assert_eq!(text, after);
        assert!(dialect != Dialect::Plain || rules(&text).is_empty(), "{text}");
    }
}
