//! What references name: a line a case, over one small site each.

use cachelint_lint::{Resolved, RootKind, Target};

use crate::testing::Site;

/// What the only reference of `text` at `path` names, in one line.
fn named(site: &Site, path: &str, text: &str) -> String {
    let project = site.project();
    let analysis = project.analyse(&site.path(path), text).unwrap();
    let targets: Vec<String> = analysis.resolved.iter().map(|one| shown(site, &one.target)).collect();
    assert_eq!(targets.len(), 1, "{text}: {targets:?}");
    targets.concat()
}

fn shown(site: &Site, target: &Target) -> String {
    match target {
        Target::Asset(asset) => {
            let path = asset.path.strip_prefix(site.path("")).unwrap().display();
            let root = match asset.root {
                RootKind::Configured => "configured",
                RootKind::Code => "code",
                RootKind::Guessed => "guessed",
                RootKind::Page => "page",
            };
            let case =
                asset.case_on_disk.as_ref().map(|case| format!(", on disk {case}")).unwrap_or_default();
            let ignored = if asset.ignored { ", ignored" } else { "" };
            format!("{path} ({root}) as {} at {}{case}{ignored}", asset.name, asset.url)
        }
        Target::Missing(missing) => {
            let certain = if missing.certain { "certainly " } else { "" };
            let excuse = missing.excuse.as_ref().map(|excuse| format!(", but {excuse}")).unwrap_or_default();
            format!("{certain}missing {} in [{}]{excuse}", missing.name, missing.looked_in.join(", "))
        }
        Target::Unchecked(reason) => format!("unchecked: {reason}"),
        Target::External => "external".to_owned(),
        Target::Dynamic(reason) => format!("dynamic: {reason}"),
        Target::Unknown(reason) => format!("unknown: {reason}"),
        Target::Page(reason) => format!("page: {reason}"),
    }
}

pub(super) fn check(site: &Site, path: &str, cases: &[(&str, &str)]) {
    for (text, expected) in cases {
        assert_eq!(named(site, path, text), *expected, "{text}");
    }
}

#[test]
fn urls_of_other_hosts_pages_and_expressions_are_no_files() {
    let site = Site::new(&[("static/a.css", "")]);
    check(
        &site,
        "templates/a.html",
        &[
            ("{{ x }}<script src=\"https://cdn.example.com/a.js\"></script>", "external"),
            ("{{ x }}<script src=\"//cdn.example.com/a.js\"></script>", "external"),
            ("{{ x }}<script src=\"https://cdn.example.com/{{ v }}/a.js\"></script>", "external"),
            (
                "{{ x }}<script src=\"https://{{ host }}/a.js\"></script>",
                "dynamic: host is known only when the page is rendered",
            ),
            (
                "{{ x }}<script src=\"{{ cdn }}/static/a.css\"></script>",
                "dynamic: cdn is known only when the page is rendered",
            ),
            ("{{ x }}<script src=\"/api/x\"></script>", "page: a page or a route, no static file"),
            ("{{ x }}<script src=/static/a.js/></script>", "page: a folder"),
            ("{{ x }}<script src=\"/nowhere/a.js\"></script>", "missing nowhere/a.js in []"),
        ],
    );
}

#[test]
fn plain_sites_read_from_the_page_and_from_the_sites_root() {
    let site = Site::new(&[
        ("site/index.html", ""),
        ("site/docs/page.html", ""),
        ("site/css/Main.css", "m"),
        ("site/docs/a b.css", "d"),
        ("site/base/x.css", "x"),
    ]);
    check(
        &site,
        "site/docs/page.html",
        &[
            (
                "<link rel=stylesheet href='../css/Main.css?v=1#x'>",
                "site/css/Main.css (page) as ../css/Main.css at ../css/Main.css",
            ),
            (
                "<link rel=stylesheet href='../css/main.css'>",
                "site/css/Main.css (page) as ../css/main.css at ../css/main.css, on disk ../css/Main.css",
            ),
            ("<link rel=stylesheet href='./a%20b.css'>", "site/docs/a b.css (page) as a b.css at a%20b.css"),
            (
                "<link rel=stylesheet href='/css/Main.css'>",
                "site/css/Main.css (page) as css/Main.css at /css/Main.css",
            ),
            ("<link rel=stylesheet href='gone.css'>", "missing gone.css in [site/docs/]"),
            ("<link rel=stylesheet href='../css/gone.css'>", "missing ../css/gone.css in [site/css/]"),
            ("<link rel=stylesheet href='../../../../etc/x.css'>", "unchecked: outside the project folder"),
            (
                "<base href='/base/'><link rel=stylesheet href='x.css'>",
                "site/base/x.css (page) as base/x.css at /base/x.css",
            ),
            ("<base href='https://example.com/'><link rel=stylesheet href='x.css'>", "external"),
        ],
    );
}

#[test]
fn generators_serve_their_inputs_folders() {
    let site = Site::new(&[("src/assets/pot.png", ""), ("src/_includes/", "")]);
    let expected = "src/assets/pot.png (guessed) as assets/pot.png at /assets/pot.png";
    check(&site, "src/index.njk", &[("<img src=/assets/pot.png>", expected)]);
    check(&site, "src/index.html", &[("---\ntitle: Pots\n---\n<img src=/assets/pot.png>", expected)]);
}

#[test]
fn configured_roots_are_certain_and_take_the_place_of_conventions() {
    let site = Site::new(&[
        (
            "cachelint.toml",
            "ignore-assets = ['vendor/**']\n[static-roots]\n'/assets/' = ['one', 'two']\n'/assets/deep/' = 'deep'\n'https://cdn.example.com/s/' = 'one'\n'/none/' = 'nowhere'\n'/empty/' = 'empty'",
        ),
        ("one/a.css", "one"),
        ("two/a.css", "two"),
        ("two/b.css", "two"),
        ("two/vendor/v.css", ""),
        ("deep/c.css", "deep"),
        ("empty/", ""),
        ("static/s.css", "static"),
    ]);
    check(
        &site,
        "templates/a.html",
        &[
            (
                "{{ x }}<link rel=stylesheet href=/assets/a.css>",
                "one/a.css (configured) as a.css at /assets/a.css",
            ),
            (
                "{{ x }}<link rel=stylesheet href=/assets/b.css>",
                "two/b.css (configured) as b.css at /assets/b.css",
            ),
            (
                "{{ x }}<link rel=stylesheet href=/assets/deep/c.css>",
                "deep/c.css (configured) as c.css at /assets/deep/c.css",
            ),
            (
                "{{ x }}<link rel=stylesheet href=//cdn.example.com/s/a.css>",
                "one/a.css (configured) as a.css at https://cdn.example.com/s/a.css",
            ),
            ("{{ x }}<link rel=stylesheet href=https://cdn.example.com/t/a.css>", "external"),
            (
                "{{ x }}<link rel=stylesheet href=/assets/../assets/gone.css>",
                "certainly missing gone.css in [one/, two/]",
            ),
            ("{{ x }}<link rel=stylesheet href=/none/a.css>", "missing a.css in [nowhere/]"),
            ("{{ x }}<link rel=stylesheet href=/empty/a.css>", "missing a.css in [empty/]"),
            ("{{ x }}<link rel=stylesheet href=/static/s.css>", "missing static/s.css in []"),
        ],
    );
    let analysis =
        site.project().analyse(&site.path("a.html"), "<script src=/assets/vendor/v.css></script>").unwrap();
    assert_eq!(analysis.resolved[0].exempt.as_deref(), Some("the configuration ignores this asset"));
}

#[test]
fn absence_is_excused_where_something_else_makes_the_file() {
    let site = Site::new(&[
        (".gitignore", "*.gen.css\n/static/built/\n!keep.gen.css\n"),
        ("cachelint.toml", "[static-roots]\n'/static/' = 'static'"),
        ("static/a.scss", ""),
        ("static/js/b.ts", ""),
        ("static/c.css", ""),
        ("static/scss/d.scss", ""),
        ("static/made.gen.css", ""),
    ]);
    check(
        &site,
        "a.html",
        &[
            (
                "<script src=/static/x.gen.css></script>",
                "certainly missing x.gen.css in [static/], but git ignores it",
            ),
            (
                "<script src=/static/built/x.js></script>",
                "certainly missing built/x.js in [static/], but git ignores it",
            ),
            ("<script src=/static/keep.gen.css></script>", "certainly missing keep.gen.css in [static/]"),
            (
                "<script src=/static/a.css></script>",
                "certainly missing a.css in [static/], but it is made from a.scss",
            ),
            (
                "<script src=/static/js/b.js></script>",
                "certainly missing js/b.js in [static/], but it is made from b.ts",
            ),
            (
                "<script src=/static/c.min.css></script>",
                "certainly missing c.min.css in [static/], but it is made from c.css",
            ),
            (
                "<script src=/static/css/d.css></script>",
                "certainly missing css/d.css in [static/], but it is made from d.scss",
            ),
            (
                "<script src=/static/dist/e.js></script>",
                "certainly missing dist/e.js in [static/], but dist/ holds build output",
            ),
            (
                "<script src=/static/made.gen.css></script>",
                "static/made.gen.css (configured) as made.gen.css at /static/made.gen.css, ignored",
            ),
        ],
    );
}

#[test]
fn a_missing_file_is_told_the_nearest_name_below_its_root() {
    let site = Site::new(&[
        ("templates/a.html", ""),
        ("static/css/style.css", ""),
        ("static/css/note.txt", ""),
        ("static/stile.css", ""),
        ("static/x/deep.css", ""),
    ]);
    for number in 0..300 {
        site.write(&format!("static/css/many/{number}.css"), b"");
    }
    let project = site.project();
    let suggested = |url: &str| {
        let text = format!("{{{{ x }}}}<link rel=stylesheet href={url}>");
        let analysis = project.analyse(&site.path("templates/a.html"), &text).unwrap();
        let Target::Missing(missing) = &analysis.resolved[0].target else {
            panic!("{:?}", analysis.resolved)
        };
        missing.suggestion.clone()
    };
    assert_eq!(suggested("/static/css/stlye.css").as_deref(), Some("css/style.css"));
    assert_eq!(suggested("/static/stlye.css").as_deref(), Some("stile.css"));
    assert_eq!(suggested("/static/y/deep.css").as_deref(), Some("x/deep.css"));
    assert_eq!(suggested("/static/css/note.css"), None);
}

#[cfg(unix)]
#[test]
fn links_are_followed_inside_the_project_and_never_out_of_it() {
    let outside = Site::new(&[("secret.css", "s")]);
    let site = Site::new(&[("shared/a.css", "a"), ("static/", "")]);
    site.link("static/a.css", "../shared/a.css");
    site.link("static/folder", "../shared");
    site.link("static/out.css", outside.path("secret.css"));
    site.link("static/outside", outside.path(""));
    site.link("static/dead.css", "nowhere.css");
    site.write("conf/cachelint.toml", b"static-roots = { '/o/' = ['../../elsewhere', 'in'] }");
    site.write("conf/in/a.css", b"a");
    check(
        &site,
        "templates/a.html",
        &[
            (
                "{{ x }}<link rel=stylesheet href=/static/a.css>",
                "static/a.css (guessed) as a.css at /static/a.css",
            ),
            (
                "{{ x }}<link rel=stylesheet href=/static/folder/a.css>",
                "static/folder/a.css (guessed) as folder/a.css at /static/folder/a.css",
            ),
            ("{{ x }}<link rel=stylesheet href=/static/out.css>", "unchecked: outside the project folder"),
            (
                "{{ x }}<link rel=stylesheet href=/static/outside/secret.css>",
                "unchecked: outside the project folder",
            ),
            (
                "{{ x }}<link rel=stylesheet href=/static/outside/gone.css>",
                "unchecked: outside the project folder",
            ),
            ("{{ x }}<link rel=stylesheet href=/static/dead.css>", "unchecked: a link that leads nowhere"),
        ],
    );
    check(
        &site,
        "conf/a.html",
        &[
            ("<link rel=stylesheet href=/o/a.css>", "conf/in/a.css (configured) as a.css at /o/a.css"),
            ("<link rel=stylesheet href=/o/b.css>", "unchecked: outside the project folder"),
        ],
    );
}

#[test]
fn module_scripts_that_import_others_are_told() {
    let site = Site::new(&[
        ("index.html", ""),
        ("main.js", "import { a } from './a.js';"),
        ("leaf.js", "export const imported = 1;"),
    ]);
    for (name, imports) in [("main.js", true), ("leaf.js", false)] {
        let text = format!("<script type=module src={name}></script>");
        let analysis = site.project().analyse(&site.path("index.html"), &text).unwrap();
        assert_eq!(analysis.resolved[0].asset().unwrap().imports, imports, "{name}");
    }
}

#[test]
fn strings_of_scripts_are_references_only_where_the_asset_is_there() {
    let site = Site::new(&[("static/a.js", ""), ("templates/", "")]);
    let text = "{{ x }}<script>load('/static/a.js'); load('/static/b.js'); load('/api/c.json')</script>";
    let analysis = site.project().analyse(&site.path("templates/a.html"), text).unwrap();
    let names: Vec<_> = analysis.resolved.iter().filter_map(|one| Some(one.asset()?.name.clone())).collect();
    assert_eq!((analysis.resolved.len(), names), (1, vec!["a.js".to_owned()]));
}

#[test]
fn stylesheets_that_lead_back_are_marked() {
    let site = Site::new(&[
        ("static/chain.css", "@import 'a.css';"),
        ("static/a.css", "@import 'b.css'; a { b: url(p.png) }"),
        ("static/b.css", "@import '/static/c.css';"),
        ("static/c.css", "@import 'a.css'; @import 'own.css';"),
        ("static/own.css", "@import 'own.css';"),
        ("static/p.png", ""),
        ("index.html", ""),
    ]);
    let project = site.project();
    let back = |name: &str| -> Vec<String> {
        let text = String::from_utf8(site.bytes(name)).unwrap();
        let analysis = project.analyse(&site.path(name), &text).unwrap();
        let assets = analysis.resolved.iter().filter_map(Resolved::asset);
        assets.filter(|asset| asset.leads_back).map(|asset| asset.name.clone()).collect()
    };
    let names = ["chain", "a", "b", "c", "own"].map(|name| back(&format!("static/{name}.css")));
    assert_eq!(names, [vec![], vec!["b.css"], vec!["c.css"], vec!["a.css"], vec!["own.css"]]);
}
