//! A unified diff, as `patch -p1` and `git apply` take it.

use std::io::{self, Write};

use anstyle::{AnsiColor, Style};
use similar::{ChangeTag, TextDiff};

use crate::cli::output::BOLD;

const ADDED: Style = AnsiColor::Green.on_default();
const REMOVED: Style = AnsiColor::Red.on_default();
const PLACE: Style = AnsiColor::Cyan.on_default();

/// Writes what changed in the file shown as `shown`; nothing if nothing did.
pub(crate) fn write(shown: &str, before: &str, after: &str, out: &mut impl Write) -> io::Result<()> {
    if before == after {
        return Ok(());
    }
    let (old, new): (Vec<&str>, Vec<&str>) =
        (before.split_inclusive('\n').collect(), after.split_inclusive('\n').collect());
    let diff = TextDiff::from_slices(&old, &new);
    writeln!(out, "{BOLD}--- a/{shown}{BOLD:#}\n{BOLD}+++ b/{shown}{BOLD:#}")?;
    for hunk in diff.unified_diff().iter_hunks() {
        writeln!(out, "{PLACE}{}{PLACE:#}", hunk.header())?;
        for change in hunk.iter_changes() {
            write_line(change.tag(), change.value(), out)?;
        }
    }
    Ok(())
}

fn write_line(tag: ChangeTag, line: &str, out: &mut impl Write) -> io::Result<()> {
    let style = match tag {
        ChangeTag::Insert => ADDED,
        ChangeTag::Delete => REMOVED,
        ChangeTag::Equal => Style::new(),
    };
    let text = line.strip_suffix('\n').unwrap_or(line);
    writeln!(out, "{style}{tag}{text}{style:#}")?;
    if line.ends_with('\n') { Ok(()) } else { writeln!(out, "\\ No newline at end of file") }
}
