//! Which findings a run speaks of, beyond what the rules say.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use cachelint_lint::Finding;

use super::baseline::Baseline;
use super::session::Session;

/// Which findings a run speaks of.
#[derive(Clone, Debug, Default)]
pub(crate) struct Filter {
    /// What is known already.
    baseline: Option<Baseline>,
    /// The only assets that matter, absolute; all where empty.
    assets: BTreeSet<PathBuf>,
}

impl Filter {
    /// Reads the baseline, if one is given.
    pub(crate) fn new(session: &Session, baseline: Option<&Path>) -> anyhow::Result<Self> {
        let read = |file: &Path| {
            let file = session.absolute(file);
            let context = || format!("--baseline {}", session.shown(&file));
            let text = session.project.read(&file).context("--baseline")?;
            Baseline::parse(&file, &text).with_context(context)
        };
        Ok(Self { baseline: baseline.map(read).transpose()?, assets: BTreeSet::new() })
    }

    /// The same filter for references to `assets` only.
    pub(crate) fn of_assets(mut self, session: &Session, assets: &[PathBuf]) -> anyhow::Result<Self> {
        for asset in assets {
            let path = session.absolute(asset);
            if !path.is_file() {
                bail!("--asset {}: no such file", asset.display());
            }
            self.assets.insert(path);
        }
        Ok(self)
    }

    /// Takes from the findings of the source at `path` those the run does not speak of.
    pub(crate) fn apply(&self, path: &Path, findings: &mut Vec<Finding>) {
        if let Some(baseline) = &self.baseline {
            baseline.subtract(path, findings);
        }
        if !self.assets.is_empty() {
            findings
                .retain(|finding| finding.asset.as_deref().is_some_and(|asset| self.assets.contains(asset)));
        }
    }
}
