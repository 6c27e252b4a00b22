//! The dialect of a source: configuration, then its extension, then the project around it, then its own tags.

use std::path::Path;

use cachelint_syntax::dialect::detect;
use cachelint_syntax::{Dialect, SourceKind};

use crate::Config;
use crate::surroundings::{Evidence, Framework};
use crate::world::World;

/// A dialect and what decided it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Decision {
    /// The dialect.
    pub(crate) dialect: Dialect,
    /// What decided it, for people.
    pub(crate) reason: String,
}

/// What the project around a source tells of it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Around {
    /// The framework, where the nearest evidence agrees on one.
    pub(crate) framework: Option<Evidence>,
    /// Delimiters of their own that its Python sets: the openings, and where.
    pub(crate) openings: Vec<crate::surroundings::Opening>,
}

/// How many folders below the project's are searched for Python where none above the template holds any.
const FOLDERS_BELOW: usize = 80;

/// What a source at `path` is written in.
pub(crate) fn kind(path: &Path) -> SourceKind {
    match extension(path).as_str() {
        "css" => SourceKind::Stylesheet,
        "js" | "mjs" | "cjs" => SourceKind::Script,
        _ => SourceKind::Template,
    }
}

/// Decides the dialect of `text` at `path`.
pub(crate) fn decide(config: &Config, around: &Around, path: &Path, text: &str) -> Decision {
    by_config(config, path).or_else(|| by_extension(path)).unwrap_or_else(|| by_project_or_tags(around, text))
}

/// The project, unless the tags leave no doubt that this file is cut by other rules; without a project the tags.
fn by_project_or_tags(around: &Around, text: &str) -> Decision {
    let Some(evidence) = &around.framework else { return by_tags(text) };
    let dialect = evidence.framework.dialect();
    match detect(text).filter(|tags| tags.certain && tags.dialect.family() != dialect.family()) {
        Some(tags) => Decision {
            dialect: tags.dialect,
            reason: format!("its tags are those of {}, although {}", tags.dialect.name(), evidence.reason),
        },
        None => Decision { dialect, reason: evidence.reason.clone() },
    }
}

/// Whether a generator or a framework makes the page even of a source that holds no template tag: its extension says
/// so, or it opens with front matter.
pub(crate) fn is_rendered(path: &Path, text: &str) -> bool {
    let front_matter = text.strip_prefix("---").is_some_and(|rest| rest.starts_with(['\n', '\r']));
    front_matter || by_extension(path).is_some()
}

fn by_config(config: &Config, path: &Path) -> Option<Decision> {
    let glob = config.dialects.iter().find(|glob| glob.globs.matches(path))?;
    Some(Decision { dialect: glob.dialect, reason: format!("the configuration says so of {}", glob.text) })
}

fn by_extension(path: &Path) -> Option<Decision> {
    let extension = extension(path);
    let dialect = match extension.as_str() {
        "jinja" | "jinja2" | "j2" | "tera" => Dialect::Jinja,
        "njk" => Dialect::Nunjucks,
        "twig" => Dialect::Twig,
        "djhtml" => Dialect::Django,
        "liquid" => Dialect::Liquid,
        _ => return None,
    };
    Some(Decision { dialect, reason: format!("its extension is .{extension}") })
}

fn by_tags(text: &str) -> Decision {
    match detect(text).map(|tags| tags.dialect) {
        None => Decision { dialect: Dialect::Plain, reason: "it holds no template tags".to_owned() },
        Some(Dialect::Plain) => Decision {
            dialect: Dialect::Plain,
            reason: "its tags are of no language that is read".to_owned(),
        },
        Some(dialect) => Decision { dialect, reason: format!("its tags are those of {}", dialect.name()) },
    }
}

/// The last extension in lower case.
pub(crate) fn extension(path: &Path) -> String {
    path.extension().map(|extension| extension.to_string_lossy().to_ascii_lowercase()).unwrap_or_default()
}

/// What stands around the sources of `folder`, up to the project folder.
pub(crate) fn around(world: &World, project: &Path, folder: &Path) -> Around {
    let above = folder.ancestors().take_while(|folder| folder.starts_with(project));
    let facts: Vec<_> = above.map(|folder| world.surroundings.of(&world.folders, folder)).collect();
    let mut around = Around {
        framework: facts
            .iter()
            .find(|facts| !facts.frameworks.is_empty())
            .and_then(|facts| agreed(&facts.frameworks)),
        openings: facts.iter().flat_map(|facts| facts.openings.iter().cloned()).collect(),
    };
    if facts.iter().all(|facts| facts.frameworks.is_empty()) {
        around.framework = world.below(project, || below(world, project));
    }
    around
}

/// The one framework that files of a folder agree on; `None` where they name template languages that differ.
fn agreed(frameworks: &[Evidence]) -> Option<Evidence> {
    let first = frameworks.iter().min_by_key(|evidence| evidence.framework)?;
    let jinja_beside_django = first.framework == Framework::Django
        && frameworks.iter().any(|evidence| evidence.framework == Framework::Jinja);
    (!jinja_beside_django).then(|| first.clone())
}

fn below(world: &World, project: &Path) -> Option<Evidence> {
    let mut found = Vec::new();
    world.walk_folders(project, FOLDERS_BELOW, |folder| {
        found.extend(world.surroundings.of(&world.folders, folder).frameworks.iter().cloned());
        true
    });
    agreed(&found)
}

impl Framework {
    /// The language of its templates.
    pub(crate) const fn dialect(self) -> Dialect {
        match self {
            Self::Flask | Self::Quart | Self::FastApi | Self::Starlette | Self::Jinja | Self::Zola => {
                Dialect::Jinja
            }
            Self::Django => Dialect::Django,
            Self::Tornado => Dialect::Tornado,
            Self::Nunjucks => Dialect::Nunjucks,
            Self::Twig => Dialect::Twig,
            Self::Jekyll => Dialect::Liquid,
        }
    }
}
