//! One line each, in the form compilers use, for `grep` and editors.

use std::io::{self, Write};

use super::{Checked, Lines, level_style};
use crate::cli::output::printable;

/// Writes `path:line:column: level: message [rule]`.
pub(crate) fn findings(file: &Checked, lines: &Lines<'_>, out: &mut impl Write) -> io::Result<()> {
    for finding in &file.findings {
        let place = lines.position(finding.span.start);
        let style = level_style(finding.level);
        writeln!(
            out,
            "{}:{}:{}: {style}{}{style:#}: {} [{}]",
            printable(&file.shown),
            place.line,
            place.column,
            finding.level.name(),
            printable(&finding.message),
            finding.rule
        )?;
    }
    Ok(())
}

/// Writes `path:line:column: status form url`.
pub(crate) fn references(file: &Checked, lines: &Lines<'_>, out: &mut impl Write) -> io::Result<()> {
    for judged in &file.references {
        let reference = &judged.resolved.reference;
        let place = lines.position(reference.span.start);
        writeln!(
            out,
            "{}:{}:{}: {} {} {}",
            printable(&file.shown),
            place.line,
            place.column,
            judged.status.name(),
            reference.form(),
            printable(reference.span.of(&file.text))
        )?;
    }
    Ok(())
}
