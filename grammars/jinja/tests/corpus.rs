//! Runs the cases of `test/corpus`, in the format of `tree-sitter test`. `UPDATE_EXPECT=1` writes what is found.
#![expect(clippy::unwrap_used, reason = "helpers of tests")]
#![expect(clippy::disallowed_methods, reason = "the corpus is read from this crate's folder")]

use std::fs;
use std::path::{Path, PathBuf};

use tree_sitter::Parser;

#[derive(Debug)]
struct Case {
    header: String,
    languages: Vec<String>,
    input: String,
    expected: String,
}

#[test]
fn every_case_has_the_tree_it_expects() {
    let mut differing = Vec::new();
    for file in corpus_files() {
        let text = fs::read_to_string(&file).unwrap();
        let cases = read_cases(&text);
        assert!(
            !cases.is_empty() && cases.iter().all(|case| !case.languages.is_empty()),
            "{}",
            file.display()
        );
        if std::env::var_os("UPDATE_EXPECT").is_some() {
            fs::write(&file, cases.iter().map(render).collect::<Vec<_>>().join("\n")).unwrap();
        }
        differing.extend(cases.iter().flat_map(differences));
    }
    assert!(differing.is_empty(), "{}", differing.join("\n"));
}

#[test]
fn every_case_covers_its_whole_input_in_both_languages() {
    for file in corpus_files() {
        for case in read_cases(&fs::read_to_string(&file).unwrap()) {
            for language in ["jinja", "django"] {
                let range = parse(language, &case.input).root_node().byte_range();
                assert_eq!(range, 0..case.input.len(), "{language}: {}", case.input);
            }
        }
    }
}

fn corpus_files() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("test/corpus");
    let mut files: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

fn read_cases(text: &str) -> Vec<Case> {
    let parts: Vec<&str> = text.split("====================\n").skip(1).collect();
    parts.chunks(2).map(|parts| read_case(parts[0], parts[1])).collect()
}

fn read_case(header: &str, body: &str) -> Case {
    let attribute = |line: &str| Some(line.strip_prefix(":language(")?.strip_suffix(')')?.to_owned());
    let (input, expected) = body.split_once("\n---\n").unwrap();
    Case {
        header: header.to_owned(),
        languages: header.lines().filter_map(attribute).collect(),
        input: input.strip_prefix('\n').unwrap().strip_suffix('\n').unwrap_or_default().to_owned(),
        expected: expected.trim().to_owned(),
    }
}

fn differences(case: &Case) -> Vec<String> {
    let found = case.languages.iter().map(|language| (language, tree_of(language, &case.input)));
    found
        .filter(|(_, tree)| *tree != case.expected)
        .map(|(language, tree)| format!("{}in {language}: {}\n{tree}", case.header, case.input))
        .collect()
}

fn render(case: &Case) -> String {
    let line = "=".repeat(20);
    let tree = tree_of(&case.languages[0], &case.input);
    format!("{line}\n{}{line}\n\n{}\n\n---\n\n{tree}\n", case.header, case.input)
}

fn parse(language: &str, input: &str) -> tree_sitter::Tree {
    let language = match language {
        "jinja" => cachelint_jinja::JINJA,
        _ => cachelint_jinja::DJANGO,
    };
    let mut parser = Parser::new();
    parser.set_language(&language.into()).unwrap();
    parser.parse(input, None).unwrap()
}

/// The tree as an indented S-expression, one node a line.
fn tree_of(language: &str, input: &str) -> String {
    let mut lines: Vec<String> = Vec::new();
    let (mut depth, mut field) = (0, String::new());
    for word in parse(language, input).root_node().to_sexp().split(' ') {
        if word.ends_with(':') {
            field = format!("{word} ");
        } else if word.starts_with('(') {
            lines.push(format!("{}{}{word}", "  ".repeat(depth), std::mem::take(&mut field)));
            depth += 1;
        } else if let Some(line) = lines.last_mut() {
            line.push(' ');
            line.push_str(word);
        }
        depth -= word.matches(')').count();
    }
    lines.join("\n")
}
