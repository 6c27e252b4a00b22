//! What references name in projects of a framework: a line a case, over one small site each.

use cachelint_lint::UrlFor;

use super::resolution::check;
use crate::testing::Site;

#[test]
fn flask_applications_serve_static_and_their_blueprints_folders() {
    let site = Site::new(&[
        ("app/__init__.py", "from flask import Flask\napp = Flask(__name__)"),
        ("app/static/css/a.css", "a{}"),
        ("app/static/css/shared.css", "app"),
        ("app/static/img/shop front.png", "png"),
        ("app/admin/__init__.py", "from flask import Blueprint"),
        ("app/admin/static/panel.css", "p{}"),
        ("app/admin/static/css/shared.css", "admin"),
        ("app/shop/static/till.js", "till()"),
        ("other/static/other.css", "o{}"),
    ]);
    check(
        &site,
        "app/admin/templates/a.html",
        &[
            (
                "<link rel=stylesheet href=\"{{ url_for('static', filename='css/a.css') }}\">",
                "app/static/css/a.css (code) as css/a.css at /static/css/a.css",
            ),
            (
                "<link rel=stylesheet href=\"{{ url_for('static', filename='css/shared.css') }}\">",
                "app/static/css/shared.css (code) as css/shared.css at /static/css/shared.css",
            ),
            (
                "<link rel=stylesheet href=\"{{ url_for('static', filename='/css/../css/./a.css') }}\">",
                "app/static/css/a.css (code) as css/a.css at /static/css/a.css",
            ),
            (
                "<link rel=stylesheet href=\"{{ url_for('admin.static', filename='panel.css') }}\">",
                "app/admin/static/panel.css (guessed) as panel.css at /static/panel.css",
            ),
            (
                "<link rel=stylesheet href=\"{{ url_for('.static', filename='panel.css') }}\">",
                "app/admin/static/panel.css (guessed) as panel.css at /static/panel.css",
            ),
            (
                "<script src=\"{{ url_for('shop.static', filename='till.js') }}\"></script>",
                "app/shop/static/till.js (guessed) as till.js at /static/till.js",
            ),
            (
                "<script src=\"{{ url_for('shop.static', filename='gone.js') }}\"></script>",
                "unknown: the static folder of shop.static was not read",
            ),
            (
                "<script src=\"{{ url_for('static', filename='gone.js') }}\"></script>",
                "missing gone.js in [app/static/]",
            ),
            (
                "<script src=\"{{ url_for('views.themes', path='x.js') }}\"></script>",
                "dynamic: a route (views.themes), no static file",
            ),
            (
                "<img src=\"{{ url_for('static', filename='img/' ~ name) }}\">",
                "dynamic: name is known only when the page is rendered",
            ),
            (
                "{{ x }}<img src=\"/static/img/shop%20front.png\">",
                "app/static/img/shop front.png (code) as img/shop front.png at /static/img/shop%20front.png",
            ),
            (
                "{{ x }}<script src=\"/static/other.css\"></script>",
                "missing other.css in [app/static/, app/admin/static/]",
            ),
            ("{{ x }}<link rel=stylesheet href=\"css/a.css\">", "dynamic: relative to the page's URL"),
            (
                "{{ x }}<link rel=stylesheet href=\"{{ my_static('css/a.css') }}\">",
                "app/static/css/a.css (guessed) as css/a.css at /static/css/a.css",
            ),
        ],
    );
}

#[test]
fn django_looks_into_every_app_the_nearest_first() {
    let site = Site::new(&[
        ("manage.py", "from django.core.management import execute_from_command_line"),
        ("blog/static/blog/a.css", "blog"),
        ("shop/static/shop/b.css", "shop"),
        ("shop/static/blog/a.css", "shop's copy"),
    ]);
    check(
        &site,
        "blog/templates/blog/a.html",
        &[
            (
                "<link rel=stylesheet href=\"{% static 'blog/a.css' %}\">",
                "blog/static/blog/a.css (guessed) as blog/a.css at /static/blog/a.css",
            ),
            (
                "<link rel=stylesheet href=\"{% static 'shop/b.css' %}\">",
                "shop/static/shop/b.css (guessed) as shop/b.css at /static/shop/b.css",
            ),
            (
                "<link rel=stylesheet href=\"{{ STATIC_URL }}shop/b.css\">",
                "shop/static/shop/b.css (guessed) as shop/b.css at /static/shop/b.css",
            ),
            (
                "<link rel=stylesheet href=\"{% get_static_prefix %}shop/b.css\">",
                "shop/static/shop/b.css (guessed) as shop/b.css at /static/shop/b.css",
            ),
            ("<img src=\"{{ MEDIA_URL }}a.png\">", "unknown: uploads are not looked at"),
            (
                "<link rel=stylesheet href=\"{% static 'admin/c.css' %}\">",
                "unknown: the project's settings decide what it names, and they were not read",
            ),
        ],
    );
}

#[test]
fn django_looks_where_the_settings_say() {
    let settings = "\
BASE = Path(__file__).parent.parent
INSTALLED_APPS = ['django.contrib.admin', 'blog']
STATIC_URL = '/files/'
STATIC_ROOT = BASE / 'static'
STATICFILES_DIRS = [BASE / 'assets', ('lib', BASE / 'node')]
";
    let site = Site::new(&[
        ("manage.py", "os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'conf.settings')"),
        ("conf/settings.py", settings),
        ("blog/static/blog/a.css", "blog"),
        ("assets/css/b.css", "assets"),
        ("node/x/c.js", "node"),
        ("static/css/collected.css", "collected"),
    ]);
    check(
        &site,
        "blog/templates/blog/a.html",
        &[
            (
                "<link rel=stylesheet href=\"{% static 'blog/a.css' %}\">",
                "blog/static/blog/a.css (code) as blog/a.css at /files/blog/a.css",
            ),
            (
                "<script src=\"{% static 'lib/x/c.js' %}\"></script>",
                "node/x/c.js (code) as lib/x/c.js at /files/lib/x/c.js",
            ),
            (
                "<script src=\"{% static 'lib/X/c.js' %}\"></script>",
                "node/x/c.js (code) as lib/X/c.js at /files/lib/X/c.js, on disk lib/x/c.js",
            ),
            (
                "{{ x }}<link rel=stylesheet href=\"/files/css/b.css\">",
                "assets/css/b.css (code) as css/b.css at /files/css/b.css",
            ),
            (
                "<link rel=stylesheet href=\"{{ STATIC_URL }}css/gone.css\">",
                "missing css/gone.css in [assets/, blog/static/]",
            ),
            (
                "<link rel=stylesheet href=\"{{ STATIC_URL }}css/collected.css\">",
                "missing css/collected.css in [assets/, blog/static/]",
            ),
            (
                "<script src=\"{{ STATIC_URL }}lib/gone.js\"></script>",
                "missing lib/gone.js in [assets/, node/, blog/static/]",
            ),
            (
                "<link rel=stylesheet href=\"{{ STATIC_URL }}admin/css/base.css\">",
                "unknown: an installed package may serve it",
            ),
            (
                "<link rel=stylesheet href=\"{% static 'admin/css/base.css' %}\">",
                "unknown: no folder of the settings holds it; an installed package may serve it",
            ),
        ],
    );
}

#[test]
fn starlette_names_its_mounts() {
    let site = Site::new(&[
        ("main.py", "from fastapi import FastAPI\napp = FastAPI()"),
        ("static/a.css", "a"),
        ("assets/b.css", "b"),
    ]);
    check(
        &site,
        "templates/a.html",
        &[
            (
                "<link rel=stylesheet href=\"{{ url_for('static', path='/a.css') }}\">",
                "static/a.css (guessed) as a.css at /static/a.css",
            ),
            (
                "<link rel=stylesheet href=\"{{ request.url_for('static', path='a.css') }}\">",
                "static/a.css (guessed) as a.css at /static/a.css",
            ),
            (
                "<link rel=stylesheet href=\"{{ url_for('assets', path='b.css') }}\">",
                "assets/b.css (guessed) as b.css at /assets/b.css",
            ),
            (
                "<link rel=stylesheet href=\"{{ url_for('admin:statics', path='gone.css') }}\">",
                "unknown: the folder of the mount statics was not read",
            ),
        ],
    );
    let analysis = site.project().analyse(&site.path("templates/a.html"), "{{ x }}").unwrap();
    assert_eq!(analysis.settings.url_for, UrlFor::Starlette);
}

#[test]
fn starlette_serves_what_its_code_mounts() {
    let code = "\
app = FastAPI()
app.mount('/files', StaticFiles(directory='web/public'), name='assets')
app.mount('/lib', StaticFiles(directory='lib', packages=['bootstrap4']), name='lib')
app.mount('/unnamed', StaticFiles(directory='web/other'))
";
    let site = Site::new(&[
        ("web/main.py", code),
        ("web/public/a.css", "a"),
        ("web/other/b.css", "b"),
        ("lib/c.css", "c"),
        ("assets/a.css", "no mount"),
    ]);
    check(
        &site,
        "web/templates/a.html",
        &[
            (
                "<link rel=stylesheet href=\"{{ url_for('assets', path='/a.css') }}\">",
                "web/public/a.css (code) as a.css at /files/a.css",
            ),
            (
                "{{ x }}<link rel=stylesheet href=\"/files/a.css\">",
                "web/public/a.css (code) as a.css at /files/a.css",
            ),
            (
                "{{ x }}<link rel=stylesheet href=\"/unnamed/b.css\">",
                "web/other/b.css (code) as b.css at /unnamed/b.css",
            ),
            (
                "<script src=\"{{ url_for('assets', path='gone.js') }}\"></script>",
                "missing gone.js in [web/public/]",
            ),
            (
                "<link rel=stylesheet href=\"{{ url_for('lib', path='c.css') }}\">",
                "lib/c.css (code) as c.css at /lib/c.css",
            ),
            (
                "<link rel=stylesheet href=\"{{ url_for('lib', path='css/bootstrap.css') }}\">",
                "unknown: an installed package may serve it",
            ),
        ],
    );
}

#[test]
fn packages_of_a_virtual_environment_are_found() {
    let site = Site::new(&[
        (".gitignore", ".venv/"),
        ("manage.py", "os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'conf.settings')"),
        ("conf/settings.py", "INSTALLED_APPS = ['django.contrib.admin', 'elsewhere']"),
        (".venv/pyvenv.cfg", ""),
        (".venv/lib/python3.13/site-packages/django/contrib/admin/static/admin/css/base.css", "b"),
    ]);
    check(
        &site,
        "templates/a.html",
        &[
            (
                "<link rel=stylesheet href=\"{% static 'admin/css/base.css' %}\">",
                ".venv/lib/python3.13/site-packages/django/contrib/admin/static/admin/css/base.css (code) as admin/css/base.css at /static/admin/css/base.css, ignored",
            ),
            (
                "<link rel=stylesheet href=\"{{ STATIC_URL }}elsewhere/a.css\">",
                "unknown: an installed package may serve it",
            ),
        ],
    );
}

#[test]
fn placeholders_of_bundlers_stand_for_the_public_folder() {
    let site = Site::new(&[
        ("react/package.json", "{ \"dependencies\": { \"react-scripts\": \"5\" } }"),
        ("react/public/a.css", "a"),
        ("kit/svelte.config.js", ""),
        ("kit/static/a.css", "a"),
    ]);
    check(
        &site,
        "react/public/index.html",
        &[(
            "<link rel=stylesheet href=\"%PUBLIC_URL%/a.css\">",
            "react/public/a.css (guessed) as a.css at /a.css",
        )],
    );
    check(
        &site,
        "kit/src/app.html",
        &[(
            "<link rel=stylesheet href=\"%sveltekit.assets%/a.css\">",
            "kit/static/a.css (guessed) as a.css at /a.css",
        )],
    );
}
