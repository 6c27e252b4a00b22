//! Manifests as their tools write them, and what is read from them.

use super::{Found, Manifest, of_project};
use crate::testing::Site;

const MD5: &str = "d41d8cd98f00b204e9800998ecf8427e";

/// The manifests of a site, a line each: file, tool, and name → path below the base (`?` where that is not known).
fn read(files: &[(&str, &str)]) -> Vec<String> {
    let site = Site::new(files);
    let project = site.project();
    let Found { manifests, .. } = of_project(&project.world, project.root()).as_ref().clone();
    manifests.iter().map(|manifest| shown(manifest)).collect()
}

fn shown(manifest: &Manifest) -> String {
    let output = |output: &super::Output| {
        let hashed = if output.is_hashed { "" } else { " (no hash)" };
        let below = output.below.as_deref().unwrap_or("?");
        format!("{}:{} -> {below}{hashed}", output.line, output.name)
    };
    let outputs: Vec<String> = manifest.outputs.iter().map(output).collect();
    format!("{} of {}: {}", manifest.shown, manifest.format.tool, outputs.join(", "))
}

/// A manifest of each shape: its file, its text, and what is read.
const SAMPLES: [(&str, &str, &str); 19] = [
    (
        "staticfiles/staticfiles.json",
        r#"{"paths": {"css/a.css": "css/a.db37b280241c.css"}, "version": "1.1", "hash": "87d64e91ff2f"}"#,
        "Django's collectstatic: 1:css/a.css -> css/a.db37b280241c.css",
    ),
    (
        "app/static/cache_manifest.json",
        r#"{"css/a.css": "css/a-d41d8cd98f00b204e9800998ecf8427e.css"}"#,
        "Flask-Static-Digest: 1:css/a.css -> css/a-d41d8cd98f00b204e9800998ecf8427e.css",
    ),
    (
        "priv/static/cache_manifest.json",
        r#"{"!comment!": "generated", "version": 1, "latest": {"a.css": "a-d41d8cd98f00b204e9800998ecf8427e.css"},
               "digests": {"a-d41d8cd98f00b204e9800998ecf8427e.css": {"logical_path": "a.css", "mtime": 1, "size": 2,
               "digest": "d41d8cd98f00b204e9800998ecf8427e", "sha512": "x"}}}"#,
        "Phoenix: 1:a.css -> a-d41d8cd98f00b204e9800998ecf8427e.css",
    ),
    (
        "static/dist/.vite/manifest.json",
        "{\n  \"src/main.js\": {\n    \"file\": \"assets/main-UlpAV0Yy.js\",\n    \"name\": \"main\",\n    \"isEntry\": true,\n    \"css\": [\"assets/main-zwggxcug.css\"]\n  }\n}",
        "Vite: 3:src/main.js -> assets/main-UlpAV0Yy.js, 6:src/main.js -> assets/main-zwggxcug.css",
    ),
    (
        "public/build/manifest.json",
        r#"{"resources/js/app.js": {"file": "assets/app-4VJD3CFD.js", "isEntry": true}}"#,
        "Vite: 1:resources/js/app.js -> assets/app-4VJD3CFD.js",
    ),
    (
        "dist/manifest.json",
        r#"{"app.css": "/static/app.ad09ccca.css", "logo.png": "/static/c0ffee00c0ffee00c0ff.png"}"#,
        "webpack: 1:app.css -> ?, 1:logo.png -> ?",
    ),
    (
        "dist/assets-manifest.json",
        r#"{"app.js": {"src": "app.1a2b3c4d.js", "integrity": "sha256-x"}, "entrypoints": {"app": {}}}"#,
        "webpack: 1:app.js -> app.1a2b3c4d.js",
    ),
    (
        "build/manifest.json",
        r#"{"publicPath": "/assets/", "assets": {"app.js": "app.1a2b3c4d.js"}}"#,
        "webpack: 1:app.js -> ?",
    ),
    (
        "webpack-stats.json",
        r#"{"status": "done", "chunks": {"app": ["app.1a2b3c4d.js"]}, "publicPath": "/static/",
               "assets": {"app.1a2b3c4d.js": {"name": "app.1a2b3c4d.js", "path": "/build/app.1a2b3c4d.js", "publicPath": "/static/app.1a2b3c4d.js"}}}"#,
        "webpack-bundle-tracker: 2:app -> ?, 2:app.1a2b3c4d.js -> ?",
    ),
    (
        "static/rev-manifest.json",
        r#"{"css/unicorn.css": "css/unicorn-273c2cin3f.css", "a.js": "a-1a2b3c4d5e.js"}"#,
        "gulp-rev: 1:css/unicorn.css -> css/unicorn-273c2cin3f.css, 1:a.js -> a-1a2b3c4d5e.js",
    ),
    (
        "public/mix-manifest.json",
        r#"{"/css/app.css": "/css/app.css?id=d41d8cd98f00b204e9800998ecf8427e", "/js/app.js": "/js/app.js"}"#,
        "Laravel Mix: 1:/css/app.css -> ? (no hash), 1:/js/app.js -> ? (no hash)",
    ),
    (
        "public/assets/.manifest.json",
        r#"{"app.css": {"digested_path": "app-0f1e2d3c.css", "integrity": null, "app": true}}"#,
        "Propshaft: 1:app.css -> app-0f1e2d3c.css",
    ),
    (
        "public/assets/.manifest.json",
        r#"{"app.css": "app-0f1e2d3c.css"}"#,
        "Propshaft: 1:app.css -> app-0f1e2d3c.css",
    ),
    (
        "public/assets/.sprockets-manifest-d41d8cd98f00b204e9800998ecf8427e.json",
        r#"{"files": {"app-0f1e2d3c4b.js": {"logical_path": "app.js", "digest": "0f1e2d3c4b"}}, "assets": {"app.js": "app-0f1e2d3c4b.js"}}"#,
        "Sprockets: 1:app.js -> app-0f1e2d3c4b.js",
    ),
    (
        "public/assets/manifest.json",
        r#"{"styles/app.css": "/assets/styles/app-Fv2-_a1.css", "app.js": "/assets/app-x1Y2z3Q.js"}"#,
        "AssetMapper: 1:styles/app.css -> ?, 1:app.js -> ?",
    ),
    (
        "public/build/manifest.json",
        r#"{"build/app.css": "/build/app.3f2a9c1b.css", "build/images/a.png": "/build/images/a.1a2b3c4d.png"}"#,
        "Webpack Encore: 1:build/app.css -> ?, 1:build/images/a.png -> ?",
    ),
    (
        "public/build/entrypoints.json",
        r#"{"entrypoints": {"app": {"js": ["/build/app.1a2b3c4d.js"], "css": ["/build/app.3f2a9c1b.css"]}}}"#,
        "Webpack Encore: 1:app -> ?, 1:app -> ?",
    ),
    (
        "build/asset-manifest.json",
        r#"{"files": {"main.js": "/static/js/main.1a2b3c4d.js", "index.html": "/index.html"}, "entrypoints": ["static/js/main.1a2b3c4d.js"]}"#,
        "Create React App: 1:main.js -> ?",
    ),
    (
        "static/.webassets-manifest",
        r#"{"gen/p2.%(version)s.css": "0ebcd2e1", "gen/plain.css": "1a2b3c4d"}"#,
        "webassets: 1:gen/p2.css -> gen/p2.0ebcd2e1.css",
    ),
];

#[test]
fn each_format_is_told_by_its_shape_and_read() {
    for (path, text, expected) in SAMPLES {
        assert_eq!(read(&[(path, text)]), [format!("{path} of {expected}")], "{path}: {text}");
    }
}

#[test]
fn what_only_has_the_name_of_a_manifest_is_none() {
    let table = [
        (
            "static/manifest.json",
            r#"{"name": "App", "short_name": "A", "start_url": "/", "display": "standalone"}"#,
        ),
        ("static/manifest.json", r#"{"name": "App", "icons": [{"src": "icon.png", "sizes": "48x48"}]}"#),
        (
            "extension/manifest.json",
            r#"{"manifest_version": 3, "name": "x", "action": {"default_popup": "p.html"}}"#,
        ),
        ("static/manifest.json", "{}"),
        ("static/manifest.json", "[]"),
        ("templates/manifest.json", r#"{"name": {{ name }}}"#),
        ("static/cache_manifest.json", r#"{"css/a.css": "css/a.css"}"#),
        ("staticfiles/staticfiles.json", r#"{"paths": {"a.css": "a.css"}, "version": "9"}"#),
        ("webpack-stats.json", r#"{"status": "compile", "chunks": {}}"#),
        ("node_modules/x/dist/manifest.json", r#"{"app.css": "app.ad09ccca.css"}"#),
    ];
    for (path, text) in table {
        assert_eq!(read(&[(path, text)]), [""; 0], "{path}: {text}");
    }
}

#[test]
fn a_url_lies_where_the_first_output_that_is_there_tells() {
    let manifest = r#"{"build/a.css": "/build/a.3f2a9c1b.css", "build/b.css": "/build/css/b.1a2b3c4d.css"}"#;
    let site = [("public/build/manifest.json", manifest), ("public/build/css/b.1a2b3c4d.css", "b{}")];
    let expected = "public/build/manifest.json of Webpack Encore: 1:build/a.css -> a.3f2a9c1b.css, 1:build/b.css -> css/b.1a2b3c4d.css";
    assert_eq!(read(&site), [expected]);
}

#[test]
fn a_manifest_that_is_being_written_keeps_its_last_good_reading_and_is_said_to_be_cut_short() {
    let path = "static/cache_manifest.json";
    let whole = format!("{{\"a.css\": \"a-{MD5}.css\"}}");
    let site = Site::new(&[(path, &whole)]);
    let project = site.project();
    let now = || {
        project.forget();
        let found = of_project(&project.world, project.root());
        let failures: Vec<String> = found.failures.iter().map(|(_, reason)| reason.clone()).collect();
        (found.manifests.len(), failures)
    };
    let cut_short = vec!["its JSON ends too early".to_owned()];
    assert_eq!(now(), (1, vec![]));
    site.write(path, &whole.as_bytes()[..20]);
    assert_eq!(now(), (1, cut_short.clone()));
    assert_eq!(
        project.discover(&[]).notes,
        ["static/cache_manifest.json: not read, its JSON ends too early"]
    );
    site.write(path, whole.as_bytes());
    assert_eq!(now(), (1, vec![]));
    let fresh = Site::new(&[(path, &whole[..20])]).project();
    assert_eq!(of_project(&fresh.world, fresh.root()).manifests.len(), 0);
}
