//! Imports of macros without the context that adds versions to their URLs.

use std::path::{Path, PathBuf};

use cachelint_lint::{AtRuntime, PlainImport, PlainUse, Resolved, Status, judge};
use cachelint_syntax::{Import, Macro, Names, Url};

use crate::frameworks::{self, App, Versions, View};
use crate::surroundings::Framework;
use crate::{Analysis, Project, analysis, disk};

/// The imports of a template that lose the version which the context of its pages adds: the macros that it uses of them
/// make URLs of assets that are there.
pub(crate) fn plain(project: &Project, analysis: &Analysis, text: &str) -> Vec<PlainImport> {
    if analysis.extraction.imports.is_empty() {
        return Vec::new();
    }
    let folder = analysis.path.parent().unwrap_or(&analysis.path);
    let top = project.world.project_of(folder);
    let view = frameworks::view(&project.world, &top, folder);
    let [app] = view.apps.as_slice() else { return Vec::new() };
    let is_flask = matches!(app.framework, Framework::Flask | Framework::Quart);
    if !is_flask || !app.versions.iter().any(|versions| versions.in_context) {
        return Vec::new();
    }
    let each = analysis.extraction.imports.iter().filter_map(|import| {
        let path = template(project, &top, app, &import.template)?;
        let text_there = disk::read_text(&path).ok()?;
        let there = analysis::resolved(project, &path, &text_there, None).ok()?;
        let used = used(import, text, &there.extraction.macros, &text_there);
        let imported = Imported { page: &analysis.path, view: &view, there: &there, text: &text_there, used };
        let uses = there.resolved.iter().filter_map(|resolved| imported.plain_use(resolved));
        let (versions, uses): (Vec<&Versions>, Vec<_>) = uses.unzip();
        Some(PlainImport { import: import.clone(), origin: versions.first()?.origin.clone(), uses })
    });
    each.collect()
}

/// The file of a template's name, in the folders that the application reads.
fn template(project: &Project, top: &Path, app: &App, name: &str) -> Option<PathBuf> {
    let is_safe = name.split('/').all(|part| !matches!(part, "" | "." | ".."));
    let path = app
        .templates
        .iter()
        .map(|folder| folder.join(name))
        .find(|path| project.world.folders.is_file(path))?;
    let is_inside = || Some(project.world.real(&path)?.starts_with(&*project.world.real_folder(top)?));
    (is_safe && is_inside()?).then_some(path)
}

/// The macros that an import makes known and `text` uses, and those that they use in turn.
fn used<'a>(import: &Import, text: &str, macros: &'a [Macro], text_there: &str) -> Vec<&'a Macro> {
    let is_called = |it: &Macro| match &import.names {
        Names::All(alias) => has_word(text, &format!("{alias}.{}", it.name)),
        Names::Only(names) => names.contains(&it.name),
    };
    let (mut used, mut others): (Vec<_>, Vec<_>) = macros.iter().partition(|it| is_called(it));
    let mut next = 0;
    while let Some(body) = used.get(next).map(|it| it.span.of(text_there)) {
        let (called, rest) = others.into_iter().partition(|it| has_word(body, &it.name));
        others = rest;
        used.extend::<Vec<_>>(called);
        next += 1;
    }
    used
}

/// Whether `word` stands in `text`, not as a part of a longer name.
fn has_word(text: &str, word: &str) -> bool {
    let in_name = |letter: char| letter.is_alphanumeric() || letter == '_';
    text.match_indices(word)
        .any(|(at, _)| !text[..at].ends_with(in_name) && !text[at + word.len()..].starts_with(in_name))
}

/// A template whose macros are imported.
struct Imported<'a> {
    page: &'a Path,
    view: &'a View,
    there: &'a Analysis,
    text: &'a str,
    used: Vec<&'a Macro>,
}

impl<'a> Imported<'a> {
    /// A reference in a macro that is used, whose URL only the page's context would version.
    fn plain_use(&self, resolved: &Resolved) -> Option<(&'a Versions, PlainUse)> {
        let (span, helper) = (resolved.reference.span, resolved.reference.helper()?);
        let home = self.used.iter().find(|it| it.span.contains(span))?;
        let endpoint = helper.endpoint.as_ref().and_then(Url::as_text);
        let versions = self.view.versions_by_context(&helper.name, endpoint.as_deref(), self.page)?;
        let bare = Resolved { at_runtime: AtRuntime::Unread, ..resolved.clone() };
        let is_plain = judge(&bare, &self.there.settings).status == Status::Unversioned;
        let asset = resolved.asset().filter(|_| is_plain && !self.binds(home, &helper.name))?;
        let (path, helper, asset) = (self.there.path.clone(), helper.name.clone(), asset.name.clone());
        Some((versions, PlainUse { path, span, helper, asset }))
    }

    /// Whether a macro or its template gives the helper's name to something else: `{% macro css(url_for) %}`.
    fn binds(&self, home: &Macro, name: &str) -> bool {
        let binding = |before| has_word(self.text, &format!("{before} {name}"));
        has_word(home.head.of(self.text), name) || ["set", "import", "as"].into_iter().any(binding)
    }
}
