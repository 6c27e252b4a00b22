//! References of a page that is an input of a bundler: what it rewrites, and what it copies as it is.

use cachelint_lint::{AtRuntime, Target};
use cachelint_syntax::Reference;

use super::Context;
use crate::frameworks::bundlers::Bundler;

/// What bundlers put in the place of the address of the public folder.
const PLACEHOLDERS: [&str; 3] = ["%PUBLIC_URL%", "%BASE_URL%", "%sveltekit.assets%"];

/// A URL behind a bundler's placeholder as one that starts from the host's root.
pub(super) fn without_placeholder<'a>(context: &Context<'_>, text: &'a str) -> Option<&'a str> {
    context.bundler?;
    PLACEHOLDERS.iter().find_map(|placeholder| text.strip_prefix(placeholder))
}

/// What a reference names: a file that is not found is the bundler's own affair.
pub(super) fn apply(context: &Context<'_>, reference: &Reference, target: Target) -> Target {
    match (rewriting(context, reference), target) {
        (Some(bundler), Target::Missing(_)) => {
            Target::Unknown(format!("{} decides what it names", bundler.origin.what))
        }
        (_, target) => target,
    }
}

/// The bundler that rewrites the URL of a file which is not public.
pub(super) fn at_runtime(context: &Context<'_>, reference: &Reference, target: &Target) -> Option<AtRuntime> {
    let bundler = rewriting(context, reference)?;
    let Target::Asset(asset) = target else { return None };
    let public = bundler.publics.iter().any(|folder| asset.path.starts_with(folder));
    (!public).then(|| AtRuntime::Versioned(bundler.origin.clone()))
}

/// The bundler of the page, where it rewrites literal URLs.
fn rewriting<'a>(context: &Context<'a>, reference: &Reference) -> Option<&'a Bundler> {
    context.bundler.filter(|bundler| bundler.rewrites && reference.helper().is_none())
}
