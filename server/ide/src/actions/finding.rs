//! Actions on a finding: its fixes, suppressions, the documentation of its rule.

use cachelint_lint::{Edit, Finding, Resolved, Target, code_suppression, file_suppression, suppression};

use super::{Action, ActionKind, Effect, Site, Work, configure};
use crate::FileEdits;
use crate::edits::safe_fix;

/// The actions on the finding of that number, its preferred fix first.
pub(super) fn actions(site: &Site<'_>, number: usize, finding: &Finding) -> Vec<Action> {
    let quick = |title: String, effect: Effect| Action {
        title,
        kind: ActionKind::QuickFix,
        preferred: false,
        finding: Some(number),
        effect,
    };
    let fixes = finding.fixes.iter().enumerate().filter_map(|(place, fix)| {
        let effect = edits(site, fix.edits.clone())?;
        Some(Action { preferred: place == 0, ..quick(fix.title.clone(), effect) })
    });
    let mut all: Vec<Action> = fixes.collect();
    all.extend(fix_rule(site, finding).map(|(title, effect)| quick(title, effect)));
    all.extend(add_helper(site, finding).map(|(title, effect)| quick(title, effect)));
    if let Some(resolved) = reference_of(site, finding) {
        let ignored = ignores(site, finding, resolved);
        all.extend(ignored.into_iter().map(|(title, effect)| quick(title, effect)));
    }
    let in_code = code_suppression(&site.checked.text, finding).and_then(|edit| edits(site, vec![edit]));
    all.extend(in_code.map(|effect| quick(ON_LINE.to_owned(), effect)));
    all.push(quick(format!("Explain {}", finding.rule), Effect::ExplainRule(finding.rule)));
    all
}

type Offer = (String, Effect);

/// The title of what silences a rule where it spoke.
const ON_LINE: &str = "Ignore on this line";

/// Everything safe that the rule found in the source, where that is more than this finding.
fn fix_rule(site: &Site<'_>, finding: &Finding) -> Option<Offer> {
    let checked = site.checked;
    let alike = checked.report.findings.iter().filter(|other| other.rule == finding.rule);
    let fixable = alike.filter(|other| safe_fix(other).is_some()).count();
    (fixable > 1).then(|| {
        let title = format!("Fix all {fixable} {} findings in this file", finding.rule);
        let (path, rule) = (checked.path.to_path_buf(), finding.rule.to_owned());
        (title, Effect::Deferred(Work::FixRule { path, version: checked.version, rule }))
    })
}

/// The run-time helper, where it would version the URL.
fn add_helper(site: &Site<'_>, finding: &Finding) -> Option<Offer> {
    let is_call =
        |resolved: &Resolved| resolved.reference.helper().is_some_and(|helper| helper.name == "url_for");
    match finding.rule {
        "no-versioning" => {}
        "unversioned-reference" if reference_of(site, finding).is_some_and(is_call) => {}
        _ => return None,
    }
    let path = site.checked.path.to_path_buf();
    let file = site.snapshot.project.helper_for(&path).ok()?.origin.shown;
    Some((
        format!("Version all static URLs of this app (edits {file})"),
        Effect::Deferred(Work::AddHelper { path }),
    ))
}

fn ignores(site: &Site<'_>, finding: &Finding, resolved: &Resolved) -> Vec<Offer> {
    let checked = site.checked;
    let analysis = &checked.analysis;
    let (kind, dialect, extraction) = (analysis.kind, analysis.dialect, &analysis.extraction);
    let line = suppression(&checked.text, kind, dialect, extraction, &resolved.reference, finding.rule);
    let file = file_suppression(&checked.text, kind, dialect, extraction, finding.rule);
    let on_line = line.and_then(|edit| edits(site, vec![edit]));
    let in_file = edits(site, vec![file]);
    let mut offers = Vec::new();
    offers.extend(on_line.map(|effect| (ON_LINE.to_owned(), effect)));
    offers.extend(in_file.map(|effect| ("Ignore in this file".to_owned(), effect)));
    offers.extend(ignore_asset(site, resolved));
    offers
}

fn ignore_asset(site: &Site<'_>, resolved: &Resolved) -> Option<Offer> {
    let path = &site.checked.path;
    let config = configure::shown(site.snapshot, path)?;
    let (name, title) = match &resolved.target {
        Target::Asset(asset) => {
            let name = configure::ignored_name(&asset.name);
            (name, format!("Ignore {name} in {config}"))
        }
        Target::Missing(missing) => {
            (configure::ignored_name(&missing.name), format!("This file is built: ignore it in {config}"))
        }
        _ => return None,
    };
    Some((title, Effect::Deferred(Work::IgnoreAsset { path: path.to_path_buf(), name: name.to_owned() })))
}

/// The reference that a finding speaks of, or the tag around it; `None` for one that speaks of a comment.
fn reference_of<'a>(site: &Site<'a>, finding: &Finding) -> Option<&'a Resolved> {
    let all = || site.checked.analysis.resolved.iter();
    let same = |resolved: &&Resolved| {
        let asset = resolved.asset().map(|asset| &asset.path);
        asset.is_some()
            && asset == finding.asset.as_ref()
            && resolved.reference.container.contains(finding.span)
    };
    let holding = all().filter(|resolved| resolved.reference.span.contains(finding.span));
    holding.min_by_key(|resolved| resolved.reference.span.len()).or_else(|| all().find(same))
}

fn edits(site: &Site<'_>, edits: Vec<Edit>) -> Option<Effect> {
    Some(Effect::Edits(vec![FileEdits::of(site.checked, edits)?]))
}
