//! Fixes as data: a source before and after.

use cachelint_syntax::{Dialect, SourceKind};
use proptest::prelude::*;

use crate::testing::resolve_as;
use crate::{Applicability, Edit, Finding, Fix, Habit, HashedNames, Input, Settings, UrlFor, check};

fn findings(text: &str, settings: &Settings) -> Vec<Finding> {
    findings_as(text, settings, SourceKind::Template, Dialect::Jinja)
}

fn findings_as(text: &str, settings: &Settings, kind: SourceKind, dialect: Dialect) -> Vec<Finding> {
    let (extraction, resolved) = resolve_as(text, kind, dialect);
    check(&Input {
        text,
        before: "",
        kind,
        dialect,
        extraction: &extraction,
        resolved: &resolved,
        imports: &[],
        settings,
        elsewhere: None,
    })
    .findings
    .into_vec()
}

/// The text with every fix of at most the given applicability applied.
fn apply(text: &str, findings: &[Finding], most: Applicability) -> String {
    let fixes = findings.iter().filter_map(|finding| finding.fixes.first());
    let mut edits: Vec<Edit> =
        fixes.filter(|fix| fix.applicability <= most).flat_map(|fix| fix.edits.clone()).collect();
    edits.sort_by_key(|edit| std::cmp::Reverse(edit.span.start));
    let mut text = text.to_owned();
    for edit in edits {
        text.replace_range(edit.span.start..edit.span.end, &edit.text);
    }
    text
}

/// Checks that the only finding of `before` is of `rule`, and that its fix makes `after` of it and ends it.
#[track_caller]
fn fixes(settings: &Settings, rule: &str, before: &str, after: &str) {
    let found = findings(before, settings);
    assert_eq!(found.iter().map(|finding| finding.rule).collect::<Vec<_>>(), [rule], "{before}");
    assert_eq!(apply(before, &found, Applicability::Unsafe), after, "{before}");
    assert_eq!(findings(after, settings), [], "{after}");
}

#[test]
fn an_unversioned_url_gets_a_version() {
    let table = [
        (
            r#"<link rel=stylesheet href="/static/a.css">"#,
            r#"<link rel=stylesheet href="/static/a.css?v=3f3f3f3f">"#,
        ),
        (r#"<link rel=stylesheet href="a.css#top">"#, r#"<link rel=stylesheet href="a.css?v=3f3f3f3f#top">"#),
        (
            r#"<link rel=stylesheet href="a.css?#iefix">"#,
            r#"<link rel=stylesheet href="a.css?v=3f3f3f3f#iefix">"#,
        ),
        (
            r#"<link rel=stylesheet href="a.css?theme=dark">"#,
            r#"<link rel=stylesheet href="a.css?theme=dark&amp;v=3f3f3f3f">"#,
        ),
        (
            r#"<link rel=stylesheet href="a.css?a=1&amp;b=2">"#,
            r#"<link rel=stylesheet href="a.css?a=1&amp;b=2&amp;v=3f3f3f3f">"#,
        ),
        (
            r#"<link rel=stylesheet href="a.css?a=1&b=2">"#,
            r#"<link rel=stylesheet href="a.css?a=1&b=2&v=3f3f3f3f">"#,
        ),
        (
            r#"<link rel=stylesheet href="a.css?a=1&amp;">"#,
            r#"<link rel=stylesheet href="a.css?a=1&amp;v=3f3f3f3f">"#,
        ),
        (r#"<link rel=stylesheet href="a.css?v=">"#, r#"<link rel=stylesheet href="a.css?v=3f3f3f3f">"#),
        (
            r#"<link rel=stylesheet href="a.css?a=1&amp;v=">"#,
            r#"<link rel=stylesheet href="a.css?a=1&amp;v=3f3f3f3f">"#,
        ),
        (r#"<img data-src="a.png">"#, r#"<img data-src="a.png?v=3f3f3f3f">"#),
        (
            r#"<link rel=stylesheet href="{{ STATIC_URL }}a.css">"#,
            r#"<link rel=stylesheet href="{{ STATIC_URL }}a.css?v=3f3f3f3f">"#,
        ),
    ];
    for (before, after) in table {
        fixes(&Settings::default(), "unversioned-reference", before, after);
    }
}

#[test]
fn a_version_stands_before_what_only_some_branches_add() {
    let table = [
        ("a.js{% if d %}?d=1{% endif %}", "a.js?v=3f3f3f3f{% if d %}&amp;d=1{% endif %}"),
        (
            "a.js{% if d %}?d=1{% else %}?e=1{% endif %}",
            "a.js?v=3f3f3f3f{% if d %}&amp;d=1{% else %}&amp;e=1{% endif %}",
        ),
        (
            "a.js{% if d %}?d=1&{% else %}?{% endif %}x=2",
            "a.js?v=3f3f3f3f{% if d %}&amp;d=1&{% else %}&{% endif %}x=2",
        ),
        ("a.js?a=1{% if d %}&d=1{% endif %}", "a.js?a=1&amp;v=3f3f3f3f{% if d %}&d=1{% endif %}"),
        ("a.js{% if d %}#x{% endif %}", "a.js?v=3f3f3f3f{% if d %}#x{% endif %}"),
        ("a.js{{ '?d=1' if d }}", "a.js?v=3f3f3f3f{{ '&d=1' if d }}"),
        (
            "{{ url_for('static', filename='a.js') }}{% if d %}?d=1{% endif %}",
            "{{ url_for('static', filename='a.js') }}?v=3f3f3f3f{% if d %}&amp;d=1{% endif %}",
        ),
    ];
    for (before, after) in table {
        let tag = |url: &str| format!("<script src=\"{url}\"></script>");
        fixes(&Settings::default(), "unversioned-reference", &tag(before), &tag(after));
    }
}

#[test]
fn branches_that_share_a_version_are_edited_at_once() {
    let before = "<script src=\"a.js{% if d %}?d=1{% else %}{% endif %}\"></script>";
    let found = findings(before, &Settings::default());
    let after = "<script src=\"a.js?v=3f3f3f3f{% if d %}&amp;d=1{% else %}{% endif %}\"></script>";
    assert_eq!((apply(before, &found, Applicability::Safe).as_str(), found.len()), (after, 2));
    let half = "<script src=\"a.js?v=1a2b3c4d{% if d %}?d=1{% endif %}\"></script>";
    assert!(findings(half, &Settings::default()).iter().all(|finding| finding.fixes.is_empty()));
}

#[test]
fn where_branches_go_on_in_a_way_that_no_edit_suits_there_is_no_fix() {
    let table = [
        "a.js?{% if d %}d=1{% endif %}",
        "a.js{% if d %}?d=1{% else %}?v={{ v }}{% endif %}",
        "a.js?a=1{% if d %}?d=1{% endif %}",
        "a.js?a=1{% if d %}{{ d }}{% endif %}",
        "a.js{% if d %}?d=1{% else %}.map{% endif %}",
    ];
    for url in table {
        let found = findings(&format!("<script src=\"{url}\"></script>"), &Settings::default());
        assert!(
            !found.is_empty() && found.iter().all(|finding| finding.fixes.is_empty()),
            "{url}: {found:?}"
        );
    }
}

#[test]
fn a_call_gets_an_argument() {
    let table = [
        ("url_for('static', filename='a.css')", "url_for('static', filename='a.css', v='3f3f3f3f')"),
        (
            "url_for(\"static\", filename=\"a.css\")",
            "url_for(\"static\", filename=\"a.css\", v=\"3f3f3f3f\")",
        ),
        ("url_for('static',filename='a.css')", "url_for('static',filename='a.css',v='3f3f3f3f')"),
        ("url_for('static', filename='a.css',)", "url_for('static', filename='a.css', v='3f3f3f3f',)"),
        (
            "url_for(\r\n  'static',\r\n  filename='a.css',\r\n)",
            "url_for(\r\n  'static',\r\n  filename='a.css',\r\n  v='3f3f3f3f',\r\n)",
        ),
        (
            "url_for('static', filename='a.css', **extra)",
            "url_for('static', filename='a.css', v='3f3f3f3f', **extra)",
        ),
        ("url_for('static', filename='a.css', v='')", "url_for('static', filename='a.css', v='3f3f3f3f')"),
        (
            "url_for('static', path='a.css')",
            "url_for('static', path='a.css').include_query_params(v='3f3f3f3f')",
        ),
        (
            "url_for('static', path='a.css').include_query_params(lang='en')",
            "url_for('static', path='a.css').include_query_params(lang='en', v='3f3f3f3f')",
        ),
    ];
    for (before, after) in table {
        let page = |call: &str| format!("<link rel=stylesheet href=\"{{{{ {call} }}}}\">");
        fixes(&Settings::default(), "unversioned-reference", &page(before), &page(after));
    }
    let flask = Settings { url_for: UrlFor::Flask, ..Settings::default() };
    let before = "<script src=\"{{ url_for('themes', path='a.js') }}\"></script>";
    let after = "<script src=\"{{ url_for('themes', path='a.js', v='3f3f3f3f') }}\"></script>";
    fixes(&flask, "unversioned-reference", before, after);
}

#[test]
fn text_behind_a_call_is_part_of_its_url() {
    let table = [
        (
            r#"<link rel=stylesheet href="{{ url_for('static', filename='a.css') }}?lang=en">"#,
            r#"<link rel=stylesheet href="{{ url_for('static', filename='a.css') }}?lang=en&amp;v=3f3f3f3f">"#,
        ),
        (
            r#"<link rel=stylesheet href="{{ url_for('static', filename='css/') }}a.css">"#,
            r#"<link rel=stylesheet href="{{ url_for('static', filename='css/') }}a.css?v=3f3f3f3f">"#,
        ),
        (
            r#"<link rel=stylesheet href="{{ url_for('static', filename='a.svg') }}#icon">"#,
            r#"<link rel=stylesheet href="{{ url_for('static', filename='a.svg', v='3f3f3f3f') }}#icon">"#,
        ),
        (
            r#"<link rel=stylesheet href="{{ url_for('static', filename='a.css') }}?lang={{ lang }}">"#,
            r#"<link rel=stylesheet href="{{ url_for('static', filename='a.css') }}?lang={{ lang }}&amp;v=3f3f3f3f">"#,
        ),
    ];
    for (before, after) in table {
        fixes(&Settings::default(), "unversioned-reference", before, after);
    }
}

#[test]
fn a_tag_a_prefix_and_a_filter_get_their_version_as_text() {
    let table = [
        (
            Dialect::Django,
            r#"<link rel=stylesheet href="{% get_static_prefix %}a.css">"#,
            r#"<link rel=stylesheet href="{% get_static_prefix %}a.css?v=3f3f3f3f">"#,
        ),
        (
            Dialect::Django,
            r#"<link rel=stylesheet href="{{ STATIC_URL }}a.css">"#,
            r#"<link rel=stylesheet href="{{ STATIC_URL }}a.css?v=3f3f3f3f">"#,
        ),
        (
            Dialect::Nunjucks,
            r#"<link rel=stylesheet href="{{ 'a.css' | url }}">"#,
            r#"<link rel=stylesheet href="{{ 'a.css' | url }}?v=3f3f3f3f">"#,
        ),
        (
            Dialect::Jinja,
            r#"<link rel=stylesheet href="{{ url_for('static', filename='a.css') ~ '?x=1&y=2' }}">"#,
            r#"<link rel=stylesheet href="{{ url_for('static', filename='a.css') ~ '?x=1&y=2&v=3f3f3f3f' }}">"#,
        ),
        (
            Dialect::Jinja,
            r#"{% set style = url_for('static', filename='a.css') %}"#,
            r#"{% set style = url_for('static', filename='a.css', v='3f3f3f3f') %}"#,
        ),
        (
            Dialect::Jinja,
            r#"<p style="background: url({{ url_for('static', filename='a.png') }})">"#,
            r#"<p style="background: url({{ url_for('static', filename='a.png', v='3f3f3f3f') }})">"#,
        ),
    ];
    let settings = Settings::default();
    for (dialect, before, after) in table {
        let found = findings_as(before, &settings, SourceKind::Template, dialect);
        assert_eq!(found.len(), 1, "{before}");
        assert_eq!(apply(before, &found, Applicability::Unsafe), after);
        assert_eq!(findings_as(after, &settings, SourceKind::Template, dialect), [], "{after}");
    }
}

#[test]
fn a_stylesheet_gets_its_versions_in_any_quoting() {
    let before = "@import 'b.css';\n.a { background: url( \"a.png\" ), url(c.png#x) }\n";
    let after = "@import 'b.css?v=3f3f3f3f';\n.a { background: url( \"a.png?v=3f3f3f3f\" ), url(c.png?v=3f3f3f3f#x) }\n";
    let found = findings_as(before, &Settings::default(), SourceKind::Stylesheet, Dialect::Plain);
    assert_eq!(apply(before, &found, Applicability::Safe), after);
}

#[test]
fn what_no_edit_is_sure_of_has_no_fix() {
    let texts = [
        "{% trans %}<img src=\"/static/a.png\">{% endtrans %}",
        "<img src=\"{% if x %}a{% else %}nowhere{% endif %}.png?x\">",
    ];
    for text in texts {
        let found = findings(text, &Settings::default());
        assert!(found.iter().all(|finding| finding.fixes.is_empty()), "{found:?}");
    }
}

#[test]
fn a_stale_version_is_replaced_where_it_stands() {
    let table = [
        (
            r#"<link rel=stylesheet href="a.css?v=1a2b3c4d">"#,
            r#"<link rel=stylesheet href="a.css?v=3f3f3f3f">"#,
        ),
        (
            r#"<link rel=stylesheet href="a.css?v=12345678#x">"#,
            r#"<link rel=stylesheet href="a.css?v=3f3f3f3f#x">"#,
        ),
        (
            r#"<link rel=stylesheet href="a.css?a=1&amp;v=1a2b3c4d&amp;b=2">"#,
            r#"<link rel=stylesheet href="a.css?a=1&amp;v=3f3f3f3f&amp;b=2">"#,
        ),
        (
            r#"<link rel=stylesheet href="{{ url_for("static", filename="a.css", v='1a2b3c4d') }}">"#,
            r#"<link rel=stylesheet href="{{ url_for("static", filename="a.css", v='3f3f3f3f') }}">"#,
        ),
        (
            r#"<link rel=stylesheet href="{{ url_for('static', path='a.css').include_query_params(v='1a2b3c4d') }}">"#,
            r#"<link rel=stylesheet href="{{ url_for('static', path='a.css').include_query_params(v='3f3f3f3f') }}">"#,
        ),
        (
            r#"<link rel=stylesheet href="{{ url_for('static', path='a.css?v=1a2b3c4d') }}">"#,
            r#"<link rel=stylesheet href="{{ url_for('static', path='a.css?v=3f3f3f3f') }}">"#,
        ),
    ];
    for (before, after) in table {
        fixes(&Settings::default(), "stale-version", before, after);
    }
}

#[test]
fn a_version_kept_by_hand_is_replaced() {
    let table = [
        (r#"<link rel=stylesheet href="a.css?v=1">"#, r#"<link rel=stylesheet href="a.css?v=3f3f3f3f">"#),
        (
            r#"<link rel=stylesheet href="a.css?v=2024-06-01">"#,
            r#"<link rel=stylesheet href="a.css?v=3f3f3f3f">"#,
        ),
        (
            r#"<link rel=stylesheet href="a.css?a=1&amp;ver=1.2">"#,
            r#"<link rel=stylesheet href="a.css?a=1&amp;v=3f3f3f3f">"#,
        ),
        (
            r#"<link rel=stylesheet href="a.css?20240601">"#,
            r#"<link rel=stylesheet href="a.css?v=3f3f3f3f">"#,
        ),
        (
            r#"<link rel=stylesheet href="{{ url_for('static', filename='a.css', v=1) }}">"#,
            r#"<link rel=stylesheet href="{{ url_for('static', filename='a.css', v='3f3f3f3f') }}">"#,
        ),
        (
            r#"<link rel=stylesheet href="{{ url_for('static', filename='a.css', ver='1', x=y) }}">"#,
            r#"<link rel=stylesheet href="{{ url_for('static', filename='a.css', v='3f3f3f3f', x=y) }}">"#,
        ),
        (r#"<img src="logo-20240608.png">"#, r#"<img src="logo-20240608.png?v=3f3f3f3f">"#),
    ];
    for (before, after) in table {
        fixes(&Settings::default(), "manual-version", before, after);
    }
}

/// The titles of the fixes that an unversioned reference is offered, the preferred one first; `!` marks an unsafe one.
fn offered(settings: &Settings, text: &str) -> Vec<String> {
    let found = findings(text, settings);
    let title = |fix: &Fix| match fix.applicability {
        Applicability::Safe => fix.title.clone(),
        Applicability::Unsafe => format!("!{}", fix.title),
    };
    found[0].fixes.iter().map(title).collect()
}

#[test]
fn the_strategy_says_which_form_is_preferred_and_the_others_are_offered_too() {
    let literal = r#"<link rel=stylesheet href="/static/css/a.min.css">"#;
    let call = r#"<link rel=stylesheet href="{{ url_for('static', filename='a.css') }}">"#;
    let (query, name) = ("Add ?v=3f3f3f3f", "Name it a.min.3f3f3f3f.css");
    let (keyword, call_name) = ("Add v='3f3f3f3f'", "Name it a.3f3f3f3f.css");
    let with = |strategy, serves: bool, in_name, helper: bool| Settings {
        strategy,
        hashed_names: serves.then(|| HashedNames { prefix: "/static/".to_owned(), extensions: None }),
        habit: Habit { in_name, ..Habit::default() },
        versioning_helper: helper.then(|| "static_url_for".to_owned()),
        ..Settings::default()
    };
    let own = "Use static_url_for";
    let unsure = format!("!{name}");
    let elsewhere = |prefix: &str, extensions: Option<Vec<String>>| Settings {
        hashed_names: Some(HashedNames { prefix: prefix.to_owned(), extensions }),
        ..with(crate::Strategy::FileName, true, false, false)
    };
    let table: [(Settings, &str, &[&str]); 10] = [
        (elsewhere("/assets/", None), literal, &[query, &unsure]),
        (elsewhere("", Some(vec!["js".to_owned()])), literal, &[query, &unsure]),
        (with(crate::Strategy::Auto, false, false, false), literal, &[query]),
        (with(crate::Strategy::Auto, false, true, false), literal, &[name, query]),
        (with(crate::Strategy::Auto, true, true, true), call, &[own, call_name, keyword]),
        (with(crate::Strategy::FileName, true, false, true), call, &[call_name, keyword, own]),
        (with(crate::Strategy::FileName, false, false, false), literal, &[query, &unsure]),
        (with(crate::Strategy::Query, false, true, true), call, &[keyword, own, call_name]),
        (with(crate::Strategy::Helper, false, true, true), call, &[own, keyword, call_name]),
        (with(crate::Strategy::Helper, false, false, false), literal, &[query]),
    ];
    for (settings, text, expected) in table {
        assert_eq!(offered(&settings, text), expected, "{settings:?} {text}");
    }
}

#[test]
fn the_form_that_the_project_writes_by_hand_is_used() {
    let habit = |expression: Option<&str>| Settings {
        habit: Habit {
            parameter: Some("ver".to_owned()),
            expression: expression.map(str::to_owned),
            in_name: false,
        },
        ..Settings::default()
    };
    let table = [
        (None, r#"<link rel=stylesheet href="a.css">"#, r#"<link rel=stylesheet href="a.css?ver=3f3f3f3f">"#),
        (
            Some("{{ version }}"),
            r#"<link rel=stylesheet href="a.css">"#,
            r#"<link rel=stylesheet href="a.css?ver={{ version }}">"#,
        ),
        (
            Some("{{ version }}"),
            r#"<link rel=stylesheet href="{{ url_for('static', filename='a.css') }}">"#,
            r#"<link rel=stylesheet href="{{ url_for('static', filename='a.css', ver=version) }}">"#,
        ),
    ];
    for (expression, before, after) in table {
        fixes(&habit(expression), "unversioned-reference", before, after);
    }
    fixes(
        &habit(None),
        "stale-version",
        r#"<link rel=stylesheet href="a.css?ver=1a2b3c4d">"#,
        r#"<link rel=stylesheet href="a.css?ver=3f3f3f3f">"#,
    );
    fixes(
        &habit(None),
        "manual-version",
        r#"<link rel=stylesheet href="a.css?ver=20240601">"#,
        r#"<link rel=stylesheet href="a.css?ver=3f3f3f3f">"#,
    );
}

#[test]
fn a_built_file_has_a_finding_and_no_fix() {
    let found = findings(r#"<link rel=stylesheet href="ignored.css">"#, &Settings::default());
    assert_eq!(found.len(), 1);
    assert!(found[0].fixes.is_empty());
    assert!(found[0].help.as_deref().is_some_and(|help| help.contains("git ignores")));
}

#[test]
fn a_lazy_url_has_a_fix_that_is_not_safe() {
    let found = findings(r#"<img data-src="a.png">"#, &Settings::default());
    assert_eq!(found[0].fixes[0].applicability, Applicability::Unsafe);
}

/// A value of `href`: a literal or a call, with text behind it.
fn values() -> impl Strategy<Value = String> {
    let name =
        prop::sample::select(vec!["a.css", "css/b.min.js", "logo-20240608.png", "i.svg", "ignored.css"]);
    let pair = prop::sample::select(vec![
        "v=1",
        "v=",
        "v=1a2b3c4d",
        "v=12345678",
        "v={{ version }}",
        "ver=2",
        "x=1",
        "x",
        "cb=",
        "20240601",
        "a=b",
        "",
    ]);
    let joint = prop::sample::select(vec!["&amp;", "&"]);
    let query = prop::option::of((prop::collection::vec(pair, 0..3), joint));
    let query = query
        .prop_map(|query| query.map_or_else(String::new, |(pairs, joint)| format!("?{}", pairs.join(joint))));
    let fragment = prop::sample::select(vec!["", "#", "#top", "#a?v=1"]);
    let argument =
        prop::sample::select(vec!["", ", v='1'", ", v=''", ", v=1", ", ver=x", ", x='y'", ", **more"]);
    let keyword = prop::sample::select(vec!["filename", "path"]);
    let call = (name.clone(), keyword, argument).prop_map(|(name, keyword, argument)| {
        let chained = if keyword == "path" && !argument.is_empty() && !argument.contains("**") {
            return format!(
                "{{{{ url_for('static', path='{name}').include_query_params({}) }}}}",
                &argument[2..]
            );
        } else {
            argument
        };
        format!("{{{{ url_for('static', {keyword}='{name}'{chained}) }}}}")
    });
    let base = prop_oneof![name.prop_map(str::to_owned), call];
    (base, query, fragment).prop_map(|(base, query, fragment)| format!("{base}{query}{fragment}"))
}

proptest! {
    #[test]
    fn a_fix_ends_its_finding_and_a_second_one_changes_nothing(values in prop::collection::vec(values(), 1..4)) {
        let lines: Vec<_> = values.iter().map(|value| format!("<link rel=stylesheet href=\"{value}\">\n")).collect();
        let text = lines.concat();
        let settings = Settings::default();
        let fixed = apply(&text, &findings(&text, &settings), Applicability::Unsafe);
        let left = findings(&fixed, &settings);
        prop_assert!(left.iter().all(|finding| finding.fixes.is_empty()), "{text}\n{fixed}\n{left:?}");
        prop_assert_eq!(text.lines().count(), fixed.lines().count());
    }
}
