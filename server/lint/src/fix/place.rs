//! Where a fix is safe: only where the URL is loaded from the place that is edited, and from nowhere else.

use cachelint_syntax::Place;

use crate::Applicability;

/// Whether a version may be written at a place unseen.
pub(crate) const fn applicability(place: Place) -> Applicability {
    use Place::{
        DataAttribute, LazyAttribute, LazySrcset, MetaOgImage, MetaTwitterImage, Nested, ScriptString,
        ServiceWorker, Set, StoredTag, Text,
    };
    match place {
        LazyAttribute | LazySrcset | DataAttribute | ScriptString | ServiceWorker | Set | StoredTag
        | Nested | Text | MetaOgImage | MetaTwitterImage => Applicability::Unsafe,
        _ => Applicability::Safe,
    }
}
