//! What the editor is told, and how.

use cachelint::lsp::session::event::{Event, Then};
use cachelint::lsp::session::jobs::Job;
use serde_json::json;

use super::script::Script;
use crate::profiles::Profile;
use crate::site::{PAGE, Site};

#[test]
fn closed_sources_are_reported_where_a_configuration_or_the_settings_say_so() {
    let cases = [
        (false, json!({}), 0),
        (true, json!({}), 2),
        (true, json!({"workspaceDiagnostics": false}), 0),
        (false, json!({"workspaceDiagnostics": true}), 2),
    ];
    for (configured, settings, expected) in cases {
        let site = Site::new();
        if configured {
            site.write("cachelint.toml", "");
        }
        let mut script = Script::new(&json!({}), &[site.uri("")]);
        script.tell(Event::SettingsChanged(json!({"cachelint": settings})));
        script.settle();
        assert_eq!(script.news().len(), expected, "{configured} {settings}");
        script.tell(Event::SettingsChanged(json!({"cachelint": {"workspaceDiagnostics": false}})));
        script.settle();
        let taken_back = script.news();
        assert!(taken_back.iter().all(|it| it.2.is_empty()), "{taken_back:?}");
        assert_eq!(taken_back.len(), expected, "{configured} {settings}");
    }
}

#[test]
fn a_check_of_the_workspace_is_answered_when_its_findings_are_told() {
    let site = Site::new();
    let mut script = Script::new(&json!({}), &[site.uri("")]);
    let open = script.jobs.remove(0);
    script.run(open);
    let answer = script.execute("cachelint.checkWorkspace");
    script.quiet();
    let scans = script.jobs.iter().filter(|job| matches!(job, Job::Scan(_))).count();
    assert_eq!(scans, 2, "the first is ended by the second");
    while answer.try_recv().is_err() {
        assert_eq!(script.news(), []);
        let job = script.jobs.remove(0);
        script.run(job);
        script.quiet();
    }
    let told: Vec<_> = script.news().into_iter().map(|(uri, ..)| uri).collect();
    assert_eq!(told, [site.uri("templates/other.html"), site.uri("templates/page.html")]);
}

#[test]
fn a_document_is_never_both_pushed_and_pulled() {
    let site = Site::new();
    site.write("cachelint.toml", "");
    let mut script = Script::new(&Profile::VsCode.capabilities(), &[site.uri("")]);
    script.settle();
    let page = site.uri("templates/page.html");
    assert_eq!(script.news().len(), 2, "closed, so pushed");
    script.open(&page, PAGE);
    assert_eq!(script.news(), [(page.clone(), None, vec![])], "open, so taken back");
    script.settle();
    assert_eq!(script.news(), []);
    script.close(&page);
    script.settle();
    assert_eq!(script.news().len(), 1, "closed again");
}

#[test]
fn a_document_that_is_closed_is_cleared_or_read_from_disk() {
    let site = Site::new();
    let mut script = Script::new(&json!({}), &[site.uri("")]);
    script.settle();
    let page = site.uri("templates/page.html");
    script.open(&page, "<p></p>");
    script.settle();
    script.news();
    script.close(&page);
    script.settle();
    assert_eq!(script.news(), [(page, None, vec![])]);
}

#[test]
fn nothing_is_asked_of_an_editor_that_can_do_nothing() {
    let site = Site::new();
    site.write("cachelint.toml", "");
    let mut script = Script::new(&json!({}), &[site.uri("")]);
    script.open(&site.uri("templates/page.html"), PAGE);
    script.settle();
    script.tell(Event::SettingsChanged(json!({"inlayHints": true, "codeLens": true})));
    script.settle();
    assert_eq!(script.requests, []);
}

#[test]
fn a_setting_that_is_wrong_is_named_once_and_changes_nothing() {
    let mut script = Script::new(&json!({}), &[]);
    for _ in 0..3 {
        script.tell(Event::SettingsChanged(json!({"cachelint": {"codeLens": 7}})));
    }
    assert_eq!(script.messages, ["cachelint.codeLens: 7 is not true or false"]);
}

#[test]
fn an_editor_that_refuses_to_watch_while_its_folder_is_scanned_has_it_watched() {
    let site = Site::new();
    let mut script = Script::new(&Profile::Helix.capabilities(), &[site.uri("")]);
    script.quiet();
    while !script.jobs.iter().any(|job| matches!(job, Job::Scan(_))) {
        let job = script.jobs.remove(0);
        script.run(job);
        script.quiet();
    }
    let asked = script.requests.iter().filter(|(method, _)| *method == "client/registerCapability").count();
    assert_eq!((asked, &*script.watched), (1, &[][..]));
    script.tell(Event::Answered(Then::Watch, Err("no".to_owned())));
    script.settle();
    assert!(script.watched.contains(&site.path("static/css")));
}
