//! What git's history tells: read when a version is kept by hand or someone hovers, shown the next time.

use cachelint::lsp::features;
use cachelint::lsp::session::query::{Needs, View};
use gix::ObjectId;
use serde_json::json;
use tower_lsp::ls_types::HoverContents;

use super::script::Script;
use crate::repository::{commit, cut_before};
use crate::site::Site;

const PAGE: &str = "<link rel=\"stylesheet\" href=\"/static/css/site.css?v=1\">\n";
const DAY: u64 = 20_524;

/// A site whose stylesheet changed under its version on the day `DAY`, and the commit.
fn site() -> (Site, ObjectId) {
    let site = Site::new();
    site.write("templates/page.html", PAGE);
    let old = [("static/css/site.css", "old"), ("templates/page.html", PAGE)];
    let first = commit(&site.root(), DAY - 9, &[], &old);
    let changed = [("static/css/site.css", "body { color: red }\n")];
    let second = commit(&site.root(), DAY, &[first], &changed);
    (site, second)
}

fn opened(site: &Site, text: &str) -> (Script, String) {
    let mut script = Script::new(&json!({}), &[site.uri("")]);
    script.settle();
    let uri = site.uri("templates/page.html");
    script.open(&uri, text);
    script.settle();
    (script, uri)
}

/// The messages of the findings in a document.
fn said(script: &mut Script, uri: &str) -> Vec<String> {
    let answer = script.ask("a test", Needs::Checked(uri.parse().unwrap()), |view| {
        let shown = &view.document.as_ref().unwrap().shown;
        shown.iter().map(|diagnostic| diagnostic.message.clone()).collect()
    });
    script.settle();
    answer.recv().unwrap()
}

/// The hover over the stylesheet.
fn hovered(script: &mut Script, uri: &str) -> String {
    let feature = |view: &View| {
        let uri = &view.document.as_ref().unwrap().uri;
        let params = json!({"textDocument": {"uri": uri}, "position": {"line": 0, "character": 40}});
        let hover = features::hover::hover(view, &serde_json::from_value(params).unwrap()).unwrap();
        let HoverContents::Markup(markup) = hover.contents else { panic!("{hover:?}") };
        markup.value
    };
    let answer = script.ask("textDocument/hover", Needs::Checked(uri.parse().unwrap()), feature);
    script.settle();
    answer.recv().unwrap()
}

#[test]
fn a_version_that_is_older_than_its_file_is_said_to_be_once_history_was_read() {
    let (site, newest) = site();
    let (mut script, uri) = opened(&site, PAGE);
    let older = "?v=1 is older than css/site.css (changed 12 Mar 2026); browsers may keep the old file";
    assert_eq!(said(&mut script, &uri), [older]);
    let edited = PAGE.replace("v=1", "v=2");
    script.change(&uri, 2, json!([{ "text": edited }]));
    let by_hand = "?v=2 is kept by hand and does not change with css/site.css";
    assert_eq!(said(&mut script, &uri), [by_hand]);
    let both = [("static/css/site.css", "body { color: red }\n"), ("templates/page.html", &edited)];
    let bumped = commit(&site.root(), DAY + 1, &[newest], &both);
    commit(&site.root(), DAY + 2, &[bumped], &[("static/css/site.css", "new")]);
    site.write("static/css/site.css", "new");
    script.tell(cachelint::lsp::session::Event::FilesChanged(vec![site.path("static/css/site.css")]));
    hovered(&mut script, &uri);
    let again = "?v=2 is older than css/site.css (changed 14 Mar 2026); browsers may keep the old file";
    assert_eq!(said(&mut script, &uri), [again], "a new commit is seen when someone hovers");
}

#[test]
fn a_hover_shows_when_its_file_was_committed_the_next_time() {
    let (site, _) = site();
    let (mut script, uri) = opened(&site, &PAGE.replace("?v=1", ""));
    assert!(!hovered(&mut script, &uri).contains("12 Mar"));
    assert!(hovered(&mut script, &uri).contains(" · changed 12 Mar"));
}

#[test]
fn a_hover_says_that_the_clone_is_shallow() {
    let (site, newest) = site();
    cut_before(&site.root(), newest);
    let (mut script, uri) = opened(&site, PAGE);
    assert!(hovered(&mut script, &uri).contains("history ends at a shallow clone"));
}
