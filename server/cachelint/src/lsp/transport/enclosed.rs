//! Diagnostics that an answer takes along.
//!
//! The service makes a tree of JSON values of whatever a handler answers. Of thousands of diagnostics that takes longer than
//! all else, so a handler answers one in their stead that says where they are, and they are written from there.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde::Serialize;
use serde::ser::{SerializeMap as _, Serializer};
use serde_json::{Value, json};
use tower_lsp::jsonrpc::{Id, Response};
use tower_lsp::ls_types::Diagnostic;

/// Where the number of the enclosed diagnostics stands in the one that takes their place.
const NUMBER: &str = "/items/0/data/enclosed";

/// The diagnostics that answers under way take along.
#[derive(Clone, Debug, Default)]
pub(super) struct Enclosed(Arc<Mutex<Waiting>>);

#[derive(Debug, Default)]
struct Waiting {
    by_number: HashMap<u64, Arc<Vec<Diagnostic>>>,
    last: u64,
}

/// An answer with the diagnostics that it takes along.
#[derive(Debug)]
pub(super) struct Package {
    id: Id,
    result: Value,
    items: Arc<Vec<Diagnostic>>,
}

impl Enclosed {
    /// Puts diagnostics aside for the answer that is made of the handler's as soon as it returns. The result is what that
    /// answer has as its `items`.
    pub(super) fn put(&self, items: Arc<Vec<Diagnostic>>) -> Vec<Diagnostic> {
        let mut waiting = self.waiting();
        waiting.last += 1;
        let number = waiting.last;
        waiting.by_number.insert(number, items);
        vec![Diagnostic { data: Some(json!({ "enclosed": number })), ..Diagnostic::default() }]
    }

    /// An answer with what it takes along; the answer as it is where that is nothing.
    pub(super) fn take(&self, response: Response) -> Result<Package, Response> {
        let (id, result) = match response.into_parts() {
            (id, Ok(result)) => (id, result),
            (id, error) => return Err(Response::from_parts(id, error)),
        };
        let number = result.pointer(NUMBER).and_then(Value::as_u64);
        match number.and_then(|number| self.waiting().by_number.remove(&number)) {
            Some(items) => Ok(Package { id, result, items }),
            None => Err(Response::from_ok(id, result)),
        }
    }

    fn waiting(&self) -> MutexGuard<'_, Waiting> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Serialize for Package {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(3))?;
        map.serialize_entry("jsonrpc", "2.0")?;
        map.serialize_entry("result", &Report { result: &self.result, items: &self.items })?;
        map.serialize_entry("id", &self.id)?;
        map.end()
    }
}

/// A result with its `items`.
struct Report<'a> {
    result: &'a Value,
    items: &'a [Diagnostic],
}

impl Serialize for Report<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let fields = self.result.as_object().into_iter().flatten();
        let mut map = serializer.serialize_map(None)?;
        for (name, value) in fields {
            match name.as_str() {
                "items" => map.serialize_entry(name, self.items)?,
                _ => map.serialize_entry(name, value)?,
            }
        }
        map.end()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_written_with_what_it_takes_along_and_only_once() {
        let enclosed = Enclosed::default();
        let found = Diagnostic { message: "old".to_owned(), ..Diagnostic::default() };
        let items = enclosed.put(Arc::new(vec![found.clone(), found]));
        let answer =
            || Response::from_ok(Id::Number(7), json!({ "kind": "full", "resultId": "3", "items": items }));
        let package = enclosed.take(answer()).unwrap();
        let written = serde_json::to_value(&package).unwrap();
        assert_eq!((&written["id"], &written["result"]["resultId"]), (&json!(7), &json!("3")));
        let messages: Vec<_> =
            written["result"]["items"].as_array().unwrap().iter().map(|item| &item["message"]).collect();
        assert_eq!(messages, ["old", "old"]);
        assert!(enclosed.take(answer()).is_err());
    }

    #[test]
    fn other_answers_are_left_as_they_are() {
        let enclosed = Enclosed::default();
        let plain = Response::from_ok(Id::Number(1), json!({ "items": [{ "data": { "enclosed": 1 } }] }));
        assert_eq!(enclosed.take(plain.clone()).unwrap_err(), plain);
    }
}
