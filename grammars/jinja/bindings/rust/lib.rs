//! tree-sitter grammars for Jinja and Django templates.
//!
//! ```
//! let mut parser = tree_sitter::Parser::new();
//! parser.set_language(&cachelint_jinja::JINJA.into()).unwrap();
//! let tree = parser.parse("{{ url_for('static', filename='app.css') }}", None).unwrap();
//! assert!(!tree.root_node().has_error());
//! ```

use tree_sitter_language::LanguageFn;

unsafe extern "C" {
    fn tree_sitter_jinja() -> *const ();
    fn tree_sitter_django() -> *const ();
}

/// The language of Jinja2 and its relatives: brackets balance inside a block, strings may hold delimiters,
/// blocks may span lines.
pub const JINJA: LanguageFn = unsafe { LanguageFn::from_raw(tree_sitter_jinja) };

/// The language of Django's templates: a block ends at the first closing delimiter of its line.
pub const DJANGO: LanguageFn = unsafe { LanguageFn::from_raw(tree_sitter_django) };

/// The node types of both languages, as tree-sitter's `node-types.json` lists them.
pub const NODE_TYPES: &str = include_str!("../../jinja/src/node-types.json");

/// Highlights for both languages.
pub const HIGHLIGHTS_QUERY: &str = include_str!("../../queries/highlights.scm");

/// Injections for both languages: text is HTML.
pub const INJECTIONS_QUERY: &str = include_str!("../../queries/injections.scm");
