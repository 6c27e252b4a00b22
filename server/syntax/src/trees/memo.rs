//! What is kept of a text between edits: the trees of its islands and the URLs of its blocks, by their text.

use std::borrow::Borrow;
use std::cell::RefCell;
use std::collections::HashMap;
use std::hash::Hash;

use tree_sitter::Tree;

use super::parse::Grammar;
use crate::scan::{Block, BlockKind};
use crate::{Shift, Url};

/// What is kept of a text between edits: handed from one extraction to the next, so that an edit has only that parsed
/// again which it changed. It is of one dialect and of the same helpers.
#[derive(Debug, Default)]
pub(crate) struct Trees {
    /// The trees, by grammar and text.
    by_text: RefCell<Memo<(Grammar, String), Tree>>,
    /// The URLs of outputs and of statements, by the text within their delimiters.
    urls: [RefCell<Memo<String, Placed>>; 2],
}

/// URLs, and the block that they were read from.
#[derive(Clone, Debug)]
struct Placed {
    block: Block,
    urls: Vec<Url>,
}

impl Placed {
    /// Whether `block`, of the same text, has delimiters of the same lengths.
    fn is_like(&self, block: &Block) -> bool {
        let lengths = |it: &Block| (it.inner.start - it.span.start, it.span.end - it.inner.end);
        lengths(&self.block) == lengths(block)
    }

    fn moved_to(&mut self, block: &Block) -> &[Url] {
        if self.block.span.start != block.span.start {
            self.urls.iter_mut().for_each(|url| url.shift(self.block.span.start, block.span.start));
            self.block.clone_from(block);
        }
        &self.urls
    }
}

/// Answers of the last extraction, and those that were asked for since.
#[derive(Debug)]
struct Memo<K, V> {
    before: HashMap<K, V>,
    now: HashMap<K, V>,
}

impl<K, V> Default for Memo<K, V> {
    fn default() -> Self {
        Self { before: HashMap::new(), now: HashMap::new() }
    }
}

impl<K: Eq + Hash, V> Memo<K, V> {
    fn find<Q: Eq + Hash + ?Sized>(&mut self, key: &Q) -> Option<&mut V>
    where
        K: Borrow<Q>,
    {
        match self.before.remove_entry(key) {
            Some((key, value)) => Some(self.now.entry(key).insert_entry(value).into_mut()),
            None => self.now.get_mut(key),
        }
    }

    fn insert(&mut self, key: K, value: V) {
        self.now.insert(key, value);
    }

    fn take_in(&mut self, other: Self) {
        if self.before.is_empty() {
            self.before = other.before;
        } else {
            self.before.extend(other.before);
        }
    }

    /// Takes out what was asked for; it counts as not asked for yet.
    fn met(&mut self) -> Self {
        Self { before: std::mem::take(&mut self.now), now: HashMap::new() }
    }
}

impl Trees {
    /// Takes in what was kept of another text.
    pub(crate) fn take_in(&mut self, other: Self) {
        self.by_text.get_mut().take_in(other.by_text.into_inner());
        self.urls.iter_mut().zip(other.urls).for_each(|(own, urls)| own.get_mut().take_in(urls.into_inner()));
    }

    /// Takes out what was met since it was taken in, or since this was said last.
    pub(crate) fn met(&mut self) -> Self {
        let by_text = RefCell::new(self.by_text.get_mut().met());
        Self { by_text, urls: self.urls.each_mut().map(|urls| RefCell::new(urls.get_mut().met())) }
    }

    /// The tree of a text.
    pub(crate) fn tree(
        &self,
        grammar: Grammar,
        text: &str,
        parse: impl FnOnce() -> Option<Tree>,
    ) -> Option<Tree> {
        let key = (grammar, text.to_owned());
        let mut trees = self.by_text.borrow_mut();
        if let Some(tree) = trees.find(&key) {
            return Some(tree.clone());
        }
        let tree = parse()?;
        trees.insert(key, tree.clone());
        Some(tree)
    }

    /// The URLs of a block with `inner` between its delimiters.
    pub(crate) fn urls(&self, block: &Block, inner: &str, read: impl FnOnce() -> Vec<Url>) -> Vec<Url> {
        let mut memo = self.urls[usize::from(block.kind == BlockKind::Output)].borrow_mut();
        if let Some(known) = memo.find(inner).filter(|known| known.is_like(block)) {
            return known.moved_to(block).to_vec();
        }
        let urls = read();
        memo.insert(inner.to_owned(), Placed { block: block.clone(), urls: urls.clone() });
        urls
    }
}
