//! The template constructs around each block and island, counted by the keywords of statements.

use super::{Block, BlockKind, Island};
use crate::{Dialect, Enclosing, Inert, Span};

/// The constructs whose content is a translation key. Django's `{% trans %}` has no end.
const TRANSLATIONS: [&str; 3] = ["trans", "blocktrans", "blocktranslate"];

/// Tells each block and island what is around it; both lists are in order. `bundles` are the constructs that hand
/// their content to a bundler.
pub(super) fn assign<'a>(
    text: &str,
    dialect: Dialect,
    bundles: impl Iterator<Item = &'a str>,
    blocks: &mut [Block],
    islands: &mut [Island],
) {
    let keyword = |block: &Block| match (block.kind, block.keyword) {
        (BlockKind::Statement, Some(word)) if block.inert != Some(Inert::TemplateComment) => word.of(text),
        _ => "",
    };
    let mut constructs: Vec<Construct<'a>> = constructs(dialect, bundles).collect();
    for word in blocks.iter().map(keyword) {
        for construct in &mut constructs {
            construct.ends += usize::from(construct.is_end(word));
        }
    }
    if constructs.iter().all(|construct| construct.ends == 0) {
        return;
    }
    let mut islands = islands.iter_mut().peekable();
    for block in blocks {
        let around = enclosing(&constructs);
        while let Some(island) = islands.next_if(|island| island.span.start < block.span.end) {
            island.enclosing = around;
        }
        let word = keyword(block);
        for construct in &mut constructs {
            construct.pass(word);
        }
        block.enclosing = around;
    }
    let around = enclosing(&constructs);
    islands.for_each(|island| island.enclosing = around);
}

/// From the start of each construct to its end, in order; of one that does not end, to the end of all texts.
pub(super) fn spans<'a>(
    text: &str,
    dialect: Dialect,
    bundles: impl Iterator<Item = &'a str>,
    blocks: &[Block],
) -> Vec<Span> {
    // Each start may have an end that is still to come.
    let unbounded = |construct| Construct { ends: usize::MAX, ..construct };
    let mut constructs: Vec<_> = constructs(dialect, bundles).map(unbounded).collect();
    let mut spans: Vec<Span> = Vec::new();
    let mut was_open = false;
    for block in blocks.iter().filter(|block| block.kind == BlockKind::Statement) {
        let word = block.keyword(text);
        constructs.iter_mut().for_each(|construct| construct.pass(word));
        let is_open = constructs.iter().any(|construct| construct.open > 0);
        match (was_open, is_open) {
            (false, true) => spans.push(Span::new(block.span.start, usize::MAX)),
            (true, false) => spans.last_mut().into_iter().for_each(|span| span.end = block.span.end),
            _ => {}
        }
        was_open = is_open;
    }
    spans
}

struct Construct<'a> {
    name: &'a str,
    bundle: bool,
    open: usize,
    /// How many ends are still to come: without one, a start is a tag of its own.
    ends: usize,
}

impl Construct<'_> {
    fn is_end(&self, word: &str) -> bool {
        word.strip_prefix("end") == Some(self.name)
    }

    fn pass(&mut self, word: &str) {
        if word == self.name && self.open < self.ends {
            self.open += 1;
        } else if self.is_end(word) {
            self.ends -= 1;
            self.open = self.open.saturating_sub(1);
        }
    }
}

fn constructs<'a>(
    dialect: Dialect,
    bundles: impl Iterator<Item = &'a str>,
) -> impl Iterator<Item = Construct<'a>> {
    let construct = |bundle| move |name| Construct { name, bundle, open: 0, ends: 0 };
    let translations =
        TRANSLATIONS.into_iter().filter(move |name| dialect != Dialect::Django || *name != "trans");
    bundles.map(construct(true)).chain(translations.map(construct(false)))
}

fn enclosing(constructs: &[Construct<'_>]) -> Enclosing {
    let any = |bundle| constructs.iter().any(|construct| construct.bundle == bundle && construct.open > 0);
    Enclosing { bundle: any(true), translation: any(false) }
}
