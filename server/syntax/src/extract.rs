//! From a source to its references: first its islands, then the template blocks that no island claimed.

use crate::decode::Escapes;
use crate::scan::{Attribute, Block, Island, IslandKind, Scan, scan};
use crate::trees::expression;
use crate::trees::memo::Trees;
use crate::{Enclosing, Inert, Place, blocks, elements, scripts, styles, value};
use crate::{
    ExtractSettings, Extraction, Literal, Piece, Quoting, Reference, Skipped, Source, SourceKind, Span, Url,
};

/// Finds every reference of a source.
pub fn extract(source: &Source<'_>, settings: &ExtractSettings) -> Extraction {
    extract_with(source, settings, None)
}

/// The same with the trees of an earlier text.
pub(crate) fn extract_with(
    source: &Source<'_>,
    settings: &ExtractSettings,
    trees: Option<&Trees>,
) -> Extraction {
    let mut scan = scan(*source, settings);
    let comments = std::mem::take(&mut scan.comments);
    let mut extractor = Extractor { source: *source, settings, trees, scan: &scan, found: Found::default() };
    match source.kind {
        SourceKind::Template => extractor.islands(),
        SourceKind::Stylesheet => styles::stylesheet(&mut extractor, &whole(source, IslandKind::Style)),
        SourceKind::Script => {
            scripts::script(&mut extractor, &whole(source, IslandKind::Script { kind: None }));
        }
    }
    blocks::leftover(&mut extractor);
    let Found { mut references, skipped, base, .. } = extractor.found;
    references.sort_by_key(|reference| (reference.span.start, reference.span.end));
    Extraction {
        references,
        comments,
        has_blocks: scan.has_blocks,
        rendered: scan.rendered,
        macros: std::mem::take(&mut scan.macros),
        imports: std::mem::take(&mut scan.imports),
        base,
        skipped,
    }
}

fn whole(source: &Source<'_>, kind: IslandKind) -> Island {
    let span = Span::new(0, source.text.len());
    Island { kind, span, inert: None, enclosing: Enclosing::default() }
}

/// One extraction under way.
pub(crate) struct Extractor<'a> {
    /// The source.
    pub source: Source<'a>,
    /// What the project says.
    pub settings: &'a ExtractSettings,
    /// The trees that are kept between edits.
    pub trees: Option<&'a Trees>,
    /// Where things stand.
    pub scan: &'a Scan,
    /// What was found so far.
    pub found: Found,
}

/// What an extraction has found.
#[derive(Default)]
pub(crate) struct Found {
    /// The references.
    pub references: Vec<Reference>,
    /// The starts of the helpers of the registry that a reference has, in the order they were found.
    pub helpers: Vec<usize>,
    /// Parts that were passed over.
    pub skipped: Vec<Skipped>,
    /// The page's `<base href>`.
    pub base: Option<String>,
}

/// What the references of one value share.
#[derive(Clone, Debug)]
pub(crate) struct Setting {
    /// Where they stand.
    pub place: Place,
    /// How the text around them is quoted.
    pub quoting: Quoting,
    /// Why they are never loaded.
    pub inert: Option<Inert>,
    /// The blocks around them.
    pub enclosing: Enclosing,
    /// What holds them.
    pub container: Span,
    /// The `integrity` beside them.
    pub integrity: Option<Literal>,
}

impl Extractor<'_> {
    fn islands(&mut self) {
        let scan = self.scan;
        for island in &scan.islands {
            match &island.kind {
                IslandKind::Tag { name, attributes } => {
                    elements::tag(self, island, name, &scan.attributes[attributes.clone()]);
                }
                IslandKind::Style => styles::stylesheet(self, island),
                IslandKind::Script { .. } => scripts::script(self, island),
            }
        }
    }

    /// The blocks that start in `span`, those inside a comment or raw block included.
    pub(crate) fn blocks_in(&self, span: Span) -> &[Block] {
        let blocks = &self.scan.blocks;
        let first = blocks.partition_point(|block| block.span.start < span.start);
        // Few, and the list is long.
        let count = blocks[first..].iter().take_while(|block| block.span.start < span.end).count();
        &blocks[first..first + count]
    }

    /// The attribute whose value holds the byte `offset`, and the tag it belongs to.
    pub(crate) fn tag_at(&self, offset: usize) -> Option<(Option<&Attribute>, &Island)> {
        let before = self.scan.islands.partition_point(|island| island.span.start <= offset);
        let island =
            self.scan.islands[..before].iter().rev().take(2).find(|island| offset < island.span.end)?;
        let IslandKind::Tag { attributes, .. } = &island.kind else { return None };
        let holds = |value: Span| value.start <= offset && offset < value.end;
        let attribute =
            self.scan.attributes[attributes.clone()].iter().find(|it| it.value.is_some_and(holds));
        Some((attribute, island))
    }

    /// The URLs that a block which yields text can become.
    pub(crate) fn block_urls(&self, block: &Block) -> Vec<Url> {
        let inner = block.inner.of(self.source.text);
        match self.trees {
            Some(trees) => trees.urls(block, inner, || expression::urls(self, block, inner)),
            None => expression::urls(self, block, inner),
        }
    }

    /// Adds a reference for each URL that the text of `span` can become and `keep` lets pass.
    pub(crate) fn add(
        &mut self,
        span: Span,
        escapes: Escapes,
        setting: &Setting,
        keep: impl Fn(&Url) -> bool,
    ) {
        for alternative in value::alternatives(self, span, escapes) {
            if names_no_file(&alternative.url) || !keep(&alternative.url) {
                continue;
            }
            self.push(alternative.span, alternative.url, setting);
        }
    }

    /// The same, with an expression behind the text.
    pub(crate) fn add_with(
        &mut self,
        span: Span,
        escapes: Escapes,
        setting: &Setting,
        expression: Span,
        keep: impl Fn(&Url) -> bool,
    ) {
        for mut alternative in value::alternatives(self, span, escapes) {
            if keep(&alternative.url) {
                alternative.url.pieces.push(Piece::Dynamic(expression));
                self.push(alternative.span, alternative.url, setting);
            }
        }
    }

    /// Adds one reference.
    pub(crate) fn push(&mut self, span: Span, url: Url, setting: &Setting) {
        self.found.helpers.extend(url.pieces.iter().filter_map(|piece| match piece {
            Piece::Helper(helper) if helper.versioning.is_some() => Some(helper.span.start),
            _ => None,
        }));
        self.found.references.push(Reference {
            span,
            place: setting.place,
            url,
            quoting: setting.quoting,
            inert: setting.inert,
            enclosing: setting.enclosing,
            container: setting.container,
            integrity: setting.integrity.clone(),
        });
    }

    /// Notes that a part could not be read within bounds.
    pub(crate) fn skip(&mut self, span: Span) {
        self.found
            .skipped
            .push(Skipped { span, reason: "too deeply nested or too broken to be read".to_owned() });
    }
}

/// Whether a URL is a fragment, or of a scheme that loads no file: `data:`, `mailto:`, `javascript:`, …
fn names_no_file(url: &Url) -> bool {
    let Some(Piece::Literal(first)) = url.pieces.first() else { return url.pieces.is_empty() };
    let text = first.text.trim_ascii_start();
    if text.starts_with('#') || (text.is_empty() && url.pieces.len() == 1) {
        return true;
    }
    let scheme = text
        .bytes()
        .take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.'))
        .count();
    let has_scheme = text.as_bytes().get(scheme) == Some(&b':') && scheme > 1;
    has_scheme && !["http", "https"].iter().any(|web| text[..scheme].eq_ignore_ascii_case(web))
}
