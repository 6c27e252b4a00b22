//! The next occurrence of a needle, remembered, so that asking again further on never reads a byte twice.

use memchr::memmem::Finder;

/// Answers where a needle occurs next; the offsets asked for must not decrease.
pub(super) struct Seeker<'n> {
    finder: Finder<'n>,
    /// Where it occurs at or after the last offset searched from; `usize::MAX` for nowhere.
    at: Option<usize>,
}

impl<'n> Seeker<'n> {
    pub(super) fn new(needle: &'n (impl AsRef<[u8]> + ?Sized)) -> Self {
        Self { finder: Finder::new(needle.as_ref()), at: None }
    }

    /// The first occurrence at or after `from`.
    pub(super) fn next(&mut self, text: &[u8], from: usize) -> Option<usize> {
        let at = match self.at {
            Some(at) if at >= from => at,
            _ => {
                let rest = text.get(from..).unwrap_or_default();
                self.finder.find(rest).map_or(usize::MAX, |offset| from + offset)
            }
        };
        self.at = Some(at);
        (at != usize::MAX).then_some(at)
    }
}
