//! A version as text of the URL: behind the path, before a fragment, after an existing query.

use cachelint_syntax::{Piece, Span, UrlParts};

use crate::Edit;
use crate::rules::Site;

use super::version::{Version, in_block};

/// What is inserted, as people see it, and the edit, at `end`; `has_query` says whether a query began before.
pub(crate) fn insert(
    site: &Site<'_>,
    end: usize,
    has_query: bool,
    version: &Version,
) -> Option<(String, Edit)> {
    let pair = format!("{}={}", version.parameter(), version.text_value(in_block(site, end))?);
    let text = format!("{}{pair}", if has_query { separator(site, end) } else { "?" });
    Some((format!("?{pair}"), Edit { span: Span::empty(end), text }))
}

/// Where a query, or a further pair of it, is inserted.
pub(crate) fn end(site: &Site<'_>, parts: &UrlParts) -> Option<usize> {
    if parts.fragment.is_some() {
        return Some(parts.end);
    }
    end_of(site, site.resolved.reference.url.pieces.last()?)
}

/// Where the text that a piece becomes ends, the output around it included.
pub(crate) fn end_of(site: &Site<'_>, piece: &Piece) -> Option<usize> {
    match piece {
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

/// What stands between the query before `end` and a further pair.
fn separator(site: &Site<'_>, end: usize) -> &'static str {
    let before = before(site, end);
    if before.ends_with(['?', '&']) || before.ends_with("&amp;") { "" } else { ampersand(site, end) }
}

/// `&` as it is written at byte `offset`.
pub(crate) fn ampersand(site: &Site<'_>, offset: usize) -> &'static str {
    let escaped = site.resolved.reference.quoting.entities && !in_block(site, offset);
    if escaped && !has_bare_ampersand(before(site, offset)) { "&amp;" } else { "&" }
}

/// What is written of the URL before byte `offset`.
fn before<'a>(site: &Site<'a>, offset: usize) -> &'a str {
    Span::new(site.resolved.reference.span.start.min(offset), offset).of(site.input.text)
}

/// Whether an `&` stands that begins no character reference.
fn has_bare_ampersand(text: &str) -> bool {
    text.match_indices('&').any(|(at, _)| {
        let name = &text[at + 1..];
        let letters = name.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'#').count();
        letters == 0 || name.as_bytes().get(letters) != Some(&b';')
    })
}
