//! A name that Django's manifest storage will not list, so that the page fails where it is deployed.

use cachelint_syntax::{Inert, Versioning};

use super::missing_asset::absent;
use super::{Check, Rule, Site};
use crate::{AtRuntime, Finding, Level, Status, Target};

pub(crate) static RULE: Rule = Rule {
    name: "not-in-manifest",
    level: Level::Error,
    fixable: true,
    instead_of: &["missing-asset"],
    doc: include_str!("not-in-manifest.md"),
    check: Check::Reference(check),
};

/// A name that a storage is asked for is missing only where no folder that it collects, and no package, can hold it. In
/// an HTML comment the storage is asked all the same.
fn check(site: &Site<'_>) -> Option<Finding> {
    let reference = &site.resolved.reference;
    let asks_storage = reference.helper()?.versioning == Some(Versioning::Project);
    let is_rendered = site.judgement.status == Status::Missing
        || reference.inert == Some(Inert::HtmlComment) && !site.is_set_apart();
    let (Target::Missing(missing), AtRuntime::Versioned(origin)) =
        (&site.resolved.target, &site.resolved.at_runtime)
    else {
        return None;
    };
    if !asks_storage || missing.is_folder || missing.excuse.is_some() || !is_rendered {
        return None;
    }
    let message = format!(
        "{} is in no static folder; without DEBUG the page fails ({})",
        missing.name,
        origin.phrase()
    );
    Some(absent(site, &RULE, missing, message))
}
