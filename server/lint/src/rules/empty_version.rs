//! A version made of a name that nothing defines: it is empty, and so none.

use cachelint_syntax::Versioning;

use super::{Check, Rule, Site};
use crate::{AtRuntime, Carrier, Finding, Level, Status};

pub(crate) static RULE: Rule = Rule {
    name: "empty-version",
    level: Level::Info,
    fixable: true,
    instead_of: &[],
    doc: include_str!("empty-version.md"),
    check: Check::Reference(check),
};

fn check(site: &Site<'_>) -> Option<Finding> {
    let settings = site.input.settings;
    let asset = site.resolved.asset()?;
    if site.judgement.status != Status::Versioned || settings.undefined.is_empty() || is_versioned(site) {
        return None;
    }
    let version = site.resolved.version(settings).filter(|version| version.value.is_none())?;
    let name = version.expression(site.input.text);
    let is_undefined = settings.undefined.iter().any(|undefined| undefined == name);
    let value = match version.carrier {
        Carrier::Keyword | Carrier::Chained => version.value_span,
        _ => site.output(version.value_span)?,
    };
    let message =
        format!("nothing in the project defines {name}: the version is empty, so {} has none", asset.name);
    let finding = is_undefined.then(|| site.finding(&RULE, value, message))?;
    // Another application of the project may define it.
    let is_habit = settings.habit.expression.as_ref().is_some_and(|habit| habit.contains(name));
    Some(if is_habit { finding } else { site.with_fixes(finding) })
}

/// Whether the helper may add a version of its own.
fn is_versioned(site: &Site<'_>) -> bool {
    let by_helper =
        site.resolved.reference.helper().is_some_and(|helper| helper.versioning != Some(Versioning::Never));
    by_helper || matches!(site.resolved.at_runtime, AtRuntime::Versioned(_))
}
