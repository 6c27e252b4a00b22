//! The part of Python's syntax that matters here, as plain values.

use std::path::PathBuf;

use cachelint_syntax::Span;

/// A module, flat: what it holds in the order of its text, at any depth.
#[derive(Clone, Debug, Default)]
pub(crate) struct Module {
    /// Its file, absolute.
    pub(crate) path: PathBuf,
    /// Its text.
    pub(crate) text: String,
    /// What it imports.
    pub(crate) imports: Vec<Import>,
    /// What it assigns.
    pub(crate) assignments: Vec<Assignment>,
    /// What it calls.
    pub(crate) calls: Vec<CallSite>,
    /// Its functions, methods included.
    pub(crate) functions: Vec<Function>,
    /// Its classes.
    pub(crate) classes: Vec<Class>,
}

/// One imported name: `import a.b as c`, `from ..a import b`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Import {
    /// The module, with the dots of a relative one: `..a`.
    pub(crate) module: String,
    /// The name taken from it; `None` where the module itself is imported, `*` for all.
    pub(crate) name: Option<String>,
    /// The name it is known by here.
    pub(crate) alias: String,
    /// The line, from 1.
    pub(crate) line: usize,
}

/// An assignment: `a = …`, `a.b["c"] += …`.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Assignment {
    /// What is assigned to.
    pub(crate) target: Expression,
    /// The value.
    pub(crate) value: Expression,
    /// Whether it adds to what was there (`+=`).
    pub(crate) augmented: bool,
    /// Whether it stands in a branch, so that it may not run.
    pub(crate) in_branch: bool,
    /// Where it stands.
    pub(crate) scope: Scope,
    /// The line, from 1.
    pub(crate) line: usize,
}

/// A call and where it stands.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct CallSite {
    /// The call.
    pub(crate) call: Call,
    /// The name that its value is bound to by the statement around it.
    pub(crate) bound_to: Option<String>,
    /// Where it stands.
    pub(crate) scope: Scope,
    /// Whether it stands in a branch, so that it may not run.
    pub(crate) in_branch: bool,
    /// The call, bytes of the module's text.
    pub(crate) span: Span,
    /// The line, from 1.
    pub(crate) line: usize,
}

/// A function.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Function {
    /// Its name.
    pub(crate) name: String,
    /// Its decorators, without `@`.
    pub(crate) decorators: Vec<Expression>,
    /// The names of its parameters, in order.
    pub(crate) parameters: Vec<String>,
    /// Its body, bytes of the module's text.
    pub(crate) body: Span,
    /// Where it stands.
    pub(crate) scope: Scope,
    /// Whether it stands in a branch, so that it may not be there.
    pub(crate) in_branch: bool,
    /// The line of its `def`, from 1.
    pub(crate) line: usize,
}

/// A class.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Class {
    /// Its name.
    pub(crate) name: String,
    /// Its bases as written: `flask.Flask`.
    pub(crate) bases: Vec<String>,
}

/// The functions and classes around a place, the outermost first, by name; empty at the top of a module.
pub(crate) type Scope = Vec<String>;

/// An expression.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Expression {
    /// A string without interpolations, its escapes resolved.
    Text(String),
    /// Parts put together by an f-string, by juxtaposition or by `+`.
    Joined(Vec<Expression>),
    /// An integer.
    Integer(i64),
    /// `True` or `False`.
    Boolean(bool),
    /// `None`.
    None,
    /// A name.
    Name(String),
    /// `a.b`.
    Attribute(Box<Expression>, String),
    /// `a[b]`.
    Subscript(Box<Expression>, Box<Expression>),
    /// A call.
    Call(Box<Call>),
    /// `a / b`.
    Divided(Box<Expression>, Box<Expression>),
    /// A list, tuple or set.
    List(Vec<Expression>),
    /// A dictionary; what it unpacks is left out.
    Dictionary(Vec<(Expression, Expression)>),
    /// Anything else.
    Other,
}

/// A call.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Call {
    /// What is called.
    pub(crate) function: Expression,
    /// Its positional arguments.
    pub(crate) positional: Vec<Expression>,
    /// Its keyword arguments.
    pub(crate) keywords: Vec<(String, Expression)>,
    /// Whether it unpacks arguments with `*` or `**`, so that it may be given more than is written.
    pub(crate) unpacks: bool,
}

impl Expression {
    /// A name with its attributes as written: `app.jinja_env.globals`; `None` for anything else.
    pub(crate) fn dotted(&self) -> Option<String> {
        match self {
            Self::Name(name) => Some(name.clone()),
            Self::Attribute(object, name) => Some(format!("{}.{name}", object.dotted()?)),
            _ => None,
        }
    }

    /// The text of a plain string.
    pub(crate) fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }
}

impl Call {
    /// What is called, as written: `app.register_blueprint`.
    pub(crate) fn name(&self) -> Option<String> {
        self.function.dotted()
    }

    /// The last part of what is called: `register_blueprint`.
    pub(crate) fn method(&self) -> Option<&str> {
        match &self.function {
            Expression::Name(name) | Expression::Attribute(_, name) => Some(name),
            _ => None,
        }
    }

    /// What a method is called on, as written: `app`.
    pub(crate) fn receiver(&self) -> Option<String> {
        match &self.function {
            Expression::Attribute(object, _) => object.dotted(),
            _ => None,
        }
    }

    /// The argument of a keyword.
    pub(crate) fn keyword(&self, name: &str) -> Option<&Expression> {
        self.keywords.iter().find(|(keyword, _)| keyword == name).map(|(_, value)| value)
    }

    /// The argument of a keyword or, where it is not given by name, at a position.
    pub(crate) fn argument(&self, position: usize, name: &str) -> Option<&Expression> {
        self.keyword(name).or_else(|| self.positional.get(position))
    }
}

impl Module {
    /// The text of a function's body.
    pub(crate) fn body(&self, function: &Function) -> &str {
        function.body.of(&self.text)
    }

    /// Whether it defines a class of that name.
    pub(crate) fn has_class(&self, name: &str) -> bool {
        self.classes.iter().any(|class| class.name == name)
    }
}
