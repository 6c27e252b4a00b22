//! Why the absence of a file may prove nothing: git ignores it, a build makes it, its source stands beside it.

use std::path::Path;

use super::Context;
use super::locate::Location;
use super::path::joined;

/// Folders that builds write to.
const BUILT: [&str; 9] =
    ["dist", "build", "built", "gen", "generated", "compiled", "bundles", "CACHE", ".vite"];

/// Folders that hold sources of a build, beside the folder it writes to.
const SOURCES: [&str; 8] = ["src", "scss", "sass", "less", "styles", "ts", "js", "css"];

/// Extensions of the sources that files of an extension are made from.
fn source_extensions(extension: &str) -> &'static [&'static str] {
    match extension {
        "css" => &["scss", "sass", "less", "styl", "pcss", "postcss"],
        "js" | "mjs" => &["ts", "tsx", "jsx", "mts", "coffee", "vue", "svelte"],
        _ => &[],
    }
}

/// Why the absence of `name` in all of `locations` proves nothing, for people.
pub(super) fn excuse(context: &Context<'_>, locations: &[&Location], name: &str) -> Option<String> {
    let below = locations.iter().filter_map(|location| Some((&*location.folder, location.below(name)?)));
    let is_ignored =
        |root: &Path, name: &str| context.world.ignored.is_ignored(context.project, &joined(root, name));
    if below.clone().any(|(root, name)| is_ignored(root, name)) {
        return Some("git ignores it".to_owned());
    }
    below.clone().find_map(|(_, name)| by_name(context, name)).or_else(|| {
        let source = below.clone().find_map(|(root, name)| source(context, root, name))?;
        Some(format!("it is made from {source}"))
    })
}

/// What the name alone says.
fn by_name(context: &Context<'_>, name: &str) -> Option<String> {
    let (folder, _) = name.rsplit_once('/').unwrap_or(("", name));
    if let Some(built) = folder.split('/').find(|part| BUILT.contains(part)) {
        return Some(format!("{built}/ holds build output"));
    }
    let mut written = context.view.apps.iter().filter_map(|app| app.written.as_ref());
    let is_below = |below: &str| name.strip_prefix(below).is_some_and(|rest| rest.starts_with('/'));
    let written = written.find(|written| is_below(&written.folder))?;
    Some(format!("it is written when pages are rendered ({})", written.origin.phrase()))
}

/// The source that `name` is made from: beside it, or in a folder of sources next to its own.
fn source(context: &Context<'_>, root: &Path, name: &str) -> Option<String> {
    let (folder, file) = name.rsplit_once('/').unwrap_or(("", name));
    let (stem, extension) = file.rsplit_once('.')?;
    let plain = stem.strip_suffix(".min").unwrap_or(stem);
    let unminified = (plain != stem).then_some(extension);
    let extensions = source_extensions(extension).iter().copied().chain(unminified);
    let made_from: Vec<String> = extensions.map(|extension| format!("{plain}.{extension}")).collect();
    if made_from.is_empty() {
        return None;
    }
    let folders = &context.world.folders;
    let own = joined(root, folder);
    let is_there = |above: &Path, name: &str| folders.has_folder(above, name).then(|| above.join(name));
    let beside =
        own.parent().into_iter().flat_map(|above| SOURCES.iter().filter_map(move |it| is_there(above, it)));
    std::iter::once(own.clone())
        .chain(beside)
        .find_map(|folder| made_from.iter().find(|source| folders.has_file(&folder, source)).cloned())
}
