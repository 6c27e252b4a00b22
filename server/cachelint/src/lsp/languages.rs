//! Which documents can hold references: by the language the editor gives them, or their extension.

use std::path::Path;

/// The languages of templates, stylesheets and scripts, as editors name them.
const LANGUAGES: [&str; 23] = [
    "html",
    "htmldjango",
    "django-html",
    "django",
    "djangohtml",
    "htmljinja",
    "jinja",
    "jinja2",
    "jinja-html",
    "html.jinja",
    "jinja.html",
    "html.jinja2",
    "html+jinja",
    "html+django",
    "j2",
    "nunjucks",
    "twig",
    "tera",
    "liquid",
    "xhtml",
    "vue-html",
    "css",
    "javascript",
];

const TEMPLATES: [&str; 11] =
    ["html", "htm", "xhtml", "jinja", "jinja2", "j2", "djhtml", "njk", "twig", "tera", "liquid"];

/// Whether a document is a source. Plain text is one by its extension only: an editor that does not know `.j2` says so.
pub fn is_source(path: &Path, language: &str) -> bool {
    has_extension(path, &TEMPLATES)
        || has_extension(path, &["css", "js", "mjs"])
        || LANGUAGES.contains(&language)
}

/// Whether a file is a template by its extension.
pub fn is_template(path: &Path) -> bool {
    has_extension(path, &TEMPLATES)
}

fn has_extension(path: &Path, extensions: &[&str]) -> bool {
    let extension = path.extension().and_then(|extension| extension.to_str()).map(str::to_ascii_lowercase);
    extension.is_some_and(|extension| extensions.contains(&extension.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn templates_stylesheets_and_scripts_are_sources() {
        let cases = [
            ("a.html", "html", true),
            ("a.txt", "jinja", true),
            ("base.html.j2", "plaintext", true),
            ("a.css", "css", true),
            ("noname", "django-html", true),
            ("notes.txt", "plaintext", false),
            ("app.py", "python", false),
            ("cachelint.toml", "toml", false),
        ];
        for (path, language, expected) in cases {
            assert_eq!(is_source(Path::new(path), language), expected, "{path} as {language}");
        }
    }
}
