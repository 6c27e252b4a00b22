//! A value of the wrong type, in words: what the key takes, what stands there, and how it is written.

use serde_json::Value;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::commented::{self, toml_key, toml_value};

/// Where a value stands and what is wrong with it; the offset is in bytes.
pub(super) type Mismatch = (usize, String);

/// The first value of `table` (at byte `offset`) that is of another type than its key takes.
pub(super) fn in_file(table: &DeTable<'_>) -> Option<Mismatch> {
    in_table(
        table,
        0,
        &Key { name: String::new(), schema: commented::file_schema(), sample: None, is_item: false },
    )
}

/// A key, or the items of a list or the values of a table that it holds.
struct Key<'a> {
    /// The whole name: `version.length`; empty for the file.
    name: String,
    /// What it takes.
    schema: &'a Value,
    /// The line that writes the nearest key with an example.
    sample: Option<String>,
    /// Whether it is an item of the list that the key holds.
    is_item: bool,
}

impl<'a> Key<'a> {
    /// The key `name` of the table that this one holds.
    fn of(&self, name: &str, schema: &'a Value) -> Self {
        let whole =
            if self.name.is_empty() { toml_key(name) } else { format!("{}.{}", self.name, toml_key(name)) };
        let sample = sample(schema).map(|value| format!("{} = {value}", toml_key(name)));
        Self { name: whole, schema, sample: sample.or_else(|| self.sample.clone()), is_item: false }
    }

    /// The same key where it takes only one of its types.
    fn with(&self, schema: &'a Value) -> Self {
        Self { name: self.name.clone(), schema, sample: self.sample.clone(), is_item: self.is_item }
    }

    fn says(&self, offset: usize, wrong: &str) -> Mismatch {
        let sample =
            self.sample.as_ref().map_or_else(String::new, |sample| format!("; write it like {sample}"));
        let item = if self.is_item { "an item of " } else { "" };
        (offset, format!("{item}`{}` {wrong}{sample}", self.name))
    }
}

fn in_value(value: &Spanned<DeValue<'_>>, key: &Key<'_>) -> Option<Mismatch> {
    let start = value.span().start;
    let kinds = kinds(key.schema);
    let found = kind(value.get_ref());
    let Some(schema) = kinds.iter().find(|(kind, _)| *kind == found).map(|(_, schema)| *schema) else {
        let wanted: Vec<String> = kinds.iter().filter_map(|(kind, schema)| phrase(kind, schema)).collect();
        return Some(
            key.says(start, &format!("must be {}, not {}", wanted.join(" or "), shown(value.get_ref()))),
        );
    };
    let key = key.with(schema);
    match value.get_ref() {
        DeValue::Array(items) => in_list(items, start, &key),
        DeValue::Table(table) => in_table(table, start, &key),
        DeValue::Integer(number) if below(schema, number.as_str()) => {
            Some(key.says(start, &format!("must be 0 or more, not {}", number.as_str())))
        }
        _ => None,
    }
}

fn in_list(items: &[Spanned<DeValue<'_>>], start: usize, key: &Key<'_>) -> Option<Mismatch> {
    if let Some(count) = key.schema["maxItems"].as_u64().filter(|count| *count != items.len() as u64) {
        return Some(key.says(start, &format!("must be a list of {count}, not of {}", items.len())));
    }
    let each = key.schema.get("items").or_else(|| key.schema["prefixItems"].get(0))?;
    items.iter().find_map(|item| in_value(item, &Key { is_item: true, ..key.with(each) }))
}

fn in_table(table: &DeTable<'_>, start: usize, key: &Key<'_>) -> Option<Mismatch> {
    let required = key.schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str);
    let missing = required.into_iter().find(|name| !table.contains_key(*name));
    table
        .iter()
        .filter_map(|(name, value)| {
            let name = name.get_ref();
            let schema = key.schema["properties"].get(name.as_ref()).or_else(|| any_other(key.schema))?;
            Some((value, key.of(name, schema)))
        })
        .find_map(|(value, key)| in_value(value, &key))
        .or_else(|| missing.map(|name| key.says(start, &format!("lacks `{name}`"))))
}

/// What the keys of a table that are not named take.
fn any_other(schema: &Value) -> Option<&Value> {
    let own = schema.get("additionalProperties").filter(|other| other.is_object());
    own.or_else(|| schema.get("patternProperties")?.as_object()?.values().next())
}

/// The types that a schema takes, by their names in JSON, each with the schema of its own.
fn kinds(schema: &Value) -> Vec<(&str, &Value)> {
    if let Some(choices) = schema.get("anyOf").and_then(Value::as_array) {
        return choices.iter().flat_map(kinds).collect();
    }
    let named = match &schema["type"] {
        Value::Array(names) => names.iter().filter_map(Value::as_str).collect(),
        name => name.as_str().into_iter().collect::<Vec<_>>(),
    };
    named.into_iter().map(|name| (name, schema)).collect()
}

/// The type of a value by its name in JSON.
const fn kind(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "string",
        DeValue::Integer(_) => "integer",
        DeValue::Float(_) => "number",
        DeValue::Boolean(_) => "boolean",
        DeValue::Datetime(_) => "date",
        DeValue::Array(_) => "array",
        DeValue::Table(_) => "object",
    }
}

/// What a schema takes of a type, in the words of TOML; `None` for a type that TOML has not.
fn phrase(kind: &str, schema: &Value) -> Option<String> {
    let choices = schema["enum"].as_array().into_iter().flatten().filter(|choice| choice.is_string());
    let choices: Vec<String> = choices.map(Value::to_string).collect();
    Some(match kind {
        "string" if !choices.is_empty() => choices.join(" or "),
        "string" => "a string".to_owned(),
        "integer" => "a whole number".to_owned(),
        "array" => "a list".to_owned(),
        "object" => "a table".to_owned(),
        _ => return None,
    })
}

fn shown(value: &DeValue<'_>) -> String {
    match value {
        DeValue::String(text) => format!("{text:?}"),
        DeValue::Integer(number) => number.as_str().to_owned(),
        DeValue::Float(number) => number.as_str().to_owned(),
        DeValue::Boolean(value) => value.to_string(),
        DeValue::Datetime(date) => date.to_string(),
        DeValue::Array(_) => "a list".to_owned(),
        DeValue::Table(_) => "a table".to_owned(),
    }
}

fn below(schema: &Value, number: &str) -> bool {
    schema["minimum"].as_u64() == Some(0) && number.starts_with('-')
}

/// A value that a schema takes, as TOML: its example, its default, or a table of those of its keys.
fn sample(schema: &Value) -> Option<String> {
    let example = schema.get("examples").and_then(|examples| examples.get(0));
    if let Some(value) = example.or_else(|| schema.get("default")) {
        return Some(toml_value(value));
    }
    let keys = schema["properties"].as_object()?;
    let entries =
        keys.iter().filter_map(|(name, key)| Some(format!("{} = {}", toml_key(name), sample(key)?)));
    let entries: Vec<String> = entries.collect();
    (!entries.is_empty()).then(|| format!("{{ {} }}", entries.join(", ")))
}
