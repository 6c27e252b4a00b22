//! A version in the query, behind a CDN whose cache does not look at queries.

use super::{Check, Rule, Site};
use crate::{Finding, Level, Status};

pub(crate) static RULE: Rule = Rule {
    name: "query-ignored-by-cdn",
    level: Level::Hint,
    fixable: false,
    instead_of: &[],
    doc: include_str!("query-ignored-by-cdn.md"),
    check: Check::Reference(check),
};

fn check(site: &Site<'_>) -> Option<Finding> {
    use Status::{Manual, Stale, Unverifiable, Versioned};
    let cdn = site.input.settings.query_ignored_by.as_ref()?;
    let asset = site.resolved.asset()?;
    if !matches!(site.judgement.status, Manual | Stale | Unverifiable | Versioned) {
        return None;
    }
    let version = site.resolved.version(site.input.settings).filter(|version| version.is_replaceable())?;
    let message = format!(
        "{cdn} ignores the query: with {} it goes on serving the old {}",
        site.shown(version),
        asset.name
    );
    let help = Some(
        "put the version in the file name, or the query in the cache key (cdn-ignores-query = false)"
            .to_owned(),
    );
    Some(Finding { help, ..site.finding(&RULE, site.resolved.reference.span, message) })
}
