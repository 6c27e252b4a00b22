//! A version as text of the URL: behind the path, before a fragment, after an existing query.

use cachelint_syntax::{Piece, Span, UrlParts};

use crate::Edit;
use crate::rules::Site;

use super::version::{Version, in_block};

/// What is inserted, as people see it, and the edit.
pub(crate) fn insert(site: &Site<'_>, parts: &UrlParts, version: &Version) -> Option<(String, Edit)> {
    let end = end(site, parts)?;
    let inside = in_block(site, end);
    let pair = format!("{}={}", version.parameter(), version.text_value(inside)?);
    let text = format!("{}{pair}", separator(site, parts, end, inside));
    Some((format!("?{pair}"), Edit { span: Span::empty(end), text }))
}

/// Where a query, or a further pair of it, is inserted.
fn end(site: &Site<'_>, parts: &UrlParts) -> Option<usize> {
    if parts.fragment.is_some() {
        return Some(parts.end);
    }
    match site.resolved.reference.url.pieces.last()? {
        Piece::Literal(literal) => {
            Some(literal.span.start + literal.span.of(site.input.text).trim_ascii_end().len())
        }
        piece if piece.span().of(site.input.text).starts_with('{') => Some(piece.span().end),
        piece => after_output(site.input.text, piece.span().end),
    }
}

/// The end of the output that closes right behind `offset`.
fn after_output(text: &str, offset: usize) -> Option<usize> {
    let rest = text.get(offset..)?;
    let inner = rest.trim_start().trim_start_matches(['-', '+']);
    let close = inner.strip_prefix("}}")?;
    Some(text.len() - close.len())
}

fn separator(site: &Site<'_>, parts: &UrlParts, end: usize, inside: bool) -> &'static str {
    if parts.query.is_none() {
        return "?";
    }
    let before = Span::new(site.resolved.reference.span.start.min(end), end).of(site.input.text);
    if before.ends_with(['?', '&']) || before.ends_with("&amp;") {
        return "";
    }
    let escaped = site.resolved.reference.quoting.entities && !inside;
    if escaped && !has_bare_ampersand(before) { "&amp;" } else { "&" }
}

/// Whether an `&` stands that begins no character reference.
fn has_bare_ampersand(text: &str) -> bool {
    text.match_indices('&').any(|(at, _)| {
        let name = &text[at + 1..];
        let letters = name.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'#').count();
        letters == 0 || name.as_bytes().get(letters) != Some(&b';')
    })
}
