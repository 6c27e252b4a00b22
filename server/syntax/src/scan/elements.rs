//! What the names of elements say: what their content is, and which can hold a reference.

/// How the text after a start tag is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Content {
    /// As HTML.
    Markup,
    /// As a script.
    Script,
    /// As text that is a stylesheet.
    Style,
    /// As text, up to the end tag.
    Text,
    /// As text, up to the end tag, that shows code.
    Sample,
    /// As text, all of it.
    Rest,
}

/// The content of the element of that name.
pub(super) fn content(name: &str) -> Content {
    match name {
        "script" => Content::Script,
        "style" => Content::Style,
        "title" | "iframe" | "noembed" | "noframes" => Content::Text,
        "textarea" | "xmp" => Content::Sample,
        "plaintext" => Content::Rest,
        _ => Content::Markup,
    }
}

/// The names that are asked for, in lower case, sorted.
const KNOWN: &[&str] = &[
    "a",
    "audio",
    "base",
    "body",
    "code",
    "embed",
    "feimage",
    "frame",
    "iframe",
    "image",
    "img",
    "input",
    "kbd",
    "link",
    "math",
    "meta",
    "noembed",
    "noframes",
    "object",
    "plaintext",
    "pre",
    "samp",
    "script",
    "source",
    "style",
    "svg",
    "table",
    "td",
    "template",
    "textarea",
    "th",
    "title",
    "tr",
    "track",
    "use",
    "video",
    "xmp",
];

/// The length of the longest of them.
const LONGEST: usize = 9;

/// The name in lower case, if anything is known of it; else the empty one.
pub(super) fn known(name: &[u8]) -> &'static str {
    let mut lower = [0; LONGEST];
    let Some(lower) = lower.get_mut(..name.len()) else { return "" };
    lower.copy_from_slice(name);
    lower.make_ascii_lowercase();
    KNOWN.binary_search_by(|known| known.as_bytes().cmp(lower)).map(|at| KNOWN[at]).unwrap_or_default()
}

/// Whether the element of that name can hold a reference in attributes of its own.
pub(super) fn holds_references(name: &str) -> bool {
    matches!(
        name,
        "link"
            | "script"
            | "img"
            | "source"
            | "video"
            | "audio"
            | "track"
            | "embed"
            | "input"
            | "iframe"
            | "frame"
            | "object"
            | "use"
            | "image"
            | "feimage"
            | "table"
            | "td"
            | "tr"
            | "th"
            | "body"
            | "meta"
            | "base"
            | "a"
    )
}

/// Whether `text` begins with the end tag of `name`.
pub(super) fn ends(text: &[u8], name: &str) -> bool {
    text.strip_prefix(b"</").is_some_and(|rest| begins_with_name(rest, name))
}

/// Whether `text` begins with `name`, in any case, and what follows ends a tag's name.
pub(super) fn begins_with_name(text: &[u8], name: &str) -> bool {
    let Some((start, rest)) = text.split_at_checked(name.len()) else { return false };
    start.eq_ignore_ascii_case(name.as_bytes())
        && matches!(rest.first(), Some(b' ' | b'\t' | b'\n' | b'\r' | b'\x0c' | b'/' | b'>'))
}

/// Whether a comment's body is a conditional comment's: `[if IE]> … <![endif]`.
pub(super) fn is_condition(body: &[u8]) -> bool {
    let body = body.trim_ascii_start();
    body.get(..3).is_some_and(|start| start.eq_ignore_ascii_case(b"[if"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_of_names_can_be_searched() {
        assert!(KNOWN.is_sorted());
        assert_eq!(KNOWN.iter().map(|name| name.len()).max(), Some(LONGEST));
        assert_eq!(
            [known(b"IMG"), known(b"plaintext"), known(b"plaintexts"), known(b"")],
            ["img", "plaintext", "", ""]
        );
    }
}
