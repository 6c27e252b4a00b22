//! The keys of `cachelint.toml`. Their documentation here is that of the JSON Schema and of `cachelint init`.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::json;

use super::values::{
    AlgorithmName, CdnName, DialectName, GlobText, HelperKindName, HexLength, LevelName, LineEndingsName,
    RuleName, Size, SourceName, StrategyName, UrlPrefix, VersionsName,
};

/// Configuration of cachelint: `cachelint.toml`, or `[tool.cachelint]` in `pyproject.toml`.
/// Of several, the nearest above a template holds for it.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
#[schemars(title = "cachelint.toml")]
pub(super) struct File {
    /// Another configuration that this one adds to; the path starts from this file's folder.
    /// Tables are merged key by key, any other value here takes the place of the other's.
    #[schemars(example = "../cachelint.toml")]
    pub extend: Option<String>,

    /// Which files are templates, as globs from this file's folder. A glob without `/` means a name in any folder.
    #[schemars(extend("default" = [
        "*.html", "*.htm", "*.xhtml", "*.jinja", "*.jinja2", "*.j2", "*.djhtml", "*.njk", "*.twig", "*.tera"
    ]))]
    pub templates: Option<Vec<GlobText>>,

    /// Templates that are not checked, as globs; paths named on the command line are checked all the same.
    #[schemars(extend("default" = []), example = json!(["legacy/**"]))]
    pub exclude: Option<Vec<GlobText>>,

    /// Templates that are read but not judged, as globs: the URLs of an e-mail are not a browser's.
    #[schemars(extend("default" = ["**/{email,emails,mail,newsletter}*/**"]))]
    pub exempt: Option<Vec<GlobText>>,

    /// Assets that are never reported, as globs of their names below the static root.
    #[schemars(extend("default" = []), example = json!(["vendor/**"]))]
    pub ignore_assets: Option<Vec<GlobText>>,

    /// Attributes that hold a URL for a lazy loader.
    #[schemars(extend("default" = [
        "data-src", "data-background", "data-bg", "data-lazy", "data-lazy-src", "data-original"
    ]))]
    pub lazy_attributes: Option<Vec<String>>,

    /// How the line endings of text assets are hashed: "as-is", or "lf" where a checkout may change them.
    #[schemars(extend("default" = "as-is"))]
    pub line_endings: Option<LineEndingsName>,

    /// Files beyond this size are hashed only where a version must be checked or written.
    #[schemars(extend("default" = "64 MB"))]
    pub max_hash_size: Option<Size>,

    /// Which form of a version fixes prefer: "query" (?v=3f2a9c1b), "filename" (style.3f2a9c1b.css, for which the server
    /// must serve style.css), "helper" (the project's own, where it has one), or "auto": what the project does already.
    #[schemars(extend("default" = "auto"))]
    pub strategy: Option<StrategyName>,

    /// The CDN in front of the static files.
    #[schemars(example = &"cloudfront")]
    pub cdn: Option<CdnName>,

    /// Whether that CDN serves one copy for all queries, where it is set up otherwise than by default, or has no default
    /// that is known (azure-front-door, keycdn).
    #[schemars(example = true)]
    pub cdn_ignores_query: Option<bool>,

    /// How a version is written.
    pub version: Option<Version>,

    /// The static roots: a URL prefix, and the folder behind it or several in the order they are looked in.
    /// A prefix may name a host, as a CDN's does. Without this the folders are found by convention.
    #[schemars(example = json!({ "/static/": "app/static", "https://cdn.example.com/": ["dist", "public"] }))]
    pub static_roots: Option<BTreeMap<UrlPrefix, Folders>>,

    /// The template language of files, by glob (the longest that matches holds): jinja, nunjucks, twig, django, liquid, tornado or plain.
    #[schemars(example = json!({ "legacy/**": "django" }))]
    pub dialects: Option<BTreeMap<GlobText, DialectName>>,

    /// The delimiters of Jinja blocks, where the project chose its own.
    #[schemars(example = json!({ "statement": ["[%", "%]"], "output": ["[[", "]]"], "comment": ["[#", "#]"] }))]
    pub delimiters: Option<Delimiters>,

    /// The levels of rules: off, hint, info, warning or error.
    #[schemars(example = json!({ "manual-version": "info" }))]
    pub levels: Option<BTreeMap<RuleName, LevelName>>,

    /// Levels for some templates only; where several match, the last one holds.
    #[schemars(example = json!([{ "paths": ["admin/**"], "levels": { "unversioned-reference": "off" } }]))]
    pub overrides: Option<Vec<Override>>,

    /// Further helpers: template functions, tags, filters or variables that make an asset's URL.
    #[schemars(example = json!([{ "name": "cdn_url", "kind": "call", "path": 0, "versions": "never" }]))]
    pub helpers: Option<Vec<HelperEntry>>,
}

/// One folder, or several in the order they are looked in; the paths start from the configuration's folder.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(untagged, expecting = "must be a folder or a list of folders")]
#[schemars(inline)]
pub(super) enum Folders {
    /// One folder.
    One(String),
    /// Several.
    Several(Vec<String>),
}

/// How a version is written.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
#[schemars(inline)]
pub(super) struct Version {
    /// What it is made of: "content" (a digest), "git" (the id that git gives the content), or "mtime" (when the file was
    /// modified, which only the helper of `cachelint add-helper` writes; a template has a digest of the content then too,
    /// for every checkout sets the time anew). A commit's id is none of them: no template can hold that of its own commit.
    #[schemars(extend("default" = "content"))]
    pub source: Option<SourceName>,
    /// The digest of the content that it is cut from: sha256, sha1 or md5. Git's id is a SHA-1 of its own.
    #[schemars(extend("default" = "sha256"))]
    pub algorithm: Option<AlgorithmName>,
    /// How many hexadecimal characters of the digest are written, 4 to 64.
    #[schemars(extend("default" = 8))]
    pub length: Option<HexLength>,
    /// The query parameter that holds it.
    #[schemars(extend("default" = "v"))]
    pub parameter: Option<String>,
}

/// The opening and closing delimiters of template blocks.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
#[schemars(inline)]
pub(super) struct Delimiters {
    /// Of statements.
    pub statement: Option<(String, String)>,
    /// Of outputs.
    pub output: Option<(String, String)>,
    /// Of comments.
    pub comment: Option<(String, String)>,
}

/// Levels for some templates only.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
#[schemars(inline)]
pub(super) struct Override {
    /// The templates, as globs.
    pub paths: Vec<GlobText>,
    /// The levels of rules in them.
    pub levels: BTreeMap<RuleName, LevelName>,
}

/// A helper of the project.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
#[schemars(inline)]
pub(super) struct HelperEntry {
    /// Its name as templates write it.
    pub name: String,
    /// How it is written: call, tag, filter, prefix, block or subscript.
    pub kind: HelperKindName,
    /// Where the path stands: the number of an argument from 0, the keyword of one, "endpoint" (as `url_for`), or "none".
    /// A filter's path is its input and a prefix's the text behind it.
    pub path: Option<PathEntry>,
    /// Whether the URL it makes changes with the file: always, never, or as the project's settings say.
    pub versions: VersionsName,
}

/// Where a helper's path stands.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(untagged)]
#[schemars(inline)]
pub(super) enum PathEntry {
    /// In a positional argument, counted from 0.
    Position(usize),
    /// In a keyword argument; or `endpoint`, `none`.
    Name(String),
}
