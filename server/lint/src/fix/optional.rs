//! A version before what only some branches of a value add to the URL: `a.js{% if d %}?d=1{% endif %}`.

use std::collections::BTreeSet;

use cachelint_syntax::{Piece, Span, UrlParts};

use crate::rules::Site;
use crate::{Edit, Resolved};

use super::near;
use super::text;
use super::version::Version;

/// What is inserted, as people see it, and the edits: at the end of the URL, or before the first part of it that other
/// branches lack, whose `?` then becomes `&`.
pub(crate) fn insert(site: &Site<'_>, parts: &UrlParts, version: &Version) -> Option<(String, Vec<Edit>)> {
    let pieces = &site.resolved.reference.url.pieces;
    let optional = first_optional(site, parts);
    let before = pieces.get(optional.unwrap_or(pieces.len()).checked_sub(1)?)?;
    let end = if optional.is_some() { text::end_of(site, before)? } else { text::end(site, parts)? };
    let has_query = parts.query.as_ref().is_some_and(|query| query.mark < end);
    if !near(site).all(|other| suits(site, other, before, has_query)) {
        return None;
    }
    let (shown, edit) = text::insert(site, end, has_query, version)?;
    let marks: BTreeSet<Span> = near(site).filter_map(|other| mark_behind(other, before)).collect();
    let marks =
        marks.into_iter().map(|span| Edit { span, text: text::ampersand(site, span.start).to_owned() });
    Some((shown, [edit].into_iter().chain(marks).collect()))
}

/// The `?` that the URL of `other` goes on with behind `piece`, if that is a part of it.
fn mark_behind(other: &Resolved, piece: &Piece) -> Option<Span> {
    match next(other, piece)? {
        Piece::Literal(literal) if literal.text.starts_with('?') => Some(literal.slice(0, 1).span),
        _ => None,
    }
}

/// The piece behind `piece` in the URL of `other`.
fn next<'a>(other: &'a Resolved, piece: &Piece) -> Option<&'a Piece> {
    let mut pieces = other.reference.url.pieces.iter().skip_while(|it| it.span() != piece.span());
    pieces.nth(1)
}

/// The first piece behind the path that a statement or another output parts from what stands before it.
fn first_optional(site: &Site<'_>, parts: &UrlParts) -> Option<usize> {
    let pieces = &site.resolved.reference.url.pieces;
    let path_end = parts.path.pieces.last()?.span().end;
    let is_optional = |pair: &[Piece]| {
        let (end, start) = (pair[0].span().end, pair[1].span().start);
        let between = site.input.text.get(end..start).unwrap_or_default();
        let goes_on = ['?', '&', '#'].iter().any(|&mark| starts_with(&pair[1], mark));
        start >= path_end && (between.contains("{%") || goes_on && between.contains("{{"))
    };
    Some(pieces.windows(2).position(is_optional)? + 1)
}

fn starts_with(piece: &Piece, mark: char) -> bool {
    matches!(piece, Piece::Literal(literal) if literal.text.starts_with(mark))
}

/// Whether the URL of `other` stays right with a version behind `piece`, if that is a part of it: it goes on there with
/// a query, a further pair or a fragment, and has no version of its own.
fn suits(site: &Site<'_>, other: &Resolved, piece: &Piece, has_query: bool) -> bool {
    if !other.reference.url.pieces.iter().any(|it| it.span() == piece.span()) {
        return true;
    }
    let is_own = other.reference == site.resolved.reference;
    let is_versioned = || other.version(site.input.settings).is_some();
    let mark = if has_query { '&' } else { '?' };
    let goes_on = |next: &Piece| starts_with(next, mark) || starts_with(next, '#');
    (is_own || !is_versioned()) && next(other, piece).is_none_or(goes_on)
}
