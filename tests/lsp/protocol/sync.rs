//! Documents in step with the editor, and their findings with the assets on disk.

use serde_json::json;

use super::editor::Editor;
use crate::profiles::Profile;
use crate::site::{PAGE, Site};

#[test]
fn edits_of_all_kinds_arrive_in_every_encoding() {
    for profile in Profile::ALL {
        let site = Site::new();
        let mut editor = Editor::new(profile, Some(&site.uri("")));
        let uri = site.uri("templates/page.html");
        editor.open(&uri, "html", "<p>é😀</p><script src=\"/static/app.js\"></script>\r\n");
        assert_eq!(editor.codes(&uri).len(), 1);
        let at = |line: u32, from: u32, to: u32| json!({"start": {"line": line, "character": from}, "end": {"line": line, "character": to}});
        // The emoji goes; a second line comes, and a third script on it, in one notification.
        let (from, to) = if editor.offer["positionEncoding"] == "utf-8" { (5, 9) } else { (4, 6) };
        editor.change(
            &uri,
            json!([
                {"range": at(0, from, to), "text": ""},
                {"range": at(1, 0, 0), "text": "<script src=\"/static/app.js\"></script>\n"},
                {"range": at(2, 0, 0), "text": "<script src=\"/static/app.js\"></script>"},
            ]),
        );
        assert_eq!(editor.codes(&uri).len(), 3, "{profile:?}");
        editor.change(&uri, json!([{"range": at(40, 0, 0), "text": "x"}]));
        assert_eq!(editor.codes(&uri).len(), 0, "{profile:?}");
        editor.change(&uri, json!([{"text": "<script src=\"/static/app.js\"></script>"}]));
        assert_eq!(editor.codes(&uri).len(), 1, "{profile:?}");
        let said: Vec<_> = editor.log.iter().filter(|line| line.contains("is not checked until")).collect();
        assert_eq!(said.len(), 1, "{profile:?}: {said:?}");
    }
}

#[test]
fn a_changed_asset_makes_stale_what_names_it() {
    for profile in Profile::ALL {
        let site = Site::new();
        let text = format!("<script src=\"/static/app.js?v={}\"></script>\n", site.version("static/app.js"));
        site.write("templates/page.html", &text);
        let mut editor = Editor::new(profile, Some(&site.uri("")));
        let (uri, asset) = (site.uri("templates/page.html"), site.uri("static/app.js"));
        editor.open(&uri, "html", &text);
        assert_eq!(editor.codes(&uri), [""; 0], "{profile:?}");
        site.write("static/app.js", "console.log(2)\n");
        if profile.watches() {
            let changes = json!({"changes": [{"uri": asset, "type": 2}]});
            editor.notify("workspace/didChangeWatchedFiles", changes);
        }
        if profile.pulls() {
            assert_eq!(editor.codes(&uri), ["stale-version"]);
        } else {
            let stale = |it: &Editor| it.pushed[&uri]["diagnostics"][0]["code"] == "stale-version";
            editor.wait("stale-version", stale);
        }
    }
}

#[test]
fn findings_are_taken_back_on_close() {
    let site = Site::new();
    let mut editor = Editor::new(Profile::Bare, Some(&site.uri("")));
    let uri = site.uri("templates/page.html");
    editor.open(&uri, "html", PAGE);
    assert_eq!(editor.codes(&uri).len(), 2);
    editor.close(&uri);
    editor.wait("their end", |it| it.pushed[&uri]["diagnostics"] == json!([]));
}

#[test]
fn pulled_findings_have_ids_and_are_not_sent_twice() {
    let site = Site::new();
    site.write("cachelint.toml", "");
    let mut editor = Editor::new(Profile::Zed, Some(&site.uri("")));
    let uri = site.uri("templates/page.html");
    editor.open(&uri, "html", PAGE);
    let first = editor.request("textDocument/diagnostic", json!({"textDocument": {"uri": uri}}));
    assert_eq!(first["kind"], "full");
    let again = json!({"textDocument": {"uri": uri}, "previousResultId": first["resultId"]});
    let second = editor.request("textDocument/diagnostic", again);
    assert_eq!((&second["kind"], &second["resultId"]), (&json!("unchanged"), &first["resultId"]));
    let whole = editor.request("workspace/diagnostic", json!({"previousResultIds": []}));
    let items = whole["items"].as_array().unwrap();
    assert_eq!(items.len(), 1, "{whole}");
    assert_eq!(
        items[0]["uri"],
        json!(site.uri("templates/other.html")),
        "open documents are pulled by themselves"
    );
    let ids = json!([{"uri": items[0]["uri"], "value": items[0]["resultId"]}]);
    let whole = editor.request("workspace/diagnostic", json!({"previousResultIds": ids}));
    assert_eq!(whole["items"][0]["kind"], "unchanged");
    let params = json!({"previousResultIds": [], "partialResultToken": "part"});
    assert_eq!(editor.request("workspace/diagnostic", params)["items"], json!([]));
    assert!(editor.progress.contains(&"partial".to_owned()));
}

#[test]
fn a_large_document_that_is_edited_has_the_findings_of_one_that_is_opened() {
    for profile in [Profile::Bare, Profile::Neovim, Profile::Zed] {
        let site = Site::new();
        let uri = site.uri("templates/page.html");
        // What is missing on the line that is typed on is not said at once.
        let line = |number: usize| match number % 2 {
            0 => "<p>é\n".to_owned(),
            _ => format!("é <img src=\"/static/{number}.png\"> <script src='/static/app.js'></script>\n"),
        };
        let mut lines: Vec<String> = (0..3000).map(line).collect();
        let mut editor = Editor::new(profile, Some(&site.uri("")));
        editor.open(&uri, "html", &lines.concat());
        let edits = [
            (0, 0, "<p>\n\n"),
            (1400, 1406, ""),
            (2800, 2800, "é <script src='/static/gone.js?v=1'></script>\n"),
            (4, 4, "<!--\n"),
            (21, 21, "-->\n"),
        ];
        for (from, to, text) in edits {
            lines = lines.concat().split_inclusive('\n').map(str::to_owned).collect();
            lines.splice(from..to, [text.to_owned()]);
            let range = json!({"start": {"line": from, "character": 0}, "end": {"line": to, "character": 0}});
            editor.change(&uri, json!([{"range": range, "text": text}]));
            let mut other = Editor::new(profile, Some(&site.uri("")));
            other.open(&uri, "html", &lines.concat());
            let (again, anew) = (editor.diagnostics(&uri), other.diagnostics(&uri));
            assert_eq!(anew.as_array().unwrap().len() > 1000, text != "<!--\n");
            assert!(again == anew, "{profile:?} after {text:?} on line {from}");
        }
    }
}
