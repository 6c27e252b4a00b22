//! Whatever the text is, extraction answers, and its spans fit the text.

use cachelint_syntax::{Dialect, ExtractSettings, Piece, Source, SourceKind, Span, Url, extract};
use proptest::prelude::*;

const WORDS: &[&str] = &[
    "<",
    ">",
    "</",
    "/>",
    "\"",
    "'",
    "`",
    "=",
    " ",
    "\n",
    "\r\n",
    "&amp;",
    "&#47;",
    "\\",
    "é",
    "😀",
    "{{",
    "}}",
    "{%",
    "%}",
    "{#",
    "#}",
    "-%}",
    "<!--",
    "-->",
    "<script>",
    "</script>",
    "<script type=module>",
    "<style>",
    "</style>",
    "<link rel=stylesheet href=",
    "<img src=",
    " srcset=\"",
    " style='",
    "url(",
    ")",
    "@import ",
    "import ",
    "a.css",
    "/static/b.js",
    "?v=1",
    "#x",
    ",",
    " 2x",
    "url_for('static', filename='a.css')",
    "static 'a.css'",
    "if x",
    "else",
    "endif",
    "for a in b",
    "endfor",
    "raw",
    "endraw",
    "verbatim",
    "endverbatim",
    "comment",
    "endcomment",
    "|safe",
    "~",
    "(",
    "[",
    "]",
    "**x",
    "cachelint: ignore",
    "{% static 'a.css' %}",
    "{{ x }}",
];

fn fits(span: Span, text: &str) -> bool {
    span.start <= span.end && text.is_char_boundary(span.start) && text.is_char_boundary(span.end)
}

fn pieces_fit(url: &Url, text: &str) -> bool {
    url.pieces.iter().all(|piece| {
        let literal_fits =
            |offset| !matches!(piece, Piece::Literal(literal) if literal.source_offset(offset) > text.len());
        fits(piece.span(), text) && (0..4).all(literal_fits)
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn every_reference_fits_its_text(words in prop::collection::vec(prop::sample::select(WORDS), 0..60), dialect in 0..Dialect::ALL.len()) {
        let text = words.concat();
        for kind in [SourceKind::Template, SourceKind::Stylesheet, SourceKind::Script] {
            let source = Source { text: &text, kind, dialect: Dialect::ALL[dialect] };
            let extraction = extract(&source, &ExtractSettings::default());
            for reference in &extraction.references {
                prop_assert!(fits(reference.span, &text), "{reference:?}");
                prop_assert!(fits(reference.container, &text), "{reference:?}");
                prop_assert!(pieces_fit(&reference.url, &text), "{reference:?}");
                let parts = reference.url.parts();
                prop_assert!(fits(Span::empty(parts.end), &text), "{reference:?}");
            }
            for comment in &extraction.comments {
                prop_assert!(fits(comment.span, &text) && comment.span.contains(comment.body));
            }
        }
    }
}

#[test]
fn deep_and_unclosed_text_is_read_in_bounds() {
    for unit in [
        "<div>",
        "{{",
        "{%",
        "{% if x %}",
        "<img src=\"",
        "<a style='",
        "<!--",
        "(",
        "{{ (",
        "<script>{",
        "<style>a{",
        "[",
        "{{ a.b",
    ] {
        let text = format!("<img src=a.png>{}", unit.repeat(100_000));
        let source = Source { text: &text, kind: SourceKind::Template, dialect: Dialect::Jinja };
        let extraction = extract(&source, &ExtractSettings::default());
        assert_eq!(
            extraction.references.first().map(|reference| reference.span),
            Some(Span::new(9, 14)),
            "{unit}"
        );
    }
}
