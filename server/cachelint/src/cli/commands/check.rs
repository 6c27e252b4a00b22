//! `cachelint check`: reports what browsers may keep an old copy of.

use std::path::Path;

use anyhow::Context as _;
use cachelint_lint::{Applicability, Level};
use cachelint_project::{LastChange, disk};

use super::fix;
use crate::cli::arguments::Check;
use crate::cli::baseline::Baseline;
use crate::cli::filter::Filter;
use crate::cli::fixing::{self, Target};
use crate::cli::job::Job;
use crate::cli::report::{self, Run, Summary, count};
use crate::cli::session::{Session, shown_error};
use crate::cli::{Exit, output, rules, sources, stylesheets};

pub(crate) fn run(session: &Session, arguments: &Check) -> anyhow::Result<Exit> {
    let reporting = &arguments.reporting;
    rules::require(&reporting.select)?;
    rules::require(&reporting.ignore)?;
    let filter = Filter::new(session, reporting.baseline.as_deref())?;
    let mut sources = sources::load(session, &arguments.selection)?;
    stylesheets::add(session, &mut sources);
    let job = Job::new(session, sources).narrowed(reporting, filter);
    let run = if arguments.fix {
        let fixed = fixing::fix_all(&job, Applicability::Safe, Target::Sources);
        fix::into_run(job, fixed)
    } else {
        let files = job.with_code(job.check_all());
        job.into_run(files, Vec::new())
    };
    if let Some(file) = &arguments.write_baseline {
        return write_baseline(session, &run, file);
    }
    let mut out = session.output();
    report::write_findings(&run, session.look(reporting.output_format), &mut out)?;
    out.finish()?;
    fix::say_unknown(session, &Summary::of(&run));
    fix::say_ignored_queries(session, &run);
    say_shallow(session, &run);
    Ok(run.exit(reporting.fail_on))
}

/// Says that the history at hand does not tell which versions are older than their files.
fn say_shallow(session: &Session, run: &Run) {
    let findings = run.files.iter().flat_map(|file| &file.findings);
    let mut manual = findings.filter(|finding| finding.rule == "manual-version");
    let ends = |asset: &Path| session.project.last_change(asset) == Some(LastChange::Shallow);
    if manual.any(|finding| finding.asset.as_deref().is_some_and(ends)) && !session.global.quiet {
        output::say_note(
            "history ends at a shallow clone: which versions kept by hand are older than their files is not known",
        );
    }
}

fn write_baseline(session: &Session, run: &Run, file: &Path) -> anyhow::Result<Exit> {
    let path = session.absolute(file);
    let findings = run
        .files
        .iter()
        .flat_map(|source| source.findings.iter().map(|finding| (source.path.as_path(), finding)));
    let baseline = Baseline::of(&path, findings);
    disk::write(&path, &baseline.render()?)
        .map_err(|error| shown_error(&session.directory, error))
        .context("--write-baseline")?;
    let known = count(baseline.len(), "finding");
    output::say_note(format_args!("{known} written to {}; read it with --baseline", file.display()));
    Ok(if run.failures.is_empty() { Exit::Clean } else { run.exit(Level::Error) })
}
