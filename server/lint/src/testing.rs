//! A small world for tests: the references of a source, resolved against files that are all alike.

use std::path::Path;
use std::sync::Arc;

use cachelint_syntax::{
    Dialect, ExtractSettings, Extraction, PathArgument, Piece, Reference, Source, SourceKind, extract,
};

use crate::{Asset, AtRuntime, Digests, Missing, Resolved, RootKind, Sectioned, Target, all_written};

/// The digest of every file: its stamp is `3f3f3f3f`.
pub(crate) const SHA256: [u8; 32] = [0x3f; 32];

/// What a Jinja template holds, and its references, resolved.
pub(crate) fn resolve(text: &str) -> (Extraction, Sectioned<Resolved>) {
    resolve_as(text, SourceKind::Template, Dialect::Jinja)
}

/// What a source holds, and its references, resolved.
pub(crate) fn resolve_as(
    text: &str,
    kind: SourceKind,
    dialect: Dialect,
) -> (Extraction, Sectioned<Resolved>) {
    let extraction = extract(&Source { text, kind, dialect }, &ExtractSettings::default());
    let resolved = extraction.references.iter().cloned().map(of_reference).collect();
    (extraction, resolved)
}

fn of_reference(reference: Reference) -> Resolved {
    let target = match path(&reference) {
        None => Target::Dynamic("a name is known only when the page is rendered".to_owned()),
        Some(path) if path.contains("//") => Target::External,
        Some(path) if path.contains("nowhere") => {
            Target::Missing(Arc::new(Missing { name: path, ..Missing::default() }))
        }
        Some(path) => Target::Asset(Arc::new(asset(&path))),
    };
    Resolved {
        written: all_written(&reference),
        reference,
        target,
        exempt: None,
        at_runtime: AtRuntime::Unread,
        listed: None,
        copy: None,
        is_stripped: false,
        changed_since: None,
    }
}

/// A file below a configured root.
pub(crate) fn asset(path: &str) -> Asset {
    let name = path.trim_start_matches('/').trim_start_matches("static/").to_owned();
    Asset {
        path: Path::new("/site/static").join(&name).into(),
        url: format!("/static/{name}"),
        ignored: name.contains("ignored"),
        name,
        root: RootKind::Configured,
        size: 10,
        digests: Some(Digests { sha256: SHA256, others: Vec::new() }),
        imports: false,
        leads_back: false,
        case_on_disk: None,
    }
}

fn path(reference: &Reference) -> Option<String> {
    let mut path = String::new();
    for piece in reference.url.parts().path.pieces {
        match piece {
            Piece::Literal(literal) => path.push_str(&literal.text),
            Piece::Dynamic(_) => return None,
            Piece::Helper(helper) if helper.path_argument == PathArgument::Following => {
                path.push_str("/static/");
            }
            Piece::Helper(helper) => path.push_str(&helper.path.as_ref()?.parts().path.as_text()?),
        }
    }
    Some(path)
}
