"""Tests: the embedded defaults, or the services that the environment names (`.ci/run` does)."""

import os
import tempfile
from pathlib import Path

from config.settings.base import *  # noqa: F403 - settings are layered by star import
from config.settings.base import CACHES, DATABASES, STORAGES
from config.settings.environment import env

VAR_DIR = Path(tempfile.mkdtemp(prefix="auditorium-test-"))
STATIC_ROOT = VAR_DIR / "static"
STATIC_ROOT.mkdir()
MEDIA_ROOT = VAR_DIR / "media"
SECRET_KEY = "test"  # noqa: S105 - signs nothing outside the tests
ALLOWED_HOSTS = ["*"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
# Tests that run beside each other have a database each; of one Redis each has its own part, or one
# would hold another's locks.
CACHES["default"]["KEY_PREFIX"] = f"test-{os.getpid()}"
# Unit tests run tasks where they are sent; the journeys start a real worker on a real broker.
CELERY_TASK_ALWAYS_EAGER = True
CELERY_TASK_EAGER_PROPAGATES = True
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # In a file rather than in memory: a live server's threads share it with the test.
    DATABASES["default"]["TEST"] = {
        "NAME": env.str("AUDITORIUM_TEST_DB", default=str(VAR_DIR / "test.sqlite3"))
    }
