//! Scans with the default settings.

use cachelint_syntax::scan::{Scan, scan};
use cachelint_syntax::{Dialect, ExtractSettings, Source, SourceKind};

/// Scans a template with the default delimiters.
pub(crate) fn template(text: &str, dialect: Dialect) -> Scan {
    scan(Source { text, kind: SourceKind::Template, dialect }, &ExtractSettings::default())
}
