//! The registry of helpers: template functions, filters, tags and variables that make an asset's URL.

use std::collections::HashSet;

/// How a helper is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum HelperKind {
    /// A call: `url_for(…)`, `request.url_for(…)`.
    Call,
    /// A tag: `{% static '…' %}`.
    Tag,
    /// A filter on the path: `{{ 'a.css'|url }}`.
    Filter,
    /// A variable or tag that yields a prefix; the path follows it: `{{ STATIC_URL }}a.css`.
    Prefix,
    /// A block whose inner references are a bundler's inputs: `{% compress css %}`, `{% assets %}`.
    Block,
    /// A subscript: `webpack['app.js']`.
    Subscript,
}

/// Where a helper's path stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PathArgument {
    /// In the keyword argument of that name, the endpoint being the first positional argument.
    Endpoint(&'static [&'static str]),
    /// In the keyword argument of that name.
    Keyword(String),
    /// In the positional argument of that number, from 0.
    Position(usize),
    /// It is the filter's input.
    Input,
    /// It is the text after the helper.
    Following,
    /// It names no path of a file (a bundle, an entry).
    None,
}

/// Whether a helper's URL changes with the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Versioning {
    /// Never by itself.
    Never,
    /// Always.
    Always,
    /// The project's settings decide; until they are read it is not known.
    Project,
}

/// One helper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Helper {
    /// Its name as written before the parenthesis, with its receiver (`request.url_for`).
    pub name: String,
    /// How it is written.
    pub kind: HelperKind,
    /// Where the path stands.
    pub path: PathArgument,
    /// Whether its URL changes with the file.
    pub versioning: Versioning,
}

/// The helpers known to a project: the built-in table, extended by its configuration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Registry {
    helpers: Vec<Helper>,
    /// The last word of each name.
    words: HashSet<String>,
}

impl Registry {
    /// The helper of that name and kind; of two, the one added last. A receiver in `name` that no entry
    /// names is passed over, so `request.url_for` is found as `url_for`.
    pub fn find(&self, kind: HelperKind, name: &str) -> Option<&Helper> {
        let exact =
            |name: &str| self.helpers.iter().rev().find(|helper| helper.kind == kind && helper.name == name);
        exact(name).or_else(|| name.strip_prefix("request.").and_then(exact))
    }

    /// The names of the helpers of a kind.
    pub fn names(&self, kind: HelperKind) -> impl Iterator<Item = &str> {
        self.helpers.iter().filter(move |helper| helper.kind == kind).map(|helper| helper.name.as_str())
    }

    /// Adds a helper; it is found before those of the same name and kind.
    pub fn add(&mut self, helper: Helper) {
        self.words.extend(words(&helper.name).last().map(str::to_owned));
        self.helpers.push(helper);
    }

    /// How many words of a block may be names of helpers, strings apart: each use of a helper has one of its own.
    pub(crate) fn mentions(&self, block: &str) -> usize {
        let code = outside_strings(block);
        code.flat_map(words).filter(|word| self.words.contains(*word)).count()
    }

    /// All helpers, the built-in ones first.
    pub fn iter(&self) -> impl Iterator<Item = &Helper> {
        self.helpers.iter()
    }
}

impl Default for Registry {
    fn default() -> Self {
        let mut registry = Self { helpers: Vec::new(), words: HashSet::new() };
        BUILT_IN.iter().flat_map(Row::helpers).for_each(|helper| registry.add(helper));
        registry
    }
}

/// The runs of letters, digits and underscores.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|letter: char| !letter.is_alphanumeric() && letter != '_').filter(|word| !word.is_empty())
}

/// The parts of a block that stand in no string.
fn outside_strings(block: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(block);
    std::iter::from_fn(move || {
        let text = rest?;
        let open = text.find(['"', '\'']).unwrap_or(text.len());
        let (part, string) = text.split_at(open);
        rest = (!string.is_empty()).then(|| &string[end_of_string(string)..]);
        Some(part)
    })
}

/// Where the string that starts a text ends, its quotes included; just behind the first where no other ends it.
fn end_of_string(text: &str) -> usize {
    let quote = text.as_bytes()[0];
    let mut escaped = false;
    let end = text.bytes().skip(1).position(|byte| {
        let ends = byte == quote && !escaped;
        escaped = byte == b'\\' && !escaped;
        ends
    });
    end.map_or(1, |end| end + 2)
}

/// A row of the built-in table: helpers that are written alike.
struct Row {
    names: &'static [&'static str],
    kind: HelperKind,
    path: Path,
    versioning: Versioning,
}

/// [`PathArgument`] as a constant.
#[derive(Clone, Copy)]
enum Path {
    Endpoint(&'static [&'static str]),
    Keyword(&'static str),
    First,
    Input,
    Following,
    None,
}

impl Row {
    fn helpers(&self) -> impl Iterator<Item = Helper> {
        let path = match self.path {
            Path::Endpoint(names) => PathArgument::Endpoint(names),
            Path::Keyword(name) => PathArgument::Keyword(name.to_owned()),
            Path::First => PathArgument::Position(0),
            Path::Input => PathArgument::Input,
            Path::Following => PathArgument::Following,
            Path::None => PathArgument::None,
        };
        self.names.iter().map(move |&name| Helper {
            name: name.to_owned(),
            kind: self.kind,
            path: path.clone(),
            versioning: self.versioning,
        })
    }
}

const fn row(names: &'static [&'static str], kind: HelperKind, path: Path, versioning: Versioning) -> Row {
    Row { names, kind, path, versioning }
}

/// The helpers of the frameworks and build tools, as their documentation names them.
static BUILT_IN: &[Row] = {
    use HelperKind::{Block, Call, Filter, Prefix, Subscript, Tag};
    use Versioning::{Always, Never, Project};
    &[
        // Flask, Quart, Sanic (`filename`); Starlette, FastAPI (`path`).
        row(&["url_for"], Call, Path::Endpoint(&["filename", "path"]), Never),
        // Flask-Static-Digest, Flask-Cache-Manifest.
        row(&["static_url_for", "hashed_url_for"], Call, Path::Endpoint(&["filename", "path"]), Always),
        row(&["url_for_asset"], Call, Path::First, Always),
        // Flask-Webpack, Flask-Mix, flask-webpack-loader.
        row(&["asset_url_for", "mix", "render_static"], Call, Path::First, Always),
        row(&["javascript_tag", "stylesheet_tag", "render_bundle"], Call, Path::None, Always),
        // Flask-WebpackExt.
        row(&["webpack"], Subscript, Path::None, Always),
        // Vite's integrations.
        row(
            &["vite_asset", "vite_asset_url", "vite", "vite_static", "vite_preload_asset"],
            Call,
            Path::None,
            Always,
        ),
        row(&["vite_tags", "vite_hmr_client", "vitejs", "vitecss"], Call, Path::None, Always),
        row(
            &["vite_asset", "vite_asset_url", "vite_preload_asset", "vite_legacy_asset"],
            Tag,
            Path::None,
            Always,
        ),
        // Django, django-jinja.
        row(&["static"], Tag, Path::First, Project),
        row(&["static"], Call, Path::First, Project),
        row(&["get_static_prefix", "get_media_prefix"], Tag, Path::Following, Never),
        row(&["STATIC_URL", "MEDIA_URL"], Prefix, Path::Following, Never),
        row(&["STATIC_PREFIX"], Prefix, Path::Following, Never),
        // Wagtail, django-sri, django-webpack-loader, NetBox.
        row(&["versioned_static", "sri_static", "static_with_params"], Tag, Path::First, Always),
        row(&["versioned_static"], Call, Path::First, Always),
        row(&["render_bundle", "webpack_static", "webpack_asset"], Tag, Path::None, Always),
        // django-pipeline.
        row(&["stylesheet", "javascript"], Tag, Path::None, Project),
        // django-compressor, webassets, django-pipeline's compressed blocks.
        row(&["compress", "assets"], Block, Path::None, Always),
        row(&["ASSET_URL"], Prefix, Path::None, Always),
        // Filters that projects write for themselves.
        row(&["autoversion", "auto_version", "cache_bust", "cachebust", "bust"], Filter, Path::Input, Always),
        row(&["versioned", "hashed", "fingerprint"], Filter, Path::Input, Always),
        // Tornado, JupyterHub.
        row(&["static_url"], Call, Path::First, Always),
        // Symfony, Laravel in Twig.
        row(&["asset"], Call, Path::First, Project),
        row(&["importmap", "encore_entry_link_tags", "encore_entry_script_tags"], Call, Path::None, Project),
        // Zola.
        row(&["get_url"], Call, Path::Keyword("path"), Project),
        // MkDocs, Eleventy: the filter makes a path relative to the page or adds the site's prefix.
        row(&["url"], Filter, Path::Input, Never),
        // Sphinx.
        row(&["pathto"], Call, Path::First, Project),
        // Liquid.
        row(&["relative_url", "absolute_url"], Filter, Path::Input, Never),
        row(&["asset_url"], Filter, Path::Input, Always),
    ]
};
