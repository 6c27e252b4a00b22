//! What the blocks say of a template as a whole: whether it extends another, whether it only defines macros.

use super::{Block, BlockKind};
use crate::{Inert, Span};

/// Whether the first statement is `{% extends … %}`.
pub(super) fn extends(text: &str, blocks: &[Block]) -> bool {
    live(blocks)
        .find(|block| block.kind == BlockKind::Statement)
        .is_some_and(|block| is(text, block, "extends"))
}

/// Whether there are macros and nothing but them is rendered.
pub(super) fn macros_only(text: &str, blocks: &[Block]) -> bool {
    let mut depth = 0_usize;
    let mut end = 0;
    let mut any = false;
    for block in live(blocks) {
        if depth == 0 && (renders(text, block) || !is_blank(text, Span::new(end, block.span.start))) {
            return false;
        }
        if is(text, block, "macro") {
            any = true;
            depth += 1;
        } else if is(text, block, "endmacro") {
            depth = depth.saturating_sub(1);
        }
        end = block.span.end;
    }
    any && is_blank(text, Span::new(end, text.len()))
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
    span.of(text).trim_start_matches('\u{feff}').trim().is_empty()
}
