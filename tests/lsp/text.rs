//! Text under random edit scripts: equal to a reference implementation, and its references to a fresh extraction.

use cachelint::lsp::positions::{self, Encoding};
use cachelint::lsp::text::Text;
use cachelint_lint::placed;
use cachelint_syntax::{Dialect, ExtractSettings, Sections, Source, SourceKind, extract};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use ropey::Rope;
use tower_lsp::ls_types::{Position, Range, TextDocumentContentChangeEvent};

/// What edits insert: line ends of all kinds, surrogates, combining marks, line separators that end no line, markup.
const PIECES: [&str; 22] = [
    "",
    "a",
    "é",
    "😀",
    "\n",
    "\r\n",
    "\r",
    "\u{2028}",
    "\u{feff}",
    "e\u{301}",
    "<img src=\"/static/a.png\">",
    "<a style='background: url(/static/c.png)'>",
    "<link rel=stylesheet href=\"{{ url_for('static', filename='d.css') }}\">",
    "<link rel=stylesheet href=\"{{- url_for('static', filename='d.css') -}}?v={{ v }}\">",
    "<img src=\" {{ url_for('static', filename='f.png') if f else '/static/g.png' }} \">",
    "{{ url_for('static', filename='d.css') }}",
    "{% set e = url_for('static', filename='e.css') %}",
    "{{ ",
    "}}",
    "'",
    "<script>",
    "text\nmore\r\n",
];

/// Where an edit takes place, as fractions of what there is, and what it puts there.
type Step = (u16, u16, usize, bool);

/// Lines as the protocol has them, by hand: no rope, no index.
fn lines(text: &str) -> Vec<&str> {
    let mut lines = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find(['\n', '\r']) {
        let end = if rest[at..].starts_with("\r\n") { at + 2 } else { at + 1 };
        lines.push(&rest[..end]);
        rest = &rest[end..];
    }
    lines.push(rest);
    lines
}

/// The length of `text` as an editor counts it.
fn units(text: &str, encoding: Encoding) -> usize {
    match encoding {
        Encoding::Utf8 => text.len(),
        Encoding::Utf16 => text.encode_utf16().count(),
        Encoding::Utf32 => text.chars().count(),
    }
}

/// Every place of a text that an editor can name, with its byte offset.
fn places(text: &str, encoding: Encoding) -> Vec<(Position, usize)> {
    let mut places = Vec::new();
    let mut start = 0;
    for (number, line) in lines(text).into_iter().enumerate() {
        let content = line.trim_end_matches(['\n', '\r']);
        let ends = content.char_indices().map(|(at, _)| at).chain([content.len()]);
        for at in ends {
            let position =
                Position { line: number as u32, character: units(&content[..at], encoding) as u32 };
            places.push((position, start + at));
        }
        start += line.len();
    }
    places
}

/// Applies a script to both, and compares them, and what is extracted from them, after each step.
fn run(script: &[Step], encoding: Encoding, length: usize) -> Result<(), TestCaseError> {
    let mut sections = Sections::<()>::of_length(length);
    let mut reference = String::from("<p>é😀</p>\r\n<img src=\"/static/b.png\">\n");
    let mut text = Text::new(&reference);
    for &(from, to, piece, whole) in script {
        let piece = PIECES[piece % PIECES.len()];
        let places = places(&reference, encoding);
        let pick = |part: u16| places[usize::from(part) * places.len() / 65_536];
        let (mut start, mut end) = (pick(from), pick(to));
        if start.1 > end.1 {
            std::mem::swap(&mut start, &mut end);
        }
        let change = if whole {
            reference = format!("{piece}{reference}");
            TextDocumentContentChangeEvent { range: None, range_length: None, text: reference.clone() }
        } else {
            reference.replace_range(start.1..end.1, piece);
            let range = Some(Range { start: start.0, end: end.0 });
            TextDocumentContentChangeEvent { range, range_length: None, text: piece.to_owned() }
        };
        text.change(vec![change], encoding);
        prop_assert_eq!(text.out_of_sync.as_deref(), None);
        prop_assert_eq!(text.rope.to_string(), reference.as_str());
        sections.read(&source(&text.whole()), &ExtractSettings::default());
        let mut again = Vec::new();
        for (start, section) in sections.iter_mut() {
            again.extend(section.found.references.iter().map(|reference| placed(reference, start)));
        }
        let anew = extract(&source(&reference), &ExtractSettings::default());
        prop_assert_eq!(again, anew.references);
    }
    Ok(())
}

fn source(text: &str) -> Source<'_> {
    Source { text, kind: SourceKind::Template, dialect: Dialect::Jinja }
}

#[test]
fn ten_thousand_edit_scripts_leave_the_text_the_editor_has() {
    let step = (any::<u16>(), any::<u16>(), any::<usize>(), prop::bool::weighted(0.02));
    let script = (prop::collection::vec(step, 1..8), 0_usize..3, 0_usize..200);
    let mut runner =
        TestRunner::new(Config { cases: 10_000, failure_persistence: None, ..Config::default() });
    let result = runner.run(&script, |(script, encoding, length)| {
        let encoding = [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32][encoding];
        run(&script, encoding, length)
    });
    result.unwrap();
}

#[test]
fn every_place_of_a_text_has_one_position() {
    let text = "a\u{301}😀\r\n\r\r\n\u{2028}x\u{b}\u{85}\n";
    let rope = Rope::from_str(text);
    for encoding in [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32] {
        for (position, byte) in places(text, encoding) {
            assert_eq!(
                positions::offset(&rope, position, encoding),
                Ok(byte),
                "{position:?} in {encoding:?}"
            );
            assert_eq!(positions::position(&rope, byte, encoding), position, "byte {byte} in {encoding:?}");
        }
    }
}

#[test]
fn an_edit_that_does_not_fit_changes_nothing_until_the_whole_text_is_sent() {
    let at = |line, character| Position { line, character };
    let ranges = [(at(9, 0), at(9, 1)), (at(0, 2), at(0, 3)), (at(1, 1), at(0, 0)), (at(2, 1), at(2, 2))];
    for (start, end) in ranges {
        let mut text = Text::new("x😀y\nz");
        let edit = |range, text: &str| TextDocumentContentChangeEvent {
            range,
            range_length: None,
            text: text.to_owned(),
        };
        text.change(vec![edit(Some(Range { start, end }), "!")], Encoding::Utf16);
        text.change(vec![edit(Some(Range::default()), "?")], Encoding::Utf16);
        assert!(text.out_of_sync.is_some(), "{start:?} {end:?}");
        assert_eq!(text.rope.to_string(), "x😀y\nz");
        text.change(vec![edit(None, "new"), edit(Some(Range::default()), "a ")], Encoding::Utf16);
        assert_eq!((text.out_of_sync.as_deref(), text.rope.to_string().as_str()), (None, "a new"));
    }
}
