//! What editors ask: hover, actions, links, references, completion, renames, commands.

use serde_json::{Value, json};

use super::editor::Editor;
use crate::profiles::Profile;
use crate::site::{PAGE, Site};

/// An editor with the site's page open and its folder scanned.
fn opened(profile: Profile, site: &Site) -> (Editor, String) {
    let mut editor = Editor::new(profile, Some(&site.uri("")));
    let uri = site.uri("templates/page.html");
    editor.open(&uri, "html", PAGE);
    editor.codes(&uri);
    // Renames wait for the scan.
    editor.request("workspace/willRenameFiles", json!({"files": []}));
    (editor, uri)
}

fn at(uri: &str, line: u32, character: u32) -> Value {
    json!({"textDocument": {"uri": uri}, "position": {"line": line, "character": character}})
}

#[test]
fn hover_says_what_is_known_in_the_form_the_editor_shows() {
    for (profile, kind) in [(Profile::VsCode, "markdown"), (Profile::Bare, "plaintext")] {
        let site = Site::new();
        let (mut editor, uri) = opened(profile, &site);
        let hover = editor.request("textDocument/hover", at(&uri, 0, 50));
        assert_eq!(hover["contents"]["kind"], kind);
        let text = hover["contents"]["value"].as_str().unwrap();
        assert!(
            text.contains(&site.version("static/css/site.css")) && text.contains("2 templates"),
            "{text}"
        );
        assert_eq!(editor.request("textDocument/hover", at(&uri, 2, 1)), Value::Null);
    }
}

#[test]
fn the_preferred_action_ends_its_finding() {
    for profile in [Profile::VsCode, Profile::Neovim, Profile::Helix] {
        let site = Site::new();
        let (mut editor, uri) = opened(profile, &site);
        let finding = editor.diagnostics(&uri)[0].clone();
        let context = json!({"diagnostics": [finding], "only": ["quickfix"]});
        let params = json!({"textDocument": {"uri": uri}, "range": finding["range"], "context": context});
        let actions = editor.request("textDocument/codeAction", params);
        let preferred: Vec<_> =
            actions.as_array().unwrap().iter().filter(|it| it["isPreferred"] == true).collect();
        assert_eq!(preferred.len(), 1, "{actions}");
        assert_eq!(preferred[0]["diagnostics"][0]["range"], finding["range"]);
        let edit = editor.request("codeAction/resolve", preferred[0].clone())["edit"].clone();
        assert_eq!(edit, preferred[0]["edit"], "Neovim asks of every action");
        let edits = if profile == Profile::Neovim {
            edit["changes"][&uri].clone()
        } else {
            let change = &edit["documentChanges"][0];
            assert_eq!(change["textDocument"], json!({"uri": uri, "version": 1}));
            change["edits"].clone()
        };
        let change = json!({"range": edits[0]["range"], "text": edits[0]["newText"]});
        editor.change(&uri, json!([change]));
        assert_eq!(editor.codes(&uri).len(), 1, "{profile:?}");
    }
}

#[test]
fn actions_of_a_kind_are_given_when_it_is_asked_for_and_resolved_when_chosen() {
    let site = Site::new();
    let (mut editor, uri) = opened(Profile::VsCode, &site);
    let everything = json!({"start": {"line": 0, "character": 0}, "end": {"line": 3, "character": 0}});
    let ask = |editor: &mut Editor, kind: &str| {
        let context = json!({"diagnostics": [], "only": [kind]});
        let params = json!({"textDocument": {"uri": uri}, "range": everything, "context": context});
        editor.request("textDocument/codeAction", params)
    };
    for action in ask(&mut editor, "quickfix").as_array().unwrap() {
        assert_eq!(action["kind"], "quickfix");
    }
    let all = ask(&mut editor, "source.fixAll");
    assert_eq!(all[0]["kind"], "source.fixAll.cachelint", "{all}");
    assert!(all[0].get("edit").is_none());
    let resolved = editor.request("codeAction/resolve", all[0].clone());
    let edits = resolved["edit"]["documentChanges"][0]["edits"].as_array().unwrap();
    assert_eq!(edits.len(), 2, "{resolved}");
}

#[test]
fn an_asset_that_is_open_offers_to_update_what_names_it() {
    let site = Site::new();
    for name in ["templates/third.html", "templates/fourth.html"] {
        site.write(name, "<link rel=\"stylesheet\" href=\"/static/css/site.css?v=0badc0de\">\n");
    }
    let (mut editor, _) = opened(Profile::VsCode, &site);
    let asset = site.uri("static/css/site.css");
    editor.open(&asset, "css", "body { color: red }\n");
    let range = json!({"start": {"line": 0, "character": 0}, "end": {"line": 0, "character": 0}});
    let params = json!({"textDocument": {"uri": asset}, "range": range, "context": {"diagnostics": []}});
    let actions = editor.request("textDocument/codeAction", params);
    let titles: Vec<_> = actions.as_array().unwrap().iter().map(|it| it["title"].as_str().unwrap()).collect();
    assert!(titles.iter().any(|title| title.contains("in 2 templates")), "{titles:?}");
    let mut asked = at(&asset, 0, 0);
    asked["context"] = json!({"includeDeclaration": true});
    let found = editor.request("textDocument/references", asked);
    assert_eq!(found.as_array().unwrap().len(), 4, "{found}");
}

#[test]
fn references_links_and_definitions_lead_both_ways() {
    let site = Site::new();
    let (mut editor, uri) = opened(Profile::VsCode, &site);
    let mut asked = at(&uri, 0, 50);
    asked["context"] = json!({"includeDeclaration": true});
    let found = editor.request("textDocument/references", asked);
    let files: Vec<_> = found.as_array().unwrap().iter().map(|it| it["uri"].clone()).collect();
    assert_eq!(files, [json!(site.uri("templates/other.html")), json!(uri)]);
    let links = editor.request("textDocument/documentLink", json!({"textDocument": {"uri": uri}}));
    let targets: Vec<_> = links.as_array().unwrap().iter().map(|it| it["target"].clone()).collect();
    assert_eq!(targets, [json!(site.uri("static/css/site.css")), json!(site.uri("static/app.js"))]);
    let definition = editor.request("textDocument/definition", at(&uri, 1, 20));
    assert_eq!(definition[0]["targetUri"], json!(site.uri("static/app.js")));
    let symbols = editor.request("textDocument/documentSymbol", json!({"textDocument": {"uri": uri}}));
    assert_eq!(symbols.as_array().unwrap().len(), 2);
}

#[test]
fn completion_names_assets_while_the_rest_is_unfinished() {
    let site = Site::new();
    let (mut editor, uri) = opened(Profile::VsCode, &site);
    let typed = "{{ url_for('static', filename='css/";
    editor.change(&uri, json!([{"text": typed}]));
    let items = editor.request("textDocument/completion", at(&uri, 0, typed.len() as u32));
    assert_eq!(items[0]["label"], "site.css", "{items}");
    let resolved = editor.request("completionItem/resolve", items[0].clone());
    assert_eq!(resolved["documentation"]["kind"], "markdown", "{resolved}");
}

#[test]
fn hints_and_lenses_are_shown_when_the_settings_say_so() {
    let site = Site::new();
    let (mut editor, uri) = opened(Profile::VsCode, &site);
    let whole = json!({"start": {"line": 0, "character": 0}, "end": {"line": 3, "character": 0}});
    let hints = json!({"textDocument": {"uri": uri}, "range": whole});
    let lenses = json!({"textDocument": {"uri": uri}});
    assert_eq!(editor.request("textDocument/inlayHint", hints.clone()), Value::Null);
    assert_eq!(editor.request("textDocument/codeLens", lenses.clone()), Value::Null);
    editor.settings = json!({"inlayHints": true, "codeLens": true});
    editor.notify("workspace/didChangeConfiguration", json!({"settings": null}));
    editor.asked("workspace/inlayHint/refresh");
    let found = editor.request("textDocument/inlayHint", hints);
    assert_eq!(found[0]["label"], json!(site.version("static/css/site.css")), "{found}");
    let found = editor.request("textDocument/codeLens", lenses);
    assert_eq!(found[0]["command"]["command"], "cachelint.apply", "{found}");
    let arguments = found[0]["command"]["arguments"].clone();
    editor.request("workspace/executeCommand", json!({"command": "cachelint.apply", "arguments": arguments}));
    let edit = editor.asked("workspace/applyEdit");
    assert_eq!(edit["edit"]["documentChanges"][0]["textDocument"]["uri"], json!(uri));
}

#[test]
fn references_follow_renamed_files() {
    let site = Site::new();
    let (mut editor, _) = opened(Profile::Helix, &site);
    let files = json!([{"oldUri": site.uri("static/css"), "newUri": site.uri("static/styles")}]);
    let edit = editor.request("workspace/willRenameFiles", json!({"files": files}));
    assert_eq!(edit["documentChanges"].as_array().unwrap().len(), 2, "{edit}");
    let text = edit["documentChanges"][0]["edits"][0]["newText"].as_str().unwrap();
    assert!(text.contains("styles"), "{edit}");
}

#[test]
fn commands_fix_check_explain_and_tell() {
    let site = Site::new();
    let (mut editor, _) = opened(Profile::VsCode, &site);
    let run = |command: &str, argument: Value| json!({"command": format!("cachelint.{command}"), "arguments": [argument]});
    assert_eq!(editor.request("workspace/executeCommand", run("fixWorkspace", Value::Null)), Value::Null);
    let edit = editor.asked("workspace/applyEdit");
    assert_eq!(edit["edit"]["documentChanges"].as_array().unwrap().len(), 2, "{edit}");
    let found = editor.request("workspace/executeCommand", run("checkWorkspace", Value::Null));
    assert_eq!(found, json!({"files": 2, "findings": 3}));
    editor.request("workspace/executeCommand", run("explainRule", json!("stale-version")));
    let shown = editor.asked("window/showDocument");
    assert!(shown["uri"].as_str().unwrap().ends_with("stale-version.md"), "{shown}");
    let told = editor.request("workspace/executeCommand", run("copyHash", json!("ab12")));
    assert_eq!((told, editor.message()), (json!("ab12"), "SHA-256: ab12".to_owned()));
    for wrong in [run("explainRule", json!("no-such-rule")), run("nothing", Value::Null)] {
        assert!(editor.request("workspace/executeCommand", wrong).get("error").is_some());
    }
}

#[test]
fn an_editor_that_can_do_little_is_told_in_messages() {
    let site = Site::new();
    let (mut editor, _) = opened(Profile::Bare, &site);
    let explain = json!({"command": "cachelint.explainRule", "arguments": ["stale-version"]});
    assert_eq!(editor.request("workspace/executeCommand", explain), Value::Null);
    assert!(editor.message().contains("stale-version"));
    let fix = json!({"command": "cachelint.fixWorkspace"});
    let refused = editor.request("workspace/executeCommand", fix);
    assert_eq!(refused["error"]["message"], "this editor does not apply edits");
}

#[test]
fn a_saved_asset_updates_what_names_it_as_the_settings_say() {
    for (setting, question) in [("ask", true), ("always", false)] {
        let site = Site::new();
        let text = format!("<script src=\"/static/app.js?v={}\"></script>\n", site.version("static/app.js"));
        site.write("templates/page.html", &text);
        let mut editor = Editor::before_handshake(Profile::VsCode);
        editor.settings = json!({"updateOnAssetSave": setting});
        editor.handshake(Some(&site.uri("")), Value::Null);
        let asset = site.uri("static/app.js");
        editor.open(&asset, "javascript", "console.log(1)\n");
        editor.request("workspace/willRenameFiles", json!({"files": []}));
        site.write("static/app.js", "console.log(2)\n");
        editor.notify("textDocument/didSave", json!({"textDocument": {"uri": asset}}));
        let edit = editor.asked("workspace/applyEdit");
        let text = edit["edit"]["documentChanges"][0]["edits"][0]["newText"].as_str().unwrap();
        assert_eq!(text, site.version("static/app.js"), "{edit}");
        let asked = editor.requests.iter().any(|(method, _)| method == "window/showMessageRequest");
        assert_eq!(asked, question);
    }
}
