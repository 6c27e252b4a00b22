//! `cachelint references`: every static reference with its status.

use cachelint_lint::Level;

use crate::cli::arguments::References;
use crate::cli::job::Job;
use crate::cli::session::Session;
use crate::cli::{Exit, report, sources, stylesheets};

pub(crate) fn run(session: &Session, arguments: &References) -> anyhow::Result<Exit> {
    let mut sources = sources::load(session, &arguments.selection)?;
    stylesheets::add(session, &mut sources);
    let job = Job::new(session, sources);
    let mut files = job.check_all();
    for file in &mut files {
        file.findings.clear();
    }
    let run = job.into_run(files, Vec::new());
    let mut out = session.output();
    report::write_references(&run, session.look(arguments.output_format), &mut out)?;
    out.finish()?;
    Ok(run.exit(Level::Error))
}
