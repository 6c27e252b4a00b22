//! Comments that may carry a suppression.

use crate::Span;

/// The syntax a comment is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CommentKind {
    /// `{# … #}` or `{% comment %} … {% endcomment %}`: never rendered.
    Template,
    /// `<!-- … -->`.
    Html,
    /// `/* … */` in CSS, or a comment of a script.
    Code,
}

/// A comment that mentions `cachelint:`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comment {
    /// The whole comment with its delimiters.
    pub span: Span,
    /// What stands between the delimiters.
    pub body: Span,
    /// Its syntax.
    pub kind: CommentKind,
    /// Whether nothing but white space shares its lines: it then speaks for the next tag.
    pub alone: bool,
    /// The next tag after it: an HTML start tag, or, in a stylesheet or script, the next line that is not blank.
    pub next_tag: Option<Span>,
}
