//! Edits to files, with the text they were made for: what was edited since is left alone.

use std::path::PathBuf;
use std::sync::Arc;

use cachelint_lint::{Applicability, Edit, Finding, Fix};
use cachelint_syntax::Span;

use crate::Checked;

/// Edits to one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileEdits {
    /// The file, absolute.
    pub path: PathBuf,
    /// The version of the document they were made for, where it is open; `None` for the text on disk.
    pub version: Option<i32>,
    /// The text they were made for: they must not be applied to another. `None` where the file is to be created.
    pub before: Option<Arc<str>>,
    /// The edits, in the order of their spans, none overlapping another.
    pub edits: Vec<Edit>,
}

impl FileEdits {
    /// Edits to a source as it was checked; `None` where there is nothing to edit.
    pub(crate) fn of(checked: &Checked, edits: Vec<Edit>) -> Option<Self> {
        let before = Some(Arc::clone(&checked.text));
        let path = checked.path.to_path_buf();
        (!edits.is_empty()).then_some(Self { path, version: checked.version, before, edits })
    }
}

/// The fix of a finding that may be applied unseen.
pub(crate) fn safe_fix(finding: &Finding) -> Option<&Fix> {
    finding.fixes.iter().find(|fix| fix.applicability == Applicability::Safe)
}

/// The edits of several fixes in the order of their spans; a fix is taken whole or not at all, and of two that overlap the
/// one that comes first.
pub(crate) fn together(fixes: impl IntoIterator<Item = Vec<Edit>>) -> Vec<Edit> {
    let mut taken: Vec<Edit> = Vec::new();
    for edits in fixes {
        if edits.iter().all(|edit| taken.iter().all(|other| !overlap(edit.span, other.span))) {
            taken.extend(edits);
        }
    }
    taken.sort_by_key(|edit| (edit.span.start, edit.span.end));
    taken
}

fn overlap(a: Span, b: Span) -> bool {
    a == b || (a.start < b.end && b.start < a.end)
}

/// `text` with `edits`, which are in order and do not overlap.
pub(crate) fn apply(text: &str, edits: &[Edit]) -> String {
    let mut changed = String::with_capacity(text.len() + 64);
    let mut from = 0;
    for edit in edits {
        changed.push_str(Span::new(from, edit.span.start).of(text));
        changed.push_str(&edit.text);
        from = edit.span.end;
    }
    changed.push_str(Span::new(from, text.len()).of(text));
    changed
}

/// The edit that makes `after` of `before`, as short as one edit can be; nothing where they are equal.
pub(crate) fn difference(before: &str, after: &str) -> Vec<Edit> {
    if before == after {
        return Vec::new();
    }
    let same = |(a, b): &(char, char)| a == b;
    let start: usize =
        before.chars().zip(after.chars()).take_while(same).map(|(character, _)| character.len_utf8()).sum();
    let (old, new) = (&before[start..], &after[start..]);
    let end: usize = old
        .chars()
        .rev()
        .zip(new.chars().rev())
        .take_while(same)
        .map(|(character, _)| character.len_utf8())
        .sum();
    let text = new[..new.len() - end].to_owned();
    vec![Edit { span: Span::new(start, before.len() - end), text }]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_difference_makes_one_text_of_another() {
        for (before, after) in
            [("", "a"), ("abc", "abc"), ("aé\r\nb", "aè\r\nb"), ("aaa", "aa"), ("aa", "aaa"), ("x", "")]
        {
            assert_eq!(apply(before, &difference(before, after)), after);
        }
        assert_eq!(difference("a\nb\n", "a\nc\nb\n").len(), 1);
    }

    #[test]
    fn fixes_that_overlap_are_taken_whole_or_not_at_all() {
        let edit = |start, end, text: &str| Edit { span: Span::new(start, end), text: text.to_owned() };
        let fixes = [vec![edit(4, 5, "x")], vec![edit(0, 0, "a"), edit(4, 6, "y")], vec![edit(1, 1, "b")]];
        assert_eq!(apply("012345", &together(fixes)), "0b123x5");
    }
}
