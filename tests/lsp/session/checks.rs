//! Checks of open documents: one at a time, the newest text, nothing late.

use cachelint::lsp::session::event::{Event, Failed, Worked};
use cachelint::lsp::session::jobs::Job;
use cachelint::lsp::session::query::Needs;
use serde_json::json;

use super::script::Script;
use crate::site::{PAGE, Site};

fn opened(site: &Site) -> (Script, String) {
    let mut script = Script::new(&json!({}), &[site.uri("")]);
    script.settle();
    let uri = site.uri("templates/page.html");
    script.open(&uri, PAGE);
    (script, uri)
}

#[test]
fn of_many_edits_only_the_last_is_checked_and_one_check_runs_at_a_time() {
    let site = Site::new();
    let (mut script, uri) = opened(&site);
    script.quiet();
    assert_eq!(script.due(), ["page.html"]);
    let first = script.jobs.pop().unwrap();
    for version in 2..50 {
        script.edit(&uri, version, (2, 3, 3), "x");
        script.quiet();
    }
    assert_eq!(script.due(), [""; 0], "the first check still runs");
    script.run(first);
    assert!(script.news().is_empty(), "the first check is late");
    script.settle();
    assert_eq!(script.news(), [(uri, Some(49), vec!["unversioned-reference".to_owned(); 2])]);
}

#[test]
fn what_is_late_for_a_document_that_was_opened_anew_is_dropped() {
    let site = Site::new();
    let (mut script, uri) = opened(&site);
    script.quiet();
    let first = script.jobs.pop().unwrap();
    script.close(&uri);
    script.open(&uri, "<p>empty</p>");
    script.news();
    script.run(first);
    assert!(script.news().is_empty());
    script.settle();
    assert_eq!(script.news(), [(uri, Some(1), vec![])]);
}

#[test]
fn a_missing_asset_waits_while_its_line_is_typed() {
    let site = Site::new();
    site.write("cachelint.toml", "static-roots = { \"/static/\" = \"static\" }\n");
    let (mut script, uri) = opened(&site);
    script.settle();
    script.news();
    script.edit(&uri, 2, (2, 0, 0), "<img src=\"/static/a.png\">");
    script.settle();
    let without = vec!["unversioned-reference".to_owned(); 2];
    let mut with = without.clone();
    with.push("missing-asset".to_owned());
    assert_eq!(script.news(), [(uri.clone(), Some(2), without)]);
    script.ring();
    assert_eq!(script.news(), [(uri.clone(), Some(2), with.clone())], "after a pause");
    script.edit(&uri, 3, (2, 25, 25), " ");
    script.settle();
    assert_eq!(script.news(), [(uri.clone(), Some(3), with.clone())], "what is shown stays");
    script.edit(&uri, 4, (2, 18, 18), "b");
    script.edit(&uri, 5, (0, 0, 0), " ");
    script.settle();
    assert_eq!(script.news(), [(uri, Some(5), with)], "the line was left");
}

#[test]
fn a_text_out_of_step_is_named_once_and_not_checked() {
    let site = Site::new();
    let (mut script, uri) = opened(&site);
    script.settle();
    script.news();
    script.log.clear();
    script.edit(&uri, 2, (90, 0, 1), "x");
    script.edit(&uri, 3, (91, 0, 1), "x");
    script.settle();
    assert_eq!(script.news(), [(uri.clone(), Some(2), vec![])]);
    assert_eq!(script.log.len(), 1, "{:?}", script.log);
    script.change(&uri, 4, json!([{"text": PAGE}]));
    script.settle();
    assert_eq!(script.news()[0].2.len(), 2);
}

#[test]
fn a_check_that_panics_is_logged_and_the_next_edit_is_checked() {
    let site = Site::new();
    let (mut script, uri) = opened(&site);
    script.quiet();
    let Some(Job::Check(job)) = script.jobs.pop() else { panic!("no check") };
    let failed = Failed::Check(job.uri.clone(), job.edition, job.generation);
    script.tell(Event::Worked(Worked::Failed(failed, "a bug".to_owned())));
    assert!(script.log.iter().any(|line| line.contains("panicked: a bug")), "{:?}", script.log);
    script.settle();
    script.news();
    script.edit(&uri, 2, (2, 0, 0), "x");
    script.settle();
    assert_eq!(script.news()[0].2.len(), 2);
}

#[test]
fn what_is_no_source_holds_up_nothing() {
    let site = Site::new();
    let (mut script, _) = opened(&site);
    let program = site.uri("app.py");
    script.open(&program, "import flask");
    script.settle();
    script.tell(Event::FilesChanged(vec![site.path("app.py")]));
    let answer = script.pull(&program);
    let settled = script.when(Needs::Settled);
    script.settle();
    assert_eq!(answer.try_recv().unwrap(), [""; 0]);
    settled.try_recv().unwrap();
}

#[test]
fn nothing_is_begun_after_shutdown() {
    let site = Site::new();
    let (mut script, _) = opened(&site);
    script.tell(Event::Shutdown);
    script.quiet();
    assert_eq!(script.due(), [""; 0]);
}
