//! A comment that means to be a suppression and is none.

use super::{Check, Rule};
use crate::suppress::{Ledger, Problem};
use crate::{Finding, Level};

pub(crate) static RULE: Rule = Rule {
    name: "invalid-suppression",
    level: Level::Warning,
    fixable: false,
    instead_of: &[],
    doc: include_str!("invalid-suppression.md"),
    check: Check::Suppressions(check),
};

fn check(ledger: &Ledger<'_>) -> Vec<Finding> {
    ledger.problems.iter().map(|problem| finding(ledger.input.text, problem)).collect()
}

fn finding(text: &str, problem: &Problem) -> Finding {
    let help = problem.nearest.is_none().then(|| "write cachelint: ignore[rule] reason".to_owned());
    let finding = Finding::about(&RULE, problem.span, problem.message.clone(), problem.span.of(text));
    Finding { help, ..finding }
}
