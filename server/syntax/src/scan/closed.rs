//! How far a template reads the same whatever follows: where it can be cut in two.

use memchr::{memmem, memrchr};

use super::blocks::{self, Cut};
use super::comments::MARK;
use super::html::{self, Found};
use super::{cursor, enclosing, jinja};
use crate::dialect::Family;
use crate::{ExtractSettings, HelperKind, Source, Span};

/// The end of the last line of a template behind which it can be cut: whatever follows, what stands before and what stands
/// behind are read alone as they are together. 0 where there is none.
pub(crate) fn closed(source: &Source<'_>, settings: &ExtractSettings) -> usize {
    let Source { text, dialect, .. } = *source;
    let delimiters = &settings.delimiters;
    if dialect.family() == Family::Jinja && delimiters.span_lines() {
        return 0;
    }
    let whole = Span::new(0, text.len());
    let mut cut = blocks::cut(text, whole, dialect, delimiters);
    let holes = cursor::holes(&cut.blocks);
    let mut found = Found { runs: Some(Vec::new()), ..Found::default() };
    html::walk(text, whole, &holes, None, &mut cut.blocks, &mut found);
    let inside = inside(source, settings, &cut, &found);
    let is_outside = |offset: usize| {
        let before = inside.partition_point(|span| span.start < offset);
        before == 0 || inside[before - 1].end <= offset
    };
    let mut line_ends = found.runs.iter().flatten().rev().flat_map(|run| line_ends(text, *run));
    // What is read in vain must be affordable to what stands before alone, too.
    line_ends.find(|&end| is_outside(end) && cut.wasted < jinja::affordable(end)).unwrap_or(0)
}

/// Where no cut may be, in order: in a block or what might have been one, between the two ends of a construct that matters
/// to what is in it, and between a comment to the tool and the tag it speaks of.
fn inside(source: &Source<'_>, settings: &ExtractSettings, cut: &Cut, found: &Found) -> Vec<Span> {
    let Source { text, dialect, .. } = *source;
    let constructs = settings.helpers.names(HelperKind::Block).chain(["macro"]);
    let mut inside = enclosing::spans(text, dialect, constructs, &cut.blocks);
    inside.extend(cut.blocks.iter().map(|block| block.span).chain(cut.doubts.iter().copied()));
    let comments = memmem::find_iter(text.as_bytes(), MARK.as_bytes());
    inside.extend(comments.map(|start| {
        let next = found.start_tags.partition_point(|tag| tag.start < start);
        Span::new(start, found.start_tags.get(next).map_or(usize::MAX, |tag| tag.end))
    }));
    inside.sort_unstable();
    inside.dedup_by(|next, last| {
        let overlap = next.start < last.end;
        if overlap {
            last.end = last.end.max(next.end);
        }
        overlap
    });
    inside
}

/// The ends of the lines that end in `run`, the last first.
fn line_ends(text: &str, run: Span) -> impl Iterator<Item = usize> {
    let mut end = run.end;
    std::iter::from_fn(move || {
        end = run.start + memrchr(b'\n', &text.as_bytes()[run.start..end])?;
        Some(end + 1)
    })
}
