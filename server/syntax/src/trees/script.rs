//! The strings of scripts: what modules import, what an import map names, and other strings.

use tree_sitter::{Node, Tree};

use crate::trees::memo::Trees;
use crate::trees::parse::{Grammar, parse, walk};
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
    /// What is joined to its end, where that is another each time: `Date.now()`.
    pub clock: Option<Span>,
}

/// What a script writes behind a URL to have it loaded anew each time, without white space.
static CLOCKS: [&str; 11] = [
    "Date.now()",
    "+newDate",
    "+newDate()",
    "newDate()",
    "newDate().getTime()",
    "newDate().valueOf()",
    "(newDate()).getTime()",
    "(newDate).getTime()",
    "Math.random()",
    "performance.now()",
    "crypto.randomUUID()",
];

/// Whether an expression of a script is the time or chance, as people write it behind a URL.
pub fn is_script_clock(expression: &str) -> bool {
    let squashed: String = expression.split_whitespace().collect();
    CLOCKS.contains(&squashed.as_str())
}

/// The strings of a script whose template blocks were replaced by filler; `None` where it can't be parsed in bounds.
/// Strings that are joined to something else with `+` or `${}` are left out, for they are no whole URL, unless that is the
/// time or chance at their end.
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
        let whole = || Some((place(node, above, text)?, content(node, text)?, None));
        if let Some((place, (quote, span), clock)) = whole().or_else(|| with_clock(node, above, text)) {
            let back = |span: Span| Span::new(span.start - shift, span.end - shift);
            let (span, container, clock) = (back(span), back(node.byte_range().into()), clock.map(back));
            found.push(ScriptString { span, quote, place, container, clock });
        }
        true
    });
    found
}

/// A string with the time or chance at its end.
fn with_clock(node: Node<'_>, above: &[Node<'_>], text: &str) -> Option<(Place, (char, Span), Option<Span>)> {
    let is_clock = |span: &Span| is_script_clock(span.of(text));
    let parent = above.last()?;
    if node.kind() == "template_string" {
        let last = node.named_children(&mut node.walk()).last()?;
        let clock = Span::from(last.named_child(0)?.byte_range());
        let span = Span::new(node.start_byte() + 1, last.start_byte());
        let is_only = last.kind() == "template_substitution" && !span.of(text).contains("${");
        let is_last = last.end_byte() + 1 == node.end_byte() && parent.kind() != "binary_expression";
        return (is_only && is_last && is_clock(&clock)).then_some((
            Place::ScriptString,
            ('`', span),
            Some(clock),
        ));
    }
    let is_left = parent.kind() == "binary_expression" && parent.child_by_field_name("left") == Some(node);
    let operator = parent.child_by_field_name("operator")?;
    let clock = Span::from(parent.child_by_field_name("right")?.byte_range());
    let outer = above.len().checked_sub(2).map(|outer| above[outer].kind());
    let is_whole = is_left && operator.kind() == "+" && outer != Some("binary_expression");
    (is_whole && is_clock(&clock)).then_some((Place::ScriptString, content(node, text)?, Some(clock)))
}

/// The quote of a string that is closed and holds no substitution, and what stands between its quotes.
fn content(node: Node<'_>, text: &str) -> Option<(char, Span)> {
    let range = node.byte_range();
    let raw = Span::from(range.clone()).of(text);
    let quote = raw.chars().next()?;
    let whole = raw.len() >= 2 && raw.ends_with(quote);
    let substitutes = quote == '`' && raw.contains("${");
    (whole && !substitutes).then(|| (quote, Span::new(range.start + 1, range.end - 1)))
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
    fn the_time_and_chance_may_stand_behind_a_string() {
        let text = "import('/a.js?v=' + Date.now()); s.src = \"/b.js?\" + Math.random(); t.src = `/c.js?${new Date().getTime()}`;
            u.src = '/d.js?' + version; v.src = '/e.js?' + Date.now() + x; w.src = `/f.js?${Date.now()}&x`; Date.now() + '/g.js'";
        let found = script_strings(None, text).unwrap();
        let found: Vec<_> =
            found.iter().map(|it| (it.span.of(text), it.clock.map(|clock| clock.of(text)))).collect();
        assert_eq!(
            found,
            [
                ("/a.js?v=", Some("Date.now()")),
                ("/b.js?", Some("Math.random()")),
                ("/c.js?", Some("new Date().getTime()")),
            ]
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
