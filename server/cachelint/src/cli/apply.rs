//! From fixes to text: which go together, and again until nothing is left to do.

use cachelint_lint::{Applicability, Edit, Finding, Fix, edits};

/// How often a text is judged and changed before its fixes are said not to settle.
pub(crate) const ROUNDS: usize = 10;

/// A text with its fixes applied until none was left.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Fixed {
    /// The text; the one given where the fixes do not settle.
    pub(crate) text: String,
    /// How many fixes were applied.
    pub(crate) applied: usize,
    /// Whether a round came that changed nothing, within [`ROUNDS`].
    pub(crate) settled: bool,
}

/// The fix of a finding that may be applied: its first that needs no more than `most`.
pub(crate) fn applicable(finding: &Finding, most: Applicability) -> Option<&Fix> {
    finding.fixes.iter().find(|fix| fix.applicability <= most)
}

/// Applies what `fixes` gives for a text, then what it gives for the new text, until that is nothing.
pub(crate) fn to_fixed_point<E>(
    text: &str,
    mut fixes: impl FnMut(&str) -> Result<Vec<Fix>, E>,
) -> Result<Fixed, E> {
    let mut state = Fixed { text: text.to_owned(), applied: 0, settled: true };
    for _ in 0..ROUNDS {
        let (changed, applied) = apply(&state.text, &fixes(&state.text)?);
        if changed == state.text {
            return Ok(state);
        }
        state.text = changed;
        state.applied += applied;
    }
    Ok(Fixed { text: text.to_owned(), applied: 0, settled: false })
}

/// `text` with `fixes` applied, and how many were: a fix is applied whole or not at all, and of two that overlap
/// the one that starts first.
pub(crate) fn apply(text: &str, fixes: &[Fix]) -> (String, usize) {
    let mut order: Vec<&Fix> = fixes.iter().filter(|fix| fits(text, fix)).collect();
    order.sort_by_key(|fix| fix.edits.first().map(|edit| edit.span));
    let (edits, applied) = edits::together(order.into_iter().map(|fix| fix.edits.as_slice()));
    (edits::apply(text, &edits), applied)
}

fn fits(text: &str, fix: &Fix) -> bool {
    let whole = |edit: &Edit| text.get(edit.span.start..edit.span.end).is_some();
    !fix.edits.is_empty() && fix.edits.iter().all(whole)
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;

    use cachelint_syntax::Span;

    use super::*;

    fn fix(edits: &[(usize, usize, &str)]) -> Fix {
        let edit = |&(start, end, text): &(usize, usize, &str)| Edit {
            span: Span::new(start, end),
            text: text.to_owned(),
        };
        Fix {
            title: String::new(),
            applicability: Applicability::Safe,
            edits: edits.iter().map(edit).collect(),
        }
    }

    #[test]
    fn fixes_that_overlap_wait_for_the_next_round() {
        let check = |fixes: &[Fix], expected: (&str, usize)| {
            let (text, applied) = apply("0123456789", fixes);
            assert_eq!((text.as_str(), applied), expected);
        };
        check(&[], ("0123456789", 0));
        check(&[fix(&[(9, 10, "z")]), fix(&[(0, 0, "a")])], ("a012345678z", 2));
        check(&[fix(&[(2, 5, "x")]), fix(&[(4, 6, "y")])], ("01x56789", 1));
        check(&[fix(&[(2, 5, "x")]), fix(&[(5, 6, "y")])], ("01xy6789", 2));
        check(&[fix(&[(3, 3, "a")]), fix(&[(3, 3, "b")])], ("012a3456789", 1));
        check(&[fix(&[(1, 2, "a"), (8, 9, "b")]), fix(&[(8, 9, "c")])], ("0a234567b9", 1));
        check(&[fix(&[(8, 11, "past the end")]), fix(&[])], ("0123456789", 0));
    }

    #[test]
    fn rounds_go_on_until_nothing_changes() {
        let until_four = |text: &str| {
            Ok::<_, Infallible>(if text.len() < 4 { vec![fix(&[(0, 0, "a")])] } else { Vec::new() })
        };
        let fixed = to_fixed_point("", until_four).unwrap();
        assert_eq!(fixed, Fixed { text: "aaaa".to_owned(), applied: 4, settled: true });
    }

    #[test]
    fn fixes_that_never_settle_leave_the_text_as_it_was() {
        let fixed = to_fixed_point("x", |_| Ok::<_, Infallible>(vec![fix(&[(0, 0, "a")])])).unwrap();
        assert_eq!(fixed, Fixed { text: "x".to_owned(), applied: 0, settled: false });
    }
}
