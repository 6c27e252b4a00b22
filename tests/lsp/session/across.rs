//! What depends on several sources: rules across files, and stylesheets that pages load.

use cachelint::lsp::session::jobs::Job;
use serde_json::json;

use super::script::Script;
use crate::site::Site;

const ONE: &str = "<script src=\"/static/app.js?v=1\"></script>\n";
const TWO: &str = "<script src=\"/static/app.js?v=2\"></script>\n";

/// A site whose two pages hold these texts, with a configuration.
fn site(page: &str, other: &str) -> Site {
    let site = Site::new();
    site.write("cachelint.toml", "");
    site.write("templates/page.html", page);
    site.write("templates/other.html", other);
    site
}

/// A session in which the page is open and everything was checked.
fn session(site: &Site, page: &str) -> Script {
    let mut script = Script::new(&json!({}), &[site.uri("")]);
    script.open(&site.uri("templates/page.html"), page);
    script.settle();
    script
}

/// What was told of the site's stylesheets.
fn told_of_sheets(script: &mut Script) -> Vec<(String, Option<i32>, Vec<String>)> {
    let mut told: Vec<_> = script.news().into_iter().filter(|(uri, ..)| uri.contains("/css/")).collect();
    told.sort();
    told
}

/// Nothing happens for a while.
fn rest(script: &mut Script) {
    while !script.timers.is_empty() {
        script.ring();
        script.settle();
    }
}

/// The codes of the findings that were told last of a file.
fn last(script: &mut Script, uri: &str) -> Option<Vec<String>> {
    script.news().into_iter().rev().find(|(told, ..)| told == uri).map(|(_, _, codes)| codes)
}

#[test]
fn two_sources_that_name_two_versions_are_told_of_each_other() {
    let site = site(ONE, TWO);
    let mut script = session(&site, ONE);
    let (page, other) = (site.uri("templates/page.html"), site.uri("templates/other.html"));
    let told = script.news();
    for uri in [&page, &other] {
        let codes = told.iter().rev().find(|(of, ..)| of == uri).map(|(_, _, codes)| codes.clone());
        assert_eq!(codes, Some(vec!["mixed-versions".to_owned()]), "{uri}");
    }
    script.change(&page, 2, json!([{"text": TWO}]));
    script.settle();
    assert_eq!(last(&mut script, &page), Some(vec!["manual-version".to_owned()]));
    assert_eq!(last(&mut script, &other), None, "it is looked at when the typing rests");
    rest(&mut script);
    assert_eq!(last(&mut script, &other), Some(vec!["manual-version".to_owned()]));
}

#[test]
fn an_open_document_follows_what_another_says() {
    let site = site(ONE, ONE);
    let mut script = session(&site, ONE);
    let (page, other) = (site.uri("templates/page.html"), site.uri("templates/other.html"));
    script.open(&other, ONE);
    script.settle();
    script.news();
    script.change(&other, 2, json!([{"text": TWO}]));
    script.settle();
    assert_eq!(last(&mut script, &page), Some(vec!["mixed-versions".to_owned()]));
    script.change(&other, 3, json!([{"text": "<p></p>\n"}]));
    script.settle();
    assert_eq!(last(&mut script, &page), Some(vec!["manual-version".to_owned()]));
}

#[test]
fn typing_beside_a_reference_has_nothing_else_checked() {
    let site = site(ONE, TWO);
    let mut script = session(&site, ONE);
    rest(&mut script);
    script.edit(&site.uri("templates/page.html"), 2, (1, 0, 0), "text");
    script.settle();
    script.ring();
    script.quiet();
    assert_eq!(script.due(), [""; 0]);
}

#[test]
fn a_suppression_of_a_rule_across_files_is_judged_once_they_are_known() {
    let text = format!("<!-- cachelint: ignore[mixed-versions] -->\n{ONE}");
    let site = site(&text, TWO);
    let mut script = Script::new(&json!({}), &[site.uri("")]);
    let page = site.uri("templates/page.html");
    script.open(&page, &text);
    let open = script.jobs.remove(0);
    script.run(open);
    script.quiet();
    let (scans, checks): (Vec<_>, Vec<_>) =
        std::mem::take(&mut script.jobs).into_iter().partition(|job| matches!(job, Job::Scan(_)));
    checks.into_iter().for_each(|job| script.run(job));
    assert_eq!(last(&mut script, &page), Some(vec!["manual-version".to_owned()]), "before the scan");
    scans.into_iter().for_each(|job| script.run(job));
    script.settle();
    assert_eq!(last(&mut script, &page), Some(vec![]), "after it");
    script.change(&page, 2, json!([{"text": text.replace("v=1", "v=2")}]));
    script.settle();
    let expected = ["unused-suppression".to_owned(), "manual-version".to_owned()];
    assert_eq!(last(&mut script, &page), Some(expected.to_vec()), "nothing differs any more");
}

#[test]
fn stylesheets_that_pages_load_are_reported_as_long_as_one_does() {
    let page = "<link rel=\"stylesheet\" href=\"{{ url_for('static', filename='css/site.css') }}\">\n";
    let site = site(page, "<p></p>\n");
    site.write("static/logo.png", "png");
    site.write("static/css/site.css", "@import \"base.css\"; p { background: url(../logo.png) }\n");
    site.write("static/css/base.css", "p { background: url(/static/logo.png) }\n");
    site.write("static/css/unused.css", "p { background: url(/static/logo.png) }\n");
    let mut script = session(&site, page);
    let (sheet, base) = (site.uri("static/css/site.css"), site.uri("static/css/base.css"));
    let of_url = || "unversioned-css-url".to_owned();
    let told = told_of_sheets(&mut script);
    assert_eq!(told, [(base.clone(), None, vec![of_url()]), (sheet.clone(), None, vec![of_url(), of_url()])]);
    script.change(&site.uri("templates/page.html"), 2, json!([{"text": "<p></p>"}]));
    script.settle();
    rest(&mut script);
    assert_eq!(told_of_sheets(&mut script), [(base, None, vec![]), (sheet, None, vec![])]);
}
