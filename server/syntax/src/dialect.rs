//! The template languages, and how a text's own tags tell them apart.

mod clues;
mod detect;

pub use detect::detect;

/// The template language of a source. Where two languages read alike, the nearer one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Dialect {
    /// Jinja2 and what reads like it: Flask, Quart, `FastAPI`, `MiniJinja`, Tera, Ansible, Sphinx.
    Jinja,
    /// Nunjucks (Eleventy and others); read by Jinja's rules.
    Nunjucks,
    /// Twig (Symfony); read by Jinja's rules.
    Twig,
    /// Django templates.
    Django,
    /// Liquid (Jekyll, Shopify); read by Django's rules.
    Liquid,
    /// Tornado templates; read by Django's rules.
    Tornado,
    /// No template language of ours: plain HTML, or a foreign `{{ … }}` (Angular, Vue, Handlebars, Hugo).
    #[default]
    Plain,
}

/// The two sets of rules by which template blocks are cut out of text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Family {
    /// Brackets balance inside an output, strings may hold delimiters, tokens may span lines.
    Jinja,
    /// A block ends at the first closing delimiter; in Django itself it never spans lines.
    Django,
}

impl Dialect {
    /// All dialects.
    pub const ALL: [Self; 7] =
        [Self::Jinja, Self::Nunjucks, Self::Twig, Self::Django, Self::Liquid, Self::Tornado, Self::Plain];

    /// Its name in configuration and output.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Jinja => "jinja",
            Self::Nunjucks => "nunjucks",
            Self::Twig => "twig",
            Self::Django => "django",
            Self::Liquid => "liquid",
            Self::Tornado => "tornado",
            Self::Plain => "plain",
        }
    }

    /// The dialect of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|dialect| dialect.name() == name)
    }

    /// The rules it is lexed by.
    pub const fn family(self) -> Family {
        match self {
            Self::Jinja | Self::Nunjucks | Self::Twig => Family::Jinja,
            Self::Django | Self::Liquid | Self::Tornado | Self::Plain => Family::Django,
        }
    }
}

/// The delimiters of template blocks; Jinja lets a project choose them.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Delimiters {
    /// Of statements.
    pub statement: (String, String),
    /// Of outputs.
    pub output: (String, String),
    /// Of comments.
    pub comment: (String, String),
}

impl Default for Delimiters {
    fn default() -> Self {
        let pair = |open: &str, close: &str| (open.to_owned(), close.to_owned());
        Self { statement: pair("{%", "%}"), output: pair("{{", "}}"), comment: pair("{#", "#}") }
    }
}

impl Delimiters {
    /// Whether one of them holds the end of a line.
    pub(crate) fn span_lines(&self) -> bool {
        let pairs = [&self.statement, &self.output, &self.comment];
        pairs.iter().any(|(open, close)| open.contains('\n') || close.contains('\n'))
    }
}

/// What a text's own tags say of its dialect.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Detected {
    /// The dialect whose tags weigh most.
    pub dialect: Dialect,
    /// Whether the tags leave no doubt: no dialect of other rules comes near.
    pub certain: bool,
}
