//! What is known of references, moved along with the text that they stand in.

use cachelint_syntax::Shift;

use crate::across::Use;
use crate::{Edit, Finding, Fix, Judgement, Resolved, Written};

// The fields are named one by one, so that none is forgotten.

impl Shift for Resolved {
    fn shift(&mut self, from: usize, to: usize) {
        let Self {
            reference,
            written,
            target: _,
            exempt: _,
            at_runtime: _,
            listed: _,
            copy: _,
            is_stripped: _,
            changed_since: _,
        } = self;
        reference.shift(from, to);
        written.shift(from, to);
    }
}

impl Shift for Written {
    fn shift(&mut self, from: usize, to: usize) {
        let Self { carrier: _, key: _, value: _, value_span, span } = self;
        value_span.shift(from, to);
        span.shift(from, to);
    }
}

impl Shift for Judgement {
    fn shift(&mut self, from: usize, to: usize) {
        let Self { status: _, reason: _, written } = self;
        written.shift(from, to);
    }
}

impl Shift for Use {
    fn shift(&mut self, from: usize, to: usize) {
        let Self { asset: _, key: _, span, place: _, status: _, version: _, query: _ } = self;
        span.shift(from, to);
    }
}

impl Shift for Finding {
    /// Other places that it names do not move: what is found by rules across files, which alone name any, is not kept from
    /// one text to the next.
    fn shift(&mut self, from: usize, to: usize) {
        let Self { rule: _, level: _, span, message: _, help: _, url: _, asset: _, related: _, fixes } = self;
        span.shift(from, to);
        fixes.shift(from, to);
    }
}

impl Shift for Fix {
    fn shift(&mut self, from: usize, to: usize) {
        let Self { title: _, applicability: _, edits } = self;
        edits.shift(from, to);
    }
}

impl Shift for Edit {
    fn shift(&mut self, from: usize, to: usize) {
        let Self { span, text: _ } = self;
        span.shift(from, to);
    }
}
