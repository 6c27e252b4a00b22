//! Configurations: errors word for word, the nearest one, what is extended, what is generated.

use cachelint_lint::{Algorithm, Level};
use cachelint_syntax::{Dialect, HelperKind, PathArgument};
use expect_test::{expect, expect_file};
use serde_json::json;

use super::{Base, Config, LineEndings, commented, schema};
use crate::testing::Site;
use crate::{Options, Project};

/// What is said of a `cachelint.toml` of that text.
fn error(text: &str) -> String {
    let site = Site::new(&[("cachelint.toml", text)]);
    let error = site.project().config(&site.path("a.html")).map(|_| "no error".to_owned());
    error.unwrap_or_else(|error| error.to_string())
}

#[test]
fn errors_name_line_column_and_the_nearest_key() {
    let cases = [
        ("exclude = []\n", "no error"),
        ("templtes = []\n", "cachelint.toml:1:1: unknown key `templtes`; did you mean `templates`?"),
        ("\n[version]\nlenght = 8\n", "cachelint.toml:3:1: unknown key `lenght`; did you mean `length`?"),
        (
            "static_roots = {}\n",
            "cachelint.toml:1:1: unknown key `static_roots`; did you mean `static-roots`?",
        ),
        (
            "[version]\nq = 1\n",
            "cachelint.toml:2:1: unknown key `q`; valid keys are source, algorithm, length, parameter",
        ),
        ("version.length = 3\n", "cachelint.toml:1:18: 3 is out of range; a version has 4 to 64 characters"),
        (
            "version.algorithm = \"sha255\"\n",
            "cachelint.toml:1:21: unknown algorithm `sha255`; did you mean `sha256`?",
        ),
        (
            "version.source = \"blob\"\n",
            "cachelint.toml:1:18: unknown source `blob`; expected content, git, mtime",
        ),
        ("é = 1", "cachelint.toml:1:1: invalid unquoted key, expected letters, numbers, `-`, `_`"),
        (
            "levels = { stale-version = \"fatal\" }",
            "cachelint.toml:1:28: unknown level `fatal`; expected off, hint, info, warning, error",
        ),
        ("exclude = [\"[\"]", "cachelint.toml:1:12: `[` is no glob: unclosed character class; missing ']'"),
        (
            "static-roots = { \"static\" = \"a\" }",
            "cachelint.toml:1:18: `static` is no URL prefix; one begins with / or https://",
        ),
        ("max-hash-size = \"a lot\"", "cachelint.toml:1:17: `a lot` is no size; write it like \"64 MB\""),
        (
            "[[helpers]]\nname = \"x\"\nkind = \"cal\"\nversions = \"never\"",
            "cachelint.toml:3:8: unknown kind `cal`; did you mean `call`?",
        ),
        (
            "dialects = { \"*.html\" = \"jinja2\" }",
            "cachelint.toml:1:25: unknown dialect `jinja2`; did you mean `jinja`?",
        ),
        (
            "levels = { stale-vesion = \"off\" }",
            "cachelint.toml:1:12: unknown rule `stale-vesion`; did you mean `stale-version`?",
        ),
        ("exclude = [", "cachelint.toml:1:12: unclosed array, expected `]`"),
        ("extend = \"other.toml\"", "cachelint.toml:1:1: other.toml: no such file or directory"),
        (
            "exclude = []\nextend = \"cachelint.toml\"",
            "cachelint.toml:2:1: `extend` comes back to cachelint.toml",
        ),
    ];
    for (text, expected) in cases {
        assert_eq!(error(text), expected, "{text}");
    }
}

#[test]
fn a_value_of_the_wrong_type_is_said_in_words_with_an_example() {
    let cases = [
        "version = 3",
        "version = []",
        "version = { length = \"8\" }",
        "version = { length = 8.5 }",
        "version = { algorithm = 256 }",
        "[version]\nparameter = false",
        "exclude = \"legacy/**\"",
        "exclude = [\"a\", 3]",
        "templates = { a = 1 }",
        "ignore-assets = true",
        "exempt = 1979-05-27",
        "lazy-attributes = \"data-later\"",
        "extend = [\"a.toml\"]",
        "line-endings = true",
        "max-hash-size = true",
        "max-hash-size = -1",
        "static-roots = \"static\"",
        "static-roots = { \"/static/\" = 3 }",
        "[static-roots]\n\"/static/\" = [\"a\", [\"b\"]]",
        "dialects = [\"jinja\"]",
        "dialects = { \"*.html\" = 1 }",
        "delimiters = { output = \"[[\" }",
        "delimiters = { output = [\"[[\"] }",
        "delimiters = { output = [\"[[\", 1] }",
        "levels = \"error\"",
        "levels = { stale-version = 2 }",
        "overrides = { paths = [] }",
        "[[overrides]]\npaths = \"a\"",
        "[[overrides]]\npaths = [\"a\"]",
        "helpers = \"asset\"",
        "[[helpers]]\nkind = \"call\"\nversions = \"never\"",
        "[[helpers]]\nname = 1\nkind = \"call\"\nversions = \"never\"",
        "[[helpers]]\nname = \"a\"\nkind = \"call\"\nversions = \"never\"\npath = -1",
        "[[helpers]]\nname = \"a\"\nkind = \"call\"\nversions = \"never\"\npath = []",
        "[[helpers]]\nname = \"a\"\nkind = \"call\"\nversions = true",
    ];
    let said: String = cases.iter().map(|text| format!("{text}\n    {}\n", error(text))).collect();
    expect![[r##"
        version = 3
            cachelint.toml:1:11: `version` must be a table, not 3; write it like version = { source = "content", algorithm = "sha256", length = 8, parameter = "v" }
        version = []
            cachelint.toml:1:11: `version` must be a table, not a list; write it like version = { source = "content", algorithm = "sha256", length = 8, parameter = "v" }
        version = { length = "8" }
            cachelint.toml:1:22: `version.length` must be a whole number, not "8"; write it like length = 8
        version = { length = 8.5 }
            cachelint.toml:1:22: `version.length` must be a whole number, not 8.5; write it like length = 8
        version = { algorithm = 256 }
            cachelint.toml:1:25: `version.algorithm` must be "sha256" or "sha1" or "md5", not 256; write it like algorithm = "sha256"
        [version]
        parameter = false
            cachelint.toml:2:13: `version.parameter` must be a string, not false; write it like parameter = "v"
        exclude = "legacy/**"
            cachelint.toml:1:11: `exclude` must be a list, not "legacy/**"; write it like exclude = ["legacy/**"]
        exclude = ["a", 3]
            cachelint.toml:1:17: an item of `exclude` must be a string, not 3; write it like exclude = ["legacy/**"]
        templates = { a = 1 }
            cachelint.toml:1:13: `templates` must be a list, not a table; write it like templates = ["*.html", "*.htm", "*.xhtml", "*.jinja", "*.jinja2", "*.j2", "*.djhtml", "*.njk", "*.twig", "*.tera"]
        ignore-assets = true
            cachelint.toml:1:17: `ignore-assets` must be a list, not true; write it like ignore-assets = ["vendor/**"]
        exempt = 1979-05-27
            cachelint.toml:1:10: `exempt` must be a list, not 1979-05-27; write it like exempt = ["**/{email,emails,mail,newsletter}*/**"]
        lazy-attributes = "data-later"
            cachelint.toml:1:19: `lazy-attributes` must be a list, not "data-later"; write it like lazy-attributes = ["data-src", "data-background", "data-bg", "data-lazy", "data-lazy-src", "data-original"]
        extend = ["a.toml"]
            cachelint.toml:1:10: `extend` must be a string, not a list; write it like extend = "../cachelint.toml"
        line-endings = true
            cachelint.toml:1:16: `line-endings` must be "as-is" or "lf", not true; write it like line-endings = "as-is"
        max-hash-size = true
            cachelint.toml:1:17: `max-hash-size` must be a whole number or a string, not true; write it like max-hash-size = "64 MB"
        max-hash-size = -1
            cachelint.toml:1:17: `max-hash-size` must be 0 or more, not -1; write it like max-hash-size = "64 MB"
        static-roots = "static"
            cachelint.toml:1:16: `static-roots` must be a table, not "static"; write it like static-roots = { "/static/" = "app/static", "https://cdn.example.com/" = ["dist", "public"] }
        static-roots = { "/static/" = 3 }
            cachelint.toml:1:31: `static-roots."/static/"` must be a string or a list, not 3; write it like static-roots = { "/static/" = "app/static", "https://cdn.example.com/" = ["dist", "public"] }
        [static-roots]
        "/static/" = ["a", ["b"]]
            cachelint.toml:2:20: an item of `static-roots."/static/"` must be a string, not a list; write it like static-roots = { "/static/" = "app/static", "https://cdn.example.com/" = ["dist", "public"] }
        dialects = ["jinja"]
            cachelint.toml:1:12: `dialects` must be a table, not a list; write it like dialects = { "legacy/**" = "django" }
        dialects = { "*.html" = 1 }
            cachelint.toml:1:25: `dialects."*.html"` must be "jinja" or "nunjucks" or "twig" or "django" or "liquid" or "tornado" or "plain", not 1; write it like dialects = { "legacy/**" = "django" }
        delimiters = { output = "[[" }
            cachelint.toml:1:25: `delimiters.output` must be a list, not "[["; write it like delimiters = { statement = ["[%", "%]"], output = ["[[", "]]"], comment = ["[#", "#]"] }
        delimiters = { output = ["[["] }
            cachelint.toml:1:25: `delimiters.output` must be a list of 2, not of 1; write it like delimiters = { statement = ["[%", "%]"], output = ["[[", "]]"], comment = ["[#", "#]"] }
        delimiters = { output = ["[[", 1] }
            cachelint.toml:1:32: an item of `delimiters.output` must be a string, not 1; write it like delimiters = { statement = ["[%", "%]"], output = ["[[", "]]"], comment = ["[#", "#]"] }
        levels = "error"
            cachelint.toml:1:10: `levels` must be a table, not "error"; write it like levels = { manual-version = "info" }
        levels = { stale-version = 2 }
            cachelint.toml:1:28: `levels.stale-version` must be "off" or "hint" or "info" or "warning" or "error", not 2; write it like levels = { manual-version = "info" }
        overrides = { paths = [] }
            cachelint.toml:1:13: `overrides` must be a list, not a table; write it like overrides = [{ paths = ["admin/**"], levels = { unversioned-reference = "off" } }]
        [[overrides]]
        paths = "a"
            cachelint.toml:2:9: `overrides.paths` must be a list, not "a"; write it like overrides = [{ paths = ["admin/**"], levels = { unversioned-reference = "off" } }]
        [[overrides]]
        paths = ["a"]
            cachelint.toml:1:1: an item of `overrides` lacks `levels`; write it like overrides = [{ paths = ["admin/**"], levels = { unversioned-reference = "off" } }]
        helpers = "asset"
            cachelint.toml:1:11: `helpers` must be a list, not "asset"; write it like helpers = [{ name = "cdn_url", kind = "call", path = 0, versions = "never" }]
        [[helpers]]
        kind = "call"
        versions = "never"
            cachelint.toml:1:1: an item of `helpers` lacks `name`; write it like helpers = [{ name = "cdn_url", kind = "call", path = 0, versions = "never" }]
        [[helpers]]
        name = 1
        kind = "call"
        versions = "never"
            cachelint.toml:2:8: `helpers.name` must be a string, not 1; write it like helpers = [{ name = "cdn_url", kind = "call", path = 0, versions = "never" }]
        [[helpers]]
        name = "a"
        kind = "call"
        versions = "never"
        path = -1
            cachelint.toml:5:8: `helpers.path` must be 0 or more, not -1; write it like helpers = [{ name = "cdn_url", kind = "call", path = 0, versions = "never" }]
        [[helpers]]
        name = "a"
        kind = "call"
        versions = "never"
        path = []
            cachelint.toml:5:8: `helpers.path` must be a whole number or a string, not a list; write it like helpers = [{ name = "cdn_url", kind = "call", path = 0, versions = "never" }]
        [[helpers]]
        name = "a"
        kind = "call"
        versions = true
            cachelint.toml:4:12: `helpers.versions` must be "never" or "always" or "project", not true; write it like helpers = [{ name = "cdn_url", kind = "call", path = 0, versions = "never" }]
    "##]].assert_eq(&said);
}

#[test]
fn the_nearest_configuration_holds_and_a_pyproject_without_the_table_is_passed_over() {
    let site = Site::new(&[
        ("cachelint.toml", "version.length = 10"),
        ("app/pyproject.toml", "[project]\nname = 'cachelint-user'"),
        ("shop/pyproject.toml", "[tool.cachelint]\nversion.length = 12"),
        ("shop/inner/.git/", ""),
        ("both/cachelint.toml", "version.length = 14"),
        ("both/pyproject.toml", "[tool.cachelint]\nversion.length = 16"),
        ("odd/pyproject.toml", "[tool.cachelint.version]\nlength = 1"),
    ]);
    let project = site.project();
    let cases = [
        ("a.html", 10),
        ("app/templates/a.html", 10),
        ("shop/a/b/c.html", 12),
        ("shop/inner/a.html", 8),
        ("both/a.html", 14),
    ];
    for (path, length) in cases {
        assert_eq!(project.config(&site.path(path)).unwrap().version.length, length, "{path}");
    }
    let error = project.config(&site.path("odd/a.html")).unwrap_err().to_string();
    assert_eq!(error, "odd/pyproject.toml:2:10: 1 is out of range; a version has 4 to 64 characters");
}

#[test]
fn extend_merges_tables_and_replaces_other_values() {
    let site = Site::new(&[
        (
            "base/cachelint.toml",
            "exclude = ['a.html', 'b.html']\nignore-assets = ['vendor/**']\n[version]\nlength = 12\nparameter = 'h'\n\
             [static-roots]\n'/static/' = 'files'\n'/media/' = 'media'\n[levels]\nmanual-version = 'off'",
        ),
        (
            "app/cachelint.toml",
            "extend = '../base/cachelint.toml'\nexclude = ['c.html']\n[version]\nlength = 6\n[static-roots]\n'/static' = ['one', '../two']\n\
             [levels]\nstale-version = 'warning'",
        ),
    ]);
    let config = site.project().config(&site.path("app/a.html")).unwrap();
    assert_eq!((config.version.length, config.version.parameter.as_str()), (6, "h"));
    assert!(
        config.exclude.matches(&site.path("app/x/c.html"))
            && !config.exclude.matches(&site.path("app/a.html"))
    );
    assert!(config.ignore_assets.is_match("vendor/x.css"));
    let roots: Vec<_> =
        config.static_roots.iter().map(|root| (root.url.as_str(), root.folders.clone())).collect();
    let expected = [
        ("/static/", vec![site.path("app/one"), site.path("two")]),
        ("/media/", vec![site.path("base/media")]),
    ];
    assert_eq!(roots, expected);
    let levels = [("manual-version".to_owned(), Level::Off), ("stale-version".to_owned(), Level::Warning)];
    assert_eq!(config.levels, levels);
}

#[test]
fn what_is_set_elsewhere_holds_where_no_file_says_otherwise() {
    let site = Site::new(&[
        ("static/a.css", ""),
        (
            "a/cachelint.toml",
            "strategy = 'query'\n[levels]\nmanual-version = 'hint'\n[static-roots]\n'/x/' = 'y'",
        ),
    ]);
    let mut base = Base::default();
    for (key, value) in [
        ("levels", json!({"manual-version": "off", "stale-version": "info"})),
        ("strategy", json!("filename")),
        ("static-roots", json!({"/s/": "static", "/gone/": ["gone"]})),
        ("templates", json!(["*.tpl"])),
    ] {
        assert_eq!(base.set(key, key, &value), [""; 0]);
    }
    let open = |base| Project::open(&site.path(""), &Options { base, ..Options::default() }).unwrap();
    let said = |project: &Project, path| {
        let config = project.config(&site.path(path)).unwrap();
        let urls: Vec<_> = config.static_roots.iter().map(|root| root.url.clone()).collect();
        let levels: Vec<_> = config.levels.iter().map(|(rule, level)| format!("{rule} {level:?}")).collect();
        let lists = project.is_template(&site.path(path));
        format!("{:?} {urls:?} {levels:?} {lists} {}", config.strategy, config.file.is_some())
    };
    let project = open(base.clone());
    assert_eq!(
        ["x.html", "x.tpl", "a/x.tpl"].map(|path| said(&project, path)),
        [
            r#"FileName ["/s/"] ["manual-version Off", "stale-version Info"] false false"#,
            r#"FileName ["/s/"] ["manual-version Off", "stale-version Info"] true false"#,
            r#"Query ["/s/", "/x/"] ["manual-version Hint", "stale-version Info"] true true"#,
        ]
    );
    for (key, empty) in [
        ("levels", json!({})),
        ("strategy", json!(null)),
        ("static-roots", json!(null)),
        ("templates", json!([])),
    ] {
        assert_eq!(base.set(key, key, &empty), [""; 0]);
    }
    assert_eq!(base, Base::default());
    assert_eq!(said(&open(base), "x.html"), "Auto [] [] true false");
}

#[test]
fn what_is_set_wrong_elsewhere_is_named_and_the_rest_counts() {
    let cases = [
        (
            "levels",
            json!({"stale-vesion": "off"}),
            "it.stale-vesion: unknown rule `stale-vesion`; did you mean `stale-version`?",
        ),
        (
            "levels",
            json!({"stale-version": "of"}),
            "it.stale-version: unknown level `of`; did you mean `off`?",
        ),
        ("levels", json!({"stale-version": 2}), "it.stale-version: must be a string, not integer `2`"),
        ("levels", json!("off"), "it: must be an object, not string \"off\""),
        ("strategy", json!("file"), "it: unknown strategy `file`; did you mean `filename`?"),
        ("strategy", json!(["query"]), "it: must be a string, not sequence"),
        (
            "static-roots",
            json!({"static": "a"}),
            "it.static: `static` is no URL prefix; one begins with / or https://",
        ),
        ("static-roots", json!({"/s/": 1}), "it./s/: must be a folder or a list of folders"),
        ("templates", json!("*.tpl"), "it: must be a list, not string \"*.tpl\""),
        ("templates", json!(["["]), "it: `[` is no glob: unclosed character class; missing ']'"),
    ];
    for (key, value, expected) in cases {
        let mut base = Base::default();
        assert_eq!(base.set(key, "it", &value), [expected], "{key} {value}");
        assert_eq!(base, Base::default(), "{key} {value}");
    }
    let mut base = Base::default();
    base.set("levels", "it", &json!({"stale-vesion": "off", "stale-version": "off"}));
    let mut right = Base::default();
    right.set("levels", "it", &json!({"stale-version": "off"}));
    assert_eq!(base, right);
}

#[test]
fn every_key_has_its_effect() {
    let site = Site::new(&[(
        "cachelint.toml",
        r#"
        templates = ["*.tpl"]
        exempt = ["print/**"]
        lazy-attributes = ["data-Later"]
        line-endings = "lf"
        max-hash-size = "2 KiB"
        helpers = [
            { name = "cdn", kind = "call", path = "file", versions = "always" },
            { name = "img", kind = "filter", versions = "never" },
        ]
        overrides = [{ paths = ["admin/**"], levels = { stale-version = "hint" } }]
        [version]
        algorithm = "md5"
        [dialects]
        "*.html" = "django"
        "legacy/*.html" = "twig"
        [delimiters]
        output = ["[[", "]]"]
        "#,
    )]);
    let config = site.project().config(&site.path("a.html")).unwrap();
    assert!(config.templates.as_ref().unwrap().matches(&site.path("a/b.tpl")));
    assert_eq!(config.version.algorithm, Algorithm::Md5);
    assert_eq!((config.line_endings, config.max_hash_size), (LineEndings::Lf, 2048));
    assert_eq!(config.extract.lazy_attributes, ["data-later"]);
    let helper = config.extract.helpers.find(HelperKind::Call, "cdn").unwrap();
    assert_eq!(helper.path, PathArgument::Keyword("file".to_owned()));
    assert_eq!(config.extract.helpers.find(HelperKind::Filter, "img").unwrap().path, PathArgument::Input);
    assert_eq!(config.extract.delimiters.output, ("[[".to_owned(), "]]".to_owned()));
    assert_eq!(config.extract.delimiters.statement.0, "{%");
    assert_eq!(
        config.settings(&site.path("print/a.html")).exempt.as_deref(),
        Some("the configuration exempts this template")
    );
    assert_eq!(config.settings(&site.path("emails/a.html")).exempt, None);
    assert_eq!(config.settings(&site.path("admin/a.html")).levels.by_rule["stale-version"], Level::Hint);
    let dialect =
        |path| config.dialects.iter().find(|glob| glob.globs.matches(&site.path(path))).unwrap().dialect;
    assert_eq!((dialect("legacy/a.html"), dialect("x/a.html")), (Dialect::Twig, Dialect::Django));
}

#[test]
fn a_cdn_ignores_queries_as_it_does_by_default_or_as_the_configuration_says() {
    let table = [
        ("", None),
        ("cdn = \"cloudfront\"", Some("CloudFront")),
        ("cdn = \"fastly\"", None),
        ("cdn = \"azure-front-door\"", None),
        ("cdn = \"azure-front-door\"\ncdn-ignores-query = true", Some("Azure Front Door")),
        ("cdn = \"keycdn\"", None),
        ("cdn = \"keycdn\"\ncdn-ignores-query = true", Some("KeyCDN")),
        ("cdn = \"cloudfront\"\ncdn-ignores-query = false", None),
        ("cdn-ignores-query = true", Some("the CDN")),
    ];
    for (text, expected) in table {
        let site = Site::new(&[("cachelint.toml", text)]);
        let config = site.project().config(&site.path("a.html")).unwrap();
        assert_eq!(config.query_ignored_by.as_deref(), expected, "{text}");
    }
}

#[test]
fn e_mail_templates_are_exempt_by_default() {
    let config = Config::default();
    for (path, exempt) in [
        ("/p/templates/email/a.html", true),
        ("/p/emails/x/a.html", true),
        ("/p/newsletter_2020/a.html", true),
        ("/p/templates/email.html", false),
        ("/p/my-email/a.html", false),
    ] {
        let reason = exempt.then_some("an e-mail template");
        assert_eq!(config.settings(path.as_ref()).exempt.as_deref(), reason, "{path}");
    }
}

#[test]
fn an_explicit_configuration_holds_everywhere() {
    let site =
        Site::new(&[("other.toml", "version.length = 20"), ("a/cachelint.toml", "version.length = 10")]);
    let options = Options { config: Some("other.toml".into()), ..Options::default() };
    let project = Project::open(&site.path(""), &options).unwrap();
    assert_eq!(project.config(&site.path("a/a.html")).unwrap().version.length, 20);
    let options = Options { config: Some("none.toml".into()), ..Options::default() };
    let error = Project::open(&site.path(""), &options).unwrap_err().to_string();
    assert!(error.ends_with("none.toml: no such file or directory"), "{error}");
}

#[test]
fn the_commented_configuration_is_the_default_and_every_line_of_it_is_valid() {
    let text = commented();
    assert_eq!(error(&text), "no error");
    let uncommented: String = text
        .lines()
        .map(|line| line.strip_prefix('#').filter(|rest| !rest.starts_with([' ', '#'])).unwrap_or(line))
        .filter(|line| !line.starts_with("extend"))
        .map(|line| format!("{line}\n"))
        .collect();
    assert_eq!(error(&uncommented), "no error", "{uncommented}");
    let site = Site::new(&[("cachelint.toml", &uncommented)]);
    let (config, default) = (site.project().config(&site.path("a.html")).unwrap(), Config::default());
    assert_eq!(config.version, default.version);
    assert_eq!(config.max_hash_size, default.max_hash_size);
    assert_eq!(config.line_endings, default.line_endings);
    assert_eq!(config.extract.lazy_attributes, default.extract.lazy_attributes);
    for path in ["email/a.html", "a/mail/b.html", "pages/a.html"] {
        let exempt = |config: &Config| config.settings(&site.path(path)).exempt.is_some();
        assert_eq!(exempt(&config), exempt(&default), "{path}");
    }
    let templates = config.templates.as_ref().unwrap();
    for name in ["a.html", "a.html.j2", "x/b.njk", "c.css", "d.tera"] {
        assert_eq!(
            templates.matches(&site.path(name)),
            crate::discovery::is_template(name.as_ref()),
            "{name}"
        );
    }
}

#[test]
fn the_schema_is_the_committed_one() {
    expect_file!["../../cachelint.schema.json"].assert_eq(&schema());
}
