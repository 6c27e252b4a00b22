//! Who goes first: a scan gives way to the checks of what is being edited.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

/// How many checks are under way that others give way to. Clones count together.
#[derive(Clone, Debug, Default)]
pub struct Precedence(Arc<AtomicUsize>);

/// A check that others give way to, until this is dropped.
#[derive(Debug)]
pub struct Turn(Precedence);

/// How long one gives way at most, so that it gets on beside edits that never pause; and how often it looks.
const LONGEST: Duration = Duration::from_millis(10);
const LOOK: Duration = Duration::from_micros(200);

impl Precedence {
    /// Begins a check that others give way to.
    pub fn take(&self) -> Turn {
        self.0.fetch_add(1, Ordering::Relaxed);
        Turn(self.clone())
    }

    /// Lets another thread go first that waits for this processor, and waits while such checks are under way.
    pub fn give_way(&self) {
        thread::yield_now();
        let mut waited = Duration::ZERO;
        while self.0.load(Ordering::Relaxed) > 0 && waited < LONGEST {
            thread::sleep(LOOK);
            waited += LOOK;
        }
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        self.0.0.fetch_sub(1, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use std::time::Instant;

    use super::*;

    #[test]
    fn one_gives_way_until_the_check_is_done_and_not_for_ever() {
        let precedence = Precedence::default();
        let turn = precedence.take();
        let start = Instant::now();
        precedence.give_way();
        assert!(start.elapsed() >= LONGEST);
        drop(turn);
        assert_eq!(precedence.0.load(Ordering::Relaxed), 0);
    }
}
