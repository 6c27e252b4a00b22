//! From a reference to what it names on disk.

mod asset;
mod bundled;
mod excuse;
mod helper;
mod listed;
mod literal;
mod locate;
mod missing;
mod path;
mod stripped;
mod zola;

use std::path::Path;
use std::sync::{Arc, OnceLock};

use cachelint_lint::{AtRuntime, Listed, Resolved, Settings, Target, Written, all_written, most_telling};
use cachelint_syntax::{Piece, Reference, SourceKind, Span, Url};

pub(crate) use asset::{Stamps, stays};
pub(crate) use locate::Places;
pub(crate) use missing::Names;
pub(crate) use path::encoded;

use crate::Config;
use crate::frameworks::bundlers::Bundler;
use crate::frameworks::{Versions, View};
use crate::manifests::Found as Manifests;
use crate::roots::Suggested;
use crate::surroundings::Framework;
use crate::world::World;

/// The source whose references are resolved, and what is known of it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Context<'a> {
    /// The caches of the run.
    pub(crate) world: &'a World,
    /// Its configuration.
    pub(crate) config: &'a Config,
    /// What the rules are given for it.
    pub(crate) settings: &'a Settings,
    /// Its path.
    pub(crate) path: &'a Path,
    /// The folder that shown paths start from.
    pub(crate) directory: &'a Path,
    /// Its folder.
    pub(crate) folder: &'a Path,
    /// Its project folder.
    pub(crate) project: &'a Path,
    /// Its text, or that of a section of it.
    pub(crate) text: &'a str,
    /// What stands before a section; empty for the whole.
    pub(crate) before: &'a str,
    /// What it is written in.
    pub(crate) kind: SourceKind,
    /// Whether a page is made of it: a relative URL is then relative to a page that is not known.
    pub(crate) rendered: bool,
    /// Whether all it renders stands in macros, which may be imported without the context of a page.
    pub(crate) macros_only: bool,
    /// The framework around it.
    pub(crate) framework: Option<Framework>,
    /// The `<base href>` of the page, if it is literal.
    pub(crate) base: Option<&'a str>,
    /// The folders behind `/static/`, once they were asked for.
    pub(crate) statics: &'a OnceLock<Arc<Places>>,
    /// The folders that conventions suggest.
    pub(crate) suggested: &'a Suggested,
    /// What the project's code says to it.
    pub(crate) view: &'a View,
    /// The bundler that it is an input of.
    pub(crate) bundler: Option<&'a Bundler>,
    /// The manifests of its project.
    pub(crate) manifests: &'a Manifests,
    /// The stamps of the files it names, as far as they were asked for.
    pub(crate) stamps: &'a Stamps,
    /// Those of its last analysis, where that answers for this one.
    pub(crate) last_stamps: Option<&'a Stamps>,
    /// Whether files beyond the size limit are hashed all the same, because versions are to be written.
    pub(crate) hash_large: bool,
}

impl Context<'_> {
    /// Whether a folder lies in the project folder, links resolved; one that is not there does where it is named.
    pub(crate) fn is_inside(&self, folder: &Path) -> bool {
        let (real, project) = (self.world.real_folder(folder), self.world.real_folder(self.project));
        match real.zip(project) {
            Some((real, project)) => real.starts_with(project),
            None => folder.starts_with(self.project),
        }
    }
}

/// Resolves one reference; `before` is what stood for it in the last analysis.
pub(crate) fn resolve(context: &Context<'_>, reference: Reference, before: Option<&Resolved>) -> Resolved {
    let unchanged = before.and_then(|before| asset::unchanged(context, before));
    let target = unchanged.unwrap_or_else(|| target(context, &reference));
    let target = bundled::apply(context, &reference, target);
    let (target, listed) = listed::apply(context, &reference, target);
    let copy = listed::copy(context, &target);
    let (target, is_stripped) = stripped::apply(context, &reference, target);
    let name = match &target {
        Target::Asset(asset) => Some(&asset.name),
        Target::Missing(missing) => Some(&missing.name),
        _ => None,
    };
    let ignore = &context.config.ignore_assets;
    let ignored =
        !ignore.is_empty() && name.is_some_and(|name| ignore.is_match(name.trim_start_matches("../")));
    let exempt = ignored.then(|| "the configuration ignores this asset".to_owned());
    let written = all_written(&reference);
    let at_runtime = bundled::at_runtime(context, &reference, &target)
        .unwrap_or_else(|| at_runtime(context, &reference, &written, listed.as_ref()));
    Resolved {
        reference,
        written,
        target,
        exempt,
        at_runtime,
        listed,
        copy,
        is_stripped,
        changed_since: None,
    }
}

/// What the project's code, or else a manifest, says of the URL that the helper of a reference makes.
fn at_runtime(
    context: &Context<'_>,
    reference: &Reference,
    written: &[Written],
    listed: Option<&Listed>,
) -> AtRuntime {
    let Some(helper) = reference.helper() else { return AtRuntime::Unread };
    let name = helper.name.rsplit('.').next().unwrap_or(&helper.name);
    let endpoint = helper.endpoint.as_ref().and_then(Url::as_text);
    let is_beside = |versions: &Versions| {
        let lacks_context = versions.in_context && context.macros_only;
        lacks_context && most_telling(written, context.settings).is_some()
    };
    let is_kept = |versions: &Versions| {
        let mut names = helper.arguments.iter().filter_map(|argument| argument.name.as_ref());
        names.any(|name| versions.keeps.contains(name))
    };
    match context.view.versions(name, endpoint.as_deref(), context.path) {
        Some(versions) if is_beside(versions) => AtRuntime::Unread,
        Some(versions) if is_kept(versions) => AtRuntime::Kept(versions.origin.clone()),
        Some(versions) if versions.versioned => AtRuntime::Versioned(versions.origin.clone()),
        Some(versions) => AtRuntime::Plain(versions.origin.clone()),
        None => zola::at_runtime(context, helper).unwrap_or_else(|| listed::at_runtime(helper, listed)),
    }
}

fn target(context: &Context<'_>, reference: &Reference) -> Target {
    let path = reference.url.parts().path;
    match path.pieces.as_slice() {
        [Piece::Helper(helper), following @ ..] => helper::target(context, reference, helper, following),
        pieces => match path.as_text() {
            Some(text) => literal::target(context, reference, &text),
            None => mixed(context, pieces),
        },
    }
}

/// A URL of text and expressions: another host, if the text names one whole; else known only when rendered.
fn mixed(context: &Context<'_>, pieces: &[Piece]) -> Target {
    if let [Piece::Literal(first), ..] = pieces {
        let host = literal::after_scheme(&first.text);
        if host.is_some_and(|host| host.contains('/')) {
            return Target::External;
        }
    }
    dynamic(context, pieces)
}

/// Says which of the pieces is known only when the page is rendered.
fn dynamic(context: &Context<'_>, pieces: &[Piece]) -> Target {
    let span = pieces
        .iter()
        .find(|piece| !matches!(piece, Piece::Literal(_)))
        .map_or_else(Span::default, Piece::span);
    let code = span.of(context.text).trim_matches(['{', '}', '%', '-', '+', '#']).trim();
    let shown = match code.chars().count() {
        1..=40 if !code.contains('\n') => code,
        _ => "part of it",
    };
    Target::Dynamic(format!("{shown} is known only when the page is rendered"))
}

/// The text of `url` and of what follows it; `None` where any of it is an expression.
fn whole_text(url: &Url, following: &[Piece]) -> Option<String> {
    let following = Url { pieces: following.to_vec() };
    Some(url.as_text()?.into_owned() + &following.as_text()?)
}
