//! What templates write in practice parses without an error in both languages.
#![expect(clippy::unwrap_used, reason = "a helper of tests")]

use tree_sitter::Parser;
use tree_sitter_language::LanguageFn;

/// One or more blocks a line, as a consumer hands them in: a line is a whole input.
const BLOCKS: &str = include_str!("blocks.txt");

#[test]
fn blocks_of_jinja_and_its_relatives_parse_in_jinja() {
    check(cachelint_jinja::JINJA, BLOCKS);
}

#[test]
fn blocks_of_jinja_and_its_relatives_parse_in_django() {
    check(cachelint_jinja::DJANGO, BLOCKS);
}

fn check(language: LanguageFn, blocks: &str) {
    let mut parser = Parser::new();
    parser.set_language(&language.into()).unwrap();
    let wrong: Vec<String> = blocks
        .lines()
        .map(|line| (line, parser.parse(line, None).unwrap()))
        .filter(|(_, tree)| tree.root_node().has_error())
        .map(|(line, tree)| format!("{line}\n    {}", tree.root_node().to_sexp()))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
