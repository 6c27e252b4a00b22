//! A template in sections that are read alone as they are together: an edit has only the one read again that it falls in.

use memchr::memchr;

use crate::extract::extract_with;
use crate::scan::closed;
use crate::trees::memo::Trees;
use crate::{Dialect, ExtractSettings, Extraction, Source, SourceKind, Span};

/// What is kept of one document between edits: handed from one extraction to the next, so that an edit has only that
/// read again which it changed.
#[derive(Debug)]
pub struct Sections {
    /// The least length of a section in bytes, but for the last.
    least: usize,
    /// The sections, which make up the text.
    list: Vec<Section>,
    /// What they were read with.
    read_with: Option<(SourceKind, Dialect, ExtractSettings)>,
}

/// Some lines of a document.
#[derive(Debug)]
struct Section {
    text: String,
    /// Where it begins.
    start: usize,
    trees: Trees,
    /// What it holds, where it stands.
    found: Extraction,
}

impl Default for Sections {
    fn default() -> Self {
        Self::of_length(16 * 1024)
    }
}

impl Sections {
    /// Sections of at least that length in bytes.
    pub fn of_length(least: usize) -> Self {
        Self { least, list: Vec::new(), read_with: None }
    }

    /// What was read in another way is of no use.
    fn begin(&mut self, source: &Source<'_>, settings: &ExtractSettings) {
        let is_same = self.read_with.as_ref().is_some_and(|(kind, dialect, read_with)| {
            (*kind, *dialect) == (source.kind, source.dialect) && read_with == settings
        });
        if !is_same {
            self.list.clear();
            self.read_with = Some((source.kind, source.dialect, settings.clone()));
        }
    }

    /// How many sections at the top and at the end stand in `text` as they were.
    fn unchanged(&self, text: &str) -> (usize, usize) {
        let mut rest = text;
        let mut top = 0;
        while let Some(section) = self.list.get(top)
            && let Some(behind) = rest.strip_prefix(&*section.text)
            // What follows the last section need not leave it as it is.
            && (top + 1 < self.list.len() || behind.is_empty())
        {
            rest = behind;
            top += 1;
        }
        let mut end = 0;
        while let Some(section) = self.list[top..].iter().nth_back(end)
            && let Some(before) = rest.strip_suffix(&*section.text)
        {
            rest = before;
            end += 1;
        }
        (top, end)
    }
}

/// Finds every reference of a document that is edited. `sections` are those of its last text, and then of this one.
pub fn extract_again(source: &Source<'_>, settings: &ExtractSettings, sections: &mut Sections) -> Extraction {
    sections.begin(source, settings);
    let (top, mut end) = sections.unchanged(source.text);
    let reader = Reader { source, settings, least: sections.least };
    let length = |sections: &[Section]| sections.iter().map(|section| section.text.len()).sum::<usize>();
    let start = length(&sections.list[..top]);
    let mut further = 1;
    let spans = loop {
        let behind = &sections.list[sections.list.len() - end..];
        let between = Span::new(start, source.text.len() - length(behind));
        if let Some(spans) = reader.cut(between, behind.is_empty()) {
            break spans;
        }
        end -= further.min(end);
        further *= 2;
    };
    let changed = top..sections.list.len() - end;
    let mut trees = Trees::default();
    sections.list.drain(changed).for_each(|section| trees.take_in(section.trees));
    let read = spans.into_iter().map(|span| reader.read(span, &mut trees)).collect::<Vec<_>>();
    sections.list.splice(top..top, read);
    together(&mut sections.list)
}

/// What the sections hold.
fn together(sections: &mut [Section]) -> Extraction {
    let mut all = Extraction::default();
    all.references.reserve(sections.iter().map(|section| section.found.references.len()).sum());
    let mut start = 0;
    for section in sections {
        section.found.shift(section.start, start);
        section.start = start;
        start += section.text.len();
        all.append(&section.found);
    }
    all
}

/// Reads sections.
struct Reader<'a> {
    source: &'a Source<'a>,
    settings: &'a ExtractSettings,
    least: usize,
}

impl Reader<'_> {
    /// Cuts `span`, which begins where a section does, into sections; `None` where what is opened in it is not closed in
    /// it, unless it is the last of the text.
    fn cut(&self, span: Span, is_last: bool) -> Option<Vec<Span>> {
        let mut spans = Vec::new();
        let mut rest = span;
        while rest.len() > 2 * self.least
            && let Some(end) = self.end_of_first(rest)
        {
            spans.push(Span::new(rest.start, end));
            rest.start = end;
        }
        let is_closed = is_last || rest.is_empty() || self.closed(rest) == rest.end;
        spans.extend((!rest.is_empty()).then_some(rest));
        is_closed.then_some(spans)
    }

    /// Where the first section of `rest` may end.
    fn end_of_first(&self, rest: Span) -> Option<usize> {
        let mut length = self.least;
        loop {
            let line = memchr(b'\n', &self.source.text.as_bytes()[rest.start + length..rest.end])?;
            let end = self.closed(Span::new(rest.start, rest.start + length + line + 1));
            if end > rest.start {
                return Some(end);
            }
            length = 4 * (length + line);
            if length >= rest.len() {
                return None;
            }
        }
    }

    /// The last place in `span` behind which it can be cut; its start where there is none.
    fn closed(&self, span: Span) -> usize {
        if self.source.kind != SourceKind::Template {
            return span.start;
        }
        span.start + closed(&Source { text: span.of(self.source.text), ..*self.source }, self.settings)
    }

    /// Reads a section with the trees of those that stood there.
    fn read(&self, span: Span, trees: &mut Trees) -> Section {
        let text = span.of(self.source.text).to_owned();
        let found = extract_with(&Source { text: &text, ..*self.source }, self.settings, Some(trees));
        Section { text, start: 0, trees: trees.met(), found }
    }
}
