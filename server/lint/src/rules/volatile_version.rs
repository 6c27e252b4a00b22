//! A version that is another each time the page is rendered.

use cachelint_syntax::{Dialect, Versioning, is_script_clock};

use super::{Check, Rule, Site};
use crate::version::clock;
use crate::{AssetKind, AtRuntime, Carrier, Finding, Level, Status, Written, fix};

pub(crate) static RULE: Rule = Rule {
    name: "volatile-version",
    level: Level::Warning,
    fixable: true,
    instead_of: &["double-version"],
    doc: include_str!("volatile-version.md"),
    check: Check::Reference(check),
};

fn check(site: &Site<'_>) -> Option<Finding> {
    use Status::{Runtime, Versioned};
    if !matches!(site.judgement.status, Runtime | Versioned) {
        return None;
    }
    let asset = site.resolved.asset()?;
    let is_code = matches!(AssetKind::of(&asset.name), AssetKind::Stylesheet | AssetKind::Script);
    if asset.ignored && !is_code {
        return None;
    }
    let version = site.resolved.version(site.input.settings)?;
    let value = match version.carrier {
        Carrier::Keyword | Carrier::Chained => version.value_span,
        _ => site.output(version.value_span)?,
    };
    let expression = value.of(site.input.text);
    let in_script = is_script_clock(expression);
    let is_django = site.input.dialect == Dialect::Django;
    if version.value.is_some()
        || !(in_script || clock::is_volatile(expression, is_django))
        || is_for_developers(site, version)
    {
        return None;
    }
    let (when, again) =
        if in_script { ("the script runs", "each time") } else { ("the page is rendered", "on every page") };
    let message =
        format!("{expression} is another each time {when}; browsers load {} anew {again}", asset.name);
    let level = if is_code { Level::Warning } else { Level::Info };
    let finding = Finding { level, ..site.finding(&RULE, value, message) };
    Some(if in_script { finding } else { with_fix(site, finding, version) })
}

/// Beside a helper that versions by itself the version goes; beside one of which that is not known nothing is sure.
fn with_fix(site: &Site<'_>, finding: Finding, version: &Written) -> Finding {
    let versioning = site.resolved.reference.helper().and_then(|helper| helper.versioning);
    match (&site.resolved.at_runtime, versioning) {
        (AtRuntime::Versioned(_) | AtRuntime::Kept(_), _) | (AtRuntime::Unread, Some(Versioning::Always)) => {
            match fix::remove(site, version) {
                Some(fix) => finding.with(fix),
                None => finding,
            }
        }
        (AtRuntime::Unread, Some(Versioning::Project)) => finding,
        _ => site.with_fixes(finding),
    }
}

/// How far back a condition around the reference is looked for, in bytes.
const FARTHEST_CONDITION: usize = 1000;

/// Whether the nearest condition before the version is about debugging or development, where caching is not wanted.
fn is_for_developers(site: &Site<'_>, version: &Written) -> bool {
    let before = site.input.back_from(version.span.start, FARTHEST_CONDITION);
    let before = String::from_utf8_lossy(&before);
    let words = |tag: &str| tag.trim_start_matches(['-', '+']).split_whitespace().next().map(str::to_owned);
    let mut conditions = before.rsplit("{%").filter_map(|tag| Some((words(tag)?, tag)));
    let nearest = conditions.find(|(word, _)| matches!(word.as_str(), "if" | "elif" | "else" | "endif"));
    nearest.is_some_and(|(word, tag)| {
        let condition = tag.split("%}").next().unwrap_or(tag).to_ascii_lowercase();
        matches!(word.as_str(), "if" | "elif") && ["debug", "dev"].iter().any(|word| condition.contains(word))
    })
}
