//! What is found to check, what is passed over, and what a path on the command line means.

use std::path::PathBuf;

use crate::testing::Site;

/// The sources found for `paths`, relative to the site.
fn found(site: &Site, paths: &[&str]) -> Vec<String> {
    let paths: Vec<PathBuf> = paths.iter().map(PathBuf::from).collect();
    let project = site.project();
    let discovery = project.discover(&paths);
    assert_eq!(discovery.failures, [""; 0]);
    discovery.sources.iter().map(|source| project.shown(source)).collect()
}

#[test]
fn templates_are_known_by_their_extensions_and_folders_of_others_are_passed_over() {
    let site = Site::new(&[
        (".gitignore", "/ignored/\nlocal.html"),
        ("manage.py", ""),
        ("a.html", ""),
        ("B.HTM", ""),
        ("c.xhtml", ""),
        ("d.jinja", ""),
        ("e.jinja2", ""),
        ("f.html.j2", ""),
        ("g.j2", ""),
        ("h.djhtml", ""),
        ("i.njk", ""),
        ("j.twig", ""),
        ("k.tera", ""),
        ("nginx.conf.j2", ""),
        ("play.yml.j2", ""),
        ("feed.xml.njk", ""),
        ("note.txt", ""),
        ("style.css", ""),
        ("local.html", ""),
        ("ignored/a.html", ""),
        (".hidden/a.html", ""),
        ("node_modules/x/a.html", ""),
        ("lib/site-packages/x/a.html", ""),
        ("venv/pyvenv.cfg", ""),
        ("venv/a.html", ""),
        ("staticfiles/a.html", ""),
        ("collected/staticfiles.json", ""),
        ("collected/a.html", ""),
        ("htmlcov/index.html", ""),
        ("coverage/lcov.info", ""),
        ("coverage/index.html", ""),
        ("app/coverage/index.html", ""),
        ("app/static/demo.html", ""),
        ("app/templates/email/a.html", ""),
    ]);
    let expected = [
        "B.HTM",
        "a.html",
        "app/coverage/index.html",
        "app/templates/email/a.html",
        "c.xhtml",
        "d.jinja",
        "e.jinja2",
        "f.html.j2",
        "g.j2",
        "h.djhtml",
        "i.njk",
        "j.twig",
        "k.tera",
    ];
    assert_eq!(found(&site, &[]), expected);
    let passed_over = [
        "app/static/: skipped, a static root",
        "collected/: skipped, collected static files",
        "coverage/: skipped, a coverage report",
        "htmlcov/: skipped, a coverage report",
        "lib/site-packages/: skipped, installed packages",
        "node_modules/: skipped, installed packages",
        "staticfiles/: skipped, collected static files",
        "venv/: skipped, a virtual environment",
    ];
    assert_eq!(site.project().discover(&[]).passed_over, passed_over);
}

#[test]
fn git_ignores_hold_outside_of_git_too() {
    let site = Site::new(&[("x/.gitignore", "b.html"), ("x/a.html", ""), ("x/b.html", "")]);
    assert_eq!(found(&site, &["x"]), ["x/a.html"]);
}

#[test]
fn the_configuration_includes_and_excludes() {
    let site = Site::new(&[
        (
            "cachelint.toml",
            "templates = ['*.tpl', 'pages/*.html']\nexclude = ['old/**']\nstatic-roots = { '/s/' = 'files' }",
        ),
        ("a.html", ""),
        ("b.tpl", ""),
        ("pages/c.html", ""),
        ("pages/x/d.html", ""),
        ("old/e.tpl", ""),
        ("files/f.tpl", ""),
    ]);
    assert_eq!(found(&site, &[]), ["b.tpl", "pages/c.html"]);
    assert_eq!(found(&site, &["old/e.tpl", "a.html", "files/f.tpl"]), ["a.html", "files/f.tpl", "old/e.tpl"]);
}

#[test]
fn explicit_paths_are_taken_even_if_ignored_and_none_twice() {
    let site =
        Site::new(&[(".gitignore", "a.html"), ("a.html", ""), ("t/b.html", ""), ("static/c.html", "")]);
    assert_eq!(
        found(&site, &["a.html", "t", "./t/../t/b.html", "static/c.html"]),
        ["a.html", "static/c.html", "t/b.html"]
    );
}

#[test]
fn an_explicit_asset_selects_the_templates_that_refer_to_it() {
    let site = Site::new(&[
        ("app.py", "import flask"),
        ("static/css/site.css", "s"),
        ("static/css/other.css", "o"),
        (
            "templates/a.html",
            "<link rel=stylesheet href=\"{{ url_for('static', filename='css/site.css') }}\">",
        ),
        ("templates/b.html", "{{ x }}<link rel=stylesheet href=\"/static/css/%73ite.css\">site"),
        (
            "templates/c.html",
            "site <link rel=stylesheet href=\"{{ url_for('static', filename='css/other.css') }}\">",
        ),
    ]);
    assert_eq!(found(&site, &["static/css/site.css"]), ["templates/a.html", "templates/b.html"]);
    assert_eq!(found(&site, &["static/css/site.css", "templates/c.html"]).len(), 3);
    let discovery = site.project().discover(&["static/css/site.css".into()]);
    assert_eq!(discovery.assets, [site.path("static/css/site.css")]);
}

#[test]
fn unknown_types_are_noted_and_nothing_found_is_told() {
    let site = Site::new(&[("README.md", ""), ("a.css", ""), ("empty/", ""), ("t/a.html", "")]);
    let project = site.project();
    let cases: [(&[&str], bool, &[&str]); 5] = [
        (&[], false, &[]),
        (&["README.md"], true, &["README.md: skipped, neither a template nor an asset by its name"]),
        (&["empty"], true, &[]),
        (&["a.css"], false, &[]),
        (
            &["README.md", "t/a.html"],
            false,
            &["README.md: skipped, neither a template nor an asset by its name"],
        ),
    ];
    for (paths, nothing_found, notes) in cases {
        let paths: Vec<PathBuf> = paths.iter().map(PathBuf::from).collect();
        let discovery = project.discover(&paths);
        assert_eq!(
            (discovery.nothing_found, discovery.notes),
            (nothing_found, notes.iter().map(ToString::to_string).collect()),
            "{paths:?}"
        );
    }
}

#[test]
fn a_wrong_configuration_fails_what_lies_below_it_once() {
    let site = Site::new(&[
        ("bad/cachelint.toml", "exclde = []"),
        ("bad/a.html", ""),
        ("bad/x/b.html", ""),
        ("good/c.html", ""),
    ]);
    let discovery = site.project().discover(&[]);
    assert_eq!(discovery.sources, [site.path("good/c.html")]);
    assert_eq!(discovery.failures, ["bad/cachelint.toml:1:1: unknown key `exclde`; did you mean `exclude`?"]);
    assert!(site.project().analyse(&site.path("bad/a.html"), "").is_err());
}

#[test]
fn configured_roots_that_are_not_there_are_noted() {
    let site = Site::new(&[("cachelint.toml", "\nstatic-roots = { '/s/' = 'statc' }"), ("a.html", "")]);
    assert_eq!(site.project().discover(&[]).notes, ["cachelint.toml:2: the static root statc is not there"]);
}

#[test]
fn doctor_says_where_each_value_root_and_dialect_came_from() {
    let site = Site::new(&[
        ("cachelint.toml", "# ours\nversion.length = 12"),
        ("app/__init__.py", "from flask import Flask"),
        ("app/static/a.css", ""),
        ("app/templates/a.html", "{{ x }}"),
        ("app/templates/b.html", "{{ x }}"),
        ("shop/cachelint.toml", "static-roots = { '/s/' = 'files' }"),
        ("shop/templates/c.twig", ""),
        ("shop/files/", ""),
    ]);
    let doctor = site.project().doctor();
    let value = |config: usize, key: &str| {
        let value = doctor.configs[config].values.iter().find(|value| value.key == key).unwrap();
        format!("{} = {} ({})", value.key, value.value, value.origin)
    };
    assert_eq!(value(0, "version.length"), "version.length = 12 (cachelint.toml:2)");
    assert_eq!(value(0, "version.parameter"), "version.parameter = \"v\" (default)");
    assert_eq!(value(1, "static-roots.\"/s/\""), "static-roots.\"/s/\" = 'files' (shop/cachelint.toml:1)");
    let sources: Vec<_> =
        doctor.configs.iter().map(|config| (config.file.as_deref(), config.sources)).collect();
    assert_eq!(sources, [(Some("cachelint.toml"), 2), (Some("shop/cachelint.toml"), 1)]);
    let roots: Vec<_> = doctor
        .roots
        .iter()
        .map(|root| {
            format!("{} {} {}", root.url.as_deref().unwrap_or("?"), root.folders.join(","), root.origin)
        })
        .collect();
    let expected = [
        "/static/ app/static convention: static/ beside or above the templates, or of another app",
        "/s/ shop/files shop/cachelint.toml:1",
    ];
    assert_eq!(roots, expected);
    let dialects: Vec<_> =
        doctor.dialects.iter().map(|one| format!("{} {} {}", one.dialect, one.reason, one.sources)).collect();
    assert_eq!(dialects, ["jinja __init__.py imports flask 2", "twig its extension is .twig 1"]);
}
