//! `cachelint hash`: the version of files, short and full, as used in URLs.

use std::io::Write;
use std::path::Path;

use anyhow::bail;
use cachelint_lint::{VersionSettings, VersionSource, stamp};

use crate::cli::arguments::Hash;
use crate::cli::session::Session;
use crate::cli::{Exit, output};

pub(crate) fn run(session: &Session, arguments: &Hash) -> anyhow::Result<Exit> {
    let mut out = session.output();
    let mut exit = Exit::Clean;
    for file in &arguments.files {
        let path = session.absolute(file);
        match versions(session, arguments, &path) {
            Ok((short, full)) => writeln!(out, "{short}  {full}  {}", session.shown(&path))?,
            Err(error) => {
                output::say_error(format_args!("{}: {error:#}", session.shown(&path)));
                exit = Exit::Failed;
            }
        }
    }
    out.finish()?;
    Ok(exit)
}

/// The version of the file at `path` as a fix writes it, and the whole digest.
fn versions(session: &Session, arguments: &Hash, path: &Path) -> anyhow::Result<(String, String)> {
    let configured = &session.project.config(path)?.version;
    let settings = VersionSettings {
        source: if arguments.algorithm.is_some() { VersionSource::Content } else { configured.source },
        algorithm: arguments.algorithm.map_or(configured.algorithm, Into::into),
        length: arguments.length.map_or(configured.length, usize::from),
        parameter: String::new(),
    };
    let digests = session.project.digest(path)?;
    let whole = VersionSettings { length: usize::MAX, ..settings.clone() };
    match (stamp(&digests, &settings), stamp(&digests, &whole)) {
        (Some(short), Some(full)) => Ok((short, full)),
        _ => bail!("its digest could not be computed"),
    }
}
