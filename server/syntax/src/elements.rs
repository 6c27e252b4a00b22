//! The references of a tag's attributes.

use crate::attributes::{Attributes, ENTITIES, Shape, shape};
use crate::case::in_lower_case;
use crate::decode::{Backslashes, Escapes};
use crate::extract::{Extractor, Setting};
use crate::scan::{Attribute, Island};
use crate::trees::mask::{mask, mask_attribute};
use crate::trees::{css, srcset};
use crate::{Piece, Place, Quoting, Span, Url, asset_name};

/// Adds the references of one tag.
pub(crate) fn tag(extractor: &mut Extractor<'_>, island: &Island, name: &str, attributes: &[Attribute]) {
    let text = extractor.source.text;
    let named = Attributes { text, all: attributes };
    if name == "base" && extractor.found.base.is_none() && island.inert.is_none() {
        extractor.found.base = named.value("href").map(|literal| literal.text);
    }
    for attribute in attributes {
        let Some(value) = attribute.value else { continue };
        let attribute_name = in_lower_case(attribute.name.of(text));
        let Some(shape) = shape(name, &attribute_name, &named).or_else(|| lazy(extractor, &attribute_name))
        else {
            continue;
        };
        let setting = Setting {
            place: Place::Text,
            quoting: Quoting { quote: attribute.quote, entities: true, backslashes: false },
            inert: island.inert,
            enclosing: island.enclosing,
            container: island.span,
            integrity: named.value("integrity"),
        };
        attribute_references(extractor, value, shape, setting);
    }
}

fn attribute_references(extractor: &mut Extractor<'_>, value: Span, shape: Shape, mut setting: Setting) {
    match shape {
        Shape::Url(place) => {
            setting.place = place;
            extractor.add(value, ENTITIES, &setting, |_| true);
        }
        Shape::Hyperlink(place) => {
            setting.place = place;
            extractor.add(value, ENTITIES, &setting, names_asset);
        }
        Shape::Srcset(place) => {
            setting.place = place;
            let masked = mask(extractor.source.text, value, extractor.blocks_in(value));
            for candidate in srcset::candidates(&masked) {
                extractor.add(candidate.shifted(value.start), ENTITIES, &setting, |_| true);
            }
        }
        Shape::Style => style_attribute(extractor, value, &setting),
    }
}

fn style_attribute(extractor: &mut Extractor<'_>, value: Span, setting: &Setting) {
    let text = extractor.source.text;
    if !mentions_url(value.of(text)) {
        return;
    }
    let masked = mask_attribute(text, value, extractor.blocks_in(value));
    let Some(urls) = css::declaration_urls(extractor.trees, &masked) else { return extractor.skip(value) };
    for url in urls {
        let quoting = Quoting { quote: url.quote, entities: true, backslashes: true };
        let setting = Setting { place: Place::StyleAttributeUrl, quoting, ..setting.clone() };
        let escapes = Escapes { entities: true, backslashes: Backslashes::Css };
        extractor.add(url.span.shifted(value.start), escapes, &setting, |_| true);
    }
}

/// Whether CSS can hold a URL at all.
pub(crate) fn mentions_url(css: &str) -> bool {
    css.as_bytes()
        .windows(4)
        .any(|four| four.eq_ignore_ascii_case(b"url(") || four.eq_ignore_ascii_case(b"-set"))
        || css.contains("@import")
        || css.contains("@IMPORT")
}

fn lazy(extractor: &Extractor<'_>, attribute: &str) -> Option<Shape> {
    let settings = extractor.settings;
    let listed = |names: &[String]| names.iter().any(|name| name == attribute);
    if listed(&settings.lazy_attributes) {
        return Some(Shape::Url(Place::LazyAttribute));
    }
    listed(&settings.lazy_srcset_attributes).then_some(Shape::Srcset(Place::LazySrcset))
}

/// Whether a hyperlink names a file that is served as it is.
fn names_asset(url: &Url) -> bool {
    url.pieces.iter().any(|piece| match piece {
        Piece::Helper(helper) => helper.path.is_some(),
        _ => false,
    }) || url.as_text().is_some_and(|text| asset_name::has_asset_extension(&text))
}
