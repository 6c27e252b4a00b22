//! A place in a text that steps over template blocks as if they were not there.

use super::{Block, BlockKind};
use crate::Span;

/// A stretch that HTML's rules do not read: a template block, or one of the two tags of a raw block.
#[derive(Clone, Copy, Debug)]
pub(super) struct Hole {
    pub(super) span: Span,
    /// The number of its block.
    pub(super) block: usize,
    pub(super) kind: HoleKind,
}

/// What a hole is to the text around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum HoleKind {
    /// It renders as text of its own.
    Output,
    /// It renders as nothing, as far as a lexer can tell.
    Silent,
    /// Plain text follows.
    RawStart,
    /// Plain text ends.
    RawEnd,
}

/// The holes that the blocks make.
pub(super) fn holes(blocks: &[Block]) -> Vec<Hole> {
    let mut holes = Vec::with_capacity(blocks.len());
    for (number, block) in blocks.iter().enumerate() {
        let Block { span, inner, kind, .. } = block;
        let mut push = |span, kind| holes.push(Hole { span, block: number, kind });
        match kind {
            BlockKind::Output => push(*span, HoleKind::Output),
            BlockKind::Statement | BlockKind::Comment => push(*span, HoleKind::Silent),
            BlockKind::Raw => {
                push(Span::new(span.start, inner.start), HoleKind::RawStart);
                push(Span::new(inner.end, span.end), HoleKind::RawEnd);
            }
        }
    }
    holes
}

/// What stands at a cursor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Peek {
    /// A byte of HTML.
    Byte(u8),
    /// A hole.
    Hole(HoleKind),
    /// The end.
    End,
}

/// A place in a text with holes. At a hole the caller steps over it by [`Cursor::skip`].
#[derive(Clone, Debug)]
pub(super) struct Cursor<'t> {
    pub(super) text: &'t [u8],
    pub(super) at: usize,
    pub(super) end: usize,
    holes: &'t [Hole],
    next: usize,
}

impl<'t> Cursor<'t> {
    /// A cursor over `range`; `holes` are those of the whole text.
    pub(super) fn new(text: &'t [u8], range: Span, holes: &'t [Hole]) -> Self {
        let next = holes.partition_point(|hole| hole.span.start < range.start);
        Self { text, at: range.start, end: range.end, holes, next }
    }

    /// The same text, from `range`.
    pub(super) fn over(&self, range: Span) -> Self {
        Self::new(self.text, range, self.holes)
    }

    /// The hole that comes next.
    fn hole(&self) -> Option<Hole> {
        self.holes.get(self.next).copied().filter(|hole| hole.span.end <= self.end)
    }

    /// How many holes were passed.
    pub(super) const fn passed(&self) -> usize {
        self.next
    }

    /// Whether a hole ends at the cursor.
    pub(super) fn behind_hole(&self) -> bool {
        self.next > 0 && self.holes[self.next - 1].span.end == self.at
    }

    pub(super) fn peek(&self) -> Peek {
        match self.hole() {
            Some(hole) if hole.span.start == self.at => Peek::Hole(hole.kind),
            _ if self.at >= self.end => Peek::End,
            _ => Peek::Byte(self.text[self.at]),
        }
    }

    /// The text from the cursor up to the next hole or the end.
    pub(super) fn rest(&self) -> &'t [u8] {
        let stop = self.hole().map_or(self.end, |hole| hole.span.start);
        &self.text[self.at..stop]
    }

    /// Goes to the next match of `find` before the next hole; else to that hole or the end, and says `false`.
    pub(super) fn seek(&mut self, find: impl Fn(&[u8]) -> Option<usize>) -> bool {
        let rest = self.rest();
        let found = find(rest);
        self.at += found.unwrap_or(rest.len());
        found.is_some()
    }

    /// Steps over the hole at the cursor.
    pub(super) fn skip(&mut self) -> Option<Hole> {
        let hole = self.hole().filter(|hole| hole.span.start == self.at)?;
        self.at = hole.span.end;
        self.next += 1;
        Some(hole)
    }
}
