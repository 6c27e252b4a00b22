//! A template in sections that are read alone as they are together: an edit has only the one read again that it falls in.

use memchr::memchr;

use crate::extract::extract_with;
use crate::scan::closed;
use crate::trees::memo::Trees;
use crate::{Dialect, ExtractSettings, Extraction, Shift, Source, SourceKind, Span};

/// A document between its edits, in sections, so that an edit has only that read again which it changed. `K` is what else
/// is known of a section.
#[derive(Debug)]
pub struct Sections<K> {
    /// How long a section is at most where it can be cut so often, in bytes; what has no such place is longer.
    length: usize,
    /// The sections, which make up the text.
    list: Vec<Section<K>>,
    /// What they were read with.
    read_with: Option<(SourceKind, Dialect, ExtractSettings)>,
}

/// Some lines of a document, which are read alone as they are together with the others.
#[derive(Debug)]
pub struct Section<K> {
    text: String,
    /// Its references and what else it holds, with the spans that they have in it alone.
    pub found: Extraction,
    /// What else is known of it; nothing yet where it was just read.
    pub known: K,
    trees: Trees,
}

impl<K> Section<K> {
    /// Its text.
    pub fn text(&self) -> &str {
        &self.text
    }
}

impl<K: Default> Default for Sections<K> {
    fn default() -> Self {
        Self::of_length(16 * 1024)
    }
}

impl<K: Default> Sections<K> {
    /// Sections of that length in bytes, as far as there are places to cut.
    pub fn of_length(length: usize) -> Self {
        Self { length, list: Vec::new(), read_with: None }
    }

    /// The sections with where each begins, in order; they make up the text.
    pub fn iter_mut(&mut self) -> impl Iterator<Item = (usize, &mut Section<K>)> {
        let mut start = 0;
        self.list.iter_mut().map(move |section| {
            let here = start;
            start += section.text.len();
            (here, section)
        })
    }

    /// What they hold beside their references.
    pub fn beside_references(&mut self) -> Extraction {
        let mut all = Extraction::default();
        for (start, section) in self.iter_mut() {
            let mut beside = section.found.beside_references();
            beside.shift(0, start);
            all.append(beside);
        }
        all
    }

    /// Takes in the text as it is now. The answer: what was known of the sections that are no more, in their order.
    pub fn read(&mut self, source: &Source<'_>, settings: &ExtractSettings) -> Vec<K> {
        self.begin(source, settings);
        let reader = Reader { source, settings, length: self.length };
        let (top, mut end) = self.unchanged(source.text);
        let length = |list: &[Section<K>]| list.iter().map(|section| section.text.len()).sum::<usize>();
        let start = length(&self.list[..top]);
        let mut further = 1;
        let spans = loop {
            let behind = &self.list[self.list.len() - end..];
            let between = Span::new(start, source.text.len() - length(behind));
            if let Some(spans) = reader.cut(between, behind.is_empty()) {
                break spans;
            }
            end -= further.min(end);
            further *= 2;
        };
        let (mut trees, mut known) = (Trees::default(), Vec::new());
        for section in self.list.drain(top..self.list.len() - end) {
            trees.take_in(section.trees);
            known.push(section.known);
        }
        let read = spans.into_iter().map(|span| reader.read(span, &mut trees)).collect::<Vec<_>>();
        self.list.splice(top..top, read);
        known
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

/// Reads sections.
struct Reader<'a> {
    source: &'a Source<'a>,
    settings: &'a ExtractSettings,
    length: usize,
}

impl Reader<'_> {
    /// Cuts `span`, which begins where a section does, into sections; `None` where what is opened in it is not closed in
    /// it, unless it is the last of the text.
    fn cut(&self, span: Span, is_last: bool) -> Option<Vec<Span>> {
        let mut spans = Vec::new();
        let mut rest = span;
        while rest.len() > 2 * self.length
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
        let mut length = self.length;
        loop {
            let line = memchr(b'\n', &self.source.text.as_bytes()[rest.start + length..rest.end])?;
            let end = self.closed(Span::new(rest.start, rest.start + length + line + 1));
            if end > rest.start {
                return Some(end);
            }
            length = 4 * (length + line + 1);
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
    fn read<K: Default>(&self, span: Span, trees: &mut Trees) -> Section<K> {
        let text = span.of(self.source.text).to_owned();
        let found = extract_with(&Source { text: &text, ..*self.source }, self.settings, Some(trees));
        Section { text, found, known: K::default(), trees: trees.met() }
    }
}
