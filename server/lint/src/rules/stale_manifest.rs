//! A manifest that the disk has left behind: what it lists is not there, or was made of another source.

use super::{Check, Rule, Site};
use crate::{Finding, Level, Listed, ListedState, Status};

pub(crate) static RULE: Rule = Rule {
    name: "stale-manifest",
    level: Level::Warning,
    fixable: false,
    instead_of: &["mixed-versions", "missing-asset", "stale-version", "unversioned-reference"],
    doc: include_str!("stale-manifest.md"),
    check: Check::Reference(check),
};

fn check(site: &Site<'_>) -> Option<Finding> {
    if matches!(site.judgement.status, Status::Inert | Status::Exempt) {
        return None;
    }
    let listed = site.resolved.listed.as_ref()?;
    let message = message(listed)?;
    let help = Some(format!("run the build that writes {} again", listed.origin.shown));
    Some(Finding { help, ..site.finding(&RULE, site.resolved.reference.span, message) })
}

fn message(listed: &Listed) -> Option<String> {
    let Listed { name, output, origin, .. } = listed;
    match listed.state {
        ListedState::Absent => {
            Some(format!("{}:{} lists {output} for {name}, which is not there", origin.shown, origin.line))
        }
        ListedState::Outdated => {
            Some(format!("{name} changed after {} was written; browsers get the old {output}", origin.shown))
        }
        ListedState::Fresh | ListedState::Unverifiable | ListedState::Superseded => None,
    }
}
