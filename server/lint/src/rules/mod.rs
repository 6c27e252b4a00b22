//! The rules: one file of code and one of documentation each, and one line in [`ALL`].

mod unversioned_reference;

use cachelint_syntax::Span;

use crate::check::Input;
use crate::judge::Judgement;
use crate::{Finding, Level, Resolved};

/// One check, with its documentation.
#[derive(Debug)]
pub struct Rule {
    /// Its name in output, configuration and suppressions.
    pub name: &'static str,
    /// Its level where the configuration names none; some findings of it may be less.
    pub level: Level,
    /// Whether some of its findings have a fix.
    pub fixable: bool,
    /// Its documentation: Markdown whose cases are tests.
    pub doc: &'static str,
    pub(crate) check: Check,
}

/// What a rule looks at.
#[derive(Debug)]
pub(crate) enum Check {
    /// One reference.
    Reference(fn(&Site<'_>) -> Option<Finding>),
}

/// The rules, in the order of the documentation. Of two that speak of one reference the first is heard.
pub static ALL: [&Rule; 1] = [&unversioned_reference::RULE];

/// The rule of that name.
pub fn find(name: &str) -> Option<&'static Rule> {
    ALL.iter().copied().find(|rule| rule.name == name)
}

/// A reference as the rules see it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Site<'a> {
    pub(crate) input: Input<'a>,
    pub(crate) resolved: &'a Resolved,
    pub(crate) judgement: &'a Judgement,
}

impl Site<'_> {
    /// A finding of `rule` at `span`, without help and fixes.
    pub(crate) fn finding(&self, rule: &Rule, span: Span, message: String) -> Finding {
        Finding {
            rule: rule.name,
            level: rule.level,
            span,
            message,
            help: None,
            url: self.resolved.reference.span.of(self.input.text).to_owned(),
            asset: self.resolved.asset().map(|asset| asset.path.clone()),
            related: Vec::new(),
            fixes: Vec::new(),
        }
    }
}
