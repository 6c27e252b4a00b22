//! A content version of other content than the file's.

use super::{Check, Rule, Site};
use crate::{Finding, Level, Status, stamp};

pub(crate) static RULE: Rule = Rule {
    name: "stale-version",
    level: Level::Error,
    fixable: true,
    instead_of: &[],
    doc: include_str!("stale-version.md"),
    check: Check::Reference(check),
};

fn check(site: &Site<'_>) -> Option<Finding> {
    if site.judgement.status != Status::Stale {
        return None;
    }
    let asset = site.resolved.asset()?;
    let written = site.judgement.written.as_ref()?;
    let now = stamp(asset.digests.as_ref()?, &site.input.settings.version)?;
    let message = format!("{} is out of date: {} is now {now}", site.shown(written), asset.name);
    Some(site.with_fix(site.finding(&RULE, written.span, message)))
}
