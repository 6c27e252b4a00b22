//! What the blocks say of a template as a whole: whether a page is made of it, or it only defines macros.

use super::{Block, BlockKind};
use crate::{Inert, Span};

/// What of a template is rendered, the least first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rendered {
    /// Nothing but white space.
    #[default]
    Nothing,
    /// What stands in its `{% macro %}` definitions, where they are used.
    Macros,
    /// More than that.
    Page,
}

/// What of a template is rendered.
pub(super) fn rendered(text: &str, blocks: &[Block]) -> Rendered {
    let mut depth = 0_usize;
    let mut end = 0;
    let mut rendered = Rendered::Nothing;
    for block in live(blocks) {
        if depth == 0 && (renders(text, block) || !is_blank(text, Span::new(end, block.span.start))) {
            return Rendered::Page;
        }
        if is(text, block, "macro") {
            rendered = Rendered::Macros;
            depth += 1;
        } else if is(text, block, "endmacro") {
            depth = depth.saturating_sub(1);
        }
        end = block.span.end;
    }
    if is_blank(text, Span::new(end, text.len())) { rendered } else { Rendered::Page }
}

/// The blocks that are not in a template comment.
pub(super) fn live(blocks: &[Block]) -> impl Iterator<Item = &Block> {
    blocks.iter().filter(|block| block.inert != Some(Inert::TemplateComment))
}

pub(super) fn is(text: &str, block: &Block, keyword: &str) -> bool {
    block.keyword.is_some_and(|word| word.of(text) == keyword)
}

fn renders(text: &str, block: &Block) -> bool {
    match block.kind {
        BlockKind::Output | BlockKind::Raw => true,
        BlockKind::Statement => is(text, block, "include") || is(text, block, "call"),
        BlockKind::Comment => false,
    }
}

fn is_blank(text: &str, span: Span) -> bool {
    span.of(text).trim_matches(|letter: char| letter.is_whitespace() || letter == '\u{feff}').is_empty()
}
