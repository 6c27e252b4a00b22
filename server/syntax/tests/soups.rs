//! Whatever the text, a scan ends, and its spans lie in order, inside the text and on character boundaries.

mod corpus;
mod scanned;

use cachelint_syntax::scan::{Block, IslandKind, Scan, scan};
use cachelint_syntax::{Dialect, ExtractSettings, Source, SourceKind, Span};
use proptest::prelude::*;
use scanned::template;

const INGREDIENTS: [&str; 45] = [
    "<",
    ">",
    "\"",
    "'",
    "{{",
    "}}",
    "{%",
    "%}",
    "{#",
    "#}",
    "<!--",
    "-->",
    "--!>",
    "<script>",
    "</script>",
    "<style ",
    "</style>",
    "<textarea>",
    "</textarea>",
    "<a href=",
    "<p ",
    "</",
    "/>",
    "=",
    " ",
    "\n",
    "-",
    "(",
    ")",
    "[",
    "}",
    "raw",
    "endraw",
    "verbatim",
    "endverbatim",
    "comment",
    "endcomment",
    "cachelint:",
    "/*",
    "*/",
    "//",
    "`",
    "\\",
    "é",
    "\u{feff}",
];

const KINDS: [SourceKind; 3] = [SourceKind::Template, SourceKind::Stylesheet, SourceKind::Script];

fn spans(scan: &Scan) -> impl Iterator<Item = Span> + '_ {
    let blocks = scan.blocks.iter().flat_map(|block| [Some(block.span), Some(block.inner), block.keyword]);
    let islands = scan.islands.iter().map(|island| Some(island.span));
    let attributes = scan.attributes.iter().flat_map(|attribute| [Some(attribute.name), attribute.value]);
    let comments =
        scan.comments.iter().flat_map(|comment| [Some(comment.span), Some(comment.body), comment.next_tag]);
    blocks.chain(islands).chain(attributes).chain(comments).flatten()
}

fn check(text: &str, scan: &Scan) {
    for span in spans(scan) {
        assert!(text.get(span.start..span.end).is_some(), "{span:?} does not fit");
    }
    let holds = |block: &Block| block.span.contains(block.inner);
    assert!(scan.blocks.iter().all(holds), "an inner part sticks out");
    assert!(scan.blocks.is_sorted_by_key(|block| block.span.start), "blocks out of order");
    assert!(scan.islands.is_sorted_by_key(|island| island.span.start), "islands out of order");
    assert!(scan.comments.is_sorted_by_key(|comment| comment.span.start), "comments out of order");
    for island in &scan.islands {
        if let IslandKind::Tag { attributes, .. } = &island.kind {
            let inside = scan.attributes[attributes.clone()]
                .iter()
                .all(|attribute| island.span.contains(attribute.name));
            assert!(inside, "an attribute outside its tag");
        }
    }
}

proptest! {
    #[test]
    fn any_soup_is_scanned(
        words in prop::collection::vec(prop::sample::select(&INGREDIENTS[..]), 0..60),
        dialect in prop::sample::select(&Dialect::ALL[..]),
        kind in prop::sample::select(&KINDS[..]),
    ) {
        let text = words.concat();
        check(&text, &scan(Source { text: &text, kind, dialect }, &ExtractSettings::default()));
    }

    #[test]
    fn any_text_is_scanned(text: String, dialect in prop::sample::select(&Dialect::ALL[..])) {
        check(&text, &template(&text, dialect));
    }
}

#[test]
fn many_of_anything_are_scanned() {
    let starts = [
        "<",
        "\"",
        "{{",
        "{{ (",
        "{{ '",
        "{{ \"",
        "{% raw %}",
        "{% verbatim %}",
        "{% comment %}",
        "<!--",
        "<!-- {{",
        "<a href=\"{{",
        "<textarea>",
        "<script><!--",
        "{# <a {{",
        "{% {{ {#",
        "<a '",
        "{{ f([",
        "{%- ",
        "/* cachelint: */",
        "<!--cachelint:--> ",
        "{#cachelint:#}",
        "{% comment %}{#",
        "{% verbatim a %}{% verbatim b %}",
        "<template>",
        "<pre>",
        "<a b={% c %}",
        "{% raw %}{% endraw %}",
        "{% comment %}{% endcomment %}",
        "{% trans %}",
        "{% macro a() %}",
        "<![CDATA[",
        "</",
    ];
    for word in starts {
        let text = word.repeat(100_000);
        for dialect in [Dialect::Jinja, Dialect::Django, Dialect::Plain] {
            check(&text, &template(&text, dialect));
        }
    }
}

#[test]
fn every_template_of_the_corpus_is_scanned_in_every_dialect() {
    let Some(files) = corpus::open() else { return };
    for text in files.values() {
        for dialect in Dialect::ALL {
            check(text, &template(text, dialect));
        }
    }
}
