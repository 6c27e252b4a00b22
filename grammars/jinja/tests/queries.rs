//! The queries compile against both languages and capture what they name.
#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use std::collections::BTreeSet;

use tree_sitter::{Language, Parser, Query, QueryCursor, StreamingIterator};

#[test]
fn highlights_name_the_parts_of_a_template() {
    let text = "{% set a = f(b=1)|c %}{{ 'x\\n' ~ x.y if z is none else w }}{# d #}";
    check(
        cachelint_jinja::HIGHLIGHTS_QUERY,
        text,
        &[
            ("comment", "{# d #}"),
            ("constant.builtin", "none"),
            ("function", "f"),
            ("function.builtin", "c"),
            ("keyword", "if"),
            ("keyword", "set"),
            ("keyword.operator", "is"),
            ("number", "1"),
            ("operator", "~"),
            ("property", "y"),
            ("punctuation.special", "{%"),
            ("string", "'x\\n'"),
            ("string.escape", "\\n"),
            ("variable", "x"),
            ("variable.parameter", "b"),
        ],
    );
}

#[test]
fn text_is_html() {
    let text = "<p>{{ a }}</p>";
    check(
        cachelint_jinja::INJECTIONS_QUERY,
        text,
        &[("injection.content", "<p>"), ("injection.content", "</p>")],
    );
}

#[test]
fn the_injection_is_combined_html() {
    let query = Query::new(&cachelint_jinja::JINJA.into(), cachelint_jinja::INJECTIONS_QUERY).unwrap();
    let settings = query.property_settings(0);
    let setting =
        |key: &str| settings.iter().find(|setting| &*setting.key == key).map(|setting| &setting.value);
    assert_eq!(setting("injection.language").unwrap().as_deref(), Some("html"));
    assert!(setting("injection.combined").is_some());
}

fn check(query: &str, text: &str, expected: &[(&str, &str)]) {
    for language in [cachelint_jinja::JINJA, cachelint_jinja::DJANGO] {
        let captures = captures(&language.into(), query, text);
        for (name, captured) in expected {
            let capture = ((*name).to_owned(), (*captured).to_owned());
            assert!(captures.contains(&capture), "no {name} is {captured:?} in {captures:#?}");
        }
    }
}

/// Each capture's name and text.
fn captures(language: &Language, query: &str, text: &str) -> BTreeSet<(String, String)> {
    let query = Query::new(language, query).unwrap();
    let mut parser = Parser::new();
    parser.set_language(language).unwrap();
    let tree = parser.parse(text, None).unwrap();
    let mut found = BTreeSet::new();
    let mut cursor = QueryCursor::new();
    let mut matches = cursor.matches(&query, tree.root_node(), text.as_bytes());
    while let Some(one) = matches.next() {
        for capture in one.captures() {
            let name = query.capture_names()[capture.index as usize].to_owned();
            found.insert((name, text[capture.node.byte_range()].to_owned()));
        }
    }
    found
}
