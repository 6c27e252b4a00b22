//! A call or tag whose path the framework does not serve as it is written.

use cachelint_syntax::{Argument, HelperKind, HelperUse, Literal, Piece, Place, Span, Url, Versioning};

use super::{Check, Rule, Site};
use crate::{Applicability, AtRuntime, Edit, Finding, Fix, Level, Status, Target, UrlFor};

pub(crate) static RULE: Rule = Rule {
    name: "broken-static-call",
    level: Level::Error,
    fixable: true,
    instead_of: &[
        "mixed-versions",
        "unversioned-reference",
        "stale-version",
        "manual-version",
        "missing-asset",
        "double-version",
    ],
    doc: include_str!("broken-static-call.md"),
    check: Check::Reference(check),
};

fn check(site: &Site<'_>) -> Option<Finding> {
    let helper = site.resolved.reference.helper()?;
    if site.judgement.status == Status::Inert || site.is_set_apart() {
        return None;
    }
    match helper.kind {
        _ if is_django_static(site, helper) => of_django(site, helper),
        HelperKind::Call if is_static_endpoint(helper) => match site.input.settings.url_for {
            UrlFor::Flask => of_flask(site, helper),
            UrlFor::Starlette => of_starlette(site, helper),
            UrlFor::LikeFlask | UrlFor::Other => None,
        },
        _ => None,
    }
}

/// Django's tag, or the function of that name where the project's settings were read and so are Django's.
fn is_django_static(site: &Site<'_>, helper: &HelperUse) -> bool {
    let known = helper.kind == HelperKind::Tag || site.resolved.at_runtime != AtRuntime::Unread;
    helper.name == "static" && helper.versioning == Some(Versioning::Project) && known
}

/// The endpoint of an application's or a blueprint's static files.
fn is_static_endpoint(helper: &HelperUse) -> bool {
    let endpoint = helper.endpoint.as_ref().and_then(Url::as_text).unwrap_or_default();
    helper.name.ends_with("url_for") && endpoint.rsplit(['.', ':']).next() == Some("static")
}

/// Django quotes the path: a `?` in it becomes `%3F`, on a manifest storage with `DEBUG` alone. Such a storage looks the
/// path up as it is written, without `DEBUG`.
fn of_django(site: &Site<'_>, helper: &HelperUse) -> Option<Finding> {
    let path = literal(helper.path.as_ref()?)?;
    if let Some(mark) = path.text.find('?') {
        let debug = match site.resolved.at_runtime {
            AtRuntime::Versioned(_) => " with DEBUG",
            AtRuntime::Unread | AtRuntime::Plain(_) | AtRuntime::Kept(_) => "",
        };
        return Some(with(quoted_query(site, path, mark, debug), behind_tag(site, helper, path, mark)));
    }
    let AtRuntime::Versioned(origin) = &site.resolved.at_runtime else { return None };
    if let Target::Missing(missing) = &site.resolved.target
        && missing.is_folder
    {
        let name = &missing.name;
        let message = format!("{name} is a folder; without DEBUG the page fails ({})", origin.phrase());
        let help = Some(format!("write {name}/ for the URL of the folder: that is not looked up"));
        return Some(Finding { help, ..site.finding(&RULE, path.span, message) });
    }
    let asset = site.resolved.asset().filter(|_| path.text.starts_with('/'))?;
    let message = format!(
        "{} works with DEBUG and raises an error without: its name is {} to {}",
        path.text,
        asset.name,
        origin.phrase()
    );
    let finding = Finding { level: Level::Warning, ..site.finding(&RULE, path.span, message) };
    Some(with(finding, without_slash(path)))
}

/// Flask quotes the file's name; a slash before it makes two, and costs a redirect.
fn of_flask(site: &Site<'_>, helper: &HelperUse) -> Option<Finding> {
    let argument = named(&helper.arguments, "filename")?;
    let path = literal(&argument.value)?;
    if let Some(mark) = path.text.find('?') {
        return Some(with(quoted_query(site, path, mark, ""), as_arguments(site, argument, path, mark)));
    }
    let asset = site.resolved.asset().filter(|_| path.text.starts_with('/'))?;
    let message = format!("{} costs a redirect: {} is the file's name", path.text, asset.name);
    let finding = Finding { level: Level::Info, ..site.finding(&RULE, path.span, message) };
    Some(with(finding, without_slash(path)))
}

/// Starlette takes the file as `path` and nothing else beside it; a function of the project's own may take more.
fn of_starlette(site: &Site<'_>, helper: &HelperUse) -> Option<Finding> {
    if matches!(site.resolved.at_runtime, AtRuntime::Versioned(_)) {
        return None;
    }
    let wrong = match named(&helper.arguments, "path") {
        None => named(&helper.arguments, "filename")?,
        Some(_) => helper.arguments.iter().find(|it| it.name.as_deref().is_some_and(is_further))?,
    };
    let name = wrong.name.as_deref()?;
    let message = format!("{name} is no parameter of a static mount: this call raises NoMatchFound");
    let finding = site.finding(&RULE, wrong.span, message);
    let rename = || Fix {
        title: "Write path for filename".to_owned(),
        applicability: Applicability::Unsafe,
        edits: vec![Edit {
            span: Span::new(wrong.span.start, wrong.span.start + name.len()),
            text: "path".to_owned(),
        }],
    };
    Some(if name == "filename" {
        finding.with(rename())
    } else {
        with(finding, as_chained(site, helper, wrong))
    })
}

fn is_further(keyword: &str) -> bool {
    !matches!(keyword, "path" | "name" | "request" | "context")
}

fn quoted_query(site: &Site<'_>, path: &Literal, mark: usize, when: &str) -> Finding {
    let query = &path.text[mark..];
    let message = format!(
        "{query} is taken for a part of the file's name: its ? becomes %3F, and that is not found{when}"
    );
    site.finding(&RULE, path.span, message)
}

/// The path where it is written in one piece of text.
fn literal(path: &Url) -> Option<&Literal> {
    match path.pieces.as_slice() {
        [Piece::Literal(literal)] => Some(literal),
        _ => None,
    }
}

fn named<'a>(arguments: &'a [Argument], name: &str) -> Option<&'a Argument> {
    arguments.iter().find(|argument| argument.name.as_deref() == Some(name))
}

fn with(finding: Finding, fix: Option<Fix>) -> Finding {
    match fix {
        Some(fix) => finding.with(fix),
        None => finding,
    }
}

/// The slashes before the path taken away: it is the same file's.
fn without_slash(path: &Literal) -> Option<Fix> {
    let slashes = path.text.len() - path.text.trim_start_matches('/').len();
    let span = path.slice(0, slashes).span;
    (slashes < path.text.len()).then(|| Fix {
        title: "Remove the slash".to_owned(),
        applicability: Applicability::Safe,
        edits: vec![Edit { span, text: String::new() }],
    })
}

/// The query written behind the tag, where the URL is the tag alone and is used where it stands.
fn behind_tag(site: &Site<'_>, helper: &HelperUse, path: &Literal, mark: usize) -> Option<Fix> {
    let reference = &site.resolved.reference;
    let alone = reference.url.pieces.len() == 1 && helper.kind == HelperKind::Tag;
    let elsewhere = matches!(reference.place, Place::StoredTag | Place::Set | Place::Nested);
    let query = path.slice(mark, path.text.len()).span;
    (alone && !elsewhere).then(|| Fix {
        title: format!("Move {} behind the tag", query.of(site.input.text)),
        applicability: Applicability::Unsafe,
        edits: vec![
            Edit { span: query, text: String::new() },
            Edit { span: Span::empty(helper.span.end), text: query.of(site.input.text).to_owned() },
        ],
    })
}

/// The pairs of the query written as keyword arguments.
fn as_arguments(site: &Site<'_>, argument: &Argument, path: &Literal, mark: usize) -> Option<Fix> {
    let quote = site.quote_at(argument.value_span.start)?;
    let pairs = path.text[mark + 1..].split('&').map(|pair| {
        let (key, value) = pair.split_once('=').filter(|(key, value)| is_name(key) && is_plain(value))?;
        Some(format!("{key}={quote}{value}{quote}"))
    });
    let arguments = pairs.collect::<Option<Vec<String>>>()?.join(", ");
    Some(Fix {
        title: format!("Write {arguments} as an argument"),
        applicability: Applicability::Unsafe,
        edits: vec![
            Edit { span: path.slice(mark, path.text.len()).span, text: String::new() },
            Edit { span: Span::empty(argument.span.end), text: format!(", {arguments}") },
        ],
    })
}

/// The argument given to a chained `include_query_params`, where nothing is chained yet.
fn as_chained(site: &Site<'_>, helper: &HelperUse, argument: &Argument) -> Option<Fix> {
    let at = helper.arguments.iter().position(|it| it.span == argument.span)?;
    let before = helper.arguments.get(at.checked_sub(1)?)?;
    let text = argument.span.of(site.input.text);
    helper.chain.is_empty().then(|| Fix {
        title: format!("Write .include_query_params({text})"),
        applicability: Applicability::Unsafe,
        edits: vec![
            Edit { span: Span::new(before.span.end, argument.span.end), text: String::new() },
            Edit { span: Span::empty(helper.close + 1), text: format!(".include_query_params({text})") },
        ],
    })
}

/// Whether a key can be a keyword of a call.
fn is_name(key: &str) -> bool {
    let legal = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    !key.is_empty() && !key.as_bytes()[0].is_ascii_digit() && key.bytes().all(legal) && key != "filename"
}

/// Whether a value stands in a string as it is.
fn is_plain(value: &str) -> bool {
    value.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_'))
}
