//! What the text before the cursor asks for: a path below a static root, or a URL.

use cachelint_syntax::{ExtractSettings, HelperKind, PathArgument, Registry, Span};

/// What is typed so far of a path or URL.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Typed<'a> {
    /// From its start to the cursor.
    pub(super) value: &'a str,
    /// What it is.
    pub(super) kind: Kind,
    /// The quote that ends it; `None` where it is not quoted.
    pub(super) quote: Option<char>,
    /// The cursor: a byte offset.
    pub(super) offset: usize,
}

/// What is being typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A path below a static root, which a helper makes a URL of.
    Path,
    /// A path below a static root, behind a block that yields the root's URL.
    Following,
    /// A URL in an attribute.
    Attribute,
    /// A URL in CSS.
    Css,
}

/// How much of the text before the cursor is looked at, in bytes.
const WINDOW: usize = 2000;

/// Attributes that hold a URL, the lazy loaders' apart.
const ATTRIBUTES: [&str; 9] =
    ["href", "src", "srcset", "poster", "data", "background", "imagesrcset", "xlink:href", "content"];

/// Characters that end a path segment.
const STOPS: [char; 18] =
    ['\'', '"', '/', ' ', '\t', '\r', '\n', '?', '#', '<', '>', '(', ')', '{', '}', '%', ',', ';'];

/// What is typed at `offset` of `text`; `None` where no path is meant.
pub(super) fn typed<'a>(text: &'a str, offset: usize, settings: &ExtractSettings) -> Option<Typed<'a>> {
    let before = window(text.get(..offset)?);
    let (value, kind, quote) = quoted(before, settings).or_else(|| bare(before, settings))?;
    let value = match kind {
        Kind::Path => value,
        _ => value.trim_start(),
    };
    Some(Typed { value, kind, quote, offset })
}

impl Typed<'_> {
    /// The path segment at the cursor: what an item replaces. What follows the cursor belongs to it only where the value
    /// is ended further on: else it is other text.
    pub(super) fn segment(&self, text: &str) -> Span {
        let typed = self.value.rsplit('/').next().unwrap_or_default().len();
        let line = text[self.offset..].split(['\n', '\r']).next().unwrap_or_default();
        let ended = self.quote.is_none_or(|quote| line.contains(quote));
        let rest = if ended { line.find(STOPS).unwrap_or(line.len()) } else { 0 };
        Span::new(self.offset - typed, self.offset + rest)
    }
}

fn window(before: &str) -> &str {
    let mut start = before.len().saturating_sub(WINDOW);
    while !before.is_char_boundary(start) {
        start += 1;
    }
    &before[start..]
}

type Found<'a> = Option<(&'a str, Kind, Option<char>)>;

/// A value behind a quote: what stands before the quote says what it is.
fn quoted<'a>(before: &'a str, settings: &ExtractSettings) -> Found<'a> {
    let at = before.rfind(['\'', '"', '\n'])?;
    let quote = before[at..].chars().next().filter(|&quote| quote != '\n')?;
    let (lead, value) = (before[..at].trim_end(), &before[at + 1..]);
    if names_path(lead, &settings.helpers) {
        return Some((value, Kind::Path, Some(quote)));
    }
    if lead.ends_with("url(") || lead.ends_with("@import") {
        return Some((value, Kind::Css, Some(quote)));
    }
    let name = attribute(lead.strip_suffix('=')?);
    let (value, kind) = of_attribute(name, value, settings)?;
    Some((value, kind, Some(quote)))
}

/// A value without quotes: in `url(`, or right behind an attribute's `=`.
fn bare<'a>(before: &'a str, settings: &ExtractSettings) -> Found<'a> {
    let line = before.rsplit(['\n', '\r']).next()?;
    let css = line.rfind("url(").map(|at| line[at + 4..].trim_start());
    if let Some(value) = css.filter(|value| !value.contains([')', '\'', '"', ' ', '{'])) {
        return Some((value, Kind::Css, None));
    }
    let word = line.rsplit([' ', '\t', '<']).next()?;
    let (name, value) = word.split_once('=')?;
    if value.contains(['\'', '"', '>', '{']) || value.is_empty() {
        return None;
    }
    let (value, kind) = of_attribute(name, value, settings)?;
    Some((value, kind, None))
}

/// What an attribute's value asks for at its end.
fn of_attribute<'a>(name: &str, value: &'a str, settings: &ExtractSettings) -> Option<(&'a str, Kind)> {
    let name = name.to_ascii_lowercase();
    let lazy = settings.lazy_attributes.iter().chain(&settings.lazy_srcset_attributes);
    if !ATTRIBUTES.contains(&name.as_str()) && !lazy.into_iter().any(|lazy| *lazy == name) {
        return None;
    }
    let value = if name.ends_with("srcset") { last_candidate(value) } else { value };
    let Some(end) = ["}}", "%}"].into_iter().filter_map(|close| value.rfind(close)).max() else {
        return (!value.contains("{{") && !value.contains("{%")).then_some((value, Kind::Attribute));
    };
    let rest = &value[end + 2..];
    (!rest.contains(['{', '%']) && yields_root(&value[..end], &settings.helpers))
        .then_some((rest, Kind::Following))
}

/// The last candidate of a srcset, up to the cursor.
fn last_candidate(value: &str) -> &str {
    value.rsplit([',', ' ', '\t', '\n']).next().unwrap_or(value)
}

/// Whether a value up to the end of a block is that block alone, and the block yields a static root's URL.
fn yields_root(value: &str, helpers: &Registry) -> bool {
    let (kind, code) = match (value.trim_start().strip_prefix("{{"), value.trim_start().strip_prefix("{%")) {
        (Some(code), _) => (HelperKind::Prefix, code),
        (_, Some(code)) => (HelperKind::Tag, code),
        _ => return false,
    };
    let name = code.trim_matches(['-', '+', ' ']);
    helpers.find(kind, name).is_some_and(|helper| helper.path == PathArgument::Following)
}

/// The attribute that `lead` ends in.
fn attribute(lead: &str) -> &str {
    let lead = lead.trim_end();
    let part = |character: char| character.is_ascii_alphanumeric() || matches!(character, '-' | ':' | '_');
    &lead[lead.trim_end_matches(part).len()..]
}

/// Whether a string right behind `lead` is the path of a helper: `url_for('static', filename=`, `{% static`, `asset(`.
fn names_path(lead: &str, helpers: &Registry) -> bool {
    if let Some(rest) = lead.strip_suffix('=') {
        let keyword = attribute(rest);
        return call(rest).and_then(|name| helpers.find(HelperKind::Call, name)).is_some_and(|helper| {
            match &helper.path {
                PathArgument::Endpoint(names) => names.contains(&keyword),
                PathArgument::Keyword(name) => name == keyword,
                _ => false,
            }
        });
    }
    let first = |kind, name: &str| {
        helpers.find(kind, name).is_some_and(|helper| helper.path == PathArgument::Position(0))
    };
    if let Some(rest) = lead.strip_suffix('(') {
        return first(HelperKind::Call, callee(rest));
    }
    let name = callee(lead);
    let block = lead[..lead.len() - name.len()].trim_end().trim_end_matches(['-', '+']);
    block.ends_with("{%") && first(HelperKind::Tag, name)
}

/// The name of the call whose parenthesis is open at the end of `lead`.
fn call(lead: &str) -> Option<&str> {
    let mut closed = 0_usize;
    for (at, byte) in lead.bytes().enumerate().rev() {
        match byte {
            b')' => closed += 1,
            b'(' if closed == 0 => return Some(callee(&lead[..at])),
            b'(' => closed -= 1,
            b'{' | b'}' => return None,
            _ => {}
        }
    }
    None
}

/// The dotted name that `lead` ends in.
fn callee(lead: &str) -> &str {
    let part = |character: char| character.is_ascii_alphanumeric() || matches!(character, '.' | '_');
    &lead[lead.trim_end_matches(part).len()..]
}
