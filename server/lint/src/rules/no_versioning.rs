//! An application that adds no version to the static URLs of its pages.

use super::{Check, FEW, Rule};
use crate::application::{Application, CodePlace, Remedy, Tally};
use crate::{Finding, Level, Strategy};

pub(crate) static RULE: Rule = Rule {
    name: "no-versioning",
    level: Level::Info,
    fixable: false,
    instead_of: &[],
    doc: include_str!("no-versioning.md"),
    check: Check::Application(check),
};

fn check(application: &Application) -> Option<(&CodePlace, Finding)> {
    let unversioned = application.unversioned.as_ref()?;
    let Tally { unversioned: count, versioned } = application.tally;
    let by_literal = matches!(application.settings.strategy, Strategy::Query | Strategy::FileName);
    if by_literal || count < FEW || count <= versioned {
        return None;
    }
    let message = format!(
        "{count} static URLs of this application carry no version, and nothing adds one when a page is rendered"
    );
    let place = &unversioned.place;
    Some((place, Finding { help: Some(help(&unversioned.remedy)), ..place.finding(&RULE, message) }))
}

fn help(remedy: &Remedy) -> String {
    match remedy {
        Remedy::Command(command) => format!("let a function here version all of them: {command}"),
        Remedy::Hook => "let a function hooked in by url_defaults version all of them".to_owned(),
        Remedy::Storage(class) => format!("let the storage of static files version all of them: {class}"),
    }
}
