//! Edits of several fixes on one text: which go together, and the text they make.

use std::collections::BTreeMap;

use cachelint_syntax::Span;

use crate::Edit;

/// The edits of several fixes in the order of their spans, and how many of the fixes they are. A fix is taken whole or
/// not at all, and of two that overlap the one that comes first.
pub fn together<'a>(fixes: impl IntoIterator<Item = &'a [Edit]>) -> (Vec<Edit>, usize) {
    let mut taken: BTreeMap<Span, &Edit> = BTreeMap::new();
    let mut count = 0;
    for edits in fixes {
        if edits.iter().any(|edit| collides(&taken, edit.span)) {
            continue;
        }
        taken.extend(edits.iter().map(|edit| (edit.span, edit)));
        count += 1;
    }
    (taken.into_values().cloned().collect(), count)
}

/// Whether `span` overlaps a span of `taken`, whose spans do not overlap: its neighbours tell.
fn collides(taken: &BTreeMap<Span, &Edit>, span: Span) -> bool {
    let before = taken.range(..=span).next_back();
    let after = taken.range(span..).next();
    before.into_iter().chain(after).any(|(other, _)| overlap(*other, span))
}

fn overlap(a: Span, b: Span) -> bool {
    a == b || (a.start < b.end && b.start < a.end)
}

/// `text` with `edits`, which fit it, are in order and do not overlap.
pub fn apply(text: &str, edits: &[Edit]) -> String {
    let mut changed = String::with_capacity(text.len() + text.len() / 16);
    let mut from = 0;
    for edit in edits {
        changed.push_str(Span::new(from, edit.span.start).of(text));
        changed.push_str(&edit.text);
        from = edit.span.end;
    }
    changed.push_str(Span::new(from, text.len()).of(text));
    changed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fixes_that_overlap_are_taken_whole_or_not_at_all() {
        let edit = |start, end, text: &str| Edit { span: Span::new(start, end), text: text.to_owned() };
        let fixes = [vec![edit(4, 5, "x")], vec![edit(0, 0, "a"), edit(4, 6, "y")], vec![edit(1, 1, "b")]];
        let (edits, count) = together(fixes.iter().map(Vec::as_slice));
        assert_eq!((apply("012345", &edits).as_str(), count), ("0b123x5", 2));
    }
}
