//! An asset whose version differs from one reference to another.

use cachelint_syntax::Place;

use super::{Check, Rule, Site};
use crate::across::{Carried, Use, related};
use crate::{AtRuntime, Elsewhere, Finding, Level, Status};

pub(crate) static RULE: Rule = Rule {
    name: "mixed-versions",
    level: Level::Warning,
    fixable: true,
    instead_of: &["unversioned-reference", "manual-version"],
    doc: include_str!("mixed-versions.md"),
    check: Check::Across(check),
};

fn check(site: &Site<'_>, elsewhere: &Elsewhere<'_>) -> Option<Finding> {
    let asset = site.resolved.asset()?;
    if matches!(site.resolved.at_runtime, AtRuntime::Plain(_)) {
        // The setting that makes all URLs of the helper carry a version is the way, whatever stands beside it.
        return None;
    }
    if !matches!(site.judgement.status, Status::Unversioned | Status::Manual | Status::Unverifiable) {
        return None;
    }
    let own = Use::of(site.input.text, site.resolved, site.judgement)?;
    let others: Vec<_> = elsewhere.uses(&asset.path).filter(|(_, other)| is_mixed(&own, other)).collect();
    let (first, there) = others.first()?;
    let message = format!(
        "{} has {} here and {} {}; browsers keep both, and one may be old",
        asset.name,
        own.version.said(),
        there.version.said(),
        elsewhere.phrase(first),
    );
    let related = related(&others, |other| format!("{} here", other.version.said()));
    let finding = Finding { related, ..site.finding(&RULE, own.span, message) };
    Some(if own.status == Status::Unverifiable { finding } else { site.with_fixes(finding) })
}

/// Whether a reference is wrong beside another: it has no version where the other has one, or both have a version that
/// is written out, and not the same. Which value an expression has is not known.
fn is_mixed(own: &Use, other: &Use) -> bool {
    use Status::{Manual, Runtime, Stale, Unverifiable, Unversioned, Versioned};
    let counts = matches!(other.status, Versioned | Stale | Manual | Unverifiable | Runtime);
    let in_css = matches!(own.place, Place::CssUrl | Place::CssFontUrl | Place::CssImport);
    let differs = match (own.status, &own.version, &other.version) {
        (Unversioned, Carried::Nothing, there) => !in_css && *there != Carried::Nothing,
        (Manual | Unverifiable, Carried::Literal(here), Carried::Literal(there)) => {
            value(here) != value(there)
        }
        _ => false,
    };
    counts && differs
}

/// The value in `?v=1` or `?1`: one that stands in another parameter is no other version.
fn value(query: &str) -> &str {
    query.split_once('=').map_or_else(|| query.trim_start_matches('?'), |(_, value)| value)
}
