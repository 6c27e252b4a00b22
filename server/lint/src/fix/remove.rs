//! A version taken out of the URL, the query or the arguments with what set it apart from its neighbours.

use cachelint_syntax::{Argument, HelperUse, QueryPair, Span, Url};

use crate::rules::Site;
use crate::{Applicability, Carrier, Edit, Fix, HELPER_HOOK, Origin, Written};

use super::{is_shared, place};

/// The fix that takes `written` out; `None` where no edit is sure to take it out and nothing else.
pub(crate) fn remove(site: &Site<'_>, written: &Written) -> Option<Fix> {
    let reference = &site.resolved.reference;
    let span = match written.carrier {
        Carrier::Query | Carrier::Keyless => of_query(site, written.span),
        Carrier::Keyword => neighbourless(&reference.helper()?.arguments, written.span),
        Carrier::Chained => of_chain(reference.helper()?, written.span),
        Carrier::FileName | Carrier::Date | Carrier::Release => None,
    }?;
    let edit = Edit { span, text: String::new() };
    let applicability = place::applicability(reference.place);
    let title = format!("Remove {}", site.shown(written));
    (!is_shared(site, &edit)).then(|| Fix { title, applicability, edits: vec![edit] })
}

/// The fix that takes `written` out because `by` adds a version in its place, or one of its own. That is certain of the
/// function that this tool writes.
pub(crate) fn remove_for(site: &Site<'_>, written: &Written, by: &Origin) -> Option<Fix> {
    let fix = remove(site, written)?;
    Some(if by.what == HELPER_HOOK { fix } else { Fix { applicability: Applicability::Unsafe, ..fix } })
}

/// A pair with the `&` that sets it apart; the last one left with the `?`.
fn of_query(site: &Site<'_>, pair: Span) -> Option<Span> {
    let reference = &site.resolved.reference;
    let whole = |pair: &QueryPair| {
        let is_text = pair.value.as_text().is_some();
        let value = if is_text { pair.value_span } else { site.output(pair.value_span)? };
        Some(Span::new(pair.span().start.min(value.start), value.end))
    };
    let urls = [Some(&reference.url), reference.helper().and_then(|helper| helper.path.as_ref())];
    let mut queries = urls.into_iter().flatten().filter_map(Url::query);
    queries.find_map(|query| {
        let at = query.pairs.iter().position(|it| it.span() == pair)?;
        let pairs: Vec<Span> = query.pairs.iter().map(whole).collect::<Option<_>>()?;
        let pair = pairs[at];
        Some(match (at.checked_sub(1), pairs.get(at + 1)) {
            (Some(before), _) => Span::new(pairs[before].end, pair.end),
            (None, Some(next)) => Span::new(pair.start, next.start),
            (None, None) => Span::new(query.mark, pair.end),
        })
    })
}

/// The whole method call where the version is all it is given.
fn of_chain(helper: &HelperUse, argument: Span) -> Option<Span> {
    let call = helper.chain.iter().find(|call| call.arguments.iter().any(|it| it.span == argument))?;
    if call.arguments.len() == 1 { Some(call.span) } else { neighbourless(&call.arguments, argument) }
}

/// An argument with the comma before it, or that behind the first.
fn neighbourless(arguments: &[Argument], argument: Span) -> Option<Span> {
    let at = arguments.iter().position(|it| it.span == argument)?;
    match at.checked_sub(1) {
        Some(before) => Some(Span::new(arguments[before].span.end, argument.end)),
        None => Some(Span::new(argument.start, arguments.get(1)?.span.start)),
    }
}
