//! What is read of Django projects: settings as people write them, and the facts they give.

use crate::frameworks::testing::{check, facts};

const MANAGE: (&str, &str) =
    ("manage.py", "os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'shop.settings')\n");

/// The facts of a project with one settings module that holds `code`, joined by `; `, without the line of the project.
fn of_settings(code: &str, files: &[(&str, &str)]) -> String {
    let text = format!("ROOT_URLCONF = 'shop.urls'\n{code}");
    let own = [MANAGE, ("shop/__init__.py", ""), ("shop/settings.py", &text)];
    let all = facts(&[&own[..], files].concat());
    all.lines().skip(1).collect::<Vec<_>>().join("; ").replace(", shop/settings.py", "")
}

#[test]
fn the_static_roots_are_those_of_the_finders() {
    let base = "BASE_DIR = Path(__file__).resolve().parent.parent\n";
    let table = [
        ("STATICFILES_DIRS = [BASE_DIR / 'assets']\n", "root - /static/ assets"),
        (
            "STATIC_URL = 'files/'\nSTATICFILES_DIRS = (os.path.join(BASE_DIR, 'a'), 'b')\n",
            "root - /files/ a; root - /files/ b",
        ),
        (
            "STATICFILES_DIRS = [('vendor', BASE_DIR / 'lib'), str(BASE_DIR / 'a')]\n",
            "root - /static/ vendor/=lib; root - /static/ a",
        ),
        (
            "STATICFILES_DIRS = [choose(), BASE_DIR / 'a']\nSTATICFILES_DIRS += [BASE_DIR / 'b']\n",
            "root - /static/ a; root - /static/ b",
        ),
        ("STATIC_URL = 'https://cdn.example.com/s/'\nSTATICFILES_DIRS = ['a']\n", "root - ? a"),
        ("STATIC_URL = env('STATIC_URL')\nSTATICFILES_DIRS = ['a']\n", "root - ? a"),
        ("STATIC_ROOT = BASE_DIR / 'static'\n", "collects static"),
        (
            "INSTALLED_APPS = ['django.contrib.admin', 'blog.apps.BlogConfig', 'apps.cart', 'plain', 'shop']\n",
            "root - /static/ blog/static apps/cart/static …",
        ),
        (
            "INSTALLED_APPS = ['blog']\nSTATICFILES_DIRS = ['a']\nSTATICFILES_FINDERS = ['django.contrib.staticfiles.finders.FileSystemFinder']\n",
            "root - /static/ a",
        ),
        (
            "INSTALLED_APPS = ['blog']\nSTATICFILES_DIRS = ['a']\nSTATICFILES_FINDERS = ['django.contrib.staticfiles.finders.AppDirectoriesFinder']\n",
            "root - /static/ blog/static",
        ),
    ];
    let apps = [("blog/static/blog/a.css", ""), ("apps/cart/static/a.css", ""), ("plain/models.py", "")];
    for (code, expected) in table {
        let roots = of_settings(&format!("{base}{code}"), &apps);
        let own = roots.split("; ").filter(|line| !line.starts_with("plain")).collect::<Vec<_>>();
        assert_eq!(own.join("; "), expected, "{code}");
    }
}

#[test]
fn the_storage_says_whether_urls_carry_a_version() {
    let table = [
        (
            "STORAGES = {\n  'default': {'BACKEND': 'a.B'},\n  'staticfiles': {\n    'BACKEND': 'django.contrib.staticfiles.storage.ManifestStaticFilesStorage',\n  },\n}\n",
            "ManifestStaticFilesStorage:5",
        ),
        (
            "STORAGES['staticfiles'] = {'BACKEND': 'whitenoise.storage.CompressedManifestStaticFilesStorage'}\n",
            "CompressedManifestStaticFilesStorage:2",
        ),
        (
            "STORAGES = {}\nSTORAGES['staticfiles']['BACKEND'] = 'storages.backends.s3.S3ManifestStaticStorage'\n",
            "S3ManifestStaticStorage:3",
        ),
        ("STATICFILES_STORAGE = 'pipeline.storage.PipelineManifestStorage'\n", "PipelineManifestStorage:2"),
        (
            "if DEBUG:\n    STATICFILES_STORAGE = 'django.contrib.staticfiles.storage.StaticFilesStorage'\nelse:\n    STATICFILES_STORAGE = 'shop.storage.Ours'\n",
            "Ours:5",
        ),
        ("STATICFILES_STORAGE = 'shop.storage.Further'\n", "Further:2"),
        ("STATICFILES_STORAGE = 'shop.storage.Flat'\n", "plain Flat:2"),
        ("STATICFILES_STORAGE = 'shop.storage.Own'\n", ""),
        (
            "STATICFILES_STORAGE = 'whitenoise.storage.CompressedStaticFilesStorage'\n",
            "plain CompressedStaticFilesStorage:2",
        ),
        ("STATICFILES_STORAGE = 'elsewhere.storage.Remote'\n", ""),
        ("STATICFILES_STORAGE = env('STORAGE')\n", ""),
        ("STORAGES = {'default': {'BACKEND': 'a.B'}}\n", ""),
        ("STATIC_URL = '/static/'\n", "plain StaticFilesStorage by default:2"),
        ("STATIC_URL = '/static/'\nfrom .local import *\n", ""),
        ("STATIC_URL = '/static/'\ndjango_heroku.settings(locals())\n", ""),
    ];
    let storage = "\
from django.contrib.staticfiles import storage
from .mixins import Hashing
class Ours(storage.ManifestStaticFilesStorage):
    manifest_strict = False
class Further(Hashing, storage.StaticFilesStorage):
    pass
class Flat(storage.StaticFilesStorage):
    pass
class Own(storage.StaticFilesStorage):
    def url(self, name):
        return name
";
    let mixins = "class Hashing(HashedFilesMixin):\n    pass\n";
    for (code, expected) in table {
        let all = of_settings(code, &[("shop/storage.py", storage), ("shop/mixins.py", mixins)]);
        let of_static = all.split("; ").find_map(|line| {
            let (helper, origin) = line.split_once(" of all by ")?;
            match helper {
                "versions static" => Some(origin.to_owned()),
                "plain static" => Some(format!("plain {origin}")),
                _ => None,
            }
        });
        assert_eq!(of_static.unwrap_or_default(), expected, "{code}");
    }
}

#[test]
fn a_manifest_storage_is_strict_where_all_that_it_collects_is_known() {
    const MANIFEST: &str =
        "STATICFILES_STORAGE = 'django.contrib.staticfiles.storage.ManifestStaticFilesStorage'\n";
    const APPS: &str = "INSTALLED_APPS = ['django.contrib.admin', 'blog']\n";
    let table = [
        (format!("{APPS}{MANIFEST}"), "ManifestStaticFilesStorage:3"),
        (
            format!("INSTALLED_APPS = ['blog', 'rest_framework']\n{MANIFEST}"),
            "ManifestStaticFilesStorage:3 but for packages",
        ),
        (
            format!("{APPS}STATICFILES_DIRS = ['assets', ('a', 'assets')]\n{MANIFEST}"),
            "ManifestStaticFilesStorage:4",
        ),
        (format!("{APPS}STATICFILES_DIRS = ['frontend/build']\n{MANIFEST}"), ""),
        (format!("{APPS}STATICFILES_DIRS = [choose()]\n{MANIFEST}"), ""),
        (format!("{APPS}STATICFILES_FINDERS = ['npm.finders.NpmFinder']\n{MANIFEST}"), ""),
        (
            format!(
                "{APPS}STATICFILES_FINDERS = ['django.contrib.staticfiles.finders.AppDirectoriesFinder', 'compressor.finders.CompressorFinder']\n{MANIFEST}"
            ),
            "ManifestStaticFilesStorage:4",
        ),
        (format!("INSTALLED_APPS = ['blog', choose()]\n{MANIFEST}"), ""),
        (format!("from .local import *\n{APPS}{MANIFEST}"), ""),
        (MANIFEST.to_owned(), ""),
        (
            format!(
                "{APPS}STATICFILES_STORAGE = 'whitenoise.storage.CompressedManifestStaticFilesStorage'\nWHITENOISE_MANIFEST_STRICT = False\n"
            ),
            "",
        ),
        (format!("{APPS}STATICFILES_STORAGE = 'elsewhere.ForgivingManifestStaticFilesStorage'\n"), ""),
        (format!("{APPS}STATICFILES_STORAGE = 'shop.storage.Named'\n"), "Named:3"),
        (format!("{APPS}STATICFILES_STORAGE = 'shop.storage.Lenient'\n"), ""),
        (format!("{APPS}STATICFILES_STORAGE = 'shop.storage.Mixed'\n"), ""),
        (format!("{APPS}STATICFILES_STORAGE = 'shop.storage.Own'\n"), ""),
        (
            format!("{APPS}STATICFILES_STORAGE = 'django.contrib.staticfiles.storage.StaticFilesStorage'\n"),
            "",
        ),
    ];
    let storage = "\
from django.contrib.staticfiles.storage import ManifestStaticFilesStorage
from elsewhere import Forgiving
class Named(ManifestStaticFilesStorage):
    manifest_name = 'm.json'
class Lenient(Named):
    manifest_strict = False
class Mixed(Forgiving, ManifestStaticFilesStorage):
    pass
class Own(ManifestStaticFilesStorage):
    def stored_name(self, name):
        return name
";
    for (code, expected) in table {
        let files = [("blog/models.py", ""), ("assets/a.css", ""), ("shop/storage.py", storage)];
        let all = of_settings(&code, &files);
        let strict = all.split("; ").find_map(|line| line.strip_prefix("strict by "));
        assert_eq!(strict.unwrap_or_default(), expected, "{code}");
    }
}

#[test]
fn of_several_settings_those_of_production_are_used() {
    let manifest = "from .base import *\nSTATICFILES_STORAGE = 'a.ManifestStaticFilesStorage'\n";
    let base = "BASE_DIR = Path(__file__).parents[2]\nINSTALLED_APPS = []\nSTATIC_URL = '/s/'\nSTATICFILES_DIRS = [BASE_DIR / 'a']\n";
    let local = "from .base import *\nDEBUG = True\n";
    let site = [
        MANAGE,
        ("conf/__init__.py", ""),
        ("conf/settings/__init__.py", ""),
        ("conf/settings/base.py", base),
        ("conf/settings/local.py", local),
    ];
    let by_manifest = "versions static of all by ManifestStaticFilesStorage, conf/settings/production.py:2";
    let production = [&site[..], &[("conf/settings/production.py", manifest)]].concat();
    check(
        &production,
        &["app  at Django settings, conf/settings/production.py:1", "root - /s/ a", by_manifest],
    );
    check(&site, &["app  at Django settings, conf/settings/base.py:1", "root - /s/ a"]);
    let tests = [
        ("pkg/static/a.css", ""),
        ("tests/__init__.py", ""),
        ("tests/settings.py", "INSTALLED_APPS = ['pkg']\nSTATIC_URL = '/s/'\n"),
    ];
    check(&tests, &["app  at Django settings, tests/settings.py:1", "root - /s/ pkg/static"]);
    check(&[("config.py", "STATIC_URL = '/static/'\n")], &[]);
    let classes = [
        MANAGE,
        (
            "shop/settings.py",
            "class Base(Configuration):\n    INSTALLED_APPS = []\n    STATIC_URL = '/c/'\n    STATICFILES_DIRS = ['a']\nclass Production(Base):\n    STATICFILES_STORAGE = 'a.ManifestStaticFilesStorage'\n",
        ),
    ];
    let by_class = "versions static of all by ManifestStaticFilesStorage, shop/settings.py:6";
    check(&classes, &["app  at Django settings, shop/settings.py:1", "root - /c/ a", by_class]);
}

#[test]
fn the_tags_of_pipeline_ask_the_storage_too() {
    let code =
        "INSTALLED_APPS = ['pipeline']\nSTATICFILES_STORAGE = 'pipeline.storage.PipelineManifestStorage'\n";
    let by = ["static", "stylesheet", "javascript"]
        .map(|helper| format!("versions {helper} of all by PipelineManifestStorage:3"));
    assert_eq!(of_settings(code, &[("pipeline/models.py", "")]), by.join("; "));
}

#[test]
fn manifests_and_output_are_where_the_settings_of_packages_say() {
    let base = "BASE_DIR = Path(__file__).resolve().parent.parent\n";
    let table = [
        (
            "DJANGO_VITE = {'default': {'dev_mode': DEBUG, 'manifest_path': BASE_DIR / 'web' / 'vite.json'}}\n",
            "vite_asset reads web/vite.json of Vite by manifest_path:3",
        ),
        (
            "DJANGO_VITE_MANIFEST_PATH = os.path.join(BASE_DIR, 'web', 'manifest.json')\n",
            "vite_asset reads web/manifest.json of Vite by DJANGO_VITE_MANIFEST_PATH:3",
        ),
        (
            "WEBPACK_LOADER = {\n  'DEFAULT': {\n    'BUNDLE_DIR_NAME': 'dist/',\n    'STATS_FILE': str(BASE_DIR / 'stats.json'),\n  },\n}\n",
            "render_bundle reads stats.json of webpack-bundle-tracker by STATS_FILE:6",
        ),
        ("WEBPACK_LOADER = {'DEFAULT': {'STATS_FILE': choose()}}\n", ""),
        ("WEBPACK_LOADER = choose()\n", ""),
        ("COMPRESS_OUTPUT_DIR = 'packed/'\n", "writes packed by COMPRESS_OUTPUT_DIR:3"),
        ("COMPRESS_OUTPUT_DIR = ''\n", ""),
    ];
    for (code, expected) in table {
        assert_eq!(of_settings(&format!("{base}{code}"), &[]), expected, "{code}");
    }
}

#[test]
fn whitenoise_says_how_long_files_without_a_version_are_kept() {
    let table = [
        ("WHITENOISE_MAX_AGE = 0\n", "caching Forbidden by WHITENOISE_MAX_AGE:2"),
        ("WHITENOISE_MAX_AGE = 3600\n", "caching Allowed by WHITENOISE_MAX_AGE:2"),
        ("WHITENOISE_MAX_AGE = choose()\n", ""),
    ];
    for (code, expected) in table {
        assert_eq!(of_settings(code, &[]), expected, "{code}");
    }
}
