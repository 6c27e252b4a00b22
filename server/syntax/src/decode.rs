//! Source text to the text it means: character references and backslash escapes, with places kept.

use memchr::{memchr, memchr2};

use crate::{Literal, Span};

/// Which escapes a piece of source text holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Escapes {
    /// HTML character references (`&amp;`).
    pub entities: bool,
    /// Backslash escapes.
    pub backslashes: Backslashes,
}

/// What a backslash means.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Backslashes {
    /// Itself.
    #[default]
    Plain,
    /// A CSS escape: up to six hexadecimal digits and one white space, or the next character.
    Css,
    /// An escape of JavaScript or Jinja strings.
    Script,
}

/// Decodes the source text `raw`, which stands at byte `start`.
pub(crate) fn decode(raw: &str, start: usize, escapes: Escapes) -> Literal {
    let mut literal = Literal { span: Span::new(start, start + raw.len()), ..Literal::default() };
    let mut rest = 0;
    while let Some((at, decoded, length)) = next_escape(raw, rest, escapes) {
        literal.text.push_str(&raw[rest..at]);
        literal.text.push_str(&decoded);
        rest = at + length;
        literal.breaks.push((literal.text.len(), start + rest));
    }
    literal.text.push_str(&raw[rest..]);
    literal
}

/// The next escape from byte `from`: where it stands, what it means, how many bytes it takes.
fn next_escape(raw: &str, mut from: usize, escapes: Escapes) -> Option<(usize, String, usize)> {
    loop {
        let rest = raw.as_bytes().get(from..)?;
        let at = from
            + match (escapes.entities, escapes.backslashes) {
                (false, Backslashes::Plain) => return None,
                (true, Backslashes::Plain) => memchr(b'&', rest)?,
                (false, _) => memchr(b'\\', rest)?,
                (true, _) => memchr2(b'&', b'\\', rest)?,
            };
        let escape = match raw.as_bytes()[at] {
            b'&' => entity(&raw[at..]),
            _ if escapes.backslashes == Backslashes::Css => css_escape(&raw[at..]),
            _ => script_escape(&raw[at..]),
        };
        match escape {
            Some((decoded, length)) => return Some((at, decoded, length)),
            None => from = at + 1,
        }
    }
}

/// A character reference at the start of `text`, by the rules for attribute values.
fn entity(text: &str) -> Option<(String, usize)> {
    let name = text[1..].bytes().take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'#').count();
    if name == 0 || name > 32 {
        return None;
    }
    let closed = text.as_bytes().get(1 + name) == Some(&b';');
    let length = 1 + name + usize::from(closed);
    let followed_by_equals = !closed && text.as_bytes().get(length) == Some(&b'=');
    let decoded = htmlize::unescape_attribute(&text[..length]);
    (!followed_by_equals && decoded != text[..length]).then(|| (decoded.into_owned(), length))
}

fn css_escape(text: &str) -> Option<(String, usize)> {
    let digits = text[1..].bytes().take(6).take_while(u8::is_ascii_hexdigit).count();
    if digits == 0 {
        return text[1..].chars().next().map(|character| (character.to_string(), 1 + character.len_utf8()));
    }
    let code = u32::from_str_radix(&text[1..=digits], 16).ok()?;
    let space = text[1 + digits..].starts_with([' ', '\t', '\n']);
    let character = char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER);
    Some((character.to_string(), 1 + digits + usize::from(space)))
}

fn script_escape(text: &str) -> Option<(String, usize)> {
    let character = text[1..].chars().next()?;
    let simple = |decoded: &str| Some((decoded.to_owned(), 1 + character.len_utf8()));
    match character {
        'n' => simple("\n"),
        't' => simple("\t"),
        'r' => simple("\r"),
        '\n' => simple(""),
        'x' => hex_escape(text, 2, 2),
        'u' => hex_escape(text, 2, 4),
        _ => simple(character.encode_utf8(&mut [0; 4])),
    }
}

fn hex_escape(text: &str, start: usize, digits: usize) -> Option<(String, usize)> {
    let code = u32::from_str_radix(text.get(start..start + digits)?, 16).ok()?;
    Some((char::from_u32(code)?.to_string(), start + digits))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(raw: &str, escapes: Escapes, text: &str, places: &[(usize, usize)]) {
        let literal = decode(raw, 100, escapes);
        assert_eq!(literal.text, text, "{raw}");
        for &(offset, source) in places {
            assert_eq!(literal.source_offset(offset), 100 + source, "{raw} at {offset}");
        }
    }

    const HTML: Escapes = Escapes { entities: true, backslashes: Backslashes::Plain };
    const CSS: Escapes = Escapes { entities: false, backslashes: Backslashes::Css };
    const SCRIPT: Escapes = Escapes { entities: false, backslashes: Backslashes::Script };

    #[test]
    fn escapes_are_decoded_and_every_offset_still_finds_its_source() {
        check("a?x=1&amp;v=2", HTML, "a?x=1&v=2", &[(0, 0), (5, 5), (6, 10), (9, 13)]);
        check("a&#x2F;b&#47;c", HTML, "a/b/c", &[(1, 1), (2, 7), (3, 8), (4, 13)]);
        check("a?x&copy=1&y=2&nosuch;", HTML, "a?x&copy=1&y=2&nosuch;", &[(10, 10)]);
        check(r"a\2f b\.c", CSS, "a/b.c", &[(1, 1), (2, 5), (3, 6), (4, 8)]);
        check(r"\/a\'b\x2fc\u0064", SCRIPT, "/a'b/cd", &[(0, 0), (1, 2), (4, 6), (5, 10)]);
        check("plain", Escapes::default(), "plain", &[(3, 3), (5, 5)]);
    }
}
