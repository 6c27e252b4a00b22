//! The facts of small projects as lines, for the tests of the readers.

use std::fmt::Write as _;

use crate::frameworks::{self, Reach};
use crate::testing::Site;
use crate::world::World;

/// The facts of a project of `files`, one line each.
pub(super) fn facts(files: &[(&str, &str)]) -> String {
    let site = Site::new(files);
    let top = site.path("");
    let world = World::new(top.clone());
    let mut lines = String::new();
    for app in &*frameworks::apps(&world, &top) {
        let shown = |path: &std::path::Path| path.strip_prefix(&top).unwrap_or(path).display().to_string();
        writeln!(lines, "app {} at {}", shown(&app.folder), app.origin.phrase()).unwrap();
        for root in &app.roots {
            let equals = if root.prefix.is_empty() { String::new() } else { format!("{}=", root.prefix) };
            let folders: Vec<_> =
                root.folders.iter().map(|folder| format!("{equals}{}", shown(folder))).collect();
            let url = root.url.as_deref().unwrap_or("?");
            let folders = match root.packaged {
                true => [folders, vec!["…".to_owned()]].concat(),
                false => folders,
            };
            writeln!(lines, "root {} {url} {}", root.endpoint.as_deref().unwrap_or("-"), folders.join(" "))
                .unwrap();
        }
        for folder in &app.collected {
            writeln!(lines, "collects {}", shown(folder)).unwrap();
        }
        for it in &app.manifests {
            writeln!(
                lines,
                "{} reads {} of {} by {}",
                it.helper,
                shown(&it.path),
                it.tool,
                it.origin.phrase()
            )
            .unwrap();
        }
        if let Some(written) = &app.written {
            writeln!(lines, "writes {} by {}", written.folder, written.origin.phrase()).unwrap();
        }
        if let Some(strict) = &app.strict {
            let packages = if strict.packaged { " but for packages" } else { "" };
            writeln!(lines, "strict by {}{packages}", strict.origin.phrase()).unwrap();
        }
        for it in &app.versions {
            let reach = match &it.reach {
                Reach::All => "all",
                Reach::Application => "static",
                Reach::Blueprint(name) => name,
            };
            let what = if it.versioned { "versions" } else { "plain" };
            writeln!(lines, "{what} {} of {reach} by {}", it.helper, it.origin.phrase()).unwrap();
        }
        for it in &app.caching {
            writeln!(lines, "caching {:?} by {}", it.keep, it.origin.phrase()).unwrap();
        }
    }
    lines.replace(top.to_str().unwrap(), "")
}

#[track_caller]
pub(super) fn check(files: &[(&str, &str)], expected: &[&str]) {
    assert_eq!(facts(files).lines().collect::<Vec<_>>(), expected);
}
