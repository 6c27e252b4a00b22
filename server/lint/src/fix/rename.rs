//! Another name for what a path ends in.

use cachelint_syntax::{Literal, Span};

use crate::rules::Site;
use crate::version::literal_path;
use crate::{Applicability, Edit, Fix};

/// The fix that writes `new` where the path ends in `old`. It changes what the page loads, so it is never safe.
pub(crate) fn rename(site: &Site<'_>, old: &str, new: &str) -> Option<Fix> {
    let literal = literal_path(&site.resolved.reference)?;
    let (old, new) = without_common_start(old, new);
    let span = tail(&literal, old)?;
    (span.of(site.input.text) == old && is_plain(new)).then(|| Fix {
        title: format!("Change to {new}"),
        applicability: Applicability::Unsafe,
        edits: vec![Edit { span, text: new.to_owned() }],
    })
}

/// Whether a name needs no escape in a URL, an attribute or a string.
fn is_plain(name: &str) -> bool {
    name.chars().all(|letter| letter.is_alphanumeric() || "/._-~+@".contains(letter))
}

/// Both names from the last folder on that they share.
fn without_common_start<'a>(old: &'a str, new: &'a str) -> (&'a str, &'a str) {
    let folder = |name: &str| name.rfind('/').map_or(0, |slash| slash + 1);
    let at = folder(old);
    if at == folder(new) && old[..at] == new[..at] { (&old[at..], &new[at..]) } else { (old, new) }
}

fn tail(literal: &Literal, end: &str) -> Option<Span> {
    let start = literal.text.len().checked_sub(end.len()).filter(|_| literal.text.ends_with(end))?;
    Some(literal.slice(start, literal.text.len()).span)
}
