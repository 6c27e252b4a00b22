//! Which attributes of which elements hold URLs, and in what shape.

use crate::{LinkRel, Place};

/// What an attribute's value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    /// One URL.
    Url(Place),
    /// Candidates of a srcset.
    Srcset(Place),
    /// CSS declarations.
    Style,
    /// An address that counts only if it names a file: of a hyperlink.
    Hyperlink(Place),
}

/// What the other attributes of a tag say, as far as it matters here: values in lower case.
#[derive(Clone, Debug, Default)]
pub(crate) struct TagFacts {
    /// `rel` of a link.
    pub rel: String,
    /// `as` of a preload.
    pub destination: String,
    /// `type`.
    pub kind: String,
    /// `property`, else `name`, of a meta.
    pub property: String,
    /// Whether there is a `download` attribute.
    pub download: bool,
}

/// The shape of `attribute` (lower case) of `element` (lower case); `None` where it holds no URL of a file.
pub(crate) fn shape(element: &str, attribute: &str, facts: &TagFacts) -> Option<Shape> {
    if attribute == "style" {
        return Some(Shape::Style);
    }
    let place = match (element, attribute) {
        ("img", "srcset") => return Some(Shape::Srcset(Place::ImgSrcset)),
        ("source", "srcset") => return Some(Shape::Srcset(Place::SourceSrcset)),
        ("link", "imagesrcset") => return Some(Shape::Srcset(Place::LinkImageSrcset)),
        ("a", "href") if facts.download => return Some(Shape::Hyperlink(Place::AnchorDownload)),
        ("a" | "area", "href") => return Some(Shape::Hyperlink(Place::AnchorHref)),
        ("link", "href") => Place::LinkHref(link_rel(facts)?),
        ("script", "src") if facts.kind == "module" => Place::ModuleScriptSrc,
        ("script", "src" | "href" | "xlink:href") => Place::ScriptSrc,
        ("img", "src") => Place::ImgSrc,
        ("source", "src") => Place::SourceSrc,
        ("video", "src") => Place::VideoSrc,
        ("video", "poster") => Place::VideoPoster,
        ("audio", "src") => Place::AudioSrc,
        ("track", "src") => Place::TrackSrc,
        ("embed", "src") => Place::EmbedSrc,
        ("input", "src") if facts.kind == "image" => Place::InputSrc,
        ("iframe" | "frame", "src") => Place::IframeSrc,
        ("object", "data") => Place::ObjectData,
        ("use", "href" | "xlink:href") => Place::UseHref,
        ("image", "href" | "xlink:href") => Place::ImageHref,
        ("feimage", "href" | "xlink:href") => Place::FeImageHref,
        ("body" | "table" | "thead" | "tbody" | "tr" | "td" | "th", "background") => Place::Background,
        ("meta", "content") => meta_place(&facts.property)?,
        _ => return None,
    };
    Some(Shape::Url(place))
}

/// What a link loads; `None` for one that loads no file (canonical, alternate, dns-prefetch, …).
fn link_rel(facts: &TagFacts) -> Option<LinkRel> {
    let has = |token: &str| facts.rel.split_ascii_whitespace().any(|rel| rel == token);
    if has("alternate") && !has("stylesheet") {
        return None;
    }
    let of_token = |token: &str| {
        Some(match token {
            "stylesheet" | "stylesheet/less" => LinkRel::Stylesheet,
            "icon" => LinkRel::Icon,
            "apple-touch-icon" | "apple-touch-icon-precomposed" | "apple-touch-startup-image" => {
                LinkRel::AppleTouchIcon
            }
            "mask-icon" | "fluid-icon" => LinkRel::MaskIcon,
            "preload" if facts.destination == "font" => LinkRel::PreloadFont,
            "preload" => LinkRel::Preload,
            "modulepreload" => LinkRel::ModulePreload,
            "prefetch" | "prerender" => LinkRel::Prefetch,
            "manifest" => LinkRel::Manifest,
            _ => return None,
        })
    };
    facts.rel.split_ascii_whitespace().find_map(of_token)
}

fn meta_place(property: &str) -> Option<Place> {
    Some(match property {
        "og:image" | "og:image:url" | "og:image:secure_url" | "og:video" | "og:audio" => Place::MetaOgImage,
        "twitter:image" | "twitter:image:src" => Place::MetaTwitterImage,
        "msapplication-tileimage" | "msapplication-config" => Place::MetaMsApplication,
        _ if property.starts_with("msapplication-") && property.ends_with("logo") => Place::MetaMsApplication,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_is_told_by_its_rel() {
        let rel = |rel: &str, destination: &str| {
            let facts = TagFacts { rel: rel.into(), destination: destination.into(), ..TagFacts::default() };
            match shape("link", "href", &facts) {
                Some(Shape::Url(place)) => place.name(),
                _ => "nothing",
            }
        };
        assert_eq!(rel("stylesheet", ""), "link[stylesheet].href");
        assert_eq!(rel("alternate stylesheet", ""), "link[stylesheet].href");
        assert_eq!(rel("shortcut icon", ""), "link[icon].href");
        assert_eq!(rel("preload", "font"), "link[preload][font].href");
        assert_eq!(rel("preload", "style"), "link[preload].href");
        for nothing in ["canonical", "alternate", "next", "prev", "dns-prefetch", "preconnect", "search", ""]
        {
            assert_eq!(rel(nothing, ""), "nothing", "{nothing}");
        }
    }
}
