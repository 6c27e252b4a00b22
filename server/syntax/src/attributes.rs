//! Which attributes of which elements hold URLs, and in what shape.

use crate::decode::{Backslashes, Escapes, decode};
use crate::scan::Attribute;
use crate::{LinkRel, Literal, Place};

/// How the value of an attribute is escaped.
pub(crate) const ENTITIES: Escapes = Escapes { entities: true, backslashes: Backslashes::Plain };

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

/// A tag's attributes, asked for by their names.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Attributes<'a> {
    /// The source's text.
    pub text: &'a str,
    /// The attributes, in order.
    pub all: &'a [Attribute],
}

impl Attributes<'_> {
    /// The decoded value of the first attribute of that name.
    pub(crate) fn value(&self, name: &str) -> Option<Literal> {
        let value = self.named(name)?.value?;
        Some(decode(value.of(self.text), value.start, ENTITIES))
    }

    fn named(&self, name: &str) -> Option<&Attribute> {
        self.all.iter().find(|attribute| attribute.name.of(self.text).eq_ignore_ascii_case(name))
    }

    /// That value as words that are compared: trimmed and in lower case.
    fn words(&self, name: &str) -> String {
        self.value(name).map(|literal| literal.text.trim().to_ascii_lowercase()).unwrap_or_default()
    }
}

/// The shape of `attribute` (lower case) of `element` (lower case), whose tag has these `attributes`; `None` where it holds
/// no URL of a file.
pub(crate) fn shape(element: &str, attribute: &str, attributes: &Attributes<'_>) -> Option<Shape> {
    let is_of_type = |kind: &str| attributes.words("type") == kind;
    if attribute == "style" {
        return Some(Shape::Style);
    }
    let place = match (element, attribute) {
        ("img", "srcset") => return Some(Shape::Srcset(Place::ImgSrcset)),
        ("source", "srcset") => return Some(Shape::Srcset(Place::SourceSrcset)),
        ("link", "imagesrcset") => return Some(Shape::Srcset(Place::LinkImageSrcset)),
        ("a", "href") if attributes.named("download").is_some() => {
            return Some(Shape::Hyperlink(Place::AnchorDownload));
        }
        ("a" | "area", "href") => return Some(Shape::Hyperlink(Place::AnchorHref)),
        ("link", "href") => Place::LinkHref(link_rel(attributes)?),
        ("script", "src") if is_of_type("module") => Place::ModuleScriptSrc,
        ("script", "src" | "href" | "xlink:href") => Place::ScriptSrc,
        ("img", "src") => Place::ImgSrc,
        ("source", "src") => Place::SourceSrc,
        ("video", "src") => Place::VideoSrc,
        ("video", "poster") => Place::VideoPoster,
        ("audio", "src") => Place::AudioSrc,
        ("track", "src") => Place::TrackSrc,
        ("embed", "src") => Place::EmbedSrc,
        ("input", "src") if is_of_type("image") => Place::InputSrc,
        ("iframe" | "frame", "src") => Place::IframeSrc,
        ("object", "data") => Place::ObjectData,
        ("use", "href" | "xlink:href") => Place::UseHref,
        ("image", "href" | "xlink:href") => Place::ImageHref,
        ("feimage", "href" | "xlink:href") => Place::FeImageHref,
        ("body" | "table" | "thead" | "tbody" | "tr" | "td" | "th", "background") => Place::Background,
        ("meta", "content") => meta_place(&property(attributes))?,
        _ => return None,
    };
    Some(Shape::Url(place))
}

/// What a link loads; `None` for one that loads no file (canonical, alternate, dns-prefetch, …).
fn link_rel(attributes: &Attributes<'_>) -> Option<LinkRel> {
    let rel = attributes.words("rel");
    let has = |token: &str| rel.split_ascii_whitespace().any(|rel| rel == token);
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
            "preload" if attributes.words("as") == "font" => LinkRel::PreloadFont,
            "preload" => LinkRel::Preload,
            "modulepreload" => LinkRel::ModulePreload,
            "prefetch" | "prerender" => LinkRel::Prefetch,
            "manifest" => LinkRel::Manifest,
            _ => return None,
        })
    };
    rel.split_ascii_whitespace().find_map(of_token)
}

/// What a meta is about.
fn property(attributes: &Attributes<'_>) -> String {
    let property = attributes.words("property");
    if property.is_empty() { attributes.words("name") } else { property }
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
    use crate::scan::scan;
    use crate::{Dialect, ExtractSettings, Source, SourceKind};

    #[test]
    fn a_link_is_told_by_its_rel() {
        let rel = |rel: &str, destination: &str| {
            let text = format!("<link rel={rel:?} as={destination:?}>");
            let source = Source { text: &text, kind: SourceKind::Template, dialect: Dialect::Plain };
            let all = scan(source, &ExtractSettings::default()).attributes;
            match shape("link", "href", &Attributes { text: &text, all: &all }) {
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
