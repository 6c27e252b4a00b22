//! The open elements that decide whether what stands in them is live. Nesting costs nothing.

use super::elements::Inside;
use crate::Inert;

/// Which elements are open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Open {
    /// One bit for each element that shows code, not a count: two branches of an `{% if %}` may open one element twice.
    samples: u8,
    templates: usize,
    foreign: bool,
}

impl Open {
    /// An element begins in which `inside` stands.
    pub(super) const fn start(&mut self, inside: Inside, self_closing: bool) {
        match inside {
            Inside::Live => {}
            Inside::Template => self.templates += 1,
            Inside::Foreign => self.foreign = !self_closing,
            Inside::Sample(bit) => self.samples |= bit,
        }
    }

    /// An element ends in which `inside` stood.
    pub(super) const fn end(&mut self, inside: Inside) {
        match inside {
            Inside::Live => {}
            Inside::Template => self.templates = self.templates.saturating_sub(1),
            Inside::Foreign => self.foreign = false,
            Inside::Sample(bit) => self.samples &= !bit,
        }
    }

    /// Whether `<svg>` or `<math>` is open, where `/>` closes an element.
    pub(super) const fn foreign(&self) -> bool {
        self.foreign
    }

    /// Why what stands here is not live.
    pub(super) const fn inert(&self) -> Option<Inert> {
        match self {
            Self { samples: 1.., .. } => Some(Inert::Code),
            Self { templates: 1.., .. } => Some(Inert::HtmlTemplate),
            _ => None,
        }
    }
}
