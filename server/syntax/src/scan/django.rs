//! Django's lexer and its kin: a block ends at the first closing delimiter.
//!
//! * Django: on one line; `{% verbatim name %}` holds plain text up to `{% endverbatim name %}` or the end.
//! * Liquid: may span lines; `{% raw %}`; no `{# … #}`; `{%-` and `-%}` trim.
//! * Tornado: may span lines; `{{!`, `{%!`, `{#!` are text; of `{{{` the last two braces open.
//! * Plain: may span lines, up to the next opening; no `{# … #}`, which is an editor's or Svelte's.

use memchr::memchr;

use super::blocks::{Cut, block};
use super::seek::Seeker;
use super::{Block, BlockKind};
use crate::{Dialect, Span};

/// The blocks in `range`.
pub(super) fn cut(text: &str, range: Span, dialect: Dialect) -> Cut {
    let text = &text[..range.end];
    let (mut lexer, mut folder) = (Lexer::new(text, range.start, dialect), Folder::new(text, dialect));
    lexer.by_ref().for_each(|token| folder.push(token));
    folder.finish(lexer.doubts)
}

/// The blocks of a text, none folded into one; each is looked for as it is asked for.
pub(super) fn tokens(text: &str, dialect: Dialect) -> impl Iterator<Item = Block> {
    Lexer::new(text, 0, dialect)
}

struct Lexer<'t> {
    text: &'t str,
    dialect: Dialect,
    position: usize,
    /// [`Cut::doubts`].
    doubts: Vec<Span>,
    outputs: Seeker<'static>,
    statements: Seeker<'static>,
    comments: Seeker<'static>,
    lines: Seeker<'static>,
    output_opens: Seeker<'static>,
    statement_opens: Seeker<'static>,
}

impl<'t> Lexer<'t> {
    fn new(text: &'t str, position: usize, dialect: Dialect) -> Self {
        Self {
            text,
            dialect,
            position,
            doubts: Vec::new(),
            outputs: Seeker::new("}}"),
            statements: Seeker::new("%}"),
            comments: Seeker::new("#}"),
            lines: Seeker::new("\n"),
            output_opens: Seeker::new("{{"),
            statement_opens: Seeker::new("{%"),
        }
    }

    /// The kind of block whose opening delimiter stands at `at`.
    fn opens(&self, at: usize) -> Option<BlockKind> {
        let byte = |offset| self.text.as_bytes().get(at + offset).copied();
        let (second, third) = (byte(1)?, byte(2));
        let tornado = self.dialect == Dialect::Tornado;
        if tornado && (third == Some(b'!') || (second == b'{' && third == Some(b'{'))) {
            return None;
        }
        match second {
            b'{' => Some(BlockKind::Output),
            b'%' => Some(BlockKind::Statement),
            b'#' if tornado || self.dialect == Dialect::Django => Some(BlockKind::Comment),
            _ => None,
        }
    }

    /// Where the closing delimiter of a block stands whose inner part begins at `from`.
    fn close(&mut self, kind: BlockKind, from: usize) -> Option<usize> {
        let bytes = self.text.as_bytes();
        let close = match kind {
            BlockKind::Output => self.outputs.next(bytes, from),
            BlockKind::Statement => self.statements.next(bytes, from),
            BlockKind::Comment | BlockKind::Raw => self.comments.next(bytes, from),
        };
        let limit = match self.dialect {
            Dialect::Django => self.lines.next(bytes, from),
            Dialect::Plain => [&mut self.output_opens, &mut self.statement_opens]
                .into_iter()
                .filter_map(|opens| opens.next(bytes, from))
                .min(),
            _ => None,
        };
        let close = close.filter(|&close| limit.is_none_or(|limit| close < limit));
        if close.is_none() {
            self.doubts.push(Span::new(from, limit.map_or(usize::MAX, |limit| limit + 1)));
        }
        close
    }

    fn token(&self, kind: BlockKind, at: usize, close: usize) -> Block {
        let bytes = self.text.as_bytes();
        let mut inner = Span::new(at + 2, close);
        if self.dialect == Dialect::Liquid {
            let marked = |byte: Option<&u8>| usize::from(byte == Some(&b'-'));
            inner.start += marked(bytes[..close].get(inner.start));
            inner.end -= marked(bytes[inner.start..close].last());
        }
        block(self.text, kind, Span::new(at, close + 2), inner)
    }
}

impl Iterator for Lexer<'_> {
    type Item = Block;

    /// The next block.
    fn next(&mut self) -> Option<Block> {
        loop {
            let rest = self.text.as_bytes().get(self.position..)?;
            let at = self.position + memchr(b'{', rest)?;
            if let Some(kind) = self.opens(at)
                && let Some(close) = self.close(kind, at + 2)
            {
                let token = self.token(kind, at, close);
                self.position = token.span.end;
                return Some(token);
            }
            self.position = at + 1;
        }
    }
}

/// Folds verbatim and comment blocks into one.
struct Folder<'t> {
    text: &'t str,
    dialect: Dialect,
    /// The opening tag of the verbatim block that is open, and what its closing tag says.
    verbatim: Option<(Block, String)>,
    /// The place in `blocks` of the `{% comment %}` that is open.
    comment: Option<usize>,
    blocks: Vec<Block>,
}

impl<'t> Folder<'t> {
    fn new(text: &'t str, dialect: Dialect) -> Self {
        Self { text, dialect, verbatim: None, comment: None, blocks: Vec::new() }
    }

    fn push(&mut self, token: Block) {
        let words = if token.kind == BlockKind::Statement { token.inner.of(self.text).trim() } else { "" };
        if let Some((open, end)) = &self.verbatim {
            if words == end {
                let raw = fold(self.text, BlockKind::Raw, open, token.span);
                self.blocks.push(raw);
                self.verbatim = None;
            }
            return;
        }
        match words.split_whitespace().next() {
            Some(_) if self.opens_verbatim(words) => self.verbatim = Some((token, format!("end{words}"))),
            Some("comment") if self.has_comments() && self.comment.is_none() => {
                self.comment = Some(self.blocks.len());
                self.blocks.push(token);
            }
            Some("endcomment") if words == "endcomment" && self.comment.is_some() => self.end_comment(&token),
            _ => self.blocks.push(token),
        }
    }

    fn end_comment(&mut self, end: &Block) {
        let Some(place) = self.comment.take() else { return };
        let comment = fold(self.text, BlockKind::Comment, &self.blocks[place], end.span);
        self.blocks.truncate(place);
        self.blocks.push(comment);
    }

    /// Django wants a space, and no other white space, before the name of a verbatim block.
    fn opens_verbatim(&self, words: &str) -> bool {
        match self.dialect {
            Dialect::Django => words == "verbatim" || words.starts_with("verbatim "),
            Dialect::Liquid => words == "raw",
            _ => false,
        }
    }

    const fn has_comments(&self) -> bool {
        matches!(self.dialect, Dialect::Django | Dialect::Liquid)
    }

    /// All blocks; a verbatim block that is open holds the rest of the text. `doubts` are those of the lexer.
    fn finish(mut self, mut doubts: Vec<Span>) -> Cut {
        let mut doubt = |block: &Block| doubts.push(Span::new(block.span.start, usize::MAX));
        if let Some(place) = self.comment {
            doubt(&self.blocks[place]);
        }
        if let Some((open, _)) = self.verbatim.take() {
            doubt(&open);
            self.blocks.push(fold(self.text, BlockKind::Raw, &open, Span::empty(self.text.len())));
        }
        Cut { blocks: self.blocks, doubts, wasted: 0 }
    }
}

/// One block from an opening tag to a closing one.
fn fold(text: &str, kind: BlockKind, open: &Block, close: Span) -> Block {
    block(text, kind, open.span.to(close), Span::new(open.span.end, close.start))
}
