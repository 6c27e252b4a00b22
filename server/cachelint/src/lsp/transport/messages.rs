//! Messages: bodies read as calls and answers, and what is said of those that are neither.

use serde::Serialize;
use serde_json::Value;
use tower_lsp::jsonrpc::{Error, Id, Request, Response};

use crate::lsp::uris;

/// What a client sends.
#[derive(Debug)]
pub(super) enum Incoming {
    /// A request or a notification.
    Call(Request),
    /// The answer to a request of ours.
    Answer(Response),
}

/// Why a body is no message, and the answer to it.
#[derive(Debug)]
pub(super) struct Undecodable {
    /// The answer.
    pub(super) response: Response,
    /// Whether the body was JSON at all; else it may have been cut short.
    pub(super) is_json: bool,
}

/// Reads a body.
pub(super) fn decode(body: &[u8]) -> Result<Incoming, Undecodable> {
    match serde_json::from_slice::<Request>(body) {
        Ok(request) if !request.method().is_empty() => Ok(Incoming::Call(with_legal_uris(request))),
        _ => serde_json::from_slice(body).map(Incoming::Answer).map_err(|_| undecodable(body)),
    }
}

/// A body as it is written: header and all.
pub(super) fn frame(message: &impl Serialize) -> Vec<u8> {
    let body = serde_json::to_vec(message).unwrap_or_default();
    let mut frame = format!("Content-Length: {}\r\n\r\n", body.len()).into_bytes();
    frame.extend_from_slice(&body);
    frame
}

fn undecodable(body: &[u8]) -> Undecodable {
    match serde_json::from_slice::<Value>(body) {
        Err(_) => {
            Undecodable { response: Response::from_error(Id::Null, Error::parse_error()), is_json: false }
        }
        Ok(value) => {
            let id = value.get("id").cloned().and_then(|id| serde_json::from_value(id).ok());
            let response = Response::from_error(id.unwrap_or(Id::Null), Error::invalid_request());
            Undecodable { response, is_json: true }
        }
    }
}

/// Escapes what some clients leave unescaped in URIs, for one such URI would make the whole message unreadable.
fn with_legal_uris(request: Request) -> Request {
    let (method, id, params) = request.into_parts();
    let mut built = Request::build(method);
    if let Some(mut params) = params {
        escape_uris(&mut params);
        built = built.params(params);
    }
    match id {
        Some(id) => built.id(id).finish(),
        None => built.finish(),
    }
}

fn escape_uris(value: &mut Value) {
    match value {
        Value::Object(fields) => fields.iter_mut().for_each(|(key, value)| match value {
            Value::String(text) if key == "uri" || key.ends_with("Uri") => {
                if let Some(escaped) = uris::escaped(text) {
                    *text = escaped;
                }
            }
            _ => escape_uris(value),
        }),
        Value::Array(values) => values.iter_mut().for_each(escape_uris),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer_to(body: &[u8]) -> String {
        let refused = decode(body).unwrap_err();
        serde_json::to_string(&refused.response).unwrap()
    }

    #[test]
    fn what_is_no_message_is_answered() {
        let cases: [(&[u8], &str, &str); 7] = [
            (b"", "-32700", "null"),
            (b"{\"jsonrpc\":\"2.0\",", "-32700", "null"),
            (b"{\"jsonrpc\":\"2.0\",\"method\":\"a\xff\"}", "-32700", "null"),
            (b"[]", "-32600", "null"),
            (b"{}", "-32600", "null"),
            (b"{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":3}", "-32600", "7"),
            (b"{\"jsonrpc\":\"1.0\",\"id\":\"x\",\"method\":\"hover\"}", "-32600", "\"x\""),
        ];
        for (body, code, id) in cases {
            let answer = answer_to(body);
            let body = String::from_utf8_lossy(body);
            assert!(answer.contains(code) && answer.contains(&format!("\"id\":{id}")), "{body}: {answer}");
        }
    }

    #[test]
    fn uris_that_are_not_quite_legal_are_escaped() {
        let body = br#"{"jsonrpc":"2.0","method":"m","params":{"textDocument":{"uri":"file:///[a] b"},"newUri":"file:///x"}}"#;
        let Ok(Incoming::Call(request)) = decode(body) else { panic!("no call") };
        let params = request.params().unwrap().to_string();
        assert!(params.contains("file:///%5Ba%5D%20b") && params.contains("file:///x"), "{params}");
    }

    #[test]
    fn answers_are_told_from_calls() {
        let answer = decode(br#"{"jsonrpc":"2.0","id":1,"result":null}"#);
        assert!(matches!(answer, Ok(Incoming::Answer(_))), "{answer:?}");
        let call = decode(br#"{"jsonrpc":"2.0","id":1,"method":"shutdown"}"#);
        assert!(matches!(call, Ok(Incoming::Call(_))), "{call:?}");
    }
}
