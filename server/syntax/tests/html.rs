//! Tags, raw text and comments are found as HTML's tokenizer finds them, template blocks aside.

mod scanned;

use cachelint_syntax::scan::{Block, BlockKind, Island, IslandKind, Scan, Within};
use cachelint_syntax::{Dialect, Enclosing, Inert, Span};
use scanned::template;

/// Checks what is found in each Jinja template.
fn check(cases: &[(&str, &[&str])]) {
    for (text, expected) in cases {
        assert_eq!(&lines(text, &template(text, Dialect::Jinja)), expected, "in {text}");
    }
}

/// The islands and blocks in the order of their starts.
fn lines(text: &str, scan: &Scan) -> Vec<String> {
    let islands = scan.islands.iter().map(|found| (found.span.start, island(text, found)));
    let blocks = scan.blocks.iter().map(|found| (found.span.start, block(text, found)));
    let mut lines: Vec<_> = islands.chain(blocks).collect();
    lines.sort_by_key(|&(start, _)| start);
    lines.into_iter().map(|(_, line)| line).collect()
}

fn island(text: &str, island: &Island) -> String {
    let kind = match &island.kind {
        IslandKind::Tag { name, .. } => name.to_string(),
        IslandKind::Style => "style body".to_owned(),
        IslandKind::Script { kind: None } => "script body".to_owned(),
        IslandKind::Script { kind: Some(kind) } => format!("{} body", kind.of(text)),
    };
    line(&kind, text, island.span, island.inert, island.enclosing)
}

fn block(text: &str, block: &Block) -> String {
    let kind = match block.kind {
        BlockKind::Output => "output",
        BlockKind::Statement => "statement",
        BlockKind::Comment => "comment",
        BlockKind::Raw => "raw",
    };
    let within = match block.within {
        Within::Text => "text",
        Within::Tag => "tag",
        Within::Value => "value",
        Within::Script => "script",
        Within::Style => "style",
        Within::HtmlComment => "comment",
    };
    line(&format!("{kind} in {within}"), text, block.span, block.inert, block.enclosing)
}

fn line(kind: &str, text: &str, span: Span, inert: Option<Inert>, enclosing: Enclosing) -> String {
    let inert = inert.map_or_else(String::new, |inert| format!(" ({})", inert.reason()));
    let bundle = if enclosing.bundle { " (bundle)" } else { "" };
    let translation = if enclosing.translation { " (translation)" } else { "" };
    format!("{kind}: {}{inert}{bundle}{translation}", span.of(text))
}

#[test]
fn tags_end_at_the_first_bracket_outside_quotes() {
    check(&[
        ("<a href=x>y</a>", &["a: <a href=x>"]),
        ("<A HREF='a>b'>", &["a: <A HREF='a>b'>"]),
        ("<img alt=\"'>\" src=a>", &["img: <img alt=\"'>\" src=a>"]),
        ("<img src=a\"b>c\">", &["img: <img src=a\"b>"]),
        ("<img\n\tsrc = 'a>'\r\n/>", &["img: <img\n\tsrc = 'a>'\r\n/>"]),
        ("<img src=>", &["img: <img src=>"]),
        ("<img =\"a>b\">", &["img: <img =\"a>"]),
        ("<img a=b/>", &["img: <img a=b/>"]),
        ("<img <link href=a>", &["img: <img <link href=a>"]),
        ("<p class=a>", &[]),
        ("<p style='color: red'>", &["p: <p style='color: red'>"]),
        ("<p DATA-src=a>", &["p: <p DATA-src=a>"]),
        ("<p data=a>", &[]),
        ("<image href=a><feImage href=b>", &["image: <image href=a>", "feimage: <feImage href=b>"]),
    ]);
}

#[test]
fn what_is_no_tag_is_text() {
    check(&[
        ("a < b > <a>", &["a: <a>"]),
        ("1<2<a>", &["a: <a>"]),
        ("<<a>", &["a: <a>"]),
        ("</><a>", &["a: <a>"]),
        ("</ a='>'><a>", &["a: <a>"]),
        ("</p a='>'><a>", &["a: <a>"]),
        ("<!doctype html><a>", &["a: <a>"]),
        ("<?php echo '<a>' ?><img>", &["img: <img>"]),
        ("<![CDATA[<a>]]><img>", &["img: <img>"]),
        ("<svg><![CDATA[<a>]]></svg><img>", &["img: <img>"]),
        ("<img src=a", &[]),
        ("<img src='a>", &[]),
        ("<", &[]),
        ("</", &[]),
        ("<!", &[]),
    ]);
}

#[test]
fn blocks_belong_to_the_tag_or_value_they_stand_in() {
    check(&[
        ("{{ a }}", &["output in text: {{ a }}"]),
        ("<p>{{ a }}</p>", &["output in text: {{ a }}"]),
        ("<p {{ a }}>", &["p: <p {{ a }}>", "output in tag: {{ a }}"]),
        (
            "<a href=\"{{ f(\"b>\") }}\" c='>'>",
            &["a: <a href=\"{{ f(\"b>\") }}\" c='>'>", "output in value: {{ f(\"b>\") }}"],
        ),
        ("<a href={{ b c }}d>e", &["a: <a href={{ b c }}d>", "output in value: {{ b c }}"]),
        ("<a href={% b %} c='>'>", &["a: <a href={% b %} c='>'>", "statement in value: {% b %}"]),
        (
            "<a href={% if b %}'>'{% endif %}>",
            &[
                "a: <a href={% if b %}'>'{% endif %}>",
                "statement in tag: {% if b %}",
                "statement in tag: {% endif %}",
            ],
        ),
        (
            "<p{% if a %} b='>'{% endif %}>",
            &[
                "p: <p{% if a %} b='>'{% endif %}>",
                "statement in tag: {% if a %}",
                "statement in tag: {% endif %}",
            ],
        ),
        ("<p data{{ a }}='>'>", &["p: <p data{{ a }}='>'>", "output in tag: {{ a }}"]),
        ("<p {{ a }}='>'>", &["p: <p {{ a }}='>'>", "output in tag: {{ a }}"]),
        ("<p {% a %}='>'>", &["p: <p {% a %}='>'>", "statement in tag: {% a %}"]),
        ("<{{ a }} b='>'>", &[": <{{ a }} b='>'>", "output in tag: {{ a }}"]),
        ("<h{{ a }}>", &["h: <h{{ a }}>", "output in tag: {{ a }}"]),
        (
            "<script{{ a }}><a></script>",
            &["script: <script{{ a }}>", "output in tag: {{ a }}", "script body: <a>"],
        ),
        ("</{{ a }} b='>'><a>", &["output in tag: {{ a }}", "a: <a>"]),
        ("<a href='{# ' #}'>", &["a: <a href='{# ' #}'>", "comment in value: {# ' #}"]),
    ]);
}

#[test]
fn raw_text_ends_at_its_own_end_tag() {
    check(&[
        ("<style><a></p></style><img>", &["style body: <a></p>", "img: <img>"]),
        ("<style>a</styled></STYLE\n><img>", &["style body: a</styled>", "img: <img>"]),
        (
            "<style>{{ '</style>' }}</style>",
            &["style body: {{ '</style>' }}", "output in style: {{ '</style>' }}"],
        ),
        ("<title><a></title><img>", &["img: <img>"]),
        ("<iframe src=a><a></iframe><img>", &["iframe: <iframe src=a>", "img: <img>"]),
        ("<noscript><img></noscript>", &["img: <img>"]),
        ("<plaintext><a></plaintext><img>", &[]),
        ("<style>a", &["style body: a"]),
        ("<style/>a</style>", &["style body: a"]),
        ("<svg><style/><a></svg>", &["a: <a>"]),
    ]);
}

#[test]
fn scripts_end_by_the_escaped_states() {
    check(&[
        ("<script>a</script><img>", &["script: <script>", "script body: a", "img: <img>"]),
        ("<script type=module>a</script>", &["script: <script type=module>", "module body: a"]),
        ("<script><!-- a</script>b", &["script: <script>", "script body: <!-- a"]),
        (
            "<script><!--<script>a</script>b--></script>",
            &["script: <script>", "script body: <!--<script>a</script>b-->"],
        ),
        ("<script><!--><script>a</script>", &["script: <script>", "script body: <!--><script>a"]),
        ("<script><!--<scripts>a</script>", &["script: <script>", "script body: <!--<scripts>a"]),
        (
            "<script>{{ '</script>' }}</script>",
            &["script: <script>", "script body: {{ '</script>' }}", "output in script: {{ '</script>' }}"],
        ),
    ]);
}

#[test]
fn comments_hold_inert_tags() {
    check(&[
        ("<!-- <a> --><img>", &["a: <a> (in an HTML comment)", "img: <img>"]),
        ("<!--><a>", &["a: <a>"]),
        ("<!---><a>", &["a: <a>"]),
        ("<!-- <a> --!><img>", &["a: <a> (in an HTML comment)", "img: <img>"]),
        ("<!-- <!-- <a> --><img>", &["a: <a> (in an HTML comment)", "img: <img>"]),
        ("<!-- <a> -- > <img>", &["a: <a> (in an HTML comment)", "img: <img> (in an HTML comment)"]),
        ("<!--[if IE]><a><![endif]-->", &["a: <a> (in a conditional comment)"]),
        ("<!--[if !IE]><!--><a><!--<![endif]-->", &["a: <a>"]),
        (
            "<!-- {{ a }}<b {{ c }}>{{ '-->' }} -->",
            &[
                "output in comment: {{ a }} (in an HTML comment)",
                "b: <b {{ c }}> (in an HTML comment)",
                "output in tag: {{ c }} (in an HTML comment)",
                "output in comment: {{ '-->' }} (in an HTML comment)",
            ],
        ),
        (
            "<!-- <script>a</script> -->",
            &["script: <script> (in an HTML comment)", "script body: a (in an HTML comment)"],
        ),
    ]);
}

#[test]
fn code_samples_and_templates_are_inert() {
    check(&[
        ("<pre><a></pre><img>", &["a: <a> (in a code sample)", "img: <img>"]),
        (
            "<code><a {{ b }}></code>",
            &["a: <a {{ b }}> (in a code sample)", "output in tag: {{ b }} (in a code sample)"],
        ),
        ("<textarea><a></textarea><img>", &["a: <a> (in a code sample)", "img: <img>"]),
        ("<xmp><!-- <a> --></xmp>", &["a: <a> (in a code sample)"]),
        (
            "{% if a %}<pre>{% else %}<pre>{% endif %}</pre><a>",
            &[
                "statement in text: {% if a %}",
                "statement in text: {% else %} (in a code sample)",
                "statement in text: {% endif %} (in a code sample)",
                "a: <a>",
            ],
        ),
        (
            "<template><template></template><a></template><img>",
            &["a: <a> (in a <template> element)", "img: <img>"],
        ),
    ]);
}

#[test]
fn template_comments_and_raw_blocks_are_inert() {
    check(&[
        (
            "{# <a {{ b }}> #}<img>",
            &[
                "comment in text: {# <a {{ b }}> #}",
                "a: <a {{ b }}> (in a template comment)",
                "output in tag: {{ b }} (in a template comment)",
                "img: <img>",
            ],
        ),
        ("{# <!-- <a> --> #}", &["comment in text: {# <!-- <a> --> #}", "a: <a> (in a template comment)"]),
        (
            "{% raw %}<a {{ b }}>{% endraw %}<img>",
            &[
                "raw in text: {% raw %}<a {{ b }}>{% endraw %}",
                "a: <a {{ b }}> (in a raw block)",
                "img: <img>",
            ],
        ),
        (
            "{% raw %}<title>{% endraw %}<a>{% raw %}</title><img>{% endraw %}",
            &[
                "raw in text: {% raw %}<title>{% endraw %}",
                "raw in text: {% raw %}</title><img>{% endraw %}",
                "img: <img> (in a raw block)",
            ],
        ),
        (
            "<!-- {# <a> #} -->",
            &["comment in comment: {# <a> #} (in an HTML comment)", "a: <a> (in a template comment)"],
        ),
    ]);
}

#[test]
fn bundles_and_translations_enclose() {
    check(&[
        (
            "{% assets 'a' %}<img>{{ b }}{% endassets %}<img>",
            &[
                "statement in text: {% assets 'a' %}",
                "img: <img> (bundle)",
                "output in text: {{ b }} (bundle)",
                "statement in text: {% endassets %} (bundle)",
                "img: <img>",
            ],
        ),
        (
            "{% trans %}<img>{% endtrans %}{% trans %}<img>",
            &[
                "statement in text: {% trans %}",
                "img: <img> (translation)",
                "statement in text: {% endtrans %} (translation)",
                "statement in text: {% trans %}",
                "img: <img>",
            ],
        ),
        (
            "<a {% compress js %}b{% endcompress %}>",
            &[
                "a: <a {% compress js %}b{% endcompress %}>",
                "statement in tag: {% compress js %}",
                "statement in tag: {% endcompress %} (bundle)",
            ],
        ),
    ]);
}
