//! References with a hash in their file name, that of a manifest or one that the server takes out: their status, and
//! the reason that is given.

use crate::testing::Site;

/// The status and the reason of the only reference in `value` as a script's URL.
fn judged(site: &Site, value: &str) -> String {
    let analysis =
        site.project().analyse(&site.path("templates/a.html"), &format!("<script src=\"{value}\"></script>"));
    let analysis = analysis.unwrap();
    let [resolved] = analysis.resolved.as_slice() else { panic!("{value}") };
    let judgement = cachelint_lint::judge(resolved, &analysis.settings);
    let asset = resolved.asset().map_or("no file", |asset| asset.name.as_str());
    format!("{asset}, {}: {}", judgement.status.name(), judgement.reason.unwrap_or_default())
}

#[test]
fn what_a_manifest_lists_has_the_status_that_it_gives() {
    let site = Site::new(&[
        ("templates/", ""),
        (
            "static/dist/.vite/manifest.json",
            "{\n\"src/main.js\": {\"file\": \"main-UlpAV0Yy.js\"},\n\"src/word.js\": {\"file\": \"word-zwggxcug.js\"}\n}",
        ),
        ("static/dist/main-UlpAV0Yy.js", "main()"),
        ("static/dist/main-1a2b3c4d.js", "old()"),
        ("static/dist/word-zwggxcug.js", "word()"),
        ("static/dist/word-readings.js", "readings()"),
        ("public/build/manifest.json", r#"{"build/app.js": "/build/app.3f2a9c1b.js"}"#),
        ("public/build/app.3f2a9c1b.js", "app()"),
        ("collected/staticfiles.json", r#"{"paths": {"js/a.js": "js/a.db37b280241c.js"}, "version": "1.1"}"#),
        ("collected/js/a.db37b280241c.js", "a()"),
    ]);
    let vite = "static/dist/.vite/manifest.json";
    let unverified = "whether that changed since cannot be verified";
    let table = [
        (
            "/static/dist/main-UlpAV0Yy.js",
            format!("dist/main-UlpAV0Yy.js, versioned: {vite}:2 lists it for src/main.js; {unverified}"),
        ),
        (
            "{{ url_for('static', filename='dist/main-UlpAV0Yy.js') }}",
            format!("dist/main-UlpAV0Yy.js, versioned: {vite}:2 lists it for src/main.js; {unverified}"),
        ),
        (
            "/static/dist/word-zwggxcug.js",
            format!("dist/word-zwggxcug.js, versioned: {vite}:3 lists it for src/word.js; {unverified}"),
        ),
        ("/static/dist/word-readings.js", "dist/word-readings.js, unversioned: ".to_owned()),
        (
            "/static/dist/main-1a2b3c4d.js",
            format!("dist/main-1a2b3c4d.js, stale: {vite}:2 lists main-UlpAV0Yy.js for src/main.js"),
        ),
        (
            "/static/dist/main-Q1w2E3r4.js",
            format!("main-UlpAV0Yy.js, stale: {vite}:2 lists main-UlpAV0Yy.js for src/main.js"),
        ),
        ("/static/other/main-1a2b3c4d.js", "no file, missing: ".to_owned()),
        (
            "{{ vite_asset('src/main.js') }}",
            format!("main-UlpAV0Yy.js, runtime: by the manifest of Vite, {vite}:2"),
        ),
        ("{{ vite_asset('src/none.js') }}", "no file, runtime: vite_asset adds the version".to_owned()),
        (
            "{{ asset('build/app.js') }}",
            "app.3f2a9c1b.js, runtime: by the manifest of Webpack Encore, public/build/manifest.json:1"
                .to_owned(),
        ),
        (
            "/build/app.1a2b3c4d.js",
            "app.3f2a9c1b.js, stale: public/build/manifest.json:1 lists app.3f2a9c1b.js for build/app.js"
                .to_owned(),
        ),
        (
            "/static/js/a.db37b280241c.js",
            format!(
                "js/a.db37b280241c.js, versioned: collected/staticfiles.json:1 lists it for js/a.js; {unverified}"
            ),
        ),
        ("/static/js/a.js", "no file, missing: ".to_owned()),
        ("https://example.com/main-UlpAV0Yy.js", "no file, external: ".to_owned()),
    ];
    for (value, expected) in table {
        assert_eq!(judged(&site, value), expected, "{value}");
    }
}

#[test]
fn a_name_with_a_hash_is_that_of_the_file_without_it_where_only_that_is_there() {
    let site = Site::new(&[
        ("templates/", ""),
        ("static/css/a.css", "a{}"),
        ("static/css/a.min.css", "a{}"),
        ("static/css/b.css", "b{}"),
        ("static/css/b.1a2b3c4d.css", "built"),
    ]);
    let of_something_else = "in the file name is a hash of something else";
    let table = [
        ("/static/css/a.5f546eb4.css", "css/a.css, versioned: ".to_owned()),
        ("/static/css/a.min.5f546eb4.css", "css/a.min.css, versioned: ".to_owned()),
        ("{{ url_for('static', filename='css/a.5f546eb4.css') }}", "css/a.css, versioned: ".to_owned()),
        ("/static/css/a.1a2b3c4d.css", "css/a.css, stale: css/a.css is now 5f546eb4".to_owned()),
        (
            "/static/css/a.1a2b3c4d5e6f.css",
            format!("css/a.css, unverifiable: 1a2b3c4d5e6f {of_something_else}"),
        ),
        (
            "/static/css/b.1a2b3c4d.css",
            "css/b.1a2b3c4d.css, versioned: the file name holds a fingerprint".to_owned(),
        ),
        ("/static/css/a-5f546eb4.css", "no file, missing: ".to_owned()),
        ("/static/css/c.5f546eb4.css", "no file, missing: ".to_owned()),
        ("/static/css/a.facade.css", "no file, missing: ".to_owned()),
    ];
    for (value, expected) in table {
        assert_eq!(judged(&site, value), expected, "{value}");
    }
}

#[test]
fn a_manifest_that_settings_name_is_read_whatever_its_name() {
    let settings = "INSTALLED_APPS = ['shop']\nWEBPACK_LOADER = {'DEFAULT': {'STATS_FILE': 'web/loader.json'}}\nCOMPRESS_OUTPUT_DIR = 'packed'\n";
    let site = Site::new(&[
        ("manage.py", "os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'shop.settings')\n"),
        ("shop/settings.py", settings),
        ("shop/static/a.css", "a{}"),
        (
            "web/loader.json",
            r#"{"status": "done", "chunks": {"app": ["app.1a2b3c4d.js"]}, "publicPath": "/static/", "assets": {}}"#,
        ),
    ]);
    let table = [
        (
            "{% render_bundle 'app' %}",
            "no file, runtime: by the manifest of webpack-bundle-tracker, web/loader.json:1",
        ),
        (
            "/static/packed/js/output.1a2b3c4d5e6f.js",
            "no file, missing: it is written when pages are rendered (COMPRESS_OUTPUT_DIR, shop/settings.py:3)",
        ),
    ];
    for (value, expected) in table {
        assert_eq!(judged(&site, value), expected, "{value}");
    }
    let apps = site.project().doctor().apps;
    let says = apps.iter().flat_map(|app| &app.says);
    let shown: Vec<_> =
        says.map(|(what, by)| (what.as_str(), by.what.as_deref(), by.place.clone())).collect();
    let place = |line| Some(("shop/settings.py".to_owned(), line));
    assert_eq!(
        shown,
        [
            ("render_bundle reads web/loader.json", Some("STATS_FILE"), place(2)),
            ("{% compress %} writes to packed/ below the static root", Some("COMPRESS_OUTPUT_DIR"), place(3)),
        ]
    );
}
