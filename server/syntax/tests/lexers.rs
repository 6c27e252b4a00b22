//! The scan's blocks are those of Jinja2's and Django's own lexers, byte for byte, on every real template.

#![expect(clippy::expect_used, clippy::print_stdout, reason = "a test's own data and report")]

mod corpus;

use cachelint_syntax::scan::{Block, BlockKind, scan};
use cachelint_syntax::{Dialect, ExtractSettings, Inert, Source, SourceKind, Span};

type Token = (String, usize, usize);

/// The blocks as the lexers name them: a block of two tags is those tags and what the lexer finds between.
fn tokens(text: &str, dialect: Dialect) -> Vec<Token> {
    let source = Source { text, kind: SourceKind::Template, dialect };
    let blocks = scan(source, &ExtractSettings::default()).blocks;
    let mut tokens: Vec<Token> = blocks.iter().flat_map(|block| flatten(text, dialect, block)).collect();
    tokens.sort_by_key(|&(_, start, end)| (start, end));
    tokens
}

fn flatten(text: &str, dialect: Dialect, block: &Block) -> Vec<Token> {
    let token = |kind: &str, span: Span| (kind.to_owned(), span.start, span.end);
    let open = Span::new(block.span.start, block.inner.start);
    let close = Span::new(block.inner.end, block.span.end);
    let in_hash_comment = block.inert == Some(Inert::TemplateComment) && !in_comment_tags(text, block);
    match block.kind {
        _ if in_hash_comment => Vec::new(),
        BlockKind::Output => vec![token("v", block.span)],
        BlockKind::Statement => vec![token("s", block.span)],
        BlockKind::Comment if text[block.span.start..].starts_with("{#") => vec![token("c", block.span)],
        BlockKind::Raw if dialect == Dialect::Jinja => vec![token("rb", open), token("re", close)],
        BlockKind::Comment | BlockKind::Raw => vec![token("s", open), token("s", close)],
    }
}

/// Whether a block in a template comment is in `{% comment %}`, whose content Django's lexer does lex.
fn in_comment_tags(text: &str, block: &Block) -> bool {
    let before = &text[..block.span.start];
    before.rfind("{% comment").is_some_and(|open| !before[open..].contains("{% endcomment"))
}

/// Compares every file that the lexer accepts, names those that differ and prints the share of equal ones.
fn check(name: &str, dialect: Dialect) {
    let Some(files) = corpus::open() else { return };
    let records =
        files[name].lines().map(|line| serde_json::from_str::<serde_json::Value>(line).expect("JSON"));
    let accepted: Vec<_> = records.filter(|record| record["lex"] == "ok").collect();
    let mut different = 0;
    for record in &accepted {
        let path = record["path"].as_str().expect("a path");
        let expected: Vec<Token> = serde_json::from_value(record["blocks"].clone()).expect("blocks");
        let actual = tokens(&files[&format!("repos/{path}")], dialect);
        if actual != expected {
            different += 1;
            let place =
                actual.iter().zip(&expected).take_while(|(actual, expected)| actual == expected).count();
            println!("{path}: {:?} where the lexer has {:?}", actual.get(place), expected.get(place));
        }
    }
    let equal = accepted.len() - different;
    println!("{name}: {equal} of {} files equal ({:.1} %)", accepted.len(), percent(equal, accepted.len()));
    assert_eq!(different, 0, "files differ from {name}");
}

#[expect(clippy::cast_precision_loss, reason = "a count of files")]
fn percent(part: usize, whole: usize) -> f64 {
    100.0 * part as f64 / whole as f64
}

#[test]
fn blocks_are_those_of_jinja() {
    check("jinja_lex.jsonl", Dialect::Jinja);
}

#[test]
fn blocks_are_those_of_django() {
    check("django_lex.jsonl", Dialect::Django);
}
