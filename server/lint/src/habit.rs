//! The form in which a project already writes versions by hand.

use std::collections::BTreeMap;

use cachelint_syntax::Span;

use crate::version::Carrier;
use crate::version::digest::is_stamp;
use crate::version::values::{self, KeyMeaning};
use crate::{Habit, Resolved, Settings};

/// How often a form must be used to be a habit.
const LEAST_USES: usize = 3;

/// How often each form is used by the sources looked at so far.
#[derive(Clone, Debug, Default)]
pub struct HabitCount {
    uses: BTreeMap<Habit, usize>,
}

impl HabitCount {
    /// Counts the forms of one source's references; `settings` are those of the source.
    pub fn add(&mut self, text: &str, references: &[Resolved], settings: &Settings) {
        for form in references.iter().filter_map(|resolved| form(text, resolved, settings)) {
            *self.uses.entry(form).or_default() += 1;
        }
    }

    /// Adds what was counted elsewhere.
    pub fn merge(&mut self, other: Self) {
        for (form, count) in other.uses {
            *self.uses.entry(form).or_default() += count;
        }
    }

    /// The habit of the project: the form that most of the references use, if at least three do.
    pub fn habit(self, settings: &Settings) -> Habit {
        let uses = self.uses.into_iter().filter(|&(_, count)| count >= LEAST_USES);
        let most = uses.max_by_key(|&(_, count)| count);
        most.map(|(form, _)| form).filter(|form| !is_default(form, settings)).unwrap_or_default()
    }
}

/// Whether a form is what fixes write anyway.
fn is_default(form: &Habit, settings: &Settings) -> bool {
    form.expression.is_none() && form.parameter.as_deref() == Some(settings.version.parameter.as_str())
}

/// The form of one reference; a number kept by hand in the project's own parameter is what fixes replace, no habit.
fn form(text: &str, resolved: &Resolved, settings: &Settings) -> Option<Habit> {
    if resolved.is_stripped {
        return Some(Habit { in_name: true, ..Habit::default() });
    }
    let written = resolved.written.iter().find(|written| {
        let carried = matches!(written.carrier, Carrier::Query | Carrier::Keyword | Carrier::Chained);
        carried && values::key(&written.key, written.value.as_deref()) == KeyMeaning::Version
    })?;
    let expression = match &written.value {
        Some(value) if value.is_empty() => return None,
        Some(value) if written.key == settings.version.parameter && !is_stamp(value, &settings.version) => {
            return None;
        }
        Some(_) => None,
        None => Some(expression(text, written.value_span, settings)?),
    };
    Some(Habit { parameter: Some(written.key.clone()), expression, in_name: false })
}

/// The expression at `span` as an output, if it is a plain name that means the same in every template, and something.
fn expression(text: &str, span: Span, settings: &Settings) -> Option<String> {
    let source = span.of(text).trim();
    let output = source.strip_prefix("{{").and_then(|rest| rest.strip_suffix("}}"));
    let name = output.unwrap_or(source).trim_matches(['-', '+', ' ', '\t']);
    let letters = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.'));
    let first = name.split('.').next().unwrap_or_default();
    let is_empty = settings.undefined.iter().any(|undefined| undefined == name);
    let local = ["loop", "forloop", "item", "self", "now", "timestamp", "none", "None"].contains(&first);
    let plain = letters
        && !local
        && !is_empty
        && first.starts_with(|letter: char| letter.is_ascii_alphabetic() || letter == '_');
    plain.then(|| format!("{{{{ {name} }}}}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::resolve;

    #[track_caller]
    fn check(values: &[&str], parameter: Option<&str>, expression: Option<&str>) {
        check_with(&Settings::default(), values, parameter, expression);
    }

    #[track_caller]
    fn check_with(settings: &Settings, values: &[&str], parameter: Option<&str>, expression: Option<&str>) {
        let sources: Vec<_> =
            values.iter().map(|value| format!("<link rel=stylesheet href=\"{value}\">")).collect();
        let resolved: Vec<_> = sources.iter().map(|text| resolve(text).1).collect();
        let mut count = HabitCount::default();
        for (text, resolved) in sources.iter().zip(&resolved) {
            count.add(text, resolved, settings);
        }
        let expected = Habit {
            parameter: parameter.map(str::to_owned),
            expression: expression.map(str::to_owned),
            in_name: false,
        };
        assert_eq!(count.habit(settings), expected, "{values:?}");
    }

    #[test]
    fn a_form_used_three_times_is_a_habit() {
        check(&["a.css?v={{ version }}"; 3], Some("v"), Some("{{ version }}"));
        check(
            &["a.css?v={{version}}", "a.css?v={{ version }}", "a.css?v={{- version }}"],
            Some("v"),
            Some("{{ version }}"),
        );
        check(&["a.css?cachebust=1", "b.css?cachebust=2", "c.css?cachebust=3"], Some("cachebust"), None);
        check(
            &["{{ url_for('static', filename='a.css', v=config.VERSION) }}"; 3],
            Some("v"),
            Some("{{ config.VERSION }}"),
        );
    }

    #[test]
    fn a_name_that_nothing_defines_is_no_habit() {
        let settings = Settings { undefined: vec!["version".to_owned()], ..Settings::default() };
        check_with(&settings, &["a.css?v={{ version }}"; 3], None, None);
        check_with(&settings, &["a.css?v={{ release }}"; 3], Some("v"), Some("{{ release }}"));
    }

    #[test]
    fn of_two_forms_the_more_frequent_is_the_habit() {
        let with = |others: [&'static str; 4]| {
            let mut values = vec!["a.css?v={{ version }}"; 3];
            values.extend(others);
            values
        };
        check(&with(["a.css?v=1"; 4]), Some("v"), Some("{{ version }}"));
        check(&with(["a.css?v=1a2b3c4d"; 4]), None, None);
        check(&with(["a.css?cb={{ x }}"; 4]), Some("cb"), Some("{{ x }}"));
    }

    #[test]
    fn what_is_rare_changes_each_time_or_is_written_anyway_is_none() {
        check(&["a.css?v={{ version }}"; 2], None, None);
        check(&["a.css?v=1"; 3], None, None);
        check(&["a.css?v={{ now() }}"; 3], None, None);
        check(&["a.css?v={{ range(1, 9) | random }}"; 3], None, None);
        check(&["a.css?id={{ item.id }}"; 3], None, None);
        check(
            &["a.css?v={{ version }}", "a.css?v={{ version }}", "a.css?v=1", "b.css?v=2", "c.css?v=3"],
            None,
            None,
        );
    }
}
