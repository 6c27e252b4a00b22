//! A preload whose URL is another than that of what it is for: the file is loaded twice.

use cachelint_syntax::{LinkRel, Place};

use super::{Check, Rule, Site};
use crate::across::{Use, related};
use crate::{Elsewhere, Finding, Level, Status};

pub(crate) static RULE: Rule = Rule {
    name: "preload-mismatch",
    level: Level::Warning,
    fixable: true,
    instead_of: &["unversioned-reference", "manual-version", "mixed-versions"],
    doc: include_str!("preload-mismatch.md"),
    check: Check::Across(check),
};

fn check(site: &Site<'_>, elsewhere: &Elsewhere<'_>) -> Option<Finding> {
    let asset = site.resolved.asset()?;
    if !is_preload(site.resolved.reference.place) {
        return None;
    }
    let own = Use::of(site.input.text, site.resolved, site.judgement)?;
    let all = elsewhere.uses(&asset.path);
    let consumers: Vec<_> = all.filter(|(_, other)| consumes(own.place, other.place)).collect();
    let (first, there) = consumers.first()?;
    if consumers.iter().any(|(_, other)| own.same_query(other) != Some(false)) {
        return None;
    }
    let message = format!(
        "{} is preloaded with {} and used with {} {}; browsers load it twice",
        asset.name,
        own.query.said(),
        there.query.said(),
        elsewhere.phrase(first),
    );
    let related = related(&consumers, |other| format!("{} here", other.query.said()));
    let finding = Finding { related, ..site.finding(&RULE, own.span, message) };
    Some(match own.status {
        Status::Unversioned | Status::Manual => site.with_fixes(finding),
        _ => Finding { help: Some("write the same URL in both".to_owned()), ..finding },
    })
}

const fn is_preload(place: Place) -> bool {
    matches!(place, Place::LinkHref(LinkRel::PreloadFont | LinkRel::ModulePreload | LinkRel::Preload))
}

/// Whether what stands at `place` loads what a preload at `preload` is for.
const fn consumes(preload: Place, place: Place) -> bool {
    match preload {
        Place::LinkHref(LinkRel::PreloadFont) => matches!(place, Place::CssFontUrl),
        Place::LinkHref(LinkRel::ModulePreload) => {
            matches!(place, Place::ModuleScriptSrc | Place::ModuleImport | Place::ImportMap)
        }
        Place::LinkHref(LinkRel::Preload) => matches!(
            place,
            Place::LinkHref(LinkRel::Stylesheet)
                | Place::ScriptSrc
                | Place::ModuleScriptSrc
                | Place::ImgSrc
                | Place::ImgSrcset
                | Place::SourceSrc
                | Place::SourceSrcset
                | Place::VideoPoster
                | Place::StyleAttributeUrl
                | Place::CssUrl
                | Place::CssImport
        ),
        _ => false,
    }
}
