//! Same-length stand-ins for islands: template blocks become filler, so that offsets stay the source's.

use crate::Span;
use crate::decode::{Escapes, decode};
use crate::scan::{Block, BlockKind};
use crate::statement;
use crate::trees::css::PAD;

/// A letter that is legal in a name, a value and a URL.
const FILLER: u8 = b'x';

/// The text of `span` with filler for each block that yields text and spaces for each that yields none.
/// `blocks` are those that start in the span, in order; a raw block may hold what ends the island.
pub(crate) fn mask(text: &str, span: Span, blocks: &[Block]) -> String {
    let mut masked = span.of(text).as_bytes().to_vec();
    for block in blocks {
        let range = block.span.start - span.start..block.span.end.min(span.end) - span.start;
        masked[range].fill(if yields_text(block, text) { FILLER } else { b' ' });
    }
    String::from_utf8(masked).unwrap_or_default()
}

/// The same for an attribute's value that is read as CSS: its character references become the character and padding.
pub(crate) fn mask_attribute(text: &str, span: Span, blocks: &[Block]) -> String {
    let masked = mask(text, span, blocks);
    let literal = decode(&masked, 0, Escapes { entities: true, ..Escapes::default() });
    if literal.breaks.is_empty() {
        return masked;
    }
    let mut padded = String::with_capacity(masked.len());
    let mut from = 0;
    for &(decoded, source) in &literal.breaks {
        padded.push_str(&literal.text[from..decoded]);
        padded.extend(std::iter::repeat_n(PAD, source.saturating_sub(padded.len())));
        from = decoded;
    }
    padded.push_str(&literal.text[from..]);
    padded
}

fn yields_text(block: &Block, text: &str) -> bool {
    match block.kind {
        BlockKind::Output | BlockKind::Raw => true,
        BlockKind::Comment => false,
        BlockKind::Statement => !statement::is_silent(block.keyword(text)),
    }
}
