//! The candidates of a `srcset`, cut as HTML's "parse a srcset attribute" does.

use crate::Span;

/// The spans of the URLs in `mask`, a value whose template blocks were replaced by filler; offsets are `mask`'s.
pub(crate) fn candidates(mask: &str) -> Vec<Span> {
    let bytes = mask.as_bytes();
    let mut spans = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        at += bytes[at..].iter().take_while(|byte| byte.is_ascii_whitespace() || **byte == b',').count();
        let length = bytes[at..].iter().take_while(|byte| !byte.is_ascii_whitespace()).count();
        let url = mask[at..at + length].trim_end_matches(',');
        if !url.is_empty() {
            spans.push(Span::new(at, at + url.len()));
        }
        at += length;
        if url.len() == length {
            at += descriptor_length(&bytes[at..]);
        }
    }
    spans
}

/// How many bytes the descriptors of a candidate take, up to a comma outside parentheses.
fn descriptor_length(bytes: &[u8]) -> usize {
    let mut depth = 0_usize;
    let end = bytes.iter().position(|byte| {
        match byte {
            b'(' => depth += 1,
            b')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        *byte == b',' && depth == 0
    });
    end.unwrap_or(bytes.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_comma_ends_a_candidate_only_where_html_says_so() {
        let cases: &[(&str, &[&str])] = &[
            ("a.png", &["a.png"]),
            ("a.png 1x, b.png 2x", &["a.png", "b.png"]),
            (" a.png,b.png 2x", &["a.png,b.png"]),
            ("a.png, b.png", &["a.png", "b.png"]),
            ("data:image/png;base64,AA 1x, c.png 2x", &["data:image/png;base64,AA", "c.png"]),
            ("a.png calc(1, 2), b.png", &["a.png", "b.png"]),
            ("", &[]),
            (" , ,", &[]),
        ];
        for (value, urls) in cases {
            let found: Vec<_> = candidates(value).into_iter().map(|span| span.of(value)).collect();
            assert_eq!(&found, urls, "{value}");
        }
    }
}
