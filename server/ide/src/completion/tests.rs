//! Completion in whole and in unfinished text.

use super::{completion, completion_details};
use crate::fixture::{Fixture, fixture};

const SITE: &str = "\
//- app.py
import flask
app = flask.Flask(__name__)
//- static/css/style.css
body {}
//- static/css/print & co.css
p {}
//- static/js/app.js
1
//- static/logo.png
png
";

/// The items at the cursor: what is replaced → what is written, each.
fn rendered(fixture: &Fixture) -> String {
    let found = completion(&fixture.snapshot, &fixture.path, &fixture.text, fixture.offset);
    let Some(found) = found else { return "nothing".to_owned() };
    let items: Vec<_> = found.items.iter().map(|item| item.insert.as_str()).collect();
    format!("[{}] {}", found.span.of(&fixture.text), items.join(" "))
}

fn check(line: &str, expected: &str) {
    let fixture = fixture(&format!(
        "{SITE}//- templates/a.html\n{{% block x %}}{{% endblock %}}\n{line}\n<p>more</p>\n"
    ));
    assert_eq!(rendered(&fixture), expected, "{line}");
}

#[test]
fn paths_of_helpers_are_completed_by_folder() {
    check("{{ url_for('static', filename='$0') }}", "[] css/ js/ logo.png");
    check("{{ url_for('static', filename='$0", "[] css/ js/ logo.png'");
    check("{{ url_for('static', filename='lo$0') }}", "[lo] css/ js/ logo.png");
    check("{{ url_for('static', filename='css/st$0yle.css') }}", "[style.css] print & co.css style.css");
    check("<link href=\"{{ url_for('static', filename = 'css/$0", "[] print & co.css' style.css'");
    check("<link href=\"{{ url_for('static', filename=\"css/$0", "[] print & co.css\" style.css\"");
    check("{% static 'js/$0' %}", "[] app.js");
    check("{%- static \"js/a$0", "[a] app.js\"");
    check("{{ static('js/$0') }}", "[] app.js");
    check("{{ url_for(\n  'static',\n  filename='js/$0'\n) }}", "[] app.js");
}

#[test]
fn urls_in_attributes_are_completed_below_their_roots() {
    check("<link rel=stylesheet href=\"/static/$0\">", "[] css/ js/ logo.png");
    check("<link rel=stylesheet href=\"/static/css/pr$0", "[pr] print%20&amp;%20co.css\" style.css\"");
    check("<link rel=stylesheet href=\"/$0\">", "[] static/");
    check("<link rel=stylesheet href=\"$0\">", "[] /static/");
    check("<img src='/static/$0'>", "[] css/ js/ logo.png");
    check("<img src=/static/lo$0 alt=x>", "[lo] css/ js/ logo.png");
    check("<img srcset=\"/static/logo.png 1x, /static/$0\">", "[] css/ js/ logo.png");
    check("<img data-src=\"/static/$0\">", "[] css/ js/ logo.png");
    check("<img src=\"{{ STATIC_URL }}$0\">", "[] css/ js/ logo.png");
    check("<img src=\"/static/logo$0.png?v=1\">", "[logo.png] css/ js/ logo.png");
}

#[test]
fn urls_in_css_are_completed() {
    check("<style>a { background: url(/static/$0) }</style>", "[] css/ js/ logo.png");
    check("<style>a { background: url('/static/lo$0", "[lo] css/ js/ logo.png'");
    let sheet = format!("{SITE}//- static/css/more.css\na {{ background: url(../$0) }}\n");
    assert_eq!(rendered(&fixture(&sheet)), "[] css/ js/ logo.png");
}

#[test]
fn plain_pages_read_their_own_folder() {
    let site = "//- css/a.css\na {}\n//- index.html\n<link rel=stylesheet href=\"$0\">\n";
    assert_eq!(rendered(&fixture(site)), "[] css/");
    let site = "//- css/a.css\na {}\n//- sub/index.html\n<link rel=stylesheet href=\"../css/$0\">\n";
    assert_eq!(rendered(&fixture(site)), "[] a.css");
}

#[test]
fn other_strings_are_left_alone() {
    check("{{ url_for('st$0') }}", "nothing");
    check("{{ url_for('user', name='$0') }}", "nothing");
    check("<p title=\"$0\">", "nothing");
    check("<p>it's /static/$0</p>", "nothing");
    check("<link href=\"/static/../$0\">", "nothing");
    check("<link href=\"/static/a.css\" rel=$0>", "nothing");
    check("$0", "nothing");
}

#[test]
fn details_are_read_when_asked_for() {
    let fixture = fixture(&format!("{SITE}//- templates/a.html\n<img src=\"/static/logo.png\">\n"));
    let details = completion_details(&fixture.snapshot, &fixture.file("static/logo.png")).unwrap();
    assert_eq!(details.plain(), "static/logo.png\nFile now 33d8344a · 4 bytes\nIn 1 template");
    assert_eq!(completion_details(&fixture.snapshot, &fixture.file("static/css")), None);
}
