//! URLs that a helper makes: the file its path names below the static root it reads from.

use std::path::PathBuf;
use std::sync::Arc;

use cachelint_lint::{AssetKind, Missing, Target};
use cachelint_syntax::{HelperKind, HelperUse, PathArgument, Piece, Reference, Url, Versioning};

use super::locate::{Location, Places, above, guessed, look, named, publics, statics};
use super::path::{joined, normalised};
use super::{Context, asset, dynamic, listed, missing, whole_text};
use crate::frameworks::{Root, Strict, shared_depth};
use crate::roots::all_statics;

/// What the URL of `helper`, with the text that follows it, names.
pub(super) fn target(
    context: &Context<'_>,
    reference: &Reference,
    helper: &HelperUse,
    following: &[Piece],
) -> Target {
    let Some(own) = path_of(helper) else { return unknown_path(helper) };
    let Some(path) = whole_text(&own.parts().path, following) else {
        let pieces: Vec<Piece> = own.pieces.iter().chain(following).cloned().collect();
        return dynamic(context, &pieces);
    };
    if helper.name.to_ascii_lowercase().contains("media") && helper.path_argument == PathArgument::Following {
        return Target::Unknown("uploads are not looked at".to_owned());
    }
    let name = normalised(&path);
    if name.is_empty() || path.ends_with('/') {
        return Target::Page(FOLDER.to_owned());
    }
    match (&helper.path_argument, helper.kind) {
        (PathArgument::Endpoint(_), _) => of_endpoint(context, reference, helper, &name),
        (PathArgument::Following, _) => served(context, reference, helper, statics(context), &name),
        (_, HelperKind::Filter) => of_filter(context, reference, &name),
        _ => of_call(context, reference, helper, &name),
    }
}

/// The path a helper is given; of one that is not known, the argument that looks like a file's name.
fn path_of(helper: &HelperUse) -> Option<Url> {
    let file_like =
        |value: &&Url| value.as_text().is_some_and(|text| AssetKind::of(&text) != AssetKind::Page);
    let guessed = || helper.arguments.iter().map(|argument| &argument.value).find(file_like).cloned();
    match (&helper.path, &helper.path_argument, helper.versioning) {
        (Some(path), ..) => Some(path.clone()),
        (None, PathArgument::Following, _) => Some(Url::default()),
        (None, _, None) => guessed(),
        (None, ..) => None,
    }
}

fn unknown_path(helper: &HelperUse) -> Target {
    match (&helper.endpoint, helper.path_argument == PathArgument::None) {
        (Some(_), _) => Target::Dynamic("a route, no static file".to_owned()),
        (None, true) => Target::Unknown(format!("{} names no file", helper.name)),
        (None, false) => {
            Target::Dynamic(format!("the path of {} is known only when the page is rendered", helper.name))
        }
    }
}

/// `url_for('static', …)`, `url_for('blog.static', …)`, `url_for('admin:statics', path=…)`.
fn of_endpoint(context: &Context<'_>, reference: &Reference, helper: &HelperUse, name: &str) -> Target {
    let Some(endpoint) = helper.endpoint.as_ref().and_then(Url::as_text) else {
        return Target::Dynamic("its endpoint is known only when the page is rendered".to_owned());
    };
    let last = endpoint.rsplit(['.', ':']).next().unwrap_or(&endpoint).to_owned();
    let known = named(of_code(context, &endpoint));
    if let Some(hit) = look(context, &known, name) {
        return asset::target(context, reference, &hit, name);
    }
    match (&*endpoint, last.as_str()) {
        ("static", _) if !known.is_empty() => match look(context, &statics(context).all, name) {
            Some(hit) => asset::target(context, reference, &hit, name),
            None => absent(context, helper, &known.into(), name),
        },
        ("static", _) => served(context, reference, helper, statics(context), name),
        (_, "static") => of_blueprint(context, reference, &endpoint, name),
        _ if !known.is_empty() => absent(context, helper, &known.into(), name),
        _ if is_mount(&last)
            && helper.arguments.iter().any(|argument| argument.name.as_deref() == Some("path")) =>
        {
            of_mount(context, reference, &last, name)
        }
        _ => Target::Dynamic(format!("a route ({endpoint}), no static file")),
    }
}

/// The roots that the project's code gives an endpoint, a configured `/static/` apart. `.static` is that of the blueprint
/// which renders the template: the one whose folder is nearest.
fn of_code<'a>(context: &Context<'a>, endpoint: &str) -> Vec<&'a Root> {
    if endpoint == "static" && !context.config.static_roots.is_empty() {
        return Vec::new();
    }
    if endpoint != ".static" {
        return context.view.of_endpoint(endpoint);
    }
    let near = |root: &&Root| root.folders.iter().map(|folder| shared_depth(folder, context.folder)).max();
    let own =
        context.view.roots().filter(|it| it.endpoint.as_ref().is_some_and(|it| it.ends_with(".static")));
    own.max_by_key(near).into_iter().collect()
}

/// Whether a mount of that name may serve static files.
fn is_mount(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    ["static", "asset", "public"].iter().any(|word| name.contains(word))
}

/// The static folder of a blueprint or a Django-like namespace: one beside code of that name, else any.
fn of_blueprint(context: &Context<'_>, reference: &Reference, endpoint: &str, name: &str) -> Target {
    let blueprint = endpoint.rsplit('.').nth(1).unwrap_or_default();
    let mut folders: Vec<PathBuf> =
        context.suggested.above.iter().map(|above| above.join("static")).collect();
    let all = all_statics(context.world, context.project);
    folders.extend(all.iter().filter(|folder| !folders.contains(folder)).cloned().collect::<Vec<_>>());
    if !blueprint.is_empty() {
        folders.sort_by_key(|folder| {
            folder.parent().and_then(|package| package.file_name()) != Some(blueprint.as_ref())
        });
    }
    let locations = guessed("/static/", &folders);
    let is_configured = !context.config.static_roots.is_empty();
    let configured = if is_configured { statics(context).all.as_slice() } else { &[] };
    match look(context, locations.iter().chain(configured), name) {
        Some(hit) => asset::target(context, reference, &hit, name),
        None => Target::Unknown(format!("the static folder of {endpoint} was not read")),
    }
}

/// A mount that Starlette names: its folder has the same name, or is a static folder.
fn of_mount(context: &Context<'_>, reference: &Reference, mount: &str, name: &str) -> Target {
    let names = [mount, "static", "statics", "assets", "public"];
    let folders: Vec<PathBuf> =
        context.suggested.above.iter().flat_map(|above| names.iter().map(|name| above.join(name))).collect();
    let locations = guessed(&format!("/{mount}/"), &folders);
    match look(context, locations.iter().chain(&statics(context).all), name) {
        Some(hit) => asset::target(context, reference, &hit, name),
        None => Target::Unknown(format!("the folder of the mount {mount} was not read")),
    }
}

/// A path that a filter makes a URL of: of the site, the theme or the static root.
fn of_filter(context: &Context<'_>, reference: &Reference, name: &str) -> Target {
    let (statics, publics, above) = (statics(context), publics(context), above(context));
    let below_static = name.strip_prefix("static/").unwrap_or(name);
    for name in [name, below_static] {
        if let Some(hit) = look(context, statics.all.iter().chain(&publics).chain(&above), name) {
            return asset::target(context, reference, &hit, name);
        }
    }
    Target::Unknown("the folder it reads from was not found".to_owned())
}

/// A call or tag with the path among its arguments.
fn of_call(context: &Context<'_>, reference: &Reference, helper: &HelperUse, name: &str) -> Target {
    let places = statics(context);
    let others = publics(context);
    let find = |name| look(context, places.all.iter().chain(&others), name);
    let theme = name.strip_prefix("_static/").unwrap_or(name);
    match find(theme).or_else(|| find(name)) {
        Some(hit) => asset::target(context, reference, &hit, theme),
        None => absent(context, helper, places, name),
    }
}

fn served(
    context: &Context<'_>,
    reference: &Reference,
    helper: &HelperUse,
    places: &Places,
    name: &str,
) -> Target {
    match look(context, &places.all, name) {
        Some(hit) => asset::target(context, reference, &hit, name),
        None => absent(context, helper, places, name),
    }
}

/// Absence proves something only of helpers that add nothing to the path and read from a root that is known.
fn absent(context: &Context<'_>, helper: &HelperUse, places: &Places, name: &str) -> Target {
    if let Some(target) = folder(context, helper, &places.all, name) {
        return target;
    }
    match helper.versioning {
        Some(Versioning::Never) if !places.all.is_empty() => missing::target(context, places, name),
        Some(Versioning::Never) => Target::Unknown("no static folder was found".to_owned()),
        Some(Versioning::Project)
            if strict(context, helper).is_some_and(|it| is_uncollected(context, it, name)) =>
        {
            missing::target(context, &collected(context).into(), name)
        }
        Some(Versioning::Project) if context.view.serves_packages() => Target::Unknown(
            "no folder of the settings holds it; an installed package may serve it".to_owned(),
        ),
        Some(Versioning::Project) => {
            Target::Unknown("the project's settings decide what it names, and they were not read".to_owned())
        }
        Some(Versioning::Always) => Target::Unknown(format!("what {} names was not found", helper.name)),
        None => Target::Unknown(format!("{} is not a known helper", helper.name)),
    }
}

/// A folder that is there: no file, and an error of a storage that looks every name up.
fn folder(context: &Context<'_>, helper: &HelperUse, locations: &[Location], name: &str) -> Option<Target> {
    let below = locations.iter().filter_map(|location| Some((location, location.below(name)?)));
    let holding = below.filter(|(location, below)| !location.lacks_folder(below));
    let mut folders = holding.map(|(location, below)| joined(&location.folder, below));
    folders.any(|folder| context.world.folders.is_folder(&folder)).then(|| match strict(context, helper) {
        Some(_) => {
            let missing = Missing { name: name.to_owned(), is_folder: true, ..Missing::default() };
            Target::Missing(Arc::new(missing))
        }
        None => Target::Page(FOLDER.to_owned()),
    })
}

const FOLDER: &str = "a folder, no file";

/// The storage that a helper asks, if that is a strict one.
fn strict<'a>(context: &Context<'a>, helper: &HelperUse) -> Option<&'a Strict> {
    let asks = helper.name == "static" && helper.versioning == Some(Versioning::Project);
    context.view.strict().filter(|_| asks && context.config.static_roots.is_empty())
}

/// The folders that Django collects static files from.
fn collected(context: &Context<'_>) -> Vec<Location> {
    named(context.view.roots().filter(|root| root.endpoint.is_none()))
}

/// Whether a strict storage certainly does not collect `name`, which no folder holds: no manifest lists it, and no
/// installed package can bring it.
fn is_uncollected(context: &Context<'_>, strict: &Strict, name: &str) -> bool {
    /// The folders that Django's own applications have files in.
    const DJANGO: [&str; 2] = ["admin", "gis"];
    let first = name.split_once('/').map_or("", |(first, _)| first);
    let is_app = |location: &Location| {
        let package = location.folder.parent().and_then(|package| package.file_name());
        package == Some(first.as_ref()) && context.world.folders.has_folder(&location.folder, first)
    };
    let is_own = !strict.packaged || collected(context).iter().any(is_app);
    is_own && !DJANGO.contains(&first) && !listed::is_collected(context, name)
}
