//! The URLs of CSS: `url()`, the strings of `@import` and `image-set()`.

use tree_sitter::{Node, Tree};

use crate::trees::memo::Trees;
use crate::trees::parse::{Grammar, parse, walk};
use crate::{Place, Span};

/// A URL in CSS. Offsets are those of the text that was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct CssUrl {
    /// The URL, quotes and surrounding white space excluded.
    pub span: Span,
    /// Its quote.
    pub quote: Option<char>,
    /// `CssUrl`, `CssFontUrl` or `CssImport`.
    pub place: Place,
    /// The declaration or `@import` that holds it.
    pub container: Span,
}

/// Stands for a byte of an escape that was decoded to fewer; counts as white space around a URL.
pub(crate) const PAD: char = '\u{1}';

/// The URLs of a stylesheet whose template blocks were replaced by filler; `None` where it can't be parsed in bounds.
pub(crate) fn stylesheet_urls(trees: Option<&Trees>, mask: &str) -> Option<Vec<CssUrl>> {
    let tree = tree(trees, mask)?;
    Some(urls(&tree, mask, 0))
}

/// The URLs of a `style` attribute's declarations.
pub(crate) fn declaration_urls(trees: Option<&Trees>, mask: &str) -> Option<Vec<CssUrl>> {
    const OPEN: &str = "a{";
    let wrapped = format!("{OPEN}{mask}}}");
    let tree = tree(trees, &wrapped)?;
    Some(urls(&tree, &wrapped, OPEN.len()))
}

/// How many bytes the grammar's scanner may look ahead in all, beside [`AHEAD_PER_BYTE`] for each byte.
const AHEAD_AT_LEAST: usize = 50_000_000;
/// Sane stylesheets take less than ten.
const AHEAD_PER_BYTE: usize = 20;

fn tree(trees: Option<&Trees>, css: &str) -> Option<Tree> {
    let bound = AHEAD_AT_LEAST + AHEAD_PER_BYTE * css.len();
    (looked_ahead(css.as_bytes()) <= bound).then(|| parse(trees, Grammar::Css, &fill_unquoted_urls(css)))?
}

/// How far the grammar's scanner looks ahead in all: from each colon to the next `{`, `;` or `}`, to tell a
/// pseudo-class from a declaration. The bound of [`parse`] does not see that.
fn looked_ahead(css: &[u8]) -> usize {
    let (mut next, mut sum) = (css.len(), 0_usize);
    for (offset, byte) in css.iter().enumerate().rev() {
        match byte {
            b'{' | b';' | b'}' => next = offset,
            b':' => sum = sum.saturating_add(next - offset),
            _ => {}
        }
    }
    sum
}

/// The same text with the content of every unquoted `url(…)` made of plain letters: the grammar knows only a few
/// of the characters that CSS allows there.
fn fill_unquoted_urls(css: &str) -> String {
    let mut filled = css.as_bytes().to_vec();
    for open in url_openers(css.as_bytes()) {
        let content = &css.as_bytes()[open..];
        let start = content.iter().take_while(|byte| is_space(**byte)).count();
        let unquoted = !matches!(content.get(start), None | Some(b'"' | b'\''));
        let Some(end) = memchr::memchr(b')', content).filter(|_| unquoted) else { continue };
        filled[open..open + end].fill(b'x');
    }
    String::from_utf8(filled).unwrap_or_default()
}

/// The offsets just behind each `url(`, in any case.
fn url_openers(css: &[u8]) -> impl Iterator<Item = usize> {
    memchr::memchr_iter(b'(', css)
        .filter(|&paren| paren >= 3 && css[paren - 3..paren].eq_ignore_ascii_case(b"url"))
        .map(|paren| paren + 1)
}

/// How many of the nodes above a URL tell what it is for.
const NEAR: usize = 32;

fn urls(tree: &Tree, text: &str, shift: usize) -> Vec<CssUrl> {
    let mut found = Vec::new();
    walk(tree, |node, above| {
        if node.kind() == "namespace_statement" || node.kind() == "charset_statement" {
            return false;
        }
        let above = &above[above.len().saturating_sub(NEAR)..];
        let Some(content) = url_content(node, above, text) else { return true };
        let (span, quote) = unquoted(content, text);
        let container = container(node, above);
        found.push(CssUrl {
            span: Span::new(span.start - shift, span.end - shift),
            quote,
            place: place(above, text),
            container: Span::new(container.start.saturating_sub(shift), container.end.saturating_sub(shift)),
        });
        false
    });
    found
}

/// The text between the parentheses or quotes, if the node is a URL's.
fn url_content(node: Node<'_>, above: &[Node<'_>], text: &str) -> Option<Span> {
    let within = |node: Node<'_>| Span::from(node.byte_range());
    match node.kind() {
        "call_expression" if function_name(node, text).eq_ignore_ascii_case("url") => {
            let arguments = within(node.child(1)?);
            let closed = usize::from(arguments.of(text).ends_with(')'));
            Some(Span::new(arguments.start + 1, (arguments.end - closed).max(arguments.start + 1)))
        }
        "string_value" => {
            let loads = match above {
                [.., parent] if parent.kind() == "import_statement" => true,
                [.., call, _] if call.kind() == "call_expression" => {
                    function_name(*call, text).ends_with("image-set")
                }
                _ => false,
            };
            loads.then(|| within(node))
        }
        _ => None,
    }
}

fn function_name<'text>(call: Node<'_>, text: &'text str) -> &'text str {
    call.child(0).map_or("", |name| Span::from(name.byte_range()).of(text))
}

/// The content without white space and quotes, and its quote.
fn unquoted(content: Span, text: &str) -> (Span, Option<char>) {
    let raw = content.of(text);
    let trimmed = raw.trim_start_matches(is_blank);
    let start = content.start + (raw.len() - trimmed.len());
    let trimmed = trimmed.trim_end_matches(is_blank);
    let quote = trimmed.chars().next().filter(|quote| matches!(quote, '"' | '\''));
    let Some(quote) = quote else { return (Span::new(start, start + trimmed.len()), None) };
    let inner = trimmed[1..].strip_suffix(quote).unwrap_or(&trimmed[1..]);
    let pads = inner.len() - inner.trim_start_matches(PAD).len();
    let inner = inner.trim_matches(PAD);
    (Span::new(start + 1 + pads, start + 1 + pads + inner.len()), Some(quote))
}

fn is_blank(character: char) -> bool {
    character == PAD || character.is_ascii_whitespace()
}

fn is_space(byte: u8) -> bool {
    is_blank(byte.into())
}

fn place(above: &[Node<'_>], text: &str) -> Place {
    let is_font_face = |node: &Node<'_>| {
        node.kind() == "at_rule" && Span::from(node.byte_range()).of(text).starts_with("@font-face")
    };
    match above {
        _ if above.iter().any(|node| node.kind() == "import_statement") => Place::CssImport,
        _ if above.iter().any(is_font_face) => Place::CssFontUrl,
        _ => Place::CssUrl,
    }
}

fn container(node: Node<'_>, above: &[Node<'_>]) -> Span {
    let is_statement = |node: &&Node<'_>| matches!(node.kind(), "declaration" | "import_statement");
    Span::from(above.iter().rev().find(is_statement).unwrap_or(&node).byte_range())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(css: &str, expected: &[(&str, Place)]) {
        let found = stylesheet_urls(None, css).unwrap();
        let found: Vec<_> = found.iter().map(|url| (url.span.of(css), url.place)).collect();
        assert_eq!(found, expected, "{css}");
    }

    #[test]
    fn urls_are_found_where_css_loads_them() {
        check(
            "a{background:url( a.png?x=1&y#z ) no-repeat,URL('b c.png')}",
            &[("a.png?x=1&y#z", Place::CssUrl), ("b c.png", Place::CssUrl)],
        );
        check(
            "@import \"a.css\" screen;@import url(b.css);",
            &[("a.css", Place::CssImport), ("b.css", Place::CssImport)],
        );
        check("@font-face{src:local('x'),url(f.woff2) format('woff2')}", &[("f.woff2", Place::CssFontUrl)]);
        check(
            "a{b:image-set(url(x.png) 1x,'q.png' 2x)}",
            &[("x.png", Place::CssUrl), ("q.png", Place::CssUrl)],
        );
        check("/* url(a.png) */ b{content:'url(c.png)'} @namespace url(http://x);", &[]);
        check("a{--x:url(v.svg)} b{c:url()}", &[("v.svg", Place::CssUrl), ("", Place::CssUrl)]);
        check("a{b:url(data:image/png;base64,AA==)}", &[("data:image/png;base64,AA==", Place::CssUrl)]);
    }

    #[test]
    fn a_style_attribute_is_read_as_declarations() {
        let css = "background:url(&a.png); color:red";
        let found = declaration_urls(None, css).unwrap();
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].span.of(css), "&a.png");
        assert_eq!(found[0].container.of(css), "background:url(&a.png);");
    }
}
