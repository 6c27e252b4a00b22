//! One finding per span, and no two fixes that write different things at one place.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashSet};

use cachelint_syntax::Span;

use crate::{Finding, Fix, fix};

/// The rule whose fix names another file: it is not put together with a version for the wrong one.
const MISSING: &str = "missing-asset";

/// What is said where one piece of text is part of several URLs.
const BRANCHES: &str = "several files end in the same text here: write the whole URL in each branch";

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
    let conflict = |fix: &Fix| fix.edits.iter().any(|edit| texts.contains_key(&edit.span));
    for finding in findings.iter_mut().filter(|finding| finding.fixes.iter().any(conflict)) {
        finding.fixes.clear();
        finding.help = Some(BRANCHES.to_owned());
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

#[cfg(test)]
mod tests {
    use cachelint_syntax::{Dialect, Span};

    use crate::testing::resolve;
    use crate::{Digests, Finding, Input, Resolved, Settings, Target, check};

    /// The findings of two branches of one value, of which the second names another file, ending at another offset.
    fn findings(shared_end: bool) -> Vec<Finding> {
        let text = r#"<link href="{% if x %}a.css{% else %}b.css{% endif %}">"#;
        let (extraction, resolved) = resolve(text);
        let branch = |start: usize, digest: u8| {
            let mut branch = resolved[0].clone();
            let span = Span::new(start, start + 5);
            branch.reference.url =
                cachelint_syntax::Url::literal(cachelint_syntax::Literal::verbatim(span.of(text), span));
            if let Target::Asset(asset) = &mut branch.target {
                asset.digests = Some(Digests { sha256: [digest; 32], others: Vec::new() });
            }
            branch
        };
        let second = if shared_end { 22 } else { text.find("b.css").unwrap() };
        let resolved: Vec<Resolved> = vec![branch(22, 0x11), branch(second, 0x22)];
        let settings = Settings::default();
        let dialect = Dialect::Jinja;
        check(&Input { text, dialect, extraction: &extraction, resolved: &resolved, settings: &settings })
            .findings
    }

    #[test]
    fn branches_of_one_value_are_one_finding_whose_fix_versions_each() {
        let found = findings(false);
        assert_eq!(found.len(), 1);
        let texts: Vec<_> = found[0].fixes[0].edits.iter().map(|edit| edit.text.as_str()).collect();
        assert_eq!(texts, ["?v=11111111", "?v=22222222"]);
    }

    #[test]
    fn branches_that_end_in_the_same_text_have_no_fix() {
        let found = findings(true);
        assert_eq!(found.len(), 1);
        assert!(found[0].fixes.is_empty());
        assert_eq!(found[0].help.as_deref(), Some(super::BRANCHES));
    }
}
