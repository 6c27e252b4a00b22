//! In which order files are changed: leaves first, for a change makes a new digest for those that refer to it.

use std::collections::HashSet;
use std::path::Path;

/// The files that can be reached from `tops`, each after those it refers to; within a cycle in the order of the walk.
/// `below` gives what a file refers to, in order, and `None` for what is no file of the walk.
pub fn leaves_first<'a, B>(
    tops: impl IntoIterator<Item = &'a Path>,
    below: impl Fn(&'a Path) -> Option<B>,
) -> Vec<&'a Path>
where
    B: IntoIterator<Item = &'a Path>,
{
    let mut order = Vec::new();
    let mut seen = HashSet::new();
    for top in tops {
        visit(top, &below, &mut seen, &mut order);
    }
    order
}

/// Walks depth first with a stack of its own: chains of imports may be long.
fn visit<'a, B>(
    top: &'a Path,
    below: &impl Fn(&'a Path) -> Option<B>,
    seen: &mut HashSet<&'a Path>,
    order: &mut Vec<&'a Path>,
) where
    B: IntoIterator<Item = &'a Path>,
{
    let mut stack = vec![(top, false)];
    while let Some((file, left)) = stack.pop() {
        if left {
            order.push(file);
            continue;
        }
        let Some(references) = below(file) else { continue };
        if !seen.insert(file) {
            continue;
        }
        stack.push((file, true));
        let first = stack.len();
        stack.extend(references.into_iter().map(|reference| (reference, false)));
        stack[first..].reverse();
    }
}
