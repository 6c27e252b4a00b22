//! What a suppression covers: a line, a tag, a range, the file.

use std::collections::BTreeMap;

use cachelint_syntax::{CommentKind, LineIndex, Span};

use super::{Directive, Placed, Verb};

/// Which suppressions may cover what, so that a finding asks only those near it.
#[derive(Debug, Default)]
pub(super) struct Reach {
    /// By the 0-based line that they silence.
    lines: BTreeMap<usize, Vec<usize>>,
    /// By the start of the tag that they silence, with its end.
    tags: BTreeMap<usize, (usize, Vec<usize>)>,
    /// Those of the whole file.
    files: Vec<usize>,
}

impl Reach {
    /// Indexes `directives`, the suppressions of `text`.
    pub(super) fn new(text: &str, lines: &LineIndex, directives: &[Directive<'_>]) -> Self {
        let mut reach = Self::default();
        for (index, directive) in directives.iter().enumerate() {
            let comment = directive.comment.span;
            match directive.verb {
                Verb::Ignore if directive.comment.alone => reach.push_next_tag(text, lines, index, directive),
                Verb::Ignore => {
                    reach.push_line(lines.line_of(comment.start), index);
                    reach.push_line(lines.line_of(comment.end), index);
                }
                Verb::IgnoreNextLine => reach.push_line(lines.line_of(comment.end) + 1, index),
                Verb::IgnoreFile => reach.files.push(index),
                Verb::Off | Verb::On => {}
            }
        }
        reach
    }

    fn push_line(&mut self, line: usize, index: usize) {
        let on_line = self.lines.entry(line).or_default();
        if on_line.last() != Some(&index) {
            on_line.push(index);
        }
    }

    /// The next HTML tag, and what comes first behind the comment: a template block or a declaration.
    fn push_next_tag(&mut self, text: &str, lines: &LineIndex, index: usize, directive: &Directive<'_>) {
        let comment = directive.comment;
        if let Some(tag) = comment.next_tag {
            self.tags.entry(tag.start).or_insert((tag.end, Vec::new())).1.push(index);
        }
        let rest = text.get(comment.span.end..).unwrap_or_default();
        let next = text.len() - rest.trim_start().len();
        if comment.kind == CommentKind::Code || rest.trim_start().starts_with('{') {
            self.push_line(lines.line_of(next), index);
        }
    }

    /// The suppressions of a rule that cover a finding: those of its line or tag, the last `off` before it, and the
    /// first of the file.
    pub(super) fn covering(
        &self,
        directives: &[Directive<'_>],
        lines: &LineIndex,
        placed: &Placed,
        rule: &str,
    ) -> Vec<usize> {
        let names = |index: &usize| directives[*index].names(rule);
        let near = self.near(lines, placed).into_iter().filter(names);
        let range = open_range(directives, rule, placed.finding.span.start);
        let file = self.files.iter().copied().find(|index| names(index));
        near.chain(range).chain(file).collect()
    }

    fn near(&self, lines: &LineIndex, placed: &Placed) -> Vec<usize> {
        let (span, container) = (placed.finding.span, placed.container);
        let ends = [span.start, container.start, container.end.max(1) - 1];
        let on_lines = ends.iter().filter_map(|&at| self.lines.get(&lines.line_of(at))).flatten();
        let before = self.tags.range(..=span.start).next_back();
        let tag = before.filter(|(start, (end, _))| Span::new(**start, *end).contains(span));
        let mut near: Vec<_> =
            on_lines.chain(tag.into_iter().flat_map(|(_, (_, found))| found)).copied().collect();
        near.sort_unstable();
        near.dedup();
        near
    }
}

/// The `off` whose range of a rule holds byte `offset`.
fn open_range(directives: &[Directive<'_>], rule: &str, offset: usize) -> Option<usize> {
    let before = directives.partition_point(|directive| directive.comment.span.end <= offset);
    let ranges = (0..before).rev().filter(|&at| matches!(directives[at].verb, Verb::Off | Verb::On));
    ranges.into_iter().find(|&at| directives[at].names(rule)).filter(|&at| directives[at].verb == Verb::Off)
}

/// The `on` that ends the `off` at `index` for a rule.
pub(super) fn closing(directives: &[Directive<'_>], index: usize, rule: &str) -> Option<usize> {
    if directives[index].verb != Verb::Off {
        return None;
    }
    let later = directives.iter().enumerate().skip(index + 1);
    later.filter(|(_, directive)| directive.verb == Verb::On).find(|(_, on)| on.names(rule)).map(|(at, _)| at)
}
