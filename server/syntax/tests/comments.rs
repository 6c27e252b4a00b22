//! Comments that mention the tool are found in every syntax, with what they speak of.

use cachelint_syntax::scan::scan;
use cachelint_syntax::{Comment, CommentKind, Dialect, ExtractSettings, Source, SourceKind};

/// Writes a comment as its kind, its body, `alone` or `beside`, and what comes next.
fn describe(text: &str, comment: &Comment) -> String {
    let kind = match comment.kind {
        CommentKind::Template => "template",
        CommentKind::Html => "html",
        CommentKind::Code => "code",
    };
    let alone = if comment.alone { "alone" } else { "beside" };
    let next = comment.next_tag.map_or("nothing", |next| next.of(text));
    format!("{kind}|{}|{alone}|{next}", comment.body.of(text))
}

fn check(kind: SourceKind, dialect: Dialect, cases: &[(&str, &[&str])]) {
    for (text, expected) in cases {
        let comments = scan(Source { text, kind, dialect }, &ExtractSettings::default()).comments;
        let described: Vec<String> = comments.iter().map(|comment| describe(text, comment)).collect();
        assert_eq!(&described, expected, "in {text}");
    }
}

#[test]
fn comments_of_templates_speak_of_the_next_tag() {
    check(
        SourceKind::Template,
        Dialect::Jinja,
        &[
            ("{# cachelint: a #}\n<p>\n<b>", &["template| cachelint: a |alone|<p>"]),
            ("<p>{# cachelint: a #}</p><b>", &["template| cachelint: a |beside|<b>"]),
            ("<p {# cachelint: a #}><b>", &["template| cachelint: a |beside|<b>"]),
            (" <!-- cachelint: a -->\r\n{# <p> #}<!-- <p> --><b>", &["html| cachelint: a |alone|<b>"]),
            ("<b>\n<!-- cachelint: a -->", &["html| cachelint: a |alone|nothing"]),
            (
                "<!-- {# cachelint: a #} --><b>",
                &["html| {# cachelint: a #} |beside|<b>", "template| cachelint: a |beside|<b>"],
            ),
            ("{# no #}<!-- cachelint -->", &[]),
            ("{{ '{# cachelint: a #}' }}<p title='<!-- cachelint: a -->'>", &[]),
        ],
    );
    check(
        SourceKind::Template,
        Dialect::Django,
        &[("{% comment %} cachelint: a {% endcomment %}\n<b>", &["template| cachelint: a |alone|<b>"])],
    );
}

#[test]
fn comments_of_code_speak_of_the_next_line() {
    check(
        SourceKind::Template,
        Dialect::Jinja,
        &[
            ("<style>\n/* cachelint: a */\n\n  b {\n}</style><p>", &["code| cachelint: a |alone|b {"]),
            ("<script>a // cachelint: a\n b</script>", &["code| cachelint: a|beside|b"]),
            ("<script>\n{# cachelint: a #}\nb\n</script><p>", &["template| cachelint: a |alone|b"]),
            ("<style>/* cachelint: a */</style>\n<p>", &["code| cachelint: a |beside|nothing"]),
            (
                "<!-- <style>/* cachelint: a */</style> -->",
                &["html| <style>/* cachelint: a */</style> |alone|nothing"],
            ),
        ],
    );
    check(
        SourceKind::Stylesheet,
        Dialect::Plain,
        &[
            ("/* cachelint: a */\na { b: c }\n", &["code| cachelint: a |alone|a { b: c }"]),
            ("a { b: url('/* cachelint: a */') }", &[]),
            ("// cachelint: a\n", &[]),
            ("/* cachelint: a", &["code| cachelint: a|alone|nothing"]),
        ],
    );
}

#[test]
fn comments_of_scripts_are_told_from_strings_and_regular_expressions() {
    check(
        SourceKind::Script,
        Dialect::Plain,
        &[
            ("a = '// cachelint: a'; b = `/* cachelint: a */`", &[]),
            ("a = /[/*] cachelint: a */.test(b)", &[]),
            ("a = b / c // cachelint: a", &["code| cachelint: a|beside|nothing"]),
            ("return /'/ // cachelint: a\nb", &["code| cachelint: a|beside|b"]),
            ("a = 'it\\'s' /* cachelint: a */", &["code| cachelint: a |beside|nothing"]),
            ("x('it's')\n/* cachelint: a */", &["code| cachelint: a |alone|nothing"]),
        ],
    );
}
