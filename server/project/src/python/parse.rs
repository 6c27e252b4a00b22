//! From Python text to [`Module`], by tree-sitter.

use std::ops::ControlFlow;
use std::path::Path;

use cachelint_syntax::Span;
use tree_sitter::{Node, ParseOptions, Parser, Tree};

use super::syntax::{Assignment, Call, CallSite, Class, Expression, Function, Import, Module, Scope};

/// How deep expressions and blocks are followed; deeper ones are [`Expression::Other`].
const DEEPEST: usize = 100;
/// How many steps a parse may take beside one a byte; tree-sitter counts one in about a hundred operations.
const STEPS_AT_LEAST: usize = 20_000;

/// Parses `text` as the module at `path`. What is no Python is passed over.
pub(crate) fn parse(path: &Path, text: String) -> Module {
    let mut module = Module { path: path.to_owned(), ..Module::default() };
    if let Some(tree) = tree(&text) {
        let mut reader = Reader { text: &text, module: &mut module, scope: Scope::new(), in_branch: false };
        reader.visit(tree.root_node(), None, DEEPEST);
    }
    Module { text, ..module }
}

/// The tree of `text`; `None` where it takes more work than its length justifies, as only nonsense does.
fn tree(text: &str) -> Option<Tree> {
    let mut parser = Parser::new();
    parser.set_language(&tree_sitter_python::LANGUAGE.into()).ok()?;
    let mut steps = STEPS_AT_LEAST + text.len();
    let mut progress = |_: &_| {
        steps = steps.saturating_sub(1);
        if steps == 0 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    };
    let options = ParseOptions::new().progress_callback(&mut progress);
    parser.parse_with_options(
        &mut |offset, _| &text.as_bytes()[offset.min(text.len())..],
        None,
        Some(options),
    )
}

/// The walk over a module's tree.
struct Reader<'a> {
    text: &'a str,
    module: &'a mut Module,
    scope: Scope,
    in_branch: bool,
}

impl Reader<'_> {
    /// Takes in what `node` holds; `bound_to` is the name that its value is bound to.
    fn visit(&mut self, node: Node<'_>, bound_to: Option<&str>, depth: usize) {
        let Some(depth) = depth.checked_sub(1) else { return };
        match node.kind() {
            "import_statement" | "import_from_statement" => self.import(node),
            "assignment" | "augmented_assignment" => return self.assignment(node, depth),
            "decorated_definition" => return self.decorated(node, depth),
            "function_definition" => return self.function(node, Vec::new(), depth),
            "class_definition" => return self.class(node, depth),
            "call" => self.call(node, bound_to),
            "if_statement" | "match_statement" | "except_clause" => return self.branches(node, depth),
            _ => {}
        }
        self.visit_children(node, depth);
    }

    fn branches(&mut self, node: Node<'_>, depth: usize) {
        let around = std::mem::replace(&mut self.in_branch, true);
        self.visit_children(node, depth);
        self.in_branch = around;
    }

    fn visit_children(&mut self, node: Node<'_>, depth: usize) {
        let mut cursor = node.walk();
        for child in node.named_children(&mut cursor) {
            self.visit(child, None, depth);
        }
    }

    fn call(&mut self, node: Node<'_>, bound_to: Option<&str>) {
        let Expression::Call(call) = expression(self.text, node, DEEPEST) else { return };
        let bound_to = bound_to.map(str::to_owned);
        self.module.calls.push(CallSite {
            call: *call,
            bound_to,
            scope: self.scope.clone(),
            in_branch: self.in_branch,
            span: Span::new(node.start_byte(), node.end_byte()),
            line: line(node),
        });
    }

    fn assignment(&mut self, node: Node<'_>, depth: usize) {
        let (Some(left), Some(right)) = (node.child_by_field_name("left"), node.child_by_field_name("right"))
        else {
            return;
        };
        let target = expression(self.text, left, DEEPEST);
        let name = target.dotted();
        self.module.assignments.push(Assignment {
            target,
            value: expression(self.text, right, DEEPEST),
            augmented: node.kind() == "augmented_assignment",
            scope: self.scope.clone(),
            in_branch: self.in_branch,
            line: line(node),
        });
        self.visit(right, name.as_deref(), depth);
    }

    fn decorated(&mut self, node: Node<'_>, depth: usize) {
        let mut cursor = node.walk();
        let decorators: Vec<Node<'_>> =
            node.named_children(&mut cursor).filter(|child| child.kind() == "decorator").collect();
        let read = |decorator: &Node<'_>| {
            decorator.named_child(0).map_or(Expression::Other, |inner| expression(self.text, inner, DEEPEST))
        };
        let expressions = decorators.iter().map(read).collect();
        for decorator in decorators {
            self.visit_children(decorator, depth);
        }
        match node.child_by_field_name("definition") {
            Some(definition) if definition.kind() == "function_definition" => {
                self.function(definition, expressions, depth);
            }
            Some(definition) => self.visit(definition, None, depth),
            None => {}
        }
    }

    fn function(&mut self, node: Node<'_>, decorators: Vec<Expression>, depth: usize) {
        let Some(name) = self.field(node, "name") else { return };
        let body = node.child_by_field_name("body");
        self.module.functions.push(Function {
            name: name.clone(),
            decorators,
            parameters: parameters(self.text, node),
            body: body.map_or_else(Span::default, |body| Span::new(body.start_byte(), body.end_byte())),
            scope: self.scope.clone(),
            in_branch: self.in_branch,
            line: line(node),
        });
        self.within(name, body, depth);
    }

    fn class(&mut self, node: Node<'_>, depth: usize) {
        let Some(name) = self.field(node, "name") else { return };
        let mut cursor = node.walk();
        let superclasses = node.child_by_field_name("superclasses");
        let bases =
            superclasses.into_iter().flat_map(|list| list.named_children(&mut cursor).collect::<Vec<_>>());
        let bases = bases.filter_map(|base| expression(self.text, base, DEEPEST).dotted()).collect();
        self.module.classes.push(Class { name: name.clone(), bases });
        self.within(name, node.child_by_field_name("body"), depth);
    }

    fn within(&mut self, name: String, body: Option<Node<'_>>, depth: usize) {
        let Some(body) = body else { return };
        self.scope.push(name);
        self.visit_children(body, depth);
        self.scope.pop();
    }

    fn field(&self, node: Node<'_>, name: &str) -> Option<String> {
        node.child_by_field_name(name).map(|child| of(self.text, child).to_owned())
    }

    fn import(&mut self, node: Node<'_>) {
        let from = self.field(node, "module_name").map(|name| name.replace(' ', ""));
        let mut cursor = node.walk();
        for child in node.children_by_field_name("name", &mut cursor) {
            let (name, alias) = match child.kind() {
                "aliased_import" => (self.field(child, "name"), self.field(child, "alias")),
                _ => (Some(of(self.text, child).to_owned()), None),
            };
            let (Some(name), line) = (name, line(node)) else { continue };
            let alias = alias.unwrap_or_else(|| name.clone());
            let (module, name) = match &from {
                Some(module) => (module.clone(), Some(name)),
                None => (name, None),
            };
            let import = Import { module, name, alias, line };
            self.module.imports.push(import);
        }
        let mut cursor = node.walk();
        let all = node.named_children(&mut cursor).any(|child| child.kind() == "wildcard_import");
        if let (true, Some(module)) = (all, from) {
            let star = "*".to_owned();
            self.module.imports.push(Import {
                module,
                name: Some(star.clone()),
                alias: star,
                line: line(node),
            });
        }
    }
}

fn line(node: Node<'_>) -> usize {
    node.start_position().row + 1
}

fn of<'a>(text: &'a str, node: Node<'_>) -> &'a str {
    Span::new(node.start_byte(), node.end_byte()).of(text)
}

fn parameters(text: &str, function: Node<'_>) -> Vec<String> {
    let Some(list) = function.child_by_field_name("parameters") else { return Vec::new() };
    let mut cursor = list.walk();
    let name = |parameter: Node<'_>| {
        let named = parameter.child_by_field_name("name").or_else(|| parameter.named_child(0));
        of(text, named.unwrap_or(parameter)).to_owned()
    };
    list.named_children(&mut cursor).map(name).collect()
}

/// The expression at `node`.
fn expression(text: &str, node: Node<'_>, depth: usize) -> Expression {
    let Some(depth) = depth.checked_sub(1) else { return Expression::Other };
    let part = |node: Node<'_>, field: &str| {
        let child = node.child_by_field_name(field);
        Box::new(child.map_or(Expression::Other, |child| expression(text, child, depth)))
    };
    match node.kind() {
        "identifier" => Expression::Name(of(text, node).to_owned()),
        "string" => string(text, node, depth),
        "concatenated_string" => Expression::Joined(children(text, node, depth)),
        "integer" => of(text, node).replace('_', "").parse().map_or(Expression::Other, Expression::Integer),
        "true" => Expression::Boolean(true),
        "false" => Expression::Boolean(false),
        "none" => Expression::None,
        "attribute" => {
            let name = node.child_by_field_name("attribute").map_or("", |name| of(text, name));
            Expression::Attribute(part(node, "object"), name.to_owned())
        }
        "subscript" => Expression::Subscript(part(node, "value"), part(node, "subscript")),
        "call" => call(text, node, depth),
        "binary_operator" => match node.child_by_field_name("operator").map(|operator| of(text, operator)) {
            Some("+") => Expression::Joined(vec![*part(node, "left"), *part(node, "right")]),
            Some("/") => Expression::Divided(part(node, "left"), part(node, "right")),
            _ => Expression::Other,
        },
        "parenthesized_expression" | "await" | "expression_statement" => {
            node.named_child(0).map_or(Expression::Other, |inner| expression(text, inner, depth))
        }
        "list" | "tuple" | "set" => Expression::List(children(text, node, depth)),
        "dictionary" => dictionary(text, node, depth),
        _ => Expression::Other,
    }
}

fn children(text: &str, node: Node<'_>, depth: usize) -> Vec<Expression> {
    let mut cursor = node.walk();
    let own = node.named_children(&mut cursor).filter(|child| child.kind() != "comment");
    own.map(|child| expression(text, child, depth)).collect()
}

fn dictionary(text: &str, node: Node<'_>, depth: usize) -> Expression {
    let mut cursor = node.walk();
    let pairs = node.named_children(&mut cursor).filter(|child| child.kind() == "pair");
    let read = |pair: Node<'_>| {
        let side = |field| pair.child_by_field_name(field).map(|child| expression(text, child, depth));
        Some((side("key")?, side("value")?))
    };
    Expression::Dictionary(pairs.filter_map(read).collect())
}

fn call(text: &str, node: Node<'_>, depth: usize) -> Expression {
    let Some(function) = node.child_by_field_name("function") else { return Expression::Other };
    let mut call = Call {
        function: expression(text, function, depth),
        positional: Vec::new(),
        keywords: Vec::new(),
        unpacks: false,
    };
    let arguments = node.child_by_field_name("arguments").filter(|list| list.kind() == "argument_list");
    let mut cursor = node.walk();
    let each = arguments.map(|list| list.named_children(&mut cursor).collect::<Vec<_>>());
    for argument in each.unwrap_or_default() {
        match argument.kind() {
            "keyword_argument" => {
                let name = argument.child_by_field_name("name").map_or("", |name| of(text, name));
                let value = argument.child_by_field_name("value");
                let value = value.map_or(Expression::Other, |value| expression(text, value, depth));
                call.keywords.push((name.to_owned(), value));
            }
            "list_splat" | "dictionary_splat" => call.unpacks = true,
            "comment" => {}
            _ => call.positional.push(expression(text, argument, depth)),
        }
    }
    Expression::Call(Box::new(call))
}

/// A string, its prefix and quotes off.
fn string(text: &str, node: Node<'_>, depth: usize) -> Expression {
    let mut cursor = node.walk();
    let start = node.named_child(0).filter(|child| child.kind() == "string_start");
    let prefix = start.map_or("", |start| of(text, start)).to_ascii_lowercase();
    let raw = prefix.contains('r');
    let mut parts = Vec::new();
    for child in node.named_children(&mut cursor) {
        match child.kind() {
            "string_content" => parts.push(Expression::Text(unescaped(of(text, child), raw))),
            "interpolation" => {
                let value = child.child_by_field_name("expression");
                parts.push(value.map_or(Expression::Other, |value| expression(text, value, depth)));
            }
            _ => {}
        }
    }
    match (parts.len(), prefix.contains('b')) {
        (_, true) => Expression::Other,
        (0, _) => Expression::Text(String::new()),
        (1, _) if matches!(parts[0], Expression::Text(_)) => parts.remove(0),
        _ => Expression::Joined(parts),
    }
}

/// The escapes that occur in paths and URLs, resolved; others stay as they are.
fn unescaped(content: &str, raw: bool) -> String {
    if raw || !content.contains('\\') {
        return content.to_owned();
    }
    let mut text = String::with_capacity(content.len());
    let mut letters = content.chars();
    while let Some(letter) = letters.next() {
        match (letter, (letter == '\\').then(|| letters.next()).flatten()) {
            ('\\', Some(escaped @ ('\\' | '\'' | '"'))) => text.push(escaped),
            ('\\', Some('n')) => text.push('\n'),
            ('\\', Some('t')) => text.push('\t'),
            ('\\', Some('\n')) => {}
            ('\\', Some(other)) => text.extend(['\\', other]),
            (plain, _) => text.push(plain),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn value(code: &str) -> String {
        let module = parse(Path::new("/a.py"), format!("x = {code}\n"));
        format!("{:?}", module.assignments[0].value)
    }

    #[test]
    fn expressions_are_read() {
        let table = [
            ("'a' \"b\"", r#"Joined([Text("a"), Text("b")])"#),
            (r"'a\'b\\c\d'", r#"Text("a'b\\c\\d")"#),
            (r"r'a\b'", r#"Text("a\\b")"#),
            ("b'a'", "Other"),
            ("''", r#"Text("")"#),
            ("f'{a}/b{{c}}'", r#"Joined([Name("a"), Text("/b{{c}}")])"#),
            ("a + 'b'", r#"Joined([Name("a"), Text("b")])"#),
            ("A / 'b'", r#"Divided(Name("A"), Text("b"))"#),
            ("(1_000)", "Integer(1000)"),
            ("[True, None, x.y]", r#"List([Boolean(true), None, Attribute(Name("x"), "y")])"#),
            ("{'a': 1, **b}", r#"Dictionary([(Text("a"), Integer(1))])"#),
            ("a if b else c", "Other"),
        ];
        for (code, expected) in table {
            assert_eq!(value(code), expected, "{code}");
        }
    }

    #[test]
    fn statements_are_found_at_any_depth_with_their_scope_and_line() {
        let text = "\
from flask import Flask, url_for as make
import a.b, c as d
from . import e
from .f import *

def create_app(config=None, *, name: str = 'x'):
    app = Flask(__name__, static_folder='s')
    with app.app_context():
        app.jinja_env.globals['url_for'] = make
    if app.debug:
        app.debugged = True

    @app.url_defaults
    def versioned(endpoint, values):
        values['v'] = 1
    return app

class Config(Base):
    KEY = 1
";
        let module = parse(Path::new("/a.py"), text.to_owned());
        let imports: Vec<_> = module
            .imports
            .iter()
            .map(|it| format!("{} {} {}", it.module, it.name.as_deref().unwrap_or("-"), it.alias))
            .collect();
        assert_eq!(
            imports,
            ["flask Flask Flask", "flask url_for make", "a.b - a.b", "c - d", ". e e", ".f * *"]
        );
        let app = &module.calls[0];
        assert_eq!(
            (app.call.name().as_deref(), app.bound_to.as_deref(), app.line),
            (Some("Flask"), Some("app"), 7)
        );
        assert_eq!(app.scope, ["create_app"]);
        let hook = &module.functions[1];
        assert_eq!(
            (hook.name.as_str(), hook.parameters.join(" ").as_str()),
            ("versioned", "endpoint values")
        );
        assert_eq!(hook.decorators[0].dotted().as_deref(), Some("app.url_defaults"));
        assert_eq!(module.body(hook), "values['v'] = 1");
        assert_eq!(module.functions[0].parameters, ["config", "*", "name"]);
        let targets: Vec<_> =
            module.assignments.iter().map(|it| (it.line, it.scope.join("."), it.in_branch)).collect();
        let expected = [
            (7, "create_app", false),
            (9, "create_app", false),
            (11, "create_app", true),
            (15, "create_app.versioned", false),
            (19, "Config", false),
        ];
        assert_eq!(targets, expected.map(|(line, scope, branch)| (line, scope.to_owned(), branch)));
        assert_eq!(module.classes[0], Class { name: "Config".to_owned(), bases: vec!["Base".to_owned()] });
    }

    #[test]
    fn what_is_no_python_or_nested_without_end_is_survived() {
        for text in ["def (:\n  x = = 1", &"(".repeat(50_000), &"[".repeat(50_000), &"-".repeat(50_000), "\0"]
        {
            parse(Path::new("/a.py"), (*text).to_owned());
        }
    }
}
