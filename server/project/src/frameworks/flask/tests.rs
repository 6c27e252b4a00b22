//! What is read of Flask applications: snippets as people write them, and the facts they give.

use crate::frameworks::testing::{check, facts};

#[test]
fn an_application_names_its_folders_and_url() {
    check(
        &[("app/__init__.py", "from flask import Flask\napp = Flask(__name__)\n")],
        &["app app at Flask(…), app/__init__.py:2", "root static /static/ app/static"],
    );
    check(
        &[(
            "web.py",
            "import flask\nHERE = os.path.dirname(__file__)\ndef create():\n    return flask.Flask(__name__, static_folder=os.path.join(HERE, 'assets'), static_url_path='/s')\n",
        )],
        &["app  at flask.Flask(…), web.py:4", "root static /s/ assets"],
    );
    check(&[("a.py", "app = Flask(__name__, static_folder=None)\n")], &["app  at Flask(…), a.py:1"]);
    check(&[("a.py", "app = Flask(__name__, static_folder=choose())\n")], &["app  at Flask(…), a.py:1"]);
    check(
        &[("a.py", "app = Flask(__name__, static_url_path='')\napp.static_folder = 'web'\n")],
        &["app  at Flask(…), a.py:1", "root static / web"],
    );
    check(
        &[("a.py", "class Shop(Flask):\n    pass\n"), ("b/c.py", "from a import Shop\napp = Shop('shop')\n")],
        &["app b at Shop(…), b/c.py:2", "root static /static/ b/static"],
    );
}

#[test]
fn applications_that_tests_make_are_no_part_of_the_project() {
    let test = ("tests/test_app.py", "app = Flask(__name__)\n");
    let own = ("web.py", "app = Flask(__name__)\n");
    check(&[own, test], &["app  at Flask(…), web.py:1", "root static /static/ static"]);
    check(&[test], &["app tests at Flask(…), tests/test_app.py:1", "root static /static/ tests/static"]);
}

#[test]
fn blueprints_have_roots_of_their_own() {
    let app = "\
from flask import Flask
from .admin import bp as admin_bp
from . import blog, shop
def create_app():
    app = Flask(__name__)
    app.register_blueprint(admin_bp)
    app.register_blueprint(blog.blog, url_prefix='/b')
    app.register_blueprint(shop.parent)
    return app
";
    let files = [
        ("web/__init__.py", app),
        (
            "web/admin/__init__.py",
            "bp = Blueprint('admin', __name__, static_folder='static', url_prefix='/admin')\n",
        ),
        (
            "web/blog.py",
            "blog = Blueprint('blog', __name__, static_folder='blog_static', static_url_path='/files')\n",
        ),
        (
            "web/shop.py",
            "parent = Blueprint('shop', __name__, url_prefix='/shop')\nchild = Blueprint('cart', __name__, static_folder='cart', url_prefix='/cart')\nparent.register_blueprint(child)\n",
        ),
        ("web/plain.py", "plain = Blueprint('plain', __name__, static_folder='static')\n"),
    ];
    check(
        &files,
        &[
            "app web at Flask(…), web/__init__.py:5",
            "root static /static/ web/static",
            "root admin.static /admin/static/ web/admin/static",
            "root blog.static /b/files/ web/blog_static",
            "root plain.static /static/ web/static",
            "root shop.cart.static /shop/cart/cart/ web/cart",
        ],
    );
    let alone = [
        ("a.py", "app = Flask(__name__, static_folder=None)\n"),
        ("b/__init__.py", "b = Blueprint('b', __name__, static_folder='static')\n"),
    ];
    check(&alone, &["app  at Flask(…), a.py:1", "root b.static /static/ b/static"]);
}

#[test]
fn hooks_that_version_static_files_are_told_from_others() {
    let with = |code: &str| {
        let text =
            format!("app = Flask(__name__, static_folder=None)\nbp = Blueprint('bp', __name__)\n{code}");
        let all = facts(&[("a.py", &text)]);
        all.lines().skip(1).map(|line| line.replace(", a.py", "")).collect::<Vec<_>>().join("; ")
    };
    let table = [
        (
            "@app.url_defaults\ndef hashed(endpoint, values):\n    if endpoint == 'static' or endpoint.endswith('.static'):\n        values['h'] = 1\n",
            "versions url_for of all by hashed:4",
        ),
        (
            "@app.url_defaults\ndef dated(endpoint, values):\n    if 'static' == endpoint:\n        values['_'] = 1\n",
            "versions url_for of static by dated:4",
        ),
        (
            "@app.url_defaults\ndef lang(endpoint, values):\n    values.setdefault('lang_code', g.lang_code)\n",
            "",
        ),
        (
            "@bp.app_url_defaults\ndef stamp(endpoint, values):\n    if values.get('filename'):\n        values['v'] = 1\n",
            "versions url_for of all by stamp:4",
        ),
        (
            "@bp.url_defaults\ndef own(endpoint, values):\n    if endpoint == 'bp.static':\n        values['v'] = 1\n",
            "versions url_for of bp by own:4",
        ),
        (
            "@app.context_processor\ndef override():\n    return dict(url_for=dated_url_for)\ndef dated_url_for(endpoint, **values):\n    if endpoint == 'static':\n        values['q'] = 1\n    return url_for(endpoint, **values)\n",
            "versions url_for of static by dated_url_for:6",
        ),
        ("@app.context_processor\ndef names():\n    return dict(year=2026)\n", ""),
        (
            "@app.context_processor\ndef names():\n    return {'url_for': external}\ndef external(endpoint, **values):\n    return url_for(endpoint, _external=True, **values)\n",
            "",
        ),
        (
            "def stamped(endpoint, **values):\n    return url_for(endpoint, v=md5(values['filename']), **values)\napp.jinja_env.globals['url_for'] = stamped\n",
            "versions url_for of all by stamped:3",
        ),
        ("app.jinja_env.globals.update(url_for=magic)\n", "versions url_for of all by magic:3"),
        (
            "@app.template_global('url_for')\ndef static_or(endpoint, **v):\n    if endpoint == \"static\":\n        pass\n",
            "versions url_for of static by static_or:4",
        ),
        (
            "def add(endpoint, values):\n    if 'filename' in values:\n        values['v'] = 1\napp.url_defaults(add)\n",
            "versions url_for of all by add:3",
        ),
        (
            "from flask_cachebuster import CacheBuster\ncache = CacheBuster(config={})\ncache.init_app(app)\n",
            "versions url_for of static by CacheBuster:4",
        ),
        (
            "from flask_static_digest import FlaskStaticDigest\ndigest = FlaskStaticDigest()\n",
            "versions static_url_for of all by FlaskStaticDigest:4",
        ),
        (
            "from flask_cache_manifest import FlaskCacheManifest\nm = FlaskCacheManifest()\n",
            "versions hashed_url_for of all by FlaskCacheManifest:4",
        ),
    ];
    for (code, expected) in table {
        assert_eq!(with(code), expected, "{code}");
    }
}

#[test]
fn of_several_applications_a_hook_belongs_to_those_that_it_may_be_hooked_into() {
    const WEB: (&str, &str) = (
        "web/__init__.py",
        "def create_app():\n    app = Flask('web', static_folder=None)\n    return app\n",
    );
    const DESK: (&str, &str) = ("desk.py", "desk = Flask('desk', static_folder=None)\n");
    let hook = |receiver: &str| {
        format!(
            "@{receiver}.url_defaults\ndef add(endpoint, values):\n    if endpoint == 'static':\n        values['v'] = 1\n"
        )
    };
    let table = [
        ("hooks.py", "app = make()\n", "app", "web desk"),
        ("hooks.py", "from desk import desk\n", "desk", "desk"),
        ("hooks.py", "import desk\n", "desk.desk", "desk"),
        ("hooks.py", "from web import create_app\napp = create_app()\n", "app", "web"),
        ("hooks.py", "from again import create_app as make\napp = make()\n", "app", "web"),
        ("web/hooks.py", "from . import app\n", "app", "web"),
        ("web/hooks.py", "from desk import desk\n", "desk", "desk"),
    ];
    for (path, start, receiver, expected) in table {
        let code = format!("{start}{}", hook(receiver));
        let again = ("again.py", "from web import create_app\n");
        assert_eq!(versioned(&[WEB, DESK, again, (path, &code)]), expected, "{path} {start}");
    }
    let indented = hook("app").lines().map(|line| format!("    {line}\n")).collect::<String>();
    let given = format!("def init_app(app):\n{indented}");
    let importing = ("desk.py", "from web.hooks import init_app\ndesk = Flask('desk', static_folder=None)\n");
    assert_eq!(versioned(&[WEB, DESK, ("web/hooks.py", &given)]), "web");
    assert_eq!(versioned(&[WEB, importing, ("web/hooks.py", &given)]), "web desk");
}

/// The applications whose `url_for` adds a version, by the names they are given.
fn versioned(files: &[(&str, &str)]) -> String {
    let (mut app, mut found) = ("", Vec::new());
    let all = facts(files);
    for line in all.lines() {
        app = line
            .strip_prefix("app ")
            .map_or(app, |line| if line.contains("desk.py") { "desk" } else { "web" });
        found.extend(line.starts_with("versions ").then_some(app));
    }
    found.sort_unstable_by(|one, other| other.cmp(one));
    found.join(" ")
}

#[test]
fn what_is_said_of_caching_is_read() {
    let with = |code: &str| {
        let all = facts(&[("a.py", &format!("app = Flask(__name__, static_folder=None)\n{code}"))]);
        all.lines().skip(1).collect::<Vec<_>>().join("; ")
    };
    let table = [
        (
            "app.config['SEND_FILE_MAX_AGE_DEFAULT'] = 0\n",
            "caching Forbidden by SEND_FILE_MAX_AGE_DEFAULT, a.py:2",
        ),
        (
            "class C:\n    SEND_FILE_MAX_AGE_DEFAULT = 31536000\n",
            "caching Allowed by SEND_FILE_MAX_AGE_DEFAULT, a.py:3",
        ),
        (
            "app.config.update(SEND_FILE_MAX_AGE_DEFAULT=timedelta(days=9))\n",
            "caching Allowed by SEND_FILE_MAX_AGE_DEFAULT, a.py:2",
        ),
        (
            "@app.after_request\ndef off(r):\n    r.headers['Cache-Control'] = 'no-store'\n    return r\n",
            "caching Forbidden by off, a.py:3",
        ),
        (
            "@app.after_request\ndef api(r):\n    if request.path.startswith('/api'):\n        r.headers['Cache-Control'] = 'no-store'\n    return r\n",
            "caching Unknown by api, a.py:3",
        ),
        (
            "def off(r):\n    r.cache_control.no_store = True\n    return r\napp.after_request(off)\n",
            "caching Forbidden by off, a.py:2",
        ),
        (
            "bp = Blueprint('bp', __name__)\n@bp.after_request\ndef off(r):\n    r.cache_control.no_store = True\n",
            "",
        ),
        (
            "@pages.after_request\ndef off(r):\n    r.cache_control.no_store = True\n",
            "caching Unknown by off, a.py:3",
        ),
        (
            "if app.debug:\n    app.config['SEND_FILE_MAX_AGE_DEFAULT'] = 0\n",
            "caching Unknown by SEND_FILE_MAX_AGE_DEFAULT, a.py:3",
        ),
        (
            "class DevelopmentConfig:\n    SEND_FILE_MAX_AGE_DEFAULT = 0\n",
            "caching Unknown by SEND_FILE_MAX_AGE_DEFAULT, a.py:3",
        ),
        (
            "SEND_FILE_MAX_AGE_DEFAULT = int(os.environ['AGE'])\napp.wsgi_app = WhiteNoise(app.wsgi_app)\n",
            "caching Unknown by SEND_FILE_MAX_AGE_DEFAULT, a.py:2; caching Unknown by WhiteNoise(…), a.py:3",
        ),
    ];
    for (code, expected) in table {
        assert_eq!(with(code), expected, "{code}");
    }
}
