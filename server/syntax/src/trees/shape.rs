//! Blocks of one shape have one tree: what stands in their strings decides nothing, so most blocks of a project need no
//! parse of their own.

use std::cell::RefCell;
use std::collections::HashMap;

use tree_sitter::Tree;

use super::parse::{Grammar, parse_text, walk};

/// The longest block whose shape is kept, in bytes, and how many are.
const LONGEST: usize = 200;
const MOST: usize = 4096;

thread_local! {
    static SHAPES: RefCell<HashMap<(Grammar, String), Option<Tree>>> = RefCell::default();
}

/// The tree of a block: that of a block of the same shape, where it may have been parsed before.
pub(super) fn parse(grammar: Grammar, text: &str) -> Option<Tree> {
    let Some((shape, strings)) = (text.len() <= LONGEST).then(|| shape(text)).flatten() else {
        return parse_text(grammar, text);
    };
    let key = (grammar, shape);
    let known = SHAPES.with_borrow(|shapes| shapes.get(&key).cloned());
    let tree = known.unwrap_or_else(|| {
        let tree = parse_text(grammar, &key.1).filter(|tree| is_decided(tree, &strings));
        SHAPES.with_borrow_mut(|shapes| {
            if shapes.len() >= MOST {
                shapes.clear();
            }
            shapes.insert(key, tree.clone());
        });
        tree
    });
    tree.or_else(|| parse_text(grammar, text))
}

/// The text with filler of the same length in the place of what stands in plain strings, and where they stand; `None`
/// where it has none.
fn shape(text: &str) -> Option<(String, Vec<(usize, usize)>)> {
    let mut shape = text.to_owned();
    let mut strings = Vec::new();
    let mut rest = 0;
    while let Some(at) = text[rest..].find(['"', '\'']) {
        let start = rest + at + 1;
        let quote = &text[start - 1..start];
        let end = start + text[start..].find(quote)?;
        if start < end && text[start..end].bytes().all(is_plain) {
            shape.replace_range(start..end, &"x".repeat(end - start));
            strings.push((start, end));
        }
        rest = end + 1;
    }
    (!strings.is_empty()).then_some((shape, strings))
}

/// Whether a byte means nothing to the grammars within a string: no quote, escape, bracket or part of a delimiter.
const fn is_plain(byte: u8) -> bool {
    byte.is_ascii_alphanumeric()
        || matches!(byte, b'_' | b'-' | b'.' | b'/' | b':' | b'?' | b'=' | b'&' | b' ')
}

/// Whether a tree is that of every block of its shape: it has no error, and its strings are those.
fn is_decided(tree: &Tree, strings: &[(usize, usize)]) -> bool {
    let mut found = Vec::new();
    walk(tree, |node, _| {
        if node.kind() == "string_content" {
            found.push((node.start_byte(), node.end_byte()));
        }
        true
    });
    !tree.root_node().has_error() && strings.iter().all(|string| found.contains(string))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const PIECES: [&str; 26] = [
        "static ",
        "url_for(",
        ")",
        "'css/style.css'",
        "\"a b.js\"",
        "'js/app.js'",
        "'x'",
        "'it",
        "s'",
        "\"",
        "'",
        "\\'",
        "'{{'",
        "'%}'",
        "''",
        "'é'",
        " as name",
        "filename=",
        ", ",
        "|",
        "if ",
        " else ",
        "[",
        "{",
        "a.b ",
        "1.5 ",
    ];

    fn shown(tree: Option<Tree>) -> Vec<String> {
        let mut nodes = Vec::new();
        if let Some(tree) = tree {
            walk(&tree, |node, _| {
                nodes.push(format!("{} {:?}", node.kind(), node.byte_range()));
                true
            });
        }
        nodes
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 20_000, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn the_tree_of_a_shape_is_that_of_its_blocks(
            pieces in prop::collection::vec(prop::sample::select(&PIECES), 0..9),
            is_output: bool,
        ) {
            let inner = pieces.concat();
            let text = if is_output { format!("{{{{ {inner} }}}}") } else { format!("{{% {inner} %}}") };
            for grammar in [Grammar::Jinja, Grammar::Django] {
                prop_assert_eq!(shown(parse(grammar, &text)), shown(parse_text(grammar, &text)), "{}", text);
            }
        }
    }

    #[test]
    fn what_stands_in_a_string_does_not_change_the_shape() {
        let shape_of = |text: &str| shape(text).map(|(shape, _)| shape);
        assert_eq!(shape_of("{% static 'a/b.css' %}"), shape_of("{% static 'cd-e.js' %}"));
        assert_ne!(shape_of("{% static 'a.css' %}"), shape_of("{% static 'ab.css' %}"));
        assert_eq!(shape_of("{% static name %}"), None);
        assert_eq!(shape_of("{{ it's }}"), None);
    }
}
