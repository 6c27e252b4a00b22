//! Commands that are given up.

use std::sync::mpsc::Receiver;

use cachelint::lsp::session::event::Event;
use cachelint::lsp::session::jobs::Job;
use serde_json::{Value, json};
use tower_lsp::jsonrpc::Result;

use super::script::Script;
use crate::profiles::Profile;
use crate::site::Site;

/// A session that is ready to fix what is wrong in its site, with the job that computes the edits.
fn fixing(script: &mut Script, is_abandoned: bool) -> (Job, Receiver<Result<Option<Value>>>) {
    let answer = script.execute_with("cachelint.fixWorkspace", "fixing", is_abandoned);
    script.quiet();
    let place = script.jobs.iter().position(|job| matches!(job, Job::Edits(_))).unwrap();
    (script.jobs.remove(place), answer)
}

fn applied(script: &Script) -> usize {
    script.requests.iter().filter(|(method, _)| *method == "workspace/applyEdit").count()
}

#[test]
fn edits_of_a_command_that_was_given_up_are_not_applied() {
    let site = Site::new();
    let mut script = Script::new(&Profile::VsCode.capabilities(), &[site.uri("")]);
    script.settle();

    let (job, answer) = fixing(&mut script, false);
    script.tell(Event::ProgressCancelled(serde_json::from_value(json!("another")).unwrap()));
    script.run(job);
    assert_eq!(applied(&script), 1, "another was given up");
    assert!(answer.try_recv().is_err(), "the editor applies it first");

    let (job, answer) = fixing(&mut script, false);
    script.tell(Event::ProgressCancelled(serde_json::from_value(json!("fixing")).unwrap()));
    script.run(job);
    assert_eq!((applied(&script), answer.try_recv().unwrap()), (1, Ok(None)), "by its progress");

    let (job, answer) = fixing(&mut script, true);
    script.run(job);
    assert_eq!((applied(&script), answer.try_recv().unwrap()), (1, Ok(None)), "by $/cancelRequest");
}

#[test]
fn a_scan_that_was_given_up_ends_and_leaves_the_open_documents_checked() {
    let site = Site::new();
    let mut script = Script::new(&Profile::VsCode.capabilities(), &[site.uri("")]);
    let open = script.jobs.remove(0);
    script.run(open);
    let place = script.jobs.iter().position(|job| matches!(job, Job::Scan(_))).unwrap();
    let Job::Scan(scan) = script.jobs.remove(place) else { unreachable!() };
    let token = format!("cachelint/scan/{}", scan.folder.0);
    script.tell(Event::ProgressCancelled(serde_json::from_value(json!(token)).unwrap()));
    script.run(Job::Scan(scan));
    let page = site.uri("templates/page.html");
    script.open(&page, crate::site::PAGE);
    let answer = script.pull(&page);
    script.settle();
    assert_eq!(answer.try_recv().unwrap(), ["unversioned-reference"; 2]);
}
