"""Production: the services that the environment names. Refuses to start with a setting that is
missing or insecure, and names every one of them at once (docs/SETTINGS.md describes each)."""

import re

from django.core.exceptions import ImproperlyConfigured

from config.settings.base import *  # noqa: F403 - settings are layered by star import
from config.settings.base import (
    ALLOWED_HOSTS,
    CELERY_BROKER_URL,
    DATABASES,
    ELASTICSEARCH_REPLICAS,
    ELASTICSEARCH_URL,
    REDIS_URL,
    S3_BUCKET,
    SECRET_KEY,
    SITE_URL,
    STORAGES,
)
from config.settings.environment import env


def _faults() -> list[str]:
    checks = [
        (len(SECRET_KEY) >= 50, "SECRET_KEY: give at least 50 random characters"),
        (bool(ALLOWED_HOSTS), "ALLOWED_HOSTS: name the hosts this site answers for"),
        ("*" not in ALLOWED_HOSTS, "ALLOWED_HOSTS: '*' answers for every host; name yours"),
        (SITE_URL.startswith("https://"), "SITE_URL: give the public address, with https://"),
        (
            DATABASES["default"]["ENGINE"] == "django.db.backends.postgresql",
            "DATABASE_URL: give a PostgreSQL database (postgres://…)",
        ),
        (bool(REDIS_URL), "REDIS_URL: give a Redis server (redis://…)"),
        (
            CELERY_BROKER_URL.startswith(("redis://", "rediss://", "amqp://", "amqps://")),
            "CELERY_BROKER_URL: give a Redis or RabbitMQ broker",
        ),
        (
            all(url.startswith("https://") for url in ELASTICSEARCH_URL.split(",")),
            "ELASTICSEARCH_URL: give an Elasticsearch 9 server, with https:// in each address",
        ),
        (
            bool(re.fullmatch(r"\d+|\d+-(\d+|all)", ELASTICSEARCH_REPLICAS)),
            "ELASTICSEARCH_REPLICAS: give a number such as 1, or a range such as 0-1",
        ),
        (bool(S3_BUCKET), "S3_BUCKET: give a bucket for uploads and media"),
        (bool(env.str("EMAIL_URL", default="")), "EMAIL_URL: give a mail server (smtp+tls://…)"),
        (
            bool(env.str("DEFAULT_FROM_EMAIL", default="")),
            "DEFAULT_FROM_EMAIL: give the address that mail comes from",
        ),
    ]
    return [sentence for passed, sentence in checks if not passed]


if faults := _faults():
    raise ImproperlyConfigured(
        "Production can't start with these settings:\n" + "\n".join(f"  - {f}" for f in faults)
    )

# One proxy stands before the site and says whom it asks for; without it every visitor would be one.
ALLAUTH_TRUSTED_PROXY_COUNT = 1
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = True
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]  # asked by the load balancer from inside
SECURE_HSTS_SECONDS = env.int("HSTS_SECONDS", default=31_536_000)
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"
STORAGES["staticfiles"] = {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
