//! Fixes: the edits that give a reference its version.

mod call;
pub(crate) mod convert;
mod helper;
mod name;
mod optional;
mod place;
mod remove;
mod rename;
mod replace;
mod text;
mod version;

#[cfg(test)]
mod tests;

use cachelint_syntax::{HelperKind, Piece, Place, Url};

use crate::rules::Site;
use crate::{Applicability, AtRuntime, Carrier, Edit, Fix, Resolved, Status, Strategy};
use version::Version;

pub(crate) use place::applicability;
pub(crate) use remove::{remove, remove_for};
pub(crate) use rename::rename;
pub(crate) use version::in_block;

/// The fixes that give a reference a version of its own, each in another form, the preferred one first; or what stands
/// against one, for people.
pub(crate) fn fixes(site: &Site<'_>) -> Result<Vec<Fix>, &'static str> {
    let settings = site.input.settings;
    if let Some(obstacle) = obstacle(site) {
        return Err(obstacle);
    }
    let stripped = site.judgement.written.as_ref().filter(|it| it.carrier == Carrier::FileName);
    if let Some(written) = stripped.filter(|_| site.resolved.is_stripped) {
        return Ok(name::replace(site, written).into_iter().collect());
    }
    let in_query = fix(site);
    let alone = |fix: &Fix| !fix.edits.iter().any(|edit| is_shared(site, edit));
    let in_name = name::insert(site).filter(alone);
    let copy = name::copy(site).filter(alone);
    let is_auto = settings.strategy == Strategy::Auto;
    let by_helper = is_auto || settings.strategy == Strategy::Helper;
    let by_name = name::is_served(site)
        && (settings.strategy == Strategy::FileName || is_auto && settings.habit.in_name);
    let (query, obstacle) = match in_query {
        Ok(fix) => (Some(fix), None),
        Err(obstacle) => (None, Some(obstacle)),
    };
    let left_out = left_out(site);
    let is_sure = left_out.as_ref().is_some_and(|fix| fix.applicability == Applicability::Safe);
    let by_manifest = is_auto || settings.strategy == Strategy::FileName;
    let mut all = [
        (is_sure, left_out),
        (by_helper, helper::replace(site)),
        (by_manifest, copy),
        (by_name, in_name),
        (true, query),
    ];
    all.sort_by_key(|(is_preferred, _)| !is_preferred);
    let all: Vec<Fix> = all.into_iter().filter_map(|(_, fix)| fix).collect();
    match obstacle {
        Some(obstacle) if all.is_empty() => Err(obstacle),
        _ => Ok(all),
    }
}

/// The fix that takes a written version out of a call, so that the application adds its own.
fn left_out(site: &Site<'_>) -> Option<Fix> {
    let AtRuntime::Kept(origin) = &site.resolved.at_runtime else { return None };
    let written = site.judgement.written.as_ref().filter(|written| written.carrier == Carrier::Keyword)?;
    let fix = remove_for(site, written, origin)?;
    Some(Fix { title: format!("{}: {} adds a version", fix.title, origin.what), ..fix })
}

/// What stands against a version in any form, for people.
fn obstacle(site: &Site<'_>) -> Option<&'static str> {
    let Some(asset) = site.resolved.asset() else { return Some("the file is not known") };
    if asset.ignored {
        return Some("git ignores the file: let the build that makes it write the version");
    }
    if asset.leads_back {
        return Some("the file refers back to this one: a version of either changes the other");
    }
    let translation = site.resolved.reference.enclosing.translation;
    translation.then_some("the URL is part of a translated text: move it out of the text first")
}

/// The fix that writes a version where URLs have their query, or what stands against one, for people.
fn fix(site: &Site<'_>) -> Result<Fix, &'static str> {
    if site.input.settings.query_ignored_by.is_some() {
        return Err("the CDN ignores queries: put the version in the file name");
    }
    let version = Version::of(site).ok_or("the file was not hashed")?;
    let (title, edits) =
        edits(site, &version).ok_or("the URL is put together in a way that no edit is sure of")?;
    let is_own = |edit: &Edit| edits.len() > 1 || version.is_in(edit);
    if edits.iter().any(|edit| is_own(edit) && is_shared(site, edit)) {
        return Err(SHARED);
    }
    let applicability = match (&site.resolved.at_runtime, site.judgement.status) {
        // The setting that makes all URLs of the helper carry a version is the better way.
        (AtRuntime::Plain(_), Status::Unversioned) => Applicability::Unsafe,
        _ => applicability(site.resolved.reference.place),
    };
    Ok(Fix { title, applicability, edits })
}

/// What is said where one piece of text is part of several URLs.
pub(crate) const SHARED: &str = "several files end in the same text here: write the whole URL in each branch";

/// Whether the text that is edited is part of another URL too, that of another branch of the same value, which names
/// another file or none.
fn is_shared(site: &Site<'_>, edit: &Edit) -> bool {
    let holds_edit =
        |other: &&Resolved| other.reference.url.pieces.iter().any(|piece| piece.span().contains(edit.span));
    let own = site.resolved.asset().map(|asset| &asset.path);
    near(site).filter(holds_edit).any(|other| other.asset().map(|asset| &asset.path) != own)
}

/// The references among which the other branches of the same value are: those whose spans touch its own.
fn near<'a>(site: &Site<'a>) -> impl Iterator<Item = &'a Resolved> {
    let (own, all) = (&site.resolved.reference, site.input.resolved);
    let at = all.partition_point(|other| other.reference.span.start < own.span.start);
    let around = all[at.saturating_sub(MOST_BRANCHES)..].iter().take(3 * MOST_BRANCHES);
    around.filter(|other| {
        let span = other.reference.span;
        span.start <= own.span.end && own.span.start <= span.end
    })
}

/// How many branches of one value extraction tells apart.
const MOST_BRANCHES: usize = 8;

fn edits(site: &Site<'_>, version: &Version) -> Option<(String, Vec<Edit>)> {
    if let Some(written) = site.judgement.written.as_ref().filter(|written| written.is_replaceable()) {
        let (text, edit) = replace::replace(site, written, version)?;
        let title = match (site.judgement.status, written.value.as_deref()) {
            (Status::Stale, _) => format!("Update to {text}"),
            (_, Some("")) => format!("Add {text}"),
            _ => format!("Replace {} with {text}", site.shown(written)),
        };
        return Some((title, vec![edit]));
    }
    let (text, edits) = insert(site, version)?;
    Some((format!("Add {text}"), edits))
}

/// What is inserted, as people see it, and the edits.
fn insert(site: &Site<'_>, version: &Version) -> Option<(String, Vec<Edit>)> {
    let reference = &site.resolved.reference;
    let parts = reference.url.parts();
    if parts.path.is_dynamic() || has_dynamic_path(&parts.path) {
        return None;
    }
    if let (Some(Piece::Helper(helper)), None) = (parts.path.pieces.last(), &parts.query) {
        if helper.kind == HelperKind::Call && helper.endpoint.is_some() {
            let (text, edit) = call::insert(site, helper, version)?;
            return Some((text, vec![edit]));
        }
        if reference.place == Place::StoredTag {
            return None;
        }
    }
    optional::insert(site, &parts, version)
}

fn has_dynamic_path(path: &Url) -> bool {
    path.pieces.iter().any(|piece| match piece {
        Piece::Helper(helper) => helper.path.as_ref().is_some_and(Url::is_dynamic),
        _ => false,
    })
}

/// Puts together the fixes of findings that share a span: all edits, the lesser applicability.
pub(crate) fn join(first: &mut Fix, second: Fix) {
    first
        .edits
        .extend(second.edits.into_iter().filter(|edit| !first.edits.contains(edit)).collect::<Vec<_>>());
    first.edits.sort_by_key(|edit| (edit.span.start, edit.span.end));
    first.applicability = first.applicability.max(second.applicability);
}
