//! Zola's `get_url`, whose URLs carry a version only with `cachebust=true`.

use cachelint_lint::{AtRuntime, Origin};
use cachelint_syntax::{HelperUse, Span};

use super::Context;
use crate::shown;
use crate::surroundings::Framework;

/// What the call itself says; `None` for other helpers, and where an expression decides.
pub(super) fn at_runtime(context: &Context<'_>, helper: &HelperUse) -> Option<AtRuntime> {
    if context.framework != Some(Framework::Zola) || helper.name != "get_url" {
        return None;
    }
    let argument = helper.arguments.iter().find(|argument| argument.name.as_deref() == Some("cachebust"));
    match argument.map(|argument| argument.value_span.of(context.text).trim()) {
        None | Some("false") => {
            Some(AtRuntime::Plain(origin(context, helper, "get_url without cachebust=true")))
        }
        Some("true") => Some(AtRuntime::Versioned(origin(context, helper, "cachebust=true"))),
        Some(_) => None,
    }
}

fn origin(context: &Context<'_>, helper: &HelperUse, what: &str) -> Origin {
    let above = [context.before, Span::new(0, helper.span.start).of(context.text)];
    let lines = above.iter().map(|text| text.matches('\n').count()).sum::<usize>();
    shown::origin(context.project, context.path, lines + 1, what)
}
