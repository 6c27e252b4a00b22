//! The index: from an asset to the references that name it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use crate::Analysis;

/// From an asset to the references that name it, over all sources of a run.
#[derive(Clone, Debug, Default)]
pub struct Index {
    by_asset: BTreeMap<PathBuf, Vec<Use>>,
}

/// One reference to an asset.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Use {
    /// The source, absolute.
    pub source: PathBuf,
    /// The number of the reference in the source's `resolved`.
    pub reference: usize,
}

impl Index {
    /// The index of `analyses`.
    pub fn of(analyses: &[Analysis]) -> Self {
        let mut pairs: Vec<(PathBuf, Use)> = analyses.par_iter().flat_map_iter(uses_in).collect();
        pairs.par_sort_unstable();
        let mut by_asset: BTreeMap<PathBuf, Vec<Use>> = BTreeMap::new();
        for (asset, one) in pairs {
            by_asset.entry(asset).or_default().push(one);
        }
        Self { by_asset }
    }

    /// The references that name `asset` (as [`cachelint_lint::Asset::path`] has it), by source and place.
    pub fn uses(&self, asset: &Path) -> &[Use] {
        self.by_asset.get(asset).map_or(&[], Vec::as_slice)
    }

    /// All assets that are named, with their references.
    pub fn iter(&self) -> impl Iterator<Item = (&Path, &[Use])> {
        self.by_asset.iter().map(|(asset, uses)| (asset.as_path(), uses.as_slice()))
    }
}

fn uses_in(analysis: &Analysis) -> impl Iterator<Item = (PathBuf, Use)> {
    analysis.resolved.iter().enumerate().filter_map(|(reference, resolved)| {
        let asset = resolved.asset()?;
        Some((asset.path.clone(), Use { source: analysis.path.clone(), reference }))
    })
}
