//! What is known of a project at one moment: its open sources as last analysed, a record of every source, and who
//! names which asset.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::ops::Bound;
use std::path::Path;
use std::sync::Arc;

use cachelint_lint::{
    self as lint, Across, CodeReport, Input, Judgement, Known, Report, Resolved, Settings, Uses, placed,
};
use cachelint_project::{Analysis, ConfigError, Project};
use cachelint_syntax::Span;
use imbl::{OrdMap, OrdSet};

use crate::{Kept, Record};

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
    /// The assets that it uses, for rules across files.
    pub uses: Arc<Uses>,
    /// What the rules say of it.
    pub report: Arc<Report>,
}

/// A project at one moment. Cheap to clone: clones share everything.
#[derive(Clone, Debug)]
pub struct Snapshot {
    /// Its disk, configurations and digests.
    pub project: Arc<Project>,
    /// The project as it was when its configuration could last be read, where it can't be now.
    pub fallback: Option<Arc<Project>>,
    /// What its sources say together; of rules across files nothing before all of them were looked at.
    pub known: Known,
    /// What the editor's settings say.
    pub preferences: Preferences,
    /// The sources that are open in an editor.
    open: OrdMap<Arc<Path>, Arc<Checked>>,
    /// All sources.
    records: OrdMap<Arc<Path>, Arc<Record>>,
    /// By file, the sources that name or look for it, sorted.
    named: OrdMap<Arc<Path>, Arc<Vec<Arc<Path>>>>,
}

/// What the editor's settings say of the answers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Preferences {
    /// Whether hovers show small images.
    pub image_preview: bool,
}

/// What a source that is taken in means for others.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct News {
    /// The assets of which it says something else than before: rules across files may judge their other users anew.
    pub assets: OrdSet<Arc<Path>>,
    /// The stylesheets that it loads and did not load before, or no longer loads.
    pub sheets: HashSet<Arc<Path>>,
}

/// Analyses and checks `text` as the source at `path` (absolute), which need not exist on disk. `kept` is what the
/// last check of a document that is edited has left.
///
/// # Errors
/// The configuration in force for it is wrong.
pub fn check(
    project: &Project,
    known: &Known,
    path: &Path,
    version: Option<i32>,
    text: Arc<str>,
    mut kept: Option<&mut Kept>,
) -> Result<Checked, ConfigError> {
    let mut analysis = match &mut kept {
        Some(kept) => project.analyse_again(path, &text, &mut kept.analysis)?,
        None => project.analyse(path, &text)?,
    };
    analysis.settings = Settings { habit: (*known.habit).clone(), ..analysis.settings };
    project.recall(&mut analysis, &text);
    let mut once = lint::Kept::default();
    let judged = kept.as_deref_mut().map_or(&mut once, |kept| &mut kept.judged);
    let (uses, report) = known.check(path, &project.shown(path), &input(&text, &analysis), judged);
    let analysis = Arc::new(analysis);
    if let Some(kept) = kept {
        kept.analysis.remember(&analysis);
    }
    Ok(Checked { path: Arc::from(path), version, text, analysis, uses, report: Arc::new(report) })
}

/// What the rules are given of an analysed text.
pub(crate) fn input<'a>(text: &'a str, analysis: &'a Analysis) -> Input<'a> {
    Input {
        text,
        before: "",
        kind: analysis.kind,
        dialect: analysis.dialect,
        extraction: &analysis.extraction,
        resolved: &analysis.resolved,
        imports: &analysis.imports,
        settings: &analysis.settings,
        elsewhere: None,
    }
}

impl Checked {
    /// Its references with what is known of them, in the order of their spans.
    pub fn references(&self) -> impl Iterator<Item = (&Resolved, &Judgement)> {
        self.analysis.resolved.iter().zip(&self.report.judgements)
    }

    /// The same with where the section begins that their spans count from.
    pub fn placed(&self) -> impl Iterator<Item = (usize, &Resolved, &Judgement)> {
        let judgements = self.report.judgements.placed();
        self.analysis.resolved.placed().zip(judgements).map(|((start, one), (_, other))| (start, one, other))
    }

    /// The innermost reference that `offset` touches (its end included).
    pub fn reference_at(&self, offset: usize) -> Option<(Resolved, Judgement)> {
        let touches = |span: Span| span.start <= offset && offset <= span.end;
        let touching =
            self.placed().filter(|(start, resolved, _)| touches(resolved.reference.span.shifted(*start)));
        let innermost = touching.min_by_key(|(_, resolved, _)| resolved.reference.span.len());
        innermost.map(|(start, resolved, judgement)| (placed(resolved, start), placed(judgement, start)))
    }
}

impl Snapshot {
    /// A project without sources.
    pub fn new(project: Arc<Project>) -> Self {
        Self {
            project,
            fallback: None,
            known: Known::default(),
            preferences: Preferences::default(),
            open: OrdMap::new(),
            records: OrdMap::new(),
            named: OrdMap::new(),
        }
    }

    /// A project with the records of all its sources, in the order of their paths, none of them open. `give_way` is called
    /// often meanwhile, so that what is more urgent can go first.
    pub fn of(project: Arc<Project>, mut records: Vec<Record>, give_way: impl Fn()) -> Self {
        debug_assert!(records.is_sorted_by_key(|record| &record.path));
        let mut named: HashMap<Arc<Path>, Vec<Arc<Path>>> = HashMap::new();
        for record in &mut records {
            give_way();
            for one in &mut record.uses {
                if let Some((file, _)) = named.get_key_value(&one.file) {
                    one.file = Arc::clone(file);
                }
                let sources = named.entry(Arc::clone(&one.file)).or_default();
                if sources.last() != Some(&record.path) {
                    sources.push(Arc::clone(&record.path));
                }
            }
        }
        let records = records.into_iter().map(|record| (Arc::clone(&record.path), Arc::new(record)));
        let named =
            named.into_iter().inspect(|_| give_way()).map(|(file, sources)| (file, Arc::new(sources)));
        Self { records: records.collect(), named: named.collect(), ..Self::new(project) }
    }

    /// What is kept of the source at `path`.
    pub fn record(&self, path: &Path) -> Option<&Arc<Record>> {
        self.records.get(path)
    }

    /// What is kept of all sources, by path.
    pub fn records(&self) -> impl Iterator<Item = &Arc<Record>> {
        self.records.values()
    }

    /// Whether a source may have findings: those it has by itself are counted in its record; what rules across files say,
    /// and suppressions of them, is known only once it is checked again.
    pub fn flagged(&self) -> impl Fn(&Record) -> bool + use<> {
        let uneven = self.known.across.as_ref().map(Across::uneven_sources).unwrap_or_default();
        move |record| record.findings > 0 || record.suppresses || uneven.contains(&record.path)
    }

    /// Notes how many findings a source has.
    pub fn recount(&mut self, path: &Path, findings: usize) {
        if let Some(record) = self.records.get_mut(path).filter(|record| record.findings != findings) {
            Arc::make_mut(record).findings = findings;
        }
    }

    /// The source at `path` with its text and analysis: as last checked where it is open, else read and checked again.
    /// `None` where it is no source, or can't be read any more.
    pub fn checked(&self, path: &Path) -> Option<Arc<Checked>> {
        if let Some(open) = self.open.get(path) {
            return Some(Arc::clone(open));
        }
        let text: Arc<str> = self.record(path).and_then(|_| self.project.read(path).ok())?.into();
        let projects = [Some(&self.project), self.fallback.as_ref()].into_iter().flatten();
        let check =
            |project: &Arc<Project>| check(project, &self.known, path, None, Arc::clone(&text), None).ok();
        projects.filter_map(check).map(Arc::new).next()
    }

    /// The files of the project's code of which something is said, now that all sources were looked at.
    pub fn code(&self) -> Vec<Checked> {
        let tallies = self.records().map(|record| (&*record.path, record.tally));
        let applications = self.project.applications(tallies);
        let code = cachelint_lint::check_applications(&applications).into_iter();
        code.map(|CodeReport { path, text, findings }| Checked {
            uses: Arc::new(Uses::none(&path, &self.project.shown(&path))),
            path,
            version: None,
            text,
            analysis: Arc::default(),
            report: Arc::new(Report { findings: findings.into(), ..Report::default() }),
        })
        .collect()
    }

    /// The text of a file: the editor's where it is open, else the disk's.
    pub fn text(&self, path: &Path) -> Option<Arc<str>> {
        let open = self.open.get(path).map(|checked| Arc::clone(&checked.text));
        open.or_else(|| self.project.read(path).ok().map(Arc::from))
    }

    /// The sources that name the file at `path` (absolute), by path; those that look for it in vain included: what is to be
    /// checked again when it changes, appears or goes.
    pub fn affected_by<'a>(&'a self, path: &Path) -> impl Iterator<Item = &'a Arc<Record>> + use<'a> {
        let mut parts = path.components();
        let ends = std::iter::from_fn(|| parts.next().map(|_| parts.as_path()));
        // A name that was looked for in many folders is relative, and stands behind all absolute files.
        let has_names = self.named.get_max().is_some_and(|(last, _)| last.is_relative());
        let names = std::iter::once(path).chain(ends.take_while(|end| has_names && end.is_relative()));
        let sources: BTreeSet<&Arc<Path>> = names.flat_map(|name| self.naming(name)).collect();
        sources.into_iter().filter_map(|source| self.records.get(source))
    }

    /// The sources that name or look for `file`, spelled like that.
    fn naming(&self, file: &Path) -> impl Iterator<Item = &Arc<Path>> {
        self.named.get(file).into_iter().flat_map(|sources| sources.iter())
    }

    /// Whether a source loads the stylesheet at `path` (absolute), one of the project's own.
    pub fn is_loaded(&self, path: &Path) -> bool {
        self.users_of(path).any(|record| record.naming(path).any(|one| one.loads))
    }

    /// The sources that name the asset at `path` (absolute), by path.
    pub fn users_of<'a>(&'a self, path: &'a Path) -> impl Iterator<Item = &'a Arc<Record>> {
        let records = self.naming(path).filter_map(|source| self.records.get(source));
        records.filter(move |record| record.naming(path).next().is_some())
    }

    /// All files that some source names or looks for, absolute, sorted.
    pub fn named_files(&self) -> impl Iterator<Item = &Arc<Path>> {
        self.named.keys().filter(|file| file.is_absolute())
    }

    /// The files that some source names or looks for at `path` (absolute) or below it, sorted.
    pub fn named_below<'a>(&'a self, path: &'a Path) -> impl Iterator<Item = &'a Arc<Path>> {
        let files = self.named.range::<_, Path>((Bound::Included(path), Bound::Unbounded));
        files.map(|(file, _)| file).take_while(move |file| file.starts_with(path))
    }

    /// What is kept of the sources at `path` (absolute) or below it, by path.
    pub fn records_below<'a>(&'a self, path: &'a Path) -> impl Iterator<Item = &'a Arc<Record>> {
        let records = self.records.range::<_, Path>((Bound::Included(path), Bound::Unbounded));
        records.map(|(_, record)| record).take_while(move |record| record.path.starts_with(path))
    }

    /// Takes in a source in place of what was known of it. Of one that is not open only the record is kept.
    pub fn insert(&mut self, checked: Arc<Checked>) -> News {
        let record = Record::of(&checked);
        self.insert_with(record, checked)
    }

    /// The same for one whose record is made already.
    pub fn insert_with(&mut self, record: Record, checked: Arc<Checked>) -> News {
        let news = self.insert_record(record);
        if checked.version.is_some() {
            self.open.insert(Arc::clone(&checked.path), checked);
        }
        news
    }

    /// Takes in the record of a closed source in place of what was known of it.
    pub fn insert_record(&mut self, record: Record) -> News {
        self.open.remove(&record.path);
        let across = self.known.across.as_mut();
        let assets = across.map(|across| across.insert(Arc::clone(&record.used))).unwrap_or_default();
        let before = self.record(&record.path).map(Arc::clone);
        let sheets = sheets_of_one(before.as_deref(), Some(&record));
        self.put(before.as_deref(), record);
        News { assets, sheets }
    }

    fn put(&mut self, before: Option<&Record>, mut record: Record) {
        let path = Arc::clone(&record.path);
        if before.is_some_and(|before| before.names_the_same(&record)) {
            self.records.insert(path, Arc::new(record));
            return;
        }
        for one in &mut record.uses {
            if let Some((file, _)) = self.named.get_key_value(&*one.file) {
                one.file = Arc::clone(file);
            }
        }
        self.reindex(&path, before, Some(&record));
        self.records.insert(path, Arc::new(record));
    }

    /// Forgets a source.
    pub fn remove(&mut self, path: &Path) -> News {
        self.open.remove(path);
        let Some(before) = self.records.remove(path) else { return News::default() };
        self.reindex(&before.path, Some(&before), None);
        let across = self.known.across.as_mut();
        let assets = across.map(|across| across.remove(path)).unwrap_or_default();
        News { assets, sheets: sheets_of_one(Some(&before), None) }
    }

    fn reindex(&mut self, source: &Arc<Path>, before: Option<&Record>, after: Option<&Record>) {
        let files = |record: Option<&Record>| -> BTreeSet<Arc<Path>> {
            record.into_iter().flat_map(Record::files).map(Arc::clone).collect()
        };
        let (before, after) = (files(before), files(after));
        for file in before.difference(&after) {
            self.unname(file, source);
        }
        for file in after.difference(&before) {
            self.name(file, source);
        }
    }

    fn name(&mut self, file: &Arc<Path>, source: &Arc<Path>) {
        let Some(sources) = self.named.get_mut(file) else {
            self.named.insert(Arc::clone(file), Arc::new(vec![Arc::clone(source)]));
            return;
        };
        if let Err(place) = sources.binary_search(source) {
            Arc::make_mut(sources).insert(place, Arc::clone(source));
        }
    }

    fn unname(&mut self, file: &Arc<Path>, source: &Arc<Path>) {
        let Some(sources) = self.named.get_mut(file) else { return };
        if let Ok(place) = sources.binary_search(source) {
            Arc::make_mut(sources).remove(place);
        }
        if sources.is_empty() {
            self.named.remove(file);
        }
    }
}

/// The stylesheets that only one of two records loads.
fn sheets_of_one(before: Option<&Record>, after: Option<&Record>) -> HashSet<Arc<Path>> {
    let sheets = |record: Option<&Record>| -> HashSet<Arc<Path>> {
        record.into_iter().flat_map(Record::sheets).map(Arc::clone).collect()
    };
    &sheets(before) ^ &sheets(after)
}
