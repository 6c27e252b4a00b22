//! Input that can't be read, or was made to break a reader: it is named, and the rest is still checked.

use crate::site::{Site, unprivileged};

const PAGE: &str = "<script src=\"/static/a.js\"></script>\n";
const FOUND: &str = "\
templates/sound.html:1:14: warning: a.js has no version in its URL; browsers may keep an old copy after it changes [unversioned-reference]
Found 1 warning in 1 of 1 file; 1 fixable with --fix
";

fn site() -> Site {
    Site::new(&[("templates/sound.html", PAGE), ("static/a.js", "a")])
}

/// Beside a sound template something that `site` holds is named, and the sound one is checked.
fn check(site: &Site, arguments: &str, said: &str) {
    let outcome = site.run(&format!("check --output-format concise {arguments}"));
    assert_eq!((outcome.status, outcome.stderr), (2, format!("error: {said}\n")));
    assert_eq!(outcome.stdout, FOUND, "{said}");
}

#[test]
fn what_is_no_text_is_named_and_skipped() {
    let large = vec![b' '; 50_000_001];
    let table: [(&[u8], &str); 5] = [
        (b"<p>Gr\xf6\xdfe</p>", "not UTF-8 at byte 5"),
        (b"\xff\xfe<\0p\0>\0", "no text, a NUL at byte 3"),
        (b"<p>\0</p>", "no text, a NUL at byte 3"),
        (b"\xef\xbb\xbf<p>\xe9", "not UTF-8 at byte 6"),
        (&large, "51 MB are more than the 50 MB that are read"),
    ];
    for (content, reason) in table {
        let site = site();
        site.write("templates/odd.html", content);
        check(&site, "", &format!("templates/odd.html: skipped, {reason}"));
        check(
            &site,
            "templates/sound.html templates/odd.html",
            &format!("templates/odd.html: skipped, {reason}"),
        );
    }
}

#[test]
fn standard_input_that_is_no_text_is_an_error() {
    for (input, reason) in [(b"\xe9", "not UTF-8 at byte 0"), (b"\0", "no text, a NUL at byte 0")] {
        let outcome = site().run_with_input("fix --stdin-filename templates/a.html", input);
        assert_eq!((outcome.status, outcome.stdout.as_str()), (2, ""));
        assert_eq!(outcome.stderr, format!("error: standard input: {reason}\n"));
    }
}

#[test]
fn a_file_that_is_not_there_fails_and_the_rest_is_checked() {
    let paths = "templates/gone.html templates/sound.html";
    check(&site(), paths, "templates/gone.html: skipped, no such file or directory");
}

#[cfg(unix)]
#[test]
fn links_and_fifos_that_lead_nowhere_are_named_and_never_opened() {
    use std::os::unix::fs::symlink;
    use std::path::PathBuf;

    let fifo = |path: PathBuf| {
        assert!(std::process::Command::new("mkfifo").arg(path).status().unwrap().success());
    };
    let link = |target: &'static str| move |path: PathBuf| symlink(target, path).unwrap();
    let table: [(&str, &dyn Fn(PathBuf), &str); 4] = [
        ("pipe.html", &fifo, "not a regular file"),
        ("up", &link(".."), "a link back to a folder above it"),
        ("self.html", &link("self.html"), "too many levels of symbolic links"),
        ("link.html", &link("gone.html"), "no such file or directory"),
    ];
    for (name, make, reason) in table {
        let site = site();
        make(site.path("templates").join(name));
        check(&site, "", &format!("templates/{name}: skipped, {reason}"));
    }
}

#[cfg(target_os = "linux")]
#[test]
fn what_may_not_be_read_is_named() {
    let site = site();
    site.write("templates/locked.html", PAGE);
    site.write("shut/page.html", PAGE);
    for path in ["templates/locked.html", "shut"] {
        site.set_mode(path, 0o000);
    }
    let outcome = unprivileged(|| site.run("check --output-format concise"));
    site.set_mode("shut", 0o755);
    let said =
        "error: shut: skipped, permission denied\nerror: templates/locked.html: skipped, permission denied\n";
    assert_eq!((outcome.status, outcome.stderr.as_str()), (2, said));
    assert_eq!(outcome.stdout, FOUND);
}

#[test]
fn a_part_that_is_too_much_work_is_named() {
    let soup = format!("<p>\n<style>a {{ b: url(/static/a.png) }} {}</style>", ":not(".repeat(20_000));
    let site = site();
    site.write("templates/soup.html", soup);
    let said = "templates/soup.html:2:8: skipped a part that is too deeply nested or too broken to be read";
    let outcome = site.run("check --output-format concise");
    assert_eq!((outcome.status, outcome.stderr), (2, format!("error: {said}\n")));
    assert!(outcome.stdout.contains("templates/sound.html:1:14"), "{}", outcome.stdout);
}

#[test]
fn nesting_without_end_does_not_hold_the_run_up() {
    let deep = 100_000;
    let nested = |open: &str, middle: &str, close: &str| {
        format!("{}{middle}{}", open.repeat(deep), close.repeat(deep))
    };
    let value = |inner: String| format!("<a href=\"{inner}\">");
    let output = |inner: String| format!("<a href=\"{{{{ {inner} }}}}\">");
    let script = |inner: String| format!("<script>import 'a.js'; {inner}</script>");
    let style = |inner: String| format!("<style>a {{ b: url(a.png) }} {inner}</style>");
    let soups = [
        nested("<div>", "", ""),
        nested("<", "", ""),
        nested("{{", "", ""),
        nested("{% if x %}", "", ""),
        nested("<svg><style><!--", "", ""),
        nested("<a href='{{ '", "", ""),
        value(nested("{% if x %}", "", "")),
        value(nested("{% if x %}a{% else %}", "", "{% endif %}")),
        value(nested("{% if x %}a{% else %}b{% endif %}", "", "")),
        output(nested("(", "", "")),
        output(nested("(", "'a'", ")")),
        output(nested("'a' ~ ", "'a'", "")),
        output(nested("'a' if x else ", "'a'", "")),
        output(nested("'a'", "", "|safe")),
        output(nested("url_for('static', filename=", "'a'", ")")),
        output("('a' if x else 'b') ~ ".repeat(40) + "'a'"),
        format!("{{% set x = {} %}}", nested("[", "url_for('static', filename='a.js')", "]")),
        script(nested("[", "", "")),
        script(nested("`", "", "")),
        script(nested("a('/x.js').", "", "")),
        format!("<script type=importmap>{}</script>", nested("{\"imports\":", "{\"a\":\"/a.js\"}", "}")),
        style(nested("a{", "", "")),
        style(nested("f(url(a.png) ", "", ")")),
        style(nested(":not(", "", ")")),
        format!("<p style=\"{}\">", nested("url(", "", "")),
    ];
    let site = site();
    for (number, soup) in soups.iter().enumerate() {
        site.write(&format!("templates/{number}.html"), soup);
    }
    let outcome = site.run("check --output-format concise");
    assert!(outcome.stdout.contains("templates/sound.html:1:14"), "{}", outcome.shown());
}
