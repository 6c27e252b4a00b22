//! A document that is edited is read as one that was never read before, however it is cut into sections.

mod corpus;

use cachelint_syntax::{Dialect, ExtractSettings, Extraction, Sections, Shift, Source, SourceKind, extract};
use proptest::prelude::*;
use proptest::test_runner::TestCaseError;

const WORDS: &[&str] = &[
    "\n",
    "\n",
    "\n",
    "\n",
    "\r\n",
    " ",
    "text",
    "é",
    "\u{feff}",
    "<",
    ">",
    "</",
    "\"",
    "'",
    "{{ ",
    " }}",
    "{% ",
    " %}",
    "{# ",
    " #}",
    "<!-- ",
    " -->",
    "<script>load('/static/a.js')",
    "</script>",
    "<style>a { background: url(/static/a.png) }",
    "</style>",
    "<textarea>",
    "</textarea>",
    "<code>",
    "</code>",
    "<template>",
    "</template>",
    "<svg>",
    "</svg>",
    "<![CDATA[",
    "]]>",
    "<base href=/a/>",
    "<link rel=stylesheet href=/static/a.css?v=1>",
    "<img src=\"{{ url_for('static', filename='a.png') }}\">",
    "<img src='{% static \"b.png\" %}' integrity=\"sha256-a\">",
    "{{ url_for('static', filename='c.png', v='1a2b3c4d').b(c='d') }}",
    "{% set d = url_for('static', filename='d.png') %}",
    "{% raw %}",
    "{% endraw %}",
    "{% verbatim %}",
    "{% endverbatim %}",
    "{% comment %}",
    "{% endcomment %}",
    "{% compress js %}",
    "{% endcompress %}",
    "{% blocktrans %}",
    "{% endblocktrans %}",
    "{% trans %}",
    "{% endtrans %}",
    "{% macro e(f) %}",
    "{% endmacro %}",
    "{% import 'g.html' as g %}",
    "{# cachelint: ignore #}",
    "<!-- cachelint: ignore-file -->",
    "/* cachelint: ignore */",
    "# cachelint:",
];

/// One edit: from where to where, as parts of the text, and what is put there.
type Edit = (u16, u16, Vec<&'static str>);

fn words(most: usize) -> impl Strategy<Value = Vec<&'static str>> {
    prop::collection::vec(prop::sample::select(WORDS), 0..most)
}

fn edits() -> impl Strategy<Value = Vec<Edit>> {
    let replaced = (any::<u16>(), any::<u16>(), words(6));
    let inserted = (any::<u16>(), words(3)).prop_map(|(at, words)| (at, at, words));
    prop::collection::vec(prop_oneof![1 => replaced, 4 => inserted], 1..8)
}

/// What the sections hold, where it stands.
fn together(sections: &mut Sections<()>) -> Extraction {
    let mut all = sections.beside_references();
    for (start, section) in sections.iter_mut() {
        let mut references = section.found.references.clone();
        references.shift(0, start);
        all.references.extend(references);
    }
    all
}

/// Edits a text, and reads it both ways after each edit.
fn check(text: &str, edits: &[Edit], dialect: Dialect, length: usize) -> Result<(), TestCaseError> {
    let settings = ExtractSettings::default();
    let (mut text, mut sections) = (text.to_owned(), Sections::<()>::of_length(length));
    let nothing = (0, 0, Vec::new());
    for (from, to, words) in std::iter::once(&nothing).chain(edits) {
        let place = |part: &u16| text.floor_char_boundary(usize::from(*part) * text.len() / 65_536);
        let (start, end) = (place(from.min(to)), place(from.max(to)));
        text.replace_range(start..end, &words.concat());
        let source = Source { text: &text, kind: SourceKind::Template, dialect };
        sections.read(&source, &settings);
        prop_assert_eq!(together(&mut sections), extract(&source, &settings), "{}", text);
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4_000))]

    #[test]
    fn edits_of_any_soup_leave_what_a_fresh_look_finds(
        words in words(80),
        edits in edits(),
        dialect in prop::sample::select(&Dialect::ALL[..]),
        length in 0_usize..100,
    ) {
        check(&words.concat(), &edits, dialect, length)?;
    }
}

#[test]
fn edits_of_real_templates_leave_what_a_fresh_look_finds() {
    let Some(files) = corpus::open() else { return };
    let templates = files.values().filter(|text| text.contains('<') && text.len() < 50_000);
    for (number, text) in (0_u16..).zip(templates) {
        let place = number.wrapping_mul(7_919);
        let word = |at: usize| vec![WORDS[(usize::from(number) + at) % WORDS.len()]];
        let edits = [(place, place, word(0)), (0, 0, word(7)), (place, place.wrapping_add(999), word(13))];
        for dialect in [Dialect::Jinja, Dialect::Django] {
            let checked = check(text, &edits, dialect, 200);
            assert!(checked.is_ok(), "{checked:?}");
        }
    }
}

#[test]
fn what_is_read_in_vain_must_be_affordable_to_a_section_alone() {
    let line = "<img src=\"{{ url_for('static', filename='a}}{{.png') }}\">\n";
    let script = format!("<script>{}</script>\n", "x;\n".repeat(20_000));
    let text = ["{{ (".repeat(100), "]\n".to_owned(), line.repeat(5), script, line.repeat(200)].concat();
    let checked = check(&text, &[], Dialect::Jinja, 16 * 1024);
    assert!(checked.is_ok(), "{checked:?}");
}
