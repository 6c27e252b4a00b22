//! Template blocks are cut by the rules of their dialect, and what is unclosed costs little.

mod scanned;

use cachelint_syntax::scan::{Block, BlockKind, Names, scan};
use cachelint_syntax::{Delimiters, Dialect, ExtractSettings, Rendered, Source, SourceKind};
use scanned::template;

/// Writes each block as a letter for its kind and its inner part.
fn inner(text: &str, blocks: &[Block]) -> Vec<String> {
    let kind = |block: &Block| match block.kind {
        BlockKind::Output => 'o',
        BlockKind::Statement => 's',
        BlockKind::Comment => 'c',
        BlockKind::Raw => 'r',
    };
    blocks.iter().map(|block| format!("{}:{}", kind(block), block.inner.of(text))).collect()
}

fn check(dialect: Dialect, cases: &[(&str, &[&str])]) {
    for (text, expected) in cases {
        assert_eq!(&inner(text, &template(text, dialect).blocks), expected, "in {text}");
    }
}

#[test]
fn jinja_balances_brackets_and_strings() {
    check(
        Dialect::Jinja,
        &[
            ("{{ {'a': {'b': 1}} }}", &["o: {'a': {'b': 1}} "]),
            ("{{ '}}' }}{% if '%}' %}", &["o: '}}' ", "s: if '%}' "]),
            (r#"{{ "\"}}" }}"#, &[r#"o: "\"}}" "#]),
            ("{{ a\n|b }}", &["o: a\n|b "]),
            ("{{ a if b }}}", &["o: a if b "]),
            ("{{{a}}}", &["o:{a}"]),
            ("{{- a -}}{%- b -%}{%+ c +%}{#- d -#}{#+ e +#}", &["o: a ", "s: b ", "s: c ", "c: d ", "c: e "]),
            ("{{ a +}}", &["o: a +"]),
            ("{# {{ a }} {# #} #}", &["c: {{ a }} {# ", "o: a "]),
            ("{#}#}", &["c:}"]),
            ("{{ ä|b('»') }}", &["o: ä|b('»') "]),
        ],
    );
}

#[test]
fn jinja_raw_blocks_are_one_block() {
    check(
        Dialect::Jinja,
        &[
            ("{% raw %}{{ a }}{% endraw %}{{ b }}", &["r:{{ a }}", "o: b "]),
            ("{%- raw -%} {% a %} {%- endraw -%}", &["r: {% a %} "]),
            ("{%+ raw %}{%+ endraw +%}", &["r:"]),
            ("{%raw%}{# {%endraw%}", &["r:{# "]),
            ("{% raw +%}{{ a }}{% endraw %}", &["s: raw ", "o: a ", "s: endraw "]),
            ("{% raw %}{{ a }}", &["s: raw ", "o: a "]),
            ("{% raw a %}{% endraw %}", &["s: raw a ", "s: endraw "]),
        ],
    );
    check(Dialect::Twig, &[("{%~ verbatim ~%}{{ a }}{% endverbatim %}", &["r:{{ a }}"])]);
    check(Dialect::Nunjucks, &[("{% verbatim %}{{ a }}{% endverbatim %}", &["r:{{ a }}"])]);
}

#[test]
fn jinja_loses_little_where_a_block_does_not_close() {
    check(
        Dialect::Jinja,
        &[
            ("{{ a {{ b }}", &["o: b "]),
            ("{{ f(a }} {{ b }}", &["o: f(a ", "o: b "]),
            ("{{ a } {{ b }}", &["o: b "]),
            ("{{ it's }} {% b %}", &["o: it's ", "s: b "]),
            ("{{ a ? b : 'c}}' }}", &["o: a ? b : 'c}}' "]),
            ("{% if a {% b %}", &["s: b "]),
            ("{# a {{ b }}", &["o: b "]),
            ("{{ f([a) }}", &["o: f([a) "]),
            ("{{", &[]),
            ("{% raw", &[]),
        ],
    );
}

#[test]
fn jinja_delimiters_can_be_chosen() {
    let pair = |open: &str, close: &str| (open.to_owned(), close.to_owned());
    let check = |statement, output, comment, text: &str, expected: &[&str]| {
        let delimiters = Delimiters { statement, output, comment };
        let settings = ExtractSettings { delimiters, ..ExtractSettings::default() };
        let source = Source { text, kind: SourceKind::Template, dialect: Dialect::Jinja };
        assert_eq!(inner(text, &scan(source, &settings).blocks), expected, "in {text}");
    };
    check(
        pair("[%", "%]"),
        pair("[[", "]]"),
        pair("[#", "#]"),
        "{{ a }}[[ b[c[0]] ]][%- d -%][# e #]",
        &["o: b[c[0]] ", "s: d ", "c: e "],
    );
    check(
        pair("<%", "%>"),
        pair("<%=", "%>"),
        pair("<%#", "%>"),
        "<a href='<%= b %>'><% c %><%# d %>",
        &["o: b ", "s: c ", "c: d "],
    );
    check(
        pair("<!--%", "-->"),
        pair("«", "»"),
        pair("((*", "*))"),
        "« a »<!--% b --->((* c *))<!-- d -->",
        &["o: a ", "s: b ", "c: c "],
    );
}

#[test]
fn django_blocks_end_on_their_line_at_the_first_delimiter() {
    check(
        Dialect::Django,
        &[
            ("{{ {'a': {'b': 1}} }}", &["o: {'a': {'b': 1"]),
            ("{{ '}}' }}", &["o: '"]),
            ("{{ a\n}}{{ b }}", &["o: b "]),
            ("{# a\n#}{# b #}", &["c: b "]),
            ("{{ a {{ b }}", &["o: a {{ b "]),
            ("{% a {{ %}", &["s: a {{ "]),
            ("{%- a -%}", &["s:- a -"]),
            ("{%}%}{{}}", &["s:}", "o:"]),
        ],
    );
}

#[test]
fn django_verbatim_and_comment_are_one_block() {
    check(
        Dialect::Django,
        &[
            ("{% verbatim %}{{ a }}{% endverbatim %}{{ b }}", &["r:{{ a }}", "o: b "]),
            ("{% verbatim a %}{% endverbatim %}{% endverbatim a %}", &["r:{% endverbatim %}"]),
            ("{% verbatim %}{{ a }}", &["r:{{ a }}"]),
            ("{% comment 'x' %}{{ a }}{% endcomment %}{{ b }}", &["c:{{ a }}", "o: a ", "o: b "]),
            ("{% comment %}{{ a }}", &["s: comment ", "o: a "]),
            ("{% comment\t'x' %}a{% endcomment %}", &["c:a"]),
            ("{% verbatim\tx %}{{ a }}", &["s: verbatim\tx ", "o: a "]),
            ("{% verbatimx %}{{ a }}", &["s: verbatimx ", "o: a "]),
        ],
    );
}

#[test]
fn liquid_tornado_and_foreign_blocks_have_their_own_rules() {
    check(
        Dialect::Liquid,
        &[
            ("{%- a\nb -%}{{- c -}}{# d #}", &["s: a\nb ", "o: c "]),
            ("{% raw %}{{ a }}{%- endraw -%}", &["r:{{ a }}"]),
            ("{%- comment -%}a{%- endcomment -%}", &["c:a"]),
        ],
    );
    check(
        Dialect::Tornado,
        &[
            ("{{! a }}{%! b %}{#! c #}{{ d }}", &["o: d "]),
            ("{% comment a %}{{ b\n}}{# c #}", &["s: comment a ", "o: b\n", "c: c "]),
            ("{{{ a }}}", &["o: a "]),
            ("{% raw a %}{{ b }}", &["s: raw a ", "o: b "]),
        ],
    );
    check(
        Dialect::Plain,
        &[("{{ a\n}}{#x}{% b %}{{ c {{ d }}", &["o: a\n", "s: b ", "o: d "]), ("{# {{ a }} #}", &["o: a "])],
    );
}

#[test]
fn keywords_are_the_first_words_of_statements() {
    let keyword = |text: &str| {
        let blocks = template(text, Dialect::Jinja).blocks;
        blocks[0].keyword.map(|word| word.of(text).to_owned())
    };
    let cases = [
        ("{% extends 'a' %}", Some("extends")),
        ("{%-\n if(a) %}", Some("if")),
        ("{% %}", None),
        ("{% 'a' %}", None),
        ("{{ a }}", None),
    ];
    for (text, expected) in cases {
        assert_eq!(keyword(text).as_deref(), expected, "in {text}");
    }
}

#[test]
fn a_template_tells_whether_more_than_macros_is_rendered() {
    let cases = [
        ("{# a #}\n{% extends 'a' %}b", Rendered::Page),
        ("{% set a = 1 %}{% extends 'a' %}", Rendered::Nothing),
        ("\u{feff}{% import 'a' as b %}\n{% macro c() %}d{{ e }}{% endmacro %}\n", Rendered::Macros),
        ("{% macro c() %}d{% endmacro %}e", Rendered::Page),
        ("{% macro c() %}d{% endmacro %}{{ c() }}", Rendered::Page),
        ("a", Rendered::Page),
        ("", Rendered::Nothing),
    ];
    for (text, rendered) in cases {
        assert_eq!(template(text, Dialect::Jinja).rendered, rendered, "in {text}");
    }
}

#[test]
fn imports_without_context_tell_what_they_import_and_where_the_context_goes() {
    let all = |name: &str| Names::All(name.to_owned());
    let only = |names: &[&str]| Names::Only(names.iter().map(|&name| name.to_owned()).collect());
    let cases = [
        ("{% import 'a.html' as a %}", Some((all("a"), "{% import 'a.html' as a| %}"))),
        ("{%-import \"a.html\" as b-%}", Some((all("b"), "{%-import \"a.html\" as b|-%}"))),
        (
            "{% from 'a.html' import x, y as z %}",
            Some((only(&["x", "y"]), "{% from 'a.html' import x, y as z| %}")),
        ),
        (
            "{% from 'a.html' import x without context %}",
            Some((only(&["x"]), "{% from 'a.html' import x |without| context %}")),
        ),
        ("{% from 'a.html' import x with context %}", None),
        ("{% import 'a.html' as a with context %}", None),
        ("{% import name as a %}", None),
        ("{# {% import 'a.html' as a %} #}", None),
        ("{% from 'a.html' %}", None),
        ("{% import 'a.html %}", None),
    ];
    for (text, expected) in cases {
        let imports = template(text, Dialect::Jinja).imports;
        let shown = imports.first().map(|import| {
            assert_eq!(import.template, "a.html");
            let (before, after) = (&text[..import.without.start], &text[import.without.end..]);
            let word = import.without.of(text);
            let mark = if word.is_empty() { "|".to_owned() } else { format!("|{word}|") };
            (import.names.clone(), format!("{before}{mark}{after}"))
        });
        assert_eq!(shown, expected.map(|(names, text)| (names, text.to_owned())), "in {text}");
    }
}

#[test]
fn macros_have_names_and_ends() {
    let text = "{% macro a(b) %}{%- macro c() -%}d{% endmacro %}{% endmacro %}{% macro e() %}";
    let macros = template(text, Dialect::Jinja).macros;
    let shown: Vec<_> = macros.iter().map(|it| (it.name.as_str(), it.span.of(text))).collect();
    assert_eq!(
        shown,
        [
            ("c", "{%- macro c() -%}d{% endmacro %}"),
            ("a", "{% macro a(b) %}{%- macro c() -%}d{% endmacro %}{% endmacro %}"),
        ]
    );
}
