//! The documentation of the rules is their test: each case is built in a folder of its own, checked and fixed, and
//! what came of it must be what the documentation says. `UPDATE_EXPECT=1` writes it there.
#![expect(clippy::unwrap_used, clippy::disallowed_methods, reason = "a test that can't go on fails")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use cachelint_lint::rules;
use expect_test::expect_file;

/// A part of a document: lines of text, or a fenced block.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    Text(String),
    Fence { info: String, body: String },
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../lint/src/rules").canonicalize().unwrap()
}

#[test]
fn every_rule_does_what_its_documentation_shows() {
    for rule in rules::ALL {
        let shown = split_cases(&parse(rule.doc)).iter().map(|case| play(case)).collect::<String>();
        expect_file![folder().join(format!("{}.md", rule.name))].assert_eq(&shown);
    }
}

#[test]
fn a_case_that_is_flagged_has_a_finding_of_its_rule_and_one_that_is_left_alone_has_none() {
    for rule in rules::ALL {
        let (flags, alone) = rule.doc.split_once("## Leaves alone").unwrap();
        let cases = |text: &str| {
            split_cases(&parse(text)).into_iter().filter(|case| is_case(case)).collect::<Vec<_>>()
        };
        assert!(!cases(flags).is_empty() && !cases(alone).is_empty(), "{} has no cases", rule.name);
        for case in cases(flags) {
            assert!(findings(&case).contains(&format!("[{}]", rule.name)), "{case:?}");
        }
        for case in cases(alone) {
            assert!(!findings(&case).contains(&format!("[{}]", rule.name)), "{case:?}");
        }
    }
}

#[test]
fn every_rule_has_its_two_files_and_its_line_in_the_registry() {
    let mut names: Vec<String> = rules::ALL.iter().flat_map(|rule| files_of(rule.name)).collect();
    let mut files: Vec<String> = fs::read_dir(folder())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| !["mod.rs", "tests.rs"].contains(&name.as_str()))
        .collect();
    names.sort();
    files.sort();
    assert_eq!(names, files);
}

fn files_of(rule: &str) -> [String; 2] {
    [format!("{}.rs", rule.replace('-', "_")), format!("{rule}.md")]
}

fn parse(doc: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut lines = doc.split_inclusive('\n');
    while let Some(line) = lines.next() {
        match line.strip_prefix("```") {
            Some(info) => {
                let body = lines.by_ref().take_while(|line| line.trim_end() != "```").collect();
                parts.push(Part::Fence { info: info.trim_end().to_owned(), body });
            }
            None => parts.push(Part::Text(line.to_owned())),
        }
    }
    parts
}

/// Cuts a document before each of its headings.
fn split_cases(parts: &[Part]) -> Vec<Vec<Part>> {
    let mut cases: Vec<Vec<Part>> = vec![Vec::new()];
    for part in parts {
        if matches!(part, Part::Text(line) if line.starts_with("##")) {
            cases.push(Vec::new());
        }
        cases.last_mut().unwrap().push(part.clone());
    }
    cases
}

fn is_case(parts: &[Part]) -> bool {
    parts.iter().any(|part| matches!(part, Part::Fence { .. }))
}

/// What the documentation says that `check` prints.
fn findings(case: &[Part]) -> String {
    let shown = case.iter().find_map(|part| match part {
        Part::Fence { info, body } if info == "text findings" => Some(body.clone()),
        _ => None,
    });
    shown.unwrap_or_default()
}

/// The files of a case: language, path, text.
fn files(case: &[Part]) -> Vec<(&str, &str, &str)> {
    case.iter()
        .filter_map(|part| match part {
            Part::Fence { info, body } if !info.ends_with(" findings") && !info.ends_with(" fixed") => {
                info.split_once(' ').map(|(language, path)| (language, path, body.as_str()))
            }
            _ => None,
        })
        .collect()
}

/// The text of a case as it should be: its heading and files, what `check` prints, and the files that `fix` changes.
fn play(case: &[Part]) -> String {
    if !is_case(case) {
        return case.iter().map(render).collect();
    }
    let files = files(case);
    let site = tempfile::tempdir().unwrap();
    fs::create_dir(site.path().join(".git")).unwrap();
    for (_, path, body) in &files {
        let path = site.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, body).unwrap();
    }
    let heading = case.iter().take_while(|part| matches!(part, Part::Text(_))).map(render);
    let mut text: String = heading.collect();
    for (language, path, body) in &files {
        text.push_str(&fence(&format!("{language} {path}"), body));
    }
    text.push_str(&fence("text findings", &checked(site.path())));
    run(site.path(), &["fix", "--quiet"]);
    for (language, path, body) in &files {
        let fixed = fs::read_to_string(site.path().join(path)).unwrap();
        if fixed != *body {
            text.push_str(&fence(&format!("{language} {path} fixed"), &fixed));
        }
    }
    if is_last(case) { text.trim_end().to_owned() + "\n" } else { text }
}

/// Whether the document ends with this case: then no empty line follows.
fn is_last(case: &[Part]) -> bool {
    matches!(case.last(), Some(Part::Fence { .. }))
}

fn render(part: &Part) -> String {
    match part {
        Part::Text(line) => line.clone(),
        Part::Fence { info, body } => format!("```{info}\n{body}```\n"),
    }
}

fn fence(info: &str, body: &str) -> String {
    format!("```{info}\n{body}```\n\n")
}

fn checked(site: &Path) -> String {
    let output = run(site, &["check", "--output-format", "full", "--color", "never"]);
    let shown = String::from_utf8(output.stdout).unwrap();
    let lines: Vec<_> = shown.lines().filter(|line| !line.starts_with("Found ")).map(str::trim_end).collect();
    let lines = lines.join("\n");
    if lines.contains("-->") { format!("{}\n", lines.trim_end()) } else { "nothing to report\n".to_owned() }
}

fn run(site: &Path, arguments: &[&str]) -> Output {
    let output =
        Command::new(env!("CARGO_BIN_EXE_cachelint")).args(arguments).current_dir(site).output().unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(matches!(output.status.code(), Some(0 | 1)), "{arguments:?}: {errors}");
    output
}
