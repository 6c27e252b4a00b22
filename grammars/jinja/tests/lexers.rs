//! The blocks of both languages are those of Jinja2's and Django's own lexers, over real templates.
#![expect(clippy::unwrap_used, reason = "helpers of tests")]
#![expect(clippy::disallowed_methods, reason = "the archive is read where it stands")]

use std::collections::HashMap;
use std::fs::File;
use std::io::Read;
use std::path::Path;

use serde_json::Value;
use tree_sitter::{Node, Parser};
use tree_sitter_language::LanguageFn;

/// Kind (`v` output, `s` statement, `c` comment, `rb` and `re` the statements around a raw body), first byte, end byte.
type Block = (String, usize, usize);

#[test]
fn jinja_finds_the_blocks_of_jinja2_s_lexer() {
    check(cachelint_jinja::JINJA, "open/jinja_lex.jsonl", |_, blocks| blocks);
}

#[test]
fn django_finds_the_blocks_of_django_s_lexer() {
    check(cachelint_jinja::DJANGO, "open/django_lex.jsonl", outside_comments);
}

fn check(language: LanguageFn, list: &str, expected: fn(&str, Vec<Block>) -> Vec<Block>) {
    let archive = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpus/open.tar.zst");
    if !archive.exists() {
        println!("skipped: there is no corpus beside the repository");
        return;
    }
    let files = unpack(&archive);
    let mut parser = Parser::new();
    parser.set_language(&language.into()).unwrap();
    let (mut agreeing, mut differing) = (0, Vec::new());
    for line in files[list].lines() {
        let lexed: Value = serde_json::from_str(line).unwrap();
        if lexed["lex"] != "ok" {
            continue;
        }
        let path = lexed["path"].as_str().unwrap();
        let text = &files[&format!("open/repos/{path}")];
        let found = found_blocks(&mut parser, text);
        let expected = expected(text, lexed_blocks(&lexed));
        match found.iter().zip(&expected).find(|(found, expected)| found != expected) {
            None if found.len() == expected.len() => agreeing += 1,
            first => differing.push(format!("{path}: {first:?}, {} of {}", found.len(), expected.len())),
        }
    }
    println!("{list}: {agreeing} files agree, {} differ", differing.len());
    assert!(differing.is_empty() && agreeing > 0, "{}", differing.join("\n"));
}

fn unpack(archive: &Path) -> HashMap<String, String> {
    let mut archive = tar::Archive::new(zstd::Decoder::new(File::open(archive).unwrap()).unwrap());
    let entries = archive.entries().unwrap().map(Result::unwrap);
    entries
        .filter(|entry| entry.header().entry_type().is_file())
        .map(|mut entry| {
            let mut text = String::new();
            entry.read_to_string(&mut text).unwrap();
            (entry.path().unwrap().to_str().unwrap().to_owned(), text)
        })
        .collect()
}

fn lexed_blocks(lexed: &Value) -> Vec<Block> {
    let blocks = lexed["blocks"].as_array().unwrap();
    blocks.iter().map(|block| serde_json::from_value(block.clone()).unwrap()).collect()
}

fn found_blocks(parser: &mut Parser, text: &str) -> Vec<Block> {
    let tree = parser.parse(text, None).unwrap();
    let root = tree.root_node();
    let raw = parser.language().unwrap().name() == Some("jinja");
    let blocks: Vec<Node> = root.children(&mut root.walk()).collect();
    let found = blocks
        .iter()
        .filter_map(|block| Some((kind(*block, text, raw)?, block.start_byte(), block.end_byte())));
    found.collect()
}

/// None for what is no block; `raw` where the language knows raw bodies by that name.
fn kind(block: Node, text: &str, raw: bool) -> Option<String> {
    let kind = match block.kind() {
        "text" | "raw_body" | "comment_body" => return None,
        "output" => "v",
        "comment" => "c",
        "statement" => {
            match block.child_by_field_name("keyword").map(|keyword| &text[keyword.byte_range()]) {
                Some("raw") if raw => "rb",
                Some("endraw") if raw => "re",
                _ => "s",
            }
        }
        other => other,
    };
    Some(kind.to_owned())
}

/// Without the blocks in bodies of `{% comment %}`: Django's lexer lists them, its parser skips them.
fn outside_comments(text: &str, blocks: Vec<Block>) -> Vec<Block> {
    let content = |block: &Block| text[block.1 + 2..block.2 - 2].trim().to_owned();
    let mut commented = false;
    let mut outside = Vec::new();
    for block in blocks {
        if commented && (block.0 != "s" || content(&block) != "endcomment") {
            continue;
        }
        commented = block.0 == "s" && content(&block).split_whitespace().next() == Some("comment");
        outside.push(block);
    }
    outside
}
