//! A version in the file name: `style.3f2a9c1b.css`, for which the server must serve `style.css`.

use cachelint_syntax::{Literal, Piece, Place, Span, Versioning};

use super::place;
use crate::rules::Site;
use crate::version::literal_path;
use crate::{Applicability, Edit, Fix, Strategy, Written, stamp};

/// Whether something takes a hash out of the name of a site's asset again: a rule that was found, or whatever serves
/// the names that the project writes already.
pub(crate) fn is_served(site: &Site<'_>) -> bool {
    let Some(asset) = site.resolved.asset() else { return false };
    let extension = asset.name.rsplit('.').next().unwrap_or_default();
    let by_rule = site.input.settings.hashed_names.as_ref().is_some_and(|rule| {
        let named = rule.extensions.as_ref().is_none_or(|all| all.iter().any(|one| one == extension));
        named && asset.url.starts_with(&rule.prefix)
    });
    by_rule || site.input.settings.habit.in_name
}

/// The fix that puts the version into the file name, where something is known to take it out again or the configuration
/// wants it there; without the first it is not safe.
pub(crate) fn insert(site: &Site<'_>) -> Option<Fix> {
    if !is_served(site) && site.input.settings.strategy != Strategy::FileName {
        return None;
    }
    let literal = undecorated(site)?;
    let at = literal.text.rfind('.').filter(|at| !literal.text[*at..].contains('/'))?;
    let offset = literal.source_offset(at);
    let extension = Span::new(offset, literal.span.end).of(site.input.text);
    let stamp = stamp_of(site)?;
    let name = literal.text.rsplit('/').next().unwrap_or_default();
    let stem = name.strip_suffix(extension).filter(|stem| !stem.is_empty())?;
    let title = format!("Name it {stem}.{stamp}{extension}");
    Some(fix(site, title, Edit { span: Span::empty(offset), text: format!(".{stamp}") }))
}

/// The fix that names the copy with a hash that a build has put beside the asset.
pub(crate) fn copy(site: &Site<'_>) -> Option<Fix> {
    let (copy, literal) = (site.resolved.copy.as_ref()?, undecorated(site)?);
    let start = literal.text.rfind('/').map_or(0, |slash| slash + 1);
    let name = literal.slice(start, literal.text.len());
    let asset = site.resolved.asset()?.name.rsplit('/').next()?;
    (name.text == asset && name.span.of(site.input.text) == asset).then(|| Fix {
        title: format!("Name it {copy}"),
        applicability: place::applicability(site.resolved.reference.place),
        edits: vec![Edit { span: name.span, text: copy.clone() }],
    })
}

/// The path where it is written as text, without a version, and names the file that is loaded.
fn undecorated(site: &Site<'_>) -> Option<Literal> {
    let reference = &site.resolved.reference;
    let decided = |piece: &Piece| match piece {
        Piece::Helper(helper) => helper.versioning == Some(Versioning::Never),
        Piece::Literal(_) => true,
        Piece::Dynamic(_) => false,
    };
    let is_plain = site.judgement.written.is_none() && reference.place != Place::StoredTag;
    let is_decided = reference.url.parts().path.pieces.iter().all(decided);
    literal_path(reference).filter(|_| is_plain && is_decided)
}

/// The fix that writes the version of now in place of another in the file name.
pub(crate) fn replace(site: &Site<'_>, written: &Written) -> Option<Fix> {
    let stamp = stamp_of(site)?;
    let title = format!("Update {} to {stamp}", written.shown());
    Some(fix(site, title, Edit { span: written.value_span, text: stamp }))
}

fn stamp_of(site: &Site<'_>) -> Option<String> {
    stamp(site.resolved.asset()?.digests.as_ref()?, &site.input.settings.version)
}

fn fix(site: &Site<'_>, title: String, edit: Edit) -> Fix {
    let known = is_served(site) || site.resolved.is_stripped;
    let applicability = match known {
        true => place::applicability(site.resolved.reference.place),
        false => Applicability::Unsafe,
    };
    Fix { title, applicability, edits: vec![edit] }
}
