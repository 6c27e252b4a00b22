//! The suppression comments that the tool writes.

use cachelint_syntax::{Dialect, Extraction, Place, Reference, SourceKind, Span};

use crate::Edit;

/// The edit that silences `rule` at the tag, declaration or block of `reference`: a comment on a line of its own
/// above it, or right before it where it does not begin its line. `None` where no comment can stand.
pub fn suppression(
    text: &str,
    kind: SourceKind,
    dialect: Dialect,
    extraction: &Extraction,
    reference: &Reference,
    rule: &str,
) -> Option<Edit> {
    let start = anchor(text, reference)?;
    let code = kind != SourceKind::Template || is_css(reference.place);
    let comment = comment(dialect, extraction, code, &format!("ignore[{rule}]"));
    let line = text[..start].rfind(['\n', '\r']).map_or_else(|| bom(text), |end| end + 1);
    let indent = text.get(line..start)?;
    let alone = indent.trim().is_empty();
    let tail = if alone { format!("{}{indent}", line_end(text)) } else { " ".to_owned() };
    Some(Edit { span: Span::empty(start), text: format!("{comment}{tail}") })
}

/// The edit that silences `rule` in the whole source: a comment on a line of its own at the top, behind what must
/// come first there (a byte order mark, `@charset`, `#!`).
pub fn file_suppression(
    text: &str,
    kind: SourceKind,
    dialect: Dialect,
    extraction: &Extraction,
    rule: &str,
) -> Edit {
    let comment = comment(dialect, extraction, kind != SourceKind::Template, &format!("ignore-file[{rule}]"));
    let end = line_end(text);
    let top = bom(text);
    let first = text[top..].lines().next().unwrap_or_default();
    let must_lead =
        kind != SourceKind::Template && (first.starts_with("@charset") || first.starts_with("#!"));
    if !must_lead {
        return Edit { span: Span::empty(top), text: format!("{comment}{end}") };
    }
    Edit { span: Span::empty(top + first.len()), text: format!("{end}{comment}") }
}

/// The comment itself. In a template it is a template comment: an HTML comment is printed, before
/// `{% extends %}` even in front of the page.
fn comment(dialect: Dialect, extraction: &Extraction, code: bool, directive: &str) -> String {
    let body = format!("cachelint: {directive}");
    let template = dialect != Dialect::Plain && extraction.has_blocks;
    match (template, code) {
        (true, _) if dialect == Dialect::Liquid => format!("{{% comment %}}{body}{{% endcomment %}}"),
        (true, _) => format!("{{# {body} #}}"),
        (false, true) => format!("/* {body} */"),
        (false, false) => format!("<!-- {body} -->"),
    }
}

/// Where the comment goes: before the container, or before the tag whose attribute holds it.
fn anchor(text: &str, reference: &Reference) -> Option<usize> {
    let start = reference.container.start;
    match reference.place {
        Place::StyleAttributeUrl => {
            text.get(..start)?.rfind('<').or_else(|| text[start..].starts_with('<').then_some(start))
        }
        _ => Some(start),
    }
}

const fn is_css(place: Place) -> bool {
    matches!(place, Place::CssUrl | Place::CssFontUrl | Place::CssImport)
}

const fn bom(text: &str) -> usize {
    if let [0xef, 0xbb, 0xbf, ..] = text.as_bytes() { 3 } else { 0 }
}

fn line_end(text: &str) -> &'static str {
    if text.contains("\r\n") { "\r\n" } else { "\n" }
}
