//! One finding per span, and no two fixes that write different things at one place.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};

use cachelint_syntax::Span;

use crate::{Edit, Finding, Fix, fix};

/// Merges findings that share a span: the worst of them speaks, and where its rule says the same of several references
/// there (the branches of an `{% if %}` in one value) its fix does for all of them. Where two fixes write different text
/// at the same place, neither stands.
pub(crate) fn one_per_span(mut findings: Vec<Finding>) -> Vec<Finding> {
    let shared = shared_places(&findings);
    drop_conflicts(&mut findings, &shared);
    findings.sort_by_key(|finding| (finding.span, Reverse(finding.level)));
    findings.dedup_by(|next, first| {
        let same = next.span == first.span;
        if same && first.rule == next.rule {
            merge(first, std::mem::take(&mut next.fixes));
        }
        same
    });
    drop_repeats(&mut findings, &shared);
    findings
}

fn merge(first: &mut Finding, fixes: Vec<Fix>) {
    match (first.fixes.first_mut(), fixes.into_iter().next()) {
        (Some(own), Some(other)) => {
            fix::join(own, other);
            first.fixes.truncate(1);
        }
        _ => first.fixes.clear(),
    }
}

fn edits(findings: &[Finding]) -> impl Iterator<Item = &Edit> {
    findings.iter().flat_map(|finding| &finding.fixes).flat_map(|fix| &fix.edits)
}

/// The places that more than one edit writes at.
fn shared_places(findings: &[Finding]) -> HashSet<Span> {
    let mut places: Vec<Span> = edits(findings).map(|edit| edit.span).collect();
    places.sort_unstable();
    places.windows(2).filter(|pair| pair[0] == pair[1]).map(|pair| pair[0]).collect()
}

/// Drops the fixes that write different texts at one place.
fn drop_conflicts(findings: &mut [Finding], shared: &HashSet<Span>) {
    let mut texts: HashMap<Span, Vec<String>> = HashMap::new();
    for edit in edits(findings).filter(|edit| shared.contains(&edit.span)) {
        texts.entry(edit.span).or_default().push(edit.text.clone());
    }
    texts.retain(|_, texts| texts.iter().any(|text| *text != texts[0]));
    let conflict = |fix: &Fix| fix.edits.iter().any(|edit| texts.contains_key(&edit.span));
    for finding in findings.iter_mut().filter(|finding| finding.fixes.iter().any(conflict)) {
        finding.fixes.clear();
        finding.help = Some(fix::SHARED.to_owned());
    }
}

/// Leaves an edit that several findings want to the first of them.
fn drop_repeats(findings: &mut [Finding], shared: &HashSet<Span>) {
    let mut seen = HashSet::new();
    for finding in findings {
        finding.fixes.retain(|fix| fix.edits.iter().all(|edit| !seen.contains(edit)));
        let edits = finding.fixes.iter().flat_map(|fix| &fix.edits);
        seen.extend(edits.filter(|edit| shared.contains(&edit.span)).cloned());
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use cachelint_syntax::{Dialect, SourceKind};

    use crate::testing::resolve;
    use crate::{Applicability, Finding, Input, Settings, Target, check};

    /// The findings of `text`, whose files differ: the digest of one is made of its name's first letter.
    fn findings(text: &str) -> Vec<Finding> {
        let (extraction, mut resolved) = resolve(text);
        for target in resolved.iter_mut().map(|resolved| &mut resolved.target) {
            let Target::Asset(asset) = target else { continue };
            let asset = Arc::make_mut(asset);
            if let Some(digests) = &mut asset.digests {
                digests.sha256 = [asset.name.as_bytes()[0]; 32];
            }
        }
        let (dialect, settings) = (Dialect::Jinja, Settings::default());
        check(&Input {
            text,
            before: "",
            kind: SourceKind::Template,
            dialect,
            extraction: &extraction,
            resolved: &resolved,
            imports: &[],
            settings: &settings,
            elsewhere: None,
        })
        .findings
        .into_vec()
    }

    #[test]
    fn each_branch_of_a_value_has_its_own_version() {
        let found = findings(r#"<img src="{% if x %}a.png{% else %}b.png{% endif %}">"#);
        let texts: Vec<_> = found.iter().map(|finding| finding.fixes[0].edits[0].text.as_str()).collect();
        assert_eq!(texts, ["?v=61616161", "?v=62626262"]);
    }

    #[test]
    fn branches_that_end_in_the_same_text_are_one_finding_without_a_fix() {
        let found = findings(r#"<img src="{% if x %}a{% else %}b{% endif %}.png">"#);
        assert_eq!(found.len(), 1);
        assert!(found[0].fixes.is_empty());
        assert_eq!(found[0].help.as_deref(), Some(crate::fix::SHARED));
    }

    #[test]
    fn a_text_that_is_a_url_of_its_own_and_the_end_of_another_has_no_fix() {
        let found = findings(r#"<img src="{% if x %}/a{% endif %}/b.png">"#);
        assert!(!found.is_empty());
        assert!(found.iter().all(|finding| finding.fixes.is_empty()), "{found:?}");
    }

    #[test]
    fn findings_that_share_a_span_share_one_fix() {
        let text =
            r#"<img src="/{% if x %}{{ url_for('static', filename='a.png') }}{% else %}b.png{% endif %}">"#;
        let found = findings(text);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].fixes[0].edits.len(), 2);
        assert_eq!(found[0].fixes[0].applicability, Applicability::Safe);
    }
}
