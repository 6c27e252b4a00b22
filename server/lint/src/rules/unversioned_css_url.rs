//! A `url()` or `@import` of a stylesheet whose URL does not change when the file does.

use cachelint_syntax::{Place, SourceKind};

use super::{Check, Rule, Site};
use crate::{Finding, Level, Status};

pub(crate) static RULE: Rule = Rule {
    name: "unversioned-css-url",
    level: Level::Warning,
    fixable: true,
    instead_of: &[],
    doc: include_str!("unversioned-css-url.md"),
    check: Check::Reference(check),
};

/// Fonts are left alone: a page that preloads one must name the same URL, and pages are not seen from here.
fn check(site: &Site<'_>) -> Option<Finding> {
    let place = site.resolved.reference.place;
    let looked_at = site.input.kind == SourceKind::Stylesheet && !site.input.settings.rewrites_css;
    if !looked_at || place == Place::CssFontUrl || site.judgement.status != Status::Unversioned {
        return None;
    }
    let asset = site.resolved.asset()?;
    let message =
        format!("{} has no version in its URL; browsers may keep an old copy after it changes", asset.name);
    let level = if place == Place::CssImport { Level::Warning } else { Level::Info };
    let finding = site.finding(&RULE, site.resolved.reference.span, message);
    Some(site.with_fixes(Finding { level, ..finding }))
}
