//! One finding per span, and no two fixes that write different things at one place.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashSet};

use cachelint_syntax::Span;

use crate::{Finding, Fix, fix};

/// The rule whose fix names another file: it is not put together with a version for the wrong one.
const MISSING: &str = "missing-asset";

/// Merges findings that share a span (the branches of an `{% if %}` in one value): the worst of them speaks, and its
/// fix does for all of them. Where two fixes write different text at the same place, neither stands.
pub(crate) fn one_per_span(mut findings: Vec<Finding>) -> Vec<Finding> {
    drop_conflicts(&mut findings);
    findings.sort_by_key(|finding| (finding.span, Reverse(finding.level)));
    findings.dedup_by(|next, first| {
        let same = next.span == first.span;
        if same && first.rule != MISSING && next.rule != MISSING {
            merge(first, std::mem::take(&mut next.fixes));
        }
        same
    });
    drop_repeats(&mut findings);
    findings
}

fn merge(first: &mut Finding, fixes: Vec<Fix>) {
    match (first.fixes.first_mut(), fixes.into_iter().next()) {
        (Some(own), Some(other)) => fix::join(own, other),
        _ => first.fixes.clear(),
    }
}

/// Drops the fixes that write different texts at one place.
fn drop_conflicts(findings: &mut [Finding]) {
    let mut texts: BTreeMap<Span, Vec<String>> = BTreeMap::new();
    for edit in findings.iter().flat_map(|finding| &finding.fixes).flat_map(|fix| &fix.edits) {
        texts.entry(edit.span).or_default().push(edit.text.clone());
    }
    texts.retain(|_, texts| texts.iter().any(|text| *text != texts[0]));
    for finding in findings {
        finding.fixes.retain(|fix| fix.edits.iter().all(|edit| !texts.contains_key(&edit.span)));
    }
}

/// Leaves an edit that several findings want to the first of them.
fn drop_repeats(findings: &mut [Finding]) {
    let mut seen = HashSet::new();
    for finding in findings {
        finding.fixes.retain(|fix| fix.edits.iter().all(|edit| !seen.contains(edit)));
        seen.extend(finding.fixes.iter().flat_map(|fix| fix.edits.clone()));
    }
}
