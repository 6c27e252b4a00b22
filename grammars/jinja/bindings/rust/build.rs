//! Compiles the two parsers and their scanners.

use std::path::Path;

fn main() {
    println!("cargo:rerun-if-changed=common");
    for language in ["jinja", "django"] {
        compile(language);
    }
}

fn compile(language: &str) {
    let source = Path::new(language).join("src");
    println!("cargo:rerun-if-changed={}", source.display());
    let mut build = cc::Build::new();
    build.std("c11").include(&source).warnings(false).flag_if_supported("-Wno-unused-parameter");
    if build.get_compiler().is_like_msvc() {
        build.flag("-utf-8");
    }
    build.file(source.join("parser.c")).file(source.join("scanner.c"));
    build.compile(&format!("tree-sitter-{language}"));
}
