//! One run over sources: which rules, which findings, and how the project writes versions.

use std::collections::HashSet;
use std::path::Path;
use std::sync::{Arc, OnceLock};

use cachelint_lint::{Habit, HabitCount, Input, Judgement, Kept, Known, Report, Settings, Tally, Uses};
use cachelint_project::Analysis;
use cachelint_syntax::SourceKind;
use rayon::prelude::*;

use super::arguments::Reporting;
use super::filter::Filter;
use super::order::Graph;
use super::report::{Checked, Judged, Run};
use super::session::Session;
use super::sources::{self, Loaded, Sources};
use super::{output, rules};

/// One run over sources.
#[derive(Debug)]
pub(crate) struct Job<'a> {
    /// Where it runs.
    pub(crate) session: &'a Session,
    /// What it runs over.
    pub(crate) sources: Sources,
    /// Which stylesheets refer to which.
    pub(crate) graph: Graph,
    /// Which findings it speaks of.
    filter: Filter,
    /// The rules of `--select`; all where empty.
    select: Vec<String>,
    /// The rules of `--ignore`.
    ignore: Vec<String>,
    known: OnceLock<Known>,
}

impl<'a> Job<'a> {
    /// A run of all rules over `sources`.
    pub(crate) fn new(session: &'a Session, sources: Sources) -> Self {
        Self {
            session,
            graph: graph(&sources.loaded),
            sources,
            filter: Filter::default(),
            select: Vec::new(),
            ignore: Vec::new(),
            known: OnceLock::new(),
        }
    }

    /// The same run with the rules that `reporting` asks for and the findings that `filter` leaves.
    pub(crate) fn narrowed(self, reporting: &Reporting, filter: Filter) -> Self {
        Self { filter, select: reporting.select.clone(), ignore: reporting.ignore.clone(), ..self }
    }

    /// What is known of the whole project; where the sources are a part of it, the rest is read.
    pub(crate) fn known(&self) -> &Known {
        self.known.get_or_init(|| {
            if self.sources.whole {
                return known(self.session, &self.sources.loaded);
            }
            known(self.session, &sources::all(self.session).loaded)
        })
    }

    /// Judges every source. The rest of a project that they are a part of is read only if that may change something.
    pub(crate) fn check_all(&self) -> Vec<Checked> {
        let loaded = &self.sources.loaded;
        let all = |known: &Known| -> Vec<Report> {
            let each = loaded.par_iter();
            each.map(|loaded| self.check(&loaded.path, &loaded.text, &loaded.analysis, known)).collect()
        };
        let mut reports = if self.sources.whole { all(self.known()) } else { all(&Known::default()) };
        if !self.sources.whole && loaded.iter().zip(&reports).any(depends_on_rest) {
            reports = all(self.known());
        }
        self.add_history(&mut reports);
        let pairs = loaded.iter().zip(reports);
        pairs
            .map(|(loaded, report)| self.checked(&loaded.path, &loaded.text, &loaded.analysis, report))
            .collect()
    }

    /// Judges the versions that are kept by hand again with what git's history tells of them.
    fn add_history(&self, reports: &mut [Report]) {
        let project = &self.session.project;
        let is_manual = |report: &Report| report.findings.iter().any(|it| it.rule == "manual-version");
        let pairs = self.sources.loaded.iter().zip(reports);
        let mut manual: Vec<_> = pairs.filter(|(_, report)| is_manual(report)).collect();
        let each = manual.iter();
        let versions: Vec<_> = each
            .flat_map(|(source, report)| {
                project.unread_versions(&source.analysis, &source.text, &report.judgements)
            })
            .collect();
        if versions.is_empty() {
            return;
        }
        project.read_history(&[], &versions);
        let known = self.known.get().cloned().unwrap_or_default();
        for (source, report) in &mut manual {
            let mut analysis = source.analysis.clone();
            project.recall(&mut analysis, &source.text);
            **report = self.check(&source.path, &source.text, &analysis, &known);
        }
    }

    /// What the rules that run say of a text; `known` is of the whole project.
    pub(crate) fn check(&self, path: &Path, text: &str, analysis: &Analysis, known: &Known) -> Report {
        let mut settings = with_habit(analysis, &known.habit);
        rules::narrow(&mut settings.levels, &self.select, &self.ignore);
        let shown = self.session.shown(path);
        let input = input(text, analysis, &settings);
        let (_, mut report) = known.check(path, &shown, &input, &mut Kept::default());
        self.filter.apply(path, &mut report.findings);
        report
    }

    /// The uses of assets in a text.
    pub(crate) fn uses(&self, path: &Path, text: &str, analysis: &Analysis) -> Uses {
        uses(self.session, path, text, analysis, &self.known().habit)
    }

    /// A source as reports want it.
    pub(crate) fn checked(&self, path: &Path, text: &str, analysis: &Analysis, report: Report) -> Checked {
        Checked {
            path: path.to_owned(),
            shown: self.session.shown(path),
            text: text.to_owned(),
            findings: report.findings.into_vec(),
            references: judged(analysis, report.judgements.into_vec()),
            fixed: 0,
        }
    }

    /// The judged sources, and the files of the project's code of which the rules say something now that they are judged.
    pub(crate) fn with_code(&self, mut files: Vec<Checked>) -> Vec<Checked> {
        files.extend(self.check_code(&files));
        files.sort_by(|one, other| one.path.cmp(&other.path));
        files
    }

    fn check_code(&self, files: &[Checked]) -> Vec<Checked> {
        let tally = |file: &Checked| Tally::of(file.references.iter().map(|it| (&it.resolved, it.status)));
        let tallies = files.iter().map(|file| (file.path.as_path(), tally(file)));
        let mut applications = self.session.project.applications(tallies);
        for application in &mut applications {
            rules::narrow(&mut application.settings.levels, &self.select, &self.ignore);
        }
        let code = cachelint_lint::check_applications(&applications).into_iter();
        let checked = code.filter(|file| self.sources.cover(&file.path)).map(|mut file| {
            self.filter.apply(&file.path, &mut file.findings);
            Checked {
                path: file.path.to_path_buf(),
                shown: self.session.shown(&file.path),
                text: file.text.to_string(),
                findings: file.findings,
                ..Checked::default()
            }
        });
        checked.filter(|file| !file.findings.is_empty()).collect()
    }

    /// The run as reports want it; says on stderr what was passed over and what failed.
    pub(crate) fn into_run(self, files: Vec<Checked>, mut failures: Vec<String>) -> Run {
        let Sources { loaded, notes, failures: unread, .. } = self.sources;
        let parts = loaded.iter().filter_map(|source| source.unread(self.session));
        failures.splice(0..0, unread.into_iter().chain(parts));
        let mut said = HashSet::new();
        failures.retain(|failure| said.insert(failure.clone()));
        if !self.session.global.quiet {
            notes.iter().for_each(output::say_note);
        }
        failures.iter().for_each(output::say_error);
        Run { directory: self.session.directory.clone(), files, failures }
    }
}

/// Whether what is said of a source, or how it would be fixed, may depend on the rest of the project.
fn depends_on_rest((source, report): (&Loaded, &Report)) -> bool {
    !report.findings.is_empty()
        || !source.analysis.extraction.comments.is_empty()
        || report.judgements.iter().any(|judgement| judgement.written.is_some())
}

fn input<'a>(text: &'a str, analysis: &'a Analysis, settings: &'a Settings) -> Input<'a> {
    let Analysis { kind, dialect, extraction, resolved, imports, .. } = analysis;
    let (kind, dialect) = (*kind, *dialect);
    Input { text, before: "", kind, dialect, extraction, resolved, imports, settings, elsewhere: None }
}

fn with_habit(analysis: &Analysis, habit: &Habit) -> Settings {
    Settings { habit: habit.clone(), ..analysis.settings.clone() }
}

fn known(session: &Session, sources: &[Loaded]) -> Known {
    let habit = habit_of(sources);
    let each = sources.par_iter();
    let all: Vec<_> =
        each.map(|source| uses(session, &source.path, &source.text, &source.analysis, &habit)).collect();
    Known { across: Some(all.into_iter().map(Arc::new).collect()), habit: Arc::new(habit) }
}

fn uses(session: &Session, path: &Path, text: &str, analysis: &Analysis, habit: &Habit) -> Uses {
    let settings = with_habit(analysis, habit);
    Kept::of(&input(text, analysis, &settings)).uses(path, &session.shown(path))
}

fn habit_of(sources: &[Loaded]) -> Habit {
    let Some(first) = sources.first() else { return Habit::default() };
    let templates = sources.iter().filter(|source| source.analysis.kind == SourceKind::Template);
    let mut count = HabitCount::default();
    templates.for_each(|it| count.add(&it.text, &it.analysis.resolved, &it.analysis.settings));
    count.habit(&first.analysis.settings)
}

fn judged(analysis: &Analysis, judgements: Vec<Judgement>) -> Vec<Judged> {
    let each = analysis.resolved.iter().zip(judgements);
    each.map(|(resolved, judgement)| Judged {
        resolved: resolved.clone(),
        status: judgement.status,
        reason: judgement.reason,
    })
    .collect()
}

fn graph(sources: &[Loaded]) -> Graph {
    let sheets = sources.iter().filter(|source| source.analysis.kind == SourceKind::Stylesheet);
    Graph::new(sheets.map(|sheet| {
        let assets = sheet.analysis.resolved.iter().filter_map(|resolved| resolved.asset());
        (sheet.path.clone(), assets.map(|asset| asset.path.to_path_buf()).collect())
    }))
}
