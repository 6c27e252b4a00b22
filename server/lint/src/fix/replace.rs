//! A version replaced where it stands: in a query, an argument or a chained call.

use cachelint_syntax::Span;

use crate::rules::Site;
use crate::{Carrier, Edit, Written};

use super::version::{Version, in_block};

/// What takes the place of `written`, as people see it, and the edit.
pub(crate) fn replace(site: &Site<'_>, written: &Written, version: &Version) -> Option<(String, Edit)> {
    match written.carrier {
        Carrier::Query | Carrier::Keyless => in_query(site, written, version),
        Carrier::Keyword | Carrier::Chained => in_call(site, written, version),
        Carrier::FileName | Carrier::Date | Carrier::Release => None,
    }
}

fn in_query(site: &Site<'_>, written: &Written, version: &Version) -> Option<(String, Edit)> {
    let old = if written.value.is_none() { site.output(written.value_span)? } else { written.value_span };
    if written.value.is_some() && old.of(site.input.text).contains("{%") {
        return None;
    }
    let value = version.text_value(in_block(site, old.start))?;
    let pair = format!("{}={value}", version.parameter());
    let shown = format!("?{pair}");
    let whole = Span::new(written.span.start.min(old.start), old.end);
    let before = Span::new(whole.start, old.start).of(site.input.text);
    let keep = match written.carrier {
        Carrier::Keyless => false,
        _ => is_kept(site, written, version) || before != format!("{}=", written.key),
    };
    let edit = if keep { Edit { span: old, text: value } } else { Edit { span: whole, text: pair } };
    Some((shown, edit))
}

fn in_call(site: &Site<'_>, written: &Written, version: &Version) -> Option<(String, Edit)> {
    let quote = site.quote_at(written.value_span.start).or_else(|| site.call_quote()).unwrap_or('\'');
    let argument = version.argument(quote)?;
    let edit = if is_kept(site, written, version) {
        Edit { span: written.value_span, text: version.argument_value(quote)? }
    } else {
        Edit { span: written.span, text: argument.clone() }
    };
    Some((argument, edit))
}

/// Whether the parameter stays: another than the project's own would not be known again once the file changes.
fn is_kept(site: &Site<'_>, written: &Written, version: &Version) -> bool {
    written.key == version.parameter() || crate::version::is_own_parameter(&written.key, site.input.settings)
}
