//! Bytes that are no message: answered or skipped, and the next good message works.

use serde_json::{Value, json};

use super::editor::Editor;
use crate::profiles::Profile;

fn frame(body: &[u8]) -> Vec<u8> {
    let mut frame = format!("Content-Length: {}\r\n\r\n", body.len()).into_bytes();
    frame.extend_from_slice(body);
    frame
}

#[test]
fn after_anything_the_next_good_message_works() {
    let cases: [(&str, Vec<u8>); 10] = [
        ("garbage", b"garbage\r\n\r\nmore\n".to_vec()),
        ("half a message", b"Content-Length: 400\r\n\r\n{\"jsonrpc\":\"2.0\",\"me".to_vec()),
        ("10 GB", b"Content-Length: 10000000000\r\n\r\n{}".to_vec()),
        ("invalid JSON", frame(b"{\"jsonrpc\":\"2.0\",]")),
        ("not UTF-8", frame(b"{\"jsonrpc\":\"2.0\",\"method\":\"\xff\xfe\"}")),
        ("a batch", frame(b"[]")),
        ("an answer to nothing", frame(b"{\"jsonrpc\":\"2.0\",\"id\":77,\"result\":null}")),
        ("an unknown notification", frame(b"{\"jsonrpc\":\"2.0\",\"method\":\"$/unknown\",\"params\":[1]}")),
        (
            "wrong parameters",
            frame(b"{\"jsonrpc\":\"2.0\",\"method\":\"textDocument/didOpen\",\"params\":{\"a\":1}}"),
        ),
        ("deep nesting", frame(&[&b"{\"a\":"[..], "[".repeat(100_000).as_bytes()].concat())),
    ];
    for (what, bytes) in cases {
        let mut editor = Editor::new(Profile::Bare, None);
        editor.send_raw(&bytes);
        editor.send_raw(b"X-Extra: 1\r\nContent-Type: application/vscode-jsonrpc; charset=utf-8\r\n");
        let hover =
            json!({"textDocument": {"uri": "file:///a.html"}, "position": {"line": 0, "character": 0}});
        assert_eq!(editor.request("textDocument/hover", hover), Value::Null, "{what}");
        assert_eq!(editor.end(), 0, "{what}");
        editor.forget_refusals();
    }
}
