//! A helper of the project that adds the version, in place of the one that does not.

use cachelint_syntax::{HelperKind, Span};

use super::place;
use crate::rules::Site;
use crate::{Edit, Fix};

/// The fix that calls the project's own helper with the same arguments.
pub(crate) fn replace(site: &Site<'_>) -> Option<Fix> {
    let own = site.input.settings.versioning_helper.as_ref()?;
    let helper = site.resolved.reference.helper().filter(|helper| helper.kind == HelperKind::Call)?;
    let span = Span::new(helper.span.start, helper.span.start + helper.name.len());
    let named = helper.arguments.iter().any(|argument| argument.name.as_deref() == Some("filename"));
    if helper.name != "url_for"
        || !named
        || site.judgement.written.is_some()
        || span.of(site.input.text) != helper.name
    {
        return None;
    }
    Some(Fix {
        title: format!("Use {own}"),
        applicability: place::applicability(site.resolved.reference.place),
        edits: vec![Edit { span, text: own.clone() }],
    })
}
