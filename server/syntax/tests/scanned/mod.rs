//! What a scan found, one line for each block and island, for comparing.

use cachelint_syntax::scan::{Block, BlockKind, Island, IslandKind, Scan, Within, scan};
use cachelint_syntax::{Delimiters, Dialect, Enclosing, Inert, Source, SourceKind, Span};

/// Scans a template with the default delimiters.
pub(crate) fn template(text: &str, dialect: Dialect) -> Scan {
    scan(Source { text, kind: SourceKind::Template, dialect }, &Delimiters::default())
}

/// The islands and blocks in the order of their starts.
pub(crate) fn lines(text: &str, scan: &Scan) -> Vec<String> {
    let islands = scan.islands.iter().map(|found| (found.span.start, island(text, found)));
    let blocks = scan.blocks.iter().map(|found| (found.span.start, block(text, found)));
    let mut lines: Vec<_> = islands.chain(blocks).collect();
    lines.sort_by_key(|&(start, _)| start);
    lines.into_iter().map(|(_, line)| line).collect()
}

fn island(text: &str, island: &Island) -> String {
    let kind = match &island.kind {
        IslandKind::Tag { name, .. } => name.clone(),
        IslandKind::Style => "style body".to_owned(),
        IslandKind::Script { kind: None } => "script body".to_owned(),
        IslandKind::Script { kind: Some(kind) } => format!("{} body", kind.of(text)),
    };
    line(&kind, text, island.span, island.inert, island.enclosing)
}

fn block(text: &str, block: &Block) -> String {
    let kind = match block.kind {
        BlockKind::Output => "output",
        BlockKind::Statement => "statement",
        BlockKind::Comment => "comment",
        BlockKind::Raw => "raw",
    };
    let within = match block.within {
        Within::Text => "text",
        Within::Tag => "tag",
        Within::Value => "value",
        Within::Script => "script",
        Within::Style => "style",
        Within::HtmlComment => "comment",
    };
    line(&format!("{kind} in {within}"), text, block.span, block.inert, block.enclosing)
}

fn line(kind: &str, text: &str, span: Span, inert: Option<Inert>, enclosing: Enclosing) -> String {
    let inert = inert.map_or_else(String::new, |inert| format!(" ({})", inert.reason()));
    let bundle = if enclosing.bundle { " (bundle)" } else { "" };
    let translation = if enclosing.translation { " (translation)" } else { "" };
    format!("{kind}: {}{inert}{bundle}{translation}", span.of(text))
}
