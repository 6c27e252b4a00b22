"""The museum as it is developed."""

from pathlib import Path

BASE_DIR = Path(__file__).resolve().parent.parent

SECRET_KEY = "for a site that keeps no secrets"
DEBUG = True
ALLOWED_HOSTS = ["127.0.0.1"]
ROOT_URLCONF = "museum.urls"
INSTALLED_APPS = ["whitenoise.runserver_nostatic", "django.contrib.staticfiles", "rooms"]
MIDDLEWARE = ["whitenoise.middleware.WhiteNoiseMiddleware"]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "museum" / "templates"],
        "APP_DIRS": True,
    }
]

STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "museum" / "static"]
