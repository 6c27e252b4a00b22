//! File names with a hash that the server takes out: `style.3f2a9c1b.css`, where only `style.css` is there.

use std::ops::Range;
use std::sync::Arc;

use cachelint_lint::{Target, build_hash};
use cachelint_syntax::{Literal, Piece, Reference, Url};

use super::{Context, target};
use crate::digest::Wanted;

/// What a name without its hash names, where the name with it names nothing that a build may make.
pub(super) fn apply(context: &Context<'_>, reference: &Reference, named: Target) -> (Target, bool) {
    if !matches!(&named, Target::Missing(missing) if missing.excuse.is_none()) {
        return (named, false);
    }
    match found(context, reference) {
        Some(target) => (target, true),
        None => (named, false),
    }
}

fn found(context: &Context<'_>, reference: &Reference) -> Option<Target> {
    if !holds_hash(&reference.url) {
        return None;
    }
    let mut plain = reference.clone();
    strip(last_literal(&mut plain.url)?)?;
    let Target::Asset(mut asset) = target(context, &plain) else { return None };
    if asset.case_on_disk.is_some() {
        return None;
    }
    let strong = reference.integrity.is_some();
    let wanted = Wanted { others: true, strong, ..Wanted::of(context.config) };
    Arc::make_mut(&mut asset).digests =
        context.world.digests.of(&asset.path, wanted).ok().map(|hashed| hashed.digests);
    Some(Target::Asset(asset))
}

/// Whether a hash may stand in the file name of a URL at all.
fn holds_hash(url: &Url) -> bool {
    url.pieces.iter().any(|piece| match piece {
        Piece::Helper(helper) => helper.path.as_ref().is_some_and(holds_hash),
        Piece::Literal(literal) => hash(&literal.text).is_some(),
        Piece::Dynamic(_) => false,
    })
}

/// The literal that ends the path of a URL.
fn last_literal(url: &mut Url) -> Option<&mut Literal> {
    match url.pieces.iter_mut().find(|piece| !matches!(piece, Piece::Dynamic(_)))? {
        Piece::Helper(helper) => last_literal(Arc::make_mut(helper).path.as_mut()?),
        Piece::Literal(literal) => Some(literal),
        Piece::Dynamic(_) => None,
    }
}

/// Takes the hash that stands between two dots out of a file name.
fn strip(literal: &mut Literal) -> Option<()> {
    let hash = hash(&literal.text)?;
    literal.text.replace_range(hash.start - 1..hash.end, "");
    Some(())
}

/// The bytes of the hash that stands between two dots of the file name in a URL.
fn hash(url: &str) -> Option<Range<usize>> {
    let end = url.find(['?', '#']).unwrap_or(url.len());
    let start = url[..end].rfind('/').map_or(0, |slash| slash + 1);
    let name = &url[start..end];
    let hash = build_hash(name).filter(|hash| hash.start > 1)?;
    let between_dots = name[..hash.start].ends_with('.') && name[hash.end..].starts_with('.');
    between_dots.then(|| start + hash.start..start + hash.end)
}
