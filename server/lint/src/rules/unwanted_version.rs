//! A version on a file whose URL must stay the same.

use cachelint_syntax::{LinkRel, Place};

use super::{Check, Rule, Site};
use crate::{Finding, Level, Resolved, Status, fix};

pub(crate) static RULE: Rule = Rule {
    name: "unwanted-version",
    level: Level::Warning,
    fixable: true,
    instead_of: &[],
    doc: include_str!("unwanted-version.md"),
    check: Check::Reference(check),
};

fn check(site: &Site<'_>) -> Option<Finding> {
    let written = site.judgement.written.as_ref().filter(|written| written.is_replaceable())?;
    if site.judgement.status == Status::Inert || site.is_set_apart() {
        return None;
    }
    let (level, why) = reason(site.resolved)?;
    let message = format!("{} {why}", site.shown(written));
    let finding = Finding { level, ..site.finding(&RULE, written.span, message) };
    Some(match fix::remove(site, written) {
        Some(fix) => finding.with(fix),
        None => finding,
    })
}

/// How much a version matters there, and why it is not wanted.
fn reason(resolved: &Resolved) -> Option<(Level, &'static str)> {
    match resolved.reference.place {
        Place::ServiceWorker => Some((
            Level::Warning,
            "gives the service worker a new URL; browsers look for its changes themselves, and a page from a cache registers the old one",
        )),
        Place::LinkHref(LinkRel::Manifest) => {
            Some((Level::Info, "is of no use: browsers look for changes of a web app manifest themselves"))
        }
        _ if resolved.asset().is_some_and(|asset| asset.url == "/robots.txt") => {
            Some((Level::Info, "is never asked for: crawlers ask for /robots.txt"))
        }
        _ => None,
    }
}
