"""The museum as it is deployed: static files are collected under hashed names."""

from museum.settings import *
from museum.settings import BASE_DIR

DEBUG = False
STATIC_ROOT = BASE_DIR / "collected"
STORAGES = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"}}
