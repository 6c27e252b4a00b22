//! One exact, linear pass over a source that knows *where*: template blocks, tags, style and script bodies, comments.

use std::ops::Range;

use crate::{Comment, Delimiters, Enclosing, Inert, Source, Span};

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
    /// Whether the first statement is `{% extends … %}`.
    pub extends: bool,
    /// Whether all that is rendered stands in `{% macro %}` definitions.
    pub macros_only: bool,
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
    /// In running text (of a stylesheet or script source: anywhere).
    #[default]
    Text,
    /// In a tag, outside attribute values.
    Tag,
    /// In an attribute's value.
    Value,
    /// In the body of a script.
    Script,
    /// In the body of a style element.
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
        name: String,
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

/// Scans a source. Template blocks are cut by the rules of its dialect; `delimiters` are those of the Jinja family.
pub fn scan(source: Source<'_>, delimiters: &Delimiters) -> Scan {
    let _ = (source, delimiters);
    Scan::default()
}
