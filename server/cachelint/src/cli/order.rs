//! Which stylesheets refer to which: the order in which they are changed.

use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};

use cachelint_project::order;

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
        let below = |sheet: &Path| Some(self.references.get(sheet)?.iter().map(PathBuf::as_path));
        order::leaves_first(sheets, below).into_iter().map(Path::to_owned).collect()
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
    fn a_long_chain_of_imports_is_walked() {
        let name = |number: usize| PathBuf::from(format!("{number:06}"));
        let sheets = (0..100_000).map(|number| (name(number), BTreeSet::from([name(number + 1)])));
        let order = Graph::new(sheets).leaves_first();
        assert_eq!((order.len(), &order[0]), (100_000, &name(99_999)));
    }
}
