//! Lists in sections: what is known of the parts of a source, which stand elsewhere than they did when it was found.

use std::ops::{Deref, DerefMut};
use std::sync::{Arc, OnceLock};

use cachelint_syntax::Shift;

use crate::map_each;

/// What is known of a source: one list, in sections that other texts may share. The spans of a section's items are those
/// in the section alone; those of the list, which is put together when it is first asked for, are those in the source.
#[derive(Clone, Debug)]
pub struct Sectioned<T> {
    sections: Vec<Section<T>>,
    whole: OnceLock<Vec<T>>,
}

/// What is known of a section of a source.
#[derive(Debug)]
pub struct Section<T> {
    /// Where the section begins.
    pub start: usize,
    /// Its items, with the spans that they have in it alone.
    pub items: Arc<Vec<T>>,
}

impl<T> Clone for Section<T> {
    fn clone(&self) -> Self {
        Self { start: self.start, items: Arc::clone(&self.items) }
    }
}

impl<T> Sectioned<T> {
    /// A list of these sections, in order.
    pub const fn new(sections: Vec<Section<T>>) -> Self {
        Self { sections, whole: OnceLock::new() }
    }

    /// Its sections, in order.
    pub fn sections(&self) -> &[Section<T>] {
        &self.sections
    }

    /// How many items there are.
    pub fn len(&self) -> usize {
        self.sections.iter().map(|section| section.items.len()).sum()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// All items with where the section begins that their spans count from.
    pub fn placed(&self) -> impl Iterator<Item = (usize, &T)> {
        self.sections.iter().flat_map(|section| section.items.iter().map(|item| (section.start, item)))
    }
}

impl<T: Clone + Shift + Send + Sync> Sectioned<T> {
    /// The items, each with the span it has in the source.
    pub fn into_vec(mut self) -> Vec<T> {
        std::mem::take(&mut *self)
    }

    fn together(&self) -> Vec<T> {
        map_each(self.placed().collect(), |(start, item)| placed(item, start))
    }
}

/// The item of a section that begins at `start`, where it stands in the source.
pub fn placed<T: Clone + Shift>(item: &T, start: usize) -> T {
    let mut item = item.clone();
    item.shift(0, start);
    item
}

impl<T> Default for Sectioned<T> {
    fn default() -> Self {
        Self::new(Vec::new())
    }
}

impl<T> From<Vec<T>> for Sectioned<T> {
    fn from(items: Vec<T>) -> Self {
        Self::new(vec![Section { start: 0, items: Arc::new(items) }])
    }
}

impl<T> FromIterator<T> for Sectioned<T> {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        Vec::from_iter(items).into()
    }
}

impl<T: Clone + Shift + Send + Sync> Deref for Sectioned<T> {
    type Target = Vec<T>;

    fn deref(&self) -> &Vec<T> {
        match &*self.sections {
            [Section { start: 0, items }] => items,
            _ => self.whole.get_or_init(|| self.together()),
        }
    }
}

impl<T: Clone + Shift + Send + Sync> DerefMut for Sectioned<T> {
    fn deref_mut(&mut self) -> &mut Vec<T> {
        if !matches!(&*self.sections, [Section { start: 0, .. }]) {
            let whole = self.whole.take().unwrap_or_else(|| self.together());
            *self = whole.into();
        }
        Arc::make_mut(&mut self.sections[0].items)
    }
}

impl<'a, T: Clone + Shift + Send + Sync> IntoIterator for &'a Sectioned<T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}
