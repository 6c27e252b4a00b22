//! A reference to a file that is not there, or is there under a name in another case.

use cachelint_syntax::{SourceKind, Span};

use super::{Check, Rule, Site};
use crate::fix::rename;
use crate::version::literal_path_span;
use crate::{Asset, Finding, Fix, Level, Missing, RootKind, Status, Target};

pub(crate) static RULE: Rule = Rule {
    name: "missing-asset",
    level: Level::Error,
    fixable: true,
    instead_of: &[],
    doc: include_str!("missing-asset.md"),
    check: Check::Reference(check),
};

fn check(site: &Site<'_>) -> Option<Finding> {
    if site.judgement.status != Status::Missing || site.input.kind == SourceKind::Stylesheet {
        return None;
    }
    match &site.resolved.target {
        Target::Missing(missing) => missing_file(site, missing),
        Target::Asset(asset) => other_case(site, asset),
        _ => None,
    }
}

fn missing_file(site: &Site<'_>, missing: &Missing) -> Option<Finding> {
    if missing.is_folder || missing.excuse.is_some() || missing.looked_in.is_empty() {
        return None;
    }
    let message = format!("{} is not in {}", missing.name, list(&missing.looked_in));
    let level = if missing.certain { Level::Error } else { Level::Info };
    Some(Finding { level, ..absent(site, &RULE, missing, message) })
}

/// A finding of `rule` about a file that is not there; it asks for the name that was most likely meant.
pub(super) fn absent(site: &Site<'_>, rule: &Rule, missing: &Missing, mut message: String) -> Finding {
    let suggestion = missing.suggestion.as_deref();
    if let Some(name) = suggestion {
        message.extend([". Did you mean ", name, "?"]);
    }
    let finding = site.finding(rule, span(site), message);
    with(finding, suggestion.and_then(|name| rename(site, &missing.name, name)))
}

fn other_case(site: &Site<'_>, asset: &Asset) -> Option<Finding> {
    let on_disk = asset.case_on_disk.as_deref()?;
    let message = format!("{} is {on_disk} on disk; this fails on Linux", asset.name);
    let level = if asset.root == RootKind::Configured { Level::Error } else { Level::Warning };
    let finding = Finding { level, ..site.finding(&RULE, span(site), message) };
    Some(with(finding, rename(site, &asset.name, on_disk)))
}

fn with(finding: Finding, fix: Option<Fix>) -> Finding {
    match fix {
        Some(fix) => finding.with(fix),
        None => finding,
    }
}

/// The folders as a phrase: `static/`, `static/ or blog/static/`, `a/, b/ or 3 other folders`.
fn list(folders: &[String]) -> String {
    match folders {
        [] => String::new(),
        [one] => one.clone(),
        [one, other] => format!("{one} or {other}"),
        [one, other, rest @ ..] if rest.len() > 1 => {
            format!("{one}, {other} or {} other folders", rest.len())
        }
        [one, other, rest @ ..] => format!("{one}, {other} or {}", rest.concat()),
    }
}

/// The path as written, or the whole reference where it is not written in one piece.
fn span(site: &Site<'_>) -> Span {
    let literal = literal_path_span(&site.resolved.reference);
    literal.filter(|span| !span.is_empty()).unwrap_or(site.resolved.reference.span)
}
