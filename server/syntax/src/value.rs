//! Values of literal text and template blocks, as the URLs they can become.

use crate::decode::{Escapes, decode};
use crate::extract::Extractor;
use crate::scan::{Block, BlockKind};
use crate::{Literal, Piece, Span, Url, statement};

/// One URL that a value can become.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Alternative {
    /// The URL text, the call or tag, or the whole value.
    pub span: Span,
    /// The URL.
    pub url: Url,
}

/// More branches than this are not told apart: the choice becomes dynamic.
pub(crate) const MOST_BRANCHES: usize = 8;
/// A value of more texts and blocks than this is dynamic as a whole.
const MOST_ITEMS: usize = 300;

/// The URLs that the text of `span` can become: one for each branch of the choices in it.
pub(crate) fn alternatives(extractor: &Extractor<'_>, span: Span, escapes: Escapes) -> Vec<Alternative> {
    let text = extractor.source.text;
    if extractor.blocks_in(span).is_empty() {
        return plain(text, span, escapes).finish(span, text).into_iter().collect();
    }
    let items = items(extractor, span);
    if items.len() > MOST_ITEMS {
        return dynamic(span).finish(span, text).into_iter().collect();
    }
    let mut reader = Reader { extractor, escapes, items: &items, next: 0 };
    let mut branches = reader.sequence();
    while reader.next < items.len() {
        reader.next += 1;
        branches = product(branches, reader.sequence());
    }
    branches.into_iter().filter_map(|branch| branch.finish(span, text)).collect()
}

/// A part of a value: literal text, or a template block.
#[derive(Clone, Copy, Debug)]
enum Item<'a> {
    Text(Span),
    Block(&'a Block),
}

fn items<'a>(extractor: &'a Extractor<'_>, span: Span) -> Vec<Item<'a>> {
    let mut items = Vec::new();
    let mut at = span.start;
    for block in extractor.blocks_in(span).iter().filter(|block| block.span.end <= span.end) {
        if block.span.start < at {
            continue;
        }
        if at < block.span.start {
            items.push(Item::Text(Span::new(at, block.span.start)));
        }
        items.push(Item::Block(block));
        at = block.span.end;
    }
    if at < span.end {
        items.push(Item::Text(Span::new(at, span.end)));
    }
    items
}

/// One way through the choices of a value: its pieces, each with the source range it takes.
#[derive(Clone, Debug, Default)]
struct Branch {
    pieces: Vec<(Piece, Span)>,
}

impl Branch {
    fn and(&self, other: &Self) -> Self {
        Self { pieces: self.pieces.iter().chain(&other.pieces).cloned().collect() }
    }

    /// The URL without the white space around it; `None` where nothing is left.
    fn finish(mut self, whole: Span, text: &str) -> Option<Alternative> {
        trim(&mut self.pieces);
        let (first, last) = (self.pieces.first()?.1, self.pieces.last()?.1);
        let adjoining = self.pieces.windows(2).all(|pair| pair[0].1.end == pair[1].1.start);
        let span = match &*self.pieces {
            [(piece, _)] => piece.span(),
            _ if adjoining => first.to(last),
            _ => trimmed(whole, text),
        };
        Some(Alternative {
            span,
            url: Url { pieces: self.pieces.into_iter().map(|(piece, _)| piece).collect() },
        })
    }
}

fn trimmed(span: Span, text: &str) -> Span {
    let raw = span.of(text);
    let start = span.start + (raw.len() - raw.trim_ascii_start().len());
    Span::new(start, (span.end - (raw.len() - raw.trim_ascii_end().len())).max(start))
}

fn trim(pieces: &mut Vec<(Piece, Span)>) {
    while let Some((Piece::Literal(literal), outer)) = pieces.first_mut() {
        let blank = literal.text.len() - literal.text.trim_ascii_start().len();
        shorten(literal, outer, blank, literal.text.len());
        if !literal.text.is_empty() {
            break;
        }
        pieces.remove(0);
    }
    while let Some((Piece::Literal(literal), outer)) = pieces.last_mut() {
        shorten(literal, outer, 0, literal.text.trim_ascii_end().len());
        if !literal.text.is_empty() {
            break;
        }
        pieces.pop();
    }
}

/// Cuts the literal to the bytes `start..end` of its text, and its range in the value where that is its own.
fn shorten(literal: &mut Literal, outer: &mut Span, start: usize, end: usize) {
    if (start, end) == (0, literal.text.len()) && start < end {
        return;
    }
    let own = literal.span == *outer;
    *literal = literal.slice(start, end);
    if own {
        *outer = literal.span;
    }
}

/// Reads the items of one value.
struct Reader<'a> {
    extractor: &'a Extractor<'a>,
    escapes: Escapes,
    items: &'a [Item<'a>],
    next: usize,
}

impl<'a> Reader<'a> {
    /// The branches up to the end of the value, or up to a statement that ends a choice's text.
    fn sequence(&mut self) -> Vec<Branch> {
        let mut branches = vec![Branch::default()];
        while let Some(&item) = self.items.get(self.next) {
            let added = match item {
                Item::Text(span) => vec![plain(self.extractor.source.text, span, self.escapes)],
                Item::Block(block) if self.ends_text(block) => break,
                Item::Block(block) => self.block(block),
            };
            self.next += 1;
            branches = product(branches, added);
        }
        branches
    }

    fn ends_text(&self, block: &Block) -> bool {
        let keyword = block.keyword(self.extractor.source.text);
        block.kind == BlockKind::Statement
            && (statement::splits_choice(keyword) || keyword.starts_with("end"))
    }

    /// The branches of the block at `next`, which is left at the last item that belongs to it.
    fn block(&mut self, block: &'a Block) -> Vec<Branch> {
        let nothing = || vec![Branch::default()];
        match block.kind {
            BlockKind::Comment => nothing(),
            BlockKind::Raw => vec![dynamic(block.span)],
            BlockKind::Output => self.output(block),
            BlockKind::Statement => {
                let keyword = block.keyword(self.extractor.source.text);
                if statement::opens_choice(keyword) {
                    return self.choice();
                }
                if statement::opens_loop(keyword) {
                    return vec![self.skip_loop(block, keyword)];
                }
                if statement::is_silent(keyword) { nothing() } else { self.output(block) }
            }
        }
    }

    fn output(&self, block: &Block) -> Vec<Branch> {
        let urls = self.extractor.block_urls(block);
        urls.into_iter()
            .map(|url| Branch { pieces: url.pieces.into_iter().map(|piece| (piece, block.span)).collect() })
            .map(|branch| match &*branch.pieces {
                [] | [(Piece::Dynamic(_), _)] => dynamic(block.span),
                _ => joined(branch, block.span),
            })
            .collect()
    }

    /// The branches of a choice: those of each of its texts, and none where no `else` says otherwise.
    fn choice(&mut self) -> Vec<Branch> {
        let start = self.next;
        let mut branches = Vec::new();
        let mut total = false;
        loop {
            self.next += 1;
            branches.extend(self.sequence());
            let Some(Item::Block(block)) = self.items.get(self.next) else { break };
            let keyword = block.keyword(self.extractor.source.text);
            if !statement::splits_choice(keyword) {
                break;
            }
            total |= keyword == "else";
        }
        self.next = self.next.min(self.items.len() - 1);
        if branches.len() > MOST_BRANCHES {
            return vec![dynamic(self.range(start, self.next))];
        }
        if !total && !branches.iter().all(is_query) {
            branches.push(Branch::default());
        }
        branches
    }

    fn skip_loop(&mut self, block: &Block, open: &str) -> Branch {
        let start = self.next;
        while self.next + 1 < self.items.len() {
            self.next += 1;
            let Item::Block(inner) = self.items[self.next] else { continue };
            if inner.kind == BlockKind::Statement
                && statement::closes(inner.keyword(self.extractor.source.text), open)
            {
                break;
            }
        }
        let end = self.range(start, self.next);
        dynamic(block.span.to(end))
    }

    fn range(&self, first: usize, last: usize) -> Span {
        let span = |item: &Item<'_>| match item {
            Item::Text(span) => *span,
            Item::Block(block) => block.span,
        };
        span(&self.items[first]).to(span(&self.items[last]))
    }
}

/// Text without a template block in it.
fn plain(text: &str, span: Span, escapes: Escapes) -> Branch {
    Branch { pieces: vec![(Piece::Literal(decode(span.of(text), span.start, escapes)), span)] }
}

fn dynamic(span: Span) -> Branch {
    Branch { pieces: vec![(Piece::Dynamic(span), span)] }
}

/// The pieces of one block share its range: the first takes it, the others stand at its end.
fn joined(mut branch: Branch, block: Span) -> Branch {
    for (_, outer) in branch.pieces.iter_mut().skip(1) {
        *outer = Span::empty(block.end);
    }
    branch
}

/// Whether a branch adds nothing but a query: `{% if debug %}?{% now 'U' %}{% endif %}`.
fn is_query(branch: &Branch) -> bool {
    matches!(branch.pieces.first(), Some((Piece::Literal(literal), _)) if literal.text.starts_with(['?', '&', '#']))
}

fn product(mut left: Vec<Branch>, mut right: Vec<Branch>) -> Vec<Branch> {
    if let ([first], [second]) = (&mut left[..], &mut right[..]) {
        first.pieces.append(&mut second.pieces);
        return left;
    }
    if left.len() * right.len() > MOST_BRANCHES {
        let range = right.iter().flat_map(|branch| &branch.pieces).map(|(_, span)| *span).reduce(Span::to);
        let merged = range.map_or_else(Branch::default, dynamic);
        return left.iter().map(|branch| branch.and(&merged)).collect();
    }
    left.iter().flat_map(|first| right.iter().map(|second| first.and(second))).collect()
}
