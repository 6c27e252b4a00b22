//! One run over sources: which rules, which findings, and how the project writes versions.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use cachelint_lint::{Habit, Input, Judgement, Report, Settings};
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
    habit: OnceLock<Habit>,
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
            habit: OnceLock::new(),
        }
    }

    /// The same run with the rules that `reporting` asks for and the findings that `filter` leaves.
    pub(crate) fn narrowed(self, reporting: &Reporting, filter: Filter) -> Self {
        Self { filter, select: reporting.select.clone(), ignore: reporting.ignore.clone(), ..self }
    }

    /// How the whole project already writes versions by hand; where the sources are a part of it, the rest is read.
    pub(crate) fn habit(&self) -> &Habit {
        self.habit.get_or_init(|| {
            if self.sources.whole {
                return habit_of(&self.sources.loaded);
            }
            habit_of(&sources::all(self.session).loaded)
        })
    }

    /// Judges every source. The rest of a project that they are a part of is read only if that may change something.
    pub(crate) fn check_all(&self) -> Vec<Checked> {
        let all = |habit: &Habit| -> Vec<Report> {
            let each = self.sources.loaded.par_iter();
            each.map(|loaded| self.check(&loaded.path, &loaded.text, &loaded.analysis, habit)).collect()
        };
        let mut reports = if self.sources.whole { all(self.habit()) } else { all(&Habit::default()) };
        if !self.sources.whole && reports.iter().any(depends_on_habit) && *self.habit() != Habit::default() {
            reports = all(self.habit());
        }
        let pairs = self.sources.loaded.iter().zip(reports);
        pairs
            .map(|(loaded, report)| self.checked(&loaded.path, &loaded.text, &loaded.analysis, report))
            .collect()
    }

    /// What the rules that run say of a text.
    pub(crate) fn check(&self, path: &Path, text: &str, analysis: &Analysis, habit: &Habit) -> Report {
        let mut settings = Settings { habit: habit.clone(), ..analysis.settings.clone() };
        rules::narrow(&mut settings.levels, &self.select, &self.ignore);
        let mut report = cachelint_lint::check(&Input {
            text,
            kind: analysis.kind,
            dialect: analysis.dialect,
            extraction: &analysis.extraction,
            resolved: &analysis.resolved,
            settings: &settings,
        });
        self.filter.apply(path, &mut report.findings);
        report
    }

    /// A source as reports want it.
    pub(crate) fn checked(&self, path: &Path, text: &str, analysis: &Analysis, report: Report) -> Checked {
        Checked {
            path: path.to_owned(),
            shown: self.session.shown(path),
            text: text.to_owned(),
            findings: report.findings,
            references: judged(analysis, report.judgements),
            fixed: 0,
        }
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

/// Whether what is said of a source, or how it would be fixed, may depend on how the project writes versions.
fn depends_on_habit(report: &Report) -> bool {
    report.findings.iter().any(|finding| !finding.fixes.is_empty())
        || report.judgements.iter().any(|judgement| judgement.written.is_some())
}

fn habit_of(sources: &[Loaded]) -> Habit {
    let Some(first) = sources.first() else { return Habit::default() };
    let templates = sources.iter().filter(|source| source.analysis.kind == SourceKind::Template);
    let each = templates.map(|source| (source.text.as_str(), source.analysis.resolved.as_slice()));
    cachelint_lint::habit(each, &first.analysis.settings)
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
        (sheet.path.clone(), assets.map(|asset| PathBuf::from(&asset.path)).collect())
    }))
}
