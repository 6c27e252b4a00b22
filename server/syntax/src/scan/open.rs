//! The open elements that decide whether what stands in them is live. Nesting costs nothing.

use crate::Inert;

/// The elements whose content shows code.
const SAMPLES: [&str; 6] = ["pre", "code", "samp", "kbd", "textarea", "xmp"];

/// Which elements are open.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Open {
    /// One flag for each of [`SAMPLES`], not a count: two branches of an `{% if %}` may open one element twice.
    samples: [bool; SAMPLES.len()],
    templates: usize,
    foreign: bool,
}

impl Open {
    pub(super) fn start(&mut self, name: &str, self_closing: bool) {
        match name {
            "template" => self.templates += 1,
            "svg" | "math" => self.foreign = !self_closing,
            _ => self.set(name, true),
        }
    }

    pub(super) fn end(&mut self, name: &str) {
        match name {
            "template" => self.templates = self.templates.saturating_sub(1),
            "svg" | "math" => self.foreign = false,
            _ => self.set(name, false),
        }
    }

    fn set(&mut self, name: &str, open: bool) {
        if let Some(place) = SAMPLES.iter().position(|&sample| sample == name) {
            self.samples[place] = open;
        }
    }

    /// Whether `<svg>` or `<math>` is open, where `/>` closes an element.
    pub(super) const fn foreign(&self) -> bool {
        self.foreign
    }

    /// Why what stands here is not live.
    pub(super) fn inert(&self) -> Option<Inert> {
        if self.samples.contains(&true) {
            return Some(Inert::Code);
        }
        (self.templates > 0).then_some(Inert::HtmlTemplate)
    }
}
