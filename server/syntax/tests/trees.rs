//! Attributes as the scan cuts them, against tree-sitter-html over the whole masked file: two independent readings.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking and reads its own data")]

mod corpus;

use std::collections::BTreeSet;

use cachelint_syntax::scan::{BlockKind, IslandKind, Scan, scan};
use cachelint_syntax::{Dialect, ExtractSettings, Source, SourceKind, Span};
use tree_sitter::{Node, Parser};

/// The whole text with every template block made of letters (of spaces outside attribute values), newlines kept.
fn masked(text: &str, scan: &Scan) -> String {
    use cachelint_syntax::scan::Within;
    let mut bytes = text.as_bytes().to_vec();
    for block in &scan.blocks {
        let filler = match (block.within, block.kind) {
            (Within::Value, BlockKind::Output | BlockKind::Statement) => b'x',
            _ => b' ',
        };
        for byte in &mut bytes[block.span.start..block.span.end] {
            *byte = if *byte == b'\n' { b'\n' } else { filler };
        }
    }
    String::from_utf8(bytes).unwrap()
}

/// The `(name, value)` spans of all attributes in the tree that lie in no error.
fn tree_attributes(text: &str) -> Vec<(Span, Span)> {
    let mut parser = Parser::new();
    parser.set_language(&tree_sitter_html::LANGUAGE.into()).unwrap();
    let tree = parser.parse(text, None).unwrap();
    let mut found = Vec::new();
    let mut pending = vec![tree.root_node()];
    while let Some(node) = pending.pop() {
        if node.kind() == "attribute" && !node.has_error() {
            found.extend(attribute(node));
            continue;
        }
        let mut cursor = node.walk();
        pending.extend(node.children(&mut cursor).filter(|child| !child.is_error()));
    }
    found
}

fn attribute(node: Node<'_>) -> Option<(Span, Span)> {
    let name = Span::from(node.child(0)?.byte_range());
    let value = node.named_child(1)?;
    let range = Span::from(value.byte_range());
    let quoted = value.kind() == "quoted_attribute_value";
    Some((name, if quoted { Span::new(range.start + 1, range.end - 1) } else { range }))
}

fn scan_attributes(text: &str, dialect: Dialect) -> (Scan, BTreeSet<(Span, Span)>) {
    let scan = scan(Source { text, kind: SourceKind::Template, dialect }, &ExtractSettings::default());
    let tags = scan.islands.iter().filter(|island| island.inert.is_none());
    let ranges = tags.filter_map(|island| match &island.kind {
        IslandKind::Tag { attributes, .. } => Some(attributes.clone()),
        _ => None,
    });
    let attributes = ranges.flat_map(|range| &scan.attributes[range]);
    let found = attributes.filter_map(|it| it.value.map(|value| (it.name, value))).collect();
    (scan, found)
}

#[test]
fn the_scan_reads_tags_as_a_whole_file_tree_does() {
    let Some(files) = corpus::open() else { return };
    let (mut compared, mut agreeing, mut differing) = (0, 0, Vec::new());
    for line in files["jinja_lex.jsonl"].lines() {
        let record: serde_json::Value = serde_json::from_str(line).unwrap();
        let (path, dialect) = (record["path"].as_str().unwrap(), record["dialect"].as_str().unwrap());
        let text = &files[&format!("repos/{path}")];
        let (scan, scanned) = scan_attributes(text, Dialect::from_name(dialect).unwrap_or_default());
        let tags: BTreeSet<_> = scanned.iter().map(|(name, _)| name.start).collect();
        for (name, value) in tree_attributes(&masked(text, &scan)) {
            if !tags.contains(&name.start) {
                continue;
            }
            compared += 1;
            if scanned.contains(&(name, value)) {
                agreeing += 1;
            } else {
                differing.push(format!("{path}: {} «{}»", name.of(text), value.of(text)));
            }
        }
    }
    println!("{agreeing} of {compared} attributes agree; {} differ", differing.len());
    for line in &differing {
        println!("  {line}");
    }
    assert!(compared > 10_000, "the corpus was read");
    assert!(differing.len() * 1000 <= compared, "more than one attribute in a thousand differs");
}
