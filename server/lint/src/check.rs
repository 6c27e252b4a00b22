//! One source checked: every reference judged, the rules asked, suppressions applied.

use cachelint_syntax::{Dialect, Extraction};

use crate::judge::{Judgement, judge};
use crate::rules::{self, Check, Site};
use crate::{Finding, Level, Resolved, Settings};

/// What checking one source needs.
#[derive(Clone, Copy, Debug)]
pub struct Input<'a> {
    /// The whole text.
    pub text: &'a str,
    /// Its template language.
    pub dialect: Dialect,
    /// What was found in it.
    pub extraction: &'a Extraction,
    /// Its references with what they name, in the order of `extraction.references`.
    pub resolved: &'a [Resolved],
    /// The settings for it.
    pub settings: &'a Settings,
}

/// What is known of one source.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// The findings in the order of their spans, no two of them at one span.
    pub findings: Vec<Finding>,
    /// One judgement for each resolved reference, in their order.
    pub judgements: Vec<Judgement>,
}

/// Checks one source.
pub fn check(input: &Input<'_>) -> Report {
    let judgements: Vec<_> = input.resolved.iter().map(|resolved| judge(resolved, input.settings)).collect();
    let mut findings = of_references(input, &judgements);
    findings.sort_by_key(|finding| (finding.span.start, finding.span.end));
    Report { findings, judgements }
}

fn of_references(input: &Input<'_>, judgements: &[Judgement]) -> Vec<Finding> {
    let sites = input.resolved.iter().zip(judgements);
    let sites = sites.map(|(resolved, judgement)| Site { input: *input, resolved, judgement });
    sites
        .filter(|site| crate::judge::is_reported(site.resolved.reference.place))
        .filter_map(|site| of_site(&site))
        .collect()
}

fn of_site(site: &Site<'_>) -> Option<Finding> {
    rules::ALL.iter().find_map(|rule| {
        let Check::Reference(check) = rule.check else { return None };
        let mut finding = check(site)?;
        finding.level = site.input.settings.levels.of(rule.name, finding.level);
        (finding.level != Level::Off).then_some(finding)
    })
}
