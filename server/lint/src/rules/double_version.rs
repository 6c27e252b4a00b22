//! A version beside one that the file's name or the project already gives.

use super::{Check, Rule, Site};
use crate::judge::runtime;
use crate::{
    Applicability, AtRuntime, Carrier, Finding, HELPER_HOOK, Level, Origin, Status, UrlFor, Written,
    behind_url_for, fix,
};

pub(crate) static RULE: Rule = Rule {
    name: "double-version",
    level: Level::Info,
    fixable: true,
    instead_of: &["mixed-versions", "manual-version", "stale-version"],
    doc: include_str!("double-version.md"),
    check: Check::Reference(check),
};

fn check(site: &Site<'_>) -> Option<Finding> {
    use Status::{Manual, Runtime, Stale, Unverifiable, Versioned};
    if !matches!(site.judgement.status, Manual | Runtime | Stale | Unverifiable | Versioned) {
        return None;
    }
    let second = site.resolved.version(site.input.settings).filter(|version| version.is_replaceable())?;
    let is_flask = site.input.settings.url_for == UrlFor::Flask;
    let is_behind = || behind_url_for(site.resolved, site.input.settings).is_some();
    match (&site.resolved.at_runtime, runtime(site.resolved)) {
        (AtRuntime::Versioned(origin), _) if is_flask && is_behind() => {
            Some(behind_call(site, second, origin))
        }
        (_, Some((_, reason))) => Some(beside_helper(site, second, &reason.unwrap_or_default())),
        (_, None) => beside_name(site, second),
    }
}

/// The function that this tool writes adds a query to every URL, whatever stands behind it; what others add is less certain.
fn behind_call(site: &Site<'_>, second: &Written, by: &Origin) -> Finding {
    let is_ours = by.what == HELPER_HOOK;
    let finding = match is_ours {
        true => {
            let shown = site.shown(second);
            let message = format!(
                "{shown} stands behind the version that url_for adds ({}): the URL has two ?",
                by.phrase()
            );
            site.finding(&RULE, second.span, message)
        }
        false => beside_helper(site, second, &format!("by {}", by.phrase())),
    };
    match fix::remove_for(site, second, by) {
        Some(fix) => finding.with(fix),
        None => finding,
    }
}

/// A hint only: with `DEBUG` Django's manifest storages add nothing, so that it is the only version there.
fn beside_helper(site: &Site<'_>, second: &Written, by: &str) -> Finding {
    let message = format!("{} is not needed: the URL is versioned at run time ({by})", site.shown(second));
    Finding { level: Level::Hint, ..site.finding(&RULE, second.span, message) }
}

/// The name changes with the file, so the file is the same without the second version; that is sure where the name
/// holds the file's own digest.
fn beside_name(site: &Site<'_>, second: &Written) -> Option<Finding> {
    let asset = site.resolved.asset()?;
    let name = site.resolved.written.iter().find(|written| written.carrier == Carrier::FileName)?;
    let value = name.value.as_deref()?;
    let message = format!("{} is a second version: the file name already holds {value}", site.shown(second));
    let finding = site.finding(&RULE, second.span, message);
    let Some(mut fix) = fix::remove(site, second) else { return Some(finding) };
    let digests = asset.digests.as_ref();
    if !digests
        .is_some_and(|digests| crate::version::digest::matches(value, digests, &site.input.settings.version))
    {
        fix.applicability = Applicability::Unsafe;
    }
    Some(finding.with(fix))
}
