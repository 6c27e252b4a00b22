//! The handshake and the end, settings and folders.

use serde_json::{Value, json};

use super::editor::Editor;
use crate::profiles::Profile;
use crate::site::{PAGE, Site};

#[test]
fn every_editor_gets_what_it_can_use_and_its_findings() {
    for profile in Profile::ALL {
        let site = Site::new();
        let mut editor = Editor::new(profile, Some(&site.uri("")));
        let encoding = match profile {
            Profile::Neovim | Profile::Helix | Profile::Emacs => "utf-8",
            _ => "utf-16",
        };
        assert_eq!(editor.offer["positionEncoding"], encoding, "{profile:?}");
        assert_eq!(editor.offer.get("diagnosticProvider").is_some(), profile.pulls(), "{profile:?}");
        assert_eq!(editor.offer.get("codeActionProvider").is_some(), profile != Profile::Bare, "{profile:?}");
        let uri = site.uri("templates/page.html");
        editor.open(&uri, "html", PAGE);
        assert_eq!(editor.codes(&uri), ["unversioned-reference"; 2], "{profile:?}");
        if profile.pulls() {
            assert!(!editor.pushed.contains_key(&uri), "{profile:?} was pushed what it pulls");
        }
        let allowed = |method: &str| match method {
            "client/registerCapability" => {
                matches!(profile, Profile::VsCode | Profile::Helix | Profile::Emacs | Profile::Zed)
            }
            _ => profile != Profile::Bare,
        };
        assert_eq!(editor.end(), 0);
        for (method, _) in &editor.requests {
            assert!(allowed(method), "{profile:?} was asked {method}");
        }
    }
}

#[test]
fn requests_before_initialize_and_after_shutdown_are_refused() {
    let mut editor = Editor::before_handshake(Profile::Bare);
    let hover = json!({"textDocument": {"uri": "file:///a.html"}, "position": {"line": 0, "character": 0}});
    let code = |answer: &Value| answer["error"]["code"].as_i64();
    assert_eq!(code(&editor.request("textDocument/hover", hover.clone())), Some(-32002));
    editor.open("file:///a.html", "html", "early");
    editor.handshake(None, Value::Null);
    assert_eq!(code(&editor.request("initialize", json!({"capabilities": {}}))), Some(-32600));
    assert_eq!(code(&editor.request("no/such/method", json!({}))), Some(-32601));
    assert_eq!(editor.request("shutdown", Value::Null), Value::Null);
    assert_eq!(code(&editor.request("textDocument/hover", hover)), Some(-32600));
    assert_eq!(editor.exit(), 0);
}

#[test]
fn exit_without_shutdown_is_a_failure() {
    let mut editor = Editor::new(Profile::Bare, None);
    assert_eq!(editor.exit(), 1);
}

#[test]
fn settings_are_asked_for_after_the_handshake_and_wrong_ones_named_once() {
    let site = Site::new();
    let mut editor = Editor::before_handshake(Profile::VsCode);
    editor.settings = json!({"inlayHints": "on"});
    editor.handshake(Some(&site.uri("")), json!({"codeLens": 1}));
    assert_eq!(editor.message(), "cachelint.codeLens: 1 is not true or false");
    assert_eq!(editor.message(), "cachelint.inlayHints: \"on\" is not true or false");
    editor.settings = json!({"inlayHints": "on", "codeLens": true});
    editor.requests.clear();
    editor.notify("workspace/didChangeConfiguration", json!({"settings": null}));
    assert_eq!(editor.asked("workspace/configuration")["items"][0]["section"], "cachelint");
    editor.asked("workspace/codeLens/refresh");
}

#[test]
fn folders_come_and_go() {
    let (one, two) = (Site::new(), Site::new());
    two.write("cachelint.toml", "[levels]\nunversioned-reference = \"error\"\n");
    let mut editor = Editor::new(Profile::Helix, Some(&one.uri("")));
    let uri = two.uri("templates/page.html");
    editor.open(&uri, "html", PAGE);
    assert_eq!(editor.diagnostics(&uri)[0]["severity"], 1);
    let folder = json!([{"uri": two.uri(""), "name": "two"}]);
    editor.notify("workspace/didChangeWorkspaceFolders", json!({"event": {"added": folder, "removed": []}}));
    let closed = two.uri("templates/other.html");
    editor.wait("the findings of a closed file", |it| it.pushed.contains_key(&closed));
    editor.notify("workspace/didChangeWorkspaceFolders", json!({"event": {"added": [], "removed": folder}}));
    editor.wait("their end", |it| it.pushed[&closed]["diagnostics"] == json!([]));
}

#[test]
fn a_configuration_that_is_wrong_is_named_once_and_the_last_good_one_stays() {
    let site = Site::new();
    site.write("cachelint.toml", "[levels]\nunversioned-reference = \"error\"\n");
    let mut editor = Editor::new(Profile::Helix, Some(&site.uri("")));
    let (page, config) = (site.uri("templates/page.html"), site.uri("cachelint.toml"));
    editor.open(&page, "html", PAGE);
    assert_eq!(editor.diagnostics(&page)[0]["severity"], 1);
    let other = site.uri("templates/other.html");
    editor.wait("the scan", |it| it.pushed.contains_key(&other));
    site.write("cachelint.toml", "[levelz]\nunversioned-reference = \"error\"\n");
    let changed = json!({"changes": [{"uri": config, "type": 2}]});
    editor.notify("workspace/didChangeWatchedFiles", changed.clone());
    assert!(editor.message().contains("levelz"));
    editor.wait("its place", |it| it.pushed.get(&config).is_some_and(|it| it["diagnostics"] != json!([])));
    editor.change(&page, json!([{"text": PAGE}]));
    assert_eq!(editor.diagnostics(&page)[0]["severity"], 1);
    site.write("cachelint.toml", "[levels]\nunversioned-reference = \"info\"\n");
    editor.notify("workspace/didChangeWatchedFiles", changed);
    editor.wait("the new level", |it| it.pushed[&page]["diagnostics"][0]["severity"] == 3);
    editor.wait("the end of the error", |it| it.pushed[&config]["diagnostics"] == json!([]));
}

#[test]
fn files_alone_buffers_without_a_file_and_odd_names_are_served() {
    let site = Site::new();
    site.write("templates/a b#c%d é [x].html", PAGE);
    let mut editor = Editor::new(Profile::Helix, None);
    for uri in [site.uri("templates/a b#c%d é [x].html"), site.uri("templates/page.html")] {
        editor.open(&uri, "html", PAGE);
        assert_eq!(editor.codes(&uri), ["unversioned-reference"; 2], "{uri}");
    }
    editor.open(
        "untitled:Untitled-1",
        "jinja-html",
        "<img src=\"{{ url_for('static', filename='a.png') }}\">",
    );
    assert!(editor.diagnostics("untitled:Untitled-1").is_array());
    editor.close("untitled:Untitled-1");
    editor.wait("its end", |it| it.pushed["untitled:Untitled-1"]["diagnostics"] == json!([]));
}
