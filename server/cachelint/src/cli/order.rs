//! In which order stylesheets are changed: leaves first, for a change makes a new digest for those that refer to it.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::path::{Path, PathBuf};

/// Which stylesheets refer to which, by absolute path.
#[derive(Clone, Debug, Default)]
pub(crate) struct Graph {
    references: HashMap<PathBuf, BTreeSet<PathBuf>>,
}

impl Graph {
    /// A graph of stylesheets with the files each refers to.
    pub(crate) fn new(sheets: impl IntoIterator<Item = (PathBuf, BTreeSet<PathBuf>)>) -> Self {
        Self { references: sheets.into_iter().collect() }
    }

    /// The stylesheets, each after those it refers to; within a cycle by path.
    pub(crate) fn leaves_first(&self) -> Vec<PathBuf> {
        let mut sheets: Vec<&Path> = self.references.keys().map(PathBuf::as_path).collect();
        sheets.sort_unstable();
        let mut order = Vec::new();
        let mut seen = HashSet::new();
        for sheet in sheets {
            self.visit(sheet, &mut seen, &mut order);
        }
        order
    }

    /// Whether `to` refers back to `from`, however many files lie between: no version of either could ever be right.
    pub(crate) fn is_cycle(&self, from: &Path, to: &Path) -> bool {
        let mut seen = HashSet::new();
        let mut order = Vec::new();
        self.visit(to, &mut seen, &mut order);
        seen.contains(from)
    }

    /// Walks depth first with a stack of its own: chains of imports may be long.
    fn visit<'a>(&'a self, sheet: &'a Path, seen: &mut HashSet<&'a Path>, order: &mut Vec<PathBuf>) {
        let mut stack = vec![(sheet, false)];
        while let Some((sheet, left)) = stack.pop() {
            if left {
                order.push(sheet.to_owned());
                continue;
            }
            let Some(references) = self.references.get(sheet) else { continue };
            if !seen.insert(sheet) {
                continue;
            }
            stack.push((sheet, true));
            stack.extend(references.iter().rev().map(|reference| (reference.as_path(), false)));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn graph(edges: &[(&str, &[&str])]) -> Graph {
        let paths = |names: &[&str]| names.iter().map(PathBuf::from).collect();
        Graph::new(edges.iter().map(|(sheet, references)| (PathBuf::from(sheet), paths(references))))
    }

    fn order(edges: &[(&str, &[&str])]) -> String {
        let order = graph(edges).leaves_first();
        order.iter().map(|path| path.display().to_string()).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn leaves_come_first() {
        assert_eq!(order(&[("a", &["b", "c"]), ("b", &["c", "x.png"]), ("c", &[])]), "c b a");
        assert_eq!(order(&[("a", &[]), ("b", &[])]), "a b");
        assert_eq!(order(&[("a", &["c"]), ("b", &["a"]), ("c", &["a"])]), "c a b");
    }

    #[test]
    fn cycles_are_told_apart_from_chains() {
        let graph = graph(&[("a", &["b"]), ("b", &["c"]), ("c", &["b"]), ("d", &["d"])]);
        let cycle = |from: &str, to: &str| graph.is_cycle(Path::new(from), Path::new(to));
        assert_eq!(
            [cycle("a", "b"), cycle("b", "c"), cycle("c", "b"), cycle("d", "d")],
            [false, true, true, true]
        );
    }

    #[test]
    fn a_long_chain_of_imports_is_walked() {
        let name = |number: usize| PathBuf::from(format!("{number:06}"));
        let sheets = (0..100_000).map(|number| (name(number), BTreeSet::from([name(number + 1)])));
        let order = Graph::new(sheets).leaves_first();
        assert_eq!((order.len(), &order[0]), (100_000, &name(99_999)));
    }
}
