//! What the editor sets of the configuration: below its files, for each folder, at any time.

use cachelint::lsp::session::event::Event;
use serde_json::{Value, json};

use super::script::Script;
use crate::profiles::Profile;
use crate::site::{PAGE, Site};

/// A page that names a script by a version kept by hand, open in a session that was told `settings`.
fn opened(site: &Site, settings: Value) -> (Script, String) {
    let mut script = Script::new(&json!({}), &[site.uri("")]);
    script.tell(Event::SettingsChanged(settings));
    let uri = site.uri("templates/page.html");
    script.open(&uri, "<script src=\"/static/app.js?v=1\"></script>");
    script.settle();
    (script, uri)
}

/// The rules that found something, as told last.
fn last(script: &mut Script, uri: &str) -> Vec<String> {
    script.news().into_iter().rfind(|news| news.0 == uri).map(|(.., codes)| codes).unwrap_or_default()
}

#[test]
fn levels_hold_where_the_project_says_nothing_and_from_the_moment_they_are_set() {
    let site = Site::new();
    let off = json!({"cachelint": {"levels": {"manual-version": "off"}}});
    let (mut script, page) = opened(&site, off.clone());
    assert_eq!(last(&mut script, &page), [""; 0]);
    script.tell(Event::SettingsChanged(json!({"cachelint": {"levels": {}}})));
    script.settle();
    assert_eq!(last(&mut script, &page), ["manual-version"]);

    site.write("cachelint.toml", "[levels]\nmanual-version = \"hint\"\n");
    let (mut script, page) = opened(&site, off);
    assert_eq!(last(&mut script, &page), ["manual-version"], "the project's file wins");
}

#[test]
fn a_project_opened_over_older_settings_is_dropped() {
    let site = Site::new();
    let mut script = Script::new(&json!({}), &[site.uri("")]);
    let first = script.jobs.remove(0);
    script.tell(Event::SettingsChanged(json!({"levels": {"unversioned-reference": "off"}})));
    let second = script.jobs.remove(0);
    script.run(second);
    script.run(first);
    let page = site.uri("templates/page.html");
    script.open(&page, PAGE);
    script.settle();
    assert_eq!(last(&mut script, &page), [""; 0]);
}

#[test]
fn each_folder_has_the_settings_that_the_editor_answers_for_it() {
    let (one, two) = (Site::new(), Site::new());
    let mut script = Script::new(&Profile::Emacs.capabilities(), &[one.uri(""), two.uri("")]);
    let (method, asked) = script.requests.remove(0);
    assert_eq!(method, "workspace/configuration");
    let scopes: Vec<_> =
        asked["items"].as_array().unwrap().iter().map(|item| item["scopeUri"].clone()).collect();
    assert_eq!(scopes, [Value::Null, json!(one.uri("")), json!(two.uri(""))]);
    let off = json!({"levels": {"unversioned-reference": "off"}});
    let answer = json!([off, {"levels": {}}, off]);
    let then = script.awaited.remove(0);
    script.tell(Event::Answered(then, Ok(answer)));
    for (site, expected) in [(&one, 2), (&two, 0)] {
        let page = site.uri("templates/page.html");
        script.open(&page, PAGE);
        script.settle();
        assert_eq!(last(&mut script, &page).len(), expected);
    }
}

#[test]
fn globs_make_templates_of_files_with_any_name() {
    let site = Site::new();
    site.write("templates/menu.tpl", PAGE);
    let menu = site.uri("templates/menu.tpl");
    let mut script = Script::new(&json!({}), &[site.uri("")]);
    script.open_as(&menu, "smarty", PAGE);
    script.settle();
    assert_eq!(last(&mut script, &menu), [""; 0]);
    script.tell(Event::SettingsChanged(json!({"templates": ["*.tpl"], "workspaceDiagnostics": true})));
    script.settle();
    assert_eq!(last(&mut script, &menu), ["unversioned-reference"; 2]);
    site.write("templates/late.tpl", PAGE);
    script.tell(Event::FilesChanged(vec![site.path("templates/late.tpl")]));
    script.settle();
    assert_eq!(last(&mut script, &site.uri("templates/late.tpl")), ["unversioned-reference"; 2]);
    script.tell(Event::SettingsChanged(json!({"templates": []})));
    script.settle();
    assert_eq!(last(&mut script, &menu), [""; 0]);
}
