//! Files that change on disk: exactly what names them is checked again.

use cachelint::lsp::session::event::{Event, Then};
use cachelint::lsp::session::jobs::Job;
use serde_json::json;

use super::script::Script;
use crate::profiles::Profile;
use crate::site::{PAGE, Site};

fn scanned(site: &Site) -> Script {
    let mut script = Script::new(&json!({}), &[site.uri("")]);
    script.settle();
    script
}

fn changed(script: &mut Script, site: &Site, names: &[&str]) {
    let paths = names.iter().map(|name| site.path(name)).collect();
    script.tell(Event::FilesChanged(paths));
    script.quiet();
}

#[test]
fn only_what_names_a_file_is_checked_again() {
    let site = Site::new();
    let mut script = scanned(&site);
    let page = site.uri("templates/page.html");
    script.open(&page, PAGE);
    script.settle();
    let cases: [(&[&str], &[&str]); 7] = [
        (&["static/app.js"], &["page.html"]),
        (&["static/css/site.css"], &["other.html", "page.html"]),
        (&["static/unnamed.css"], &[]),
        (&["static/css"], &["other.html", "page.html"]),
        (&["templates/other.html"], &["other.html"]),
        (&["templates"], &["other.html"]),
        (&["README", "static/logo.png"], &[]),
    ];
    for (names, expected) in cases {
        changed(&mut script, &site, names);
        assert_eq!(script.due(), expected, "{names:?}");
        script.settle();
    }
}

#[test]
fn a_pull_behind_a_change_is_answered_from_what_is_new() {
    let site = Site::new();
    let text = format!("<script src=\"/static/app.js?v={}\"></script>", site.version("static/app.js"));
    let mut script = Script::new(&Profile::VsCode.capabilities(), &[site.uri("")]);
    let page = site.uri("templates/page.html");
    script.open(&page, &text);
    script.settle();
    let answer = script.pull(&page);
    script.settle();
    assert_eq!(answer.try_recv().unwrap(), [""; 0]);
    script.requests.clear();
    site.write("static/app.js", "console.log(2)\n");
    script.tell(Event::FilesChanged(vec![site.path("static/app.js")]));
    let unseen = script.pull(&page);
    script.quiet();
    let Some(Job::Check(check)) = script.jobs.pop() else { panic!("no check") };
    let checking = script.pull(&page);
    script.quiet();
    script.run(Job::Check(check));
    script.settle();
    for answer in [unseen, checking] {
        assert_eq!(answer.try_recv().unwrap(), ["stale-version"]);
    }
    assert_eq!(script.requests, [("workspace/diagnostic/refresh", json!(null))], "who did not ask is told");
}

#[test]
fn hints_and_lenses_are_asked_for_again_where_they_are_shown() {
    for (settings, expected) in [
        (json!({}), vec![]),
        (json!({"inlayHints": true}), vec!["workspace/inlayHint/refresh"]),
        (json!({"codeLens": true}), vec!["workspace/codeLens/refresh"]),
    ] {
        let site = Site::new();
        let mut script = Script::new(&Profile::Zed.capabilities(), &[site.uri("")]);
        script.tell(Event::Answered(Then::TakeSettings(vec![]), Ok(json!([settings]))));
        script.open(&site.uri("templates/page.html"), PAGE);
        script.settle();
        script.requests.clear();
        site.write("static/app.js", "console.log(2)\n");
        changed(&mut script, &site, &["static/app.js"]);
        script.settle();
        let asked: Vec<_> = script.requests.iter().map(|(method, _)| *method).collect();
        assert_eq!(asked, expected, "{settings}");
    }
}

#[test]
fn an_editor_that_does_not_watch_has_every_folder_that_matters_watched() {
    let site = Site::new();
    let mut script = scanned(&site);
    let paths = |names: &[&str]| names.iter().map(|name| site.path(name)).collect::<Vec<_>>();
    script.watched.sort();
    assert_eq!(script.watched, paths(&["", "static", "static/css", "templates"]));
    script.watched.clear();
    let page = site.uri("templates/page.html");
    site.write("static/late/a.js", "1");
    script.open(&page, "<script src=\"/static/late/a.js\"></script>");
    script.settle();
    assert_eq!(script.watched, paths(&["static/late"]), "named since");
    script.watched.clear();
    changed(&mut script, &site, &["static"]);
    assert_eq!(script.watched, paths(&["static", "static/css", "static/late"]), "made anew");
    script.settle();
    script.watched.clear();
    site.write("static/later/b.js", "1");
    site.write("templates/other.html", "<script src=\"/static/later/b.js\"></script>");
    changed(&mut script, &site, &["templates/other.html"]);
    script.settle();
    assert_eq!(script.watched, paths(&["static/later"]), "named by a closed source");
    let mut script = Script::new(&Profile::VsCode.capabilities(), &[site.uri("")]);
    script.settle();
    assert_eq!(script.watched, paths(&[]), "the editor watches");
}

#[test]
fn a_burst_is_one_check() {
    let site = Site::new();
    let mut script = scanned(&site);
    script.open(&site.uri("templates/page.html"), PAGE);
    script.settle();
    for number in 0..10_000 {
        let noise = site.path(&format!("dist/chunk-{number}.map"));
        script.tell(Event::FilesChanged(vec![noise, site.path("static/app.js")]));
    }
    script.quiet();
    assert_eq!(script.due(), ["page.html"]);
}

#[test]
fn files_that_appear_and_go_change_what_looks_for_them() {
    let site = Site::new();
    site.write("cachelint.toml", "static-roots = { \"/static/\" = \"static\" }\n");
    let mut script = scanned(&site);
    let page = site.uri("templates/page.html");
    script.open(&page, "<script src=\"/static/new.js\"></script>");
    script.settle();
    let last = |script: &mut Script| script.news().pop().map(|it| it.2);
    assert_eq!(last(&mut script), Some(vec!["missing-asset".to_owned()]));
    site.write("static/new.js", "1");
    changed(&mut script, &site, &["static/new.js"]);
    script.settle();
    assert_eq!(last(&mut script), Some(vec!["unversioned-reference".to_owned()]));
    site.remove("static/new.js");
    changed(&mut script, &site, &["static/new.js"]);
    script.settle();
    assert_eq!(last(&mut script), Some(vec!["missing-asset".to_owned()]));
}

#[test]
fn a_file_that_appears_where_a_relative_path_led_is_noticed() {
    let site = Site::new();
    site.remove("app.py");
    site.write("site/css/old.css", "");
    site.write("site/pages/index.html", "<link rel=stylesheet href=\"../css/new.css\">");
    let mut script = scanned(&site);
    script.open(&site.uri("site/pages/index.html"), "<link rel=stylesheet href=\"../css/new.css\">");
    script.settle();
    site.write("site/css/new.css", "a {}");
    changed(&mut script, &site, &["site/css/new.css"]);
    assert_eq!(script.due(), ["index.html"]);
}

#[test]
fn outputs_of_a_bundler_wait_until_they_are_quiet() {
    let ignored = (".gitignore", "static/built-3f2a9c1b.js\n");
    let listed = ("static/rev-manifest.json", "{\"built.js\": \"built-3f2a9c1b.js\"}");
    for (name, text) in [ignored, listed] {
        let site = Site::new();
        site.write(".git/HEAD", "ref: refs/heads/main\n");
        site.write("static/built-3f2a9c1b.js", "1");
        site.write(name, text);
        let mut script = scanned(&site);
        let page = "<script src=\"/static/built-3f2a9c1b.js\"></script>";
        script.open(&site.uri("templates/page.html"), page);
        script.settle();
        script.ring();
        script.settle();
        for _ in 0..3 {
            changed(&mut script, &site, &["static/built-3f2a9c1b.js"]);
            assert_eq!(script.due(), [""; 0], "{name}");
        }
        let earlier = script.timers.remove(0);
        script.tell(Event::Due(earlier));
        script.quiet();
        assert_eq!(script.due(), [""; 0], "{name}: more came since");
        script.ring();
        script.quiet();
        assert_eq!(script.due(), ["page.html"], "{name}");
    }
}

#[test]
fn a_closed_source_that_goes_or_comes_is_followed() {
    let site = Site::new();
    site.write("cachelint.toml", "");
    let mut script = scanned(&site);
    script.news();
    site.remove("templates/other.html");
    site.write("templates/third.html", PAGE);
    site.write("node_modules/x/fourth.html", PAGE);
    changed(
        &mut script,
        &site,
        &["templates/other.html", "templates/third.html", "node_modules/x/fourth.html"],
    );
    script.settle();
    let mut news = script.news();
    news.sort();
    let finding = || "unversioned-reference".to_owned();
    let expected = [
        (site.uri("templates/other.html"), None, vec![]),
        (site.uri("templates/third.html"), None, vec![finding(), finding()]),
    ];
    assert_eq!(news, expected);
}
