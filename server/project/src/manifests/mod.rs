//! Manifests of build tools: what each name was built into, in formats told apart by their shape.

mod asset_mapper;
mod cra;
mod django;
mod encore;
mod find;
mod flask;
mod lookup;
mod mix;
mod phoenix;
mod propshaft;
mod rev;
mod shape;
mod sprockets;
mod vite;
mod webassets;
mod webpack;
mod webpack_stats;

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use cachelint_lint::build_hash;
use dashmap::DashMap;
use serde_json::Value;

pub(crate) use lookup::is_helper;

use crate::once::PerProject;
use crate::shown;
use crate::world::World;
use crate::{disk, frameworks};

/// A format of manifests.
#[derive(Debug)]
pub(crate) struct Format {
    /// What writes it, for people: `Vite`.
    pub(crate) tool: &'static str,
    /// The names of the files that may hold it; one `*` in a name stands for any text.
    files: &'static [&'static str],
    /// The helpers whose URLs are looked up in it.
    pub(crate) helpers: &'static [&'static str],
    /// What its hashes are made of.
    pub(crate) hash: Hash,
    /// Its entries; `None` where the shape is that of something else.
    read: fn(&Value) -> Option<Vec<Entry>>,
}

/// What the hashes of a format are made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Hash {
    /// MD5 of the source as it is, which lies beside the output: another digest proves that it changed since.
    Source,
    /// What the build made of the source, or more than its bytes: nothing about the source can be verified.
    Processed,
}

/// The formats, one line each; of several that share a file name, the most telling shape first.
static FORMATS: [&Format; 14] = [
    &phoenix::FORMAT,
    &sprockets::FORMAT,
    &django::FORMAT,
    &vite::FORMAT,
    &webpack_stats::FORMAT,
    &cra::FORMAT,
    &propshaft::FORMAT,
    &webassets::FORMAT,
    &mix::FORMAT,
    &flask::FORMAT,
    &rev::FORMAT,
    &asset_mapper::FORMAT,
    &encore::FORMAT,
    &webpack::FORMAT,
];

/// One entry as a format reads it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Entry {
    /// The name that templates and the build know: `css/app.css`, `src/main.js`.
    name: String,
    /// What it was built into, as written: below the manifest's folder, or a URL.
    output: String,
    /// The hash of its source in hexadecimal, where the format tells.
    digest: Option<String>,
}

/// One manifest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Manifest {
    /// The file, absolute.
    pub(crate) path: PathBuf,
    /// The file as people are shown it.
    pub(crate) shown: String,
    /// Its format.
    pub(crate) format: &'static Format,
    /// The folder its outputs lie below.
    pub(crate) base: PathBuf,
    /// Its entries.
    pub(crate) outputs: Vec<Output>,
}

/// One entry with its place on disk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Output {
    /// The name that templates and the build know.
    pub(crate) name: String,
    /// The URL, or its end, without query: `css/app-3f2a9c1b.css`, `/build/app.3f2a9c1b.css`.
    pub(crate) url: String,
    /// The path below the manifest's base; `None` where the URL does not tell.
    pub(crate) below: Option<String>,
    /// Whether its file name holds a hash.
    pub(crate) is_hashed: bool,
    /// The hash of its source in hexadecimal, where the format tells.
    pub(crate) digest: Option<String>,
    /// The line of the manifest, from 1.
    pub(crate) line: usize,
}

/// The manifests of a project.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Found {
    /// Those that could be read, by path.
    pub(crate) manifests: Vec<Arc<Manifest>>,
    /// What is said of those that could not: file and reason.
    pub(crate) failures: Vec<(PathBuf, String)>,
}

/// The manifests read so far.
#[derive(Debug, Default)]
pub(crate) struct Manifests {
    by_project: PerProject<Arc<Found>>,
    /// The last reading of each file that gave entries: it holds while a build is writing the file anew.
    last_good: DashMap<PathBuf, Arc<Manifest>>,
}

/// The largest manifest that is read, in bytes.
const MAX_SIZE: u64 = 16_000_000;

impl Manifests {
    /// Forgets all manifests but their last good readings.
    pub(crate) fn forget(&self) {
        self.by_project.forget();
    }
}

/// Whether a file of that name may hold a manifest.
pub fn is_manifest_name(name: &str) -> bool {
    FORMATS.iter().any(|format| format.may_be(name))
}

/// The manifests of a project.
pub(crate) fn of_project(world: &World, project: &Path) -> Arc<Found> {
    world.manifests.by_project.get(project, || {
        let mut found = Found::default();
        let apps = frameworks::apps(world, project);
        let named = apps.iter().flat_map(|app| &app.manifests);
        let named: BTreeMap<&Path, &str> = named.map(|it| (it.path.as_path(), it.tool)).collect();
        let mut candidates = find::candidates(world, project);
        candidates
            .extend(named.keys().filter(|path| is_inside(world, project, path)).map(|&path| path.to_owned()));
        candidates.sort_unstable();
        candidates.dedup();
        for path in candidates {
            add(world, project, &path, named.get(path.as_path()).copied(), &mut found);
        }
        Arc::new(found)
    })
}

/// Whether a file that code names lies in the project, links resolved.
fn is_inside(world: &World, project: &Path, path: &Path) -> bool {
    let real = world.real(path).zip(world.real_folder(project));
    real.is_some_and(|(path, project)| path.starts_with(project)) && world.folders.is_file(path)
}

/// Reads a file and adds it, or what is said of it; `tool` is the one whose manifest code says it is.
fn add(world: &World, project: &Path, path: &Path, tool: Option<&str>, found: &mut Found) {
    let (read, failure) = match read(world, project, path, tool) {
        Ok(read) => (read.map(Arc::new), None),
        Err(reason) => (None, Some(reason)),
    };
    found.failures.extend(failure.map(|reason| (path.to_owned(), reason)));
    if let Some(manifest) = &read {
        world.manifests.last_good.insert(path.to_owned(), Arc::clone(manifest));
    }
    let last_good = || world.manifests.last_good.get(path).map(|entry| Arc::clone(&entry));
    found.manifests.extend(read.or_else(last_good));
}

/// Reads a file that may be a manifest; `None` for one that is none, an error for one that is cut short or too large.
fn read(world: &World, project: &Path, path: &Path, tool: Option<&str>) -> Result<Option<Manifest>, String> {
    let Some(bytes) = disk::read_head(path, MAX_SIZE + 1) else { return Ok(None) };
    if bytes.len() as u64 > MAX_SIZE {
        return Err(format!("more than the {} MB of a manifest that are read", MAX_SIZE / 1_000_000));
    }
    let text = String::from_utf8_lossy(&bytes);
    let value: Value = match serde_json::from_str(text.trim_start_matches('\u{feff}')) {
        Ok(value) => value,
        Err(error) if error.is_eof() => return Err("its JSON ends too early".to_owned()),
        Err(_) => return Ok(None),
    };
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let formats = FORMATS.iter().filter(|format| format.may_be(&name) || Some(format.tool) == tool);
    let read = formats.filter_map(|format| Some((*format, (format.read)(&value)?)));
    let Some((format, entries)) = read.into_iter().find(|(_, entries)| !entries.is_empty()) else {
        return Ok(None);
    };
    let base = base(path).to_owned();
    let outputs = outputs(world, &base, entries, &text);
    let shown = shown::below(project, path);
    Ok(Some(Manifest { path: path.to_owned(), shown, format, base, outputs }))
}

/// The folder that outputs lie below: the manifest's own; of Vite's, which lies in `.vite`, the one above.
fn base(path: &Path) -> &Path {
    let folder = path.parent().unwrap_or(path);
    match folder.file_name() {
        Some(name) if name == ".vite" => folder.parent().unwrap_or(folder),
        _ => folder,
    }
}

fn outputs(world: &World, base: &Path, entries: Vec<Entry>, text: &str) -> Vec<Output> {
    let lines = lines(text);
    let skipped = skipped(world, base, &entries);
    let lengths = hash_lengths(&entries);
    let output = |entry: Entry| {
        let line = lines.get(entry.output.as_str()).or_else(|| lines.get(entry.name.as_str()));
        let url = without_query(&entry.output).to_owned();
        Output {
            line: line.copied().unwrap_or(1),
            below: below(&url, skipped),
            is_hashed: is_hashed(&entry, &lengths),
            name: entry.name,
            digest: entry.digest,
            url,
        }
    };
    entries.into_iter().map(output).collect()
}

/// The lengths of the hashes that are known as such by their look.
fn hash_lengths(entries: &[Entry]) -> BTreeSet<usize> {
    let known = entries.iter().filter_map(|entry| build_hash(shape::file_name(without_query(&entry.output))));
    known.map(|range| range.len()).collect()
}

/// Whether the name of an output holds a hash: by its look, or by standing where others of that length stand, for
/// one in a thousand looks like a word.
fn is_hashed(entry: &Entry, lengths: &BTreeSet<usize>) -> bool {
    let output = shape::file_name(without_query(&entry.output));
    let behind_stem = || {
        let stem = shape::file_name(&entry.name).split('.').next()?;
        let rest = output.strip_prefix(stem)?.strip_prefix(['-', '.'])?;
        rest.split('.').next().map(str::len)
    };
    build_hash(output).is_some() || behind_stem().is_some_and(|length| lengths.contains(&length))
}

/// How many leading folders of the URLs are none below `base`, told by the first output that is there; `None` where
/// none is.
fn skipped(world: &World, base: &Path, entries: &[Entry]) -> Option<usize> {
    const TRIED: usize = 200;
    const DEEPEST: usize = 8;
    let rooted = entries.iter().filter(|entry| is_url(&entry.output)).take(TRIED);
    rooted.into_iter().find_map(|entry| {
        let url = without_query(&entry.output);
        (0..DEEPEST).find(|&skipped| {
            let name = below(url, Some(skipped));
            name.is_some_and(|name| world.folders.is_file(&base.join(name)))
        })
    })
}

/// The path of an output below its base, `skipped` folders of a URL left out.
fn below(url: &str, skipped: Option<usize>) -> Option<String> {
    if !is_url(url) {
        return is_safe(url).then(|| url.to_owned());
    }
    let path = url.split_once("//").map_or(url, |(_, hosted)| hosted.split_once('/').unwrap_or_default().1);
    let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
    let rest = parts.get(skipped?..).filter(|rest| !rest.is_empty())?.join("/");
    is_safe(&rest).then_some(rest)
}

/// Whether a name stays below its folder.
fn is_safe(name: &str) -> bool {
    !name.is_empty() && !name.contains('\\') && name.split('/').all(|part| !matches!(part, "" | "." | ".."))
}

fn is_url(output: &str) -> bool {
    output.starts_with('/') || output.contains("://")
}

fn without_query(output: &str) -> &str {
    output.split(['?', '#']).next().unwrap_or(output)
}

/// The line on which each string of a JSON text stands first.
fn lines(text: &str) -> HashMap<&str, usize> {
    let mut lines = HashMap::new();
    for (number, line) in text.lines().enumerate() {
        for string in line.split('"').skip(1).step_by(2) {
            lines.entry(string).or_insert(number + 1);
        }
    }
    lines
}

impl PartialEq for Format {
    fn eq(&self, other: &Self) -> bool {
        self.tool == other.tool
    }
}

impl Eq for Format {}

impl Format {
    fn may_be(&self, name: &str) -> bool {
        self.files.iter().any(|file| match file.split_once('*') {
            Some((start, end)) => {
                name.len() >= start.len() + end.len() && name.starts_with(start) && name.ends_with(end)
            }
            None => *file == name,
        })
    }
}
