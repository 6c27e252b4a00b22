//! A version that somebody must remember to change.

use super::{Check, Rule, Site};
use crate::{Carrier, Finding, Level, Status};

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
    let message = format!("{} is kept by hand and does not change with {}", site.shown(written), asset.name);
    let level = if written.carrier == Carrier::Date { Level::Info } else { Level::Warning };
    let finding = site.finding(&RULE, written.span, message);
    Some(site.with_fixes(Finding { level, ..finding }))
}
