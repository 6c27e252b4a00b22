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
    use cachelint_lint::edits::apply;

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
}
