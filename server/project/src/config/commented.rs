//! What is generated from the documentation of the keys: the JSON Schema and the commented configuration.

use std::sync::LazyLock;

use serde_json::Value;

use super::file::File;

static SCHEMA: LazyLock<Value> = LazyLock::new(|| schemars::schema_for!(File).to_value());

const HEAD: &str = "\
# Configuration of cachelint. Every key is optional; `#key = value` shows its default or an example.
";

/// The JSON Schema of `cachelint.toml`, as committed in `server/project/cachelint.schema.json`.
pub fn schema() -> String {
    format!("{:#}\n", *SCHEMA)
}

/// The same as a value.
pub(super) fn file_schema() -> &'static Value {
    &SCHEMA
}

/// The commented configuration that `cachelint init` writes: every key with its default, or an example.
pub fn commented() -> String {
    let (tables, values): (Vec<_>, Vec<_>) = properties(&SCHEMA).partition(|(_, key)| is_table(key));
    let all = values.into_iter().chain(tables);
    all.fold(HEAD.to_owned(), |text, (name, key)| text + "\n" + &documented(key) + &written(name, key))
}

/// The keys that have a default, with it, as TOML.
pub(super) fn defaults() -> impl Iterator<Item = (String, String)> {
    properties(&SCHEMA).flat_map(|(name, key)| {
        let own = key.get("default").map(|value| (name.clone(), toml_value(value)));
        let inner = properties(key).filter_map(move |(inner, key)| {
            Some((format!("{name}.{inner}"), toml_value(key.get("default")?)))
        });
        own.into_iter().chain(inner)
    })
}

fn properties(schema: &Value) -> impl Iterator<Item = (&String, &Value)> {
    schema.get("properties").and_then(Value::as_object).into_iter().flatten()
}

fn is_table(key: &Value) -> bool {
    sample(key).is_none_or(Value::is_object)
}

fn sample(key: &Value) -> Option<&Value> {
    key.get("default").or_else(|| key.get("examples")?.get(0))
}

fn documented(key: &Value) -> String {
    let lines = key["description"].as_str().into_iter().flat_map(str::lines);
    lines.map(|line| format!("# {line}\n")).collect()
}

fn written(name: &str, key: &Value) -> String {
    match sample(key) {
        Some(Value::Object(entries)) => {
            let entries =
                entries.iter().map(|(name, value)| format!("#{} = {}\n", toml_key(name), toml_value(value)));
            format!("#[{name}]\n{}", entries.collect::<String>())
        }
        Some(value) => format!("#{name} = {}\n", toml_value(value)),
        None => {
            let entries = properties(key).map(|(name, key)| documented(key) + &written(name, key));
            format!("#[{name}]\n{}", entries.collect::<String>())
        }
    }
}

/// A value as TOML.
pub(super) fn toml_value(value: &Value) -> String {
    match value {
        Value::Array(values) => {
            format!("[{}]", values.iter().map(toml_value).collect::<Vec<_>>().join(", "))
        }
        Value::Object(entries) => {
            let entries =
                entries.iter().map(|(name, value)| format!("{} = {}", toml_key(name), toml_value(value)));
            format!("{{ {} }}", entries.collect::<Vec<_>>().join(", "))
        }
        scalar => scalar.to_string(),
    }
}

/// A key as TOML wants it written.
pub(super) fn toml_key(key: &str) -> String {
    let bare = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    if !key.is_empty() && key.bytes().all(bare) { key.to_owned() } else { format!("{key:?}") }
}
