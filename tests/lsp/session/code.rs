//! What is said of the project's code, in its files.

use cachelint::lsp::features::{code_action, pull};
use cachelint::lsp::session::event::Event;
use cachelint::lsp::session::query::Needs;
use serde_json::json;
use tower_lsp::ls_types::{CodeActionOrCommand, CodeActionParams, WorkspaceDiagnosticReportResult};

use super::script::Script;
use crate::profiles::Profile;
use crate::site::Site;

const APP: &str = "from flask import Flask\napp = Flask(__name__)\n";
const IMAGE: &str = "<img src=\"{{ url_for('static', filename='css/site.css') }}\">\n";

/// A site of which it is said that nothing versions its static URLs.
fn site() -> Site {
    let site = Site::new();
    site.write("cachelint.toml", "");
    site.write("templates/third.html", IMAGE);
    site
}

/// What was published of `app.py` since the last time: versions and codes.
fn news(script: &mut Script, site: &Site) -> Vec<(Option<i32>, Vec<String>)> {
    let of_app = script.news().into_iter().filter(|(uri, ..)| *uri == site.uri("app.py"));
    of_app.map(|(_, version, codes)| (version, codes)).collect()
}

fn flagged() -> Vec<String> {
    vec!["no-versioning".to_owned()]
}

#[test]
fn a_closed_file_of_the_code_is_reported_like_a_closed_source() {
    let site = site();
    let mut script = Script::new(&json!({}), &[site.uri("")]);
    script.settle();
    assert_eq!(news(&mut script, &site), [(None, flagged())]);
    site.write("templates/third.html", "<p>\n");
    script.tell(Event::FilesChanged(vec![site.path("templates/third.html")]));
    script.settle();
    assert_eq!(news(&mut script, &site), [(None, vec![])], "too few references are left");
    site.write("templates/third.html", IMAGE);
    script.tell(Event::FilesChanged(vec![site.path("templates/third.html")]));
    script.settle();
    assert_eq!(news(&mut script, &site), [(None, flagged())]);
    for (wanted, expected) in [(false, vec![]), (true, flagged())] {
        script.tell(Event::SettingsChanged(json!({"cachelint": {"workspaceDiagnostics": wanted}})));
        script.settle();
        assert_eq!(news(&mut script, &site), [(None, expected)]);
    }
}

#[test]
fn an_open_file_of_the_code_shows_what_was_said_of_the_same_text() {
    let site = site();
    let mut script = Script::new(&json!({}), &[site.uri("")]);
    script.settle();
    script.news();
    let app = site.uri("app.py");
    script.open_as(&app, "python", APP);
    script.settle();
    assert_eq!(news(&mut script, &site).pop(), Some((Some(1), flagged())));
    script.edit(&app, 2, (0, 0, 0), "\n");
    script.settle();
    assert_eq!(
        news(&mut script, &site).pop(),
        Some((Some(2), vec![])),
        "its places are those of another text"
    );
    site.write("app.py", &format!("\n{APP}"));
    script.tell(Event::FilesChanged(vec![site.path("app.py")]));
    script.settle();
    assert_eq!(news(&mut script, &site).pop(), Some((Some(2), flagged())));
    script.close(&app);
    script.settle();
    assert_eq!(news(&mut script, &site).pop(), Some((None, flagged())));
}

#[test]
fn an_editor_that_pulls_is_given_it_once() {
    let site = site();
    let mut script = Script::new(&Profile::VsCode.capabilities(), &[site.uri("")]);
    script.settle();
    let asked = script.ask("workspace/diagnostic", Needs::Settled, |view| {
        let pull = |previous| {
            let params = json!({ "previousResultIds": previous });
            let answer = pull::workspace(view, &serde_json::from_value(params).unwrap(), None);
            let WorkspaceDiagnosticReportResult::Report(report) = answer else { panic!("in parts") };
            let items = serde_json::to_value(report.items).unwrap();
            let of_app = |item: &&serde_json::Value| item["uri"].as_str().unwrap().ends_with("/app.py");
            items.as_array().unwrap().iter().find(of_app).unwrap().clone()
        };
        let first = pull(json!([]));
        let again = pull(json!([{ "uri": first["uri"], "value": first["resultId"] }]));
        (first["items"][0]["code"].clone(), again["kind"].clone())
    });
    script.settle();
    assert_eq!(asked.try_recv().unwrap(), (json!("no-versioning"), json!("unchanged")));
}

#[test]
fn the_helper_and_a_comment_are_offered_where_it_is_said_that_nothing_versions() {
    let site = site();
    let mut script = Script::new(&Profile::VsCode.capabilities(), &[site.uri("")]);
    let app = site.uri("app.py");
    script.open_as(&app, "python", APP);
    script.settle();
    let asked = script.ask("textDocument/codeAction", Needs::Checked(app.parse().unwrap()), |view| {
        let place = json!({ "line": 1, "character": 8 });
        let uri = &view.document.as_ref().unwrap().uri;
        let params: CodeActionParams = serde_json::from_value(json!({
            "textDocument": { "uri": uri },
            "range": { "start": place, "end": place },
            "context": { "diagnostics": [] },
        }))
        .unwrap();
        let actions = code_action::code_actions(view, &params).unwrap().into_iter();
        let actions = actions.filter_map(|action| match action {
            CodeActionOrCommand::CodeAction(action) => Some(action),
            CodeActionOrCommand::Command(_) => None,
        });
        let edit = |action| serde_json::to_string(&code_action::resolve(view, action).edit).unwrap();
        actions.map(|action| (action.title.clone(), edit(action))).collect::<Vec<_>>()
    });
    script.settle();
    let offered = asked.try_recv().unwrap();
    let titles: Vec<_> = offered.iter().map(|(title, _)| title.as_str()).collect();
    let helper = "Version all static URLs of this app (edits app.py)";
    assert_eq!(titles, [helper, "Ignore on this line", "Explain no-versioning"]);
    assert!(offered[0].1.contains("def add_static_versions(app):"), "{}", offered[0].1);
    let ignore = &offered[1].1;
    assert!(
        ignore.contains("# cachelint: ignore[no-versioning]") && ignore.contains("\"version\":1"),
        "{ignore}"
    );
}
