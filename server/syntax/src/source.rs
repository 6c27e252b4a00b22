//! What extraction is given and what it answers.

use crate::scan::{Import, Macro, Rendered};
use crate::{Comment, Delimiters, Dialect, Reference, Registry, Span};

/// What a source is written in; one extraction serves all three.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum SourceKind {
    /// HTML, with or without template blocks.
    #[default]
    Template,
    /// A CSS file.
    Stylesheet,
    /// A JavaScript file.
    Script,
}

/// A text that can hold references.
#[derive(Clone, Copy, Debug)]
pub struct Source<'a> {
    /// The whole text, a byte order mark included.
    pub text: &'a str,
    /// What it is written in.
    pub kind: SourceKind,
    /// The template language in it.
    pub dialect: Dialect,
}

/// What extraction needs to know of the project.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExtractSettings {
    /// The helpers that make URLs.
    pub helpers: Registry,
    /// Attributes that hold a URL for a lazy loader (`data-src`, …), lower case.
    pub lazy_attributes: Vec<String>,
    /// Attributes that hold srcset candidates for a lazy loader (`data-srcset`), lower case.
    pub lazy_srcset_attributes: Vec<String>,
    /// The template delimiters, for the Jinja family.
    pub delimiters: Delimiters,
}

impl Default for ExtractSettings {
    fn default() -> Self {
        Self {
            helpers: Registry::default(),
            lazy_attributes: [
                "data-src",
                "data-background",
                "data-bg",
                "data-lazy",
                "data-lazy-src",
                "data-original",
            ]
            .map(String::from)
            .to_vec(),
            lazy_srcset_attributes: vec!["data-srcset".to_owned()],
            delimiters: Delimiters::default(),
        }
    }
}

/// What a source holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Extraction {
    /// The references, in the order of their spans.
    pub references: Vec<Reference>,
    /// The comments that mention `cachelint:`, in order.
    pub comments: Vec<Comment>,
    /// Whether the text holds any template block (an output, statement or comment of its dialect).
    pub has_blocks: bool,
    /// What of it is rendered.
    pub rendered: Rendered,
    /// The macros it defines.
    pub macros: Vec<Macro>,
    /// The imports of other templates' macros that hand no context on.
    pub imports: Vec<Import>,
    /// The `<base href>` of the page, if it is literal.
    pub base: Option<String>,
    /// Parts that were passed over, with the reason.
    pub skipped: Vec<Skipped>,
}

impl Extraction {
    /// Whether all that is rendered stands in `{% macro %}` definitions.
    pub fn macros_only(&self) -> bool {
        self.rendered == Rendered::Macros
    }

    /// What it holds beside its references.
    pub(crate) fn beside_references(&self) -> Self {
        // Named one by one, so that none is forgotten.
        let Self { references: _, comments, has_blocks, rendered, macros, imports, base, skipped } = self;
        Self {
            references: Vec::new(),
            comments: comments.clone(),
            has_blocks: *has_blocks,
            rendered: *rendered,
            macros: macros.clone(),
            imports: imports.clone(),
            base: base.clone(),
            skipped: skipped.clone(),
        }
    }

    /// Adds what the next section of the source holds.
    pub(crate) fn append(&mut self, next: Self) {
        let Self { references, comments, has_blocks, rendered, macros, imports, base, skipped } = next;
        self.references.extend(references);
        self.comments.extend(comments);
        self.has_blocks |= has_blocks;
        self.rendered = self.rendered.max(rendered);
        self.macros.extend(macros);
        self.imports.extend(imports);
        self.base = self.base.take().or(base);
        self.skipped.extend(skipped);
    }
}

/// A part of a source that was not analysed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Skipped {
    /// The part.
    pub span: Span,
    /// Why, for people: a clause without a final period.
    pub reason: String,
}
