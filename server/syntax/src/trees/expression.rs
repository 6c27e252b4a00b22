//! Template expressions as URLs: which helper a block calls, with which path, and what is not known.

use std::sync::Arc;

use tree_sitter::{Node, Tree};

use crate::decode::{Backslashes, Escapes, decode};
use crate::dialect::Family;
use crate::extract::Extractor;
use crate::scan::{Block, BlockKind};
use crate::trees::memo::Trees;
use crate::trees::parse::{Grammar, is_shallow, parse, walk};
use crate::value::MOST_BRANCHES;
use crate::{
    Argument, Helper, HelperKind, HelperUse, Literal, MethodCall, PathArgument, Piece, Registry, Span, Star,
    Url,
};

/// A helper in a block.
#[derive(Clone, Debug)]
pub(crate) struct FoundHelper {
    /// The helper.
    pub helper: HelperUse,
    /// Whether its URL is what the block yields or binds, or something else's argument.
    pub depth: Depth,
    /// Whether a tag stores it under a name: `{% static '…' as name %}`.
    pub stored: bool,
}

/// How deep in an expression something stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Depth {
    /// Its value is the block's.
    Top,
    /// It is an argument, an item or an operand.
    Nested,
}

/// The URLs that a block which yields text can become: one for each branch of its inline conditions.
pub(crate) fn urls(extractor: &Extractor<'_>, block: &Block, inner: &str) -> Vec<Url> {
    if block.kind == BlockKind::Output && is_name(inner) && extractor.settings.helpers.mentions(inner) == 0 {
        return vec![unknown(block.span)];
    }
    // Its URLs are kept, so its tree need not be.
    let Some(tree) = BlockTree::parse(extractor, block, None) else { return vec![unknown(block.span)] };
    let reader = tree.reader(extractor);
    match block.kind {
        BlockKind::Output => {
            tree.expression().map_or_else(|| vec![unknown(block.span)], |node| reader.urls(node))
        }
        _ => vec![reader.tag(&tree, block).map_or_else(|| unknown(block.span), one)],
    }
}

/// The helpers that a block uses anywhere, those of the registry only.
pub(crate) fn helpers(extractor: &Extractor<'_>, block: &Block) -> Vec<FoundHelper> {
    let Some(tree) = BlockTree::parse(extractor, block, extractor.trees) else { return Vec::new() };
    let reader = tree.reader(extractor);
    let mut found = Vec::new();
    if block.kind == BlockKind::Statement
        && let Some(helper) = reader.tag(&tree, block).filter(|helper| helper.versioning.is_some())
    {
        found.push(FoundHelper { helper, depth: Depth::Top, stored: tree.stores() });
    }
    walk(&tree.tree, |node, _| {
        if matches!(node.kind(), "call" | "filter")
            && let Some(helper) = reader.helper(node).filter(|helper| helper.versioning.is_some())
        {
            let depth = depth(node);
            found.push(FoundHelper { helper, depth, stored: false });
        }
        true
    });
    found
}

fn depth(node: Node<'_>) -> Depth {
    let mut inner = node;
    while let Some(outer) = inner.parent() {
        match outer.kind() {
            "output" | "statement" | "template" | "assignment" => return Depth::Top,
            "parenthesized" | "attribute" => {}
            "conditional" if outer.child_by_field_name("condition") != Some(inner) => {}
            "filter" if outer.child_by_field_name("value") == Some(inner) => {}
            "call" if outer.child_by_field_name("function") == Some(inner) => {}
            _ => return Depth::Nested,
        }
        inner = outer;
    }
    Depth::Top
}

fn one(helper: HelperUse) -> Url {
    Url { pieces: vec![Piece::Helper(Arc::new(helper))] }
}

fn unknown(span: Span) -> Url {
    Url { pieces: vec![Piece::Dynamic(span)] }
}

/// Whether an output is a variable, an attribute or one of those with filters: `item.title|upper`.
fn is_name(inner: &str) -> bool {
    let inner = inner.trim();
    inner.starts_with(|first: char| first.is_alphabetic() || first == '_')
        && inner.chars().all(|letter| letter.is_alphanumeric() || matches!(letter, '_' | '.' | '|'))
}

/// A block as our grammar reads it, whatever its delimiters are.
struct BlockTree {
    tree: Tree,
    text: String,
    /// Where the inner text stands in the source.
    inner: Span,
}

/// A block whose expression nests deeper is not read.
const DEEPEST: usize = 300;

/// The length of the delimiters that the grammar knows.
const DELIMITER: usize = 2;

impl BlockTree {
    fn parse(extractor: &Extractor<'_>, block: &Block, trees: Option<&Trees>) -> Option<Self> {
        let inner = block.inner.of(extractor.source.text);
        let text = match block.kind {
            BlockKind::Output => format!("{{{{{inner}}}}}"),
            BlockKind::Statement => format!("{{%{inner}%}}"),
            BlockKind::Comment | BlockKind::Raw => return None,
        };
        let grammar = match extractor.source.dialect.family() {
            Family::Jinja => Grammar::Jinja,
            Family::Django => Grammar::Django,
        };
        let tree = parse(trees, grammar, &text).filter(|tree| is_shallow(tree, DEEPEST))?;
        Some(Self { tree, text, inner: block.inner })
    }

    fn reader<'a>(&'a self, extractor: &'a Extractor<'_>) -> Reader<'a> {
        Reader { text: &self.text, inner: self.inner, helpers: &extractor.settings.helpers }
    }

    fn block(&self) -> Option<Node<'_>> {
        self.tree.root_node().named_child(0)
    }

    fn expression(&self) -> Option<Node<'_>> {
        let output = self.block().filter(|node| node.kind() == "output")?;
        let only = output.named_child(0)?;
        (output.named_child_count() == 1 && !output.has_error()).then_some(only)
    }

    /// Whether the statement ends in `as name`.
    fn stores(&self) -> bool {
        let Some(statement) = self.block() else { return false };
        (0..).map_while(|index| statement.named_child(index)).any(|child| child.kind() == "alias")
    }
}

/// Reads expressions of one block.
struct Reader<'a> {
    text: &'a str,
    inner: Span,
    helpers: &'a Registry,
}

impl<'a> Reader<'a> {
    fn span(&self, node: Node<'_>) -> Span {
        let range = node.byte_range();
        Span::new(self.source(range.start), self.source(range.end))
    }

    /// The source offset of an offset of the block's text.
    fn source(&self, offset: usize) -> usize {
        (offset + self.inner.start).saturating_sub(DELIMITER)
    }

    fn raw(&self, node: Node<'_>) -> &'a str {
        self.text.get(node.byte_range()).unwrap_or_default()
    }

    fn field<'tree>(node: Node<'tree>, name: &str) -> Option<Node<'tree>> {
        node.child_by_field_name(name)
    }

    /// The URLs that an expression's value can be; more than can be told apart are not known.
    fn urls(&self, node: Node<'_>) -> Vec<Url> {
        let urls = self.all_urls(node);
        if urls.len() > MOST_BRANCHES { self.dynamic(node) } else { urls }
    }

    fn all_urls(&self, node: Node<'_>) -> Vec<Url> {
        match node.kind() {
            "string" => vec![self.string(node)],
            "number" => vec![Url::literal(Literal::verbatim(self.raw(node), self.span(node)))],
            "parenthesized" => {
                node.named_child(0).map_or_else(|| self.dynamic(node), |inner| self.urls(inner))
            }
            "conditional" => self.conditional(node),
            "binary" => self.binary(node),
            "filter" => self.filter(node),
            "call" | "subscript" | "name" | "attribute" => match self.helper(node) {
                Some(helper) => vec![one(helper)],
                None => self.dynamic(node),
            },
            _ => self.dynamic(node),
        }
    }

    fn dynamic(&self, node: Node<'_>) -> Vec<Url> {
        vec![unknown(self.span(node))]
    }

    fn string(&self, node: Node<'_>) -> Url {
        let raw = self.raw(node);
        let content = raw.get(1..raw.len().saturating_sub(1)).unwrap_or_default();
        let escapes = Escapes { entities: false, backslashes: Backslashes::Script };
        Url::literal(decode(content, self.source(node.start_byte()) + 1, escapes))
    }

    /// `a if c else b`; without `else` the other branch is empty.
    fn conditional(&self, node: Node<'_>) -> Vec<Url> {
        let branches = ["value", "alternative"].into_iter().filter_map(|name| Self::field(node, name));
        branches.flat_map(|branch| self.urls(branch)).collect()
    }

    /// `a ~ b` and `a + b` are joined; of other operators the value is not known.
    fn binary(&self, node: Node<'_>) -> Vec<Url> {
        let operands = Self::field(node, "left").zip(Self::field(node, "right"));
        let operator = Self::field(node, "operator").map_or("", |operator| self.raw(operator));
        match operands {
            Some((left, right)) if matches!(operator, "~" | "+") => {
                let rights = self.urls(right);
                let join = |left: &Url, right: &Url| Url {
                    pieces: left.pieces.iter().chain(&right.pieces).cloned().collect(),
                };
                let lefts = self.urls(left);
                lefts.iter().flat_map(|left| rights.iter().map(move |right| join(left, right))).collect()
            }
            _ => self.dynamic(node),
        }
    }

    fn filter(&self, node: Node<'_>) -> Vec<Url> {
        let Some(value) = Self::field(node, "value") else { return self.dynamic(node) };
        let name = Self::field(node, "name").map_or("", |name| self.raw(name));
        if TRANSPARENT_FILTERS.contains(&name) {
            return self.urls(value);
        }
        if name == "add"
            && let Some(argument) = Self::field(node, "arguments").and_then(first_argument)
        {
            let joined = self.urls(value).into_iter().zip(self.urls(argument));
            return joined
                .map(|(left, right)| Url { pieces: [left.pieces, right.pieces].concat() })
                .collect();
        }
        self.helper(node).map_or_else(|| self.dynamic(node), |helper| vec![one(helper)])
    }

    /// The helper that a call, filter, subscript or variable is; a call of an unlisted function too.
    fn helper(&self, node: Node<'_>) -> Option<HelperUse> {
        match node.kind() {
            "call" => self.call(node),
            "filter" => {
                let name = self.raw(Self::field(node, "name")?);
                let helper = self.helpers.find(HelperKind::Filter, name)?;
                let value = Self::field(node, "value")?;
                let path = self.urls(value).into_iter().next();
                Some(HelperUse { path, ..self.usage(node, helper, Vec::new(), self.span(node).end) })
            }
            "subscript" => {
                let helper =
                    self.helpers.find(HelperKind::Subscript, self.raw(Self::field(node, "object")?))?;
                Some(self.usage(node, helper, Vec::new(), self.span(node).end))
            }
            "name" | "attribute" => {
                let name = self.raw(node);
                let last = name.rsplit('.').next().unwrap_or(name);
                let found = self.helpers.find(HelperKind::Prefix, name);
                let helper = found.or_else(|| self.helpers.find(HelperKind::Prefix, last))?;
                Some(self.usage(node, helper, Vec::new(), self.span(node).end))
            }
            _ => None,
        }
    }

    /// A call: of a helper, of a method of a helper's URL, or of an unlisted function.
    fn call(&self, node: Node<'_>) -> Option<HelperUse> {
        let function = Self::field(node, "function")?;
        let arguments_node = Self::field(node, "arguments")?;
        let arguments = self.arguments(arguments_node);
        let close = self.close(arguments_node);
        let name: String = self.raw(function).split_ascii_whitespace().collect();
        if function.kind() == "attribute"
            && self.helpers.find(HelperKind::Call, &name).is_none()
            && let Some(object) = Self::field(function, "object").filter(|object| object.kind() == "call")
        {
            return self.chained(node, object, function, arguments, close);
        }
        if !matches!(function.kind(), "name" | "attribute") || name.contains(['(', '\'', '"']) {
            return None;
        }
        let Some(helper) = self.helpers.find(HelperKind::Call, &name) else {
            return Some(self.unlisted(node, &name, arguments, close));
        };
        Some(HelperUse { name, ..self.usage(node, helper, arguments, close) })
    }

    fn close(&self, arguments: Node<'_>) -> usize {
        let raw = self.raw(arguments);
        self.source(arguments.end_byte()) - usize::from(raw.ends_with(')'))
    }

    /// `url_for(…).include_query_params(…)`: the call with the method chained to it.
    fn chained(
        &self,
        node: Node<'_>,
        object: Node<'_>,
        function: Node<'_>,
        arguments: Vec<Argument>,
        close: usize,
    ) -> Option<HelperUse> {
        let mut helper = self.call(object)?;
        let method = Self::field(function, "name")?;
        helper.chain.push(MethodCall {
            name: self.raw(method).to_owned(),
            span: Span::new(self.span(object).end, self.span(node).end),
            arguments,
            close,
        });
        Some(helper)
    }

    fn unlisted(&self, node: Node<'_>, name: &str, arguments: Vec<Argument>, close: usize) -> HelperUse {
        HelperUse {
            name: name.to_owned(),
            kind: HelperKind::Call,
            versioning: None,
            span: self.span(node),
            endpoint: None,
            path: None,
            path_argument: PathArgument::None,
            arguments,
            close,
            chain: Vec::new(),
        }
    }

    fn usage(&self, node: Node<'_>, helper: &Helper, arguments: Vec<Argument>, close: usize) -> HelperUse {
        let named = |name: &str| arguments.iter().find(|it| it.name.as_deref() == Some(name));
        let positional = |number: usize| {
            arguments.iter().filter(|it| it.name.is_none() && it.star == Star::None).nth(number)
        };
        let (endpoint, path) = match &helper.path {
            PathArgument::Endpoint(names) => {
                let endpoint = positional(0).or_else(|| named("endpoint")).or_else(|| named("name"));
                (endpoint, names.iter().find_map(|name| named(name)).or_else(|| positional(1)))
            }
            PathArgument::Keyword(name) => (None, named(name)),
            PathArgument::Position(number) => {
                let only_keyword =
                    || arguments.iter().find(|it| matches!(it.name.as_deref(), Some("filename" | "path")));
                (None, positional(*number).or_else(only_keyword))
            }
            PathArgument::Input | PathArgument::Following | PathArgument::None => (None, None),
        };
        HelperUse {
            name: helper.name.clone(),
            kind: helper.kind,
            versioning: Some(helper.versioning),
            span: self.span(node),
            endpoint: endpoint.map(|argument| argument.value.clone()),
            path: path.map(|argument| argument.value.clone()),
            path_argument: helper.path.clone(),
            arguments,
            close,
            chain: Vec::new(),
        }
    }

    fn arguments(&self, node: Node<'_>) -> Vec<Argument> {
        let mut cursor = node.walk();
        node.named_children(&mut cursor).map(|child| self.argument(child)).collect()
    }

    fn argument(&self, node: Node<'_>) -> Argument {
        let (name, star, value) = match node.kind() {
            "keyword_argument" => {
                let name = Self::field(node, "name").map(|name| self.raw(name).to_owned());
                (name, Star::None, Self::field(node, "value").unwrap_or(node))
            }
            "list_splat" => (None, Star::List, node),
            "dictionary_splat" => (None, Star::Dict, node),
            _ => (None, Star::None, node),
        };
        let mut urls = match star {
            Star::None if matches!(self.raw(value), "none" | "None") => vec![Url::default()],
            Star::None => self.urls(value),
            Star::List | Star::Dict => self.dynamic(node),
        };
        let value_url = if urls.len() == 1 { urls.remove(0) } else { unknown(self.span(value)) };
        Argument { name, star, span: self.span(node), value_span: self.span(value), value: value_url }
    }

    /// The helper that a tag is; an unlisted tag too. `None` for a statement that is no helper.
    fn tag(&self, tree: &BlockTree, block: &Block) -> Option<HelperUse> {
        let statement = tree.block().filter(|node| node.kind() == "statement")?;
        let keyword = Self::field(statement, "keyword")?;
        let name = self.raw(keyword);
        let mut cursor = statement.walk();
        let words = statement
            .named_children(&mut cursor)
            .filter(|child| *child != keyword && child.kind() != "alias");
        let arguments: Vec<_> = words.map(|child| self.argument(child)).collect();
        let close = block.inner.end;
        let usage = match self.helpers.find(HelperKind::Tag, name) {
            Some(helper) => self.usage(statement, helper, arguments, close),
            None if name == "url" || name == "path" => return None,
            None => self.unlisted(statement, name, arguments, close),
        };
        Some(HelperUse { kind: HelperKind::Tag, span: block.span, ..usage })
    }
}

fn first_argument(arguments: Node<'_>) -> Option<Node<'_>> {
    match arguments.kind() {
        "arguments" => arguments.named_child(0),
        _ => Some(arguments),
    }
}

/// Filters that leave a URL as it is.
const TRANSPARENT_FILTERS: &[&str] =
    &["e", "escape", "force_escape", "forceescape", "safe", "string", "trim", "escapejs", "raw", "iriencode"];
