//! Cuts the template blocks out of a text, by the rules of its dialect.

use super::{Block, BlockKind, Within, django, jinja};
use crate::dialect::Family;
use crate::{Delimiters, Dialect, Enclosing, Span};

/// The template blocks of a text.
pub(super) struct Cut {
    /// The blocks, in order and apart from each other.
    pub(super) blocks: Vec<Block>,
    /// From each place at which a block might have been to where it showed that none is, or another; to the end of all
    /// texts where a longer one may show it.
    pub(super) doubts: Vec<Span>,
    /// How many bytes were read in vain.
    pub(super) wasted: usize,
}

/// The blocks in `range`.
pub(super) fn cut(text: &str, range: Span, dialect: Dialect, delimiters: &Delimiters) -> Cut {
    match dialect.family() {
        Family::Jinja => jinja::cut(text, range, dialect, delimiters),
        Family::Django => django::cut(text, range, dialect),
    }
}

/// A block that stands in running text until the HTML around it is known.
pub(super) fn block(text: &str, kind: BlockKind, span: Span, inner: Span) -> Block {
    let keyword = if kind == BlockKind::Statement { first_word(text, inner) } else { None };
    Block { kind, span, inner, keyword, within: Within::Text, inert: None, enclosing: Enclosing::default() }
}

/// The first run of letters, digits and underscores, if nothing but white space stands before it.
fn first_word(text: &str, inner: Span) -> Option<Span> {
    let rest = inner.of(text).trim_start();
    let start = inner.end - rest.len();
    let word = rest.trim_start_matches(|c: char| c.is_alphanumeric() || c == '_');
    let end = inner.end - word.len();
    (start < end).then(|| Span::new(start, end))
}
