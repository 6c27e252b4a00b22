//! Suppressions: comments that silence rules, what they covered, and the comments that the tool writes.

mod code;
mod cover;
mod parse;
mod write;

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use cachelint_syntax::{LineIndex, Span};

use crate::check::Input;
use crate::rules::{self, Check, Rule};
use crate::{Finding, Level};

pub use code::code_suppression;
pub(crate) use code::silences_in_code;
use cover::{Reach, closing};
pub(crate) use parse::{Directive, Problem, Verb};
pub use write::{file_suppression, suppression};

/// A finding with the tag, declaration or block that holds it.
#[derive(Debug)]
pub(crate) struct Placed {
    pub(crate) finding: Finding,
    pub(crate) container: Span,
}

/// The suppressions of a source, and which of them silenced something.
#[derive(Debug)]
pub(crate) struct Ledger<'a> {
    pub(crate) input: Input<'a>,
    pub(crate) directives: Vec<Directive<'a>>,
    pub(crate) problems: Vec<Problem>,
    lines: LineIndex,
    reach: Reach,
    used: BTreeSet<(usize, &'static str)>,
}

impl<'a> Ledger<'a> {
    /// Reads the suppressions of a source.
    pub(crate) fn new(input: Input<'a>) -> Self {
        let (mut directives, mut problems) = (Vec::new(), Vec::new());
        for comment in &input.extraction.comments {
            let (directive, wrong) = parse::parse(input.text, comment);
            directives.extend(directive);
            problems.extend(wrong);
        }
        // Without suppressions no line is looked up.
        let lines = LineIndex::new(if directives.is_empty() { "" } else { input.text });
        let reach = Reach::new(input.text, &lines, &directives);
        Self { input, directives, problems, lines, reach, used: BTreeSet::new() }
    }

    /// Whether a finding is silenced, by the name of its rule or of one that it speaks instead of; the suppressions that
    /// cover it count as used.
    pub(crate) fn silences(&mut self, placed: &Placed) -> bool {
        if self.directives.is_empty() {
            return false;
        }
        let own = placed.finding.rule;
        let instead_of = rules::find(own).map_or(&[][..], |rule| rule.instead_of);
        let mut is_silenced = false;
        for &rule in std::iter::once(&own).chain(instead_of) {
            for at in self.reach.covering(&self.directives, &self.lines, placed, rule) {
                is_silenced = true;
                self.used.insert((at, rule));
                self.used.extend(closing(&self.directives, at, rule).map(|on| (on, rule)));
            }
        }
        is_silenced
    }

    /// Whether the suppression at `index` silenced something of `rule`, or of any rule.
    pub(crate) fn is_used(&self, index: usize, rule: Option<&str>) -> bool {
        self.used.range((index, "")..(index + 1, "")).any(|&(_, name)| rule.is_none_or(|rule| rule == name))
    }

    /// Whether a rule ran on this source.
    pub(crate) fn ran(&self, rule: &str) -> bool {
        let looked = |rule: &Rule| !matches!(rule.check, Check::Across(_)) || self.input.elsewhere.is_some();
        let is_on = |rule: &Rule| self.input.settings.levels.of(rule.name, rule.level) != Level::Off;
        rules::find(rule).is_some_and(|rule| looked(rule) && is_on(rule))
    }

    /// The rules that can be silenced: those that do not speak of suppressions.
    pub(crate) fn silenceable() -> impl Iterator<Item = &'static str> {
        let speaks = |rule: &&&Rule| !matches!(rule.check, Check::Suppressions(_));
        rules::ALL.iter().filter(speaks).map(|rule| rule.name)
    }
}
