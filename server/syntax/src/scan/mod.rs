//! One exact, linear pass over a source that knows *where*: template blocks, tags, style and script bodies, comments.

mod blocks;
mod closed;
mod code;
mod comments;
mod cursor;
mod django;
mod elements;
mod enclosing;
mod html;
mod jinja;
mod macros;
mod open;
mod rendered;
mod script;
mod seek;
mod tag;

use std::borrow::Cow;
use std::ops::Range;

pub(crate) use self::closed::closed;
use self::comments::Parts;
use self::html::Found;
pub use self::macros::{Import, Macro, Names};
pub use self::rendered::Rendered;
use crate::{
    Comment, Delimiters, Dialect, Enclosing, ExtractSettings, HelperKind, Inert, Source, SourceKind, Span,
};

/// Where things stand in a source. All lists are in the order of their starts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scan {
    /// The template blocks; those inside a template comment follow the comment.
    pub blocks: Vec<Block>,
    /// The parts that can hold a reference, inert ones included.
    pub islands: Vec<Island>,
    /// The attributes of all tag islands, and of the tags of style and script islands.
    pub attributes: Vec<Attribute>,
    /// The comments that mention `cachelint:`.
    pub comments: Vec<Comment>,
    /// Whether there is any template block.
    pub has_blocks: bool,
    /// What of it is rendered.
    pub rendered: Rendered,
    /// The macros it defines.
    pub macros: Vec<Macro>,
    /// Its imports that hand no context on.
    pub imports: Vec<Import>,
}

/// A template block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// The whole block, delimiters included (of a raw block or `{% comment %}` both tags and what is between).
    pub span: Span,
    /// What is inside, without delimiters and white space control marks (of a raw block or `{% comment %}`
    /// what is between the two tags).
    pub inner: Span,
    /// The first word of a statement.
    pub keyword: Option<Span>,
    /// Where in the HTML it stands.
    pub within: Within,
    /// Why what it renders is never loaded.
    pub inert: Option<Inert>,
    /// The template constructs around it.
    pub enclosing: Enclosing,
}

impl Block {
    /// The first word of a statement; empty for other blocks.
    pub fn keyword<'text>(&self, text: &'text str) -> &'text str {
        self.keyword.map_or("", |keyword| keyword.of(text))
    }
}

/// The kinds of template blocks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum BlockKind {
    /// `{{ … }}`.
    Output,
    /// `{% … %}`.
    Statement,
    /// `{# … #}` or `{% comment %} … {% endcomment %}`.
    Comment,
    /// `{% raw %} … {% endraw %}` or `{% verbatim %} … {% endverbatim %}`: its body is plain text.
    Raw,
}

/// Where in the HTML a template block stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Within {
    /// In running text.
    #[default]
    Text,
    /// In a tag, outside attribute values.
    Tag,
    /// In an attribute's value.
    Value,
    /// In the body of a script, or in a script source.
    Script,
    /// In the body of a style element, or in a stylesheet source.
    Style,
    /// In the running text of an HTML comment.
    HtmlComment,
}

/// A part of a source that can hold a reference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Island {
    /// What it is.
    pub kind: IslandKind,
    /// The whole tag, or the body of a style or script.
    pub span: Span,
    /// Why what it names is never loaded.
    pub inert: Option<Inert>,
    /// The template constructs around it.
    pub enclosing: Enclosing,
}

/// The kinds of islands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum IslandKind {
    /// A start tag that can hold a reference.
    Tag {
        /// The element's name in lower case, up to a template block glued to it.
        name: Cow<'static, str>,
        /// Its attributes in [`Scan::attributes`].
        attributes: Range<usize>,
    },
    /// The body of `<style>`.
    Style,
    /// The body of `<script>`; its tag is an island of its own just before.
    Script {
        /// The value of the `type` attribute, quotes excluded; `None` without one.
        kind: Option<Span>,
    },
}

/// An attribute of a tag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Attribute {
    /// The name as written.
    pub name: Span,
    /// The value, quotes excluded; `None` for an attribute without `=`.
    pub value: Option<Span>,
    /// The quote around the value.
    pub quote: Option<char>,
}

/// Scans a source. Template blocks are cut by the rules of its dialect and, in the Jinja family, by the delimiters of
/// `settings`; their block helpers hand what they enclose to a bundler.
pub fn scan(source: Source<'_>, settings: &ExtractSettings) -> Scan {
    let Source { text, kind, dialect } = source;
    let delimiters = &settings.delimiters;
    let whole = Span::new(0, text.len());
    let foreign = kind != SourceKind::Template && dialect == Dialect::Plain;
    let mut blocks = if foreign { Vec::new() } else { blocks::cut(text, whole, dialect, delimiters).blocks };
    let holes = cursor::holes(&blocks);
    let mut found = Found::default();
    match kind {
        SourceKind::Template => html::walk(text, whole, &holes, None, &mut blocks, &mut found),
        SourceKind::Stylesheet => blocks.iter_mut().for_each(|block| block.within = Within::Style),
        SourceKind::Script => blocks.iter_mut().for_each(|block| block.within = Within::Script),
    }
    let comments = if comments::mentioned(text) {
        comments::collect(&Parts { text, kind, blocks: &blocks, holes: &holes, found: &found })
    } else {
        Vec::new()
    };
    let rendered = rendered::rendered(text, &blocks);
    let (macros, imports) = (macros::macros(text, &blocks), macros::imports(text, &blocks));
    let has_blocks = !blocks.is_empty();
    add_commented(text, dialect, delimiters, &mut blocks, &mut found);
    let bundles = settings.helpers.names(HelperKind::Block);
    enclosing::assign(text, dialect, bundles, &mut blocks, &mut found.islands);
    let Found { islands, attributes, .. } = found;
    Scan { blocks, islands, attributes, comments, has_blocks, rendered, macros, imports }
}

/// The blocks of a text of which no dialect is known, each looked for as it is asked for.
pub(crate) fn plain_blocks(text: &str) -> impl Iterator<Item = Block> {
    django::tokens(text, Dialect::Plain)
}

/// Adds the blocks and islands in template comments.
fn add_commented(
    text: &str,
    dialect: Dialect,
    delimiters: &Delimiters,
    blocks: &mut Vec<Block>,
    found: &mut Found,
) {
    let bodies: Vec<(Span, Within)> = blocks
        .iter()
        .filter(|block| block.kind == BlockKind::Comment)
        .map(|block| (block.inner, block.within))
        .collect();
    let (known_blocks, known_islands) = (blocks.len(), found.islands.len());
    for (body, within) in bodies {
        let mut inner = blocks::cut(text, body, dialect, delimiters).blocks;
        for block in &mut inner {
            (block.within, block.inert) = (within, Some(Inert::TemplateComment));
        }
        if !matches!(within, Within::Style | Within::Script) {
            let holes = cursor::holes(&inner);
            html::walk(text, body, &holes, Some(Inert::TemplateComment), &mut inner, found);
        }
        blocks.append(&mut inner);
    }
    if blocks.len() > known_blocks {
        blocks.sort_by_key(|block| block.span.start);
    }
    if found.islands.len() > known_islands {
        found.islands.sort_by_key(|island| island.span.start);
    }
}
