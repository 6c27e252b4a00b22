//! The applications of a project, as the rules about them want them.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use cachelint_lint::{Application, CodePlace, Origin, Remedy, Tally, Unversioned};
use cachelint_syntax::{LineIndex, Span};

use crate::frameworks::{self, App, Caching, Keep};
use crate::surroundings::Framework;
use crate::{Project, disk, manifests};

impl Project {
    /// The applications of the project; `tallies` are those of its sources (absolute). A source counts for its
    /// application where it is certain which that is.
    pub fn applications<'a>(&self, tallies: impl IntoIterator<Item = (&'a Path, Tally)>) -> Vec<Application> {
        let mut by_app: BTreeMap<Origin, Tally> = BTreeMap::new();
        for (source, tally) in tallies.into_iter().filter(|(_, tally)| *tally != Tally::default()) {
            if let Some(origin) = self.application_of(source) {
                let sum = by_app.entry(origin).or_default();
                *sum = [*sum, tally].into_iter().sum();
            }
        }
        let apps = frameworks::apps(&self.world, self.root());
        let counted = apps.iter().filter_map(|app| Some((app, *by_app.get(&app.origin)?)));
        counted.filter_map(|(app, tally)| self.application(app, tally)).collect()
    }

    /// What makes the application that the source at `path` (absolute) belongs to; `None` where it may belong to several,
    /// or to one of another project.
    pub fn application_of(&self, path: &Path) -> Option<Origin> {
        let folder = path.parent().unwrap_or(path);
        let top = self.world.project_of(folder);
        let view = (top == self.root()).then(|| frameworks::view(&self.world, &top, folder))?;
        let [app] = view.apps.as_slice() else { return None };
        Some(app.origin.clone())
    }

    fn application(&self, app: &App, tally: Tally) -> Option<Application> {
        let config = self.config(&app.origin.path).ok()?;
        let is_judged = |place: &CodePlace| !config.exclude.matches(&place.path);
        Some(Application {
            unversioned: self.unversioned(app).filter(|it| is_judged(&it.place)),
            uncached: self.uncached(app).and_then(place).filter(is_judged),
            tally,
            settings: config.settings(&app.origin.path),
        })
    }

    /// Where versions could be added, if nothing of the application and no build adds them.
    fn unversioned(&self, app: &App) -> Option<Unversioned> {
        let adds = app.versions.iter().any(|it| it.versioned);
        if adds || !manifests::of_project(&self.world, self.root()).manifests.is_empty() {
            return None;
        }
        let (origin, remedy) = match app.framework {
            Framework::Flask => (&app.origin, self.for_flask(app)),
            Framework::Django => {
                let plain = app.versions.iter().find(|it| it.helper == "static")?;
                (&plain.origin, Remedy::Storage(with_manifest(&plain.origin.what)))
            }
            _ => return None,
        };
        Some(Unversioned { place: place(origin)?, remedy })
    }

    /// The command that puts the helper in, where it can tell the application and the place.
    fn for_flask(&self, app: &App) -> Remedy {
        match self.helper_in(Some(&app.origin.path)) {
            Ok(_) => Remedy::Command(format!("cachelint add-helper flask {}", self.shown(&app.origin.path))),
            Err(_) => Remedy::Hook,
        }
    }

    /// What certainly has browsers ask for all static files each time. Of Flask's and Quart's applications only: others
    /// may serve some files by other code.
    fn uncached<'a>(&self, app: &'a App) -> Option<&'a Origin> {
        let is_flask = matches!(app.framework, Framework::Flask | Framework::Quart);
        let is_alone = || frameworks::apps(&self.world, self.root()).len() == 1;
        let is_own = |origin: &Origin| origin.path.starts_with(&app.folder) || is_alone();
        let forbids = |it: &Caching| it.keep == Keep::Forbidden && is_own(&it.origin);
        let is_certain = is_flask && app.caching.iter().all(forbids);
        app.caching.first().filter(|_| is_certain).map(|it| &it.origin)
    }
}

/// The storage that does what the plain one of that name does, and versions; Django's where there is no such pair.
fn with_manifest(plain: &str) -> String {
    const PAIRS: [(&str, &str); 3] = [
        ("CompressedStaticFilesStorage", "CompressedManifestStaticFilesStorage"),
        ("S3StaticStorage", "S3ManifestStaticStorage"),
        ("PipelineStorage", "PipelineManifestStorage"),
    ];
    let pair = PAIRS.iter().find(|(name, _)| *name == plain);
    pair.map_or("ManifestStaticFilesStorage", |(_, versioning)| versioning).to_owned()
}

/// The place of a fact in its file as it is now: the name that says it, else the line.
fn place(origin: &Origin) -> Option<CodePlace> {
    let text = disk::read_text(&origin.path).ok()?;
    let start = LineIndex::new(&text).line_start(origin.line - 1)?;
    let line = text[start..].lines().next().unwrap_or_default();
    let name = origin.what.split(['(', ' ']).next().unwrap_or_default();
    let names = [name, name.rsplit('.').next().unwrap_or_default()];
    let found = names
        .into_iter()
        .filter(|name| !name.is_empty())
        .find_map(|name| Some(Span::new(0, name.len()).shifted(line.find(name)?)));
    let whole = Span::new(line.len() - line.trim_start().len(), line.trim_end().len());
    let span = found.unwrap_or(whole).shifted(start);
    Some(CodePlace { path: Arc::from(origin.path.as_path()), text: Arc::from(text), span })
}
