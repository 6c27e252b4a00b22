//! What references a source holds: one line each, as `form place «text» → pieces`.

use cachelint_syntax::{Dialect, ExtractSettings, Piece, Reference, Source, SourceKind, Url, extract};

/// `literal text`, `<dynamic>` and `name(endpoint, path)` for helpers.
fn render(url: &Url, text: &str) -> String {
    let piece = |piece: &Piece| match piece {
        Piece::Literal(literal) => literal.text.clone(),
        Piece::Dynamic(span) => format!("<{}>", span.of(text)),
        Piece::Helper(helper) => {
            let part = |url: &Option<Url>| url.as_ref().map(|url| render(url, text));
            let parts: Vec<_> = [part(&helper.endpoint), part(&helper.path)].into_iter().flatten().collect();
            let chain = helper.chain.iter().fold(String::new(), |chain, call| chain + "." + &call.name);
            let known = if helper.versioning.is_some() { "" } else { "?" };
            format!("{}{known}({}){chain}", helper.name, parts.join(", "))
        }
    };
    url.pieces.iter().map(piece).collect()
}

fn line(reference: &Reference, text: &str) -> String {
    let inert = reference.inert.map_or_else(String::new, |inert| format!(" [{}]", inert.reason()));
    let bundle = if reference.enclosing.bundle { " [bundle]" } else { "" };
    let form = reference.form();
    let place = reference.place.name();
    let form = if form == place { form } else { format!("{form} {place}") };
    format!("{form} «{}» {}{inert}{bundle}", reference.span.of(text), render(&reference.url, text))
}

fn lines(kind: SourceKind, dialect: Dialect, text: &str) -> Vec<String> {
    let source = Source { text, kind, dialect };
    extract(&source, &ExtractSettings::default()).references.iter().map(|it| line(it, text)).collect()
}

#[track_caller]
fn check(dialect: Dialect, text: &str, expected: &[&str]) {
    assert_eq!(lines(SourceKind::Template, dialect, text), expected, "{text}");
}

#[test]
fn elements_that_load_files_are_references() {
    let cases: &[(&str, &[&str])] = &[
        (r#"<link rel="stylesheet" href="a.css">"#, &["link[stylesheet].href «a.css» a.css"]),
        ("<LINK REL=StyleSheet HREF=a.css>", &["link[stylesheet].href «a.css» a.css"]),
        (r#"<link rel="shortcut icon" href=" /f.ico "/>"#, &["link[icon].href «/f.ico» /f.ico"]),
        (r#"<link rel="apple-touch-icon" href='t.png'>"#, &["link[apple-touch-icon].href «t.png» t.png"]),
        (
            r#"<link rel=preload as=font href=f.woff2 crossorigin>"#,
            &["link[preload][font].href «f.woff2» f.woff2"],
        ),
        (r#"<link rel=preload as=style href=a.css>"#, &["link[preload].href «a.css» a.css"]),
        (r#"<link rel=modulepreload href=a.js>"#, &["link[modulepreload].href «a.js» a.js"]),
        (r#"<link rel=manifest href=m.webmanifest>"#, &["link[manifest].href «m.webmanifest» m.webmanifest"]),
        (r#"<link rel=canonical href=/x><link rel=alternate href=/f.xml><link rel=search href=/o.xml>"#, &[]),
        ("<script src=a.js defer></script>", &["script.src «a.js» a.js"]),
        ("<script type=module src=a.js></script>", &["script[module].src «a.js» a.js"]),
        (
            r#"<img src=a.png?x=1&y srcset="b.png 1x, c.png 2x" alt>"#,
            &["img.src «a.png?x=1&y» a.png?x=1&y", "img.srcset «b.png» b.png", "img.srcset «c.png» c.png"],
        ),
        (
            "<picture><source srcset='a.webp, b.webp 2x'></picture>",
            &["source.srcset «a.webp» a.webp", "source.srcset «b.webp» b.webp"],
        ),
        (
            "<video src=v.mp4 poster=p.jpg><source src=w.webm><track src=t.vtt></video>",
            &[
                "video.src «v.mp4» v.mp4",
                "video.poster «p.jpg» p.jpg",
                "source.src «w.webm» w.webm",
                "track.src «t.vtt» t.vtt",
            ],
        ),
        (
            "<audio src=a.mp3></audio><embed src=e.svg><input type=image src=i.png><input src=no.png>",
            &["audio.src «a.mp3» a.mp3", "embed.src «e.svg» e.svg", "input[image].src «i.png» i.png"],
        ),
        (
            "<iframe src=/a.html></iframe><object data=o.svg></object>",
            &["iframe.src «/a.html» /a.html", "object.data «o.svg» o.svg"],
        ),
        (
            r##"<svg><use href="s.svg#a"/><use xlink:href="#b"/><image xlink:href=i.png /><feImage href=f.png /></svg>"##,
            &["use.href «s.svg#a» s.svg#a", "image.href «i.png» i.png", "feImage.href «f.png» f.png"],
        ),
        (
            "<table background=b.gif><td background='c.gif'>",
            &["background «b.gif» b.gif", "background «c.gif» c.gif"],
        ),
        (
            r#"<meta property="og:image" content="/o.png"><meta name=twitter:image content=/t.png>
            <meta name="msapplication-TileImage" content="m.png"><meta name=msapplication-TileColor content=#fff>
            <meta property="og:title" content="a.png">"#,
            &[
                "meta[og:image].content «/o.png» /o.png",
                "meta[twitter:image].content «/t.png» /t.png",
                "meta[msapplication].content «m.png» m.png",
            ],
        ),
        (
            r#"<a href="/x.pdf">a</a><a href=/page>b</a><a href="/y" download>c</a><a href=z.css download>"#,
            &["a.href «/x.pdf» /x.pdf", "a[download].href «z.css» z.css"],
        ),
        (
            "<div data-src=a.jpg data-srcset='b.jpg 1x, c.jpg 2x' data-other=d.jpg>",
            &["lazy-attribute «a.jpg» a.jpg", "lazy-srcset «b.jpg» b.jpg", "lazy-srcset «c.jpg» c.jpg"],
        ),
        ("<img src='data:image/png;base64,AA'><img src=''><img src><script src='blob:x'></script>", &[]),
        (r#"<img src="a&amp;b.png?x=1&amp;v=2">"#, &["img.src «a&amp;b.png?x=1&amp;v=2» a&b.png?x=1&v=2"]),
        ("<img\n  src=\"\n  a.png\n  \"\n>", &["img.src «a.png» a.png"]),
        (
            "<img src=bild-ä.png><img src=\"b%20c.png\">",
            &["img.src «bild-ä.png» bild-ä.png", "img.src «b%20c.png» b%20c.png"],
        ),
    ];
    for (text, expected) in cases {
        check(Dialect::Plain, text, expected);
    }
}

#[test]
fn styles_and_scripts_are_read() {
    let cases: &[(&str, &[&str])] = &[
        (
            "<style>a { background: url(a.png) }{% raw %}</style>{% endraw %}<img src=b.png>",
            &["css-url «a.png» a.png", "img.src «b.png» b.png"],
        ),
        (
            r#"<p style="background: url(&quot;a.png&quot;) no-repeat, url(b.png)">"#,
            &["style-attribute-url «a.png» a.png", "style-attribute-url «b.png» b.png"],
        ),
        (
            "<style>@import 'x.css'; @font-face{src:url(f.woff2)} a{b:url( 'i.png' )} /* url(n.png) */</style>",
            &["css-import «x.css» x.css", "css-font-url «f.woff2» f.woff2", "css-url «i.png» i.png"],
        ),
        (
            "<script type=module>import './a.js'; import x from 'bare'; export * from '/b.js'; import('./c.js')</script>",
            &[
                "module-import «./a.js» ./a.js",
                "module-import «/b.js» /b.js",
                "module-import «./c.js» ./c.js",
            ],
        ),
        (
            r#"<script type="importmap">{"imports": {"a": "/a.js", "b": "https://x/b.js"}}</script>"#,
            &["import-map «/a.js» /a.js", "import-map «https://x/b.js» https://x/b.js"],
        ),
        (
            "<script>load('/s/a.js'); t = '.js'; u = 'see a.js now'; v = '/s/' + w + '.js'; x = `/s/b.css?v=1`</script>",
            &["script-string «/s/a.js» /s/a.js", "script-string «/s/b.css?v=1» /s/b.css?v=1"],
        ),
        ("<script>navigator.serviceWorker.register('/sw.js')</script>", &["service-worker «/sw.js» /sw.js"]),
        (
            "<script type=text/template><img src=a.png></script><script type=application/ld+json>{\"a\":\"b.png\"}</script>",
            &[],
        ),
    ];
    for (text, expected) in cases {
        check(Dialect::Plain, text, expected);
    }
}

#[test]
fn what_a_browser_never_loads_is_inert() {
    let cases: &[(Dialect, &str, &[&str])] = &[
        (Dialect::Plain, "<!-- <img src=a.png> -->", &["img.src «a.png» a.png [in an HTML comment]"]),
        (Dialect::Jinja, "{# <img src=a.png> #}", &["img.src «a.png» a.png [in a template comment]"]),
        (Dialect::Jinja, "{% raw %}<img src=a.png>{% endraw %}", &["img.src «a.png» a.png [in a raw block]"]),
        (
            Dialect::Django,
            "{% comment %}<img src=a.png>{% endcomment %}",
            &["img.src «a.png» a.png [in a template comment]"],
        ),
        (
            Dialect::Django,
            "{% verbatim %}<img src=a.png>{% endverbatim %}",
            &["img.src «a.png» a.png [in a raw block]"],
        ),
        (Dialect::Plain, "<pre><img src=a.png></pre>", &["img.src «a.png» a.png [in a code sample]"]),
        (
            Dialect::Plain,
            "<template><img src=a.png></template>",
            &["img.src «a.png» a.png [in a <template> element]"],
        ),
        (
            Dialect::Plain,
            "<textarea><img src=a.png></textarea><noscript><img src=b.png></noscript>",
            &["img.src «a.png» a.png [in a code sample]", "img.src «b.png» b.png"],
        ),
        (
            Dialect::Django,
            "{% compress css %}<link rel=stylesheet href=\"{% static 'a.css' %}\">{% endcompress %}",
            &["tag:static link[stylesheet].href «{% static 'a.css' %}» static(a.css) [bundle]"],
        ),
    ];
    for (dialect, text, expected) in cases {
        check(*dialect, text, expected);
    }
}

#[test]
#[expect(clippy::too_many_lines, reason = "a table")]
fn flask_calls_are_references() {
    let cases: &[(&str, &[&str])] = &[
        (
            r#"<link rel="stylesheet" href="{{ url_for('static', filename='css/a.css') }}">"#,
            &[
                "call:url_for link[stylesheet].href «url_for('static', filename='css/a.css')» url_for(static, css/a.css)",
            ],
        ),
        (
            r#"<script src="{{ url_for("static", filename="a.js") }}"></script>"#,
            &["call:url_for script.src «url_for(\"static\", filename=\"a.js\")» url_for(static, a.js)"],
        ),
        (
            "<script src={{ url_for('static', filename='a.js') }} defer></script>",
            &["call:url_for script.src «url_for('static', filename='a.js')» url_for(static, a.js)"],
        ),
        (
            r#"<img src="{{ url_for('static', filename='a.png') }}?v=1#x">"#,
            &[
                "call:url_for img.src «{{ url_for('static', filename='a.png') }}?v=1#x» url_for(static, a.png)?v=1#x",
            ],
        ),
        (
            r#"<img src="{{ url_for('static', filename='a.png') }}?v={{ version }}">"#,
            &[
                "call:url_for img.src «{{ url_for('static', filename='a.png') }}?v={{ version }}» url_for(static, a.png)?v=<{{ version }}>",
            ],
        ),
        (
            r#"<img src="{{ url_for('static', filename='i/' ~ name ~ '.png') }}">"#,
            &[
                "call:url_for img.src «url_for('static', filename='i/' ~ name ~ '.png')» url_for(static, i/<name>.png)",
            ],
        ),
        (
            r#"<img src="{{ url_for('.static', filename='a.png', v='1', **extra)|safe }}">"#,
            &[
                "call:url_for img.src «url_for('.static', filename='a.png', v='1', **extra)» url_for(.static, a.png)",
            ],
        ),
        (
            r#"<img src="{{ 'a.png' if x else url_for('static', filename='b.png') }}">"#,
            &[
                "img.src «a.png» a.png",
                "call:url_for img.src «url_for('static', filename='b.png')» url_for(static, b.png)",
            ],
        ),
        (
            r#"<img src="{% if x %}a.png{% else %}b.png{% endif %}">"#,
            &["img.src «a.png» a.png", "img.src «b.png» b.png"],
        ),
        (
            r#"<img src="{% if x %}a{% else %}b{% endif %}.png">"#,
            &[
                "img.src «{% if x %}a{% else %}b{% endif %}.png» a.png",
                "img.src «{% if x %}a{% else %}b{% endif %}.png» b.png",
            ],
        ),
        (
            r#"<link rel=stylesheet {% if x %}href="a.css"{% else %}href="b.css"{% endif %}>"#,
            &["link[stylesheet].href «a.css» a.css", "link[stylesheet].href «b.css» b.css"],
        ),
        (
            r#"<img src="{{ '/static/' + name }}"><img src="{{ '/static/a.png' }}"><img src="{{ url }}">"#,
            &[
                "img.src «{{ '/static/' + name }}» /static/<name>",
                "img.src «/static/a.png» /static/a.png",
                "img.src «{{ url }}» <{{ url }}>",
            ],
        ),
        (
            "{% set css = url_for('static', filename='a.css') %}{% set l = [url_for('static', filename='b.css')] %}",
            &[
                "call:url_for set «url_for('static', filename='a.css')» url_for(static, a.css)",
                "call:url_for nested «url_for('static', filename='b.css')» url_for(static, b.css)",
            ],
        ),
        (
            "{{ icon(url_for('static', filename='a.svg')) }}{{ url_for('index') }}{{ url_for('static', filename='b.svg') }}",
            &[
                "call:url_for nested «url_for('static', filename='a.svg')» url_for(static, a.svg)",
                "call:url_for text «url_for('static', filename='b.svg')» url_for(static, b.svg)",
            ],
        ),
        (
            "<div data-x=\"{{ url_for('static', filename='a.js') }}\" title=\"{{ url_for('static', filename='b.js') }}\">",
            &[
                "call:url_for data-attribute «url_for('static', filename='a.js')» url_for(static, a.js)",
                "call:url_for text «url_for('static', filename='b.js')» url_for(static, b.js)",
            ],
        ),
        (
            "<script>f(\"{{ url_for('static', filename='a.js') }}\", {{ url_for('static', filename='b.js')|tojson }})</script>",
            &[
                "call:url_for script-string «url_for('static', filename='a.js')» url_for(static, a.js)",
                "call:url_for script-string «url_for('static', filename='b.js')» url_for(static, b.js)",
            ],
        ),
        (
            "<style>a{b:url({{ url_for('static', filename='a.png') }})}</style>",
            &["call:url_for css-url «url_for('static', filename='a.png')» url_for(static, a.png)"],
        ),
        (
            "<p style=\"background:url('{{ url_for('static', filename='a.png') }}')\">",
            &[
                "call:url_for style-attribute-url «url_for('static', filename='a.png')» url_for(static, a.png)",
            ],
        ),
        (
            r#"<img srcset="{{ url_for('static', filename='a.png') }} 1x, {{ url_for('static', filename='b.png') }} 2x">"#,
            &[
                "call:url_for img.srcset «url_for('static', filename='a.png')» url_for(static, a.png)",
                "call:url_for img.srcset «url_for('static', filename='b.png')» url_for(static, b.png)",
            ],
        ),
        (
            r#"<img src="{{ url_for('static', path='/a.png').include_query_params(v=1) }}"><img src="{{ request.url_for('static', path='b.png') }}">"#,
            &[
                "call:url_for img.src «url_for('static', path='/a.png')» url_for(static, /a.png).include_query_params",
                "call:url_for img.src «request.url_for('static', path='b.png')» request.url_for(static, b.png)",
            ],
        ),
        (
            r#"<img src="{{ url_for('views.themes', path='a.png') }}"><script src="{{ get_it('a.js') }}"></script>"#,
            &[
                "call:url_for img.src «url_for('views.themes', path='a.png')» url_for(views.themes, a.png)",
                "call:get_it script.src «get_it('a.js')» get_it?()",
            ],
        ),
        (
            r#"<link rel=stylesheet href="{{ 'css/a.css'|url }}"><script src="{{ webpack['a.js'] }}"></script>"#,
            &[
                "filter:url link[stylesheet].href «'css/a.css'|url» url(css/a.css)",
                "subscript:webpack script.src «webpack['a.js']» webpack()",
            ],
        ),
        (
            "<img src=\"{{ url_for(\n  'static',\n  filename='a.png',\n) }}\">",
            &["call:url_for img.src «url_for(\n  'static',\n  filename='a.png',\n)» url_for(static, a.png)"],
        ),
        (
            "<img src=\"{{ {'a': {'b': 'c}}'}}.a }}\"><img src=b.png>",
            &["img.src «{{ {'a': {'b': 'c}}'}}.a }}» <{{ {'a': {'b': 'c}}'}}.a }}>", "img.src «b.png» b.png"],
        ),
    ];
    for (text, expected) in cases {
        check(Dialect::Jinja, text, expected);
    }
}

#[test]
fn django_tags_are_references() {
    let cases: &[(&str, &[&str])] = &[
        (
            r#"<script src="{% static 'a.js' %}"></script>"#,
            &["tag:static script.src «{% static 'a.js' %}» static(a.js)"],
        ),
        (
            r#"<script src="{% static "a.js" %}?v=2"></script>"#,
            &["tag:static script.src «{% static \"a.js\" %}?v=2» static(a.js)?v=2"],
        ),
        (
            "{% static 'a.css' as css %}<link rel=stylesheet href=\"{{ css }}\">",
            &[
                "tag:static stored-tag «{% static 'a.css' as css %}» static(a.css)",
                "link[stylesheet].href «{{ css }}» <{{ css }}>",
            ],
        ),
        (
            r#"<img src="{% static ch.icon %}"><img src="{% static 'i/'|add:name %}">"#,
            &[
                "tag:static img.src «{% static ch.icon %}» static(<ch.icon>)",
                "tag:static img.src «{% static 'i/'|add:name %}» static(i/<name>)",
            ],
        ),
        (
            r#"<img src="{{ STATIC_URL }}a.png"><img src="{% get_static_prefix %}b.png"><img src="{{ host }}{{ STATIC_URL }}c.png">"#,
            &[
                "prefix:STATIC_URL img.src «{{ STATIC_URL }}a.png» STATIC_URL()a.png",
                "tag:get_static_prefix img.src «{% get_static_prefix %}b.png» get_static_prefix()b.png",
                "prefix:STATIC_URL img.src «{{ host }}{{ STATIC_URL }}c.png» <{{ host }}>STATIC_URL()c.png",
            ],
        ),
        (
            r#"<link rel=stylesheet href="{% static 'a.css' %}{% if debug %}?{% now 'U' %}{% endif %}">"#,
            &[
                "tag:static link[stylesheet].href «{% static 'a.css' %}{% if debug %}?{% now 'U' %}{% endif %}» static(a.css)?now?()",
            ],
        ),
        (
            r#"<form action="{% url 'x' %}"><img src="{% url 'x' %}">"#,
            &["img.src «{% url 'x' %}» <{% url 'x' %}>"],
        ),
        (
            "<script>f(\"{% static 'a.js' %}\")</script>",
            &["tag:static script-string «{% static 'a.js' %}» static(a.js)"],
        ),
        (
            r#"<script src="{% static_with_params 'a.js' v=settings.X %}"></script>"#,
            &[
                "tag:static_with_params script.src «{% static_with_params 'a.js' v=settings.X %}» static_with_params(a.js)",
            ],
        ),
    ];
    for (text, expected) in cases {
        check(Dialect::Django, text, expected);
    }
}

#[test]
fn stylesheets_and_scripts_are_sources_too() {
    assert_eq!(
        lines(SourceKind::Stylesheet, Dialect::Plain, "@import 'b.css'; a{b:url(c\\20 d.png)}"),
        ["css-import «b.css» b.css", "css-url «c\\20 d.png» c d.png",]
    );
    assert_eq!(
        lines(SourceKind::Script, Dialect::Plain, "import './b.js'; f('/static/c.css')"),
        ["module-import «./b.js» ./b.js", "script-string «/static/c.css» /static/c.css",]
    );
}
