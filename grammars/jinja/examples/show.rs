//! Prints the tree of standard input: `echo '{{ a }}' | cargo run -p cachelint-jinja --example show [django]`.

use std::io::Read;

fn main() -> anyhow::Result<()> {
    let language = match std::env::args().nth(1).as_deref() {
        Some("django") => cachelint_jinja::DJANGO,
        _ => cachelint_jinja::JINJA,
    };
    let mut text = Vec::new();
    std::io::stdin().read_to_end(&mut text)?;
    let mut parser = tree_sitter::Parser::new();
    parser.set_language(&language.into())?;
    let tree = parser.parse(&text, None).ok_or_else(|| anyhow::anyhow!("no tree"))?;
    println!("{}", tree.root_node().to_sexp());
    Ok(())
}
