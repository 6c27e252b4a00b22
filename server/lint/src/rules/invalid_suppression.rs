//! A comment that means to be a suppression and is none.

use super::{Check, Rule};
use crate::suppress::{Ledger, Problem};
use crate::{Finding, Level};

pub(crate) static RULE: Rule = Rule {
    name: "invalid-suppression",
    level: Level::Warning,
    fixable: false,
    doc: include_str!("invalid-suppression.md"),
    check: Check::Suppressions(check),
};

fn check(ledger: &Ledger<'_>) -> Vec<Finding> {
    ledger.problems.iter().map(|problem| finding(ledger.input.text, problem)).collect()
}

fn finding(text: &str, problem: &Problem) -> Finding {
    Finding {
        rule: RULE.name,
        level: RULE.level,
        span: problem.span,
        message: problem.message.clone(),
        help: problem.nearest.is_none().then(|| "write cachelint: ignore[rule] reason".to_owned()),
        url: problem.span.of(text).to_owned(),
        asset: None,
        related: Vec::new(),
        fixes: Vec::new(),
    }
}
