//! What was read from a text that now stands elsewhere: the same, with every span moved along.

use std::sync::Arc;

use crate::{
    Argument, Comment, Extraction, HelperUse, Import, Literal, Macro, MethodCall, Piece, Reference, Skipped,
    Span, Url,
};

/// What stands somewhere in a text.
pub trait Shift {
    /// Moves it along with a text that began at byte `from` and now begins at byte `to`.
    fn shift(&mut self, from: usize, to: usize);
}

impl Shift for usize {
    fn shift(&mut self, from: usize, to: usize) {
        *self = (*self + to).saturating_sub(from);
    }
}

impl Shift for Span {
    fn shift(&mut self, from: usize, to: usize) {
        self.start.shift(from, to);
        self.end.shift(from, to);
    }
}

impl<T: Shift> Shift for Option<T> {
    fn shift(&mut self, from: usize, to: usize) {
        self.iter_mut().for_each(|it| it.shift(from, to));
    }
}

impl<T: Shift> Shift for Vec<T> {
    fn shift(&mut self, from: usize, to: usize) {
        self.iter_mut().for_each(|it| it.shift(from, to));
    }
}

// The fields are named one by one, so that none is forgotten.

impl Shift for Extraction {
    fn shift(&mut self, from: usize, to: usize) {
        let Self { references, comments, has_blocks: _, rendered: _, macros, imports, base: _, skipped } =
            self;
        references.shift(from, to);
        comments.shift(from, to);
        macros.shift(from, to);
        imports.shift(from, to);
        skipped.shift(from, to);
    }
}

impl Shift for Comment {
    fn shift(&mut self, from: usize, to: usize) {
        let Self { span, body, kind: _, alone: _, next_tag } = self;
        span.shift(from, to);
        body.shift(from, to);
        next_tag.shift(from, to);
    }
}

impl Shift for Macro {
    fn shift(&mut self, from: usize, to: usize) {
        let Self { name: _, head, span } = self;
        head.shift(from, to);
        span.shift(from, to);
    }
}

impl Shift for Import {
    fn shift(&mut self, from: usize, to: usize) {
        let Self { span, template: _, names: _, without } = self;
        span.shift(from, to);
        without.shift(from, to);
    }
}

impl Shift for Skipped {
    fn shift(&mut self, from: usize, to: usize) {
        let Self { span, reason: _ } = self;
        span.shift(from, to);
    }
}

impl Shift for Reference {
    fn shift(&mut self, from: usize, to: usize) {
        let Self { span, place: _, url, quoting: _, inert: _, enclosing: _, container, integrity } = self;
        span.shift(from, to);
        url.shift(from, to);
        container.shift(from, to);
        integrity.shift(from, to);
    }
}

impl Shift for Url {
    fn shift(&mut self, from: usize, to: usize) {
        let Self { pieces } = self;
        pieces.shift(from, to);
    }
}

impl Shift for Piece {
    fn shift(&mut self, from: usize, to: usize) {
        match self {
            Self::Literal(literal) => literal.shift(from, to),
            Self::Helper(helper) => Arc::make_mut(helper).shift(from, to),
            Self::Dynamic(span) => span.shift(from, to),
        }
    }
}

impl Shift for Literal {
    fn shift(&mut self, from: usize, to: usize) {
        let Self { text: _, span, breaks } = self;
        span.shift(from, to);
        breaks.iter_mut().for_each(|(_, source)| source.shift(from, to));
    }
}

impl Shift for HelperUse {
    fn shift(&mut self, from: usize, to: usize) {
        let Self {
            name: _,
            kind: _,
            versioning: _,
            path_argument: _,
            span,
            endpoint,
            path,
            arguments,
            close,
            chain,
        } = self;
        span.shift(from, to);
        endpoint.shift(from, to);
        path.shift(from, to);
        arguments.shift(from, to);
        close.shift(from, to);
        chain.shift(from, to);
    }
}

impl Shift for MethodCall {
    fn shift(&mut self, from: usize, to: usize) {
        let Self { name: _, span, arguments, close } = self;
        span.shift(from, to);
        arguments.shift(from, to);
        close.shift(from, to);
    }
}

impl Shift for Argument {
    fn shift(&mut self, from: usize, to: usize) {
        let Self { name: _, star: _, span, value_span, value } = self;
        span.shift(from, to);
        value_span.shift(from, to);
        value.shift(from, to);
    }
}
