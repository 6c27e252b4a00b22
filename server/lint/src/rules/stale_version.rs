//! A content version of other content than the file's.

use super::{Check, Rule, Site};
use crate::fix::rename;
use crate::version::literal_path;
use crate::{Finding, Level, Listed, ListedState, Status, stamp};

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
    if let Some(listed) = &site.resolved.listed {
        return superseded(site, listed);
    }
    let asset = site.resolved.asset()?;
    let written = site.judgement.written.as_ref()?;
    let now = stamp(asset.digests.as_ref()?, &site.input.settings.version)?;
    let message = format!("{} is out of date: {} is now {now}", site.shown(written), asset.name);
    Some(site.with_fixes(site.finding(&RULE, written.span, message)))
}

/// A file name that an earlier build made.
fn superseded(site: &Site<'_>, listed: &Listed) -> Option<Finding> {
    let path = literal_path(&site.resolved.reference).filter(|_| listed.state == ListedState::Superseded)?;
    let name = path.text.rsplit('/').next().unwrap_or(&path.text);
    let place = format!("{}:{}", listed.origin.shown, listed.origin.line);
    let message = format!("{name} is out of date: {place} lists {} now", listed.output);
    let span = path.slice(path.text.len() - name.len(), path.text.len()).span;
    let finding = site.finding(&RULE, span, message);
    Some(match rename(site, name, &listed.output) {
        Some(fix) => finding.with(fix),
        None => finding,
    })
}
