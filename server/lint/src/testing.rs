//! A small world for tests: the references of a source, resolved against files that are all alike.

use std::path::PathBuf;

use cachelint_syntax::{
    Argument, Extraction, HelperKind, HelperUse, LinkRel, Literal, MethodCall, PathArgument, Piece, Place,
    Quoting, Reference, Span, Star, Url, Versioning,
};

use crate::{Asset, Digests, Missing, Resolved, RootKind, Target};

/// The digest of every file: its stamp is `3f3f3f3f`.
pub(crate) const SHA256: [u8; 32] = [0x3f; 32];

/// The references of `text`, resolved.
pub(crate) fn resolve(text: &str) -> (Extraction, Vec<Resolved>) {
    let references = references(text);
    let resolved = references.iter().map(|reference| of_reference(reference.clone())).collect();
    (Extraction { references, has_blocks: text.contains("{{"), ..Extraction::default() }, resolved)
}

fn of_reference(reference: Reference) -> Resolved {
    let target = match path(&reference) {
        None => Target::Dynamic("a name is known only when the page is rendered".to_owned()),
        Some(path) if path.contains("//") => Target::External,
        Some(path) if path.contains("nowhere") => {
            Target::Missing(Missing { name: path, ..Missing::default() })
        }
        Some(path) => Target::Asset(Box::new(asset(&path))),
    };
    Resolved { reference, target, exempt: None }
}

/// A file below a configured root.
pub(crate) fn asset(path: &str) -> Asset {
    let name = path.trim_start_matches('/').trim_start_matches("static/").to_owned();
    Asset {
        path: PathBuf::from("/site/static").join(&name),
        url: format!("/static/{name}"),
        ignored: name.contains("ignored"),
        name,
        root: RootKind::Configured,
        size: 10,
        digests: Some(Digests { sha256: SHA256, others: Vec::new() }),
        imports: false,
        case_on_disk: None,
    }
}

fn path(reference: &Reference) -> Option<String> {
    let mut path = String::new();
    for piece in reference.url.parts().path.pieces {
        match piece {
            Piece::Literal(literal) => path.push_str(&literal.text),
            Piece::Dynamic(_) => return None,
            Piece::Helper(helper) if helper.kind == HelperKind::Prefix => path.push_str("/static/"),
            Piece::Helper(helper) => path.push_str(&helper.path?.parts().path.as_text()?),
        }
    }
    Some(path)
}

fn references(text: &str) -> Vec<Reference> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(equals) = text[at..].find("=\"").map(|found| at + found) {
        let start = equals + 2;
        let end = value_end(text, start);
        let tag = text[..equals].rfind('<').unwrap_or_default();
        found.extend(place(&text[tag..equals]).map(|place| Reference {
            span: Span::new(start, end),
            place,
            url: url(text, start, end),
            quoting: Quoting { quote: Some('"'), entities: true, backslashes: false },
            inert: None,
            enclosing: cachelint_syntax::Enclosing::default(),
            container: Span::new(tag, end + text[end..].find('>').map_or(0, |close| close + 1)),
            integrity: None,
        }));
        at = end;
    }
    found
}

fn value_end(text: &str, start: usize) -> usize {
    let mut at = start;
    while !text[at..].starts_with('"') {
        at += if text[at..].starts_with("{{") { text[at..].find("}}").unwrap() } else { 1 };
    }
    at
}

fn place(tag: &str) -> Option<Place> {
    let ends = |name: &str| tag.ends_with(name);
    Some(match tag {
        _ if ends("data-src") => Place::LazyAttribute,
        _ if tag.starts_with("<link") && ends("href") && tag.contains("preload") => {
            Place::LinkHref(LinkRel::PreloadFont)
        }
        _ if tag.starts_with("<link") && ends("href") => Place::LinkHref(LinkRel::Stylesheet),
        _ if tag.starts_with("<script") => Place::ScriptSrc,
        _ if tag.starts_with("<img") && ends("src") => Place::ImgSrc,
        _ if tag.starts_with("<a ") => Place::AnchorHref,
        _ => return None,
    })
}

fn url(text: &str, start: usize, end: usize) -> Url {
    let mut pieces = Vec::new();
    let mut at = start;
    while at < end {
        let open = text[at..end].find("{{").map_or(end, |found| at + found);
        if open > at {
            pieces.push(Piece::Literal(literal(text, at, open)));
        }
        if open == end {
            break;
        }
        let close = open + text[open..].find("}}").unwrap();
        pieces.push(output(text, open + 2, close));
        at = close + 2;
    }
    Url { pieces }
}

/// Text with `&amp;` resolved.
fn literal(text: &str, start: usize, end: usize) -> Literal {
    let mut literal = Literal { span: Span::new(start, end), ..Literal::default() };
    let mut at = start;
    while let Some(found) = text[at..end].find("&amp;") {
        literal.text.push_str(&text[at..=at + found]);
        at += found + 5;
        literal.breaks.push((literal.text.len(), at));
    }
    literal.text.push_str(&text[at..end]);
    literal
}

fn output(text: &str, start: usize, end: usize) -> Piece {
    let from = start + text[start..end].len() - text[start..end].trim_start().len();
    if text[from..].starts_with("STATIC_URL") {
        return prefix(Span::new(from, from + "STATIC_URL".len()));
    }
    if !text[from..].starts_with("url_for(") {
        return Piece::Dynamic(Span::new(start - 2, end + 2));
    }
    let close = from + text[from..].find(')').unwrap();
    let arguments = arguments(text, from + 8, close);
    let chain = text[close + 1..end].trim().strip_prefix(".include_query_params(").map(|_| {
        let open = close + 1 + ".include_query_params(".len();
        let end = open + text[open..].find(')').unwrap();
        let name = "include_query_params".to_owned();
        MethodCall {
            name,
            span: Span::new(close + 1, end + 1),
            arguments: self::arguments(text, open, end),
            close: end,
        }
    });
    let named = |name: &str| arguments.iter().find(|argument| argument.name.as_deref() == Some(name));
    Piece::Helper(Box::new(HelperUse {
        name: "url_for".to_owned(),
        kind: HelperKind::Call,
        versioning: Some(Versioning::Never),
        span: Span::new(from, close + 1),
        endpoint: arguments.first().map(|argument| argument.value.clone()),
        path: named("filename").or_else(|| named("path")).map(|argument| argument.value.clone()),
        path_argument: PathArgument::Endpoint(&["filename", "path"]),
        arguments,
        close,
        chain: chain.into_iter().collect(),
    }))
}

fn prefix(span: Span) -> Piece {
    Piece::Helper(Box::new(HelperUse {
        name: "STATIC_URL".to_owned(),
        kind: HelperKind::Prefix,
        versioning: Some(Versioning::Never),
        span,
        endpoint: None,
        path: None,
        path_argument: PathArgument::Following,
        arguments: Vec::new(),
        close: span.end,
        chain: Vec::new(),
    }))
}

fn arguments(text: &str, start: usize, end: usize) -> Vec<Argument> {
    let mut from = start;
    let mut found = Vec::new();
    for part in text[start..end].split(',') {
        let trimmed = part.trim();
        let at = from + part.len() - part.trim_start().len();
        from += part.len() + 1;
        if trimmed.is_empty() {
            continue;
        }
        let name = trimmed.split_once('=').map(|(name, _)| name.to_owned());
        let value_at = at + name.as_ref().map_or(0, |name| name.len() + 1);
        let span = Span::new(at, at + trimmed.len());
        let value_span = Span::new(value_at, span.end);
        let star = if trimmed.starts_with("**") { Star::Dict } else { Star::None };
        found.push(Argument { name, star, span, value_span, value: value(text, value_span) });
    }
    found
}

fn value(text: &str, span: Span) -> Url {
    let source = span.of(text);
    if source.starts_with(['\'', '"']) {
        return Url::literal(literal(text, span.start + 1, span.end - 1));
    }
    if source.bytes().all(|byte| byte.is_ascii_digit()) {
        return Url::literal(literal(text, span.start, span.end));
    }
    Url { pieces: vec![Piece::Dynamic(span)] }
}
