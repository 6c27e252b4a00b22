//! Literal URLs: absolute, root-relative and relative to the page.

use std::sync::Arc;

use cachelint_lint::{AssetKind, Target};
use cachelint_syntax::{Place, Reference, SourceKind};

use super::locate::{Location, Places, behind, guessed, look, named, of_page, publics, statics};
use super::path::{below_project, decoded, joined, normalised};
use super::{Context, asset, bundled, missing};

/// What the literal URL path `text` (without query and fragment) names.
pub(super) fn target(context: &Context<'_>, reference: &Reference, text: &str) -> Target {
    let text =
        text.trim_matches(|character: char| character.is_ascii_whitespace() || character.is_ascii_control());
    if text.is_empty() {
        return Target::Page("the page itself".to_owned());
    }
    if text.ends_with('/') {
        return Target::Page("a folder".to_owned());
    }
    if let Some(path) = bundled::without_placeholder(context, text) {
        return root_relative(context, reference, &format!("/{}", path.trim_start_matches('/')));
    }
    if after_scheme(text).is_some() {
        return absolute(context, reference, text);
    }
    if let Some(scheme) = scheme(text) {
        return Target::Page(format!("{scheme}: is no file's URL"));
    }
    if reference.place == Place::ModuleImport && !text.starts_with(['/', '.']) {
        return Target::Page("a bare module name".to_owned());
    }
    match (text.starts_with('/'), context.base) {
        (false, Some(base)) => from_base(context, reference, base, text),
        (true, _) => root_relative(context, reference, text),
        (false, None) => relative(context, reference, text),
    }
}

/// What follows `https://`, `http://` or `//`.
pub(super) fn after_scheme(text: &str) -> Option<&str> {
    let lower = text.get(..8).unwrap_or(text).to_ascii_lowercase();
    let length = ["https://", "http://", "//"].into_iter().find(|scheme| lower.starts_with(scheme))?.len();
    text.get(length..)
}

/// The scheme of a URL (`data`, `mailto`).
fn scheme(text: &str) -> Option<&str> {
    let (scheme, _) = text.split_once(':')?;
    let legal = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.');
    (scheme.starts_with(|first: char| first.is_ascii_alphabetic()) && scheme.bytes().all(legal))
        .then_some(scheme)
}

/// A URL with a host: a configured root's, or another host's.
fn absolute(context: &Context<'_>, reference: &Reference, text: &str) -> Target {
    let hosted = after_scheme(text).unwrap_or(text);
    for root in &context.config.static_roots {
        let below = after_scheme(&root.url).and_then(|prefix| hosted.strip_prefix(prefix));
        if let Some(name) = below.and_then(decoded) {
            return in_root(context, reference, &behind(root).into(), &normalised(&name));
        }
    }
    Target::External
}

/// A relative URL on a page with a `<base href>`.
fn from_base(context: &Context<'_>, reference: &Reference, base: &str, text: &str) -> Target {
    let folder = base.trim().rsplit_once('/').map_or("", |(folder, _)| folder);
    let whole = format!("{folder}/{text}");
    match base.trim() {
        base if after_scheme(base).is_some() => absolute(context, reference, &whole),
        base if base.starts_with('/') => root_relative(context, reference, &whole),
        _ => relative(context, reference, whole.trim_start_matches('/')),
    }
}

/// A URL that starts from the host's root.
fn root_relative(context: &Context<'_>, reference: &Reference, text: &str) -> Target {
    let Some(path) = decoded(text) else {
        return Target::Page("its percent-encoding gives no text".to_owned());
    };
    let path = format!("/{}", normalised(&path));
    for root in &context.config.static_roots {
        if let Some(name) = path.strip_prefix(&root.url) {
            return in_root(context, reference, &behind(root).into(), name);
        }
    }
    let name = path[1..].to_owned();
    match context.config.static_roots.is_empty() {
        true => by_convention(context, reference, &name),
        false => unserved(context, &name, Vec::new()),
    }
}

/// A root-relative URL where no root is configured: what the project's code serves, then what conventions suggest.
fn by_convention(context: &Context<'_>, reference: &Reference, name: &str) -> Target {
    for root in context.view.roots() {
        let below = root.url.as_deref().and_then(|url| name.strip_prefix(url.trim_start_matches('/')));
        let (Some(below), locations) = (below, named([root])) else { continue };
        if let Some(hit) = look(context, &locations, below) {
            return asset::target(context, reference, &hit, below);
        }
    }
    let statics = statics(context);
    let below_static = name.strip_prefix("static/");
    if let Some(hit) = below_static.and_then(|name| look(context, &statics.all, name)) {
        return asset::target(context, reference, &hit, below_static.unwrap_or(name));
    }
    let mut others = publics(context);
    if context.rendered {
        others.extend(guessed("/", &context.suggested.above));
    } else {
        others.extend(context.suggested.sites.iter().map(|site| of_page(site, "/")));
    }
    if let Some(hit) = look(context, &others, name) {
        return asset::target(context, reference, &hit, name);
    }
    match below_static {
        Some(name) if !statics.all.is_empty() => in_root(context, reference, statics, name),
        _ => unserved(context, name, if context.rendered { Vec::new() } else { others }),
    }
}

/// The file `name` of one root.
fn in_root(context: &Context<'_>, reference: &Reference, places: &Places, name: &str) -> Target {
    match look(context, &places.all, name) {
        Some(hit) => asset::target(context, reference, &hit, name),
        None if AssetKind::of(name) == AssetKind::Page => page(),
        None => missing::target(context, places, name),
    }
}

/// A file that no root is known to serve.
fn unserved(context: &Context<'_>, name: &str, looked_in: Vec<Location>) -> Target {
    match AssetKind::of(name) {
        AssetKind::Page | AssetKind::Other => page(),
        _ => missing::target(context, &looked_in.into(), name),
    }
}

/// A URL relative to the page, or to the stylesheet or script that holds it.
fn relative(context: &Context<'_>, reference: &Reference, text: &str) -> Target {
    let Some(path) = decoded(text) else {
        return Target::Page("its percent-encoding gives no text".to_owned());
    };
    let is_page = AssetKind::of(&path) == AssetKind::Page;
    if context.rendered && context.kind == SourceKind::Template {
        return if is_page { page() } else { Target::Dynamic("relative to the page's URL".to_owned()) };
    }
    let Some(name) = below_project(context.project, context.folder, &path) else {
        return Target::Unchecked("outside the project folder".to_owned());
    };
    let project = [of_page(context.project, "")];
    match look(context, &project, &name) {
        Some(hit) => asset::of_page(context, reference, &hit, path.trim_start_matches("./")),
        None if is_page => page(),
        None if context.framework.is_some() => Target::Dynamic("relative to the page's URL".to_owned()),
        None => relative_missing(context, &path),
    }
}

/// Nothing at a relative path: looked for in the last folder it names.
fn relative_missing(context: &Context<'_>, path: &str) -> Target {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let below = below_project(context.project, context.folder, folder).unwrap_or_default();
    let location = of_page(&joined(context.project, &below), "");
    let mut target = missing::target(context, &vec![location].into(), name);
    if let Target::Missing(missing) = &mut target {
        let missing = Arc::make_mut(missing);
        path.trim_start_matches("./").clone_into(&mut missing.name);
        let with_folder = |candidate: &String| {
            if folder.is_empty() { candidate.clone() } else { format!("{folder}/{candidate}") }
        };
        missing.suggestion = missing.suggestion.as_ref().map(with_folder);
    }
    target
}

fn page() -> Target {
    Target::Page("a page or a route, no static file".to_owned())
}
