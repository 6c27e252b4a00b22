//! A file that was found, as the value the rules are given.

use std::path::Path;
use std::sync::Arc;

use cachelint_lint::{Asset, AtRuntime, Resolved, Target, all_written, needs_all_digests};
use cachelint_syntax::{LinkRel, Place, Reference, Source, SourceKind};
use dashmap::DashMap;

use super::Context;
use super::locate::Hit;
use super::path::encoded;
use crate::digest::{DigestError, Hashed, Wanted};
use crate::disk::{self, Stamp};
use crate::world::World;

/// A file found below a static root under `name`.
pub(super) fn target(context: &Context<'_>, reference: &Reference, hit: &Hit<'_>, name: &str) -> Target {
    let url = format!("{}{}", hit.location.url, encoded(name));
    checked(context, reference, hit, name, url, hit.found.case_on_disk.clone())
}

/// A file found from a page, which names it `written`.
pub(super) fn of_page(context: &Context<'_>, reference: &Reference, hit: &Hit<'_>, written: &str) -> Target {
    let case_on_disk = hit.found.case_on_disk.as_deref().map(|spelled| respelled(written, spelled));
    let differs = case_on_disk.filter(|case| case != written);
    checked(context, reference, hit, written, encoded(written), differs)
}

/// `written` with its last parts as the disk spells them.
fn respelled(written: &str, spelled: &str) -> String {
    let own = written.rsplit('/').take_while(|part| !matches!(*part, "" | "." | "..")).count();
    let kept = written.split('/').count() - own;
    let mut parts: Vec<&str> = written.split('/').take(kept).collect();
    let tail: Vec<&str> = spelled.rsplit('/').take(own).collect();
    parts.extend(tail.into_iter().rev());
    parts.join("/")
}

fn checked(
    context: &Context<'_>,
    reference: &Reference,
    hit: &Hit<'_>,
    name: &str,
    url: String,
    case_on_disk: Option<String>,
) -> Target {
    let path = &hit.found.path;
    if let Err(reason) = inside_project(context, path) {
        return Target::Unchecked(reason);
    }
    let path = context.world.shared(path);
    let hashed = match hashed(context, reference, &path) {
        Ok(hashed) => hashed,
        Err(reason) => return Target::Unchecked(reason),
    };
    Target::Asset(Arc::new(Asset {
        path: Arc::clone(&path),
        name: name.to_owned(),
        url,
        root: hit.location.root,
        size: hashed.size,
        digests: hashed.digests,
        ignored: context.world.ignored.is_ignored(context.project, &path),
        imports: is_module(reference) && context.world.imports(&path, || imports(&path)),
        leads_back: false,
        case_on_disk,
    }))
}

/// Links resolved, the file lies in the project folder.
fn inside_project(context: &Context<'_>, path: &Path) -> Result<(), String> {
    let outside = || Err("outside the project folder".to_owned());
    let Some(project) = context.world.real_folder(context.project) else { return outside() };
    let nearest = path.ancestors().skip(1).find_map(|folder| context.world.real_folder(folder));
    if !nearest.is_some_and(|folder| folder.starts_with(&project)) {
        return outside();
    }
    if !context.world.folders.is_link(path) {
        return Ok(());
    }
    match context.world.real(path) {
        Some(real) if real.starts_with(project) => Ok(()),
        Some(_) => outside(),
        None => Err("a link that leads nowhere".to_owned()),
    }
}

struct MaybeHashed {
    size: u64,
    digests: Option<cachelint_lint::Digests>,
}

/// The digests, unless the reference is inert or the file beyond the limit and nothing must be checked.
fn hashed(context: &Context<'_>, reference: &Reference, path: &Arc<Path>) -> Result<MaybeHashed, String> {
    let unread = |error: &DigestError| format!("it could not be read: {error}");
    let strong = reference.integrity.is_some();
    let others = strong || needs_all_digests(&all_written(reference), context.settings);
    let wanted = Wanted { others, strong, ..Wanted::of(context.config) };
    let stamp = context.stamps.of(context.world, path).map_err(|error| unread(&error))?;
    let size = stamp.size;
    let large = size > context.config.max_hash_size && !others && !context.hash_large;
    if large || reference.inert.is_some() {
        return Ok(MaybeHashed { size, digests: None });
    }
    let hashed = context.world.digests.of_stamp(path, stamp, wanted);
    let Hashed { size, digests } = hashed.map_err(|error| unread(&error))?;
    Ok(MaybeHashed { size, digests: Some(digests) })
}

/// The stamps of the files that a source names, each asked for once an analysis.
#[derive(Debug, Default)]
pub(crate) struct Stamps {
    /// By the address of its path, of which the world keeps one: a path is slow to compare.
    seen: DashMap<usize, Seen>,
}

/// A file that was asked for its stamp.
#[derive(Clone, Debug)]
struct Seen {
    stamp: Stamp,
    /// Whether a change since would show in the stamp.
    is_settled: bool,
    /// Held on to, so that no other path gets its address.
    _path: Arc<Path>,
}

impl Stamps {
    /// Room for as many files as in the last analysis.
    pub(crate) fn like(last: Option<&Self>) -> Self {
        Self { seen: DashMap::with_capacity(last.map_or(0, |last| last.seen.len())) }
    }

    fn of(&self, world: &World, path: &Arc<Path>) -> Result<Stamp, DigestError> {
        let address = address(path);
        if let Some(seen) = self.seen.get(&address) {
            return Ok(seen.stamp);
        }
        let stamp = world.digests.stamp(path)?;
        let is_settled = disk::is_settled(stamp);
        self.seen.insert(address, Seen { stamp, is_settled, _path: Arc::clone(path) });
        Ok(stamp)
    }

    /// The stamp of a file as it was last, where a change since would show in it.
    fn settled(&self, path: &Arc<Path>) -> Option<Stamp> {
        self.seen.get(&address(path)).filter(|seen| seen.is_settled).map(|seen| seen.stamp)
    }
}

fn address(path: &Arc<Path>) -> usize {
    Arc::as_ptr(path).addr()
}

/// What a reference named in the last analysis, or looked for in vain, where that alone decided and the file is as it was.
pub(super) fn unchanged(context: &Context<'_>, before: &Resolved) -> Option<Target> {
    if before.listed.is_some() || before.is_stripped {
        return None;
    }
    let asset = match &before.target {
        Target::Asset(asset) => asset,
        Target::Missing(_) | Target::External | Target::Unknown(_) | Target::Page(_) => {
            return Some(before.target.clone());
        }
        // What is written decides, or what could not be read a moment ago.
        Target::Dynamic(_) | Target::Unchecked(_) => return None,
    };
    let stamp = context.last_stamps?.settled(&asset.path)?;
    let is_same = context.stamps.of(context.world, &asset.path).is_ok_and(|now| now == stamp);
    is_same.then(|| Target::Asset(Arc::clone(asset)))
}

/// Whether what is known of a reference in the last analysis, of the same text, is what a fresh look would find.
pub(crate) fn stays(context: &Context<'_>, last: &Resolved) -> bool {
    // The line of what the source itself says moves.
    let is_own = match &last.at_runtime {
        AtRuntime::Unread => false,
        AtRuntime::Versioned(origin) | AtRuntime::Plain(origin) | AtRuntime::Kept(origin) => {
            origin.path.as_os_str() == context.path.as_os_str()
        }
    };
    let target_stays = || matches!(last.target, Target::Dynamic(_)) || unchanged(context, last).is_some();
    last.copy.is_none() && !is_own && target_stays()
}

const fn is_module(reference: &Reference) -> bool {
    matches!(reference.place, Place::ModuleScriptSrc | Place::LinkHref(LinkRel::ModulePreload))
}

/// Whether the script at `path` imports others.
fn imports(path: &Path) -> bool {
    const LIMIT: u64 = 4_000_000;
    let Some(bytes) = disk::read_head(path, LIMIT) else { return false };
    let text = String::from_utf8_lossy(&bytes);
    if !text.contains("import") && !text.contains("export") {
        return false;
    }
    let source = Source { text: &text, kind: SourceKind::Script, dialect: cachelint_syntax::Dialect::Plain };
    let extraction = cachelint_syntax::extract(&source, &cachelint_syntax::ExtractSettings::default());
    extraction.references.iter().any(|reference| reference.place == Place::ModuleImport)
}
