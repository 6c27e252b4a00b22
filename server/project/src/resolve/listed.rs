//! What the manifests of builds say of a reference: through a helper that looks names up, or of a literal file name.

use std::sync::Arc;

use cachelint_lint::{AtRuntime, Listed, ListedState, Origin, RootKind, Target, hex, literal_path};
use cachelint_syntax::{HelperUse, Reference, Url};

use super::locate::{Location, look};
use super::path::decoded;
use super::{Context, asset};
use crate::digest::Wanted;
use crate::manifests::{self, Hash, Manifest, Output};
use crate::shown;
use crate::surroundings::Framework;

/// What a reference names once the manifests were asked, and what they say of it.
pub(super) fn apply(
    context: &Context<'_>,
    reference: &Reference,
    target: Target,
) -> (Target, Option<Listed>) {
    let is_asked = reference.inert.is_none() && !context.manifests.manifests.is_empty();
    if !is_asked || matches!(target, Target::External | Target::Unchecked(_)) {
        return (target, None);
    }
    let Some(entry) = entry(context, reference, &target) else { return (target, None) };
    let target = entry.target(context, reference, target);
    let listed = entry.listed(context);
    (target, Some(listed))
}

/// The file name of the copy with a hash that a build has put beside the asset of a reference, if a manifest lists it, it
/// holds the same as the asset now and git keeps it.
pub(super) fn copy(context: &Context<'_>, target: &Target) -> Option<String> {
    let Target::Asset(asset) = target else { return None };
    let sha256 = asset.digests.as_ref()?.sha256;
    let file = context.manifests.manifests.iter().find_map(|manifest| {
        let name = shown::slashed(asset.path.strip_prefix(&manifest.base).ok()?);
        let output = manifest.outputs.iter().find(|output| output.is_hashed && output.name == name)?;
        manifest.file(output)
    })?;
    let is_beside = file.parent() == asset.path.parent() && context.world.folders.is_file(&file);
    if !is_beside || context.world.ignored.is_ignored(context.project, &file) {
        return None;
    }
    let wanted =
        Wanted { line_endings: context.config.line_endings, others: false, strong: false, blob: false };
    let is_same = context.world.digests.of(&file, wanted).is_ok_and(|it| it.digests.sha256 == sha256);
    is_same.then(|| file.file_name().unwrap_or_default().to_string_lossy().into_owned())
}

/// What a manifest says of the URL that a helper makes.
pub(super) fn at_runtime(helper: &HelperUse, listed: Option<&Listed>) -> AtRuntime {
    let listed = listed.filter(|_| manifests::is_helper(&helper.name));
    listed.map_or(AtRuntime::Unread, |listed| AtRuntime::Versioned(listed.origin.clone()))
}

/// Whether the manifest of `collectstatic` lists `name`.
pub(super) fn is_collected(context: &Context<'_>, name: &str) -> bool {
    collected(context).any(|manifest| manifest.of_name(name).is_some())
}

/// The manifests in the folders that `collectstatic` fills.
fn collected<'a>(context: &Context<'a>) -> impl Iterator<Item = &'a Arc<Manifest>> {
    let roots: Vec<_> = context.view.apps.iter().flat_map(|app| &app.collected).collect();
    context.manifests.manifests.iter().filter(move |manifest| roots.contains(&&manifest.base))
}

/// Whether a helper asks a storage of Django's whose manifest `collectstatic` writes.
fn asks_storage(context: &Context<'_>, helper: &HelperUse) -> bool {
    let versions = || context.view.versions(&helper.name, None, context.path);
    helper.name == "static"
        && context.framework == Some(Framework::Django)
        && versions().is_some_and(|it| it.versioned)
}

/// An entry that belongs to a reference.
struct Entry<'a> {
    manifest: &'a Manifest,
    output: &'a Output,
    /// Whether the reference names what an earlier build made.
    is_superseded: bool,
}

fn entry<'a>(context: &Context<'a>, reference: &Reference, target: &Target) -> Option<Entry<'a>> {
    let manifests = &context.manifests.manifests;
    match reference.helper() {
        Some(helper) if manifests::is_helper(&helper.name) => {
            looked_up(helper, manifests.iter().filter(|manifest| manifest.is_read_by(&helper.name)))
        }
        Some(helper) if asks_storage(context, helper) => looked_up(helper, collected(context)),
        _ if matches!(target, Target::Dynamic(_)) => None,
        _ => named(reference, target, manifests),
    }
}

/// The entry under the name that a helper is given.
fn looked_up<'a>(
    helper: &HelperUse,
    mut manifests: impl Iterator<Item = &'a Arc<Manifest>>,
) -> Option<Entry<'a>> {
    let first = || helper.arguments.iter().find(|argument| argument.name.is_none())?.value.as_text();
    let name = helper.path.as_ref().and_then(Url::as_text).or_else(first)?;
    manifests
        .find_map(|manifest| Some(Entry { manifest, output: manifest.of_name(&name)?, is_superseded: false }))
}

/// The entry whose output a literal path names: that of now, else the only one that differs in the hash alone.
fn named<'a>(reference: &Reference, target: &Target, manifests: &'a [Arc<Manifest>]) -> Option<Entry<'a>> {
    let path = decoded(&literal_path(reference)?.text)?;
    let file = match target {
        Target::Asset(asset) => Some(&*asset.path),
        _ => None,
    };
    let own = manifests.iter().find_map(|manifest| {
        Some(Entry { manifest, output: manifest.of_path(&path, file)?, is_superseded: false })
    });
    let other = || {
        manifests.iter().find_map(|manifest| {
            Some(Entry { manifest, output: manifest.in_place_of(&path, file)?, is_superseded: true })
        })
    };
    own.or_else(other)
}

impl Entry<'_> {
    /// The output, where the reference names nothing that was found in another way.
    fn target(&self, context: &Context<'_>, reference: &Reference, target: Target) -> Target {
        let Some(below) = self.output.below.as_ref() else { return target };
        if matches!(target, Target::Asset(_)) {
            return target;
        }
        let location = Location {
            folder: self.manifest.base.clone(),
            url: self.output.url.strip_suffix(below).unwrap_or("/").to_owned(),
            prefix: String::new(),
            root: RootKind::Code,
            top: None,
        };
        let locations = [location];
        match look(context, &locations, below) {
            Some(hit) if hit.found.case_on_disk.is_none() => asset::target(context, reference, &hit, below),
            _ => target,
        }
    }

    fn listed(&self, context: &Context<'_>) -> Listed {
        let (manifest, output) = (self.manifest, self.output);
        Listed {
            origin: Origin {
                path: manifest.path.clone(),
                shown: manifest.shown.clone(),
                line: output.line,
                what: format!("the manifest of {}", manifest.format.tool),
            },
            name: output.name.clone(),
            output: output.url.rsplit('/').next().unwrap_or_default().to_owned(),
            state: self.state(context),
        }
    }

    fn state(&self, context: &Context<'_>) -> ListedState {
        if self.is_superseded {
            return ListedState::Superseded;
        }
        let file = self.manifest.file(self.output);
        if file.is_some_and(|file| context.world.ignored.is_ignored(context.project, &file)) {
            return ListedState::Unverifiable;
        }
        if self.is_absent(context) {
            return ListedState::Absent;
        }
        match self.source_is_as_it_was(context) {
            Some(true) => ListedState::Fresh,
            Some(false) => ListedState::Outdated,
            None => ListedState::Unverifiable,
        }
    }

    /// Whether what is listed is certainly not there: others of the manifest are.
    fn is_absent(&self, context: &Context<'_>) -> bool {
        let there = |output: &Output| {
            let file = self.manifest.file(output)?;
            Some(context.world.folders.is_file(&file))
        };
        there(self.output) == Some(false)
            && self.manifest.outputs.iter().any(|output| there(output) == Some(true))
    }

    /// Whether the source has the digest that the manifest gives it; `None` where that proves nothing.
    fn source_is_as_it_was(&self, context: &Context<'_>) -> Option<bool> {
        let digest = self.output.digest.as_ref().filter(|_| self.manifest.format.hash == Hash::Source)?;
        let source = self.manifest.source(self.output)?;
        if !context.is_inside(source.parent()?) {
            return None;
        }
        let wanted = Wanted { others: true, ..Wanted::of(context.config) };
        let hashed = context.world.digests.of(&source, wanted).ok()?;
        Some(hashed.digests.others.iter().any(|other| hex(&other.md5) == digest.to_ascii_lowercase()))
    }
}
