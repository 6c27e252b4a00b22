//! Folders whose HTML is no template of the project: packages, collected output, reports, static files.

use std::path::Path;

use crate::Project;
use crate::folders::Listing;

/// Folders of other people's code and of reports, by name alone.
const BY_NAME: [(&str, &str); 8] = [
    ("node_modules", "installed packages"),
    ("bower_components", "installed packages"),
    ("site-packages", "installed packages"),
    ("__pycache__", "compiled Python"),
    ("htmlcov", "a coverage report"),
    ("lcov-report", "a coverage report"),
    ("_site", "a built site"),
    ("_build", "built documentation"),
];
/// What only a coverage report holds.
const COVERAGE: [&str; 4] = ["lcov-report", "lcov.info", "coverage-final.json", "clover.xml"];

/// Why the templates below `folder` are passed over, for people; `None` where they are not.
pub(super) fn reason(project: &Project, folder: &Path) -> Option<String> {
    let name = folder.file_name()?.to_str()?;
    if let Some((_, reason)) = BY_NAME.iter().find(|(other, _)| *other == name) {
        return Some((*reason).to_owned());
    }
    let folders = &project.world.folders;
    let held =
        |listing: &Listing, names: &[&str]| names.iter().any(|name| listing.entries.contains_key(*name));
    match name {
        "coverage" if held(&folders.list(folder), &COVERAGE) => Some("a coverage report".to_owned()),
        "staticfiles" if folders.has_file(folder.parent()?, "manage.py") => {
            Some("collected static files".to_owned())
        }
        "static" => Some("a static root".to_owned()),
        _ if folders.has_file(folder, "pyvenv.cfg") => Some("a virtual environment".to_owned()),
        _ if folders.has_file(folder, "staticfiles.json") => Some("collected static files".to_owned()),
        _ => configured(project, folder).then(|| "a static root".to_owned()),
    }
}

/// Whether a configured root lies at `folder`, one that serves all of a site apart.
fn configured(project: &Project, folder: &Path) -> bool {
    let Ok(config) = project.config_of_folder(folder) else { return false };
    let whole_site =
        |url: &str| url.trim_end_matches('/').rsplit("//").next().is_none_or(|rest| !rest.contains('/'));
    config
        .static_roots
        .iter()
        .any(|root| !whole_site(&root.url) && root.folders.iter().any(|other| other == folder))
}
