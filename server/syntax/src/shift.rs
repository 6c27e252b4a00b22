//! What was read from a text that now stands elsewhere: the same, with every span moved along.

use std::sync::Arc;

use crate::{
    Argument, Comment, Extraction, HelperUse, Import, Literal, Macro, MethodCall, Piece, Reference, Skipped,
    Span, Url,
};

impl Extraction {
    /// Moves it along with a text that began at byte `from` and now begins at byte `to`.
    pub(crate) fn shift(&mut self, from: usize, to: usize) {
        let moved = |offset: usize| (offset + to).saturating_sub(from);
        // Named one by one, so that none is forgotten.
        let Self { references, comments, has_blocks: _, rendered: _, macros, imports, base: _, skipped } =
            self;
        references.iter_mut().for_each(|reference| reference.shift_by(&moved));
        for Comment { span, body, kind: _, alone: _, next_tag } in comments {
            [span, body].into_iter().chain(next_tag).for_each(|span| span.shift_by(&moved));
        }
        for Macro { name: _, head, span } in macros {
            [head, span].into_iter().for_each(|span| span.shift_by(&moved));
        }
        for Import { span, template: _, names: _, without } in imports {
            [span, without].into_iter().for_each(|span| span.shift_by(&moved));
        }
        skipped.iter_mut().for_each(|Skipped { span, reason: _ }| span.shift_by(&moved));
    }
}

impl Reference {
    fn shift_by(&mut self, moved: &dyn Fn(usize) -> usize) {
        let Self { span, place: _, url, quoting: _, inert: _, enclosing: _, container, integrity } = self;
        span.shift_by(moved);
        url.shift_by(moved);
        container.shift_by(moved);
        integrity.iter_mut().for_each(|integrity| integrity.shift_by(moved));
    }
}

impl Url {
    /// Moves it along with a text that began at byte `from` and now begins at byte `to`.
    pub(crate) fn shift(&mut self, from: usize, to: usize) {
        let moved = |offset: usize| (offset + to).saturating_sub(from);
        self.shift_by(&moved);
    }

    fn shift_by(&mut self, moved: &dyn Fn(usize) -> usize) {
        self.pieces.iter_mut().for_each(|piece| piece.shift_by(moved));
    }
}

impl Piece {
    fn shift_by(&mut self, moved: &dyn Fn(usize) -> usize) {
        match self {
            Self::Literal(literal) => literal.shift_by(moved),
            Self::Helper(helper) => Arc::make_mut(helper).shift_by(moved),
            Self::Dynamic(span) => span.shift_by(moved),
        }
    }
}

impl Literal {
    fn shift_by(&mut self, moved: &dyn Fn(usize) -> usize) {
        self.span.shift_by(moved);
        self.breaks.iter_mut().for_each(|(_, source)| *source = moved(*source));
    }
}

impl HelperUse {
    fn shift_by(&mut self, moved: &dyn Fn(usize) -> usize) {
        // Named one by one, so that none is forgotten.
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
        span.shift_by(moved);
        endpoint.iter_mut().chain(path).for_each(|url| url.shift_by(moved));
        arguments.iter_mut().for_each(|argument| argument.shift_by(moved));
        *close = moved(*close);
        for MethodCall { name: _, span, arguments, close } in chain {
            span.shift_by(moved);
            arguments.iter_mut().for_each(|argument| argument.shift_by(moved));
            *close = moved(*close);
        }
    }
}

impl Argument {
    fn shift_by(&mut self, moved: &dyn Fn(usize) -> usize) {
        let Self { name: _, star: _, span, value_span, value } = self;
        span.shift_by(moved);
        value_span.shift_by(moved);
        value.shift_by(moved);
    }
}

impl Span {
    fn shift_by(&mut self, moved: &dyn Fn(usize) -> usize) {
        *self = Self::new(moved(self.start), moved(self.end));
    }
}
