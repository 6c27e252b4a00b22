//! The macros that a Jinja template defines, and those that it imports without the context of its page.

use super::Block;
use super::rendered::{is, live};
use crate::Span;

/// A macro that a template defines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Macro {
    /// Its name.
    pub name: String,
    /// The statement that opens it, delimiters included.
    pub head: Span,
    /// All of it, both statements included.
    pub span: Span,
}

/// `{% import 'forms.html' as forms %}` or `{% from 'forms.html' import field %}` that hands no context on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Import {
    /// The statement, delimiters included.
    pub span: Span,
    /// The template's name, as it is written.
    pub template: String,
    /// What is imported.
    pub names: Names,
    /// The word `without` of `without context`; empty, at the end of what is written, where neither is.
    pub without: Span,
}

/// What an import makes known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Names {
    /// All of the template, under a name.
    All(String),
    /// These of its macros, whatever they are called here.
    Only(Vec<String>),
}

/// The macros of a template, in the order they end in.
pub(super) fn macros(text: &str, blocks: &[Block]) -> Vec<Macro> {
    let mut open: Vec<&Block> = Vec::new();
    let mut found = Vec::new();
    for block in live(blocks) {
        if is(text, block, "macro") {
            open.push(block);
        } else if is(text, block, "endmacro")
            && let Some(head) = open.pop()
        {
            let name = words(after_keyword(text, head).1).next().unwrap_or_default().to_owned();
            found.push(Macro { name, head: head.span, span: Span::new(head.span.start, block.span.end) });
        }
    }
    found
}

/// The imports of a template that hand no context on.
pub(super) fn imports(text: &str, blocks: &[Block]) -> Vec<Import> {
    live(blocks).filter_map(|block| import(text, block)).collect()
}

fn import(text: &str, block: &Block) -> Option<Import> {
    if !is(text, block, "import") && !is(text, block, "from") {
        return None;
    }
    let (start, rest) = after_keyword(text, block);
    let quote = rest.chars().next().filter(|first| matches!(first, '"' | '\''))?;
    let (template, tail) = rest[1..].split_once(quote)?;
    let end = start + rest.trim_end().len();
    let all: Vec<&str> = words(tail).collect();
    let (names, without) = match all.as_slice() {
        [.., "with", "context"] => return None,
        [names @ .., "without", "context"] => {
            let at = start + rest.rfind("without")?;
            (names, Span::new(at, at + "without".len()))
        }
        names => (names, Span::empty(end)),
    };
    let names = match names {
        ["as", alias] if is(text, block, "import") => Names::All((*alias).to_owned()),
        ["import", names @ ..] if is(text, block, "from") => Names::Only(originals(names)),
        _ => return None,
    };
    Some(Import { span: block.span, template: template.to_owned(), names, without })
}

/// The names before each `as`, and those without one.
fn originals(names: &[&str]) -> Vec<String> {
    let is_alias = |at: usize| names[at] == "as" || at > 0 && names[at - 1] == "as";
    (0..names.len()).filter(|&at| !is_alias(at)).map(|at| names[at].to_owned()).collect()
}

/// Where what follows a statement's keyword starts, and that text.
fn after_keyword<'text>(text: &'text str, block: &Block) -> (usize, &'text str) {
    let start = block.keyword.map_or(block.inner.start, |keyword| keyword.end);
    let rest = Span::new(start, block.inner.end).of(text);
    let trimmed = rest.trim_start();
    (block.inner.end - trimmed.len(), trimmed)
}

/// The runs of letters, digits and underscores.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|letter: char| !(letter.is_alphanumeric() || letter == '_')).filter(|word| !word.is_empty())
}
