//! Code that has browsers ask for every static file each time, although the URLs change with the files.

use super::{Check, FEW, Rule};
use crate::application::{Application, CodePlace};
use crate::{Finding, Level};

pub(crate) static RULE: Rule = Rule {
    name: "caching-disabled",
    level: Level::Info,
    fixable: false,
    instead_of: &[],
    doc: include_str!("caching-disabled.md"),
    check: Check::Application(check),
};

fn check(application: &Application) -> Option<(&CodePlace, Finding)> {
    let place = application.uncached.as_ref()?;
    let count = application.tally.versioned;
    if count < FEW {
        return None;
    }
    let message = format!(
        "{} has browsers ask for every static file each time, although {count} of the URLs change with their files",
        place.span.of(&place.text),
    );
    let help =
        "leave static files out of it, and let browsers keep those whose URL carries a version for a year";
    Some((place, Finding { help: Some(help.to_owned()), ..place.finding(&RULE, message) }))
}
