//! The helpers of template blocks that no attribute, style or string has claimed.

use std::sync::Arc;

use crate::extract::{Extractor, Setting};
use crate::scan::{Block, BlockKind, Within};
use crate::trees::expression::{self, Depth, FoundHelper};
use crate::{HelperKind, Piece, Place, Quoting, Span, Url, statement};

/// Adds a reference for each helper with a path that has none yet.
pub(crate) fn leftover(extractor: &mut Extractor<'_>) {
    let mut claimed = std::mem::take(&mut extractor.found.helpers);
    claimed.sort_unstable();
    claimed.dedup();
    for block in &extractor.scan.blocks {
        let here = within(&claimed, block.span);
        if here.len() >= may_hold(extractor, block) {
            continue;
        }
        let mut here = here.to_vec();
        for found in expression::helpers(extractor, block) {
            let start = found.helper.span.start;
            if !here.contains(&start) && found.helper.path.as_ref().is_some_and(|path| !path.is_empty()) {
                here.push(start);
                add(extractor, block, found);
            }
        }
    }
}

/// Those of `offsets` (ascending) that lie in `span`.
fn within(offsets: &[usize], span: Span) -> &[usize] {
    let from_start = &offsets[offsets.partition_point(|&offset| offset < span.start)..];
    &from_start[..from_start.partition_point(|&offset| offset < span.end)]
}

/// How many helpers a block may hold: each has its name, and a quote for its path, or a name that a tag hands on.
fn may_hold(extractor: &Extractor<'_>, block: &Block) -> usize {
    let text = extractor.source.text;
    let inner = block.inner.of(text);
    let is_code = matches!(block.kind, BlockKind::Output | BlockKind::Statement)
        && (inner.contains(['(', '"', '\'']) || block.keyword(text) == "static");
    if is_code { extractor.settings.helpers.mentions(inner) } else { 0 }
}

fn add(extractor: &mut Extractor<'_>, block: &Block, found: FoundHelper) {
    let text = extractor.source.text;
    let (attribute, container) = match extractor.tag_at(block.span.start) {
        Some((attribute, tag)) => (attribute.map(|it| it.name.of(text)), tag.span),
        None => (None, block.span),
    };
    let in_data_attribute = attribute.is_some_and(|name| name.to_ascii_lowercase().starts_with("data-"));
    let setting = Setting {
        place: place(block, &found, in_data_attribute, text),
        quoting: Quoting { quote: None, entities: block.within == Within::Value, backslashes: false },
        inert: block.inert,
        enclosing: block.enclosing,
        container,
        integrity: None,
    };
    let span = found.helper.span;
    extractor.push(span, Url { pieces: vec![Piece::Helper(Arc::new(found.helper))] }, &setting);
}

fn place(block: &Block, found: &FoundHelper, in_data_attribute: bool, text: &str) -> Place {
    if found.stored {
        return Place::StoredTag;
    }
    if block.kind == BlockKind::Statement && found.helper.kind != HelperKind::Tag {
        let keyword = block.keyword(text);
        let binds = statement::binds(keyword) && found.depth == Depth::Top;
        return if binds { Place::Set } else { Place::Nested };
    }
    match block.within {
        _ if found.depth == Depth::Nested => Place::Nested,
        Within::Value if in_data_attribute => Place::DataAttribute,
        Within::Script => Place::ScriptString,
        _ => Place::Text,
    }
}
