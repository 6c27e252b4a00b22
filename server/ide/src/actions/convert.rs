//! A literal URL written as the project's helper, where the two make the same URL.

use cachelint_lint::edits::together;
use cachelint_lint::{Edit, Resolved};
use cachelint_project::Framework;
use cachelint_syntax::{Dialect, Literal, Piece, Place, Query, Reference, SourceKind, Span};

use super::{Action, ActionKind, Effect, Site};
use crate::FileEdits;

/// The prefix that Flask, Django and the mounts of Starlette serve static files at unless they are told otherwise.
const PREFIX: &str = "/static/";

/// How a URL is written with a helper.
struct Rewrite {
    /// The helper as people see it: `url_for('static', filename='css/style.css')`.
    shown: String,
    /// What replaces the literal.
    edit: Edit,
    /// What loads the helper, where it must be.
    load: Option<Edit>,
}

/// The action that writes a literal with a helper; `None` where that would not be exact.
pub(super) fn action(site: &Site<'_>, resolved: &Resolved) -> Option<Action> {
    let rewrite = rewrite(site, resolved)?;
    let loads = if rewrite.load.is_some() { " and load static" } else { "" };
    let all: Vec<_> = [rewrite.edit].into_iter().chain(rewrite.load).collect();
    let (edits, _) = together(all.chunks(1));
    Some(Action {
        title: format!("Use {}{loads}", rewrite.shown),
        kind: ActionKind::Rewrite,
        preferred: false,
        finding: None,
        effect: Effect::Edits(vec![FileEdits::of(site.checked, edits)?]),
    })
}

fn rewrite(site: &Site<'_>, resolved: &Resolved) -> Option<Rewrite> {
    let analysis = &site.checked.analysis;
    let path = literal(site, &resolved.reference)?;
    let asset = resolved.asset().filter(|asset| asset.case_on_disk.is_none())?;
    if !asset.url.starts_with(PREFIX) || !path.text.starts_with(PREFIX) {
        return None;
    }
    let quote = if resolved.reference.quoting.quote == Some('\'') { '"' } else { '\'' };
    if asset.name.contains(['\'', '"', '\\', '{', '}', '%']) {
        return None;
    }
    let name = format!("{quote}{}{quote}", asset.name);
    match (analysis.dialect, analysis.framework?) {
        (Dialect::Jinja, Framework::Flask | Framework::Quart) => {
            let query = resolved.reference.url.parts().query;
            Some(url_for(&path, "filename", &name, quote, query.as_ref()))
        }
        (Dialect::Jinja, Framework::FastApi | Framework::Starlette) if !analysis.extraction.macros_only => {
            Some(url_for(&path, "path", &name, quote, None))
        }
        (Dialect::Django, Framework::Django) => Some(static_tag(site, &path, &name)),
        _ => None,
    }
}

/// The path of a URL that is text alone and stands where a template block is read.
fn literal(site: &Site<'_>, reference: &Reference) -> Option<Literal> {
    let wrong_place = matches!(
        reference.place,
        Place::ScriptString | Place::ModuleImport | Place::ImportMap | Place::ServiceWorker
    );
    let parts = reference.url.parts();
    let [Piece::Literal(path)] = parts.path.pieces.as_slice() else { return None };
    let text = &site.checked.text;
    let stops = site.checked.analysis.kind != SourceKind::Template
        || wrong_place
        || reference.inert.is_some()
        || reference.enclosing.bundle
        || reference.enclosing.translation
        || in_block(text, path.span.start);
    (!stops && path.span.of(text).starts_with('/')).then(|| path.clone())
}

/// Whether byte `offset` lies within a template block.
fn in_block(text: &str, offset: usize) -> bool {
    let before = Span::new(0, offset).of(text);
    let last =
        |delimiters: [&str; 2]| delimiters.into_iter().filter_map(|delimiter| before.rfind(delimiter)).max();
    last(["{{", "{%"]) > last(["}}", "%}"])
}

/// `{{ url_for('static', filename='css/style.css') }}`; a query of plain pairs becomes keywords.
fn url_for(path: &Literal, keyword: &str, name: &str, quote: char, query: Option<&Query>) -> Rewrite {
    let pairs = query.and_then(|query| keywords(query, quote));
    let end = match (&pairs, query) {
        (Some(_), Some(query)) => query.pairs.last().map_or(path.span.end, |pair| pair.value_span.end),
        _ => path.span.end,
    };
    let shown = format!("url_for({quote}static{quote}, {keyword}={name}{})", pairs.unwrap_or_default());
    let edit = Edit { span: Span::new(path.span.start, end), text: format!("{{{{ {shown} }}}}") };
    Rewrite { shown, edit, load: None }
}

/// The pairs as keyword arguments; `None` where one would be written in another way by the framework.
fn keywords(query: &Query, quote: char) -> Option<String> {
    let each = query.pairs.iter().map(|pair| {
        let value = pair.value.as_text()?;
        let key = &pair.key;
        let identifier = key.starts_with(|first: char| first.is_ascii_alphabetic())
            && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
        let taken = ["filename", "endpoint", "values"].contains(&key.as_str());
        let simple = value.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte));
        (identifier && !taken && simple && !value.is_empty())
            .then(|| format!(", {key}={quote}{value}{quote}"))
    });
    each.collect()
}

/// `{% static 'css/style.css' %}`; a query stays behind it.
fn static_tag(site: &Site<'_>, path: &Literal, name: &str) -> Rewrite {
    let shown = format!("{{% static {name} %}}");
    let edit = Edit { span: path.span, text: shown.clone() };
    let text = &site.checked.text;
    let load = (!blocks(text).any(|(_, words)| loads_static(words))).then(|| load(text));
    Rewrite { shown, edit, load }
}

fn loads_static(words: &str) -> bool {
    let mut words = words.split_whitespace();
    words.next() == Some("load") && words.any(|word| word == "static" || word == "staticfiles")
}

/// The edit that loads the tag: behind `{% extends %}`, which must come first, or at the top.
fn load(text: &str) -> Edit {
    const LOAD: &str = "{% load static %}";
    let end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let extends = blocks(text).find(|(_, words)| words.starts_with("extends"));
    match extends {
        Some((span, _)) => Edit { span: Span::empty(span.end), text: format!("{end}{LOAD}") },
        None => Edit {
            span: Span::empty(text.len() - text.trim_start_matches('\u{feff}').len()),
            text: format!("{LOAD}{end}"),
        },
    }
}

/// The statements of a Django template, those in comments left out: each with what stands between its delimiters.
fn blocks(text: &str) -> impl Iterator<Item = (Span, &str)> {
    let commented = |start: usize| {
        let line = text[..start].rfind('\n').map_or(0, |end| end + 1);
        let before = &text[line..start];
        before.rfind("{#") > before.rfind("#}")
    };
    text.match_indices("{%").filter_map(move |(start, _)| {
        let end = start + text[start..].find("%}")? + 2;
        (!commented(start)).then(|| (Span::new(start, end), text[start + 2..end - 2].trim()))
    })
}
