//! `cachelint rules`: the rules at a glance.

use std::io::Write;

use cachelint_lint::rules;

use crate::cli::Exit;
use crate::cli::arguments::Global;
use crate::cli::output::{BOLD, Output};

pub(crate) fn run(global: &Global) -> anyhow::Result<Exit> {
    let mut out = Output::new(global.color.into());
    let width = rules::ALL.iter().map(|rule| rule.name.len()).max().unwrap_or(0);
    for rule in rules::ALL {
        let fixable = if rule.fixable { "fixable" } else { "" };
        let (name, level) = (rule.name, rule.level.name());
        writeln!(out, "{BOLD}{name:width$}{BOLD:#}  {level:<7}  {fixable:<7}  {}", in_one_line(rule.doc))?;
    }
    out.finish()?;
    Ok(Exit::Clean)
}

/// The first sentence of a rule's documentation, without Markdown.
fn in_one_line(doc: &str) -> String {
    let body = doc.lines().skip_while(|line| line.starts_with('#') || line.trim().is_empty());
    let paragraph: Vec<&str> = body.take_while(|line| !line.trim().is_empty()).collect();
    let text = paragraph.join(" ").replace(['`', '*'], "");
    text.split_once(". ").map_or(text.trim_end_matches('.'), |(first, _)| first).to_owned()
}
