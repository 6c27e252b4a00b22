//! The rules: one file of code and one of documentation each, and one line in [`ALL`].

mod broken_static_call;
mod caching_disabled;
mod double_version;
mod empty_version;
mod hardcoded_static_url;
mod integrity_mismatch;
mod invalid_suppression;
mod manual_version;
mod missing_asset;
mod mixed_versions;
mod module_loaded_twice;
mod no_versioning;
mod not_in_manifest;
mod preload_mismatch;
mod query_ignored_by_cdn;
mod stale_manifest;
mod stale_version;
mod unused_suppression;
mod unversioned_css_url;
mod unversioned_in_macro;
mod unversioned_reference;
mod unwanted_version;
mod volatile_version;

#[cfg(test)]
mod tests;

use std::sync::Arc;

use cachelint_syntax::Span;

use crate::application::{Application, CodePlace};
use crate::check::Input;
use crate::fix;
use crate::judge::Judgement;
use crate::suppress::Ledger;
use crate::{Applicability, Carrier, Elsewhere, Finding, Fix, Level, PlainImport, Resolved, Written};

/// One check, with its documentation.
#[derive(Debug)]
pub struct Rule {
    /// Its name in output, configuration and suppressions.
    pub name: &'static str,
    /// Its level where the configuration names none; some findings of it may be less.
    pub level: Level,
    /// Whether some of its findings have a fix.
    pub fixable: bool,
    /// The rules that are silent about a reference of which this one has a finding of its own level, not of a lesser one.
    pub instead_of: &'static [&'static str],
    /// Its documentation: Markdown whose cases are tests.
    pub doc: &'static str,
    pub(crate) check: Check,
}

/// What a rule looks at.
#[derive(Debug)]
pub(crate) enum Check {
    /// One reference.
    Reference(fn(&Site<'_>) -> Option<Finding>),
    /// One reference beside the others that name its asset, wherever they stand.
    Across(fn(&Site<'_>, &Elsewhere<'_>) -> Option<Finding>),
    /// One import of macros that loses a version.
    Import(fn(&Input<'_>, &PlainImport) -> Finding),
    /// The suppressions of a source and what they silenced.
    Suppressions(fn(&Ledger<'_>) -> Vec<Finding>),
    /// An application, once its templates are judged; the finding is of the place in its code.
    Application(fn(&Application) -> Option<(&CodePlace, Finding)>),
}

/// How many references it takes for a rule to speak of their application.
const FEW: usize = 3;

/// The rules, in the order of the documentation. Several may speak of one reference, unless one names the others as
/// those that it speaks instead of.
pub static ALL: [&Rule; 23] = [
    &unversioned_reference::RULE,
    &unversioned_css_url::RULE,
    &hardcoded_static_url::RULE,
    &unversioned_in_macro::RULE,
    &stale_manifest::RULE,
    &stale_version::RULE,
    &manual_version::RULE,
    &mixed_versions::RULE,
    &preload_mismatch::RULE,
    &module_loaded_twice::RULE,
    &missing_asset::RULE,
    &not_in_manifest::RULE,
    &volatile_version::RULE,
    &empty_version::RULE,
    &broken_static_call::RULE,
    &integrity_mismatch::RULE,
    &double_version::RULE,
    &unwanted_version::RULE,
    &query_ignored_by_cdn::RULE,
    &no_versioning::RULE,
    &caching_disabled::RULE,
    &unused_suppression::RULE,
    &invalid_suppression::RULE,
];

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

impl Finding {
    /// A finding of `rule` about `text`, with nothing else to it.
    fn about(rule: &Rule, span: Span, message: String, text: &str) -> Self {
        Self {
            rule: rule.name,
            level: rule.level,
            span,
            message,
            help: None,
            url: text.to_owned(),
            asset: None,
            related: Vec::new(),
            fixes: Vec::new(),
        }
    }

    /// The finding with a further fix; its help tells of the first.
    fn with(mut self, fix: Fix) -> Self {
        let by_hand = match fix.applicability {
            Applicability::Safe => "",
            Applicability::Unsafe => " (not applied by itself: --unsafe-fixes)",
        };
        if self.fixes.is_empty() {
            self.help = Some(format!("{}{by_hand}", uncapitalized(&fix.title)));
        }
        self.fixes.push(fix);
        self
    }
}

impl CodePlace {
    /// A finding of `rule` here, without help.
    pub(crate) fn finding(&self, rule: &Rule, message: String) -> Finding {
        Finding::about(rule, self.span, message, self.span.of(&self.text))
    }
}

fn uncapitalized(text: &str) -> String {
    let rest = text.chars().next().map_or(text, |first| &text[first.len_utf8()..]);
    text[..text.len() - rest.len()].to_lowercase() + rest
}

impl Site<'_> {
    /// A finding of `rule` at `span`, without help and fixes.
    pub(crate) fn finding(&self, rule: &Rule, span: Span, message: String) -> Finding {
        let text = self.resolved.reference.span.of(self.input.text);
        let asset = self.resolved.asset().map(|asset| Arc::clone(&asset.path));
        Finding { asset, ..Finding::about(rule, span, message, text) }
    }

    /// The finding with the fixes that write a version, and what the preferred one does or what stands against one as
    /// its help.
    pub(crate) fn with_fixes(&self, finding: Finding) -> Finding {
        match fix::fixes(self) {
            Ok(fixes) => fixes.into_iter().fold(finding, Finding::with),
            Err(obstacle) => Finding { help: Some(obstacle.to_owned()), ..finding },
        }
    }

    /// Whether the configuration leaves the reference or the whole source alone.
    pub(crate) const fn is_set_apart(&self) -> bool {
        self.input.settings.exempt.is_some() || self.resolved.exempt.is_some()
    }

    /// A version as people see it: an argument as it is written, quotes included.
    pub(crate) fn shown(&self, written: &Written) -> String {
        match written.carrier {
            Carrier::Keyword | Carrier::Chained => written.span.of(self.input.text).to_owned(),
            _ => written.shown(),
        }
    }

    /// The output or tag that yields what stands at `span`, delimiters included; `span` itself where that is text, and
    /// `None` where it is a part of an expression.
    pub(crate) fn output(&self, span: Span) -> Option<Span> {
        let text = self.input.text;
        if span.of(text).starts_with('{') || !fix::in_block(self, span.start) {
            return Some(span);
        }
        let before = text.get(..span.start)?.trim_end().trim_end_matches(['-', '+']);
        let rest = text.get(span.end..)?;
        let close = rest.find("}}")?;
        let of_value = rest[..close].trim_start_matches(['-', '+']).trim_start();
        let is_whole =
            before.ends_with("{{") && (of_value.is_empty() || of_value.starts_with(['.', '|', '-', '+']));
        is_whole.then(|| Span::new(before.len() - 2, span.end + close + 2))
    }

    /// The quote at byte `offset` of the source.
    pub(crate) fn quote_at(&self, offset: usize) -> Option<char> {
        let first = self.input.text.get(offset..)?.chars().next()?;
        matches!(first, '"' | '\'').then_some(first)
    }

    /// The quote that the helper's last string argument is written in.
    pub(crate) fn call_quote(&self) -> Option<char> {
        let arguments = &self.resolved.reference.helper()?.arguments;
        arguments.iter().rev().find_map(|argument| self.quote_at(argument.value_span.start))
    }
}
