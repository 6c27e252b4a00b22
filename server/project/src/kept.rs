//! What is kept of a document between its edits, so that what did not change is not found out again.

use std::sync::Arc;

use cachelint_lint::{Resolved, Section, Sectioned, map_lists};
use cachelint_syntax::{
    self as syntax, ExtractSettings, Extraction, Place, Reference, Sections, Source, SourceKind,
};

use crate::Analysis;
use crate::analysis::resolve_each;
use crate::resolve::{self, Context};

/// What is kept of a document between its edits: handed from one analysis to the next.
#[derive(Debug, Default)]
pub struct Kept {
    /// The sections of its last text.
    sections: Sections<Known>,
    /// What was known of those that are no more.
    gone: Vec<Known>,
    last: Option<Arc<Analysis>>,
}

/// The references of a section, resolved; `None` where it was just read.
type Known = Option<Arc<Vec<Resolved>>>;

/// A section whose references are to be resolved, unless they stay what they are.
struct Work<'a> {
    start: usize,
    section: &'a mut syntax::Section<Known>,
    /// Whether it was just read.
    is_read: bool,
    /// What may answer for it.
    before: Vec<Arc<Vec<Resolved>>>,
}

impl Kept {
    /// The same for a document that is cut into sections of `length` bytes.
    pub fn of_length(length: usize) -> Self {
        Self { sections: Sections::of_length(length), ..Self::default() }
    }

    /// Keeps the last analysis; of a source that was not analysed the sections know nothing.
    pub fn remember(&mut self, analysis: &Arc<Analysis>) {
        self.last = analysis.not_analysed.is_none().then(|| Arc::clone(analysis));
    }

    /// Takes out the last analysis, where nothing but the text tells it from one of which `now` is known so far.
    pub(crate) fn last(&mut self, now: &Analysis) -> Option<Arc<Analysis>> {
        self.last.take().filter(|last| is_alike(last, now))
    }

    /// Reads a text. The answer: what it holds beside its references.
    pub(crate) fn read(&mut self, source: &Source<'_>, settings: &ExtractSettings) -> Extraction {
        self.gone = self.sections.read(source, settings);
        self.sections.beside_references()
    }

    /// Resolves the references of that text. `is_alike` says that the last analysis answers for what did not change.
    pub(crate) fn resolve(&mut self, context: &Context<'_>, is_alike: bool) -> Sectioned<Resolved> {
        let mut gone: Vec<_> = std::mem::take(&mut self.gone).into_iter().flatten().collect();
        let works = self.sections.iter_mut().map(|(start, section)| {
            let known = section.known.take();
            let is_read = known.is_none();
            let before = known.map_or_else(|| std::mem::take(&mut gone), |known| vec![known]);
            Work { start, section, is_read, before: if is_alike { before } else { Vec::new() } }
        });
        let count = |work: &Work<'_>| work.section.found.references.len();
        let sections = map_lists(works.collect(), count, |Work { start, section, is_read, before }| {
            let context = &Context { text: section.text(), before: &context.text[..start], ..*context };
            let items = match &*before {
                [known] if !is_read && known.iter().all(|it| resolve::stays(context, it)) => {
                    Arc::clone(known)
                }
                _ => Arc::new(of_section(context, section, &before)),
            };
            section.known = Some(Arc::clone(&items));
            Section { start, items }
        });
        Sectioned::new(sections)
    }
}

fn is_alike(last: &Analysis, now: &Analysis) -> bool {
    let facts = |it: &Analysis| (it.moment, it.kind, it.dialect, it.is_rendered, it.extraction.macros_only());
    last.kind == SourceKind::Template
        && facts(last) == facts(now)
        && last.path == now.path
        && last.framework == now.framework
        && last.extraction.base == now.extraction.base
}

fn of_section(
    context: &Context<'_>,
    section: &syntax::Section<Known>,
    before: &[Arc<Vec<Resolved>>],
) -> Vec<Resolved> {
    let before: Vec<&Resolved> = before.iter().flat_map(|list| &**list).collect();
    let references = &section.found.references;
    resolve_each(context, references.iter().cloned().zip(aligned(&before, references)))
}

/// The references before an edit that stand for those after it: from the top and from the end as far as they name the
/// same.
fn aligned<'a>(before: &[&'a Resolved], now: &[Reference]) -> Vec<Option<&'a Resolved>> {
    let mut pairs = vec![None; now.len()];
    let (mut first, mut last) = (0, before.len());
    let mut top = 0;
    while top < now.len() {
        match before.get(first) {
            Some(old) if old.reference.names_the_same(&now[top]) => {
                pairs[top] = Some(*old);
                first += 1;
            }
            _ if may_be_left_out(&now[top]) => {}
            _ => break,
        }
        top += 1;
    }
    for at in (top..now.len()).rev() {
        match before[first..last].last() {
            Some(old) if old.reference.names_the_same(&now[at]) => {
                pairs[at] = Some(*old);
                last -= 1;
            }
            _ if may_be_left_out(&now[at]) => {}
            _ => break,
        }
    }
    pairs
}

/// Whether an analysis may leave a reference out: it keeps strings of scripts only where they name a file.
fn may_be_left_out(reference: &Reference) -> bool {
    reference.place == Place::ScriptString
}
