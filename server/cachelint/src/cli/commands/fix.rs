//! `cachelint fix`: puts the current version into the references that lack it.

use std::io::Write;
use std::path::Path;

use anyhow::Context as _;
use cachelint_lint::{Applicability, Status};
use cachelint_project::disk;

use crate::cli::arguments::Fix;
use crate::cli::filter::Filter;
use crate::cli::fixing::{self, Fixed, Target};
use crate::cli::job::Job;
use crate::cli::report::{self, Run, Summary, count, diff};
use crate::cli::session::{Session, shown_error};
use crate::cli::sources::{self, Sources};
use crate::cli::{Exit, output, rules, stylesheets};

pub(crate) fn run(session: &Session, arguments: &Fix) -> anyhow::Result<Exit> {
    let reporting = &arguments.reporting;
    rules::require(&reporting.select)?;
    rules::require(&reporting.ignore)?;
    let filter = Filter::new(session, reporting.baseline.as_deref())?.of_assets(session, &arguments.asset)?;
    let mut sources = sources::load(session, &arguments.selection)?;
    stylesheets::add(session, &mut sources);
    let folder = arguments.out.as_deref().map(|folder| session.absolute(folder));
    if let Some(folder) = &folder {
        leave_out_copies(&mut sources, folder);
    }
    let job = Job::new(session, sources).narrowed(reporting, filter);
    let most = if arguments.unsafe_fixes { Applicability::Unsafe } else { Applicability::Safe };
    let stdin = arguments.selection.stdin_filename.is_some();
    let aside = arguments.diff || stdin || folder.is_some();
    let fixed = fixing::fix_all(&job, most, if aside { Target::Nowhere } else { Target::Sources });
    match folder {
        _ if arguments.diff => show_diff(job, fixed),
        _ if stdin => print_text(job, fixed, arguments),
        Some(folder) => write_copies(job, fixed, &folder, arguments),
        None => write_report(session, &into_run(job, fixed), arguments),
    }
}

/// The run that fixes came to.
pub(crate) fn into_run(job: Job<'_>, fixed: Vec<Fixed>) -> Run {
    let mut failures = Vec::new();
    let mut files = Vec::new();
    for source in fixed {
        failures.extend(source.failure);
        files.push(source.after);
    }
    let files = job.with_code(files);
    job.into_run(files, failures)
}

/// Says how many references depend on settings that were not read.
pub(crate) fn say_unknown(session: &Session, summary: &Summary) {
    let unknown = summary.statuses.get(&Status::Unknown).copied().unwrap_or(0);
    if unknown > 0 && !session.global.quiet {
        let references = count(unknown, "reference");
        output::say_note(format_args!(
            "{references} not judged, the project's own code decides the URL; cachelint references lists them as unknown"
        ));
    }
}

/// Says how many references the project's CDN does not tell apart by their version.
pub(crate) fn say_ignored_queries(session: &Session, run: &Run) {
    let findings = run.files.iter().flat_map(|file| &file.findings);
    let ignored = findings.filter(|finding| finding.rule == "query-ignored-by-cdn").count();
    if ignored > 0 && !session.global.quiet {
        let carry = if ignored == 1 {
            "1 reference carries its"
        } else {
            &format!("{ignored} references carry their")
        };
        output::say_note(format_args!(
            "{carry} version in the query, which the configured CDN ignores; cachelint explain query-ignored-by-cdn"
        ));
    }
}

fn write_report(session: &Session, run: &Run, arguments: &Fix) -> anyhow::Result<Exit> {
    let mut out = session.output();
    report::write_findings(run, session.look(arguments.reporting.output_format), &mut out)?;
    out.finish()?;
    say_unknown(session, &Summary::of(run));
    say_ignored_queries(session, run);
    Ok(run.exit(arguments.reporting.fail_on))
}

fn show_diff(job: Job<'_>, fixed: Vec<Fixed>) -> anyhow::Result<Exit> {
    let session = job.session;
    let mut out = session.output();
    let changed = fixed.iter().filter(|source| source.before != source.after.text).count();
    for source in &fixed {
        diff::write(&source.after.shown, &source.before, &source.after.text, &mut out)?;
    }
    out.finish()?;
    let run = into_run(job, fixed);
    if !session.global.quiet {
        say_would_change(Summary::of(&run).fixed, changed);
    }
    Ok(match () {
        () if !run.failures.is_empty() => Exit::Failed,
        () if changed > 0 => Exit::Findings,
        () => Exit::Clean,
    })
}

fn say_would_change(references: usize, files: usize) {
    match count(references, "reference") {
        _ if files == 0 => output::say_note("nothing would change"),
        references => output::say_note(format_args!("{references} in {} would change", count(files, "file"))),
    }
}

fn print_text(job: Job<'_>, fixed: Vec<Fixed>, arguments: &Fix) -> anyhow::Result<Exit> {
    let mut out = job.session.output();
    for source in &fixed {
        out.write_all(source.after.text.as_bytes())?;
    }
    out.finish()?;
    Ok(into_run(job, fixed).exit(arguments.reporting.fail_on))
}

/// Sources below the folder that fixed copies go to are copies of an earlier run.
fn leave_out_copies(sources: &mut Sources, folder: &Path) {
    sources.loaded.retain(|source| !source.path.starts_with(folder));
}

fn write_copies(job: Job<'_>, fixed: Vec<Fixed>, folder: &Path, arguments: &Fix) -> anyhow::Result<Exit> {
    let session = job.session;
    for source in &fixed {
        let below =
            source.after.path.strip_prefix(&session.directory).with_context(|| {
                format!("--out: {} is not below the working directory", source.after.shown)
            })?;
        disk::write(&folder.join(below), &source.after.text)
            .map_err(|error| shown_error(&session.directory, error))
            .context("--out")?;
    }
    if !session.global.quiet {
        let copies = count(fixed.len(), "copy").replace("copys", "copies");
        output::say_note(format_args!("{copies} written below {}", session.shown(folder)));
    }
    write_report(session, &into_run(job, fixed), arguments)
}
