//! What is known of a project at one moment: its sources as last analysed, and who names which asset.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use cachelint_lint::{Habit, Input, Judgement, Report, Resolved, Settings, Target};
use cachelint_project::{Analysis, ConfigError, Project};
use cachelint_syntax::Span;
use imbl::{OrdMap, OrdSet};

/// One source as last analysed.
#[derive(Clone, Debug)]
pub struct Checked {
    /// The source, absolute.
    pub path: Arc<Path>,
    /// The version of the document, where it is open in an editor; `None` for the text on disk.
    pub version: Option<i32>,
    /// The whole text.
    pub text: Arc<str>,
    /// What it holds, its settings with the project's habit.
    pub analysis: Arc<Analysis>,
    /// What the rules say of it.
    pub report: Arc<Report>,
}

/// A project at one moment. Cheap to clone: clones share everything.
#[derive(Clone, Debug)]
pub struct Snapshot {
    /// Its disk, configurations and digests.
    pub project: Arc<Project>,
    /// How it versions by hand.
    pub habit: Arc<Habit>,
    /// What the editor's settings say.
    pub preferences: Preferences,
    sources: OrdMap<Arc<Path>, Arc<Checked>>,
    named: OrdMap<Arc<Path>, OrdSet<Arc<Path>>>,
}

/// What the editor's settings say of the answers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Preferences {
    /// Whether hovers show small images.
    pub image_preview: bool,
}

/// Analyses and checks `text` as the source at `path` (absolute), which need not exist on disk.
///
/// # Errors
/// The configuration in force for it is wrong.
pub fn check(
    project: &Project,
    habit: &Habit,
    path: &Path,
    version: Option<i32>,
    text: Arc<str>,
) -> Result<Checked, ConfigError> {
    let mut analysis = project.analyse(path, &text)?;
    analysis.settings = Settings { habit: habit.clone(), ..analysis.settings };
    let report = report(&text, &analysis);
    Ok(Checked {
        path: Arc::from(path),
        version,
        text,
        analysis: Arc::new(analysis),
        report: Arc::new(report),
    })
}

/// What the rules say of an analysed text.
pub(crate) fn report(text: &str, analysis: &Analysis) -> Report {
    cachelint_lint::check(&Input {
        text,
        dialect: analysis.dialect,
        extraction: &analysis.extraction,
        resolved: &analysis.resolved,
        settings: &analysis.settings,
    })
}

impl Checked {
    /// Its references with what is known of them, in the order of their spans.
    pub fn references(&self) -> impl Iterator<Item = (&Resolved, &Judgement)> {
        self.analysis.resolved.iter().zip(&self.report.judgements)
    }

    /// The innermost reference that `offset` touches (its end included).
    pub fn reference_at(&self, offset: usize) -> Option<(&Resolved, &Judgement)> {
        let touches = |span: Span| span.start <= offset && offset <= span.end;
        let touching = self.references().filter(|(resolved, _)| touches(resolved.reference.span));
        touching.min_by_key(|(resolved, _)| resolved.reference.span.len())
    }

    /// The references that name `asset` (absolute).
    pub fn naming<'a>(&'a self, asset: &'a Path) -> impl Iterator<Item = (&'a Resolved, &'a Judgement)> {
        self.references().filter(move |(resolved, _)| resolved.asset().is_some_and(|it| it.path == asset))
    }
}

impl Snapshot {
    /// A project without sources.
    pub fn new(project: Arc<Project>) -> Self {
        Self {
            project,
            habit: Arc::default(),
            preferences: Preferences::default(),
            sources: OrdMap::new(),
            named: OrdMap::new(),
        }
    }

    /// The source at `path`.
    pub fn source(&self, path: &Path) -> Option<&Arc<Checked>> {
        self.sources.get(path)
    }

    /// All sources, by path.
    pub fn sources(&self) -> impl Iterator<Item = &Arc<Checked>> {
        self.sources.values()
    }

    /// The sources that name the file at `path` (absolute), by path; those that look for it in vain included: what is to be
    /// checked again when it changes, appears or goes.
    pub fn affected_by<'a>(&'a self, path: &Path) -> impl Iterator<Item = &'a Arc<Checked>> + use<'a> {
        self.named.get(path).into_iter().flatten().filter_map(|source| self.sources.get(source))
    }

    /// The sources that name the asset at `path` (absolute), by path.
    pub fn users_of<'a>(&'a self, path: &'a Path) -> impl Iterator<Item = &'a Arc<Checked>> {
        self.affected_by(path).filter(move |checked| checked.naming(path).next().is_some())
    }

    /// All files that some source names or looks for, absolute, sorted.
    pub fn named_files(&self) -> impl Iterator<Item = &Arc<Path>> {
        self.named.keys()
    }

    /// Takes in a source in place of what was known of it.
    pub fn insert(&mut self, checked: Arc<Checked>) {
        let after = self.files_of(&checked);
        let before = self.source(&checked.path).map(|old| self.files_of(old)).unwrap_or_default();
        let path = Arc::clone(&checked.path);
        self.sources.insert(Arc::clone(&path), checked);
        self.reindex(&path, before, after);
    }

    /// Forgets a source.
    pub fn remove(&mut self, path: &Path) {
        let Some(old) = self.sources.remove(path) else { return };
        let before = self.files_of(&old);
        self.reindex(&old.path, before, OrdSet::new());
    }

    fn reindex(&mut self, source: &Arc<Path>, before: OrdSet<PathBuf>, after: OrdSet<PathBuf>) {
        for file in before.clone().relative_complement(after.clone()) {
            let Some(sources) = self.named.get_mut(file.as_path()) else { continue };
            sources.remove(source);
            if sources.is_empty() {
                self.named.remove(file.as_path());
            }
        }
        for file in after.relative_complement(before) {
            self.named.entry(Arc::from(file)).or_default().insert(Arc::clone(source));
        }
    }

    /// The files that a source names or looks for.
    fn files_of(&self, checked: &Checked) -> OrdSet<PathBuf> {
        let each = checked.analysis.resolved.iter();
        each.flat_map(|resolved| match &resolved.target {
            Target::Asset(asset) => vec![asset.path.clone()],
            Target::Missing(missing) => {
                let folders = missing.looked_in.iter();
                folders.map(|folder| self.project.absolute(&Path::new(folder).join(&missing.name))).collect()
            }
            _ => Vec::new(),
        })
        .collect()
    }
}
