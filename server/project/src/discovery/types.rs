//! File names: templates, assets and what is neither.

use std::path::Path;

use cachelint_lint::AssetKind;

use crate::dialect::extension;

/// The extensions of templates.
const TEMPLATES: [&str; 10] =
    ["html", "htm", "xhtml", "jinja", "jinja2", "j2", "djhtml", "njk", "twig", "tera"];
/// Extensions of templates that may make a file of any kind, which the extension before then names.
const OF_ANYTHING: [&str; 6] = ["jinja", "jinja2", "j2", "njk", "twig", "tera"];
/// Inner extensions of templates that make no HTML.
const NOT_HTML: [&str; 47] = [
    "conf",
    "cfg",
    "cnf",
    "ini",
    "env",
    "toml",
    "yml",
    "yaml",
    "json",
    "json5",
    "txt",
    "text",
    "md",
    "rst",
    "sh",
    "bash",
    "zsh",
    "ps1",
    "bat",
    "py",
    "rb",
    "pl",
    "php",
    "lua",
    "sql",
    "xml",
    "rss",
    "atom",
    "css",
    "scss",
    "less",
    "js",
    "mjs",
    "ts",
    "tsx",
    "jsx",
    "service",
    "timer",
    "socket",
    "properties",
    "rules",
    "list",
    "repo",
    "tf",
    "vcl",
    "csv",
    "tex",
];
/// Files of unknown use that pages may link all the same.
const LINKED: [&str; 8] = ["pdf", "wasm", "json", "zip", "map", "xml", "csv", "txt"];

/// Whether a file of that name is a template by its extensions; `nginx.conf.j2` is none of HTML.
pub(crate) fn is_template(path: &Path) -> bool {
    let own = extension(path);
    if !TEMPLATES.contains(&own.as_str()) {
        return false;
    }
    let inner = path.file_stem().map(|stem| extension(Path::new(stem))).unwrap_or_default();
    !(OF_ANYTHING.contains(&own.as_str()) && NOT_HTML.contains(&inner.as_str()))
}

/// Whether a file of that name is an asset that templates may refer to.
pub(super) fn is_asset(path: &Path) -> bool {
    match AssetKind::of(&path.to_string_lossy()) {
        AssetKind::Page => false,
        AssetKind::Other => LINKED.contains(&extension(path).as_str()),
        _ => true,
    }
}
