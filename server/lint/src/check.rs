//! One source checked: every reference judged, the rules asked, suppressions applied.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use cachelint_syntax::{Dialect, Extraction, LinkRel, Piece, Place, SourceKind, is_script_clock};

use crate::application::{Application, CodePlace};
use crate::judge::{Judgement, is_reported, judge};
use crate::many::map_each;
use crate::merge::one_per_span;
use crate::rules::{self, Check, Rule, Site};
use crate::suppress::{Ledger, Placed, silences_in_code};
use crate::{Elsewhere, Finding, Level, PlainImport, Resolved, Sectioned, Settings, Status};

/// What checking one source needs.
#[derive(Clone, Copy, Debug)]
pub struct Input<'a> {
    /// The text: of the whole source, or of a section of it.
    pub text: &'a str,
    /// The end of what stands before a section, for rules that look back ([`Input::LOOK_BACK`]); empty for the whole.
    pub before: &'a str,
    /// What it is written in.
    pub kind: SourceKind,
    /// Its template language.
    pub dialect: Dialect,
    /// What was found in it beside its references.
    pub extraction: &'a Extraction,
    /// Its references with what they name, in the order of their spans.
    pub resolved: &'a Sectioned<Resolved>,
    /// Its imports of macros that lose a version.
    pub imports: &'a [PlainImport],
    /// The settings for it.
    pub settings: &'a Settings,
    /// What other sources say; `None` where they were not looked at: rules across files then say nothing.
    pub elsewhere: Option<Elsewhere<'a>>,
}

impl<'a> Input<'a> {
    /// How far back any rule looks, in bytes.
    pub(crate) const LOOK_BACK: usize = 4096;

    /// The `length` bytes before byte `offset` of the text, at most [`Input::LOOK_BACK`], what stands before a section
    /// included.
    pub(crate) fn back_from(&self, offset: usize, length: usize) -> Cow<'a, [u8]> {
        debug_assert!(length <= Self::LOOK_BACK);
        let offset = offset.min(self.text.len());
        let own = &self.text.as_bytes()[offset.saturating_sub(length)..offset];
        let missing = length - own.len();
        let before = &self.before.as_bytes()[self.before.len().saturating_sub(missing)..];
        if before.is_empty() { Cow::Borrowed(own) } else { Cow::Owned([before, own].concat()) }
    }
}

/// What is known of one source.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// The findings in the order of their spans, no two of them at one span.
    pub findings: Sectioned<Finding>,
    /// One judgement for each resolved reference, in their order.
    pub judgements: Sectioned<Judgement>,
}

/// What is said of a file of a project's code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CodeReport {
    /// The file, absolute.
    pub path: Arc<Path>,
    /// Its text.
    pub text: Arc<str>,
    /// The findings in the order of their spans.
    pub findings: Vec<Finding>,
}

/// Checks one source.
pub fn check(input: &Input<'_>) -> Report {
    let judgements = judgements(input.resolved, input.settings, &preloaded(input.resolved));
    Report { findings: findings(input, &judgements).into(), judgements: judgements.into() }
}

/// What the rules say of a source whose references have these [`judgements`].
pub(crate) fn findings(input: &Input<'_>, judgements: &[Judgement]) -> Vec<Finding> {
    let mut ledger = Ledger::new(*input);
    let mut placed = of_references(input, judgements);
    placed.extend(of_imports(input));
    placed.retain(|placed| !ledger.silences(placed));
    let mut findings = one_per_span(placed.into_iter().map(|placed| placed.finding).collect());
    findings.extend(of_suppressions(&ledger));
    findings.sort_by_key(|finding| (finding.span.start, finding.span.end));
    findings
}

/// Checks applications, whose tallies are of all their templates: the files of the code of which something is said, by
/// path.
pub fn check_applications(applications: &[Application]) -> Vec<CodeReport> {
    let mut files: BTreeMap<&Path, CodeReport> = BTreeMap::new();
    for (place, finding) in applications.iter().flat_map(of_application) {
        let CodePlace { path, text, .. } = place.clone();
        let empty = CodeReport { path, text, findings: Vec::new() };
        files.entry(&place.path).or_insert(empty).findings.push(finding);
    }
    let mut files: Vec<CodeReport> = files.into_values().collect();
    files.iter_mut().for_each(|file| file.findings.sort_by_key(|it| (it.span.start, it.span.end)));
    files
}

fn of_application(application: &Application) -> impl Iterator<Item = (&CodePlace, Finding)> {
    let found = rules::ALL.iter().filter_map(|rule| {
        let Check::Application(check) = rule.check else { return None };
        let (place, finding) = check(application)?;
        Some((place, levelled(&application.settings, rule, finding)?))
    });
    found.filter(|(place, finding)| !silences_in_code(&place.text, finding))
}

/// The fonts that a source preloads.
pub(crate) fn preloaded(resolved: &Sectioned<Resolved>) -> Vec<Arc<Path>> {
    let is_preload = |it: &&Resolved| it.reference.place == Place::LinkHref(LinkRel::PreloadFont);
    let preloads = resolved.placed().map(|(_, resolved)| resolved).filter(is_preload);
    preloads.filter_map(|it| Some(Arc::clone(&it.asset()?.path))).collect()
}

/// The judgement of each reference; a font that the same source preloads keeps its URL, for the two must be equal.
pub(crate) fn judgements(
    resolved: &[Resolved],
    settings: &Settings,
    preloaded: &[Arc<Path>],
) -> Vec<Judgement> {
    let judge_one = |resolved: &Resolved| {
        let judgement = judge(resolved, settings);
        let font = resolved.reference.place == Place::CssFontUrl;
        let same = resolved.asset().is_some_and(|asset| preloaded.contains(&asset.path));
        if font && same && judgement.status == Status::Unversioned {
            let reason = Some("a preload names the same URL".to_owned());
            return Judgement { status: Status::Exempt, reason, ..judgement };
        }
        judgement
    };
    map_each(resolved.iter().collect(), judge_one)
}

fn of_references(input: &Input<'_>, judgements: &[Judgement]) -> Vec<Placed> {
    let sites = input.resolved.iter().zip(judgements);
    let sites = sites.map(|(resolved, judgement)| Site { input: *input, resolved, judgement });
    let sites = sites.filter(|site| is_reported(site.resolved.reference.place) || is_volatile(site));
    let found = map_each(sites.collect(), |site| (site.resolved.reference.container, of_site(&site)));
    let placed = found.into_iter().flat_map(|(container, findings)| {
        findings.into_iter().map(move |finding| Placed { finding, container })
    });
    placed.collect()
}

/// Whether a script joins the time or chance to the URL, which is a sure sign that it is one.
fn is_volatile(site: &Site<'_>) -> bool {
    let last = site.resolved.reference.url.pieces.last();
    matches!(last, Some(Piece::Dynamic(span)) if is_script_clock(span.of(site.input.text)))
}

/// What the rules say of one reference, those left out that another speaks instead of.
fn of_site(site: &Site<'_>) -> Vec<Finding> {
    let mut silent: Vec<&str> = Vec::new();
    let mut found: Vec<Finding> = Vec::new();
    for rule in rules::ALL {
        let found_by_rule = match rule.check {
            Check::Reference(check) => check(site),
            Check::Across(check) => site.input.elsewhere.and_then(|elsewhere| check(site, &elsewhere)),
            Check::Import(_) | Check::Suppressions(_) | Check::Application(_) => None,
        };
        let Some(finding) = found_by_rule else { continue };
        let is_full = finding.level == rule.level;
        let Some(finding) = levelled(site.input.settings, rule, finding) else { continue };
        if is_full {
            silent.extend(rule.instead_of);
        }
        found.push(finding);
    }
    found.retain(|finding| !silent.contains(&finding.rule));
    found
}

/// What the rules say of the imports of macros.
fn of_imports(input: &Input<'_>) -> Vec<Placed> {
    let checks = rules::ALL.iter().filter_map(|rule| match rule.check {
        Check::Import(check) => Some((rule, check)),
        _ => None,
    });
    let found = checks.flat_map(|(rule, check)| {
        input.imports.iter().filter_map(move |plain| {
            let finding = levelled(input.settings, rule, check(input, plain))?;
            Some(Placed { finding, container: plain.import.span })
        })
    });
    found.collect()
}

fn of_suppressions(ledger: &Ledger<'_>) -> Vec<Finding> {
    let findings = rules::ALL.iter().flat_map(|rule| {
        let found = match rule.check {
            Check::Suppressions(check) => check(ledger),
            Check::Reference(_) | Check::Across(_) | Check::Import(_) | Check::Application(_) => Vec::new(),
        };
        found.into_iter().filter_map(|finding| levelled(ledger.input.settings, rule, finding))
    });
    findings.collect()
}

/// The finding at the level that the settings give its rule.
fn levelled(settings: &Settings, rule: &Rule, finding: Finding) -> Option<Finding> {
    let level = settings.levels.of(rule.name, finding.level);
    (level != Level::Off).then_some(Finding { level, ..finding })
}
