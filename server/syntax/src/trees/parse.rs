//! One tree-sitter parser a grammar and thread, with a bound on the work of each parse.

use std::cell::RefCell;
use std::ops::ControlFlow;

use tree_sitter::{Language, Node, ParseOptions, Parser, Tree};

use super::memo::Trees;
use super::shape;

/// The grammars.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Grammar {
    /// tree-sitter-css.
    Css,
    /// tree-sitter-javascript.
    JavaScript,
    /// Our grammar of Jinja templates.
    Jinja,
    /// Our grammar of Django templates.
    Django,
}

thread_local! {
    static PARSERS: RefCell<[Option<Parser>; 4]> = const { RefCell::new([const { None }; 4]) };
}

/// How many steps a parse may take: tree-sitter calls back once in about a hundred operations, and sane text
/// takes far less than one operation a byte.
const STEPS_PER_BYTE: usize = 1;
const STEPS_AT_LEAST: usize = 20_000;

/// The longest text whose tree is kept, in bytes.
const KEPT: usize = 256 * 1024;

/// The tree of `text`, which may be one of `trees`; `None` where it takes more work than its length justifies.
pub(crate) fn parse(trees: Option<&Trees>, grammar: Grammar, text: &str) -> Option<Tree> {
    match trees.filter(|_| text.len() <= KEPT) {
        Some(trees) => trees.tree(grammar, text, || parse_anew(grammar, text)),
        None => parse_anew(grammar, text),
    }
}

fn parse_anew(grammar: Grammar, text: &str) -> Option<Tree> {
    match grammar {
        Grammar::Jinja | Grammar::Django => shape::parse(grammar, text),
        Grammar::Css | Grammar::JavaScript => parse_text(grammar, text),
    }
}

/// The tree of `text`, parsed; `None` where that takes more work than its length justifies.
pub(super) fn parse_text(grammar: Grammar, text: &str) -> Option<Tree> {
    let mut steps = STEPS_AT_LEAST + text.len() * STEPS_PER_BYTE;
    let mut progress = |_: &_| {
        steps = steps.saturating_sub(1);
        if steps == 0 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    };
    let options = ParseOptions::new().progress_callback(&mut progress);
    PARSERS.with_borrow_mut(|parsers| {
        let parser = parsers[grammar as usize].get_or_insert_with(|| parser(grammar));
        parser.reset();
        parser.parse_with_options(
            &mut |offset, _| &text.as_bytes()[offset.min(text.len())..],
            None,
            Some(options),
        )
    })
}

fn parser(grammar: Grammar) -> Parser {
    let language: Language = match grammar {
        Grammar::Css => tree_sitter_css::LANGUAGE.into(),
        Grammar::JavaScript => tree_sitter_javascript::LANGUAGE.into(),
        Grammar::Jinja => cachelint_jinja::JINJA.into(),
        Grammar::Django => cachelint_jinja::DJANGO.into(),
    };
    let mut parser = Parser::new();
    let accepted = parser.set_language(&language);
    debug_assert!(accepted.is_ok(), "every grammar is built for this tree-sitter");
    parser
}

/// Calls `visit` with every node of the tree, parents first, in the order of the text, and with the nodes above it,
/// the root first (a node's own `parent` walks down from the root); a node's children are passed over where `visit`
/// answers `false`.
pub(crate) fn walk<'tree>(tree: &'tree Tree, mut visit: impl FnMut(Node<'tree>, &[Node<'tree>]) -> bool) {
    let mut cursor = tree.walk();
    let mut above = Vec::new();
    loop {
        let node = cursor.node();
        if visit(node, &above) && cursor.goto_first_child() {
            above.push(node);
            continue;
        }
        while !cursor.goto_next_sibling() {
            if !cursor.goto_parent() {
                return;
            }
            above.pop();
        }
    }
}

/// Whether the tree is shallow enough to be read by recursion: at most `depth` nodes stand above any other.
pub(crate) fn is_shallow(tree: &Tree, depth: usize) -> bool {
    let mut shallow = true;
    if tree.root_node().descendant_count() > depth {
        walk(tree, |_, above| {
            shallow &= above.len() <= depth;
            shallow
        });
    }
    shallow
}
