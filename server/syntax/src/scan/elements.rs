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

/// What stands in an element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Inside {
    /// What is loaded as anywhere.
    Live,
    /// Code that is shown; each such element has a bit of its own.
    Sample(u8),
    /// What is loaded only once a script makes use of it.
    Template,
    /// SVG or `MathML`, where `/>` closes an element.
    Foreign,
}

/// An element of which something is known.
#[derive(Clone, Copy, Debug)]
pub(super) struct Element {
    /// Its name in lower case; empty for all others.
    pub(super) name: &'static str,
    /// How the text behind its start tag is read.
    pub(super) content: Content,
    /// What stands in it.
    pub(super) inside: Inside,
    /// Whether it can hold a reference in attributes of its own.
    pub(super) holds_references: bool,
    /// Its name as a number.
    key: u128,
}

const fn plain(name: &'static str) -> Element {
    let (content, inside, holds_references) = (Content::Markup, Inside::Live, false);
    Element { name, content, inside, holds_references, key: key(name.as_bytes()) }
}

const fn holding(name: &'static str) -> Element {
    Element { holds_references: true, ..plain(name) }
}

/// A name of at most 16 bytes in lower case as a number, in the order of the names: one comparison tells it.
const fn key(name: &[u8]) -> u128 {
    let mut bytes = [0; 16];
    let (start, _) = bytes.split_at_mut(name.len());
    start.copy_from_slice(name);
    start.make_ascii_lowercase();
    u128::from_be_bytes(bytes)
}

/// Sorted by name.
static KNOWN: [Element; 37] = [
    holding("a"),
    holding("audio"),
    holding("base"),
    holding("body"),
    Element { inside: Inside::Sample(1), ..plain("code") },
    holding("embed"),
    holding("feimage"),
    holding("frame"),
    Element { content: Content::Text, ..holding("iframe") },
    holding("image"),
    holding("img"),
    holding("input"),
    Element { inside: Inside::Sample(1 << 1), ..plain("kbd") },
    holding("link"),
    Element { inside: Inside::Foreign, ..plain("math") },
    holding("meta"),
    Element { content: Content::Text, ..plain("noembed") },
    Element { content: Content::Text, ..plain("noframes") },
    holding("object"),
    Element { content: Content::Rest, ..plain("plaintext") },
    Element { inside: Inside::Sample(1 << 2), ..plain("pre") },
    Element { inside: Inside::Sample(1 << 3), ..plain("samp") },
    Element { content: Content::Script, ..holding("script") },
    holding("source"),
    Element { content: Content::Style, ..plain("style") },
    Element { inside: Inside::Foreign, ..plain("svg") },
    holding("table"),
    holding("td"),
    Element { inside: Inside::Template, ..plain("template") },
    Element { content: Content::Sample, inside: Inside::Sample(1 << 4), ..plain("textarea") },
    holding("th"),
    Element { content: Content::Text, ..plain("title") },
    holding("tr"),
    holding("track"),
    holding("use"),
    holding("video"),
    Element { content: Content::Sample, inside: Inside::Sample(1 << 5), ..plain("xmp") },
];

/// The length of the longest name of [`KNOWN`].
const LONGEST: usize = 9;

/// What is known of the element of that name, in any case.
pub(super) fn known(name: &[u8]) -> Element {
    if name.len() > LONGEST {
        return plain("");
    }
    KNOWN.binary_search_by_key(&key(name), |known| known.key).map_or(plain(""), |at| KNOWN[at])
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
        assert!(KNOWN.is_sorted_by_key(|known| known.name));
        assert_eq!(KNOWN.iter().map(|known| known.name.len()).max(), Some(LONGEST));
        let names = [&b"IMG"[..], b"plaintext", b"plaintexts", b""].map(|name| known(name).name);
        assert_eq!(names, ["img", "plaintext", "", ""]);
    }
}
