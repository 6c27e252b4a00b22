//! Which language a template is read as, and what decided it.

use cachelint_lint::UrlFor;

use crate::testing::Site;

fn decided(files: &[(&str, &str)], path: &str, text: &str) -> String {
    let site = Site::new(files);
    let analysis = site.project().analyse(&site.path(path), text).unwrap();
    assert_eq!(analysis.not_analysed, None);
    format!("{}: {}", analysis.dialect.name(), analysis.dialect_reason)
}

#[test]
fn the_dialect_is_decided_by_configuration_extension_project_and_tags_in_this_order() {
    type Case<'a> = (&'a [(&'a str, &'a str)], &'a str, &'a str, &'a str);
    let flask: &[(&str, &str)] = &[("app/__init__.py", "from flask import Flask")];
    let cases: &[Case<'_>] = &[
        (
            &[("cachelint.toml", "[dialects]\n'old/**' = 'twig'"), ("app.py", "import flask")],
            "old/a.njk",
            "",
            "twig: the configuration says so of old/**",
        ),
        (flask, "app/templates/a.njk", "", "nunjucks: its extension is .njk"),
        (flask, "app/templates/a.html.j2", "", "jinja: its extension is .j2"),
        (flask, "app/templates/a.djhtml", "", "django: its extension is .djhtml"),
        (flask, "app/templates/x/a.html", "{{ a }}", "jinja: __init__.py imports flask"),
        (
            flask,
            "app/templates/a.html",
            "{% load static %}{% csrf_token %}{% blocktrans %}{% endblocktrans %}",
            "django: its tags are those of django, although __init__.py imports flask",
        ),
        (
            &[("manage.py", "    from django.core import x")],
            "shop/templates/a.html",
            "",
            "django: manage.py imports django",
        ),
        (
            &[("conf/base.py", "INSTALLED_APPS = []"), ("templates/", "")],
            "templates/a.html",
            "",
            "django: base.py holds Django settings",
        ),
        (&[("main.py", "import fastapi")], "templates/a.html", "", "jinja: main.py imports fastapi"),
        (&[("web.py", "import tornado.web")], "templates/a.html", "", "tornado: web.py imports tornado"),
        (
            &[("app.py", "import flaskless, djangonaut")],
            "templates/a.html",
            "",
            "plain: it holds no template tags",
        ),
        (
            &[("pyproject.toml", "dependencies = [\n  \"Django>=5\",\n]")],
            "templates/a.html",
            "",
            "django: pyproject.toml requires django",
        ),
        (
            &[("package.json", "{\"dependencies\": {\"nunjucks\": \"3\"}}")],
            "a.html",
            "",
            "nunjucks: package.json names nunjucks",
        ),
        (
            &[("eleventy.config.js", "return { htmlTemplateEngine: 'njk' }")],
            "a.html",
            "",
            "nunjucks: eleventy.config.js makes Nunjucks Eleventy's engine for HTML",
        ),
        (
            &[("composer.json", "{\"require\": {\"symfony/twig-bundle\": \"*\"}}")],
            "templates/a.html",
            "",
            "twig: composer.json requires Symfony or Twig",
        ),
        (&[("_config.yml", "title: x")], "_layouts/a.html", "", "liquid: _config.yml configures Jekyll"),
        (
            &[("config.toml", "base_url = 'https://example.com'")],
            "templates/a.html",
            "",
            "jinja: config.toml configures Zola",
        ),
        (&[], "a.html", "<p>", "plain: it holds no template tags"),
        (&[], "a.html", "{% load static %}{% static 'a.css' %}", "django: its tags are those of django"),
        (&[], "a.html", "{{#each a}}{{/each}}", "plain: its tags are of no language that is read"),
        (
            &[
                ("conf.py", "from django.conf import x"),
                ("env.py", "from jinja2 import Environment"),
                ("templates/", ""),
            ],
            "templates/a.html",
            "{% set a = b(1) %}{% macro c() %}{% endmacro %}",
            "jinja: its tags are those of jinja",
        ),
    ];
    for (files, path, text, expected) in cases {
        assert_eq!(decided(files, path, text), *expected, "{path} {text}");
    }
}

/// Files, a template's text, and why it is not analysed.
type Delimited<'a> = (&'a [(&'a str, &'a str)], &'a str, Option<&'a str>);

#[test]
fn templates_with_delimiters_that_are_not_known_are_not_analysed() {
    let python =
        [("app.py", "from flask import Flask\napp.jinja_options = dict(variable_start_string='[[')")];
    let set = [python[0], ("cachelint.toml", "[delimiters]\noutput = ['[[', ']]']")];
    let computed = [("app.py", "from flask import Flask\nenv.variable_start_string = OPEN")];
    let own = [("app.py", "from flask import Flask\nenv.variable_start_string = '{{'")];
    let reason = "app.py sets variable_start_string: name the delimiters in cachelint.toml";
    let cases: [Delimited<'_>; 5] = [
        (&python, "<img src=[[ x ]]>", Some(reason)),
        (&python, "<img src={{ vue }}>", None),
        (&set, "<img src=[[ x ]]>", None),
        (&computed, "<p>", Some(reason)),
        (&own, "<p>", None),
    ];
    for (files, text, expected) in cases {
        let site = Site::new(files);
        let analysis = site.project().analyse(&site.path("templates/a.html"), text).unwrap();
        assert_eq!(analysis.not_analysed.as_deref(), expected, "{files:?} {text}");
        assert!(expected.is_none() || analysis.resolved.is_empty());
    }
}

#[test]
fn url_for_is_that_of_the_framework() {
    let cases = [
        ("from flask import Flask", UrlFor::Flask),
        ("import quart", UrlFor::Flask),
        ("import jinja2", UrlFor::LikeFlask),
        ("from fastapi import FastAPI", UrlFor::Starlette),
        ("from starlette.routing import Mount", UrlFor::Starlette),
        ("from django.db import models", UrlFor::Other),
    ];
    for (python, expected) in cases {
        let site = Site::new(&[("app.py", python)]);
        let analysis = site.project().analyse(&site.path("templates/a.html"), "{{ url_for('x') }}").unwrap();
        assert_eq!(analysis.settings.url_for, expected, "{python}");
    }
}
