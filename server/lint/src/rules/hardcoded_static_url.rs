//! A URL written out beside a helper that would add a version to it.

use cachelint_syntax::Place;

use super::{Check, Rule, Site};
use crate::fix::applicability;
use crate::fix::convert::{conversion, mount_of};
use crate::settings::HelperForm;
use crate::{Finding, Fix, Level, Status};

pub(crate) static RULE: Rule = Rule {
    name: "hardcoded-static-url",
    level: Level::Warning,
    fixable: true,
    instead_of: &["unversioned-reference", "mixed-versions"],
    doc: include_str!("hardcoded-static-url.md"),
    check: Check::Reference(check),
};

fn check(site: &Site<'_>) -> Option<Finding> {
    let reference = &site.resolved.reference;
    let in_css = matches!(reference.place, Place::CssUrl | Place::CssFontUrl | Place::CssImport);
    if site.judgement.status != Status::Unversioned || in_css || reference.helper().is_some() {
        return None;
    }
    let asset = site.resolved.asset()?;
    let helper = site.input.settings.helper.as_ref()?;
    let origin = mount_of(&helper.mounts, asset)?.0.versioned.as_ref()?;
    let name = match helper.form {
        HelperForm::Filename | HelperForm::Path => "url_for",
        HelperForm::Tag => "{% static %}",
    };
    let message = format!("{} skips this app's versioning ({}); use {name}", asset.url, origin.phrase());
    let finding = site.finding(&RULE, reference.span, message);
    Some(match conversion(&site.input, site.resolved) {
        Some(conversion) => finding.with(Fix {
            title: conversion.title,
            applicability: applicability(reference.place),
            edits: conversion.edits,
        }),
        None => finding,
    })
}
