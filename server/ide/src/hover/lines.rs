//! The lines of a hover, by what is known of the reference.

use std::path::Path;

use cachelint_lint::{
    Asset, AtRuntime, Carrier, Judgement, Missing, Origin, Resolved, Status, Target, Written, literal_path,
    stamp,
};
use cachelint_project::{Framework, LastChange};

use super::{Facts, Piece};
use crate::words::{ago, capitalised, counted, date, kind_of, size};
use crate::{Checked, Snapshot};

/// A reference and all that is known of it.
#[derive(Clone, Copy, Debug)]
pub(super) struct View<'a> {
    pub(super) snapshot: &'a Snapshot,
    pub(super) checked: &'a Checked,
    pub(super) resolved: &'a Resolved,
    pub(super) judgement: &'a Judgement,
    pub(super) facts: &'a Facts,
}

type Line = Vec<Piece>;

/// The lines; `None` for what names no file.
pub(super) fn lines(view: &View<'_>) -> Option<Vec<Line>> {
    match &view.resolved.target {
        Target::Asset(asset) => Some(of_asset(view, asset)),
        Target::Missing(missing) => Some(with_version(view, of_missing(view, missing))),
        Target::Page(_) => None,
        Target::External => Some(vec![headed("Not checked", "on another host")]),
        Target::Unchecked(_) | Target::Dynamic(_) | Target::Unknown(_)
            if view.judgement.status == Status::Runtime =>
        {
            Some(of_unfound(view))
        }
        Target::Unchecked(reason) | Target::Dynamic(reason) | Target::Unknown(reason) => {
            let reason = view.judgement.reason.as_ref().unwrap_or(reason);
            Some(with_version(view, vec![headed("Not checked", reason)]))
        }
    }
}

/// The lines, and who adds a version to the URL whatever the file is.
fn with_version(view: &View<'_>, mut lines: Vec<Line>) -> Vec<Line> {
    if let (AtRuntime::Versioned(origin), 0..MOST_LINES) = (&view.resolved.at_runtime, lines.len()) {
        lines.push(by("Versioned at run time by", origin));
    }
    lines
}

/// How many lines a hover has at most.
const MOST_LINES: usize = 4;

/// A file that was not found, or is known only when the page is rendered, and whose URL carries a version all the same.
fn of_unfound(view: &View<'_>) -> Vec<Line> {
    let reference = &view.resolved.reference;
    let written = literal_path(reference).map(|literal| literal.text.trim_start_matches('/').to_owned());
    let name = written.or_else(|| reference.helper().map(|helper| helper.name.clone()));
    let mut lines = vec![headed(&name.unwrap_or_default(), when(view))];
    lines.extend(reason(view));
    lines
}

/// When the version is added. Django's storage adds none while its development server runs.
fn when(view: &View<'_>) -> &'static str {
    if is_of_storage(view) { "versioned in production" } else { "versioned at run time" }
}

/// Whether Django's storage adds the version.
fn is_of_storage(view: &View<'_>) -> bool {
    view.judgement.status == Status::Runtime
        && matches!(view.resolved.at_runtime, AtRuntime::Versioned(_))
        && view.checked.analysis.framework == Some(Framework::Django)
        && view.resolved.reference.helper().is_some()
}

fn of_asset(view: &View<'_>, asset: &Asset) -> Vec<Line> {
    let (state, explained) = match view.judgement.status {
        Status::Unversioned => ("no version in the URL", Vec::new()),
        Status::Stale => return of_stale(view, asset),
        Status::Manual => return of_manual(view, asset),
        Status::Missing => return of_other_case(view, asset),
        Status::Versioned => of_versioned(view),
        Status::Runtime => (when(view), reason(view)),
        Status::Unverifiable => ("version can't be verified", reason(view)),
        Status::Exempt => ("left alone", reason(view)),
        Status::Inert => ("not loaded from here", reason(view)),
        Status::External | Status::Dynamic | Status::Unchecked | Status::Unknown => {
            ("not checked", reason(view))
        }
    };
    let mut lines = vec![headed(&asset.name, state)];
    lines.extend(explained);
    lines.extend(file_now(view, asset));
    if view.judgement.status == Status::Unversioned {
        lines.extend(versioned_url(view.checked, asset).map(|url| plain(format!("Versioned: {url}"))));
    }
    lines.push(open(view, &asset.path));
    lines
}

fn of_versioned(view: &View<'_>) -> (&'static str, Vec<Line>) {
    match &view.judgement.written {
        Some(written) if written.carrier == Carrier::FileName => ("version in the file name", Vec::new()),
        Some(Written { value: Some(_), .. }) if view.judgement.reason.is_none() => {
            ("version up to date", Vec::new())
        }
        _ => ("versioned at run time", reason(view)),
    }
}

fn of_stale(view: &View<'_>, asset: &Asset) -> Vec<Line> {
    let value = view.judgement.written.as_ref().and_then(|written| written.value.clone()).unwrap_or_default();
    let now = version(view, asset).unwrap_or_default();
    let changed = changed(view, asset);
    let used = used(view.snapshot, &asset.path);
    let facts = changed.into_iter().chain(used).collect::<Vec<_>>().join(" · ");
    let mut lines =
        vec![headed(&asset.name, "version out of date"), plain(format!("Written {value} → now {now}"))];
    lines.extend((!facts.is_empty()).then(|| plain(capitalised(&facts))));
    lines.push(vec![link("Open", &asset.path), Piece::Text(format!(" · {}", size(asset.size)))]);
    lines
}

fn of_manual(view: &View<'_>, asset: &Asset) -> Vec<Line> {
    let shown = view.judgement.written.as_ref().map(Written::shown).unwrap_or_default();
    let history = match (view.resolved.changed_since, view.facts.change) {
        (Some(since), _) => format!("is older than the file, changed {}", date(view.facts.now, since)),
        (None, Some(LastChange::Shallow)) => {
            "does not change with the file · history ends at a shallow clone".to_owned()
        }
        (None, _) => "does not change with the file".to_owned(),
    };
    let mut lines = vec![headed(&asset.name, "version kept by hand"), plain(format!("{shown} {history}"))];
    lines.extend(file_now(view, asset));
    lines.push(open(view, &asset.path));
    lines
}

fn of_other_case(view: &View<'_>, asset: &Asset) -> Vec<Line> {
    let on_disk = asset.case_on_disk.as_deref().unwrap_or(&asset.name);
    let state = format!("{on_disk} on disk");
    vec![headed(&asset.name, &state), plain("This fails on Linux".to_owned()), open(view, &asset.path)]
}

fn of_missing(view: &View<'_>, missing: &Missing) -> Vec<Line> {
    if missing.is_folder {
        return vec![headed(&missing.name, "a folder, no file")];
    }
    let mut lines = vec![headed(&missing.name, "not found")];
    lines.extend(reason(view));
    let folders = &missing.looked_in;
    let others = folders.len().saturating_sub(3);
    let mut looked = folders.iter().take(3).cloned().collect::<Vec<_>>().join(", ");
    if others > 0 {
        looked = format!("{looked} and {}", counted(others, "other folder"));
    }
    lines.extend((!looked.is_empty()).then(|| plain(format!("Looked in {looked}"))));
    lines.extend(missing.suggestion.iter().map(|name| plain(format!("Closest: {name}"))));
    lines
}

/// `File now 3f2a9c1b · 12.4 kB · changed 2 days ago`; with a version of the application's own it says so instead.
fn file_now(view: &View<'_>, asset: &Asset) -> Option<Line> {
    if is_of_storage(view) {
        return None;
    }
    let now = version(view, asset);
    let of_application = matches!(view.judgement.status, Status::Versioned | Status::Runtime)
        && view.judgement.written.as_ref().is_none_or(|written| written.value.is_none());
    if of_application {
        return now.map(|now| plain(format!("File now {now} (the URL's value is the app's own)")));
    }
    let now = now.map(|now| format!("File now {now}"));
    let changed = changed(view, asset);
    let facts: Vec<String> = now.into_iter().chain([size(asset.size)]).chain(changed).collect();
    Some(plain(facts.join(" · ")))
}

/// The URL as a fix would write it.
pub(crate) fn versioned_url(checked: &Checked, asset: &Asset) -> Option<String> {
    let settings = &checked.analysis.settings;
    let parameter = settings.habit.parameter.as_ref().unwrap_or(&settings.version.parameter);
    let value = settings.habit.expression.clone().or_else(|| stamped(checked, asset))?;
    Some(format!("{}?{parameter}={value}", asset.url))
}

fn version(view: &View<'_>, asset: &Asset) -> Option<String> {
    stamped(view.checked, asset)
}

fn stamped(checked: &Checked, asset: &Asset) -> Option<String> {
    stamp(asset.digests.as_ref()?, &checked.analysis.settings.version)
}

/// `changed 12 Mar (4 months ago)` where a commit made the file what it is; else `changed 2 days ago`, by its modification
/// time.
fn changed(view: &View<'_>, asset: &Asset) -> Option<String> {
    let now = view.facts.now?;
    let committed = view.facts.change.and_then(|change| change.of(asset));
    Some(match committed {
        Some(then) => format!("changed {} ({})", date(Some(now), then), ago(now, then)),
        None => format!("changed {}", ago(now, view.facts.modified?)),
    })
}

/// Why the status is what it is; what adds a version at run time with a link to its line.
fn reason(view: &View<'_>) -> Vec<Line> {
    let (AtRuntime::Versioned(origin), Status::Runtime) = (&view.resolved.at_runtime, view.judgement.status)
    else {
        return view.judgement.reason.iter().map(|reason| plain(capitalised(reason))).collect();
    };
    std::iter::once(by("By", origin)).chain(is_of_storage(view).then(|| served(view))).collect()
}

/// What Django's storage serves: by the manifest of the last `collectstatic`, where there is one.
fn served(view: &View<'_>) -> Line {
    match &view.resolved.listed {
        Some(listed) => {
            vec![Piece::Text(format!("Without DEBUG {}, ", listed.output)), place(&listed.origin)]
        }
        None => plain("With DEBUG the URL stays plain".to_owned()),
    }
}

/// `By hashed_static_file, [app/__init__.py:31](…)`.
fn by(word: &str, origin: &Origin) -> Line {
    vec![Piece::Text(format!("{word} {}, ", origin.what)), place(origin)]
}

fn place(origin: &Origin) -> Piece {
    Piece::Link {
        text: format!("{}:{}", origin.shown, origin.line),
        path: origin.path.clone(),
        line: Some(origin.line),
    }
}

/// `[Open](…) · in 4 templates`.
fn open(view: &View<'_>, asset: &Path) -> Line {
    let used = used(view.snapshot, asset).map(|used| Piece::Text(format!(" · {used}")));
    std::iter::once(link("Open", asset)).chain(used).collect()
}

/// `in 4 templates`; `None` where nothing names the asset.
fn used(snapshot: &Snapshot, asset: &Path) -> Option<String> {
    let users: Vec<_> = snapshot.users_of(asset).map(|record| &**record).collect();
    (!users.is_empty()).then(|| format!("in {}", counted(users.len(), kind_of(users.iter().copied()))))
}

/// What is known of a file that no reference may name yet: size, version, users.
pub(crate) fn about_file(snapshot: &Snapshot, path: &Path, size_in_bytes: u64) -> Vec<Line> {
    let version = snapshot.project.current_version(path).map(|version| format!("File now {version} · "));
    let facts = format!("{}{}", version.unwrap_or_default(), size(size_in_bytes));
    let mut lines = vec![vec![Piece::Strong(snapshot.project.shown(path))], plain(facts)];
    lines.extend(used(snapshot, path).map(|used| plain(capitalised(&used))));
    lines
}

fn headed(name: &str, state: &str) -> Line {
    vec![Piece::Strong(name.to_owned()), Piece::Text(format!(" · {state}"))]
}

fn plain(text: String) -> Line {
    vec![Piece::Text(text)]
}

fn link(text: &str, path: &Path) -> Piece {
    Piece::Link { text: text.to_owned(), path: path.to_owned(), line: None }
}
