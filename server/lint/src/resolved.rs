//! References with what the project says of them.

use cachelint_syntax::Reference;

use crate::Asset;

/// A reference and what it names.
#[derive(Clone, Debug, PartialEq)]
pub struct Resolved {
    /// The reference.
    pub reference: Reference,
    /// What it names.
    pub target: Target,
    /// Why the configuration leaves it alone (`ignore-assets`), for people; `None` where it is judged.
    pub exempt: Option<String>,
}

/// What a reference names.
#[derive(Clone, Debug, PartialEq)]
pub enum Target {
    /// A local static file.
    Asset(Box<Asset>),
    /// A file of a static root that is not there.
    Missing(Missing),
    /// A file that is not looked at: it lies outside the project, or could not be read. Why, for people.
    Unchecked(String),
    /// Another host.
    External,
    /// Known only when the page is rendered. Why, for people.
    Dynamic(String),
    /// The project decides, and what decides was not read. Why, for people.
    Unknown(String),
    /// No static file: a page, a route. Why, for people.
    Page(String),
}

/// An asset that was looked for and not found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Missing {
    /// The path below the static root: `css/stlye.css`.
    pub name: String,
    /// The folders looked in, relative to the project, with a trailing `/`; empty where no static root serves the URL.
    pub looked_in: Vec<String>,
    /// Whether absence is certain: a configured root that exists and holds files.
    pub certain: bool,
    /// Why absence proves nothing: git-ignored, build output, or made from a source beside it.
    pub excuse: Option<String>,
    /// Names below the same root to choose a suggestion from: same folder and extension first, bounded.
    pub candidates: Vec<String>,
}

impl Resolved {
    /// The asset, if it was found.
    pub fn asset(&self) -> Option<&Asset> {
        match &self.target {
            Target::Asset(asset) => Some(asset),
            _ => None,
        }
    }
}
