//! Regenerates `jinja/src` and `django/src` from `grammar.js`: `cargo run -p cachelint-jinja --example generate`.

use std::path::Path;

use tree_sitter_generate::{ABI_VERSION_MAX, GenerateError, OptLevel, generate_parser_in_directory};

fn main() -> anyhow::Result<()> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for language in ["jinja", "django"] {
        let directory = root.join(language);
        generate(&directory.join("grammar.js"), &directory.join("src"))?;
    }
    Ok(())
}

/// Writes the parser of a `grammar.js` (which node evaluates) or `grammar.json` to a folder.
pub(crate) fn generate(grammar: &Path, out: &Path) -> Result<(), GenerateError> {
    let mut diagnostics = Vec::new();
    generate_parser_in_directory(
        out,
        Some(out),
        Some(grammar),
        ABI_VERSION_MAX,
        None,
        None,
        true,
        OptLevel::default(),
        &mut diagnostics,
    )?;
    for diagnostic in diagnostics {
        eprintln!("{}: {diagnostic}", grammar.display());
    }
    Ok(())
}
