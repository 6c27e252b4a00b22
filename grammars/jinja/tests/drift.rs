//! The committed parsers are what `grammar.js` generates.
#![expect(clippy::unwrap_used, reason = "helpers of tests")]
#![expect(clippy::disallowed_methods, reason = "generated files are compared with those of this crate")]

use std::fs;
use std::path::Path;
use std::process::Command;

#[expect(dead_code, reason = "the example's main")]
#[path = "../examples/generate.rs"]
mod generate;

const GENERATED: [&str; 6] = [
    "grammar.json",
    "node-types.json",
    "parser.c",
    "tree_sitter/alloc.h",
    "tree_sitter/array.h",
    "tree_sitter/parser.h",
];

#[test]
fn the_jinja_parser_is_generated_from_its_grammar() {
    check("jinja");
}

#[test]
fn the_django_parser_is_generated_from_its_grammar() {
    check("django");
}

fn check(language: &str) {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join(language);
    let fresh = tempfile::tempdir().unwrap();
    if Command::new("node").arg("--version").output().is_ok() {
        generate::generate(&directory.join("grammar.js"), fresh.path()).unwrap();
    } else {
        println!("node is missing: generating from grammar.json, which may itself be older than grammar.js");
        fs::copy(directory.join("src/grammar.json"), fresh.path().join("grammar.json")).unwrap();
        generate::generate(&directory.join("src/grammar.json"), fresh.path()).unwrap();
    }
    for file in GENERATED {
        let same =
            fs::read(fresh.path().join(file)).unwrap() == fs::read(directory.join("src").join(file)).unwrap();
        assert!(same, "{language}/src/{file} is old: cargo run -p cachelint-jinja --example generate");
    }
}
