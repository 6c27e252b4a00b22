//! The references of a stylesheet: a CSS file, or the body of `<style>`.

use crate::Quoting;
use crate::decode::{Backslashes, Escapes};
use crate::elements::mentions_url;
use crate::extract::{Extractor, Setting};
use crate::scan::Island;
use crate::trees::css;
use crate::trees::mask::mask;

/// Adds the references of one stylesheet.
pub(crate) fn stylesheet(extractor: &mut Extractor<'_>, island: &Island) {
    let text = extractor.source.text;
    if !mentions_url(island.span.of(text)) {
        return;
    }
    let masked = mask(text, island.span, extractor.blocks_in(island.span));
    let Some(urls) = css::stylesheet_urls(extractor.trees, &masked) else {
        return extractor.skip(island.span);
    };
    for url in urls {
        let setting = Setting {
            place: url.place,
            quoting: Quoting { quote: url.quote, entities: false, backslashes: true },
            inert: island.inert,
            enclosing: island.enclosing,
            container: url.container.shifted(island.span.start),
            integrity: None,
        };
        let escapes = Escapes { entities: false, backslashes: Backslashes::Css };
        extractor.add(url.span.shifted(island.span.start), escapes, &setting, |_| true);
    }
}
