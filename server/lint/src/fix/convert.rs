//! A literal URL written as the project's helper, where the two make the same URL.

use cachelint_syntax::{Literal, Piece, Place, Query, Reference, Span};

use super::version::opens_before;
use crate::edits::together;
use crate::settings::{HelperForm, Mount};
use crate::{Asset, Edit, Input, Resolved};

/// A literal URL as the project's helper writes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conversion {
    /// What it does, in a few words: `Use url_for('static', filename='css/style.css')`.
    pub title: String,
    /// The edits, in the order of their spans.
    pub edits: Vec<Edit>,
}

/// The conversion of a literal; `None` where it would not be exact.
pub fn conversion(input: &Input<'_>, resolved: &Resolved) -> Option<Conversion> {
    let helper = input.settings.helper.as_ref()?;
    let asset = resolved.asset().filter(|asset| asset.case_on_disk.is_none())?;
    let (mount, name) = mount_of(&helper.mounts, asset)?;
    let path = literal(input, &resolved.reference).filter(|path| path.text == asset.url)?;
    if name.contains(['\'', '"', '\\', '{', '}', '%']) {
        return None;
    }
    let quote = if resolved.reference.quoting.quote == Some('\'') { '"' } else { '\'' };
    let query = resolved.reference.url.query();
    let plain = query.as_ref().filter(|query| is_in_all(input.text, &path, query));
    let pairs = plain.filter(|_| helper.form == HelperForm::Filename);
    let pairs = pairs.and_then(|query| Some((keywords(query, quote)?, query.pairs.last()?.value_span.end)));
    // A second query behind the one that the helper makes would be none.
    if helper.form != HelperForm::Tag && query.is_some() && pairs.is_none() && mount.versioned.is_some() {
        return None;
    }
    let (shown, edit) = match helper.form {
        HelperForm::Filename => url_for(&path, mount, ("filename", name), quote, pairs),
        HelperForm::Path => url_for(&path, mount, ("path", name), quote, None),
        HelperForm::Tag => {
            let shown = format!("{{% static {quote}{name}{quote} %}}");
            (shown.clone(), Edit { span: path.span, text: shown })
        }
    };
    let load = (helper.form == HelperForm::Tag).then(|| load(input.text)).flatten();
    let loads = if load.is_some() { " and load static" } else { "" };
    let all: Vec<_> = [edit].into_iter().chain(load).collect();
    Some(Conversion { title: format!("Use {shown}{loads}"), edits: together(all.chunks(1)).0 })
}

/// Which of the mounts serves an asset by its URL, and the name it has there.
pub(crate) fn mount_of<'a>(mounts: &'a [Mount], asset: &'a Asset) -> Option<(&'a Mount, &'a str)> {
    mounts.iter().find_map(|mount| {
        let name = asset.url.strip_prefix(&mount.url)?;
        let holds = mount.folders.is_empty() || mount.folders.iter().any(|it| it.join(name) == *asset.path);
        holds.then_some((mount, name))
    })
}

/// The path of a URL that is text alone and stands where a template block is read.
fn literal(input: &Input<'_>, reference: &Reference) -> Option<Literal> {
    let wrong_place = matches!(
        reference.place,
        Place::ScriptString | Place::ModuleImport | Place::ImportMap | Place::ServiceWorker
    );
    let parts = reference.url.parts();
    let [Piece::Literal(path)] = parts.path.pieces.as_slice() else { return None };
    let stops = wrong_place
        || reference.inert.is_some()
        || reference.enclosing.bundle
        || reference.enclosing.translation
        || opens_before(input, path.span.start);
    (!stops && path.span.of(input.text).starts_with('/')).then(|| path.clone())
}

/// `url_for('static', filename='css/style.css')` as an output; a query of plain pairs becomes keywords.
fn url_for(
    path: &Literal,
    mount: &Mount,
    (keyword, name): (&str, &str),
    quote: char,
    pairs: Option<(String, usize)>,
) -> (String, Edit) {
    let (rest, end) = pairs.unwrap_or((String::new(), path.span.end));
    let endpoint = &mount.endpoint;
    let shown = format!("url_for({quote}{endpoint}{quote}, {keyword}={quote}{name}{quote}{rest})");
    let edit = Edit { span: Span::new(path.span.start, end), text: format!("{{{{ {shown} }}}}") };
    (shown, edit)
}

/// Whether a query is in every branch of the value, and stands behind the path.
fn is_in_all(text: &str, path: &Literal, query: &Query) -> bool {
    let end = query.pairs.last().map_or(query.mark, |pair| pair.value_span.end);
    query.mark == path.span.end && !Span::new(query.mark, end).of(text).contains("{%")
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

fn loads_static(words: &str) -> bool {
    let mut words = words.split_whitespace();
    words.next() == Some("load") && words.any(|word| word == "static" || word == "staticfiles")
}

/// The edit that loads the tag, if it is not: behind `{% extends %}`, which must come first, or at the top.
fn load(text: &str) -> Option<Edit> {
    const LOAD: &str = "{% load static %}";
    if blocks(text).any(|(_, words)| loads_static(words)) {
        return None;
    }
    let end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let extends = blocks(text).find(|(_, words)| words.starts_with("extends"));
    Some(match extends {
        Some((span, _)) => Edit { span: Span::empty(span.end), text: format!("{end}{LOAD}") },
        None => Edit {
            span: Span::empty(text.len() - text.trim_start_matches('\u{feff}').len()),
            text: format!("{LOAD}{end}"),
        },
    })
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
