//! Whatever the bytes, a parse ends, covers them all, and leaves every block in its place.
#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use std::ops::ControlFlow;
use std::time::{Duration, Instant};

use proptest::prelude::*;
use tree_sitter::{ParseOptions, Parser, Tree};
use tree_sitter_language::LanguageFn;

const PIECES: [&str; 40] = [
    "{{",
    "}}",
    "{%",
    "%}",
    "{#",
    "#}",
    "-",
    "+",
    "{",
    "}",
    "(",
    ")",
    "[",
    "]",
    "\"",
    "'",
    "\\",
    "\n",
    " ",
    "a",
    "if ",
    " is ",
    " not ",
    " as ",
    "|",
    ":",
    "=",
    ".",
    ",",
    "**",
    "~",
    "1",
    "é",
    "\0",
    "{% raw %}",
    "{% endraw %}",
    "{% comment %}",
    "{% endcomment %}",
    "{% verbatim %}",
    "{% endverbatim %}",
];

const BUDGET: Duration = Duration::from_secs(20);

proptest! {
    #[test]
    fn soup_of_delimiters_is_covered(pieces in prop::collection::vec(prop::sample::select(&PIECES), 0..80)) {
        check(pieces.concat().as_bytes());
    }

    #[test]
    fn any_bytes_are_covered(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        check(&bytes);
    }
}

#[test]
fn a_hundred_thousand_of_anything_is_no_burden() {
    for piece in [
        "{{",
        "{{ (",
        "{% x ",
        "{# ",
        "{{ '",
        "{% raw %}",
        "{% comment %}",
        "{{ a ? b ",
        "{{ a + }}",
        "\0",
        "é",
    ] {
        check(piece.repeat(100_000).as_bytes());
        check(format!("{piece} }}}} %}} #}} ' \" )").as_bytes());
    }
    for (open, close) in
        [("(", ")"), ("[", "]"), ("{", "}"), ("f(", ")"), ("not ", ""), ("a|b(", ")"), ("a if b else ", "")]
    {
        check(format!("{{{{ {}a{} }}}}", open.repeat(100_000), close.repeat(100_000)).as_bytes());
    }
}

fn check(text: &[u8]) {
    for language in [cachelint_jinja::JINJA, cachelint_jinja::DJANGO] {
        let tree = parse(language, text);
        let root = tree.root_node();
        let start = if text.starts_with("\u{feff}".as_bytes()) { 3 } else { 0 };
        assert_eq!(root.kind(), "template");
        assert_eq!(root.byte_range(), start..text.len());
        let children = root.children(&mut root.walk()).collect::<Vec<_>>();
        let ends = children.iter().map(tree_sitter::Node::end_byte);
        let starts = children.iter().skip(1).map(tree_sitter::Node::start_byte);
        assert!(ends.zip(starts).all(|(end, start)| end == start), "a gap in {}", root.to_sexp());
        assert!(
            children.iter().all(|child| !child.is_error()),
            "an error between blocks in {}",
            root.to_sexp()
        );
    }
}

fn parse(language: LanguageFn, text: &[u8]) -> Tree {
    let mut parser = Parser::new();
    parser.set_language(&language.into()).unwrap();
    let start = Instant::now();
    let mut late =
        |_: &_| if start.elapsed() > BUDGET { ControlFlow::Break(()) } else { ControlFlow::Continue(()) };
    let mut read = |offset: usize, _| &text[offset.min(text.len())..];
    let options = ParseOptions::new().progress_callback(&mut late);
    parser.parse_with_options(&mut read, None, Some(options)).unwrap()
}
