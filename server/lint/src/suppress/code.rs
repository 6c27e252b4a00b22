//! Suppressions in the project's code: Python's comments.

use cachelint_syntax::{Comment, CommentKind, Dialect, Extraction, SourceKind, Span};

use super::{Ledger, Placed};
use crate::rules::{self, Check};
use crate::{Edit, Finding, Input, Sectioned, Settings};

/// Whether a comment of a Python file silences a finding in it.
pub(crate) fn silences_in_code(text: &str, finding: &Finding) -> bool {
    let extraction = Extraction { comments: comments(text), ..Extraction::default() };
    let input = Input {
        text,
        before: "",
        kind: SourceKind::Script,
        dialect: Dialect::Plain,
        extraction: &extraction,
        resolved: &Sectioned::default(),
        imports: &[],
        settings: &Settings::default(),
        elsewhere: None,
    };
    let container = Span::new(decorated(text, finding.span.start), finding.span.end);
    Ledger::new(input).silences(&Placed { finding: finding.clone(), container })
}

/// The edit that silences a finding in a Python file: a comment at the end of its line. `None` for a finding in a template,
/// and where the line does not end what it holds.
pub fn code_suppression(text: &str, finding: &Finding) -> Option<Edit> {
    rules::find(finding.rule).filter(|rule| matches!(rule.check, Check::Application(_)))?;
    let rest = text.get(finding.span.end..)?;
    let end = finding.span.end + rest.lines().next().unwrap_or_default().trim_end().len();
    let line = text[..end].lines().last().unwrap_or_default();
    let is_open = line.ends_with('\\') || line.contains("\"\"\"") || line.contains("'''");
    let comment = format!("  # cachelint: ignore[{}]", finding.rule);
    (!is_open).then(|| Edit { span: Span::empty(end), text: comment })
}

/// The comments that begin with `cachelint:`; nothing else of the text is looked at.
fn comments(text: &str) -> Vec<Comment> {
    let mut start = 0;
    let each = text.split_inclusive('\n').filter_map(|line| {
        let whole = Span::new(start, start + line.trim_end().len());
        start += line.len();
        let hash = whole.start + line.match_indices('#').find(|(at, _)| is_ours(&line[at + 1..]))?.0;
        Some(Comment {
            span: Span::new(hash, whole.end),
            body: Span::new(hash + 1, whole.end),
            kind: CommentKind::Code,
            alone: text[whole.start..hash].trim().is_empty(),
            next_tag: None,
        })
    });
    each.collect()
}

fn is_ours(comment: &str) -> bool {
    comment.trim_start().starts_with("cachelint:")
}

/// The start of the line at `offset`, or of the decorators above it.
fn decorated(text: &str, offset: usize) -> usize {
    let before = text.get(..offset).unwrap_or_default();
    let mut start = before.rfind('\n').map_or(0, |end| end + 1);
    for line in
        before[..start].split_inclusive('\n').rev().take_while(|line| line.trim_start().starts_with('@'))
    {
        start -= line.len();
    }
    start
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::application::CodePlace;
    use crate::edits::apply;

    /// A finding at `MARK`.
    fn finding(text: &str) -> Finding {
        let at = text.find("MARK").unwrap();
        let span = Span::new(at, at + 4);
        let place = CodePlace { path: std::path::Path::new("/app.py").into(), text: text.into(), span };
        place.finding(rules::find("no-versioning").unwrap(), String::new())
    }

    #[test]
    fn a_comment_silences_its_line_the_next_one_or_the_file() {
        let table = [
            ("MARK = 1  # cachelint: ignore", true),
            ("MARK = 1  # cachelint: ignore[no-versioning] by the proxy", true),
            ("MARK = 1  # cachelint: ignore[caching-disabled]", false),
            ("# cachelint: ignore[no-versioning]\n\nMARK = 1", true),
            ("# cachelint: ignore[no-versioning]\nother = 1\nMARK = 1", false),
            ("# cachelint: ignore\n@app.after_request\ndef MARK():\n    pass", true),
            ("#cachelint:ignore-file\r\nother = 1\r\nMARK = 1", true),
            ("# cachelint: off[no-versioning]\nMARK = 1\n# cachelint: on", true),
            ("# see cachelint: ignore\nMARK = 1", false),
            ("MARK = '#'  # # cachelint: ignore", true),
        ];
        for (text, expected) in table {
            assert_eq!(silences_in_code(text, &finding(text)), expected, "{text}");
        }
    }

    #[test]
    fn the_comment_that_is_written_silences_the_finding() {
        for text in ["MARK = 1", "a\r\n  app = MARK(\r\n  )\r\n", "MARK = 1  # ours \nb"] {
            let after = apply(text, &[code_suppression(text, &finding(text)).unwrap()]);
            assert!(silences_in_code(&after, &finding(&after)), "{after}");
        }
        for text in ["app = MARK + \\\n 1", "MARK = \"\"\"a\nb\"\"\""] {
            assert_eq!(code_suppression(text, &finding(text)), None, "{text}");
        }
    }
}
