//! References: the places that name an asset, and how they are written.

use crate::{HelperKind, LinkRel, Literal, PathArgument, Piece, Place, Span, Url, Versioning};

/// A place that names an asset.
#[derive(Clone, Debug, PartialEq)]
pub struct Reference {
    /// The URL text, the call (`url_for(…)`) or the tag (`{% static … %}`); of a composite value the whole value.
    pub span: Span,
    /// Where it stands.
    pub place: Place,
    /// The URL, as literal and dynamic pieces.
    pub url: Url,
    /// How the text around the URL is quoted and escaped.
    pub quoting: Quoting,
    /// Why a browser never loads it from here; `None` for a live reference.
    pub inert: Option<Inert>,
    /// The blocks it stands in.
    pub enclosing: Enclosing,
    /// The tag, declaration, statement or template block that holds it: what a suppression on the line above means.
    pub container: Span,
    /// The value of an `integrity` attribute beside it.
    pub integrity: Option<Literal>,
}

/// How the text around a URL is quoted and escaped.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Quoting {
    /// The quote that delimits the URL text (of the attribute, the CSS or the script string); `None` if unquoted.
    pub quote: Option<char>,
    /// Whether character references (`&amp;`) are decoded in it.
    pub entities: bool,
    /// Whether CSS or JavaScript backslash escapes are decoded in it.
    pub backslashes: bool,
}

/// Why a reference is never loaded by a browser from where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Inert {
    /// In an HTML comment, and not made by a template block (those are rendered even there).
    HtmlComment,
    /// In a template comment.
    TemplateComment,
    /// In `{% raw %}` or `{% verbatim %}`.
    Raw,
    /// In `<pre>`, `<code>`, `<textarea>`, `<xmp>` or the like.
    Code,
    /// In `<template>`.
    HtmlTemplate,
    /// In `<noscript>`-like or conditional comments for browsers that are gone.
    ConditionalComment,
}

impl Inert {
    /// Why, for people.
    pub const fn reason(self) -> &'static str {
        match self {
            Self::HtmlComment => "in an HTML comment",
            Self::TemplateComment => "in a template comment",
            Self::Raw => "in a raw block",
            Self::Code => "in a code sample",
            Self::HtmlTemplate => "in a <template> element",
            Self::ConditionalComment => "in a conditional comment",
        }
    }
}

/// The template blocks around a reference that matter to a fix.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Enclosing {
    /// In `{% compress %}`, `{% assets %}` or the like: an input of a bundler.
    pub bundle: bool,
    /// In `{% trans %}`, `{% blocktrans %}`: the text is a translation key.
    pub translation: bool,
}

/// A helper as used in a source.
#[derive(Clone, Debug, PartialEq)]
pub struct HelperUse {
    /// The name as written, with its receiver (`request.url_for`).
    pub name: String,
    /// How it is written.
    pub kind: HelperKind,
    /// Whether its URL changes with the file; `None` for a helper that is in no registry.
    pub versioning: Option<Versioning>,
    /// The call without what is chained to it, the tag with its delimiters, or the variable.
    pub span: Span,
    /// The endpoint, where the helper takes one: `static`, `blog.static`, `.static`, or a route.
    pub endpoint: Option<Url>,
    /// The path; `None` where the helper names none that could be found.
    pub path: Option<Url>,
    /// Where the registry says that the path stands.
    pub path_argument: PathArgument,
    /// All arguments, in order, `endpoint` and `path` included.
    pub arguments: Vec<Argument>,
    /// Where the arguments end: the offset of `)`, or of a tag's closing delimiter; the end of what takes none.
    pub close: usize,
    /// Method calls chained to the call: `.include_query_params(v='…')`.
    pub chain: Vec<MethodCall>,
}

/// How an argument is unpacked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Star {
    /// A plain argument.
    #[default]
    None,
    /// `*args`.
    List,
    /// `**kwargs`.
    Dict,
}

/// One argument of a call or tag.
#[derive(Clone, Debug, PartialEq)]
pub struct Argument {
    /// The keyword, if it has one.
    pub name: Option<String>,
    /// Whether it is unpacked.
    pub star: Star,
    /// The whole argument, its keyword included.
    pub span: Span,
    /// The value's span, quotes included.
    pub value_span: Span,
    /// The value, as literal and dynamic pieces (a string's span is within the quotes; a number is a literal too, and
    /// `none` is empty).
    pub value: Url,
}

/// A method call chained to a helper's call.
#[derive(Clone, Debug, PartialEq)]
pub struct MethodCall {
    /// The method.
    pub name: String,
    /// From the dot to the closing parenthesis.
    pub span: Span,
    /// Its arguments.
    pub arguments: Vec<Argument>,
    /// The offset of `)`.
    pub close: usize,
}

impl Reference {
    /// Whether both would name the same file, wherever they stand: apart from expressions, whose values are not known,
    /// they read alike and stand in the like.
    pub fn names_the_same(&self, other: &Self) -> bool {
        self.place == other.place
            && self.inert == other.inert
            && self.url.reads_like(&other.url)
            && self.integrity.is_some() == other.integrity.is_some()
    }

    /// The helper that makes the URL, if one does.
    pub fn helper(&self) -> Option<&HelperUse> {
        self.url.pieces.iter().find_map(|piece| match piece {
            Piece::Helper(helper) => Some(&**helper),
            _ => None,
        })
    }

    /// The stable name of its form: `call:url_for`, `tag:static`, `filter:url` for a helper's URL, else the place's.
    pub fn form(&self) -> String {
        match self.helper() {
            Some(helper) => {
                let name = helper.name.strip_prefix("request.").unwrap_or(&helper.name);
                format!("{}:{name}", helper.kind.name())
            }
            None => self.place.name().to_owned(),
        }
    }

    /// Whether it is an icon of the page.
    pub const fn is_icon(&self) -> bool {
        matches!(self.place, Place::LinkHref(LinkRel::Icon | LinkRel::AppleTouchIcon | LinkRel::MaskIcon))
    }
}

impl HelperUse {
    /// Whether both make the same URL, wherever they stand; expressions count as alike.
    pub(crate) fn reads_like(&self, other: &Self) -> bool {
        let alike = |one: &Option<Url>, other: &Option<Url>| match (one, other) {
            (Some(one), Some(other)) => one.reads_like(other),
            (one, other) => one.is_none() && other.is_none(),
        };
        self.name == other.name
            && (self.kind, self.versioning) == (other.kind, other.versioning)
            && self.path_argument == other.path_argument
            && alike(&self.endpoint, &other.endpoint)
            && alike(&self.path, &other.path)
            && each_reads_like(&self.arguments, &other.arguments, Argument::reads_like)
            && each_reads_like(&self.chain, &other.chain, MethodCall::reads_like)
    }
}

impl Argument {
    fn reads_like(&self, other: &Self) -> bool {
        self.name == other.name && self.star == other.star && self.value.reads_like(&other.value)
    }
}

impl MethodCall {
    fn reads_like(&self, other: &Self) -> bool {
        self.name == other.name && each_reads_like(&self.arguments, &other.arguments, Argument::reads_like)
    }
}

/// Whether two lists are of one length and their items pairwise alike.
pub(crate) fn each_reads_like<T>(one: &[T], other: &[T], reads_like: impl Fn(&T, &T) -> bool) -> bool {
    one.len() == other.len() && one.iter().zip(other).all(|(one, other)| reads_like(one, other))
}

impl HelperKind {
    /// The first part of a form's name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Call => "call",
            Self::Tag => "tag",
            Self::Filter => "filter",
            Self::Prefix => "prefix",
            Self::Block => "block",
            Self::Subscript => "subscript",
        }
    }
}
