//! Order: edits arrive in order and at once, whatever waits.

use serde_json::{Value, json};

use super::editor::Editor;
use crate::profiles::Profile;
use crate::site::Site;

#[test]
fn four_hundred_edits_pass_slow_requests_and_unanswered_ones() {
    let site = Site::new();
    let mut editor = Editor::before_handshake(Profile::VsCode);
    editor.answers = false;
    editor.handshake(Some(&site.uri("")), Value::Null);
    // Each change of the settings makes the server ask a question, which stays unanswered.
    for _ in 0..40 {
        editor.notify("workspace/didChangeConfiguration", json!({"settings": null}));
    }
    let asked =
        |it: &Editor| it.requests.iter().filter(|(method, _)| method == "workspace/configuration").count();
    editor.wait("40 questions", |it| asked(it) >= 40);
    let uri = site.uri("templates/page.html");
    editor.open(&uri, "html", &"<p>text</p>\n".repeat(50_000));
    let slow: Vec<_> = (0..4)
        .map(|_| editor.begin("textDocument/documentSymbol", json!({"textDocument": {"uri": uri}})))
        .collect();
    editor.change(&uri, json!([{"text": ""}]));
    for number in 0..400_u32 {
        let place = json!({"line": 0, "character": number});
        let letter = char::from(b'a' + (number % 26) as u8).to_string();
        editor.change(&uri, json!([{"range": {"start": place, "end": place}, "text": letter}]));
    }
    let tail = "<script src=\"/static/app.js\"></script>";
    let place = json!({"line": 0, "character": 400});
    editor.change(&uri, json!([{"range": {"start": place, "end": place}, "text": tail}]));
    let found = editor.diagnostics(&uri);
    assert_eq!(found[0]["range"]["start"], json!({"line": 0, "character": 400 + 13}), "{found}");
    assert_eq!(found.as_array().unwrap().len(), 1);
    for id in slow {
        editor.finish(id);
    }
}

#[test]
fn a_request_can_be_cancelled() {
    let site = Site::new();
    let mut editor = Editor::new(Profile::Bare, Some(&site.uri("")));
    let uri = site.uri("templates/page.html");
    editor.open(&uri, "html", &"<img src=\"/static/a.png\">\n".repeat(20_000));
    let id = editor.begin("textDocument/documentSymbol", json!({"textDocument": {"uri": uri}}));
    editor.notify("$/cancelRequest", json!({"id": id}));
    assert_eq!(editor.finish(id)["error"]["code"], -32800);
    editor.notify("$/setTrace", json!({"value": "verbose"}));
}
