//! Comments that mention `cachelint:`, with what they speak of.

use memchr::memmem;

use super::cursor::Hole;
use super::html::Found;
use super::seek::Seeker;
use super::{Block, BlockKind, Island, IslandKind, Within, code};
use crate::{Comment, CommentKind, Inert, SourceKind, Span};

pub(super) const MARK: &str = "cachelint:";

/// Whether `text` mentions the tool at all.
pub(super) fn mentioned(text: &str) -> bool {
    memmem::find(text.as_bytes(), MARK.as_bytes()).is_some()
}

/// What was found in a source.
pub(super) struct Parts<'a> {
    pub(super) text: &'a str,
    pub(super) kind: SourceKind,
    pub(super) blocks: &'a [Block],
    pub(super) holes: &'a [Hole],
    pub(super) found: &'a Found,
}

/// A comment, before it is known what it speaks of.
struct Candidate {
    span: Span,
    body: Span,
    kind: CommentKind,
    /// The stylesheet or script it stands in.
    code: Option<Span>,
}

/// The comments that mention the tool, in order.
pub(super) fn collect(parts: &Parts<'_>) -> Vec<Comment> {
    let Parts { text, found, .. } = parts;
    let mut candidates: Vec<Candidate> = template_comments(parts).collect();
    candidates.extend(found.comments.iter().map(|&(span, body)| Candidate {
        span,
        body,
        kind: CommentKind::Html,
        code: None,
    }));
    candidates.extend(code_comments(parts));
    candidates.retain(|candidate| candidate.body.of(text).contains(MARK));
    candidates.sort_by_key(|candidate| candidate.span.start);
    let mut lines = NextLine { text, ends: Seeker::new("\n"), next_ends: Seeker::new("\n") };
    let comment = |Candidate { span, body, kind, code }| {
        let next_tag = match code {
            Some(code) => lines.after(span.end, code.end),
            None => next_tag(&found.start_tags, span.end),
        };
        Comment { span, body, kind, alone: is_alone(text, span), next_tag }
    };
    candidates.into_iter().map(comment).collect()
}

fn template_comments<'a>(parts: &'a Parts<'_>) -> impl Iterator<Item = Candidate> + 'a {
    let live =
        |block: &&Block| block.kind == BlockKind::Comment && block.inert != Some(Inert::TemplateComment);
    parts.blocks.iter().filter(live).map(|block| Candidate {
        span: block.span,
        body: block.inner,
        kind: CommentKind::Template,
        code: matches!(block.within, Within::Script | Within::Style)
            .then(|| code_around(parts, block.span.start))
            .flatten(),
    })
}

/// The style or script body that holds `offset`.
fn code_around(parts: &Parts<'_>, offset: usize) -> Option<Span> {
    if parts.kind != SourceKind::Template {
        return Some(Span::new(0, parts.text.len()));
    }
    let islands = &parts.found.islands;
    let before = islands.partition_point(|island| island.span.start <= offset);
    let body = |island: &&Island| !matches!(island.kind, IslandKind::Tag { .. });
    islands[..before].iter().rev().find(body).map(|island| island.span)
}

/// The comments of stylesheets and scripts that are not in a comment themselves.
fn code_comments<'a>(parts: &'a Parts<'_>) -> impl Iterator<Item = Candidate> + 'a {
    let whole = match parts.kind {
        SourceKind::Template => None,
        SourceKind::Stylesheet => Some((Within::Style, Span::new(0, parts.text.len()))),
        SourceKind::Script => Some((Within::Script, Span::new(0, parts.text.len()))),
    };
    let bodies = parts.found.islands.iter().filter(|island| !in_comment(island)).filter_map(|island| {
        match island.kind {
            IslandKind::Tag { .. } => None,
            IslandKind::Style => Some((Within::Style, island.span)),
            IslandKind::Script { .. } => Some((Within::Script, island.span)),
        }
    });
    whole.into_iter().chain(bodies).filter(|(_, span)| mentioned(span.of(parts.text))).flat_map(
        |(language, span)| {
            code::comments(parts.text, span, language, parts.holes).into_iter().map(move |(whole, body)| {
                Candidate { span: whole, body, kind: CommentKind::Code, code: Some(span) }
            })
        },
    )
}

const fn in_comment(island: &Island) -> bool {
    matches!(island.inert, Some(Inert::HtmlComment | Inert::TemplateComment | Inert::ConditionalComment))
}

fn next_tag(start_tags: &[Span], offset: usize) -> Option<Span> {
    start_tags.get(start_tags.partition_point(|tag| tag.start < offset)).copied()
}

/// Whether nothing but white space shares the lines of `span`.
fn is_alone(text: &str, span: Span) -> bool {
    let blank = [' ', '\t', '\u{feff}'];
    let before = text[..span.start].trim_end_matches(blank);
    let after = text[span.end..].trim_start_matches(blank);
    (before.is_empty() || before.ends_with(['\n', '\r']))
        && (after.is_empty() || after.starts_with(['\n', '\r']))
}

/// Finds lines; the offsets asked for must not decrease.
struct NextLine<'t> {
    text: &'t str,
    ends: Seeker<'static>,
    next_ends: Seeker<'static>,
}

impl NextLine<'_> {
    /// The next line after the one that holds `offset` that is not blank, up to `end`, without the white space around it.
    fn after(&mut self, offset: usize, end: usize) -> Option<Span> {
        let line_end = self.ends.next(self.text.as_bytes(), offset).filter(|&at| at < end)?;
        let rest = self.text[line_end..end].trim_start();
        let start = end - rest.len();
        let next_end = self.next_ends.next(self.text.as_bytes(), start).map_or(end, |at| at.min(end));
        let line = self.text[start..next_end].trim_end();
        (!line.is_empty()).then(|| Span::new(start, start + line.len()))
    }
}
