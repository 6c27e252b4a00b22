//! The template constructs around each block and island, counted by the keywords of statements.

use super::{Block, BlockKind, Island};
use crate::{Dialect, Enclosing, Inert};

/// The constructs that hand their content to a bundler, with what ends them.
const BUNDLES: [(&str, &str); 2] = [("compress", "endcompress"), ("assets", "endassets")];

/// The constructs whose content is a translation key. Django's `{% trans %}` has no end.
const TRANSLATIONS: [(&str, &str); 3] =
    [("trans", "endtrans"), ("blocktrans", "endblocktrans"), ("blocktranslate", "endblocktranslate")];

/// Tells each block and island what is around it; both lists are in order.
pub(super) fn assign(text: &str, dialect: Dialect, blocks: &mut [Block], islands: &mut [Island]) {
    let keyword = |block: &Block| match (block.kind, block.keyword) {
        (BlockKind::Statement, Some(word)) if block.inert != Some(Inert::TemplateComment) => word.of(text),
        _ => "",
    };
    let mut constructs: Vec<Construct> = constructs(dialect).collect();
    for word in blocks.iter().map(keyword) {
        for construct in &mut constructs {
            construct.ends += usize::from(word == construct.end);
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

struct Construct {
    start: &'static str,
    end: &'static str,
    bundle: bool,
    open: usize,
    /// How many ends are still to come: without one, a start is a tag of its own.
    ends: usize,
}

impl Construct {
    fn pass(&mut self, word: &str) {
        if word == self.start && self.open < self.ends {
            self.open += 1;
        } else if word == self.end {
            self.ends -= 1;
            self.open = self.open.saturating_sub(1);
        }
    }
}

fn constructs(dialect: Dialect) -> impl Iterator<Item = Construct> {
    let rows = |rows: &'static [(&'static str, &'static str)], bundle| {
        rows.iter().map(move |&(start, end)| Construct { start, end, bundle, open: 0, ends: 0 })
    };
    rows(&BUNDLES, true)
        .chain(rows(&TRANSLATIONS, false))
        .filter(move |construct| dialect != Dialect::Django || construct.start != "trans")
}

fn enclosing(constructs: &[Construct]) -> Enclosing {
    let any = |bundle| constructs.iter().any(|construct| construct.bundle == bundle && construct.open > 0);
    Enclosing { bundle: any(true), translation: any(false) }
}
