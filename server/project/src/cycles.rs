//! Stylesheets that load each other in a circle: each version would change the file that the other's is made of.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use cachelint_lint::{Asset, AssetKind, Resolved, Target};
use cachelint_syntax::SourceKind;

use crate::{Analysis, Project, analysis, disk};

/// Marks the stylesheets that a stylesheet refers to and that lead back to it, however many others lie between.
pub(crate) fn mark(project: &Project, analysis: &mut Analysis) {
    if analysis.kind != SourceKind::Stylesheet {
        return;
    }
    for resolved in analysis.resolved.iter_mut() {
        if let Target::Asset(asset) = &mut resolved.target
            && is_sheet(asset)
        {
            Arc::make_mut(asset).leads_back = leads_to(project, &asset.path, &analysis.path);
        }
    }
}

fn is_sheet(asset: &Asset) -> bool {
    AssetKind::of(&asset.name) == AssetKind::Stylesheet
}

fn leads_to(project: &Project, from: &Path, to: &Path) -> bool {
    let mut seen = HashSet::new();
    let mut waiting = vec![from.to_owned()];
    while let Some(sheet) = waiting.pop() {
        if sheet == to {
            return true;
        }
        if seen.insert(sheet.clone()) {
            waiting.extend_from_slice(&project.world.sheets(&sheet, || sheets_of(project, &sheet)));
        }
    }
    false
}

/// The stylesheets that the one at `sheet` refers to; none where it can't be read.
fn sheets_of(project: &Project, sheet: &Path) -> Arc<[PathBuf]> {
    let analysis =
        disk::read_text(sheet).ok().and_then(|text| analysis::resolved(project, sheet, &text, None).ok());
    let resolved = analysis.iter().flat_map(|analysis| &analysis.resolved);
    let sheets = resolved.filter_map(Resolved::asset).filter(|asset| is_sheet(asset));
    sheets.map(|asset| asset.path.to_path_buf()).collect()
}
