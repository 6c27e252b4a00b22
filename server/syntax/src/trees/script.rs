//! The strings of scripts: what modules import, what an import map names, and other strings.

use tree_sitter::{Node, Tree};

use crate::trees::parse::{Grammar, Trees, parse, walk};
use crate::{Place, Span};

/// A string of a script. Offsets are those of the text that was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct ScriptString {
    /// Its content, quotes excluded.
    pub span: Span,
    /// Its quote: `"`, `'` or `` ` ``.
    pub quote: char,
    /// `ModuleImport`, `ImportMap`, `ServiceWorker` or `ScriptString`.
    pub place: Place,
    /// The string with its quotes.
    pub container: Span,
}

/// The strings of a script whose template blocks were replaced by filler; `None` where it can't be parsed in bounds.
/// Strings that are joined to something else with `+` or `${}` are left out: they are no whole URL.
pub(crate) fn script_strings(trees: Option<&Trees>, mask: &str) -> Option<Vec<ScriptString>> {
    let tree = parse(trees, Grammar::JavaScript, mask)?;
    Some(strings(&tree, mask, 0, place))
}

/// The addresses of an import map.
pub(crate) fn import_map_addresses(trees: Option<&Trees>, mask: &str) -> Option<Vec<ScriptString>> {
    let expression = format!("({mask})");
    let tree = parse(trees, Grammar::JavaScript, &expression)?;
    Some(strings(&tree, &expression, 1, import_map_place))
}

fn strings(
    tree: &Tree,
    text: &str,
    shift: usize,
    place: fn(Node<'_>, &[Node<'_>], &str) -> Option<Place>,
) -> Vec<ScriptString> {
    let mut found = Vec::new();
    walk(tree, |node, above| {
        if !matches!(node.kind(), "string" | "template_string") {
            return true;
        }
        if let Some((place, quote)) = place(node, above, text).zip(quote(node, text)) {
            let range = node.byte_range();
            found.push(ScriptString {
                span: Span::new(range.start + 1 - shift, range.end - 1 - shift),
                quote,
                place,
                container: Span::new(range.start - shift, range.end - shift),
            });
        }
        true
    });
    found
}

/// The quote of a string that is closed and holds no substitution.
fn quote(node: Node<'_>, text: &str) -> Option<char> {
    let raw = Span::from(node.byte_range()).of(text);
    let quote = raw.chars().next()?;
    let whole = raw.len() >= 2 && raw.ends_with(quote);
    let substitutes = quote == '`' && raw.contains("${");
    (whole && !substitutes).then_some(quote)
}

fn place(node: Node<'_>, above: &[Node<'_>], text: &str) -> Option<Place> {
    let [.., outer, parent] = above else { return None };
    match parent.kind() {
        "import_statement" | "export_statement" => Some(Place::ModuleImport),
        "binary_expression" | "template_substitution" | "subscript_expression" => None,
        "pair" if parent.child_by_field_name("key") == Some(node) => None,
        "arguments" => {
            let first = parent.named_child(0) == Some(node);
            let function = outer.child_by_field_name("function");
            let callee = function.map_or("", |function| Span::from(function.byte_range()).of(text));
            Some(match callee {
                "import" if first => Place::ModuleImport,
                _ if first && callee.ends_with("serviceWorker.register") => Place::ServiceWorker,
                _ => Place::ScriptString,
            })
        }
        _ => Some(Place::ScriptString),
    }
}

/// A string is an address where it is the value of a pair inside `imports` or `scopes`.
fn import_map_place(node: Node<'_>, above: &[Node<'_>], text: &str) -> Option<Place> {
    let is_pair = |node: &&Node<'_>| node.kind() == "pair";
    let pair = above.last().filter(is_pair)?;
    let outermost = above.iter().find(is_pair).filter(|outermost| *outermost != pair)?;
    let is_value = pair.child_by_field_name("value") == Some(node);
    let name = Span::from(outermost.child_by_field_name("key")?.byte_range()).of(text);
    (is_value && matches!(name.trim_matches('"'), "imports" | "scopes")).then_some(Place::ImportMap)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(found: Option<Vec<ScriptString>>, text: &str, expected: &[(&str, Place)]) {
        let found = found.unwrap();
        let found: Vec<_> = found.iter().map(|string| (string.span.of(text), string.place)).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn imports_and_other_strings_are_told_apart() {
        let text = "import a from './x.js'; import './y.js'; export * from 'z'; import('q'); f(`t`, 's');
            navigator.serviceWorker.register('/sw.js', {scope: '/'}); x = '/a/' + b; y = `/${b}`; z['k']; ({'k': 'v'})";
        check(
            script_strings(None, text),
            text,
            &[
                ("./x.js", Place::ModuleImport),
                ("./y.js", Place::ModuleImport),
                ("z", Place::ModuleImport),
                ("q", Place::ModuleImport),
                ("t", Place::ScriptString),
                ("s", Place::ScriptString),
                ("/sw.js", Place::ServiceWorker),
                ("/", Place::ScriptString),
                ("v", Place::ScriptString),
            ],
        );
    }

    #[test]
    fn an_import_map_names_addresses_and_integrity_does_not() {
        let text =
            r#"{"imports":{"a":"/a.js"},"scopes":{"/x/":{"b":"/b.js"}},"integrity":{"/a.js":"sha256-x"}}"#;
        check(
            import_map_addresses(None, text),
            text,
            &[("/a.js", Place::ImportMap), ("/b.js", Place::ImportMap)],
        );
    }
}
