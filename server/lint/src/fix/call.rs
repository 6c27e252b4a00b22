//! A version as an argument of the call that makes the URL.

use cachelint_syntax::{Argument, HelperUse, Span, Star, Url};

use crate::rules::Site;
use crate::{Edit, UrlFor};

use super::version::Version;

/// What is inserted, as people see it, and the edit: a keyword argument where the framework makes a query of it, a
/// chained call where it would raise an error.
pub(crate) fn insert(site: &Site<'_>, helper: &HelperUse, version: &Version) -> Option<(String, Edit)> {
    let quote = site.call_quote().unwrap_or('\'');
    let argument = version.argument(quote)?;
    let named = |name: &str| helper.arguments.iter().any(|argument| argument.name.as_deref() == Some(name));
    let flask = matches!(site.input.settings.url_for, UrlFor::Flask | UrlFor::LikeFlask);
    let keyword = named("filename") || (named("path") && flask && !is_static(helper));
    if keyword {
        return Some((argument.clone(), into_arguments(site, &helper.arguments, helper.close, &argument)));
    }
    named("path").then(|| chain(site, helper, &argument))?
}

/// Whether the endpoint serves static files. One that takes its file as `path` is Starlette's: Flask's own takes a
/// `filename`, and only a route that somebody wrote takes a `path`.
fn is_static(helper: &HelperUse) -> bool {
    let endpoint = helper.endpoint.as_ref().and_then(Url::as_text).unwrap_or_default();
    let last = endpoint.rsplit(['.', ':']).next().unwrap_or_default().to_ascii_lowercase();
    ["static", "asset", "public"].iter().any(|word| last.contains(word))
}

/// An edit that adds `argument` as the last keyword, before what `**` unpacks, set apart as its neighbours are.
fn into_arguments(site: &Site<'_>, arguments: &[Argument], close: usize, argument: &str) -> Edit {
    if let Some(at) = arguments.iter().position(|argument| argument.star == Star::Dict) {
        let text = format!("{argument}{}", separator(site, arguments, at));
        return Edit { span: Span::empty(arguments[at].span.start), text };
    }
    let Some(last) = arguments.last() else {
        return Edit { span: Span::empty(close), text: argument.to_owned() };
    };
    let text = format!("{}{argument}", separator(site, arguments, arguments.len() - 1));
    Edit { span: Span::empty(last.span.end), text }
}

/// What stands between an argument and the one before it.
fn separator<'a>(site: &Site<'a>, arguments: &[Argument], at: usize) -> &'a str {
    let before =
        at.checked_sub(1).map(|before| Span::new(arguments[before].span.end, arguments[at].span.start));
    let text = before.map_or("", |span| span.of(site.input.text));
    if text.trim() == "," { text } else { ", " }
}

fn chain(site: &Site<'_>, helper: &HelperUse, argument: &str) -> Option<(String, Edit)> {
    if let Some(call) = helper.chain.iter().find(|call| call.name == "include_query_params") {
        return Some((argument.to_owned(), into_arguments(site, &call.arguments, call.close, argument)));
    }
    let end = helper.close + 1;
    let rest = Span::new(end, site.input.text.len()).of(site.input.text);
    if rest.trim_start().starts_with(['.', '[']) {
        return None;
    }
    let text = format!(".include_query_params({argument})");
    Some((text.clone(), Edit { span: Span::empty(end), text }))
}
