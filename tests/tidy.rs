//! The shape of the repository: what every file promises, and that generated files match their source.
#![expect(clippy::unwrap_used, clippy::disallowed_methods, reason = "the test reads the repository")]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use cachelint_lint::rules;

/// How many lines a file may have.
const LONGEST: usize = 500;

/// Long tables, which read well at any length.
const TABLES: [&str; 0] = [];

/// What speaks of the machine a text was written on; cut in two, for this file is read too.
const MACHINE: [(&str, &str); 5] =
    [("/work", "/"), ("/tmp/", "corpus"), ("/home", "/user"), ("/root", "/"), ("local", "host:")];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap()
}

/// The files below the rooms of the repository, relative to it, that end in `ending`.
fn files(ending: &str) -> Vec<(String, String)> {
    let root = root();
    let mut found = Vec::new();
    let mut waiting: Vec<PathBuf> =
        ["server", "grammars", "tests", "editors"].map(|room| root.join(room)).into();
    while let Some(folder) = waiting.pop() {
        let Ok(entries) = std::fs::read_dir(&folder) else { continue };
        for entry in entries {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            if path.is_dir() {
                if !["target", "node_modules", ".cache", "__pycache__"].contains(&name.as_str()) {
                    waiting.push(path);
                }
            } else if name.ends_with(ending) {
                let text = std::fs::read_to_string(&path).unwrap();
                found.push((path.strip_prefix(&root).unwrap().to_string_lossy().into_owned(), text));
            }
        }
    }
    found.sort();
    found
}

fn none(wrong: &[String], what: &str) {
    assert!(wrong.is_empty(), "{what}:\n{}", wrong.join("\n"));
}

fn where_any(files: &[(String, String)], is_wrong: impl Fn(&str) -> bool) -> Vec<String> {
    let lines = files
        .iter()
        .flat_map(|(path, text)| text.lines().enumerate().map(move |(number, line)| (path, number, line)));
    lines
        .filter(|(_, _, line)| is_wrong(line))
        .map(|(path, number, line)| format!("{path}:{}: {line}", number + 1))
        .collect()
}

#[test]
fn every_rust_file_says_what_it_is_for() {
    let silent: Vec<_> = files(".rs")
        .into_iter()
        .filter(|(_, text)| !text.starts_with("//! "))
        .map(|(path, _)| path)
        .collect();
    none(&silent, "these files do not open with a //! sentence");
}

#[test]
fn the_queries_of_the_neovim_plugin_are_those_of_the_grammar() {
    for name in ["highlights.scm", "injections.scm"] {
        let text = |folder: &str| std::fs::read_to_string(root().join(folder).join(name)).unwrap();
        assert_eq!(text("editors/neovim/queries/cachelint_jinja"), text("grammars/jinja/queries"), "{name}");
    }
}

#[test]
fn no_file_is_too_long_to_read() {
    let long: Vec<_> = files(".rs")
        .into_iter()
        .filter(|(path, text)| text.lines().count() > LONGEST && !TABLES.contains(&path.as_str()))
        .map(|(path, _)| path)
        .collect();
    none(&long, "these files are longer than 500 lines");
}

#[test]
fn lints_are_expected_with_a_reason_and_no_test_is_switched_off() {
    let sources = files(".rs");
    let openings = ["#[", "#!["];
    let allows = |line: &str| {
        openings.iter().any(|opening| line.trim_start().starts_with(&format!("{opening}{}", "allow(")))
    };
    none(&where_any(&sources, allows), "expect a lint with a reason instead");
    let ignores = |line: &str| line.trim_start().starts_with(concat!("#[", "ignore"));
    none(&where_any(&sources, ignores), "these tests never run");
}

#[test]
fn texts_speak_of_the_product_alone() {
    let root = root();
    let mut texts = [files(".rs"), files(".md"), files(".toml")].concat();
    for name in ["README.md", "CHANGELOG.md", "Cargo.toml", "clippy.toml"] {
        texts.push((name.to_owned(), std::fs::read_to_string(root.join(name)).unwrap()));
    }
    let names_machine =
        |line: &str| MACHINE.iter().any(|(start, end)| line.contains(&format!("{start}{end}")));
    none(&where_any(&texts, names_machine), "these lines name a machine");
}

#[test]
fn a_rule_is_two_files_and_one_line() {
    let folder = "server/lint/src/rules/";
    let documented: BTreeSet<String> = files(".md")
        .into_iter()
        .filter_map(|(path, _)| Some(path.strip_prefix(folder)?.strip_suffix(".md")?.to_owned()))
        .collect();
    let registered: BTreeSet<String> = rules::ALL.iter().map(|rule| rule.name.to_owned()).collect();
    assert_eq!(documented, registered);
    for name in &registered {
        let code = root().join(folder).join(format!("{}.rs", name.replace('-', "_")));
        assert!(code.is_file(), "{name} has no file of code");
    }
}

#[test]
fn the_schema_is_that_of_the_code() {
    let committed = std::fs::read_to_string(root().join("server/project/cachelint.schema.json")).unwrap();
    assert_eq!(committed, cachelint_project::config::schema());
}

#[test]
fn the_settings_of_vs_code_know_every_rule_level_and_strategy() {
    let json = |path: &str| -> serde_json::Value {
        serde_json::from_str(&std::fs::read_to_string(root().join(path)).unwrap()).unwrap()
    };
    let manifest = json("editors/vscode/package.json");
    let settings = &manifest["contributes"]["configuration"]["properties"];
    let listed = settings["cachelint.levels"]["propertyNames"]["enum"].as_array().unwrap();
    let listed: BTreeSet<&str> = listed.iter().filter_map(serde_json::Value::as_str).collect();
    assert_eq!(listed, rules::ALL.iter().map(|rule| rule.name).collect());
    let keys = &json("server/project/cachelint.schema.json")["properties"];
    let levels = &settings["cachelint.levels"]["additionalProperties"]["enum"];
    let of_file = keys["levels"]["properties"].as_object().unwrap().values().next().unwrap();
    assert_eq!(*levels, of_file["enum"]);
    let strategies = keys["strategy"]["enum"].as_array().unwrap().iter().filter(|name| !name.is_null());
    assert_eq!(settings["cachelint.strategy"]["enum"], strategies.cloned().collect::<serde_json::Value>());
}

#[test]
fn the_version_is_written_once_and_copied_right() {
    let read = |path: &str| std::fs::read_to_string(root().join(path)).unwrap();
    let version = env!("CARGO_PKG_VERSION");
    let copies = [
        ("README.md", "rev: v", format!("rev: v{version}")),
        ("Cargo.toml", "= { path = ", format!("version = \"{version}\" }}")),
        ("editors/vscode/package.json", "\"version\":", format!("\"version\": \"{version}\"")),
        ("editors/zed/Cargo.toml", "version = \"0", format!("version = \"{version}\"")),
        ("editors/zed/extension.toml", "version = \"0", format!("version = \"{version}\"")),
        ("editors/registries/pre-commit/pyproject.toml", "cachelint==", format!("\"cachelint=={version}\"")),
    ];
    for (path, mark, expected) in copies {
        let text = read(path);
        let lines: Vec<&str> = text.lines().filter(|line| line.trim_start().contains(mark)).collect();
        assert!(!lines.is_empty(), "{path} has no line with {mark}");
        let wrong: Vec<_> =
            lines.iter().filter(|line| !line.contains(&expected)).map(|it| format!("{path}: {it}")).collect();
        none(&wrong, "Cargo.toml's [workspace.package] has another version");
    }
}

/// What stands behind `key` in the lines of a text, up to the next comma, space or brace.
fn values<'a>(text: &'a str, key: &str) -> BTreeSet<&'a str> {
    let found = text.lines().filter_map(|line| line.split_once(key)?.1.split([',', ' ', '}']).next());
    found.collect()
}

#[test]
fn the_texts_of_registries_name_what_a_release_builds() {
    let read = |path: &str| std::fs::read_to_string(root().join(path)).unwrap();
    let workflow = read(".github/workflows/release.yml");
    let (targets, platforms) = (values(&workflow, " target: "), values(&workflow, " platform: "));
    assert_eq!((targets.len(), platforms.len()), (7, 7));
    assert!(workflow.contains("folder=cachelint-$TARGET\n") && workflow.contains("dist/$folder.tgz"));

    let formula = read("editors/registries/homebrew/cachelint.rb");
    let archives = values(&formula, "vVERSION/cachelint-");
    let archives: BTreeSet<&str> = archives.iter().filter_map(|name| name.strip_suffix(".tgz\"")).collect();
    assert!(archives.len() == 4 && archives.is_subset(&targets), "{archives:?}");

    let manifest = read("server/cachelint/Cargo.toml");
    assert!(manifest.contains("/v{ version }/cachelint-{ target }{ archive-suffix }\""));
    assert!(manifest.contains("\"cachelint-{ target }/{ bin }{ binary-ext }\""));

    let npm = read("editors/registries/npm/build.mjs");
    let listed = npm.lines().find(|line| line.starts_with("const PLATFORMS")).unwrap();
    let listed: BTreeSet<&str> = listed.split('\'').skip(1).step_by(2).collect();
    assert_eq!(listed, platforms);

    let nix = read("editors/registries/nix/package.nix");
    for field in
        ["pname = \"cachelint\"", "Cargo.toml).workspace.package.version", "mainProgram = \"cachelint\""]
    {
        assert!(nix.contains(field), "{field}");
    }
    let licenses = [(&formula, r#"["MIT", "Apache-2.0"]"#), (&nix, "[ mit asl20 ]")];
    assert!(licenses.iter().all(|(text, both)| text.contains(both)));
}

#[test]
fn the_readme_lists_every_rule() {
    let readme = std::fs::read_to_string(root().join("README.md")).unwrap();
    let row = |name: &str| format!("| [`{name}`](server/lint/src/rules/{name}.md) |");
    let missing: Vec<String> =
        rules::ALL.iter().map(|rule| row(rule.name)).filter(|row| !readme.contains(row)).collect();
    none(&missing, "README.md's table of rules lacks these rows");
}

#[test]
fn the_map_names_every_form() {
    let map = std::fs::read_to_string(root().join("server/README.md")).unwrap();
    let places = std::fs::read_to_string(root().join("server/syntax/src/place.rs")).unwrap();
    let names = places.lines().filter_map(|line| {
        let (variant, name) = line.trim().split_once(" => \"")?;
        variant.starts_with("Self::").then(|| name.trim_end_matches("\",").to_owned())
    });
    let missing: Vec<String> = names.filter(|name| !map.contains(name.as_str())).collect();
    none(&missing, "server/README.md does not list these forms");
}
