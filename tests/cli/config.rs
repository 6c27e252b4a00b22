//! Configuration on the command line and beside it.

use expect_test::expect;

use crate::site::Site;

const PAGE: &str = "<script src=\"/static/a.js\"></script>\n";
const FILES: [(&str, &str); 2] = [("templates/page.html", PAGE), ("static/a.js", "a")];

#[test]
fn errors_name_file_line_column_and_the_nearest_key() {
    let site = Site::new(&FILES);
    site.write("cachelint.toml", "# mine\n[version]\nlenght = 8\n");
    expect![[r#"
        exit 2
        --- stderr
        error: cachelint.toml:3:1: unknown key `lenght`; did you mean `length`?
    "#]]
    .assert_eq(&site.run("check").shown());
    site.write("cachelint.toml", "[version\n");
    expect![[r#"
        exit 2
        --- stderr
        error: cachelint.toml:1:9: unclosed table, expected `]`
    "#]]
    .assert_eq(&site.run("check").shown());
}

#[test]
fn a_wrong_configuration_fails_what_lies_below_it_and_no_more() {
    let site = Site::new(&FILES);
    site.write("blog/cachelint.toml", "version = 3\n");
    site.write("blog/templates/post.html", PAGE);
    expect![[r#"
        exit 2
        --- stdout
        templates/page.html:1:14: warning: a.js has no version in its URL; browsers may keep an old copy after it changes [unversioned-reference]
        Found 1 warning in 1 of 1 file; 1 fixable with --fix
        --- stderr
        error: blog/cachelint.toml:1:11: `version` must be a table, not 3; write it like version = { source = "content", algorithm = "sha256", length = 8, parameter = "v" }
    "#]].assert_eq(&site.run("check --output-format concise").shown());
}

#[test]
fn a_configuration_can_be_named() {
    let site = Site::new(&FILES);
    site.write("elsewhere/mine.toml", "[version]\nlength = 12\nparameter = \"hash\"\n");
    site.run("fix --config elsewhere/mine.toml");
    let fixed = site.read("templates/page.html");
    assert_eq!(fixed.split("?hash=").nth(1).and_then(|rest| rest.find('"')), Some(12), "{fixed}");
    assert_eq!(site.run("check --config nowhere.toml").status, 2);
}

#[test]
fn init_writes_a_configuration_once() {
    let site = Site::new(&FILES);
    expect![[r#"
        exit 0
        --- stderr
        note: cachelint.toml written; every setting in it is commented out with its default
    "#]]
    .assert_eq(&site.run("init").shown());
    assert!(site.read("cachelint.toml").contains("static-roots"));
    expect![[r#"
        exit 2
        --- stderr
        error: cachelint.toml: left alone, it exists already
    "#]]
    .assert_eq(&site.run("init").shown());
    assert_eq!(site.run("check").status, 1);
}

#[test]
fn what_a_block_helper_encloses_is_an_input_of_a_bundler() {
    let site = Site::new(&FILES);
    site.write(
        "cachelint.toml",
        "helpers = [{ name = \"bundle\", kind = \"block\", versions = \"always\" }]\n",
    );
    site.write("templates/page.html", format!("{{% bundle js %}}{PAGE}{{% endbundle %}}{PAGE}"));
    expect![[r#"
        exit 0
        --- stdout
        templates/page.html:1:29: exempt script.src /static/a.js
        templates/page.html:2:29: unversioned script.src /static/a.js
        2 references in 1 file: 1 unversioned, 1 exempt
    "#]]
    .assert_eq(&site.run("references --output-format concise").shown());
}

#[test]
fn a_root_that_is_not_there_is_said() {
    let site = Site::new(&FILES);
    site.write("cachelint.toml", "static-roots = { \"/static/\" = \"assets\" }\n");
    expect![[r#"
        exit 0
        --- stdout
        info[missing-asset]: a.js is not in assets/
         --> templates/page.html:1:14
          |
        1 | <script src="/static/a.js"></script>
          |              ^^^^^^^^^^^^

        Found 1 info in 1 of 1 file
        --- stderr
        note: cachelint.toml:1: the static root assets is not there
    "#]]
    .assert_eq(&site.run("check").shown());
}

#[test]
fn the_doctor_says_where_values_come_from() {
    let site = Site::new(&FILES);
    site.write("cachelint.toml", "static-roots = { \"/static/\" = \"static\" }\n\n[version]\nlength = 10\n");
    site.write("node_modules/x/page.html", PAGE);
    let outcome = site.run("doctor");
    assert_eq!((outcome.status, outcome.stderr.as_str()), (0, ""));
    for line in [
        "version.length = 10 (cachelint.toml:4)",
        "/static/ -> static (cachelint.toml:1)",
        "node_modules/: skipped",
        "plain: 1 template",
    ] {
        assert!(outcome.stdout.contains(line), "{line}\n{}", outcome.stdout);
    }
}

#[test]
fn the_doctor_names_the_line_of_each_fact_of_the_code() {
    let site = Site::new(&[
        (
            "app/__init__.py",
            "from flask import Flask\napp = Flask(__name__)\napp.config['SEND_FILE_MAX_AGE_DEFAULT'] = 0\n\n@app.url_defaults\ndef stamped(endpoint, values):\n    if endpoint == 'static':\n        values['v'] = 1\n",
        ),
        ("app/admin.py", "bp = Blueprint('admin', __name__, static_folder='assets', url_prefix='/admin')\n"),
        ("app/templates/page.html", PAGE),
        ("app/static/a.js", "a"),
    ]);
    let shown = site.run("doctor").stdout;
    let facts = shown.split_once("Applications").and_then(|(_, rest)| rest.split_once("Manifests"));
    expect![[r#"

          app: Flask(…), app/__init__.py:2
            url_for adds a version to the static files of the application, not to those of blueprints (stamped, app/__init__.py:6)
            browsers ask for static files each time (SEND_FILE_MAX_AGE_DEFAULT, app/__init__.py:3)

        Static roots
          /static/ -> app/static (Flask(…), app/__init__.py:2)
          /admin/assets/ -> app/assets (Blueprint('admin', …), app/admin.py:1)

    "#]].assert_eq(facts.unwrap().0);
}

#[test]
fn the_doctor_tells_programs_the_file_and_line_of_each_fact() {
    let code = "from flask import Flask\napp = Flask(__name__, static_folder='files')\n\n@app.url_defaults\ndef stamped(endpoint, values):\n    if endpoint == 'static':\n        values['v'] = 1\n";
    let site = Site::new(&[
        ("app.py", code),
        ("templates/page.html", PAGE),
        ("files/a.js", "a"),
        ("build/rev-manifest.json", "{\"a.js\": \"a-3f2a9c1b.js\"}"),
        ("cachelint.toml", "strategy = \"filename\"\n\n[version]\nlength = 12\n"),
        ("node_modules/x.html", ""),
    ]);
    let outcome = site.run("doctor --output-format json");
    assert_eq!((outcome.status, outcome.stderr.as_str()), (0, ""));
    let mut told: serde_json::Value = serde_json::from_str(&outcome.stdout).unwrap();
    assert_eq!(told["cachelint"].take(), env!("CARGO_PKG_VERSION"));
    let values = told["configs"][0]["values"].as_array_mut().unwrap();
    values.retain(|value| value["key"].as_str().unwrap().starts_with("version."));
    for rule in told["missing_rules"].as_object_mut().unwrap().values_mut() {
        assert!(rule.as_str().unwrap().contains("12}"), "{rule}");
        *rule = "…".into();
    }
    let lines = told.as_object().unwrap().iter().flat_map(|(key, value)| {
        let items = value.as_array().cloned().unwrap_or_else(|| vec![value.clone()]);
        items.into_iter().map(move |item| format!("{key}: {item}\n"))
    });
    expect![[r#"
        version: 1
        cachelint: null
        root: "."
        configs: {"path":"cachelint.toml","sources":1,"values":[{"key":"version.source","value":"\"content\"","origin":{"what":"default","path":null,"line":null}},{"key":"version.algorithm","value":"\"sha256\"","origin":{"what":"default","path":null,"line":null}},{"key":"version.length","value":"12","origin":{"what":null,"path":"cachelint.toml","line":4}},{"key":"version.parameter","value":"\"v\"","origin":{"what":"default","path":null,"line":null}}]}
        applications: {"folder":".","origin":{"what":"Flask(…)","path":"app.py","line":2},"facts":[{"says":"url_for adds a version to the static files of the application, not to those of blueprints","origin":{"what":"stamped","path":"app.py","line":5}}]}
        static_roots: {"url":"/files/","folders":["files"],"packaged":false,"origin":{"what":"Flask(…)","path":"app.py","line":2}}
        manifests: {"path":"build/rev-manifest.json","tool":"gulp-rev","entries":1,"verifiable":false}
        hashed_names: null
        missing_rules: {"Apache":"…","Caddy":"…","Flask":"…","nginx":"…"}
        dialects: {"dialect":"jinja","reason":"app.py imports flask","sources":1,"example":"templates/page.html"}
        notes: "node_modules/: skipped, installed packages"
    "#]].assert_eq(&lines.collect::<String>());
    assert_eq!(site.run("doctor --format json").stdout, outcome.stdout);
}

#[test]
fn the_doctor_names_what_serves_names_with_a_hash_and_prints_the_rules_where_they_are_missing() {
    let site = Site::new(&FILES);
    let lines = |expected: &[&str]| {
        let shown = site.run("doctor").stdout;
        expected.iter().for_each(|line| assert!(shown.contains(line), "{line}\n{shown}"));
        shown
    };
    assert!(!lines(&["nothing is known to"]).contains("try_files"));
    site.write("cachelint.toml", "strategy = \"filename\"\nversion.length = 12\n");
    lines(&["nothing is known to", "  nginx:", "[0-9a-f]{12}", "  Apache:", "  Caddy:", "  Flask:"]);
    site.write(
        "deploy/Caddyfile",
        "@h path_regexp name ^(.+)\\.[0-9a-f]{12}(\\.css)$\nrewrite @h {re.name.1}\n",
    );
    assert!(!lines(&["by Caddy, deploy/Caddyfile:1"]).contains("try_files"));
}

#[test]
fn the_hash_is_the_one_in_urls() {
    let site = Site::new(&FILES);
    expect![[r#"
        exit 0
        --- stdout
        ca978112  ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb  static/a.js
    "#]]
    .assert_eq(&site.run("hash static/a.js").shown());
    expect![[r#"
        exit 2
        --- stdout
        0cc175b9c0f1  0cc175b9c0f1b6a831c399e269772661  static/a.js
        --- stderr
        error: static/no.js: no such file
    "#]]
    .assert_eq(&site.run("hash --length 12 --algorithm md5 static/a.js static/no.js").shown());
    site.write("cachelint.toml", "[version]\nlength = 6\nalgorithm = \"sha1\"\n");
    expect![[r#"
        exit 0
        --- stdout
        86f7e4  86f7e437faa5a7fce15d1ddcb9eaeaea377667b8  static/a.js
    "#]]
    .assert_eq(&site.run("hash static/a.js").shown());
}

#[test]
fn a_version_can_be_the_id_that_git_gives_the_file_and_is_never_a_time_in_a_template() {
    let site = Site::new(&FILES);
    let page = "<script src=\"/static/a.js?v=1a2b3c4d\"></script>\n";
    // printf a | git hash-object --stdin
    let blob = "2e65efe2a145dda7ee51d1741299f848e5bf752e";
    let sha256 = "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb";
    for (source, whole) in [("git", blob), ("content", sha256), ("mtime", sha256)] {
        site.write("cachelint.toml", format!("version.source = \"{source}\"\n"));
        site.write("templates/page.html", page);
        let short = &whole[..8];
        assert_eq!(
            site.run("hash static/a.js").stdout,
            format!("{short}  {whole}  static/a.js\n"),
            "{source}"
        );
        let said = site.run("check --output-format concise").stdout;
        let stale = format!("?v=1a2b3c4d is out of date: a.js is now {short} [stale-version]");
        assert!(said.contains(&stale), "{source}: {said}");
        assert_eq!(site.run("fix").status, 0, "{source}");
        assert_eq!(site.read("templates/page.html"), page.replace("1a2b3c4d", short), "{source}");
        assert_eq!(site.run("check").status, 0, "{source}");
    }
    let site = Site::new(&[
        ("a.css", "a\r\n"),
        ("cachelint.toml", "line-endings = \"lf\"\nversion.source = \"git\"\n"),
    ]);
    // printf 'a\n' | git hash-object --stdin
    assert!(site.run("hash a.css").stdout.starts_with("78981922  78981922613b2afb6025042ff6bd878ac1994e85"));
}

#[test]
fn a_cdn_that_ignores_queries_is_noted_once_and_keeps_versions_out_of_them() {
    let site = Site::new(&FILES);
    site.write("templates/page.html", "<script src=\"/static/a.js?v=1\"></script>\n");
    site.write("cachelint.toml", "cdn = \"bunny\"\n");
    expect![[r#"
        exit 1
        --- stdout
        templates/page.html:1:14: hint: bunny.net ignores the query: with ?v=1 it goes on serving the old a.js [query-ignored-by-cdn]
        templates/page.html:1:27: warning: ?v=1 is kept by hand and does not change with a.js [manual-version]
        Found 1 warning, 1 hint in 1 of 1 file
        --- stderr
        note: 1 reference carries its version in the query, which the configured CDN ignores; cachelint explain query-ignored-by-cdn
    "#]]
    .assert_eq(&site.run("fix --output-format concise").shown());
    site.write("cachelint.toml", "cdn = \"cloudfont\"\n");
    expect![[r#"
        exit 2
        --- stderr
        error: cachelint.toml:1:7: unknown CDN `cloudfont`; did you mean `cloudfront`?
    "#]]
    .assert_eq(&site.run("check").shown());
}
