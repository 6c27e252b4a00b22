//! `cachelint explain`: a rule's documentation.

use std::io::Write;

use crate::cli::arguments::{Explain, Global};
use crate::cli::output::Output;
use crate::cli::{Exit, rules};

pub(crate) fn run(global: &Global, arguments: &Explain) -> anyhow::Result<Exit> {
    let rule = rules::find(&arguments.rule)?;
    let mut out = Output::new(global.color.into());
    writeln!(out, "{}", rule.doc.trim_end())?;
    out.finish()?;
    Ok(Exit::Clean)
}
