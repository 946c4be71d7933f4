"""Embedded defaults: one machine, no server, `make run`."""

import secrets

from config.settings.base import *  # noqa: F403 - settings are layered by star import
from config.settings.base import ALLOWED_HOSTS, SECRET_KEY, STORAGES, VAR_DIR
from config.settings.environment import env

for folder in ("broker", "broker-control", "media", "mail", "static"):
    (VAR_DIR / folder).mkdir(parents=True, exist_ok=True)


def _own_secret_key() -> str:
    """A key of this copy's own, made once: a key printed in the source would sign for everyone."""
    path = VAR_DIR / "secret-key"
    if not path.exists():
        path.write_text(secrets.token_urlsafe(50))
        path.chmod(0o600)
    return path.read_text()


DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = SECRET_KEY or _own_secret_key()
ALLOWED_HOSTS = ALLOWED_HOSTS or ["localhost", "127.0.0.1", "[::1]", "testserver"]
if not env.str("EMAIL_URL", default=""):
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = VAR_DIR / "mail"

# Static files straight from where they lie: nothing to collect before the first page.
STATIC_ROOT = VAR_DIR / "static"
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
WHITENOISE_USE_FINDERS = True
