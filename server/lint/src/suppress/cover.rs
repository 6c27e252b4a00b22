//! What a suppression covers: a line, a tag, a range, the file.

use cachelint_syntax::Span;

use super::{Directive, Ledger, Placed, Verb};

impl Ledger<'_> {
    /// Whether the suppression at `index` covers a finding of `rule`.
    pub(super) fn covers(&self, index: usize, rule: &str, placed: &Placed) -> bool {
        let directive = &self.directives[index];
        if !directive.names(rule) {
            return false;
        }
        match directive.verb {
            Verb::Ignore if directive.comment.alone => self.is_next_tag(directive, placed),
            Verb::Ignore => self.shares_line(directive.comment.span, placed),
            Verb::IgnoreNextLine => self.is_next_line(directive.comment.span, placed),
            Verb::IgnoreFile => true,
            Verb::Off => {
                let end = self.closing(index, rule).map(|on| self.directives[on].comment.span.start);
                let start = placed.finding.span.start;
                directive.comment.span.end <= start && end.is_none_or(|end| start < end)
            }
            Verb::On => false,
        }
    }

    /// The `on` that ends the `off` at `index` for a rule.
    pub(super) fn closing(&self, index: usize, rule: &str) -> Option<usize> {
        if self.directives[index].verb != Verb::Off {
            return None;
        }
        let later = self.directives.iter().enumerate().skip(index + 1);
        later
            .filter(|(_, directive)| directive.verb == Verb::On)
            .find(|(_, on)| on.names(rule))
            .map(|(at, _)| at)
    }

    /// The next HTML tag, or the template block or declaration that comes first behind the comment.
    fn is_next_tag(&self, directive: &Directive<'_>, placed: &Placed) -> bool {
        let comment = directive.comment;
        let tag = comment.next_tag.is_some_and(|tag| tag.contains(placed.finding.span));
        let between = Span::new(comment.span.end, placed.container.start.max(comment.span.end));
        let first =
            placed.container.start >= comment.span.end && between.of(self.input.text).trim().is_empty();
        tag || first
    }

    fn shares_line(&self, comment: Span, placed: &Placed) -> bool {
        let lines = [self.lines.line_of(comment.start), self.lines.line_of(comment.end)];
        let container = placed.container;
        let starts = [placed.finding.span.start, container.start, container.end.max(1) - 1];
        starts.iter().any(|&at| lines.contains(&self.lines.line_of(at)))
    }

    fn is_next_line(&self, comment: Span, placed: &Placed) -> bool {
        let next = self.lines.line_of(comment.end) + 1;
        [placed.finding.span.start, placed.container.start].iter().any(|&at| self.lines.line_of(at) == next)
    }
}
