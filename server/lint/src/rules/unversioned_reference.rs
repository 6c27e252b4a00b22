//! A reference whose URL does not change when the file does.

use cachelint_syntax::SourceKind;

use super::{Check, Rule, Site};
use crate::{AssetKind, AtRuntime, Finding, Level, Status};

pub(crate) static RULE: Rule = Rule {
    name: "unversioned-reference",
    level: Level::Warning,
    fixable: true,
    instead_of: &[],
    doc: include_str!("unversioned-reference.md"),
    check: Check::Reference(check),
};

fn check(site: &Site<'_>) -> Option<Finding> {
    if site.judgement.status != Status::Unversioned || site.input.kind == SourceKind::Stylesheet {
        return None;
    }
    let asset = site.resolved.asset()?;
    let message =
        format!("{} has no version in its URL; browsers may keep an old copy after it changes", asset.name);
    let level = match (AssetKind::of(&asset.name), &site.resolved.at_runtime) {
        (_, AtRuntime::Plain(_)) => Level::Info,
        (AssetKind::Stylesheet | AssetKind::Script, _) => Level::Warning,
        _ => Level::Info,
    };
    let finding = site.finding(&RULE, site.resolved.reference.span, message);
    Some(site.with_fixes(Finding { level, ..finding }))
}
