//! A literal URL written as the project's helper, where the two make the same URL.

use cachelint_lint::{Resolved, conversion};

use super::{Action, ActionKind, Effect, Site};
use crate::FileEdits;
use crate::snapshot::input;

/// The action that writes a literal with a helper; `None` where that would not be exact, or a finding's fix does it.
pub(super) fn action(site: &Site<'_>, resolved: &Resolved) -> Option<Action> {
    let conversion = conversion(&input(&site.checked.text, &site.checked.analysis), resolved)?;
    let is_fix = |title: &str| *title == conversion.title;
    let fixes = site.checked.report.findings.iter().flat_map(|finding| &finding.fixes);
    if fixes.filter(|fix| fix.edits == conversion.edits).any(|fix| is_fix(&fix.title)) {
        return None;
    }
    Some(Action {
        title: conversion.title,
        kind: ActionKind::Rewrite,
        preferred: false,
        finding: None,
        effect: Effect::Edits(vec![FileEdits::of(site.checked, conversion.edits)?]),
    })
}
