//! The form in which a project already writes versions by hand.

use std::collections::BTreeMap;

use cachelint_syntax::Span;

use crate::version::values::{self, KeyMeaning};
use crate::version::{Carrier, all_written};
use crate::{Habit, Resolved, Settings};

/// How often a form must be used to be a habit.
const LEAST_USES: usize = 3;

/// The habit of a project: the form that most of its references use, if at least three do. `sources` gives each
/// source's text with its references, in a stable order.
pub fn habit<'a>(sources: impl IntoIterator<Item = (&'a str, &'a [Resolved])>, settings: &Settings) -> Habit {
    let mut uses: BTreeMap<Habit, usize> = BTreeMap::new();
    for (text, references) in sources {
        for form in references.iter().filter_map(|resolved| form(text, resolved)) {
            *uses.entry(form).or_default() += 1;
        }
    }
    let most = uses.into_iter().filter(|&(_, count)| count >= LEAST_USES).max_by_key(|&(_, count)| count);
    most.map(|(form, _)| form).filter(|form| !is_default(form, settings)).unwrap_or_default()
}

/// Whether a form is what fixes write anyway.
fn is_default(form: &Habit, settings: &Settings) -> bool {
    form.expression.is_none() && form.parameter.as_deref() == Some(settings.version.parameter.as_str())
}

fn form(text: &str, resolved: &Resolved) -> Option<Habit> {
    let found = all_written(&resolved.reference);
    let written = found.into_iter().find(|written| {
        let carried = matches!(written.carrier, Carrier::Query | Carrier::Keyword | Carrier::Chained);
        carried && values::key(&written.key, written.value.as_deref()) == KeyMeaning::Version
    })?;
    let expression = match written.value {
        Some(value) if value.is_empty() => return None,
        Some(_) => None,
        None => Some(expression(text, written.value_span)?),
    };
    Some(Habit { parameter: Some(written.key), expression })
}

/// The expression at `span` as an output, if it is a plain name that means the same in every template.
fn expression(text: &str, span: Span) -> Option<String> {
    let source = span.of(text).trim();
    let output = source.strip_prefix("{{").and_then(|rest| rest.strip_suffix("}}"));
    let name = output.unwrap_or(source).trim_matches(['-', '+', ' ', '\t']);
    let letters = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.'));
    let first = name.split('.').next().unwrap_or_default();
    let local = ["loop", "forloop", "item", "self", "now", "timestamp", "none", "None"].contains(&first);
    let plain =
        letters && !local && first.starts_with(|letter: char| letter.is_ascii_alphabetic() || letter == '_');
    plain.then(|| format!("{{{{ {name} }}}}"))
}
