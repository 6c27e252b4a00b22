//! From a source's text to its references, resolved.

use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use cachelint_lint::{
    HashedNames, HelperForm, Mount, PlainImport, Resolved, Sectioned, Settings, StaticHelper, Strategy,
    Target, UrlFor, map_each,
};
use cachelint_syntax::{Dialect, Extraction, Place, Reference, Source, SourceKind};

use crate::dialect::{self, Around};
use crate::frameworks::{Root, View, bundlers};
use crate::kept::Kept;
use crate::resolve::{self, Context, Stamps};
use crate::surroundings::Framework;
use crate::world::World;
use crate::{
    Config, ConfigError, Project, cycles, frameworks, imports, manifests, roots, serving, undefined,
};

/// A source with its references resolved.
#[derive(Clone, Debug, Default)]
pub struct Analysis {
    /// The source, absolute.
    pub path: PathBuf,
    /// The template language.
    pub dialect: Dialect,
    /// What decided the language, for people: `app.py imports flask`.
    pub dialect_reason: String,
    /// What it is written in.
    pub kind: SourceKind,
    /// What it holds beside its references, which are in `resolved`; empty where it was not analysed.
    pub extraction: Extraction,
    /// The framework around it, if files there name one.
    pub framework: Option<Framework>,
    /// Its references with what they name, in the order of their spans.
    pub resolved: Sectioned<Resolved>,
    /// Its imports of macros that lose a version.
    pub imports: Vec<PlainImport>,
    /// The settings of its nearest configuration, without the project's habit.
    pub settings: Settings,
    /// Why the source was not analysed, for people; `None` where it was.
    pub not_analysed: Option<String>,
    /// Whether a page is made of it.
    pub(crate) is_rendered: bool,
    /// When what was known of the disk was last forgotten ([`World::moment`]).
    pub(crate) moment: u64,
    /// The stamps of the assets as they were hashed.
    pub(crate) stamps: Arc<Stamps>,
}

/// Analyses `text` as the source at `path` (absolute).
pub(crate) fn analyse(
    project: &Project,
    path: &Path,
    text: &str,
    kept: Option<&mut Kept>,
) -> Result<Analysis, ConfigError> {
    let mut analysis = resolved(project, path, text, kept)?;
    cycles::mark(project, &mut analysis);
    analysis.imports = imports::plain(project, &analysis, text);
    Ok(analysis)
}

/// The same, but without the cycles that the source is part of.
pub(crate) fn resolved(
    project: &Project,
    path: &Path,
    text: &str,
    mut kept: Option<&mut Kept>,
) -> Result<Analysis, ConfigError> {
    let moment = project.world.moment();
    let config = project.config(path)?;
    let folder = path.parent().unwrap_or(path);
    let top = project.world.project_of(folder);
    let around = project.world.around(&top, folder);
    let decision = dialect::decide(&config, &around, path, text);
    let framework = around.framework.as_ref().map(|evidence| evidence.framework);
    let view = frameworks::view(&project.world, &top, folder);
    let settings = Settings {
        url_for: url_for(framework, decision.dialect),
        rewrites_css: framework == Some(Framework::Django) || is_bundled(&project.world, &top, path),
        versioning_helper: view.versioning_helper(),
        hashed_names: hashed_names(project, &config, &top),
        ..config.settings(path)
    };
    let mut analysis = Analysis {
        path: path.to_owned(),
        dialect: decision.dialect,
        dialect_reason: decision.reason,
        framework,
        kind: dialect::kind(path),
        settings,
        not_analysed: unknown_delimiters(&config, &around, decision.dialect, text),
        moment,
        ..Analysis::default()
    };
    if analysis.not_analysed.is_none() {
        let source = Source { text, kind: analysis.kind, dialect: analysis.dialect };
        analysis.extraction = match &mut kept {
            Some(kept) => kept.read(&source, &config.extract),
            None => cachelint_syntax::extract(&source, &config.extract),
        };
        analysis.settings.helper = static_helper(&analysis, &view);
        analysis.is_rendered = analysis.extraction.has_blocks || dialect::is_rendered(path, text);
        let ground = Ground { project, config: &config, view: &view, top: &top, text };
        let references = std::mem::take(&mut analysis.extraction.references);
        let (resolved, stamps) = resolve_all(&ground, &analysis, references, kept);
        (analysis.resolved, analysis.stamps) = (resolved, Arc::new(stamps));
        analysis.settings.undefined = undefined::names(&project.world, &top, &view, &analysis, text);
    }
    Ok(analysis)
}

/// The URLs in whose file names something takes a hash out, where the strategy wants such names.
fn hashed_names(project: &Project, config: &Config, top: &Path) -> Option<HashedNames> {
    let wanted = config.strategy == Strategy::FileName;
    let rule = wanted.then(|| serving::rule(&project.world, top)).flatten()?;
    rule.takes(config.version.length).then(|| rule.names.clone())
}

/// What the references of a source are resolved with beside what is known of it already.
struct Ground<'a> {
    project: &'a Project,
    /// Its configuration.
    config: &'a Config,
    /// What the project's code says to it.
    view: &'a View,
    /// Its project folder.
    top: &'a Path,
    text: &'a str,
}

/// Resolves the references of a source, or of what is kept of one that is edited, and gives the stamps of what they name.
fn resolve_all(
    ground: &Ground<'_>,
    analysis: &Analysis,
    references: Vec<Reference>,
    mut kept: Option<&mut Kept>,
) -> (Sectioned<Resolved>, Stamps) {
    let &Ground { project, config, view, top, text } = ground;
    let last = kept.as_deref_mut().and_then(|kept| kept.last(analysis));
    let folder = analysis.path.parent().unwrap_or(&analysis.path);
    let is_page = analysis.kind == SourceKind::Template;
    let bundler = is_page.then(|| bundlers::of_page(&project.world, top, &analysis.path)).flatten();
    let stamps = Stamps::like(last.as_ref().map(|last| &*last.stamps));
    let context = Context {
        world: &project.world,
        config,
        settings: &analysis.settings,
        path: &analysis.path,
        directory: &project.directory,
        folder,
        project: top,
        text,
        before: "",
        kind: analysis.kind,
        rendered: analysis.is_rendered,
        macros_only: analysis.extraction.macros_only(),
        framework: analysis.framework,
        base: analysis.extraction.base.as_deref(),
        statics: &OnceLock::new(),
        suggested: &roots::suggested(&project.world, top, folder),
        view,
        bundler: bundler.as_ref(),
        manifests: &manifests::of_project(&project.world, top),
        stamps: &stamps,
        last_stamps: last.as_ref().map(|last| &*last.stamps),
        hash_large: project.hash_large,
    };
    if let Some(kept) = kept {
        return (kept.resolve(&context, last.is_some()), stamps);
    }
    let resolved = resolve_each(&context, references.into_iter().map(|reference| (reference, None)));
    (resolved.into(), stamps)
}

/// Resolves references, each with what stood for it in the last analysis.
pub(crate) fn resolve_each<'a>(
    context: &Context<'_>,
    references: impl Iterator<Item = (Reference, Option<&'a Resolved>)>,
) -> Vec<Resolved> {
    let resolve = |(reference, before)| resolve::resolve(context, reference, before);
    let mut resolved = map_each(references.collect(), resolve);
    resolved.retain(is_reference);
    resolved
}

/// A string of a script is a reference only where it names an asset that is there.
fn is_reference(resolved: &Resolved) -> bool {
    resolved.reference.place != Place::ScriptString
        || resolved.reference.helper().is_some()
        || matches!(resolved.target, Target::Asset(_))
}

/// Whether a source is an input of a bundler: its configuration stands above, and no folder of files that are served as
/// they are lies between.
fn is_bundled(world: &World, project: &Path, path: &Path) -> bool {
    const CONFIGURATIONS: [&str; 12] = [
        "vite.config.js",
        "vite.config.ts",
        "vite.config.mjs",
        "webpack.config.js",
        "webpack.mix.js",
        "rollup.config.js",
        "rollup.config.mjs",
        "angular.json",
        "astro.config.mjs",
        "svelte.config.js",
        "next.config.js",
        ".parcelrc",
    ];
    let is_served =
        |folder: &&Path| folder.file_name().is_some_and(|name| name == "public" || name == "static");
    let mut above =
        path.ancestors().skip(1).take_while(|folder| folder.starts_with(project) && !is_served(folder));
    above.any(|folder| CONFIGURATIONS.iter().any(|name| world.folders.has_file(folder, name)))
}

/// Whose `url_for` the templates of a framework call; Jinja's without one is taken for Flask's.
fn url_for(framework: Option<Framework>, dialect: Dialect) -> UrlFor {
    match framework {
        Some(Framework::Flask | Framework::Quart) => UrlFor::Flask,
        Some(Framework::FastApi | Framework::Starlette) => UrlFor::Starlette,
        None | Some(Framework::Jinja) if dialect == Dialect::Jinja => UrlFor::LikeFlask,
        _ => UrlFor::Other,
    }
}

/// What writes the URLs of static files in a template: with the roots that the code of its only application names, else
/// as the framework has it unless it is told otherwise.
fn static_helper(analysis: &Analysis, view: &View) -> Option<StaticHelper> {
    let is_template = analysis.kind == SourceKind::Template;
    let macros_only = analysis.extraction.macros_only();
    let (form, name) = match (analysis.dialect, analysis.framework.filter(|_| is_template)?) {
        (Dialect::Jinja, Framework::Flask | Framework::Quart) => (HelperForm::Filename, "url_for"),
        (Dialect::Jinja, Framework::FastApi | Framework::Starlette) if !macros_only => {
            (HelperForm::Path, "url_for")
        }
        (Dialect::Django, Framework::Django) => (HelperForm::Tag, "static"),
        _ => return None,
    };
    let mount = |root: &Root| {
        let versions = view.versions(name, root.endpoint.as_deref(), &analysis.path);
        let reaches = versions.filter(|it| it.versioned && !(it.in_context && macros_only));
        Some(Mount {
            endpoint: root.endpoint.clone().unwrap_or_default(),
            url: root.url.clone()?,
            folders: root.folders.clone(),
            versioned: reaches.map(|versions| versions.origin.clone()),
        })
    };
    let is_known = view.apps.len() == 1 && view.roots().next().is_some();
    let mounts = if is_known { view.roots().filter_map(mount).collect() } else { vec![by_default()] };
    Some(StaticHelper { form, mounts })
}

/// The mount that Flask, Django and the examples of Starlette have.
fn by_default() -> Mount {
    Mount { endpoint: "static".to_owned(), url: "/static/".to_owned(), folders: Vec::new(), versioned: None }
}

/// Jinja with delimiters of the project's own, which only its configuration can name.
fn unknown_delimiters(config: &Config, around: &Around, dialect: Dialect, text: &str) -> Option<String> {
    if config.delimiters || dialect != Dialect::Jinja {
        return None;
    }
    let opening = around.openings.iter().find(|opening| text.contains(&opening.text))?;
    Some(format!("{}: name the delimiters in cachelint.toml", opening.reason))
}
