//! Regenerates `jinja/src` and `django/src` from `grammar.js`: `cargo run -p cachelint-jinja --example generate`.

use std::path::Path;

use tree_sitter_generate::{ABI_VERSION_MAX, OptLevel, generate_parser_in_directory};

fn main() -> anyhow::Result<()> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for language in ["jinja", "django"] {
        generate(&root.join(language))?;
    }
    Ok(())
}

fn generate(directory: &Path) -> anyhow::Result<()> {
    let mut diagnostics = Vec::new();
    generate_parser_in_directory(
        directory,
        None::<&Path>,
        None::<&Path>,
        ABI_VERSION_MAX,
        None,
        None,
        true,
        OptLevel::default(),
        &mut diagnostics,
    )?;
    for diagnostic in diagnostics {
        eprintln!("{}: {diagnostic}", directory.display());
    }
    Ok(())
}
