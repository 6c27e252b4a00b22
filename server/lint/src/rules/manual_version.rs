//! A version that somebody must remember to change.

use super::{Check, Rule, Site};
use crate::{Carrier, Date, Finding, Level, Status};

pub(crate) static RULE: Rule = Rule {
    name: "manual-version",
    level: Level::Warning,
    fixable: true,
    instead_of: &[],
    doc: include_str!("manual-version.md"),
    check: Check::Reference(check),
};

fn check(site: &Site<'_>) -> Option<Finding> {
    if site.judgement.status != Status::Manual {
        return None;
    }
    let asset = site.resolved.asset()?;
    let written = site.judgement.written.as_ref()?;
    let (shown, name) = (site.shown(written), &asset.name);
    let message = match site.resolved.changed_since.map(Date::of) {
        Some(date) => {
            format!("{shown} is older than {name} (changed {date}); browsers may keep the old file")
        }
        None => format!("{shown} is kept by hand and does not change with {name}"),
    };
    let level = if written.carrier == Carrier::Date { Level::Info } else { Level::Warning };
    let finding = site.finding(&RULE, written.span, message);
    Some(site.with_fixes(Finding { level, ..finding }))
}
