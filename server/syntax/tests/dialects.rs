//! A text's own tags tell its dialect.

#![expect(clippy::expect_used, reason = "a test fails by panicking")]

mod corpus;

use std::collections::{BTreeMap, HashMap};

use cachelint_syntax::dialect::Family;
use cachelint_syntax::{Dialect, detect};

#[test]
fn decisive_tags_settle_the_dialect() {
    let cases = [
        ("{% load static %}<a href='{% url 'a' %}'>", Dialect::Django),
        ("{{ a|date:'Y' }}{% for a in b %}{{ forloop.counter }}{% empty %}{% endfor %}", Dialect::Django),
        ("<a href='{{ url_for('a') }}'>", Dialect::Jinja),
        ("{%- set a = b -%}{% macro c() %}{{ loop.index }}{% endmacro %}", Dialect::Jinja),
        ("<a href='{{ path('a') }}'>{{ 'b'|trans }}", Dialect::Twig),
        ("{% if a === b %}{% endif %}{% call c() %}{% endcall %}", Dialect::Nunjucks),
        ("{% assign a = b %}{% include c.html %}", Dialect::Liquid),
        ("{{ '/a.css' | relative_url }}", Dialect::Liquid),
        ("{% if a %}b{% end %}{% module c() %}", Dialect::Tornado),
        ("{{#if a}}b{{/if}}", Dialect::Plain),
        ("{{ range .Pages }}{{ .Title }}{{ end }}", Dialect::Plain),
        ("<p *ngIf='a'>{{ b }}</p>", Dialect::Plain),
    ];
    for (text, dialect) in cases {
        let detected = detect(text).expect("tags");
        assert_eq!((detected.dialect, detected.certain), (dialect, true), "in {text}");
    }
}

#[test]
fn a_text_says_nothing_without_tags_and_little_by_common_ones() {
    assert_eq!(detect("<p>{ a } {# b #}</p>"), None);
    let suppressed = detect("{#- cachelint: ignore #}\n<img src=a.png>").expect("a comment for this tool");
    assert_eq!((suppressed.dialect, suppressed.certain), (Dialect::Jinja, false));
    let detected = detect("{% block a %}{{ b }}{% endblock %}").expect("tags");
    assert!(!detected.certain);
}

/// Prints how the tags judge the files of the corpus, and which they are sure of but wrong.
#[test]
fn the_corpus_is_told_apart() {
    let Some(files) = corpus::open() else { return };
    let dialects = dialects(&files);
    let mut table: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    let (mut tagged, mut same, mut same_family, mut sure, mut sure_family) = (0, 0, 0, 0, 0);
    for (path, text) in &files {
        let Some(expected) = dialects.iter().find(|(folder, _)| path.starts_with(folder.as_str())) else {
            continue;
        };
        let Some(detected) = detect(text) else { continue };
        let expected = expected.1;
        let family = same_rules(expected, detected.dialect);
        tagged += 1;
        same += usize::from(expected == detected.dialect);
        same_family += usize::from(family);
        sure += usize::from(detected.certain);
        sure_family += usize::from(detected.certain && family);
        *table.entry((expected.name(), detected.dialect.name())).or_default() += 1;
        if detected.certain && !family {
            println!("{path}: {} for {}", detected.dialect.name(), expected.name());
        }
    }
    for ((expected, detected), count) in &table {
        println!("{expected:>9} read as {detected:<9} {count}");
    }
    println!("of {tagged} files with tags {same} exact, {same_family} by the right rules");
    println!("of {sure} it is sure of, {sure_family} by the right rules");
    assert!(sure_family * 100 >= sure * 98, "too many sure and wrong");
}

/// The dialect of each project's folder.
fn dialects(files: &HashMap<String, String>) -> Vec<(String, Dialect)> {
    let rows = files["INDEX.tsv"].lines().skip(1).map(|line| line.split('\t').collect::<Vec<_>>());
    rows.map(|row| (format!("repos/{}/", row[0]), Dialect::from_name(row[5]).expect("a dialect"))).collect()
}

/// Whether the two are cut by the same rules.
fn same_rules(one: Dialect, other: Dialect) -> bool {
    one == other || (one.family() == Family::Jinja && other.family() == Family::Jinja)
}
