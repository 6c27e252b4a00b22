//! Sources judged section by section, so that an edit has only the section judged again that it changed.

use std::collections::HashMap;
use std::path::Path;
use std::sync::{Arc, OnceLock};

use crate::across::Use;
use crate::check::{self, findings, preloaded};
use crate::sectioned::placed;
use crate::{Elsewhere, Finding, Input, Judgement, Resolved, Section, Sectioned, Settings, Uses, map_lists};

/// What was judged of a source, for when another text of it is checked.
#[derive(Debug, Default)]
pub struct Kept {
    /// What the sections were judged with.
    settings: Settings,
    /// The fonts that are preloaded.
    preloaded: Vec<Arc<Path>>,
    sections: Vec<(usize, Arc<Alone>)>,
}

/// What is known of a section alone.
#[derive(Debug)]
struct Alone {
    resolved: Arc<Vec<Resolved>>,
    /// [`Input::before`].
    before: Box<str>,
    judgements: Arc<Vec<Judgement>>,
    uses: Vec<Use>,
    /// What the rules say but those across files; once that was asked for.
    findings: OnceLock<Arc<Vec<Finding>>>,
}

impl Kept {
    /// What is judged of a source that is checked for the first time.
    pub fn of(input: &Input<'_>) -> Self {
        let mut kept = Self::default();
        kept.judge(input);
        kept
    }

    /// Judges the sections that were not judged yet.
    pub(crate) fn judge(&mut self, input: &Input<'_>) {
        let preloaded = preloaded(input.resolved);
        if self.settings != *input.settings || self.preloaded != preloaded {
            *self = Self { settings: input.settings.clone(), preloaded, sections: Vec::new() };
        }
        let known: HashMap<_, _> = self.sections.drain(..).map(|(_, alone)| (alone.key(), alone)).collect();
        let sections = sections(input).map(|(section, text, before)| {
            let known = known.get(&key(&section.items)).filter(|alone| &*alone.before == before);
            (section, text, before, known)
        });
        let count = |(section, _, _, known): &(&Section<Resolved>, &str, &str, Option<_>)| match known {
            Some(_) => 0,
            None => section.items.len(),
        };
        self.sections = map_lists(sections.collect(), count, |(section, text, before, known)| {
            let anew = || Arc::new(self.alone(&section.items, text, before));
            (section.start, known.map_or_else(anew, Arc::clone))
        });
    }

    fn alone(&self, resolved: &Arc<Vec<Resolved>>, text: &str, before: &str) -> Alone {
        let judgements = check::judgements(resolved, &self.settings, &self.preloaded);
        let each = resolved.iter().zip(&judgements);
        let uses = each.filter_map(|(resolved, judgement)| Use::of(text, resolved, judgement)).collect();
        let (judgements, before) = (Arc::new(judgements), Box::from(before));
        Alone { resolved: Arc::clone(resolved), before, judgements, uses, findings: OnceLock::new() }
    }

    /// The judgement of each reference.
    pub(crate) fn judgements(&self) -> Sectioned<Judgement> {
        let sections = self.sections.iter();
        let each =
            sections.map(|(start, alone)| Section { start: *start, items: Arc::clone(&alone.judgements) });
        Sectioned::new(each.collect())
    }

    /// The uses of assets by the source, as people are shown it.
    pub fn uses(&self, source: &Path, shown: &str) -> Uses {
        let each = self.sections.iter();
        let uses = each.flat_map(|(start, alone)| alone.uses.iter().map(|one| placed(one, *start)));
        Uses::new(source, shown, uses)
    }

    /// What the rules say of each section; no comment silences them.
    pub(crate) fn findings(&self, input: &Input<'_>) -> Sectioned<Finding> {
        let uneven = input.elsewhere.map(Elsewhere::uneven).unwrap_or_default();
        let each = sections(input).zip(&self.sections).map(|((_, text, _), (start, alone))| {
            let is_even = !alone.uses.iter().any(|one| uneven.contains(&one.key));
            (text, *start, alone, is_even)
        });
        let count = |(_, _, alone, is_even): &(&str, usize, &Arc<Alone>, bool)| {
            let is_known = *is_even && alone.findings.get().is_some();
            if is_known { 0 } else { alone.resolved.len() }
        };
        let found = map_lists(each.collect(), count, |(text, start, alone, is_even)| {
            let items = if is_even {
                Arc::clone(
                    alone.findings.get_or_init(|| alone.check(&Input { text, elsewhere: None, ..*input })),
                )
            } else {
                alone.check(&Input { text, ..*input })
            };
            Section { start, items }
        });
        Sectioned::new(found)
    }
}

impl Alone {
    fn key(&self) -> usize {
        key(&self.resolved)
    }

    /// What the rules say of it; the text of `input` is that of the section.
    fn check(&self, input: &Input<'_>) -> Arc<Vec<Finding>> {
        let section = Section { start: 0, items: Arc::clone(&self.resolved) };
        let input = Input { before: &self.before, resolved: &Sectioned::new(vec![section]), ..*input };
        Arc::new(findings(&input, &self.judgements))
    }
}

/// What tells one section from another, as long as it is held on to.
fn key(resolved: &Arc<Vec<Resolved>>) -> usize {
    Arc::as_ptr(resolved).addr()
}

/// The sections of a source with their texts and the ends of what stands before them.
fn sections<'a>(input: &Input<'a>) -> impl Iterator<Item = (&'a Section<Resolved>, &'a str, &'a str)> {
    let (text, sections) = (input.text, input.resolved.sections());
    sections.iter().enumerate().map(move |(number, section)| {
        let end = sections.get(number + 1).map_or(text.len(), |next| next.start);
        let before = text.floor_char_boundary(section.start.saturating_sub(Input::LOOK_BACK));
        (section, &text[section.start..end], &text[before..section.start])
    })
}
