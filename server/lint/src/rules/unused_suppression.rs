//! A suppression that silences nothing.

use cachelint_syntax::Span;

use super::{Check, Rule};
use crate::suppress::{Directive, Ledger, Verb};
use crate::{Applicability, Edit, Finding, Fix, Level};

pub(crate) static RULE: Rule = Rule {
    name: "unused-suppression",
    level: Level::Warning,
    fixable: true,
    instead_of: &[],
    doc: include_str!("unused-suppression.md"),
    check: Check::Suppressions(check),
};

fn check(ledger: &Ledger<'_>) -> Vec<Finding> {
    ledger
        .directives
        .iter()
        .enumerate()
        .filter_map(|(at, directive)| of_directive(ledger, at, directive))
        .collect()
}

fn of_directive(ledger: &Ledger<'_>, at: usize, directive: &Directive<'_>) -> Option<Finding> {
    let idle = idle_rules(ledger, at, directive)?;
    let all = idle.len() == directive.rules.len();
    let names = idle.iter().map(|&index| directive.rules[index].name).collect::<Vec<_>>().join(" or ");
    let message = match (directive.verb, names.as_str()) {
        (Verb::On, _) => "on ends nothing: no rule that was off would have spoken".to_owned(),
        (verb, "") => format!("{} silences nothing here", verb.name()),
        (verb, names) => format!("{} silences nothing here: there is no {names} finding", verb.name()),
    };
    let (span, fix) = if all {
        (directive.comment.span, remove_comment(ledger.input.text, directive))
    } else {
        (directive.rules[idle[0]].span, remove_rules(ledger.input.text, directive, &idle))
    };
    let url = directive.comment.span.of(ledger.input.text);
    Some(Finding::about(&RULE, span, message, url).with(fix))
}

/// The rules of the list that silence nothing, as indexes; none for a suppression without a list that silences
/// nothing; `None` where all are used, or where not all ran.
fn idle_rules(ledger: &Ledger<'_>, at: usize, directive: &Directive<'_>) -> Option<Vec<usize>> {
    let silenceable = |name: &str| Ledger::silenceable().any(|rule| rule == name);
    if directive.list.is_none() {
        let all_ran = Ledger::silenceable().all(|rule| ledger.ran(rule));
        return (all_ran && !ledger.is_used(at, None)).then(Vec::new);
    }
    let idle = |name: &str| silenceable(name) && ledger.ran(name) && !ledger.is_used(at, Some(name));
    let found: Vec<_> =
        (0..directive.rules.len()).filter(|&index| idle(directive.rules[index].name)).collect();
    (!found.is_empty()).then_some(found)
}

/// Removes the comment: with its line where it is alone, else with the spaces before it.
fn remove_comment(text: &str, directive: &Directive<'_>) -> Fix {
    let comment = directive.comment;
    let before = text.get(..comment.span.start).unwrap_or_default();
    let start = before.trim_end_matches([' ', '\t']).len();
    let rest = text.get(comment.span.end..).unwrap_or_default();
    let blank = rest.len() - rest.trim_start_matches([' ', '\t']).len();
    let line_end =
        ["\r\n", "\n", "\r"].iter().find(|end| rest[blank..].starts_with(*end)).map_or(0, |end| end.len());
    let end = if comment.alone { comment.span.end + blank + line_end } else { comment.span.end };
    let applicability = if comment.alone { Applicability::Safe } else { Applicability::Unsafe };
    fix("Remove the comment", applicability, Span::new(start, end), String::new())
}

/// Writes the list without the rules at `idle`.
fn remove_rules(text: &str, directive: &Directive<'_>, idle: &[usize]) -> Fix {
    let kept = directive.rules.iter().enumerate().filter(|(index, _)| !idle.contains(index));
    let kept = kept.map(|(_, named)| named.span.of(text)).collect::<Vec<_>>().join(", ");
    let span = directive.list.unwrap_or_default();
    fix("Shorten the list", Applicability::Safe, span, format!("[{kept}]"))
}

fn fix(title: &str, applicability: Applicability, span: Span, text: String) -> Fix {
    Fix { title: title.to_owned(), applicability, edits: vec![Edit { span, text }] }
}
