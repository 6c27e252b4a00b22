//! A module that is imported by two URLs: it runs twice, with two states.

use cachelint_syntax::Place;

use super::{Check, Rule, Site};
use crate::across::{Carried, Use, related};
use crate::{Elsewhere, Finding, Level};

pub(crate) static RULE: Rule = Rule {
    name: "module-loaded-twice",
    level: Level::Warning,
    fixable: false,
    instead_of: &["manual-version", "mixed-versions"],
    doc: include_str!("module-loaded-twice.md"),
    check: Check::Across(check),
};

fn check(site: &Site<'_>, elsewhere: &Elsewhere<'_>) -> Option<Finding> {
    let asset = site.resolved.asset()?;
    if !is_import(site.resolved.reference.place) {
        return None;
    }
    let own = Use::of(site.input.text, site.resolved, site.judgement)?;
    let is_mapped = elsewhere.uses(&asset.path).any(|(_, other)| other.place == Place::ImportMap);
    if is_mapped || own.query == Carried::Nothing {
        return None;
    }
    let differs = |other: &Use| is_import(other.place) && own.same_query(other) == Some(false);
    let others: Vec<_> = elsewhere.uses(&asset.path).filter(|(_, other)| differs(other)).collect();
    let (first, there) = others.first()?;
    let message = format!(
        "{} is imported with {} here and {} {}; browsers run it twice",
        asset.name,
        own.query.said(),
        there.query.said(),
        elsewhere.phrase(first),
    );
    let related = related(&others, |other| format!("{} here", other.query.said()));
    let help = Some("write the same URL in both, or name it in an import map".to_owned());
    Some(Finding { help, related, ..site.finding(&RULE, own.span, message) })
}

const fn is_import(place: Place) -> bool {
    matches!(place, Place::ModuleScriptSrc | Place::ModuleImport)
}
