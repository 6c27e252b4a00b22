//! The references of a script: a JavaScript file, or the body of `<script>`.

use crate::decode::{Backslashes, Escapes};
use crate::extract::{Extractor, Setting};
use crate::scan::{Island, IslandKind};
use crate::trees::mask::mask;
use crate::trees::script::{ScriptString, import_map_addresses, script_strings};
use crate::{Piece, Place, Quoting, Url, UrlParts, asset_name};

/// Adds the references of one script. A script of data (JSON, templates for a framework) has none.
pub(crate) fn script(extractor: &mut Extractor<'_>, island: &Island) {
    let text = extractor.source.text;
    let IslandKind::Script { kind } = island.kind else { return };
    let body = island.span.of(text);
    if !body.contains(['"', '\'', '`']) {
        return;
    }
    let masked = || mask(text, island.span, extractor.blocks_in(island.span));
    let strings = match kind.map_or("", |kind| kind.of(text).trim()).to_ascii_lowercase().as_str() {
        "importmap" => import_map_addresses(extractor.trees, &masked()),
        kind if is_script(kind) && may_name_asset(body) => script_strings(extractor.trees, &masked()),
        _ => return,
    };
    let Some(strings) = strings else { return extractor.skip(island.span) };
    for string in strings {
        add(extractor, island, string);
    }
}

fn add(extractor: &mut Extractor<'_>, island: &Island, string: ScriptString) {
    let setting = Setting {
        place: string.place,
        quoting: Quoting { quote: Some(string.quote), entities: false, backslashes: true },
        inert: island.inert,
        enclosing: island.enclosing,
        container: string.container.shifted(island.span.start),
        integrity: None,
    };
    let escapes = Escapes { entities: false, backslashes: Backslashes::Script };
    let span = string.span.shifted(island.span.start);
    if let Some(clock) = string.clock {
        return extractor.add_with(span, escapes, &setting, clock.shifted(island.span.start), has_open_query);
    }
    let keep: fn(&Url) -> bool = match string.place {
        Place::ModuleImport => is_address,
        Place::ScriptString => names_asset,
        _ => |_| true,
    };
    extractor.add(span, escapes, &setting, keep);
}

fn is_script(kind: &str) -> bool {
    matches!(kind, "" | "module" | "babel" | "text/babel" | "text/jsx")
        || kind.ends_with("javascript")
        || kind.ends_with("ecmascript")
}

/// Whether a script is worth parsing: it imports, registers a worker, or mentions a file or a template block.
fn may_name_asset(script: &str) -> bool {
    const SIGNS: [&str; 5] = ["import", "export", "serviceWorker", "{{", "{%"];
    SIGNS.iter().any(|sign| memchr::memmem::find(script.as_bytes(), sign.as_bytes()).is_some())
        || asset_name::mentions_asset_extension(script)
}

/// Whether a module specifier is a URL, and no bare name.
fn is_address(url: &Url) -> bool {
    match url.pieces.first() {
        Some(Piece::Literal(literal)) => {
            ["/", "./", "../", "http:", "https:"].iter().any(|start| literal.text.starts_with(start))
        }
        Some(_) => true,
        None => false,
    }
}

/// Whether a string is the URL of a file by its look, or made by a helper.
fn names_asset(url: &Url) -> bool {
    if url.pieces.iter().any(|piece| matches!(piece, Piece::Helper(helper) if helper.path.is_some())) {
        return true;
    }
    url.as_text()
        .is_some_and(|text| asset_name::has_asset_extension(&text) && text.chars().all(stands_in_urls))
}

/// Whether a URL is that of a file and ends within its query.
fn has_open_query(url: &Url) -> bool {
    let is_open = |parts: UrlParts| parts.query.is_some() && parts.fragment.is_none();
    names_asset(url) && is_open(url.parts())
}

/// Whether people write the character in a URL: white space, quotes and brackets are signs of code or prose.
fn stands_in_urls(character: char) -> bool {
    !character.is_whitespace() && !"<>\"'(){}|\\^`".contains(character)
}
