//! What is left alone on purpose: URLs that must stay as they are, whatever the file does.

use cachelint_syntax::{LinkRel, Place};

use crate::{AssetKind, Resolved};

/// Why a reference must not be versioned, for people; `None` where it may.
pub(crate) fn exemption(resolved: &Resolved) -> Option<&'static str> {
    let reference = &resolved.reference;
    if reference.enclosing.bundle {
        return Some("an input of a bundler");
    }
    by_place(reference.place).or_else(|| by_upload(resolved)).or_else(|| by_asset(resolved))
}

/// Whether a file that is not there is no news at an exempt place: it may be a route, or be made by a build.
pub(crate) fn hides_absence(resolved: &Resolved) -> bool {
    use Place::{AnchorDownload, AnchorHref, ImportMap, LinkHref, ModuleImport, ServiceWorker};
    let place = matches!(
        resolved.reference.place,
        AnchorHref | AnchorDownload | ImportMap | ModuleImport | ServiceWorker | LinkHref(LinkRel::Manifest)
    );
    place || resolved.reference.enclosing.bundle || by_upload(resolved).is_some()
}

const fn by_place(place: Place) -> Option<&'static str> {
    match place {
        Place::ModuleImport => Some("a module has one URL wherever it is imported"),
        Place::ImportMap => Some("an import map names modules by their exact URL"),
        Place::LinkHref(LinkRel::ModulePreload) => Some("a preload must name the same URL as the import"),
        Place::LinkHref(LinkRel::PreloadFont) => Some("a preload must name the same URL as the CSS"),
        Place::LinkHref(LinkRel::Manifest) => Some("browsers look for changes of a manifest themselves"),
        Place::ServiceWorker => Some("browsers look for changes of a service worker themselves"),
        Place::MetaOgImage | Place::MetaTwitterImage => Some("a preview image needs a stable URL"),
        Place::AnchorHref | Place::AnchorDownload => Some("a link for people"),
        _ => None,
    }
}

/// Files that people upload: their names change with their content.
fn by_upload(resolved: &Resolved) -> Option<&'static str> {
    let helper = resolved.reference.helper().is_some_and(|helper| {
        matches!(helper.name.rsplit('.').next(), Some("MEDIA_URL" | "get_media_prefix"))
    });
    let below = |url: &str| url.starts_with("/media/");
    let literal = || resolved.reference.url.as_text().is_some_and(|url| below(&url));
    let upload = helper || literal() || resolved.asset().is_some_and(|asset| below(&asset.url));
    upload.then_some("an upload")
}

fn by_asset(resolved: &Resolved) -> Option<&'static str> {
    let asset = resolved.asset()?;
    let file = asset.url.rsplit('/').next().unwrap_or_default();
    let kind = AssetKind::of(&asset.url);
    if kind == AssetKind::WellKnown || asset.url.starts_with("/.well-known/") {
        return Some("asked for by that name");
    }
    if asset.url == "/favicon.ico" {
        return Some("browsers ask for /favicon.ico by themselves");
    }
    if ["sw.js", "service-worker.js", "serviceworker.js", "service_worker.js"].contains(&file) {
        return Some("browsers look for changes of a service worker themselves");
    }
    if asset.imports && resolved.reference.place == Place::ModuleScriptSrc {
        return Some("a module that imports others");
    }
    (kind == AssetKind::Page).then_some("a page, not a static file")
}
